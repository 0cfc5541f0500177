// The front of the machine search: the archives' entries that no cheaper one equals.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include "evo/kernel_breeder.h"
#include "targets/exact/ulp.h"

namespace ulpforge::evo {

/// Above this error, in ULP, the front has one program for each factor of two in error.
inline constexpr double kFineGrained = 4.5;
/// What keeps one of these bounds is on the front even if it is hardly better than a cheaper
/// program.
inline constexpr double kFrontBounds[] = {4, 1, targets::kCorrectlyRounded};

/// The Pareto front of `all`: by cost, errors below `loosest` and strictly falling. Coarse errors
/// are thinned out, but for the cheapest of at most `accuracy`.
template <class T, class CostOf, class ErrorOf>
std::vector<T> thinned_front(std::vector<T> all, double loosest, double accuracy, CostOf cost_of,
                             ErrorOf error_of) {
  std::ranges::stable_sort(all, [&](const T& a, const T& b) {
    return std::pair(cost_of(a), error_of(a)) < std::pair(cost_of(b), error_of(b));
  });
  std::vector<T> best;
  double least = loosest;
  for (const T& each : all) {
    const double error = error_of(each);
    if (!(error < least)) continue;
    best.push_back(each);
    least = error > kFineGrained ? std::max(error / 2, kFineGrained) : error * 0.95;
    const auto leave_room = [&](double bound) {
      if (error > bound) least = std::max(least, std::nextafter(bound, error));
    };
    std::ranges::for_each(kFrontBounds, leave_room);
    leave_room(accuracy);
  }
  return best;
}

/// An entry of the front and where it comes from.
struct FrontEntry {
  std::size_t scheme = 0;
  const KernelEntry* entry = nullptr;
};

/// The front over all schemes.
inline std::vector<FrontEntry> kernel_front(const KernelBreeding& world) {
  std::vector<FrontEntry> all;
  for (std::size_t s = 0; s < world.archives.size(); ++s) {
    for (const auto& [cost, entries] : world.archives[s].niches()) {
      if (!entries.empty()) all.push_back({s, &entries.front()});
    }
  }
  return thinned_front(
      std::move(all), world.loosest_ulp, world.accuracy,
      [](const FrontEntry& each) { return each.entry->cost.throughput; },
      [](const FrontEntry& each) { return each.entry->max_ulp; });
}

}  // namespace ulpforge::evo
