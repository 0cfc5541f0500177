// Programs of integer operations that are known, which a search begins with and is compared to.
#pragma once

#include <string>
#include <vector>

#include "ir/program.h"
#include "numbers/short_format.h"

namespace ulpforge::evo::pairs {

struct KnownPair {
  std::string name;
  std::string text;  ///< a legal machine program
};

/// For products Mitchell's sum of patterns (1962), which takes them for logarithms, and L-Mul (Luo
/// and Sun, arXiv 2410.00907), which adds 2^-l to the significand; for quotients their difference.
/// Each as it is shortest, where every result is a normal number, and with the care that finite
/// numbers and all numbers need. Empty for other functions.
std::vector<KnownPair> known_pairs(const ir::Program& function, const numbers::ShortFormat& format);

/// L-Mul's l for that many significand bits: m for m <= 3, 3 for 4, 4 above.
int lmul_shift(int mantissa_bits);

}  // namespace ulpforge::evo::pairs
