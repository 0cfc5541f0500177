// Samples of the numbers of a format.
#include "evo/sample.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

#include "numbers/random.h"
#include "targets/exact/ulp.h"

namespace ulpforge::evo {
namespace {

/// Results that are looked at together; a few stretches suffice to see that a program is hopeless.
constexpr std::size_t kStretch = 256;
constexpr double kEitherZero = -1;  ///< as a scale: of the zeros, either is right

}  // namespace

template <class Format>
Sample<Format>::Sample(const targets::Reference<Format>& reference, std::vector<Value> x)
    : results_(reference.results()) {
  add(reference, x);
}

template <class Format>
void Sample<Format>::add(const targets::Reference<Format>& reference, std::span<const Value> x) {
  std::vector<double> high(x.size());
  std::vector<double> low(x.size());
  std::vector<double> bound(x.size());
  reference.values(x, high, low, bound);
  for (std::size_t i = 0; i < x.size(); ++i) {
    bool either_zero = false;
    // Values that are not known, or may lie on either side of 0, are computed exactly: a result's
    // sign is compared with theirs.
    const bool unsure = std::isnan(low[i]) || !std::isfinite(bound[i]) ||
                        (std::isfinite(high[i]) && !(bound[i] < std::abs(high[i])));
    if (unsure) {
      const targets::ExactValue exact = reference.exact(x[i]);
      const numbers::DoubleDouble value = numbers::to_double_double(exact.value);
      high[i] = value.hi;
      low[i] = value.lo;
      either_zero = high[i] == 0 && !exact.zero_sign_known;
    }
    // A value that is no number, or is exactly 0, is met exactly or not at all.
    const bool number = std::isfinite(high[i]) && high[i] != 0;
    x_.push_back(x[i]);
    high_.push_back(number ? high[i] : 0);
    low_.push_back(number ? low[i] : 0);
    scale_.push_back(number        ? 1 / targets::ulp(results_.row, high[i])
                     : either_zero ? kEitherZero
                                   : 0);
    exact_.push_back(static_cast<Value>(high[i]));
  }
}

template <class Format>
void Sample<Format>::demand(const targets::Reference<Format>& reference, std::span<const Value> x,
                            std::span<const Value> rounded) {
  const std::size_t first = x_.size();
  add(reference, x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    scale_[first + i] = 0;
    exact_[first + i] = rounded[i];
  }
}

template <class Format>
double Sample<Format>::error(std::size_t i, Value y) const {
  if (results_.rounded) targets::round_results(results_, {&y, 1});
  const double end = results_.end();  // of the results' finite numbers
  constexpr double kInfinite = std::numeric_limits<double>::infinity();
  if (scale_[i] == kEitherZero) return y == 0 ? 0 : kInfinite;
  if (scale_[i] == 0) {
    const Value f = exact_[i];
    if (std::isnan(f)) return std::isnan(y) ? 0 : kInfinite;
    return Format::bits(y) == Format::bits(f) ? 0 : kInfinite;
  }
  if (std::isnan(y) || (y == 0 && std::signbit(y) != std::signbit(high_[i]))) return kInfinite;
  // An infinity stands for the next power of two.
  const double value =
      std::isinf(y) ? std::copysign(end, static_cast<double>(y)) : static_cast<double>(y);
  if (std::isinf(y) && std::abs(high_[i]) >= end) return 0;
  return std::abs((value - high_[i]) - low_[i]) * scale_[i];
}

template <class Format>
void Sample<Format>::errors_of_stretch(std::size_t first, std::span<const Value> y,
                                       std::span<double> out) const {
  // Without a branch, for compilers to make vectors of: what error() says where f is a number and y
  // is not NaN, nor a zero of the wrong sign.
  const double* const high = high_.data() + first;
  const double* const low = low_.data() + first;
  const double* const scale = scale_.data() + first;
  const double end = results_.end();
  int odd = 0;
  std::array<Value, kStretch> rounded;
  if (results_.rounded) {
    std::ranges::copy(y, rounded.begin());
    targets::round_results(results_, std::span(rounded).first(y.size()));
    y = std::span<const Value>(rounded).first(y.size());
  }
  for (std::size_t i = 0; i < y.size(); ++i) {
    const auto value = static_cast<double>(y[i]);
    const double within = std::min(std::max(value, -end), end);
    const double error = std::abs((within - high[i]) - low[i]) * scale[i];
    const int both_beyond =
        static_cast<int>(std::abs(value) >= end) & static_cast<int>(std::abs(high[i]) >= end);
    out[i] = both_beyond != 0 ? 0 : error;
    const std::uint64_t signs =
        std::bit_cast<std::uint64_t>(value) ^ std::bit_cast<std::uint64_t>(high[i]);
    odd |= static_cast<int>(!(scale[i] > 0)) | static_cast<int>(value != value) |
           (static_cast<int>(value == 0) & static_cast<int>(signs >> 63));
  }
  if (odd == 0) return;
  for (std::size_t i = 0; i < y.size(); ++i) out[i] = error(first + i, y[i]);
}

template <class Format>
void Sample<Format>::errors(std::span<const Value> y, std::span<double> out) const {
  for (std::size_t first = 0; first < y.size(); first += kStretch) {
    const std::size_t count = std::min(kStretch, y.size() - first);
    errors_of_stretch(first, y.subspan(first, count), out.subspan(first, count));
  }
}

template <class Format>
double Sample<Format>::largest_error(std::span<const Value> y, double limit) const {
  std::array<double, kStretch> errors;
  double largest = 0;
  for (std::size_t first = 0; first < y.size() && !(largest > limit); first += kStretch) {
    const std::size_t count = std::min(kStretch, y.size() - first);
    errors_of_stretch(first, y.subspan(first, count), errors);
    for (std::size_t k = 0; k < count; ++k) largest = std::max(largest, errors[k]);
  }
  return largest;
}

template <class Format>
void Sample<Format>::assign(const Sample& whole, std::span<const std::size_t> indices) {
  const auto take = [&](auto Sample::* member) {
    auto& values = this->*member;
    values.resize(indices.size());
    for (std::size_t k = 0; k < indices.size(); ++k) values[k] = (whole.*member)[indices[k]];
  };
  results_ = whole.results_;
  take(&Sample::x_);
  take(&Sample::high_);
  take(&Sample::low_);
  take(&Sample::scale_);
  take(&Sample::exact_);
}

template <class Format>
std::vector<typename Format::Value> sample_points(std::span<const targets::PatternRange> ranges,
                                                  std::size_t count) {
  std::vector<typename Format::Value> points;
  const auto add = [&](std::uint32_t bits) { points.push_back(Format::value(bits)); };
  for (const targets::PatternRange& range : ranges) {
    numbers::Random random{range.first, range.last};
    for (const targets::PatternRange& part : targets::binades<Format>({&range, 1})) {
      add(part.first);
      add(part.last);
      for (std::size_t k = 0; k < count; ++k) {
        add(static_cast<std::uint32_t>(part.first + random.bits() % part.size()));
      }
    }
  }
  if (targets::are_all_finite<Format>(ranges)) {
    for (const std::uint32_t bits : {Format::kInfinity, Format::kSign | Format::kInfinity,
                                     Format::kInfinity | Format::kQuiet}) {
      add(bits);
    }
  }
  return points;
}

template class Sample<numbers::Binary32>;
template std::vector<float> sample_points<numbers::Binary32>(std::span<const targets::PatternRange>,
                                                             std::size_t);
template class Sample<numbers::Binary16>;
template std::vector<float> sample_points<numbers::Binary16>(std::span<const targets::PatternRange>,
                                                             std::size_t);
template class Sample<numbers::Bfloat16>;
template std::vector<float> sample_points<numbers::Bfloat16>(std::span<const targets::PatternRange>,
                                                             std::size_t);

}  // namespace ulpforge::evo
