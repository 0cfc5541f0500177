// Doubles side by side, as compiler vectors that fill the widest registers of the build machine:
// vectors that are wider than that are taken apart at each comparison.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace ulpforge::targets {

#ifdef __AVX512F__
inline constexpr std::size_t kLanes = 8;
#else
inline constexpr std::size_t kLanes = 4;
#endif
using Doubles [[gnu::vector_size(kLanes * sizeof(double))]] = double;
using Integers [[gnu::vector_size(kLanes * sizeof(double))]] = std::int64_t;  ///< masks too
using Floats [[gnu::vector_size(kLanes * sizeof(float))]] = float;

template <class Vector, class T>
Vector load(const T* from) {
  Vector v;
  std::memcpy(&v, from, sizeof v);
  return v;
}
template <class Vector, class T>
void store(Vector v, T* to) {
  std::memcpy(to, &v, sizeof v);
}
template <class To, class From>
To bits_as(From v) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  std::memcpy(&to, &v, sizeof to);
  return to;
}

}  // namespace ulpforge::targets
