// The ULP as a measure of error: that of the exact result.
//
// With f the exact, unrounded value and e such that 2^(e-1) <= |f| < 2^e,
//   ulp(f) = 2^(max(e, emin) - p),
// p = 24, emin = -125 for float and p = 53, emin = -1021 for double: the distance of the format's
// numbers around f, that of the subnormals (2^-149, 2^-1074) where |f| is below the smallest normal
// number and at 0. Beyond the largest finite number the same formula goes on. An error in ULPs is
// |y - f| / ulp(f); a correctly rounded result has at most 0.5.
#pragma once

#include <algorithm>
#include <cmath>

namespace ulpforge::targets {

/// A format of floating-point numbers, as far as its ULP goes.
struct Format {
  int precision;  ///< p: significant bits
  int emin;       ///< the smallest normal number is 2^(emin - 1)
};

inline constexpr Format kFloat{24, -125};
inline constexpr Format kDouble{53, -1021};

/// log2 of the ULP of a value in [2^(exponent-1), 2^exponent).
constexpr int ulp_exponent(Format format, long exponent) {
  return static_cast<int>(std::max(exponent, static_cast<long>(format.emin))) - format.precision;
}

/// ulp(f) in the format; f finite. For an exact value between two doubles pass the one nearer to 0:
/// rounding up to a power of two would double the ULP.
inline double ulp(Format format, double f) {
  int exponent = format.emin;
  if (f != 0) std::frexp(f, &exponent);
  return std::ldexp(1.0, ulp_exponent(format, exponent));
}

inline double ulp_f32(double f) { return ulp(kFloat, f); }
inline double ulp_f64(double f) { return ulp(kDouble, f); }

}  // namespace ulpforge::targets
