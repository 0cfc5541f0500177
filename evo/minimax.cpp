// Lawson's weights and Remez-Newton exchange.
#include "evo/minimax.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "evo/zero_factor.h"

namespace ulpforge::evo {
namespace {

constexpr int kCount = DenseNodes::kCount;

/// Index of the largest error in each stretch of one sign, nodes that are demanded aside.
std::vector<int> alternation(const std::array<Block, kDenseBlocks>& residual,
                             const DenseNodes& nodes) {
  std::vector<int> extrema;
  for (int i = 0; i < kCount;) {
    if (nodes.is_demanded(i)) {
      ++i;
      continue;
    }
    const bool positive = lane(residual, i) > 0;
    int best = i;
    for (; i < kCount && ((lane(residual, i) > 0) == positive || nodes.is_demanded(i)); ++i) {
      if (nodes.is_demanded(i)) continue;
      if (std::abs(lane(residual, i)) > std::abs(lane(residual, best))) best = i;
    }
    extrema.push_back(best);
  }
  return extrema;
}

/// Keeps `count` neighbours in the alternation, dropping the smaller end first.
void shorten(std::vector<int>& extrema, std::size_t count,
             const std::array<Block, kDenseBlocks>& residual) {
  while (extrema.size() > count) {
    const bool drop_first =
        std::abs(lane(residual, extrema.front())) < std::abs(lane(residual, extrema.back()));
    extrema.erase(drop_first ? extrema.begin() : extrema.end() - 1);
  }
}

void reweight(const DenseNodes& nodes, const Tape& tape, Constants& constants, double& best) {
  constexpr int kRounds = 30;
  constexpr double kFloor = 1e-6;
  auto weighted = std::make_unique<DenseNodes>(nodes);
  auto fitter = std::make_unique<Fitter<kDenseBlocks>>(*weighted);
  auto evaluation = std::make_unique<Evaluation<kDenseBlocks>>();
  Constants current = constants;
  std::vector<double> share(kCount, 1.0 / kCount);
  for (const int i : nodes.demanded) {
    weighted->weight[i / kLanes][i % kLanes] = lane(nodes.weight, i) * std::sqrt(1.0 / kCount);
  }
  evaluate<kDenseBlocks>(tape, current, nodes, *evaluation);
  for (int round = 0; round < kRounds; ++round) {
    double total = 0;
    for (int i = 0; i < kCount; ++i) {
      if (nodes.is_demanded(i)) continue;
      share[i] *= std::abs(lane(evaluation->residual, i)) / best + 1e-3;
      total += share[i];
    }
    for (int i = 0; i < kCount; ++i) {
      if (nodes.is_demanded(i)) continue;  // weighs what it weighs
      share[i] /= total;
      weighted->weight[i / kLanes][i % kLanes] =
          lane(nodes.weight, i) * std::sqrt(share[i] + kFloor / kCount);
    }
    FitOptions options;
    options.max_iterations = 6;
    options.initial_damping = 1e-10;
    options.patience = 2;
    fitter->fit(tape, current, options);
    evaluate<kDenseBlocks>(tape, current, nodes, *evaluation);
    const double largest = evaluation->max_error();
    if (!std::isfinite(largest)) return;
    if (largest < best) {
      best = largest;
      constants = current;
    }
  }
}

/// One Newton step towards equal, alternating errors at the extrema, over the constants that the
/// Jacobian's pivoted QR calls independent. False when it does not lower the largest error.
bool exchange(const DenseNodes& nodes, const Tape& tape, Constants& constants, double& best,
              Evaluation<kDenseBlocks>& evaluation) {
  evaluate<kDenseBlocks>(tape, constants, nodes, evaluation);
  const std::array<Block, kDenseBlocks> residual = evaluation.residual;
  Eigen::MatrixXd jacobian(kCount, tape.constants);
  Eigen::VectorXd scale(tape.constants);
  for (int k = 0; k < tape.constants; ++k) {
    for (int i = 0; i < kCount; ++i) {
      jacobian(i, k) = tape.is_pinned(k) ? 0 : lane(evaluation.jacobian[k], i);
    }
    scale[k] = std::max(jacobian.col(k).norm(), 1e-300);
    jacobian.col(k) /= scale[k];
  }
  Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(jacobian);
  qr.setThreshold(1e-11);
  const std::vector<int> extrema = alternation(residual, nodes);
  const auto demands = static_cast<Eigen::Index>(nodes.demanded.size());
  // Newton's step for those extrema and the demanded nodes; whether it lowers the largest error.
  const auto level = [&](std::vector<int> rows, Eigen::Index rank) {
    rows.insert(rows.end(), nodes.demanded.begin(), nodes.demanded.end());
    Eigen::MatrixXd system(rank + 1, rank + 1);
    Eigen::VectorXd right(rank + 1);
    for (Eigen::Index i = 0; i <= rank; ++i) {
      for (Eigen::Index k = 0; k < rank; ++k) {
        system(i, k) = jacobian(rows[i], qr.colsPermutation().indices()[k]);
      }
      system(i, rank) = i > rank - demands ? 0 : i % 2 == 0 ? 1 : -1;
      right[i] = -lane(residual, rows[i]) / best;
    }
    const Eigen::VectorXd step = system.fullPivLu().solve(right);
    if (!step.allFinite()) return false;
    double found = best;
    Constants improved = constants;
    for (double length = 1; length > 0.1; length /= 2) {
      Constants trial = constants;
      for (Eigen::Index k = 0; k < rank; ++k) {
        const int column = qr.colsPermutation().indices()[k];
        trial.add(column, length * best * step[k] / scale[column]);
      }
      evaluate<kDenseBlocks>(tape, trial, nodes, evaluation);
      const double largest = evaluation.max_error();
      if (std::isfinite(evaluation.sum_of_squares) && largest < found) {
        found = largest;
        improved = trial;
      }
    }
    if (!(found < best)) return false;
    best = found;
    constants = improved;
    return true;
  };
  for (auto rank = qr.rank(); rank >= 1 && rank + 2 >= qr.rank(); --rank) {
    // Each demanded node takes an equation.
    if (rank <= demands) continue;
    const auto count = static_cast<std::size_t>(rank + 1 - demands);
    if (extrema.size() < count) continue;
    std::vector<int> chosen = extrema;
    shorten(chosen, count, residual);
    if (level(chosen, rank)) return true;
    // Where a program is odd or even some of them say the same: others.
    for (std::size_t first = 0; first + count <= extrema.size(); ++first) {
      const auto begin = extrema.begin() + static_cast<std::ptrdiff_t>(first);
      const std::vector<int> others(begin, begin + static_cast<std::ptrdiff_t>(count));
      if (others != chosen && level(others, rank)) return true;
    }
  }
  return false;
}

void exchange_until_level(const DenseNodes& nodes, const Tape& tape, Constants& constants,
                          double& best, Evaluation<kDenseBlocks>& evaluation) {
  constexpr int kMostExchanges = 20;
  constexpr double kSettled = 1 - 1e-7;
  for (int k = 0; k < kMostExchanges; ++k) {
    const double before = best;
    if (!exchange(nodes, tape, constants, best, evaluation) || best > before * kSettled) break;
  }
}

/// As many nodes as before, all of them between the neighbours of the error's extrema.
DenseNodes crowd_around_extrema(const targets::Target& target, const DenseNodes& nodes,
                                const std::array<Block, kDenseBlocks>& residual) {
  // So close to an end counts as the end; c / x at 0 stays a number.
  constexpr double kInside = 0x1p-50;
  const targets::Domain& domain = target.domain;
  const std::vector<targets::Domain> intervals = targets::intervals_of(domain);
  const std::vector<int> extrema = alternation(residual, nodes);
  std::array<double, DenseNodes::kCount> points;
  const auto windows = static_cast<int>(extrema.size());
  for (int i = 0; i < kCount; ++i) {
    const int window = std::min(i * windows / kCount, windows - 1);
    const int begin = (window * kCount + windows - 1) / windows;
    const int end = ((window + 1) * kCount + windows - 1) / windows;
    const int peak = extrema[window];
    const targets::Domain& around = *std::ranges::find_if(intervals, [&](const auto& interval) {
      return nodes.x_at(peak) <= interval.hi || &interval == &intervals.back();
    });
    const double first = around.lo + kInside * around.width();
    const double last = around.hi - kInside * around.width();
    const double left = peak == 0 ? first : std::max(first, nodes.x_at(peak - 1));
    const double right = peak == kCount - 1 ? last : std::min(last, nodes.x_at(peak + 1));
    const double share = end - begin > 1 ? static_cast<double>(i - begin) / (end - begin - 1) : 0.5;
    points[i] = std::clamp(left + share * (right - left), first, last);
    if (points[i] == 0) points[i] = kInside * domain.width();
    points[i] = away_from_zeros(target, points[i], kInside * domain.width());
  }
  std::ranges::sort(points);
  return make_nodes_at<kDenseBlocks>(target, points);
}

}  // namespace

double minimise_largest_error(const DenseNodes& nodes, const Tape& tape, Constants& constants) {
  auto evaluation = std::make_unique<Evaluation<kDenseBlocks>>();
  evaluate<kDenseBlocks>(tape, constants, nodes, *evaluation);
  double best = evaluation->max_error();
  if (tape.constants == 0 || !std::isfinite(evaluation->sum_of_squares) || best == 0) return best;
  reweight(nodes, tape, constants, best);
  exchange_until_level(nodes, tape, constants, best, *evaluation);
  return best;
}

void refine_extrema(const targets::Target& target, const DenseNodes& nodes, const Tape& tape,
                    Constants& constants) {
  // Each round narrows the gaps at the extrema by a factor of about kCount / (2 extrema).
  constexpr int kRounds = 3;
  if (tape.constants == 0) return;
  auto current = std::make_unique<DenseNodes>(nodes);
  auto evaluation = std::make_unique<Evaluation<kDenseBlocks>>();
  for (int round = 0; round < kRounds; ++round) {
    evaluate<kDenseBlocks>(tape, constants, *current, *evaluation);
    *current = crowd_around_extrema(target, *current, evaluation->residual);
    evaluate<kDenseBlocks>(tape, constants, *current, *evaluation);
    double best = evaluation->max_error();
    if (!std::isfinite(evaluation->sum_of_squares) || best == 0) return;
    exchange_until_level(*current, tape, constants, best, *evaluation);
  }
}

}  // namespace ulpforge::evo
