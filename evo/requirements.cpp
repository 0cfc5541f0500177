// Checks, and the search for constants on the lattice of a format's numbers.
#include "evo/requirements.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

#include "ir/evaluate.h"
#include "ir/suggest.h"
#include "targets/exact/ulp.h"
#include "targets/parity.h"

namespace ulpforge::evo {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool is_symmetric(const targets::Domain& domain) {
  const std::vector<targets::Domain> intervals = targets::intervals_of(domain);
  for (std::size_t k = 0; k < intervals.size(); ++k) {
    const targets::Domain& a = intervals[k];
    const targets::Domain& b = intervals[intervals.size() - 1 - k];
    if (a.lo != -b.hi || a.hi != -b.lo || a.lo_open != b.hi_open || a.hi_open != b.lo_open) {
      return false;
    }
  }
  return true;
}

/// The symmetric domain that holds it, for messages.
targets::Domain mirrored(const targets::Domain& domain) {
  std::vector<targets::Domain> intervals = targets::intervals_of(domain);
  const std::size_t count = intervals.size();
  for (std::size_t k = 0; k < count; ++k) {
    const targets::Domain each = intervals[k];
    intervals.push_back({-each.hi + 0.0, -each.lo + 0.0, each.hi_open, each.lo_open});
  }
  return targets::union_of(std::move(intervals));
}

/// Whether the target's values have that parity, where its operations do not tell.
bool has_parity(const targets::Target& target, targets::Parity parity) {
  if (targets::parity_of(target.program) == parity) return true;
  constexpr double kSame = 1e-28;
  constexpr std::array kShares{0.0917, 0.3141, 0.5772, 0.7182, 0.9341};
  for (const targets::Domain& each : targets::intervals_of(target.domain)) {
    for (const double share : kShares) {
      const bool bounded = each.is_bounded();
      const double x = bounded ? each.lo + share * each.width() : 3 * share;
      const numbers::DoubleDouble here = targets::value_at(target, x);
      numbers::DoubleDouble there = targets::value_at(target, -x);
      if (parity == targets::Parity::Odd) there = -there;
      const numbers::DoubleDouble apart = here - there;
      if (!(std::abs(apart.hi) <= kSame * std::abs(here.hi))) return false;
    }
  }
  return true;
}

void check_parity(const targets::Target& target, targets::Parity parity) {
  if (parity == targets::Parity::None) return;
  const std::string_view wanted = targets::name(parity);
  if (!is_symmetric(target.domain)) {
    throw std::invalid_argument(fmt::format(
        "{}: the domain {} is not symmetric about 0; give {}, or leave {} out", wanted,
        targets::to_string(target.domain), targets::to_string(mirrored(target.domain)), wanted));
  }
  if (has_parity(target, parity)) return;
  const targets::Parity other =
      parity == targets::Parity::Odd ? targets::Parity::Even : targets::Parity::Odd;
  throw std::invalid_argument(fmt::format(
      "{}: {} is not; leave it out{}", wanted, ir::printable(target.expression),
      has_parity(target, other) ? fmt::format(", or ask for {}", targets::name(other)) : ""));
}

void check_points(const targets::Target& target) {
  for (const double x : target.exact) {
    if (!target.domain.contains(x)) {
      throw std::invalid_argument(
          fmt::format("exact: x = {} does not belong to {}; give points of it", x,
                      targets::to_string(target.domain)));
    }
    const double value = targets::value_at(target, x).hi;
    if (!std::isfinite(value)) {
      throw std::invalid_argument(
          fmt::format("exact: the target has no value at x = {}; give points where it has one", x));
    }
  }
}

}  // namespace

void check_constraints(const targets::Target& target, const Constraints& constraints) {
  check_parity(target, constraints.parity);
  check_points(target);
  for (const double x : target.exact) {
    const double value = targets::value_at(target, x).hi;
    if (!constraints.constants || constraints.constants->has(value)) continue;
    throw std::invalid_argument(fmt::format(
        "exact: the target is {} at x = {}, no number of {}, and programs of such constants hardly "
        "meet a double that is none; leave that point or constants out",
        value, x, constraints.constants->name()));
  }
  if (!constraints.constants || target.metric == targets::Metric::Absolute) return;
  for (const targets::Zero& zero : target.zeros) {
    if (constraints.constants->has(zero.at.hi) && constraints.constants->has(zero.at.lo)) continue;
    throw std::invalid_argument(fmt::format(
        "constants: the target vanishes at x = {}, which numbers of {} do not make up, so that no "
        "relative error is bounded; give the metric absolute",
        zero.at.hi, constraints.constants->name()));
  }
}

Requirements::Requirements(const targets::Target& target, const Constraints& constraints)
    : parity_(constraints.parity), format_(constraints.constants) {
  double largest = 0;
  for (const double x : target.exact) {
    const double value = targets::value_at(target, x).hi;
    points_.push_back({x, value, 0});
    largest = std::max(largest, std::abs(value));
  }
  for (Point& point : points_) {
    point.unit = targets::ulp_f64(point.value != 0 ? point.value : largest > 0 ? largest : 1);
  }
  // What is exact as it is emitted has constants that are doubles.
  if (!points_.empty() && !format_) format_ = numbers::ConstantFormat{};
  if (constraints.monotone) {
    const targets::Domain first = targets::intervals_of(target.domain).front();
    const double a = targets::value_at(target, first.lo + 0.25 * first.width()).hi;
    const double b = targets::value_at(target, first.lo + 0.75 * first.width()).hi;
    direction_ = a <= b ? 1 : -1;
  }
}

