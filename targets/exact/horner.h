// Horner's scheme with its loop unrolled, so that compilers vectorise the loop around it.
#pragma once

#include <array>
#include <cstddef>

namespace ulpforge::targets {

/// c[first] + z (c[first + 1] + z (...)), each step one fma.
template <std::size_t first = 0, std::size_t size>
[[gnu::always_inline]] inline double horner(const std::array<double, size>& c, double z) {
  if constexpr (first + 1 == size) {
    return c[first];
  } else {
    return __builtin_fma(horner<first + 1>(c, z), z, c[first]);
  }
}

}  // namespace ulpforge::targets
