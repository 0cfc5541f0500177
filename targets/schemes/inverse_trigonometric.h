// Schemes of asin, acos and atan.
//
// The constants of the same names are printed by `python3 targets/schemes/constants.py`, and
// tests/targets/scheme_constants_test.cpp compares them with MPFR.
#pragma once

#include <string_view>

#include "targets/schemes/text.h"

namespace ulpforge::targets::scheme_text {

// ---- asin, acos: from 1/2 on by 2 asin(sqrt((1 - |x|) / 2)) = pi/2 - asin |x|

inline constexpr std::string_view kHalfPi = R"(half_pi = 0x1.921fb6p+0
half_pi_low = -0x1.777a5cp-25
)";
inline constexpr std::string_view kSineOfAngle = R"(size = fabs(x)
half = 0.5
minus_half = -0.5
big: bool = less(half, size)
rest = fma(size, minus_half, half)
square = size * size
z = select(big, rest, square)
root = sqrt(rest)
t = select(big, root, size)
k = kernel(z)
cube = t * z
)";
inline constexpr std::string_view kAngle = R"(p = fma(cube, k, t)
minus_two = -2
)";
inline constexpr std::string_view kAsinOfHalf = joined<kSineOfAngle, kAngle, kHalfPi>;
inline constexpr std::string_view kAsinResult = R"(complement0 = fma(p, minus_two, half_pi_low)
complement = complement0 + half_pi
y1 = select(big, complement, p)
)";
inline constexpr std::string_view kAsin = joined<kInput, kAsinOfHalf, kAsinResult, kOddResult>;

// The same with pi/2 as one float, without its low part: fewer steps, larger errors.
inline constexpr std::string_view kAngleOfHalf = joined<kSineOfAngle, kAngle>;
inline constexpr std::string_view kAsinRoundedResult = R"(half_pi = 0x1.921fb6p+0
complement = fma(p, minus_two, half_pi)
y1 = select(big, complement, p)
)";
inline constexpr std::string_view kAsinRounded =
    joined<kInput, kAngleOfHalf, kAsinRoundedResult, kOddResult>;

// Compensated: what the roundings of the root, of pi/2 and of the large sum, base + factor t, lose
// is added. t2_rest is what the rounded 2 t lacks, (z - t^2) / t; an estimate of 1 / t will do for
// it.
inline constexpr std::string_view kSumWithLost = R"(main = fma(t, factor, base)
minus_gain = base - main
lost = fma(t, factor, minus_gain)
)";
inline constexpr std::string_view kRestOfRoot = R"(zero = 0
one = 1
tail = cube * k
minus_t = neg(t)
residual = fma(minus_t, t, z)
inverse = reciprocal_estimate(t)
t2_rest = residual * inverse
)";
inline constexpr std::string_view kAsinCompensatedParts =
    joined<kSineOfAngle, kRestOfRoot, kHalfPi>;
inline constexpr std::string_view kAsinTerms = R"(minus_two = -2
factor = select(big, minus_two, one)
base = select(big, half_pi, zero)
)";
inline constexpr std::string_view kAsinCompensatedResult = R"(rest_of_base = half_pi_low - t2_rest
low0 = select(big, rest_of_base, zero)
low1 = low0 + lost
low = fma(tail, factor, low1)
y1 = main + low
)";
inline constexpr std::string_view kAsinCompensated =
    joined<kInput, kAsinCompensatedParts, kAsinTerms, kSumWithLost, kAsinCompensatedResult,
           kOddResult>;

// The angle 2 p for large x, pi - 2 p for large -x, pi/2 -+ p between.
inline constexpr std::string_view kAcosResult = R"(zero = 0
negative: bool = less(x, zero)
two = 2
pi = 0x1.921fb6p+1
pi_low = -0x1.777a5cp-24
double = p * two
signed = copysign(p, x)
middle0 = half_pi_low - signed
middle = half_pi + middle0
left0 = pi_low - double
left = pi + left0
outer = select(negative, left, double)
y = select(big, outer, middle)
return y
)";
inline constexpr std::string_view kAcos = joined<kInput, kAsinOfHalf, kAcosResult>;
inline constexpr std::string_view kAcosRoundedResult = R"(zero = 0
negative: bool = less(x, zero)
two = 2
half_pi = 0x1.921fb6p+0
pi = 0x1.921fb6p+1
double = p * two
signed = copysign(p, x)
middle = half_pi - signed
left = fma(p, minus_two, pi)
outer = select(negative, left, double)
y = select(big, outer, middle)
return y
)";
inline constexpr std::string_view kAcosRounded = joined<kInput, kAngleOfHalf, kAcosRoundedResult>;

// 0 + 2 t for large x, pi - 2 t for large -x, pi/2 -+ t between.
inline constexpr std::string_view kAcosTerms = R"(three = 3
sign = copysign(one, x)
minus_sign = neg(sign)
outer_sign = select(big, sign, zero)
factor = fma(outer_sign, three, minus_sign)
minus_half_pi = neg(half_pi)
minus_half_pi_low = neg(half_pi_low)
base = fma(outer_sign, minus_half_pi, half_pi)
base_low = fma(outer_sign, minus_half_pi_low, half_pi_low)
)";
inline constexpr std::string_view kAcosCompensatedResult = R"(low0 = lost + base_low
low1 = fma(t2_rest, outer_sign, low0)
low = fma(tail, factor, low1)
y = main + low
return y
)";
inline constexpr std::string_view kAcosCompensated =
    joined<kInput, kAsinCompensatedParts, kAcosTerms, kSumWithLost, kAcosCompensatedResult>;

