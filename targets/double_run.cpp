// A coarse pass over all points, then many draws where it pays.
#include "targets/double_run.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <span>
#include <utility>

#include "ir/evaluate.h"
#include "targets/reference.h"
#include "targets/ulp.h"

namespace ulpforge::targets {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Points around which more doubles are tried, and how many around each.
constexpr std::size_t kSites = 64;
constexpr std::size_t kAround = 48;

/// |y - f| in the metric for a double result y and f = hi + lo, never NaN.
double error_f64(double y, const ir::DoubleDouble& f, Metric metric) {
  if (!std::isfinite(y)) return kInfinity;
  const double error = std::abs((y - f.hi) - f.lo);
  // The ULP belongs to the exact value, which may lie just below the power of two in hi.
  const bool below = f.lo != 0 && std::signbit(f.lo) != std::signbit(f.hi);
  const double towards_zero = below ? std::nextafter(f.hi, 0.0) : f.hi;
  switch (metric) {
    case Metric::Relative:
      if (error == 0) return 0;
      return f.hi == 0 ? kInfinity : error / std::abs(f.hi);
    case Metric::Absolute:
      return error;
    case Metric::UlpF32:
      return error / ulp_f32(towards_zero);
    case Metric::UlpF64:
      break;
  }
  return error / ulp_f64(towards_zero);
}

}  // namespace

DoubleRun::DoubleRun(Target target, std::vector<double> points)
    : target_(std::move(target)), x_(std::move(points)) {
  std::sort(x_.begin(), x_.end());
  x_.erase(std::unique(x_.begin(), x_.end()), x_.end());
  f_.reserve(x_.size());
  for (const double x : x_) f_.push_back(reference(target_.program, x));
  // Where the target has no value, a removable singularity, there is no error to speak of.
  for (std::size_t i = x_.size(); i-- > 0;) {
    if (!std::isnan(f_[i].hi)) continue;
    x_.erase(x_.begin() + static_cast<std::ptrdiff_t>(i));
    f_.erase(f_.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

DoubleRun::Result DoubleRun::operator()(const ir::Program& program) const {
  std::vector<double> y(x_.size());
  ir::evaluate<double>(program, std::span<const double>(x_), std::span<double>(y));
  std::vector<double> errors(x_.size());
  for (std::size_t i = 0; i < x_.size(); ++i) errors[i] = error_f64(y[i], f_[i], target_.metric);
  std::vector<std::size_t> order(x_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto sites = static_cast<std::ptrdiff_t>(std::min(kSites, order.size()));
  std::partial_sort(order.begin(), order.begin() + sites, order.end(),
                    [&](std::size_t a, std::size_t b) {
                      return errors[a] != errors[b] ? errors[a] > errors[b] : a < b;
                    });
  if (order.empty()) return {};
  Result result{errors[order[0]], x_[order[0]]};
  if (std::isinf(result.max_error)) return result;

  std::vector<double> around;
  for (std::ptrdiff_t s = 0; s < sites; ++s) {
    const std::size_t i = order[static_cast<std::size_t>(s)];
    const double lo = x_[i == 0 ? 0 : i - 1];
    const double hi = x_[std::min(i + 1, x_.size() - 1)];
    for (std::size_t k = 1; k <= kAround; ++k) {
      // A sequence of low discrepancy.
      const double turn = static_cast<double>(k) * (std::numbers::phi - 1);
      around.push_back(lo + (hi - lo) * (turn - std::floor(turn)));
    }
  }
  y.resize(around.size());
  ir::evaluate<double>(program, std::span<const double>(around), std::span<double>(y));
  for (std::size_t i = 0; i < around.size(); ++i) {
    const double error = error_f64(y[i], reference(target_.program, around[i]), target_.metric);
    if (error > result.max_error) result = {error, around[i]};
  }
  return result;
}

}  // namespace ulpforge::targets
