// Error curves in real arithmetic.
#include "report/runs/error_curve.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "targets/exact/real.h"
#include "targets/exact/reference.h"
#include "targets/exact/ulp.h"

namespace ulpforge::report {

targets::Domain part_shown(targets::Domain domain) {
  const double end = std::isfinite(domain.lo)   ? domain.lo
                     : std::isfinite(domain.hi) ? domain.hi
                                                : 0;
  const double reach = 16 * (1 + std::abs(end));
  if (!std::isfinite(domain.lo)) domain.lo = std::min(domain.hi, end) - reach;
  if (!std::isfinite(domain.hi)) domain.hi = end + reach;
  return domain;
}

namespace {

constexpr int kPoints = 641;
constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

/// Chebyshev's points of the closed interval, open ends left out. Between several intervals stands
/// a point that belongs to none.
std::vector<double> places(const targets::Domain& whole) {
  std::vector<double> x;
  for (std::size_t k = 0; k < whole.parts.size(); ++k) {
    const std::vector<double> part = places(whole.parts[k]);
    x.insert(x.end(), part.begin(), part.end());
    if (k + 1 < whole.parts.size()) x.push_back((whole.parts[k].hi + whole.parts[k + 1].lo) / 2);
  }
  if (!x.empty()) return x;
  const targets::Domain domain = part_shown(whole);
  for (int i = 0; i < kPoints; ++i) {
    const bool first = i == 0;
    const bool last = i == kPoints - 1;
    if ((first && domain.lo_open) || (last && domain.hi_open)) continue;
    const double t = (1 - std::cos(std::numbers::pi * i / (kPoints - 1))) / 2;
    x.push_back(first ? domain.lo : last ? domain.hi : domain.lo + domain.width() * t);
  }
  return x;
}

/// What an error is divided by where the exact value is f.
double unit(targets::Metric metric, double f) {
  switch (metric) {
    case targets::Metric::Relative:
      return std::abs(f);
    case targets::Metric::Absolute:
      return 1;
    case targets::Metric::UlpF32:
      return targets::ulp_f32(f);
    case targets::Metric::UlpF64:
      return targets::ulp_f64(f);
  }
  return 1;
}

std::vector<ErrorPoint> alternation(const std::vector<ErrorPoint>& points) {
  std::vector<ErrorPoint> extrema;
  double largest = 0;
  for (const ErrorPoint& point : points) {
    if (!std::isfinite(point.error) || point.error == 0) continue;
    const double size = std::abs(point.error);
    largest = std::max(largest, size);
    if (extrema.empty() || std::signbit(extrema.back().error) != std::signbit(point.error)) {
      extrema.push_back(point);
    } else if (size > std::abs(extrema.back().error)) {
      extrema.back() = point;
    }
  }
  std::erase_if(extrema, [&](const ErrorPoint& extremum) {
    return std::abs(extremum.error) < (1 - kLevel) * largest;
  });
  return extrema;
}

}  // namespace

struct ErrorCurves::Samples {
  unsigned bits;
  targets::Metric metric;
  std::vector<double> x;
  std::vector<numbers::Mpfr> exact;
  std::vector<double> weights;  ///< NaN at points that do not belong to the domain
};

ErrorCurves::ErrorCurves(const targets::Target& target, double smallest) {
  constexpr double kGuard = 64;
  const double needed = smallest > 0 && smallest < 1 ? -std::log2(smallest) : 0;
  const auto bits = static_cast<unsigned>(53 + kGuard + needed);
  Samples samples{bits, target.metric, places(target.domain), {}, {}};
  for (const double x : samples.x) {
    const bool between = !target.domain.parts.empty() && !target.domain.contains(x);
    samples.weights.push_back(between ? kNothing : targets::weight_at(target, x));
    samples.exact.push_back(targets::reference(target.program, targets::real(x, bits), bits));
  }
  samples_ = std::make_unique<const Samples>(std::move(samples));
}

ErrorCurves::~ErrorCurves() = default;
ErrorCurves::ErrorCurves(ErrorCurves&&) noexcept = default;

ErrorCurve ErrorCurves::operator()(const ir::Program& program) const {
  ErrorCurve curve;
  targets::RealMachine machine(program, samples_->bits);
  numbers::Mpfr difference = targets::real(samples_->bits);
  for (std::size_t i = 0; i < samples_->x.size(); ++i) {
    const numbers::Mpfr x = targets::real(samples_->x[i], samples_->bits);
    machine.run(x);
    const numbers::Mpfr& f = samples_->exact[i];
    mpfr_sub(numbers::raw(difference), numbers::raw(machine.result()), numbers::raw(f), MPFR_RNDN);
    const double rounded = mpfr_get_d(numbers::raw(f), MPFR_RNDN);
    const double error = mpfr_get_d(numbers::raw(difference), MPFR_RNDN) /
                         unit(samples_->metric, rounded) * samples_->weights[i];
    curve.points.push_back({samples_->x[i], std::isfinite(error) ? error : kNothing});
  }
  curve.alternation = alternation(curve.points);
  return curve;
}

}  // namespace ulpforge::report
