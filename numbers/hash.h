// A mixer for hashes that come out the same on every platform (splitmix64's finalizer).
#pragma once

#include <bit>
#include <cstdint>

#include "numbers/double_double.h"

namespace ulpforge::numbers {

inline std::uint64_t mix(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15U;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
  return value ^ (value >> 31);
}

/// Depends on the order: hash_pair(a, b) != hash_pair(b, a).
inline std::uint64_t hash_pair(std::uint64_t first, std::uint64_t second) {
  return mix(first * 0xd6e8feb86659fd93U + mix(second));
}

inline std::uint64_t hash_value(const DoubleDouble& value) {
  return hash_pair(std::bit_cast<std::uint64_t>(value.hi), std::bit_cast<std::uint64_t>(value.lo));
}

/// The same bits: unlike ==, tells zeros apart and takes a NaN for itself.
inline bool same_bits(const DoubleDouble& a, const DoubleDouble& b) {
  return std::bit_cast<std::uint64_t>(a.hi) == std::bit_cast<std::uint64_t>(b.hi) &&
         std::bit_cast<std::uint64_t>(a.lo) == std::bit_cast<std::uint64_t>(b.lo);
}

}  // namespace ulpforge::numbers
