// C++17 headers for programs of integer operations over two patterns of a short format.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "ir/program.h"
#include "numbers/short_format.h"

namespace ulpforge::emit {

/// A header with
///
///   std::uint8_t NAME(std::uint8_t x, std::uint8_t y);    // std::uint16_t above 8 bits
///   void NAME_n(const std::uint8_t* x, const std::uint8_t* y, std::uint8_t* z, std::size_t n);
///
/// for a program of two i32 inputs, whose result's low bits are the pattern. z may be x or y; the
/// array form is a loop that compilers make vectors of. Throws std::invalid_argument where the name
/// is no identifier or the program is none of these.
std::string emit_pair_header(const ir::Program& program, const std::string& name,
                             const std::vector<std::string>& comment,
                             const numbers::ShortFormat& format);

struct EmittedPairTest {
  std::string name;
  std::string expression;  ///< what it approximates, for people
  ir::Program target;      ///< the same, over real numbers
  numbers::ShortFormat format;
  /// Which pairs count: 0 all, 1 those of finite numbers with a finite exact value, 2 those of
  /// normal numbers whose exact value is one with a factor of two to spare.
  int set = 0;
  /// What the header claims, at these pairs.
  std::uint64_t pairs = 0;
  std::uint64_t misrounded = 0;
  double max_ulp = 0;
  double mean_ulp = 0, bias_ulp = 0;  ///< to about 1e-9 of the mean
  std::uint64_t special_values = 0;
  std::uint64_t zero_signs = 0;
};

/// A C++17 program that compares NAME and NAME_n with the exact value at every pair of the set,
/// that of products in double, which are exact there, and others by MPFR; exits with 1 where the
/// claims do not hold.
std::string emit_pair_test(const EmittedPairTest& test);

}  // namespace ulpforge::emit
