// Formats that a program's constants are numbers of: floating point, or fixed point.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "numbers/format.h"

namespace ulpforge::numbers {

/// A set of doubles: the finite numbers of a floating-point format, or with `fixed` the multiples
/// of 2^-fraction_bits from -2^(integer_bits - 1) to 2^(integer_bits - 1) - 2^-fraction_bits, which
/// are those of integer_bits + fraction_bits bits in two's complement.
struct ConstantFormat {
  Format floating = kBinary64;
  bool fixed = false;
  int integer_bits = 0;  ///< the sign among them
  int fraction_bits = 0;

  /// "f32", "fixed:2.14".
  std::string name() const;
  double largest() const;
  double smallest() const;  ///< the least number, negative

  /// The nearest number, ties to even; beyond the ends, the end.
  double round(double value) const;
  bool has(double value) const { return round(value) == value; }
  /// The next number in that direction; at the end, the end.
  double next(double number, bool upwards) const;

  friend bool operator==(const ConstantFormat&, const ConstantFormat&) = default;
};

/// "f64", "f32", "bf16", "f16" or "fixed:I.F" with I from 1, F from 0 and I + F at most 53; nothing
/// for another text.
std::optional<ConstantFormat> find_constant_format(std::string_view name);

/// The names, for messages.
inline constexpr std::string_view kConstantFormats = "f64, f32, bf16, f16 or fixed:I.F";

}  // namespace ulpforge::numbers