bool Requirements::has_form(const ir::Program& program) const {
  return parity_ == targets::Parity::None || targets::parity_of(program) == parity_;
}

bool Requirements::holds(const ir::Program& program) const {
  if (!has_form(program)) return false;
  if (format_) {
    for (const numbers::DoubleDouble& constant : program.constants) {
      if (constant.lo != 0 || !format_->has(constant.hi)) return false;
    }
  }
  return violation(program) == 0;
}

bool Requirements::goes_one_way(std::span<const double> values) const {
  constexpr double kRounding = 0x1p-48;
  if (direction_ == 0) return true;
  double largest = 0;
  for (const double value : values) largest = std::max(largest, std::abs(value));
  for (std::size_t i = 0; i + 1 < values.size(); ++i) {
    if (direction_ * (values[i + 1] - values[i]) < -kRounding * largest) return false;
  }
  return true;
}

/// The sum of the misses at the points, in ULP of double.
double Requirements::violation(const ir::Program& program) const {
  double sum = 0;
  for (const Point& point : points_) {
    const double miss = std::abs(ir::evaluate(program, point.x) - point.value);
    sum += std::isfinite(miss) ? miss / point.unit : kInfinity;
  }
  return sum;
}

/// Newton steps, the smallest ones as the columns' lengths measure them, until the program is exact
/// at the demanded nodes.
template <int kBlocks>
void Requirements::solve_points(const Nodes<kBlocks>& nodes, const Tape& tape, Constants& constants,
                                Evaluation<kBlocks>& scratch) const {
  constexpr int kSteps = 4;
  std::vector<int> rows;
  for (int i = 0; i < Nodes<kBlocks>::kCount; ++i) {
    if (nodes.is_demanded(i)) rows.push_back(i);
  }
  std::vector<int> columns;
  for (int k = 0; k < tape.constants; ++k) {
    if (!tape.is_pinned(k)) columns.push_back(k);
  }
  if (rows.empty() || columns.empty()) return;
  for (int step = 0; step < kSteps; ++step) {
    evaluate<kBlocks>(tape, constants, nodes, scratch);
    if (!std::isfinite(scratch.sum_of_squares)) return;
    const auto m = static_cast<Eigen::Index>(rows.size());
    const auto n = static_cast<Eigen::Index>(columns.size());
    Eigen::MatrixXd system(m, n);
    Eigen::VectorXd right(m);
    Eigen::VectorXd scale(n);
    for (Eigen::Index c = 0; c < n; ++c) {
      double square = 0;
      for (int i = 0; i < Nodes<kBlocks>::kCount; ++i) {
        if (nodes.is_demanded(i)) continue;
        square += std::pow(lane(scratch.jacobian[columns[c]], i), 2);
      }
      scale[c] = std::max(std::sqrt(square), 1e-300);
      for (Eigen::Index r = 0; r < m; ++r) {
        system(r, c) = lane(scratch.jacobian[columns[c]], rows[r]) / scale[c];
      }
    }
    for (Eigen::Index r = 0; r < m; ++r) right[r] = -lane(scratch.residual, rows[r]);
    const Eigen::VectorXd move = system.completeOrthogonalDecomposition().solve(right);
    if (!move.allFinite()) return;
    for (Eigen::Index c = 0; c < n; ++c) constants.add(columns[c], move[c] / scale[c]);
  }
}

