// The results of a program at every pair, by the interpreter's own functions of single numbers.
#pragma once

#include <cstdint>
#include <functional>

#include "targets/scores/pair_figures.h"

namespace ulpforge::evo::pairs::test {

/// A routine of patterns as one that takes a row at a time.
inline targets::PairRoutine by_row(
    const std::function<std::uint32_t(std::uint32_t, std::uint32_t)>& function) {
  return [function](std::uint32_t x, std::span<std::uint32_t> z) {
    for (std::uint32_t y = 0; y < z.size(); ++y) z[y] = function(x, y);
  };
}

}  // namespace ulpforge::evo::pairs::test
