// Schemes of sinh, cosh, sigmoid and, by way of e^2x - 1, tanh.
//
// The constants of the same names are printed by `python3 targets/schemes/constants.py`, and
// tests/targets/scheme_constants_test.cpp compares them with MPFR.
#pragma once

#include <string_view>

#include "targets/schemes/exponential.h"

namespace ulpforge::targets::scheme_text {

// ---- sinh, cosh from e^|x| / 2 = 2^(n-1) e^r, which is finite as long as they are

inline constexpr std::string_view kCoshResult = R"(k = kernel(r)
minus_one = -1
n1 = n + minus_one
e = scalef(k, n1)
quarter = 0.25
inverse = quarter / e
y = e + inverse
return y
)";
inline constexpr std::string_view kCosh =
    joined<kInput, kHyperbolicSize, kPlain, kReduceByLn2, kCoshResult>;

// sinh = h + h / (2 h + 1), h = (e^|x| - 1) / 2. h / 2 is computed first, whose scale 2^(n-2) is
// finite wherever sinh is. The quotient is below 1; min() makes it 1 where h is infinite, which
// would give NaN.
inline constexpr std::string_view kSinhQuotient = R"(one = 1
two = 2
quarter = 0.25
s1 = s - quarter
half_h = fma(s, p, s1)
h = half_h + half_h
d0 = h + h
d = d0 + one
q0 = h / d
q = min(q0, one)
y0 = h + q
tiny = 0x1p-13
is_tiny: bool = less(size, tiny)
y1 = select(is_tiny, size, y0)
)";
inline constexpr std::string_view kSinh =
    joined<kInput, kHyperbolicSize, kForQuarter, kReduceByLn2, kPowerOfShifted, kNextToR,
           kSinhQuotient, kOddResult>;

// Without a division: e^+-x = 2^+-n (cosh r +- sinh r), so that, with the halves a and b of 2^n +
// 2^-n and 2^n - 2^-n,  sinh x = a sinh r + b cosh r  and  cosh x = a cosh r + b sinh r. All of it
// halved once more, so that the largest are finite; 2^-n is 0 where its exponent leaves the range.
// sinh r = r + r^3 k(r^2). cosh r - 1 is r^2 times a polynomial with an error of 1e-9: c4 and c6
// are those of the minimax polynomial 1/2 + c4 z + c6 z^2 of (cosh r - 1) / r^2 in z = r^2, from
// `python3 targets/schemes/constants.py`, whose first coefficient is taken for 1/2.
inline constexpr std::string_view kHyperbolicParts = R"(square = r * r
cube = r * square
k = kernel(square)
c6 = 0x1.6d97c4p-10
c4 = 0x1.55547ep-5
c2 = 0.5
p4 = fma(square, c6, c4)
p2 = fma(square, p4, c2)
cosh_rest = square * p2
zero = 0
sixteenth: i32 = 0x7d000000
down_bits: i32 = sixteenth - s_bits
down0 = from_bits(down_bits)
down = max(down0, zero)
a = s + down
b = s - down
)";
inline constexpr std::string_view kSinhRest = "sinh_rest = cube * k\n";
inline constexpr std::string_view kSinhSumOfParts = R"(main = fma(a, r, b)
low0 = b * cosh_rest
low_part = fma(a, sinh_rest, low0)
)";
inline constexpr std::string_view kCoshSumOfParts = R"(main = fma(b, r, a)
low0 = a * cosh_rest
low_part = fma(b, sinh_rest, low0)
)";
// Compensated: what the roundings of r and of the large sum lose is added.
inline constexpr std::string_view kSinhRestCompensated = "sinh_rest = fma(cube, k, rest_of_r)\n";
inline constexpr std::string_view kSinhCompensatedParts = R"(main = fma(a, r, b)
minus_gain = b - main
lost = fma(a, r, minus_gain)
low0 = fma(b, cosh_rest, lost)
low_part = fma(a, sinh_rest, low0)
)";
inline constexpr std::string_view kCoshCompensatedParts = R"(main = fma(b, r, s)
minus_gain = s - main
lost = fma(b, r, minus_gain)
low0 = fma(a, cosh_rest, lost)
low1 = fma(b, sinh_rest, low0)
low_part = low1 + down
)";
inline constexpr std::string_view kSinhDoubled = R"(y0 = main + low_part
y2 = y0 + y0
tiny = 0x1p-13
is_tiny: bool = less(size, tiny)
y1 = select(is_tiny, size, y2)
)";
inline constexpr std::string_view kCoshDoubled = R"(y0 = main + low_part
y = y0 + y0
return y
)";
inline constexpr std::string_view kHyperbolicReduction =
    joined<kInput, kHyperbolicSize, kForQuarter, kReduceByLn2>;
inline constexpr std::string_view kHyperbolicTerms = joined<kPowerOfShifted, kHyperbolicParts>;
inline constexpr std::string_view kSinhSum =
    joined<kHyperbolicReduction, kHyperbolicTerms, kSinhRest, kSinhSumOfParts, kSinhDoubled,
           kOddResult>;
