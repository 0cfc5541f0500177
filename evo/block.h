// Eight doubles, computed with at once: a GCC/clang vector, whatever the host's own width, so
// that results are the same bits on every machine.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

namespace ulpforge::evo {

inline constexpr int kLanes = 8;
using Block [[gnu::vector_size(kLanes * sizeof(double))]] = double;

inline Block broadcast(double value) { return Block{} + value; }

inline Block fma(Block a, Block b, Block c) {
  Block r;
  for (int i = 0; i < kLanes; ++i) r[i] = __builtin_fma(a[i], b[i], c[i]);
  return r;
}

inline Block sqrt(Block a) {
  Block r;
  for (int i = 0; i < kLanes; ++i) r[i] = std::sqrt(a[i]);
  return r;
}

inline Block max_magnitude(Block a, Block b) {
  const Block x = a < 0 ? -a : a;
  const Block y = b < 0 ? -b : b;
  return x > y ? x : y;
}

/// Element i of a row of blocks.
template <std::size_t blocks>
double lane(const std::array<Block, blocks>& row, int i) {
  return row[i / kLanes][i % kLanes];
}

/// Sum of the lanes, in a fixed order.
inline double sum(Block a) {
  return ((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7]));
}

inline double largest(Block a) {
  double m = a[0];
  for (int i = 1; i < kLanes; ++i) m = a[i] > m ? a[i] : m;
  return m;
}

}  // namespace ulpforge::evo
