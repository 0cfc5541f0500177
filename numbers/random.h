// Counter-based random numbers: a stream is a pure function of its key, so that what a child draws
// does not depend on which thread makes it, or when.
#pragma once

#include <cmath>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <numbers>

#include "numbers/hash.h"

namespace ulpforge::numbers {

/// Random bits as a number in [0, 1), a multiple of 2^-53.
constexpr double unit_interval(std::uint64_t bits) {
  return static_cast<double>(bits >> 11) * 0x1p-53;
}

/// SplitMix64 (numbers/hash.h).
class Random {
 public:
  /// The stream keyed by, say, {seed, island, generation, individual}.
  Random(std::initializer_list<std::uint64_t> key) {
    for (const std::uint64_t part : key) state_ = mix(state_ + part);
  }

  std::uint64_t bits() { return mix_bits(state_ += kGoldenGamma); }
  /// In [0, 1).
  double uniform() { return unit_interval(bits()); }
  bool chance(double probability) { return uniform() < probability; }
  /// In [0, count), count >= 1. The bias, 2^-64 count, is of no concern here.
  template <std::integral Count>
  Count below(Count count) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<Count>((Wide{bits()} * static_cast<std::uint64_t>(count)) >> 64);
  }
  /// Standard normal (Box-Muller).
  double normal() {
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
  }

 private:
  std::uint64_t state_ = 0;
};

}  // namespace ulpforge::numbers
