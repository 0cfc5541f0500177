// How long pipes take that can each execute some kinds of operations.
#pragma once

#include <algorithm>
#include <array>
#include <bit>

#include "jit/prices.h"

namespace ulpforge::jit {

/// Cycles of the busiest pipe. The sets of pipes are bits, one for each of `pipes`. Hall's theorem:
/// the operations fit into a time if, for every set of pipes, those that only these pipes execute
/// do. `integer_pipes` more execute operations of integers.
inline double busiest_of(const Work& work, const std::array<unsigned, Work::kPipeSets>& sets,
                         unsigned pipes, double integer_pipes) {
  double cycles = work.integer / integer_pipes;
  for (unsigned some = 1; some < 1U << pipes; ++some) {
    double inside = 0;
    for (std::size_t k = 0; k < Work::kPipeSets; ++k) {
      if ((sets[k] & ~some) == 0) inside += work.pipes[k];
    }
    cycles = std::max(cycles, inside / std::popcount(some));
  }
  return cycles;
}

}  // namespace ulpforge::jit
