// Mixing and hashing of 64-bit numbers, the same on every platform.
#pragma once

#include <bit>
#include <cstdint>

#include "numbers/double_double.h"

namespace ulpforge::numbers {

/// The step of SplitMix64's counter: 2^64 over the golden ratio, to the nearest odd number.
inline constexpr std::uint64_t kGoldenGamma = 0x9e3779b97f4a7c15;

/// The finaliser of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014): a bijection that mixes all bits. 0 stays 0.
constexpr std::uint64_t mix_bits(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

/// What SplitMix64 gives next in state `value`: a bijection that leaves 0 as little alone as
/// others.
constexpr std::uint64_t mix(std::uint64_t value) { return mix_bits(value + kGoldenGamma); }

/// Depends on the order: hash_pair(a, b) != hash_pair(b, a).
constexpr std::uint64_t hash_pair(std::uint64_t first, std::uint64_t second) {
  return mix(first * 0xd6e8feb86659fd93 + mix(second));
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
