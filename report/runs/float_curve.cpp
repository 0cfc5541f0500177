// Error curves of f32 programs.
#include "report/runs/float_curve.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "ir/interpret.h"
#include "numbers/format.h"
#include "proof/exhaustion.h"
#include "targets/exact/ulp.h"

namespace ulpforge::report {
namespace {

using numbers::Binary32;

constexpr double kTrifle = 0.02;  ///< ULP
constexpr int kSmallestBinade = numbers::kBinary32.emin - numbers::kBinary32.precision;
constexpr int kLargestBinade = numbers::kBinary32.emax;  ///< the end of the last one

/// (y - f) / ulp(f) by the rules of targets/exact/ulp.h, to double's precision: enough to draw. NaN
/// for a special-value error, which a program on a front does not have.
double error_in_ulp(float y, double hi, double lo) {
  if (std::isnan(hi) && std::isnan(y)) return 0;
  const double beyond = Binary32::kEnd;
  if (std::isinf(y)) {
    if (std::abs(hi) >= beyond && std::signbit(hi) == std::signbit(y)) return 0;
    return (std::copysign(beyond, y) - hi - lo) / targets::ulp_f32(hi);
  }
  return (static_cast<double>(y) - hi - lo) / targets::ulp_f32(hi);
}

std::vector<double> errors(const ir::Program& program, const std::vector<float>& x,
                           const std::vector<double>& hi, const std::vector<double>& lo) {
  std::vector<float> y(x.size());
  ir::interpret<float, float>(program, x, y);
  std::vector<double> found(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) found[i] = error_in_ulp(y[i], hi[i], lo[i]);
  return found;
}

/// The float 2^exponent as a pattern; subnormals too.
std::uint32_t pattern_of_power(int exponent) {
  if (exponent >= kLargestBinade) return Binary32::kLargest + 1;
  return std::bit_cast<std::uint32_t>(std::ldexp(1.0F, exponent));
}

}  // namespace

FloatCurves::FloatCurves(const ir::Program& target, const std::optional<targets::Domain>& domain,
                         const std::vector<ir::Program>& programs)
    : reference_(target, proof::float_ranges(domain)), everywhere_(!domain) {
  if (everywhere_) {
    choose_binades(programs);
  } else {
    lo_ = domain->lo;
    hi_ = domain->hi;
  }
  sample();
}

/// Those in which some sample of some program has an error that can be seen.
void FloatCurves::choose_binades(const std::vector<ir::Program>& programs) {
  constexpr int kEach = 64;
  std::vector<float> x;
  std::vector<int> binade;
  for (int exponent = kSmallestBinade; exponent < kLargestBinade; ++exponent) {
    for (int k = 0; k < kEach; ++k) {
      const double size = std::ldexp(1 + (k + 0.37) / kEach, exponent);
      for (const double value : {size, -size}) {
        if (std::abs(value) > std::numeric_limits<float>::max()) continue;
        x.push_back(static_cast<float>(value));
        binade.push_back(exponent);
      }
    }
  }
  std::vector<double> hi(x.size());
  std::vector<double> lo(x.size());
  std::vector<double> bound(x.size());
  reference_.values(x, hi, lo, bound);
  lowest_ = kLargestBinade;
  highest_ = kSmallestBinade;
  for (const ir::Program& program : programs) {
    const std::vector<double> error = errors(program, x, hi, lo);
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (!(std::abs(error[i]) > kTrifle)) continue;
      lowest_ = std::min(lowest_, binade[i]);
      highest_ = std::max(highest_, binade[i] + 1);
    }
  }
  if (lowest_ >= highest_) {
    lowest_ = -1;
    highest_ = 1;
  }
  hi_ = pattern_of_power(highest_) - static_cast<double>(pattern_of_power(lowest_));
  lo_ = -hi_;
}

void FloatCurves::sample() {
  for (std::size_t i = 0; i < kSamples; ++i) {
    const double at = lo_ + (hi_ - lo_) * (static_cast<double>(i) + 0.5) / kSamples;
    float x = static_cast<float>(at);
    if (everywhere_) {
      const auto pattern = pattern_of_power(lowest_) + static_cast<std::uint32_t>(std::abs(at));
      x = std::bit_cast<float>(std::min(pattern, Binary32::kLargest) |
                               (at < 0 ? Binary32::kSign : 0));
    } else {
      const std::uint32_t bits = std::bit_cast<std::uint32_t>(x);
      const bool inside = std::ranges::any_of(reference_.ranges(), [&](const auto& range) {
        return bits >= range.first && bits <= range.last;
      });
      if (!inside) continue;  // rounded beyond an end
    }
    x_.push_back(x);
  }
  f_hi_.resize(x_.size());
  f_lo_.resize(x_.size());
  std::vector<double> bound(x_.size());
  reference_.values(x_, f_hi_, f_lo_, bound);
}