/// Babai's nearest plane: constants are rounded one after the other, and the rest make up for each.
template <int kBlocks>
void Requirements::round_to_lattice(const Nodes<kBlocks>& nodes, const Tape& tape,
                                    Constants& constants, Evaluation<kBlocks>& scratch) const {
  evaluate<kBlocks>(tape, constants, nodes, scratch);
  std::vector<int> columns;
  for (int k = 0; k < tape.constants; ++k) {
    if (!tape.is_pinned(k)) columns.push_back(k);
  }
  const auto n = static_cast<Eigen::Index>(columns.size());
  if (n == 0) return;
  // The constants that the function feels least are rounded first, so that those it feels most, one
  // unit of which is a lot, are still free then: the columns' order by |column| * unit.
  const auto unit = [&](int k) {
    const double at = format_->round(constants.hi[k]);
    return std::max(
        {std::abs(format_->next(at, true) - at), std::abs(at - format_->next(at, false)), 1e-300});
  };
  std::vector<std::pair<double, int>> order;
  for (const int k : columns) {
    double square = 0;
    for (int i = 0; i < Nodes<kBlocks>::kCount; ++i) {
      square += std::pow(lane(scratch.jacobian[k], i), 2);
    }
    order.emplace_back(std::sqrt(square) * unit(k), k);
  }
  std::ranges::sort(order);
  Eigen::MatrixXd jacobian(Nodes<kBlocks>::kCount, n);
  for (Eigen::Index c = 0; c < n; ++c) {
    const double step = unit(order[c].second);
    for (int i = 0; i < Nodes<kBlocks>::kCount; ++i) {
      jacobian(i, c) = lane(scratch.jacobian[order[c].second], i) * step;
    }
  }
  const bool usable = jacobian.allFinite();
  Eigen::MatrixXd r;
  if (usable) {
    r = Eigen::HouseholderQR<Eigen::MatrixXd>(jacobian).matrixQR().topRows(n);
  }
  // From the last column down: what rounding it changes is made up for by those before it.
  Eigen::VectorXd moved = Eigen::VectorXd::Zero(n);  // in units, against the real constants
  for (Eigen::Index c = n - 1; c >= 0; --c) {
    const int k = order[c].second;
    double wish = 0;
    if (usable && std::abs(r(c, c)) > 0) {
      for (Eigen::Index later = c + 1; later < n; ++later) wish -= r(c, later) * moved[later];
      wish /= r(c, c);
    }
    const double step = unit(k);
    constexpr double kFar = 1e6;  // where the columns hardly differ
    if (!(std::abs(wish) < kFar)) wish = 0;
    const double real = constants.hi[k] + constants.lo[k];
    const double rounded = format_->round(real + wish * step);
    moved[c] = ((rounded - constants.hi[k]) - constants.lo[k]) / step;
    constants.set(k, rounded);
  }
}

template <int kBlocks>
double Requirements::meet(const Nodes<kBlocks>& nodes, const Tape& tape, ir::Program& program,
                          Evaluation<kBlocks>& scratch, int& left) const {
  // First the points, then the error.
  using Worth = std::pair<double, double>;
  ir::Program trial = program;
  const auto worth = [&](const Constants& constants) -> Worth {
    --left;
    evaluate<kBlocks>(tape, constants, nodes, scratch);
    const double error = scratch.max_error(nodes);
    if (!std::isfinite(scratch.sum_of_squares) || std::isnan(error)) return {kInfinity, kInfinity};
    if (points_.empty()) return {0, error};
    set_constants(trial, constants);
    return {violation(trial), error};
  };
  for (int k = 0; k < tape.constants; ++k) {
    if (tape.is_pinned(k) && !format_->has(program.constants[k].hi)) return kInfinity;
  }
  Constants real = constants_of(program);
  solve_points(nodes, tape, real, scratch);
  Constants best = real;
  for (int k = 0; k < tape.constants; ++k) best.set(k, format_->round(best.hi[k] + best.lo[k]));
  Worth at = worth(best);
  Constants lattice = real;
  round_to_lattice(nodes, tape, lattice, scratch);
  if (const Worth other = worth(lattice); other < at) {
    at = other;
    best = lattice;
  }
  // Doubles are as good as real numbers, but for the points.
  const bool fine = !format_->fixed && format_->floating == numbers::kBinary64;
  constexpr std::array kSteps{1, -1, 2, -2, 3, -3, 8, -8, 40, -40};
  const std::size_t near = points_.empty() ? 6 : kSteps.size();
  const auto moved = [&](double number, int steps) {
    for (int s = 0; s < std::abs(steps); ++s) number = format_->next(number, steps > 0);
    return number;
  };
  const auto try_out = [&](const Constants& candidate) {
    const Worth here = worth(candidate);
    if (!(here < at)) return false;
    at = here;
    best = candidate;
    return true;
  };
  bool gained = std::isfinite(at.second) && !(fine && at.first == 0);
  while (gained && left > 0) {
    gained = false;
    for (int k = 0; k < tape.constants && left > 0; ++k) {
      if (tape.is_pinned(k)) continue;
      for (std::size_t s = 0; s < near && left > 0; ++s) {
        Constants candidate = best;
        candidate.set(k, moved(best.hi[k], kSteps[s]));
        gained = try_out(candidate) || gained;
      }
    }
    if (fine && at.first == 0) break;
    for (int k = 0; k < tape.constants && !gained; ++k) {
      for (int other = 0; other < k && !gained; ++other) {
        if (tape.is_pinned(k) || tape.is_pinned(other)) continue;
        for (int signs = 0; signs < 4 && left > 0 && !gained; ++signs) {
          Constants candidate = best;
          candidate.set(k, moved(best.hi[k], signs % 2 == 0 ? 1 : -1));
          candidate.set(other, moved(best.hi[other], signs < 2 ? 1 : -1));
          gained = try_out(candidate);
        }
      }
    }
  }
  set_constants(program, best);
  return at.first == 0 ? at.second : kInfinity;
}

#define INSTANTIATE(kBlocks)                                                           \
  template double Requirements::meet(const Nodes<kBlocks>&, const Tape&, ir::Program&, \
                                     Evaluation<kBlocks>&, int&) const;
INSTANTIATE(4)
INSTANTIATE(8)
INSTANTIATE(16)
INSTANTIATE(32)
#undef INSTANTIATE

}  // namespace ulpforge::evo