inline constexpr std::string_view kCoshSum =
    joined<kHyperbolicReduction, kHyperbolicTerms, kSinhRest, kCoshSumOfParts, kCoshDoubled>;
inline constexpr std::string_view kSinhCompensated =
    joined<kHyperbolicReduction, kRestOfR, kHyperbolicTerms, kSinhRestCompensated,
           kSinhCompensatedParts, kSinhDoubled, kOddResult>;
inline constexpr std::string_view kCoshCompensated =
    joined<kHyperbolicReduction, kRestOfR, kHyperbolicTerms, kSinhRestCompensated,
           kCoshCompensatedParts, kCoshDoubled>;

// ---- sigmoid(x) = 1 / (1 + e) for x >= 0 and e / (1 + e) below, e = e^-|x|

inline constexpr std::string_view kMinusSize = R"(size = fabs(x)
low = -105
minus_size = neg(size)
x1 = max(low, minus_size)
)";

inline constexpr std::string_view kSigmoidPower = R"(k = kernel(r)
e = scalef(k, n)
zero = 0
)";
inline constexpr std::string_view kSigmoidQuotient = R"(one = 1
negative: bool = less(x, zero)
a = select(negative, e, one)
d = e + one
y = a / d
return y
)";
inline constexpr std::string_view kSigmoidResult = joined<kSigmoidPower, kSigmoidQuotient>;
inline constexpr std::string_view kSigmoid =
    joined<kInput, kMinusSize, kPlain, kReduceByLn2, kSigmoidResult>;

// The power as one float's bits; for |x| beyond 87 it is the product of two, in rare code, and 0
// below `low`, where r may be anything.
inline constexpr std::string_view kMinusSizeRare = R"(size = fabs(x)
x1 = neg(size)
limit = 87
is_far: bool = less(limit, size)
low = -105
)";
inline constexpr std::string_view kSigmoidRarePower = R"(k = kernel(r)
near_e = k * s
far_e1 = k * s1
far_e2 = far_e1 * s2
zero = 0
vanishes: bool = less(x1, low)
far_e = select(vanishes, zero, far_e2)
e = select_rare(is_far, far_e, near_e)
)";
inline constexpr std::string_view kSigmoidRareReduction =
    joined<kInput, kMinusSizeRare, kForOne, kReduceByLn2>;
inline constexpr std::string_view kSigmoidRare =
    joined<kSigmoidRareReduction, kPowerOfShifted, kTwoPowers, kSigmoidRarePower, kSigmoidQuotient>;

// Compensated: e^r = k1 + low, what the rounding of 1 + p and that of r lose; e and d in two parts
// each, and one step of Newton's for the quotient of both.
inline constexpr std::string_view kExpInTwoParts = R"(k = kernel(r)
r2 = r * r
p = fma(r2, k, r)
one = 1
k1 = p + one
minus_gain = one - k1
lost = minus_gain + p
low_part = lost + rest_of_r
)";
inline constexpr std::string_view kSigmoidCompensatedResult = R"(near_e = k1 * s
near_e_low = low_part * s
far_e1 = k1 * s1
far_e2 = far_e1 * s2
zero = 0
vanishes: bool = less(x1, low)
far_e = select(vanishes, zero, far_e2)
e = select_rare(is_far, far_e, near_e)
e_low = select_rare(is_far, zero, near_e_low)
negative: bool = less(x, zero)
a = select(negative, e, one)
a_low = select(negative, e_low, zero)
d = e + one
minus_d_gain = one - d
d_lost = minus_d_gain + e
d_low = d_lost + e_low
inverse = one / d
q = a * inverse
minus_q = neg(q)
rest0 = fma(minus_q, d, a)
rest1 = rest0 + a_low
rest = fma(minus_q, d_low, rest1)
y = fma(rest, inverse, q)
return y
)";
inline constexpr std::string_view kSigmoidCompensated =
    joined<kSigmoidRareReduction, kRestOfR, kPowerOfShifted, kTwoPowers, kExpInTwoParts,
           kSigmoidCompensatedResult>;

// ---- tanh(x) = (e^2x - 1) / (e^2x - 1 + 2), e^2x - 1 by the scheme of expm1, sign put back

inline constexpr std::string_view kTanhQuotient = R"(one = 1
two = 2
s1 = s - one
q = fma(s, p, s1)
d = q + two
y0 = q / d
tiny = 0x1p-12
is_tiny: bool = less(size, tiny)
y1 = select(is_tiny, size, y0)
)";
inline constexpr std::string_view kTanh =
    joined<kInput, kTwiceSize, kForOne, kReduceByLn2, kPowerOfShifted, kNextToR, kTanhQuotient,
           kOddResult>;

// sigmoid as above, with e^-|x| = 2^n (1 + r + r^2 k), reduction and quotient in double.
inline constexpr std::string_view kSigmoidReduction = R"(n_wide: f64 = widen(n)
x1_wide: f64 = widen(x1)
minus_ln2: f64 = -0x1.62e42fefa39efp-1
r_wide: f64 = fma(n_wide, minus_ln2, x1_wide)
)";
inline constexpr std::string_view kSigmoidParts = R"(one_wide: f64 = 1
p1: f64 = p + one_wide
e: f64 = scalef(p1, n_wide)
denominator: f64 = e + one_wide
zero = 0
negative: bool = less(x, zero)
numerator: f64 = select(negative, e, one_wide)
d = narrow(denominator)
one = 1
inverse = one / d
)";
inline constexpr std::string_view kSigmoidWideResult =
    R"(y_wide: f64 = fma(residual, inverse_wide, q)
