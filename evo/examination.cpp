// Examines the ends of the interval, the gaps between nodes, and poles.
#include "evo/examination.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "evo/zero_factor.h"
#include "ir/evaluate.h"

namespace ulpforge::evo {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Position of the divisor's value in step `t`, or -1 when it does not divide.
int divisor(const Step& step) {
  if (step.code == Code::Div) return step.b;
  if (step.code == Code::ConstantOver) return step.a;
  return -1;
}

}  // namespace

Examination::Examination(const targets::Target& target, const std::function<bool()>& stop,
                         const Constraints& constraints)
    : target_(target),
      constraints_(constraints),
      requirements_(target, constraints),
      pins_(zero_constants(target)),
      nodes_(make_nodes<kDenseBlocks>(target, stop)) {
  for (int i = 0; i < DenseNodes::kCount; ++i) {
    largest_value_ = std::max(largest_value_, std::abs(lane(nodes_.target_hi, i)));
  }
  // Rounding of a plain double evaluation must not fail a good program.
  constexpr double kShare = 1e-6;
  const auto vanishes = [&](double value) {
    return value == 0 && target.metric != targets::Metric::Absolute;
  };
  const auto add_point = [&](double x) {
    const double value = targets::value_at(target, x).hi;
    if (!std::isfinite(value)) return;
    const double scale = std::max(std::abs(value), 1e-3 * largest_value_);
    points_.push_back(
        {x, value, vanishes(value) ? 0 : kShare * scale, std::max(std::abs(value), 1.0)});
  };
  const auto add_end = [&](double end, double inward, bool open) {
    if (!open) add_point(end);
    if (target.metric != targets::Metric::Absolute && vanishes_at_end(target, end)) {
      const double x = end == 0 ? std::copysign(0x1p-300, inward) : end + inward * 0x1p-40;
      const double near = targets::value_at(target, x).hi;
      if (near != 0 && std::isfinite(near)) {
        points_.push_back({x, near, 1e-1 * std::abs(near), std::max(std::abs(near), 1.0)});
      }
    }
  };
  const targets::Domain& domain = target.domain;
  for (const targets::Domain& part : targets::intervals_of(domain)) {
    add_end(part.lo, part.width(), part.lo_open);
    add_end(part.hi, -part.width(), part.hi_open);
    // c / x has its pole there.
    if (part.lo < 0 && part.hi > 0) add_point(0);
  }
  int last = 0;
  for (const int share : shares_of_intervals(domain, DenseNodes::kCount)) {
    last += share;
    last_of_interval_.push_back(last - 1);
  }
  for (const targets::Zero& zero : required_zeros(target)) {
    const auto add_near = [&](double x) {
      if (!domain.contains(x)) return;
      const double near = targets::value_at(target, x).hi;
      if (near == 0 || !std::isfinite(near)) return;
      // In double too, and no worse than elsewhere.
      points_.push_back({x, near, 1e-3 * std::abs(near), 0.6 * std::abs(near)});
    };
    const bool inside = std::ranges::any_of(targets::intervals_of(domain), [&](const auto& part) {
      return zero.at.hi > part.lo && zero.at.hi < part.hi;
    });
    if (zero.is_double && inside) {
      add_point(zero.at.hi);
      const double step = distance_from(zero, 0x1p-40 * domain.width());
      constexpr double kInfinite = std::numeric_limits<double>::infinity();
      for (const double x : {zero.at.hi - step, std::nextafter(zero.at.hi, -kInfinite),
                             std::nextafter(zero.at.hi, kInfinite), zero.at.hi + step}) {
        add_near(x);
      }
    } else if (!zero.is_double) {
      add_near(zero.below());
      add_near(zero.above());
    }
  }
}

double Examination::operator()(const ir::Program& program, const Tape& tape,
                               Evaluation<kDenseBlocks>& scratch) const {
  evaluate<kDenseBlocks>(tape, constants_of(program), nodes_, scratch);
  const double error = scratch.max_error(nodes_);
  if (!std::isfinite(scratch.sum_of_squares) || !std::isfinite(error)) return kInfinity;
  if (!requirements_.holds(program) || !goes_one_way(tape, scratch)) return kInfinity;
  for (const Point& point : points_) {
    // Coarse programs are judged by their own error.
    const double own = 2 * error * point.scale;
    const double tolerance = point.tolerance == 0 ? 0 : std::max(point.tolerance, own);
    if (!(std::abs(ir::evaluate(program, point.x) - point.value) <= tolerance)) return kInfinity;
  }
  return has_pole(program, tape, scratch, error) ? kInfinity : error;
}

bool Examination::goes_one_way(const Tape& tape, const Evaluation<kDenseBlocks>& evaluation) const {
  if (!requirements_.has_direction()) return true;
  std::vector<double> values;
  for (int i = 0, interval = 0; i < DenseNodes::kCount; ++i) {
    values.push_back(lane(evaluation.value[tape.length], i));
    if (i != last_of_interval_[interval]) continue;
    if (!requirements_.goes_one_way(values)) return false;
    values.clear();
    ++interval;
  }
  return true;
}

/// A divisor that changes sign between nodes means a pole, unless what follows takes it back (a
/// divisor that goes to infinity, a sum that divides it out): look from close by.
bool Examination::has_pole(const ir::Program& program, const Tape& tape,
                           const Evaluation<kDenseBlocks>& evaluation, double error) const {
  for (int t = 0; t < tape.length; ++t) {
    const int d = divisor(tape.steps[t]);
    if (d < 0) continue;
    for (int i = 0; i + 1 < DenseNodes::kCount; ++i) {
      const double left = lane(evaluation.value[d], i);
      if ((left < 0) == (lane(evaluation.value[d], i + 1) < 0)) continue;
      // Between intervals poles are no harm.
      if (std::ranges::find(last_of_interval_, i) != last_of_interval_.end()) continue;
      double a = nodes_.x_at(i);
      double b = nodes_.x_at(i + 1);
      const double gap = b - a;
      for (int k = 0; k < 60; ++k) {
        const double middle = a + (b - a) / 2;
        if (middle <= a || middle >= b) break;
        const double value = d == 0 ? middle : ir::trace(program, middle)[tape.instruction[d - 1]];
        ((value < 0) == (left < 0) ? a : b) = middle;
      }
      constexpr double kSmooth = 1e-2;
      const double low = lane(nodes_.target_hi, i);
      const double high = lane(nodes_.target_hi, i + 1);
      const double weight = lane(nodes_.weight, i);
      const double own = weight > 0 ? 2 * error / weight : 0;
      const double allowed = kSmooth * largest_value_ + std::abs(high - low) + own;
      for (double h = gap / 16; h > gap * 0x1p-45; h /= 64) {
        for (const double x : {a - h, b + h}) {
          if (!(std::abs(ir::evaluate(program, x) - low) <= allowed)) return true;
        }
      }
    }
  }
  return false;
}

}  // namespace ulpforge::evo
