// Counter-based random numbers: a stream is a pure function of its key, so that what a child draws
// does not depend on which thread makes it, or when.
#pragma once

#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <numbers>

namespace ulpforge::numbers {

/// The finaliser of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014): a bijection that mixes all bits.
constexpr std::uint64_t mix_bits(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

class Random {
 public:
  /// The stream keyed by, say, {seed, island, generation, individual}.
  Random(std::initializer_list<std::uint64_t> key) {
    for (const std::uint64_t part : key) state_ = mix_bits(state_ + kGamma + part);
  }

  std::uint64_t bits() { return mix_bits(state_ += kGamma); }
  /// In [0, 1).
  double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
  bool chance(double probability) { return uniform() < probability; }
  /// In [0, n), n >= 1.
  int below(int n) {
    return static_cast<int>((static_cast<unsigned __int128>(bits()) * static_cast<unsigned>(n)) >>
                            64);
  }
  /// Standard normal (Box-Muller).
  double normal() {
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
  }

 private:
  static constexpr std::uint64_t kGamma = 0x9E3779B97F4A7C15ULL;
  std::uint64_t state_ = 0;
};

}  // namespace ulpforge::numbers
