// Niches of programs by what they cost.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>

#include "ir/costs.h"

namespace ulpforge::evo {

/// Maps programs to niches: costs in units of the cheapest operation, so that with equal costs the
/// niche is the number of operations.
class Niches {
 public:
  Niches() = default;
  /// Of programs of at most `max_operations` of these operations.
  Niches(const ir::Costs& costs, std::span<const ir::Op> operations, int max_operations)
      : costs_(costs) {
    double least = std::numeric_limits<double>::infinity();
    double most = 0;
    for (const ir::Op op : operations) {
      least = std::min(least, costs.of(op));
      most = std::max(most, costs.of(op));
    }
    if (!(most > 0)) return;
    unit_ = std::max(least, most * max_operations / kMost);
    count_ = static_cast<int>(std::lround(most * max_operations / unit_)) + 1;
  }

  /// The niche of a program, from 0 to count() - 1; count() - 1 too for what costs more.
  int of(const ir::Program& program) const {
    return static_cast<int>(std::min<long>(std::lround(costs_.of(program) / unit_), count_ - 1));
  }
  int count() const { return count_; }
  /// The cost that a niche stands for.
  double cost(int niche) const { return niche * unit_; }
  double unit() const { return unit_; }
  const ir::Costs& costs() const { return costs_; }

 private:
  static constexpr double kMost = 300;  ///< niches
  ir::Costs costs_;
  double unit_ = 1;
  int count_ = 1;
};

}  // namespace ulpforge::evo
