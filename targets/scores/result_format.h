// In which format results are judged: that of the arguments or, for functions that take floats and
// whose results are good to a short format, that one.
#pragma once

#include <span>
#include <string>

#include "numbers/format.h"

namespace ulpforge::targets {

struct ResultFormat {
  /// Errors are counted in its ULP (targets/exact/ulp.h). Where results are not rounded to it, its
  /// numbers end where those of the arguments' format do.
  numbers::Format row;
  /// Whether results are rounded to it, to nearest even, before they are measured: they are its
  /// numbers then, and infinite from the middle between its largest number and 2^emax on.
  bool rounded = false;

  double end() const { return numbers::power_of_two(row.emax); }
  double normal_start() const { return numbers::power_of_two(row.emin - 1); }

  friend bool operator==(const ResultFormat&, const ResultFormat&) = default;
};

/// Floats that are rounded to another format, which has infinities and lies within float.
ResultFormat rounded_to(const numbers::Format& format);
/// Floats that stay floats and whose errors are counted in the ULP of another format.
ResultFormat measured_in(const numbers::Format& format);

/// The same of a function of floats by the names of short formats (numbers/short_format.h), as
/// people give them and files keep them.
struct ResultChoice {
  std::string format_out = {};  ///< that results are rounded to; empty: they are floats
  std::string ulp_of = {};      ///< whose ULP counts; empty: that of the results' own format

  bool is_float() const { return format_out.empty() && ulp_of.empty(); }
  /// The format whose ULP counts: "f32", "bf16".
  std::string unit() const {
    return !format_out.empty() ? format_out : ulp_of.empty() ? "f32" : ulp_of;
  }
  friend bool operator==(const ResultChoice&, const ResultChoice&) = default;
};

/// Throws std::invalid_argument for a name that is none, a format without infinities, and where
/// results of one short format are to be counted in the ULP of another.
ResultFormat result_format(const ResultChoice& choice);

/// Rounds floats to the format, to nearest even, if results are: subnormals are kept, zeros keep
/// their sign, NaN stays NaN.
void round_results(const ResultFormat& format, std::span<float> y);

}  // namespace ulpforge::targets
