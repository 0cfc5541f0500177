// The points at which a program is fitted to its target.
#pragma once

#include <array>
#include <functional>

#include "evo/block.h"
#include "targets/target.h"

namespace ulpforge::evo {

/// kBlocks * kLanes points, ascending, with the exact values there as hi + lo and the weight that
/// turns a difference into the metric's error.
template <int kBlocks>
struct Nodes {
  static constexpr int kCount = kBlocks * kLanes;
  std::array<Block, kBlocks> x{};
  std::array<Block, kBlocks> target_hi{};
  std::array<Block, kBlocks> target_lo{};
  std::array<Block, kBlocks> weight{};

  double x_at(int i) const { return lane(x, i); }
};

/// Chebyshev extrema of the interval. The outermost two stand a little inside it, so that c / x at
/// 0 stays a number; where the target vanishes at that end and the error is relative they stand so
/// close that a program which does not vanish too is useless. So do two on both sides of each zero
/// inside.
/// Points at which the target's value is 0 get weight 0.
/// Values are left out once `stop` says so, which is asked from several threads.
template <int kBlocks>
Nodes<kBlocks> make_nodes(const targets::Target& target, const std::function<bool()>& stop = {});

/// The given points, kCount of them, ascending.
template <int kBlocks>
Nodes<kBlocks> make_nodes_at(const targets::Target& target,
                             const std::array<double, Nodes<kBlocks>::kCount>& points,
                             const std::function<bool()>& stop = {});

}  // namespace ulpforge::evo
