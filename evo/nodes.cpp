// Fitting nodes and the target's values at them.
#include "evo/nodes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <span>

#include "evo/zero_factor.h"
#include "parallel/parallel.h"
#include "targets/exact/ulp.h"

namespace ulpforge::evo {
namespace {

double metric_weight(targets::Metric metric, const numbers::DoubleDouble& value) {
  switch (metric) {
    case targets::Metric::Absolute:
      return 1;
    case targets::Metric::Relative:
      return value.hi == 0 ? 0 : 1 / std::abs(value.hi);
    case targets::Metric::UlpF32:
      return 1 / targets::ulp_f32(value.hi);
    case targets::Metric::UlpF64:
      return 1 / targets::ulp_f64(value.hi);
  }
  return 1;
}

}  // namespace

std::vector<int> shares_of_intervals(const targets::Domain& domain, int count) {
  const std::vector<targets::Domain> intervals = targets::intervals_of(domain);
  double width = 0;
  for (const targets::Domain& each : intervals) width += each.width();
  std::vector<int> shares;
  double sum = 0;
  int given = 0;
  for (const targets::Domain& each : intervals) {
    sum += 0.5 / static_cast<double>(intervals.size()) + 0.5 * each.width() / width;
    shares.push_back(static_cast<int>(std::lround(sum * count)) - given);
    given += shares.back();
  }
  return shares;
}

namespace {

/// Chebyshev extrema of one interval, as make_nodes says.
void place(const targets::Target& target, const targets::Domain& domain, std::span<double> points) {
  // Shares of the width by which the end nodes stand inside: near a zero of the target, close
  // enough that what does not vanish is useless; elsewhere, far enough for c / x to stay harmless.
  constexpr double kInside = 0x1p-20;
  constexpr double kNearZero = 0x1p-40;
  const auto n = static_cast<int>(points.size());
  const auto share = [&](double x) {
    if (target.metric == targets::Metric::Absolute) return kInside;
    const bool near_zero = std::ranges::any_of(required_zeros(target), [&](const auto& zero) {
      return std::abs(zero.at.hi - x) <= kNearZero * domain.width();
    });
    return near_zero || vanishes_at_end(target, x) ? kNearZero : kInside;
  };
  for (int i = 0; i < n; ++i) {
    const double theta = std::numbers::pi * i / (n - 1);
    double x = domain.lo + domain.width() * (0.5 - 0.5 * std::cos(theta));
    if (i == 0) x = domain.lo + domain.width() * share(domain.lo);
    if (i == n - 1) x = domain.hi - domain.width() * share(domain.hi);
    // A node at exactly 0 in the middle of a symmetric interval would meet c / x.
    if (x == 0) x = domain.width() * kInside;
    points[i] = x;
  }
  // Two nodes next to each zero inside, one on each side.
  for (const targets::Zero& zero : required_zeros(target)) {
    const double z = zero.at.hi;
    const double step = distance_from(zero, kNearZero * domain.width());
    if (!(z - step > domain.lo && z + step < domain.hi)) continue;
    const auto above = std::ranges::lower_bound(points, z);
    if (above == points.begin() || above == points.end()) continue;
    *(above - 1) = z - step;
    *above = z + step;
  }
}

/// A node for each point where programs have to be exact, in the place of the nearest other one.
/// Next to 0, where c / x is no number.
void demand(const targets::Target& target, std::span<double> points) {
  for (const double x : target.exact) {
    const double at = demanded_at(target, x);
    const auto distance = [&](double point) {
      const bool taken = std::ranges::any_of(
          target.exact, [&](double other) { return point == demanded_at(target, other); });
      return taken ? std::numeric_limits<double>::infinity() : std::abs(point - at);
    };
    *std::ranges::min_element(points, {}, distance) = at;
    std::ranges::sort(points);
  }
}

}  // namespace

double demanded_at(const targets::Target& target, double x) {
  constexpr double kBesideZero = 0x1p-50;
  if (x != 0) return x;
  return (target.domain.hi > 0 ? kBesideZero : -kBesideZero) * target.domain.width();
}

template <int kBlocks>
Nodes<kBlocks> make_nodes(const targets::Target& target, const std::function<bool()>& stop) {
  std::array<double, Nodes<kBlocks>::kCount> points;
  const std::vector<targets::Domain> intervals = targets::intervals_of(target.domain);
  const std::vector<int> shares = shares_of_intervals(target.domain, Nodes<kBlocks>::kCount);
  std::size_t begin = 0;
  for (std::size_t k = 0; k < intervals.size(); ++k) {
    const auto share = static_cast<std::size_t>(shares[k]);
    place(target, intervals[k], std::span(points).subspan(begin, share));
    begin += share;
  }
  demand(target, points);
  return make_nodes_at<kBlocks>(target, points, stop);
}

template <int kBlocks>
Nodes<kBlocks> make_nodes_at(const targets::Target& target,
                             const std::array<double, Nodes<kBlocks>::kCount>& points,
                             const std::function<bool()>& stop) {
  Nodes<kBlocks> nodes;
  parallel::for_each_index(0, Nodes<kBlocks>::kCount, [&](int i) {
    if (stop && stop()) return;
    const numbers::DoubleDouble value = targets::value_at(target, points[i]);
    nodes.x[i / kLanes][i % kLanes] = points[i];
    nodes.target_hi[i / kLanes][i % kLanes] = value.hi;
    nodes.target_lo[i / kLanes][i % kLanes] = value.lo;
    nodes.weight[i / kLanes][i % kLanes] =
        metric_weight(target.metric, value) * targets::weight_at(target, points[i]);
  });
  for (const double x : target.exact) {
    const double at = demanded_at(target, x);
    const auto node = std::ranges::find(points, at);
    if (node == points.end()) continue;
    const auto i = static_cast<int>(node - points.begin());
    nodes.demanded.push_back(i);
    const double weight = lane(nodes.weight, i);
    // The relative weight of a zero is 0.
    nodes.weight[i / kLanes][i % kLanes] = kDemanded * (weight > 0 ? weight : 1);
  }
  return nodes;
}

template Nodes<4> make_nodes(const targets::Target&, const std::function<bool()>&);
template Nodes<8> make_nodes(const targets::Target&, const std::function<bool()>&);
template Nodes<16> make_nodes(const targets::Target&, const std::function<bool()>&);
template Nodes<32> make_nodes(const targets::Target&, const std::function<bool()>&);
template Nodes<32> make_nodes_at<32>(const targets::Target&, const std::array<double, 256>&,
                                     const std::function<bool()>&);

}  // namespace ulpforge::evo
