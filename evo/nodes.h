// The points at which a program is fitted to its target.
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

#include "evo/block.h"
#include "targets/target.h"

namespace ulpforge::evo {

/// What misses of points where programs have to be exact (Target::exact) weigh: a fit in least
/// squares is off there by its error over the square of that.
inline constexpr double kDemanded = 1e4;

/// kBlocks * kLanes points, ascending, with the exact values there as hi + lo and the weight that
/// turns a difference into the metric's error.
template <int kBlocks>
struct Nodes {
  static constexpr int kCount = kBlocks * kLanes;
  std::array<Block, kBlocks> x{};
  std::array<Block, kBlocks> target_hi{};
  std::array<Block, kBlocks> target_lo{};
  std::array<Block, kBlocks> weight{};
  /// Nodes at points where programs have to be exact; their weight is kDemanded times as large.
  std::vector<int> demanded = {};

  bool is_demanded(int i) const { return std::ranges::find(demanded, i) != demanded.end(); }
  double x_at(int i) const { return lane(x, i); }
};

/// Chebyshev extrema of the interval, or of each of several. The outermost two stand a little
/// inside it, so that c / x at 0 stays a number; where the target vanishes at that end and the
/// error is relative they stand so close that a program which does not vanish too is useless. So do
/// two on both sides of each zero inside. Points at which the target's value is 0 get weight 0.
/// Values are left out once `stop` says so, which is asked from several threads.
template <int kBlocks>
Nodes<kBlocks> make_nodes(const targets::Target& target, const std::function<bool()>& stop = {});

/// How many of `count` points each of the domain's intervals gets: half of them evenly, half by
/// width.
std::vector<int> shares_of_intervals(const targets::Domain& domain, int count);

/// Where the node of a point stands at which programs have to be exact: there, or next to 0.
double demanded_at(const targets::Target& target, double x);

/// The given points, kCount of them, ascending.
template <int kBlocks>
Nodes<kBlocks> make_nodes_at(const targets::Target& target,
                             const std::array<double, Nodes<kBlocks>::kCount>& points,
                             const std::function<bool()>& stop = {});

}  // namespace ulpforge::evo
