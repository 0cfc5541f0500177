// The ULP as a measure of error: that of the exact result. The one place where it is defined.
//
// With f the exact, unrounded value and e such that 2^(e-1) <= |f| < 2^e,
//   ulp(f) = 2^(max(e, emin) - p),
// with the format's precision p and emin (p = 24, emin = -125 for float; p = 53, emin = -1021 for
// double): the distance of the format's numbers around f, that of the subnormals (2^-149, 2^-1074)
// where |f| is below the smallest normal number and at 0. An error in ULPs is (y - f) / ulp(f); a
// correctly rounded result has at most 0.5 (in the directed modes less than 1).
//
// Binade edges. It is f that counts, not what it rounds to: just below 2^k the ULP is that of
// [2^(k-1), 2^k), even where f rounds to 2^k. UlpOf::Rounded takes the binade of the rounded result
// instead. A function looks twice as bad by one than by the other next to such an edge: a sine that
// is -0.99999999 and comes out as the float beyond -1, -1.00000012, is wrong by 2 ULP of the exact
// value, whose neighbours are 2^-24 apart, but by 1 ULP of the rounded value -1.
//
// Overflow. Beyond the largest finite number the formula goes on. Infinity of f's sign has an error
// of 0 where f is at least 2^emax (emax = 128, 1024) in magnitude; elsewhere infinity counts as
// 2^emax. So an infinity that is due because f is within half an ULP of 2^emax has an error below
// 0.5. The largest finite number has an error of 0 where the rounding mode demands it.
//
// NaN against NaN is right; NaN against a number or an infinite limit is no error in ULPs but a
// special-value error, and so is a finite number against a pole, and an overflow that is missed:
// any other result than those above where |f| >= 2^(emax + 1).
#pragma once

#include <algorithm>
#include <cmath>

#include "numbers/format.h"
#include "numbers/mpfr.h"

namespace ulpforge::targets {

/// The error in ULP that no correctly rounded result exceeds, to nearest.
inline constexpr double kCorrectlyRounded = 0.5;

/// Whose binade gives the ULP.
enum class UlpOf {
  Exact,    ///< the exact value's
  Rounded,  ///< the correctly rounded result's
};

/// IEEE 754's rounding directions, ties to even.
enum class Rounding { Nearest, Up, Down, Zero };

/// log2 of the ULP of a value in [2^(exponent-1), 2^exponent).
constexpr int ulp_exponent(const numbers::Format& format, long exponent) {
  return static_cast<int>(std::max(exponent, static_cast<long>(format.emin))) - format.precision;
}

/// ulp(f) in the format; f finite. For an exact value between two doubles pass the one nearer to 0:
/// rounding up to a power of two would double the ULP.
inline double ulp(const numbers::Format& format, double f) {
  int exponent = format.emin;
  if (f != 0) std::frexp(f, &exponent);
  return std::ldexp(1.0, ulp_exponent(format, exponent));
}

inline double ulp_f32(double f) { return ulp(numbers::kBinary32, f); }
inline double ulp_f64(double f) { return ulp(numbers::kBinary64, f); }

/// f in the format, rounded once: subnormals, overflow and the sign of zero as IEEE 754 says.
double round_to(const numbers::Format& format, const numbers::Mpfr& f,
                Rounding rounding = Rounding::Nearest);

/// (y - f) / ulp(f) to double precision, y a number of the format: the rules above for infinities,
/// NaN for a special-value error. `rounding` says which results are right beyond overflow, and what
/// UlpOf::Rounded rounds to.
double ulp_error(const numbers::Format& format, double y, const numbers::Mpfr& f,
                 UlpOf of = UlpOf::Exact, Rounding rounding = Rounding::Nearest);

/// The same rounded to odd (Boldo and Melquiond 2005): it equals a number of fewer bits than a
/// double has only where the error is that number, so that it lies on the same side of it as the
/// error.
double ulp_error_to_odd(const numbers::Format& format, double y, const numbers::Mpfr& f,
                        UlpOf of = UlpOf::Exact, Rounding rounding = Rounding::Nearest);

}  // namespace ulpforge::targets
