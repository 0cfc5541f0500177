// Doubles side by side, as compiler vectors that fill the widest registers of the build machine:
// vectors that are wider than that are taken apart at each comparison.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

namespace ulpforge::numbers {

#ifdef __AVX512F__
inline constexpr std::size_t kLanes = 8;
#else
inline constexpr std::size_t kLanes = 4;
#endif
using Doubles [[gnu::vector_size(kLanes * sizeof(double))]] = double;
using Integers [[gnu::vector_size(kLanes * sizeof(double))]] = std::int64_t;  ///< masks too
using Bits [[gnu::vector_size(kLanes * sizeof(double))]] = std::uint64_t;
using Floats [[gnu::vector_size(kLanes * sizeof(float))]] = float;

inline Doubles load(const double* from) {
  Doubles values;
  std::memcpy(&values, from, sizeof values);
  return values;
}
inline Doubles load(const float* from) {
  Floats values;
  std::memcpy(&values, from, sizeof values);
  return __builtin_convertvector(values, Doubles);
}
template <class Vector, class T>
void store(Vector values, T* to) {
  std::memcpy(to, &values, sizeof values);
}
/// Without the sign, that of zeros and NaN included.
inline Doubles magnitude(Doubles v) {
  return std::bit_cast<Doubles>(std::bit_cast<Integers>(v) &
                                std::numeric_limits<std::int64_t>::max());
}

}  // namespace ulpforge::numbers
