// Random numbers as a function of a key, so that no thread's pace changes them.
#pragma once

#include <cstdint>

#include "numbers/hash.h"

namespace ulpforge::validate {

/// SplitMix64 (Steele, Lea, Flood 2014).
class Random {
 public:
  Random(std::uint64_t seed, std::uint64_t round, std::uint64_t task)
      : state_(numbers::mix(numbers::mix(numbers::mix(seed) + round) + task)) {}

  std::uint64_t next() { return numbers::mix(state_ += kStep); }
  /// 0, ..., count - 1; the bias of 2^-64 count is of no concern here.
  std::uint64_t below(std::uint64_t count) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>((Wide{next()} * count) >> 64);
  }

 private:
  static constexpr std::uint64_t kStep = 0x9e3779b97f4a7c15;
  std::uint64_t state_;
};

}  // namespace ulpforge::validate
