// C++17 headers for functions of short formats: a float program between conversions.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "emit/form.h"
#include "emit/machine_header.h"
#include "numbers/short_format.h"

namespace ulpforge::emit {

/// The integer that holds a pattern: "std::uint16_t".
std::string pattern_type(int bits);
std::string pattern_type(const numbers::ShortFormat& format);

/// A header like those of emit_machine_header, for a program of floats whose argument is a number
/// of the format and whose result is rounded to it, to nearest:
///
///   std::uint16_t NAME(std::uint16_t x);                          // std::uint8_t for 8 bits
///   void NAME_n(const std::uint16_t* x, std::uint16_t* y, std::size_t n);   // y may be x
///
/// and an overload of NAME_n on __bf16 or _Float16 where the compiler has them. The float function
/// is NAME_float. Arrays of bf16 and f16 are converted in registers where vectors have a form for
/// it, by the processor's own instructions where it has them and they keep subnormals.
std::string emit_short_header(const ir::Program& program, const MachineHeader& header,
                              const numbers::ShortFormat& format);

/// The same for a function of floats whose result is rounded to the format:
///
///   std::uint16_t NAME(float x);
///   void NAME_n(const float* x, std::uint16_t* y, std::size_t n);
std::string emit_rounding_header(const ir::Program& program, const MachineHeader& header,
                                 const numbers::ShortFormat& format);

/// The conversions of such headers by themselves, as C++ text: of single numbers and arrays,
///
///   float widen(std::uint32_t pattern);
///   std::uint32_t narrow(float value);
///   void widen(const std::uint16_t* x, float* y, std::size_t n);
///   void narrow(const float* x, std::uint16_t* y, std::size_t n);
///
/// and, where converts_vectors(format, form), of that form's vectors:
///
///   Vector widen(const std::uint16_t* x);
///   void narrow(Vector value, std::uint16_t* y);
std::string short_conversions(const numbers::ShortFormat& format, const Form& form);
bool converts_vectors(const numbers::ShortFormat& format, const Form& form);

struct EmittedShortTest {
  std::string name;
  std::string expression;  ///< what it approximates, for people
  ir::Program target;      ///< the same, over real numbers
  numbers::ShortFormat format;
  double max_ulp = 0;            ///< what the header claims
  std::uint64_t misrounded = 0;  ///< likewise
  /// The inputs to try; without it all.
  std::optional<std::pair<double, double>> domain = {};
};

/// A C++17 program that compares NAME and NAME_n with MPFR at every number of the format and exits
/// with 1 where the claims do not hold.
std::string emit_short_test(const EmittedShortTest& test);

}  // namespace ulpforge::emit
