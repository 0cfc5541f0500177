// m C less whole quarter turns as an angle, and its sine and cosine: what the far ends of sin, cos,
// tan and of Bessel functions have in common.
//
// Bounds, u = 2^-53, t the angle, |t| <= pi/4 + 2^-6:
// - sine: t + t^3 S(t^2), S to t^17: remainder t^19/19! < 2^-62 |t|; t^3 S carries at most 6 u, and
//   is at most .12 |t|; the low part of t times 1 - t^2/2 instead of cos t: .02 u |t|. Below 1.1 u
//   |t|.
// - cosine: 1 - t^2/2 + t^4 C(t^2), C to t^18: remainder t^20/20! < 2^-66; t^2 is kept as a pair;
//   t^4 C <= .017 carries 6 u. Below .2 u.
// - the angle: within 2^-82.3, from the fraction's 2^-83; the pair's own 2^-104 |t| is nothing.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "targets/exact/ball.h"
#include "targets/exact/horner.h"

namespace ulpforge::targets {

/// C, quarter turns for one unit, mod 4, as three doubles: products of the first two with an
/// integer of 24 bits are exact.
struct TurnConstants {
  double first;   ///< a multiple of 2^-26
  double second;  ///< a multiple of 2^-54
  double rest;

  /// Whether C ends within the first two.
  bool is_exact() const { return rest == 0; }
};

/// Working precision of what goes into turn_constants(): enough for the largest float's turns, and
/// for those of shorter formats.
inline constexpr long kTurnBits = 512;
/// pi / 2 to that precision.
Ball half_pi();
/// In x = m 2^e for a normal number x, m an integer (mantissa()): e.
template <class Format>
constexpr int unit_exponent(std::uint32_t bits) {
  return Format::exponent_field(bits) - Format::kBias - Format::kMantissaBits;
}
/// C = turns_per_unit 2^e for numbers m 2^e.
TurnConstants turn_constants(const Ball& turns_per_unit, int e);

/// The mantissa of a normal number as an integer: at most 24 bits.
template <class Format>
constexpr double mantissa(std::uint32_t bits) {
  return static_cast<double>((bits & Format::kMantissa) | Format::kSmallestNormal);
}

/// In radians, as a pair; |hi| <= pi/4 + 2^-19.
struct Angle {
  double hi;
  double lo;
  std::int64_t quadrant;  ///< quarter turns that were taken away, mod 4 in its last two bits
};

/// The angle of m C - less quarter turns; m an integer of 24 bits, `less` 0 or 1/2.
[[gnu::always_inline]] inline Angle turn_fraction(double m, const TurnConstants& turns,
                                                  double less) {
  constexpr double kMagic = 0x1.8p52;
  constexpr double kHalfPi = 0x1.921fb54442d18p0;
  constexpr double kHalfPiLow = 0x1.1a62633145c07p-54;
  const double t0 = m * turns.first - less;  // exact
  const double t1 = m * turns.second;        // exact
  const double marked = (t0 + t1) + kMagic;
  const double r0 = t0 - (marked - kMagic);  // exact
  const double r1 = r0 + t1;
  const double v = r1 - r0;
  const double r1_rest = ((r0 - (r1 - v)) + (t1 - v)) + m * turns.rest;
  const double r = r1 + r1_rest;
  const double w = r - r1;
  const double r_rest = (r1 - (r - w)) + (r1_rest - w);
  const double t = r * kHalfPi;
  const double t_rest =
      __builtin_fma(r, kHalfPi, -t) + __builtin_fma(r, kHalfPiLow, r_rest * kHalfPi);
  return {t, t_rest, std::bit_cast<std::int64_t>(marked)};
}

struct SineCosine {
  double sine;
  double sine_rest;
  double cosine;
  double cosine_rest;
};

[[gnu::always_inline]] inline SineCosine sine_cosine(double t, double t_rest) {
  constexpr std::array kSine{
      -1.0 / 6,        1.0 / 120,        -1.0 / 5040,          1.0 / 362880,
      -1.0 / 39916800, 1.0 / 6227020800, -1.0 / 1307674368000, 1.0 / 355687428096000};
  constexpr std::array kCosine{
      1.0 / 24,        -1.0 / 720,         1.0 / 40320,          -1.0 / 3628800,
      1.0 / 479001600, -1.0 / 87178291200, 1.0 / 20922789888000, -1.0 / 6402373705728000};
  const double z = t * t;
  const double z_rest = __builtin_fma(t, t, -z) + 2 * t * t_rest;
  const double s = horner(kSine, z);
  const double c = horner(kCosine, z);
  const double s_small = __builtin_fma(s, t * z, __builtin_fma(-0.5 * z, t_rest, t_rest));
  const double s_hi = t + s_small;
  const double s_lo = s_small - (s_hi - t);
  const double half_z = 0.5 * z;
  const double c_first = 1 - half_z;
  const double c_small = ((1 - c_first) - half_z) + __builtin_fma(c, z * z, -0.5 * z_rest);
  const double c_hi = c_first + c_small;
  const double c_lo = c_small - (c_hi - c_first);
  return {s_hi, s_lo, c_hi, c_lo};
}

}  // namespace ulpforge::targets
