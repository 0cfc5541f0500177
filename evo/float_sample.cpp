// Samples of floats.
#include "evo/float_sample.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "numbers/random.h"
#include "targets/exact/ulp.h"

namespace ulpforge::evo {
namespace {

constexpr double kEitherZero = -1;  ///< as a scale: of the zeros, either is right

}  // namespace

FloatSample::FloatSample(const targets::FloatReference& reference, std::vector<float> x) {
  add(reference, x);
}

void FloatSample::add(const targets::FloatReference& reference, std::span<const float> x) {
  std::vector<double> high(x.size());
  std::vector<double> low(x.size());
  std::vector<double> bound(x.size());
  reference.values(x, high, low, bound);
  for (std::size_t i = 0; i < x.size(); ++i) {
    bool either_zero = false;
    // Nothing, or next to nothing: whose sign is it?
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
    scale_.push_back(number ? 1 / targets::ulp_f32(high[i]) : either_zero ? kEitherZero : 0);
    exact_.push_back(static_cast<float>(high[i]));
  }
}

double FloatSample::error(std::size_t i, float y) const {
  constexpr double kInfinite = std::numeric_limits<double>::infinity();
  if (scale_[i] == kEitherZero) return y == 0 ? 0 : kInfinite;
  if (scale_[i] == 0) {
    const float f = exact_[i];
    if (std::isnan(f)) return std::isnan(y) ? 0 : kInfinite;
    return std::bit_cast<std::uint32_t>(y) == std::bit_cast<std::uint32_t>(f) ? 0 : kInfinite;
  }
  if (std::isnan(y) || (y == 0 && std::signbit(y) != std::signbit(high_[i]))) return kInfinite;
  // An infinity stands for the next power of two.
  const double value = std::isinf(y) ? std::copysign(0x1p128, y) : static_cast<double>(y);
  if (std::isinf(y) && std::abs(high_[i]) >= 0x1p128) return 0;
  return std::abs((value - high_[i]) - low_[i]) * scale_[i];
}

double FloatSample::largest_error(std::span<const float> y, double limit) const {
  double largest = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    largest = std::max(largest, error(i, y[i]));
    if (largest > limit) break;
  }
  return largest;
}

FloatSample FloatSample::subset(std::span<const std::size_t> indices) const {
  FloatSample part;
  for (const std::size_t i : indices) {
    part.x_.push_back(x_[i]);
    part.high_.push_back(high_[i]);
    part.low_.push_back(low_[i]);
    part.scale_.push_back(scale_[i]);
    part.exact_.push_back(exact_[i]);
  }
  return part;
}

std::vector<float> sample_points(std::span<const targets::FloatRange> ranges, std::size_t count) {
  std::vector<float> points;
  std::uint64_t finite = 0;
  const auto add = [&](std::uint32_t bits) { points.push_back(std::bit_cast<float>(bits)); };
  for (const targets::FloatRange& range : ranges) {
    finite += range.size();
    numbers::Random random{range.first, range.last};
    for (const targets::FloatRange& part : targets::binades({&range, 1})) {
      add(part.first);
      add(part.last);
      for (std::size_t k = 0; k < count; ++k) {
        add(static_cast<std::uint32_t>(part.first + random.bits() % part.size()));
      }
    }
  }
  constexpr std::uint64_t kAllFinite = 2ULL * 0x7f800000;
  if (finite >= kAllFinite) {
    for (const std::uint32_t bits : {0x7f800000U, 0xff800000U, 0x7fc00000U}) add(bits);
  }
  return points;
}

}  // namespace ulpforge::evo