y = narrow(y_wide)
return y
)";
inline constexpr std::string_view kSigmoidMixed =
    joined<kInput, kMinusSize, kPlain, kRoundByShifter, kSigmoidReduction, kGrowthInDouble,
           kSigmoidParts, kQuotientInDouble, kSigmoidWideResult>;

// ---- The same with kernels in double

inline constexpr std::string_view kTanhResultF64 = R"(two_wide: f64 = 2
divisor: f64 = growth + two_wide
y_wide: f64 = growth / divisor
)";
inline constexpr std::string_view kTanhF64 =
    joined<kInput, kTwiceSize, kExpReductionF64, kGrowthF64, kTanhResultF64, kOddNarrowed>;

inline constexpr std::string_view kSinhResultF64 = R"(divisor: f64 = growth + one_wide
quotient: f64 = growth / divisor
twice: f64 = growth + quotient
)";
inline constexpr std::string_view kHalved = R"(half_wide: f64 = 0.5
y_wide: f64 = twice * half_wide
)";
inline constexpr std::string_view kSinhF64 =
    joined<kInput, kHyperbolicSize, kExpReductionF64, kGrowthF64, kSinhResultF64, kHalved,
           kOddNarrowed>;

inline constexpr std::string_view kCoshResultF64 = R"(one_wide: f64 = 1
inverse: f64 = one_wide / power
twice: f64 = power + inverse
)";
inline constexpr std::string_view kCoshF64 = joined<kInput, kHyperbolicSize, kExpReductionF64,
                                                    kPowerF64, kCoshResultF64, kHalved, kNarrowed>;

// sinh by parts as above, the sum rounded to odd; cosh r - 1 by Taylor's polynomial, c2 to c12,
// with an error of 2^-57.
inline constexpr std::string_view kHyperbolicPartsF64 = R"(square: f64 = r * r
cube: f64 = r * square
k = kernel(square)
sinh_rest: f64 = cube * k
c12: f64 = 0x1.1eed8eff8d898p-29
c10: f64 = 0x1.27e4fb7789f5cp-22
c8: f64 = 0x1.a01a01a01a01ap-16
c6: f64 = 0x1.6c16c16c16c17p-10
c4: f64 = 0x1.5555555555555p-5
c2: f64 = 0.5
p10: f64 = fma(square, c12, c10)
p8: f64 = fma(square, p10, c8)
p6: f64 = fma(square, p8, c6)
p4: f64 = fma(square, p6, c4)
p2: f64 = fma(square, p4, c2)
cosh_rest: f64 = square * p2
half_bits: i64 = bits(c2)
up_bits: i64 = half_bits + n_bits
down_bits: i64 = half_bits - n_bits
up: f64 = from_bits(up_bits)
down: f64 = from_bits(down_bits)
a: f64 = up + down
b: f64 = up - down
)";
inline constexpr std::string_view kSinhSumF64 = R"(main: f64 = fma(a, r, b)
minus_gain: f64 = b - main
lost: f64 = fma(a, r, minus_gain)
low0: f64 = fma(b, cosh_rest, lost)
low: f64 = fma(a, sinh_rest, low0)
)";
inline constexpr std::string_view kSinhF64Odd =
    joined<kInput, kHyperbolicSize, kExpReductionF64, kHyperbolicPartsF64, kSinhSumF64,
           kRoundedToOdd, kOddNarrowed>;

inline constexpr std::string_view kSigmoidBounds = R"(low = -105
high = 105
)";
inline constexpr std::string_view kMinusX1Wide = R"(minus_x1 = neg(x1)
wide: f64 = widen(minus_x1)
)";
// sigmoid = 1/2 + x/4 - x^3/48 + ... For small x the first two terms may be a middle between two
// floats exactly, and the third, too small for a double to hold, decides which is nearer. A slope
// of (1 - 2^-28) / 4 in place of 1/4 leaves the middle on the same side.
inline constexpr std::string_view kSigmoidResultF64 = R"(one_wide: f64 = 1
divisor: f64 = power + one_wide
y_far: f64 = one_wide / divisor
minus_slope: f64 = -0x1.ffffffep-3
half_wide: f64 = 0.5
y_near: f64 = fma(wide, minus_slope, half_wide)
size = fabs(x)
small = 0x1p-14
is_near: bool = less(size, small)
y_wide: f64 = select(is_near, y_near, y_far)
)";
inline constexpr std::string_view kSigmoidF64 =
    joined<kInput, kSigmoidBounds, kClamped, kMinusX1Wide, kReduceToBaseE, kPowerF64,
           kSigmoidResultF64, kNarrowed>;

}  // namespace ulpforge::targets::scheme_text