// ---- atan: of |x| or its reciprocal, which pi/2 is taken from then

inline constexpr std::string_view kAtan = R"(input x: f32
size = fabs(x)
one = 1
big: bool = less(one, size)
inverse = one / size
r = select(big, inverse, size)
k = kernel(r)
square = r * r
cube = r * square
p = fma(cube, k, r)
half_pi = 0x1.921fb6p+0
minus_half_pi_low = 0x1.777a5cp-25
p1 = p + minus_half_pi_low
complement = half_pi - p1
y1 = select(big, complement, p)
)";
inline constexpr std::string_view kAtanInverse = joined<kAtan, kOddResult>;

// Compensated: what the roundings of the reciprocal, of pi/2 and of the large sum lose is added.
// The rounding error of the reciprocal is multiplied by the derivative of atan, 1 / (1 + r^2), for
// which 1 - r^2 / 2 is close enough.
inline constexpr std::string_view kAtanCompensatedParts = R"(zero = 0
one = 1
minus_one = -1
size = fabs(x)
huge = 0x1p60
size1 = min(huge, size)
big: bool = less(one, size)
inverse = one / size1
t = select(big, inverse, size)
square = t * t
cube = t * square
k = kernel(square)
minus_inverse = neg(inverse)
residual = fma(minus_inverse, size1, one)
minus_half = -0.5
slope = fma(square, minus_half, one)
inverse_rest = residual * inverse
t_rest0 = inverse_rest * slope
t_rest = select(big, t_rest0, zero)
tail = fma(cube, k, t_rest)
)";
inline constexpr std::string_view kAtanTerms = R"(factor = select(big, minus_one, one)
base = select(big, half_pi, zero)
base_low = select(big, half_pi_low, zero)
)";
inline constexpr std::string_view kAtanCompensatedResult = R"(low0 = lost + base_low
low = fma(tail, factor, low0)
y1 = main + low
)";
inline constexpr std::string_view kAtanCompensated =
    joined<kInput, kAtanCompensatedParts, kHalfPi, kAtanTerms, kSumWithLost, kAtanCompensatedResult,
           kOddResult>;

// ---- The same in double

// asin, acos from 1/2 on by the half angle as above; only the root and the last sum are rounded
// with an effect, the other steps are exact or small terms.
inline constexpr std::string_view kAngleF64 = R"(size = fabs(x)
half = 0.5
big: bool = less(half, size)
wide: f64 = widen(size)
half_wide: f64 = 0.5
minus_half_wide: f64 = -0.5
rest: f64 = fma(wide, minus_half_wide, half_wide)
square: f64 = wide * wide
z: f64 = select(big, rest, square)
root: f64 = sqrt(rest)
t: f64 = select(big, root, wide)
k = kernel(z)
cube: f64 = t * z
p: f64 = fma(cube, k, t)
half_pi: f64 = 0x1.921fb54442d18p+0
half_pi_low: f64 = 0x1.1a62633145c07p-54
minus_two: f64 = -2
)";
inline constexpr std::string_view kAsinResultF64 = R"(complement0: f64 = fma(p, minus_two, half_pi)
complement: f64 = complement0 + half_pi_low
y_wide: f64 = select(big, complement, p)
)";
inline constexpr std::string_view kAsinF64 =
    joined<kInput, kAngleF64, kAsinResultF64, kOddNarrowed>;
inline constexpr std::string_view kAcosPartsF64 = R"(x_wide: f64 = widen(x)
zero = 0
negative: bool = less(x, zero)
two: f64 = 2
pi: f64 = 0x1.921fb54442d18p+1
signed: f64 = copysign(p, x_wide)
)";
inline constexpr std::string_view kAcosResultF64 = R"(middle: f64 = half_pi - signed
left: f64 = fma(p, minus_two, pi)
double: f64 = p * two
outer: f64 = select(negative, left, double)
y_wide: f64 = select(big, outer, middle)
)";
inline constexpr std::string_view kAcosF64 =
    joined<kInput, kAngleF64, kAcosPartsF64, kAcosResultF64, kNarrowed>;

// The sum of the large term (2 t, pi or pi / 2) and the small ones, rounded to odd.
inline constexpr std::string_view kAcosSumF64 = R"(pi_low: f64 = 0x1.1a62633145c07p-53
middle_low: f64 = half_pi_low - signed
left_low: f64 = fma(p, minus_two, pi_low)
right: f64 = t * two
tail: f64 = cube * k
right_low: f64 = tail * two
outer: f64 = select(negative, pi, right)
outer_low: f64 = select(negative, left_low, right_low)
main: f64 = select(big, outer, half_pi)
low: f64 = select(big, outer_low, middle_low)
)";
inline constexpr std::string_view kAcosF64Odd =
    joined<kInput, kAngleF64, kAcosPartsF64, kAcosSumF64, kRoundedToOdd, kNarrowed>;

inline constexpr std::string_view kAtanF64Text = R"(size = fabs(x)
one = 1
big: bool = less(one, size)
wide: f64 = widen(size)
one_wide: f64 = 1
inverse: f64 = one_wide / wide
t: f64 = select(big, inverse, wide)
square: f64 = t * t
k = kernel(square)
cube: f64 = t * square
p: f64 = fma(cube, k, t)
half_pi: f64 = 0x1.921fb54442d18p+0
complement: f64 = half_pi - p
y_wide: f64 = select(big, complement, p)
)";
inline constexpr std::string_view kAtanF64 = joined<kInput, kAtanF64Text, kOddNarrowed>;

}  // namespace ulpforge::targets::scheme_text
