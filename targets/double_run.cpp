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
#include "parallel/parallel.h"
#include "targets/exact/ulp.h"

namespace ulpforge::targets {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Draws between each two points, more around those where the error is largest, and how many of all
/// draws are compared with the exact value.
constexpr std::size_t kBetween = 4;
constexpr std::size_t kSites = 64;
constexpr std::size_t kAround = 96;
constexpr std::size_t kExact = 512;

/// |y - f| in the metric for a double result y and f = hi + lo, never NaN.
double error_f64(double y, const numbers::DoubleDouble& f, Metric metric) {
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

/// The indices of the `count` largest values, largest first, the first of equal ones first.
std::vector<std::size_t> largest(std::span<const double> values, std::size_t count) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  count = std::min(count, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(),
                    [&](std::size_t a, std::size_t b) {
                      return values[a] != values[b] ? values[a] > values[b] : a < b;
                    });
  order.resize(count);
  return order;
}

/// A double between two neighbours of the points.
struct Draw {
  std::size_t left;  ///< index of the lower neighbour
  double share;      ///< where between the two, from 0 to 1
};

/// `count` draws between points i and i + 1, by a sequence of low discrepancy.
void add_draws(std::vector<Draw>& draws, std::size_t i, std::size_t count) {
  for (std::size_t k = 1; k <= count; ++k) {
    const double turn = static_cast<double>(k) * (std::numbers::phi - 1);
    draws.push_back({i, turn - std::floor(turn)});
  }
}

std::vector<numbers::DoubleDouble> in_double_double(const ir::Program& program,
                                                    std::span<const double> x) {
  const std::vector<numbers::DoubleDouble> points(x.begin(), x.end());
  std::vector<numbers::DoubleDouble> y(x.size());
  ir::evaluate<numbers::DoubleDouble>(program, points, y);
  return y;
}

/// The values of a target at some points, ascending.
struct Table {
  std::span<const double> x;
  std::span<const numbers::DoubleDouble> f;
  std::span<const double> weights;
};

/// About the errors of the double results y at the draws x. The error of the program itself is
/// smooth, so that between two points of the table a line will do; what a double-double run
/// shows beyond that is the noise of rounding.
std::vector<double> estimates(const ir::Program& program, const Table& table, Metric metric,
                              std::span<const Draw> draws, std::span<const double> x,
                              std::span<const double> y) {
  std::vector<numbers::DoubleDouble> exact = in_double_double(program, table.x);
  std::vector<double> error(exact.size());
  for (std::size_t i = 0; i < exact.size(); ++i) {
    error[i] = (exact[i] - table.f[i]).hi;
    if (!std::isfinite(error[i])) error[i] = 0;
  }
  exact = in_double_double(program, x);
  std::vector<double> result(x.size());
  for (std::size_t k = 0; k < x.size(); ++k) {
    const std::size_t i = draws[k].left;
    const double own = std::lerp(error[i], error[i + 1], draws[k].share);
    result[k] = error_f64(y[k], exact[k] - numbers::DoubleDouble(own), metric) *
                std::lerp(table.weights[i], table.weights[i + 1], draws[k].share);
    if (std::isnan(result[k])) result[k] = kInfinity;  // for the exact value to decide
  }
  return result;
}

}  // namespace

DoubleRun::DoubleRun(Target target, std::vector<double> points, std::function<bool()> stop)
    : target_(std::move(target)), stop_(std::move(stop)), x_(std::move(points)) {
  std::sort(x_.begin(), x_.end());
  x_.erase(std::unique(x_.begin(), x_.end()), x_.end());
  f_.resize(x_.size(), std::numeric_limits<double>::quiet_NaN());
  parallel::for_each_index(std::size_t{0}, x_.size(), [&](std::size_t i) {
    if (!stopped()) f_[i] = value_at(target_, x_[i]);
  });
  // Where the target has no value, a removable singularity, there is no error to speak of.
  for (std::size_t i = x_.size(); i-- > 0;) {
    if (!std::isnan(f_[i].hi)) continue;
    x_.erase(x_.begin() + static_cast<std::ptrdiff_t>(i));
    f_.erase(f_.begin() + static_cast<std::ptrdiff_t>(i));
  }
  for (const double x : x_) weights_.push_back(weight_at(target_, x));
}

DoubleRun::Result DoubleRun::operator()(const ir::Program& program) const {
  if (x_.empty()) return {};
  std::vector<double> y(x_.size());
  ir::evaluate<double>(program, std::span<const double>(x_), std::span<double>(y));
  std::vector<double> errors(x_.size());
  for (std::size_t i = 0; i < x_.size(); ++i) {
    errors[i] = error_f64(y[i], f_[i], target_.metric) * weights_[i];
  }
  const std::vector<std::size_t> sites = largest(errors, kSites);
  Result result{errors[sites[0]], x_[sites[0]]};
  if (std::isinf(result.max_error)) return result;

  std::vector<Draw> draws;
  for (std::size_t i = 0; i + 1 < x_.size(); ++i) add_draws(draws, i, kBetween);
  for (const std::size_t i : sites) {
    if (i > 0) add_draws(draws, i - 1, kAround);
    if (i + 1 < x_.size()) add_draws(draws, i, kAround);
  }
  std::vector<double> x(draws.size());
  for (std::size_t k = 0; k < draws.size(); ++k) {
    x[k] = std::lerp(x_[draws[k].left], x_[draws[k].left + 1], draws[k].share);
  }
  y.resize(x.size());
  ir::evaluate<double>(program, std::span<const double>(x), std::span<double>(y));
  for (const std::size_t k :
       largest(estimates(program, {x_, f_, weights_}, target_.metric, draws, x, y), kExact)) {
    if (stopped()) break;
    const double error =
        error_f64(y[k], value_at(target_, x[k]), target_.metric) * weight_at(target_, x[k]);
    if (error > result.max_error) result = {error, x[k]};
  }
  return result;
}

}  // namespace ulpforge::targets