double FloatCurves::place(float x) const {
  if (!everywhere_) return x;
  const auto bits = std::bit_cast<std::uint32_t>(std::abs(x));
  const double distance = bits - static_cast<double>(pattern_of_power(lowest_));
  if (distance < 0 || distance > hi_) return std::numeric_limits<double>::quiet_NaN();
  return std::signbit(x) ? -distance : distance;
}

FloatCurve FloatCurves::operator()(const ir::Program& program, std::uint32_t worst_input) const {
  constexpr std::size_t kColumns = 48;
  FloatCurve curve;
  const std::vector<double> error = errors(program, x_, f_hi_, f_lo_);
  double largest = 0;
  for (const double e : error) {
    if (std::isfinite(e)) largest = std::max(largest, std::abs(e));
  }
  const float worst = std::bit_cast<float>(worst_input);
  std::vector<double> hi(1);
  std::vector<double> lo(1);
  std::vector<double> bound(1);
  reference_.values(std::vector{worst}, hi, lo, bound);
  curve.worst_error = errors(program, {worst}, hi, lo).front();
  curve.worst_place = place(worst);
  largest = std::max(largest, std::abs(curve.worst_error));

  // Columns of 1, 2 or 5 times a power of ten of ULP.
  curve.width = std::pow(10, std::ceil(std::log10(std::max(largest, kTrifle) / kColumns)));
  for (const double part : {5.0, 2.0}) {
    if (largest / (curve.width / part) <= kColumns) {
      curve.width /= part;
      break;
    }
  }
  curve.histogram.assign(static_cast<std::size_t>(largest / curve.width) + 1, 0);
  std::vector<FloatCurve::Extent> bins(kBins);
  std::vector<bool> filled(kBins);
  for (std::size_t i = 0; i < error.size(); ++i) {
    if (!std::isfinite(error[i])) continue;
    ++curve.histogram[static_cast<std::size_t>(std::abs(error[i]) / curve.width)];
    const double at = place(x_[i]);
    const auto bin = std::min(
        static_cast<std::size_t>(std::max(0.0, (at - lo_) / (hi_ - lo_) * kBins)), kBins - 1);
    FloatCurve::Extent& extent = bins[bin];
    extent.least = filled[bin] ? std::min(extent.least, error[i]) : error[i];
    extent.most = filled[bin] ? std::max(extent.most, error[i]) : error[i];
    filled[bin] = true;
  }
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    if (!filled[bin]) continue;
    bins[bin].place = lo_ + (hi_ - lo_) * (static_cast<double>(bin) + 0.5) / kBins;
    curve.extents.push_back(bins[bin]);
  }
  return curve;
}

std::vector<report::Tick> FloatCurves::ticks() const {
  if (!everywhere_) return {};
  const int binades = highest_ - lowest_;
  int every = 1;
  for (const int step : {1, 2, 4, 8, 16, 32, 64}) {
    every = step;
    if (binades / step <= 4) break;
  }
  std::vector<report::Tick> ticks;
  ticks.push_back({0, fmt::format("±2{}", report::superscript(lowest_))});
  // Subnormal binades are narrow: their labels would lie on one another.
  constexpr double kLeastDistance = 1 / 6.0;
  for (int exponent = lowest_ + every; exponent <= highest_; exponent += every) {
    const double at = pattern_of_power(exponent) - static_cast<double>(pattern_of_power(lowest_));
    if (at < hi_ * kLeastDistance) continue;
    const std::string power =
        exponent == 0 ? "1" : fmt::format("2{}", report::superscript(exponent));
    ticks.push_back({at, power});
    ticks.push_back({-at, fmt::format("−{}", power)});
  }
  return ticks;
}

std::string FloatCurves::span() const {
  if (!everywhere_) return "";
  return fmt::format("floats from 2{} to 2{} in size", report::superscript(lowest_),
                     report::superscript(highest_));
}

}  // namespace ulpforge::report
