// Schemes of 2^x, e^x, 10^x and e^x - 1.
//
// The constants of the same names are printed by `python3 targets/schemes/constants.py`, and
// tests/targets/scheme_constants_test.cpp compares them with MPFR.
#pragma once

#include <string_view>

#include "targets/schemes/text.h"

namespace ulpforge::targets::scheme_text {

// ---- Clamped arguments

// Beyond these bounds the result is 0 or infinite, or -1 for e^x - 1; x1 is x between them.
inline constexpr std::string_view kExpBounds = R"(low = -105
high = 89
)";
inline constexpr std::string_view kExp10Bounds = R"(low = -46
high = 39
)";
inline constexpr std::string_view kExpm1Bounds = R"(low = -20
high = 89
)";
inline constexpr std::string_view kClamped = R"(x0 = max(low, x)
x1 = min(high, x0)
)";
inline constexpr std::string_view kClampExp = joined<kExpBounds, kClamped>;
inline constexpr std::string_view kClampExp10 = joined<kExp10Bounds, kClamped>;
inline constexpr std::string_view kClampExpm1 = joined<kExpm1Bounds, kClamped>;

inline constexpr std::string_view kTwiceSize = R"(size = fabs(x)
high = 9.1
size1 = min(high, size)
x1 = size1 + size1
)";

inline constexpr std::string_view kHyperbolicSize = R"(size = fabs(x)
high = 89.5
x1 = min(high, size)
)";

// ---- 2^x = 2^n 2^r, n = round(x)

inline constexpr std::string_view kExp2Round = R"(n = rint(x)
r = x - n
)";
inline constexpr std::string_view kExp2Scalef = joined<kInput, kExp2Round, kTimesPower>;

// n = floor(x); scalef(k, x) is k 2^floor(x), so that n need not be computed.
inline constexpr std::string_view kExp2Fraction = R"(input x: f32
r = fraction(x)
k = kernel(r)
y = scalef(k, x)
return y
)";

// Adding 1.5 * 2^23 rounds to an integer n, which then stands in the low bits of the sum `shifted`.
// With 125, 126 or 127 added to the shifter the low bits are n + 125, n + 126 or n + 127: moved to
// the place of the exponent they are s = 2^(n-2), 2^(n-1) or 2^n.
inline constexpr std::string_view kPlain = "shifter = 0x1.8p+23\n";
inline constexpr std::string_view kForQuarter = "shifter = 0x1.8000fap+23\n";
inline constexpr std::string_view kForHalf = "shifter = 0x1.8000fcp+23\n";
inline constexpr std::string_view kForOne = "shifter = 0x1.8000fep+23\n";
inline constexpr std::string_view kPowerOfShifted = R"(width: i32 = 23
shifted_bits: i32 = bits(shifted)
s_bits: i32 = shift_left(shifted_bits, width)
s = from_bits(s_bits)
)";

// y = k s, s = 2^n, as long as the result is well inside the range of floats. Arguments further out
// take rare code: there 2^n is the product of two powers, and beyond `low` and `high` the result is
// 0 or infinite, whatever r is. NaN does not count as far out, and k s is NaN.
inline constexpr std::string_view kNearPower = R"(k = kernel(r)
near_y = k * s
)";
inline constexpr std::string_view kTwoPowers = R"(shifter_bits: i32 = 0x4b40007f
one_step: i32 = 1
bias: i32 = 127
m: i32 = shifted_bits - shifter_bits
m1: i32 = shift_right(m, one_step)
m2: i32 = m - m1
b1: i32 = m1 + bias
b2: i32 = m2 + bias
s1_bits: i32 = shift_left(b1, width)
s2_bits: i32 = shift_left(b2, width)
s1 = from_bits(s1_bits)
s2 = from_bits(s2_bits)
)";
inline constexpr std::string_view kFarResult = R"(far_y1 = k * s1
far_y2 = far_y1 * s2
zero = 0
infinity = inf
vanishes: bool = less(x, low)
overflows: bool = less(high, x)
far_y3 = select(vanishes, zero, far_y2)
far_y = select(overflows, infinity, far_y3)
y = select_rare(is_far, far_y, near_y)
return y
)";
inline constexpr std::string_view kFarPower = joined<kTwoPowers, kFarResult>;
inline constexpr std::string_view kExp2Far = R"(size = fabs(x)
limit = 126
is_far: bool = less(limit, size)
low = -151
high = 128.5
)";
inline constexpr std::string_view kExp2Shift = R"(shifted = x + shifter
n = shifted - shifter
r = x - n
)";
inline constexpr std::string_view kExp2Rare =
    joined<kInput, kExp2Far, kForOne, kExp2Shift, kPowerOfShifted, kNearPower, kFarPower>;

// ---- e^x = 2^n e^r, n = round(x / ln 2)

// r = x1 - n ln 2
inline constexpr std::string_view kLessNLn2 = R"(minus_ln2_high = -0x1.62e4p-1
minus_ln2_low = -0x1.7f7d1cp-20
r1 = fma(n, minus_ln2_high, x1)
r = fma(n, minus_ln2_low, r1)
)";
inline constexpr std::string_view kRoundByShifter = R"(log2_e = 0x1.715476p+0
shifted = fma(x1, log2_e, shifter)
n = shifted - shifter
)";
inline constexpr std::string_view kReduceByLn2 = joined<kRoundByShifter, kLessNLn2>;
inline constexpr std::string_view kExpClamped =
    joined<kInput, kClampExp, kPlain, kReduceByLn2, kTimesPower>;

// Far out r has no meaning, and the kernel there may overflow although e^x is 0. So k is at most
// the largest float, which scalef by a very negative n makes 0.
inline constexpr std::string_view kTimesPowerFarOut = R"(k = kernel(r)
largest = 0x1.fffffep+127
k1 = min(largest, k)
y = scalef(k1, n)
return y
)";
inline constexpr std::string_view kRoundByRint = R"(log2_e = 0x1.715476p+0
z = x * log2_e
n = rint(z)
)";
inline constexpr std::string_view kExpScalef =
    joined<kInput, kRoundByRint, unclamped<kLessNLn2>, kTimesPowerFarOut>;

// Adding the shifter rounds to an integer for |x log2 e| < 2^22 only; beyond that the result is
// infinite or 0 anyway.
inline constexpr std::string_view kExpShifter =
    joined<kInput, kPlain, unclamped<kReduceByLn2>, kTimesPowerFarOut>;

// Reduced in base 2: r = x log2 e - n.
inline constexpr std::string_view kReduceToBase2 = R"(log2_e = 0x1.715476p+0
log2_e_low = 0x1.4ae0cp-26
shifter = 0x1.8p+23
t = fma(x1, log2_e, shifter)
n = t - shifter
minus_n = neg(n)
r1 = fma(x1, log2_e, minus_n)
r = fma(x1, log2_e_low, r1)
)";
inline constexpr std::string_view kExpBase2 =
    joined<kInput, kClampExp, kReduceToBase2, kTimesPower>;

// The power as one float's bits, the far ones rare, as for 2^x.
inline constexpr std::string_view kExpIsFar = R"(size = fabs(x)
limit = 87
is_far: bool = less(limit, size)
)";
inline constexpr std::string_view kExpFar = joined<kExpIsFar, kExpBounds>;
inline constexpr std::string_view kExpRare =
    joined<kInput, kExpFar, kForOne, unclamped<kReduceByLn2>, kPowerOfShifted, kNearPower,
           kFarPower>;

// ---- 10^x = 2^n 10^r, n = round(x log2 10)

inline constexpr std::string_view kReduceByLog10Of2 = R"(log2_10 = 0x1.a934fp+1
shifted = fma(x1, log2_10, shifter)
n = shifted - shifter
minus_log10_2_high = -0x1.344p-2
minus_log10_2_low = -0x1.3509f8p-18
r1 = fma(n, minus_log10_2_high, x1)
r = fma(n, minus_log10_2_low, r1)
)";
inline constexpr std::string_view kExp10Clamped =
    joined<kInput, kClampExp10, kPlain, kReduceByLog10Of2, kTimesPower>;

inline constexpr std::string_view kExp10IsFar = R"(size = fabs(x)
limit = 37
is_far: bool = less(limit, size)
)";
inline constexpr std::string_view kExp10Far = joined<kExp10IsFar, kExp10Bounds>;
inline constexpr std::string_view kExp10Rare =
    joined<kInput, kExp10Far, kForOne, unclamped<kReduceByLog10Of2>, kPowerOfShifted, kNearPower,
           kFarPower>;

inline constexpr std::string_view kReduce10ToBase2 = R"(log2_10 = 0x1.a934fp+1
log2_10_low = 0x1.2f346ep-24
shifter = 0x1.8p+23
t = fma(x1, log2_10, shifter)
n = t - shifter
minus_n = neg(n)
r1 = fma(x1, log2_10, minus_n)
r = fma(x1, log2_10_low, r1)
)";
inline constexpr std::string_view kExp10Base2 =
    joined<kInput, kClampExp10, kReduce10ToBase2, kTimesPower>;

// ---- e^x - 1 = 2 (2^(n-1) (e^r - 1) + (2^(n-1) - 1/2)), e^r - 1 = r + r^2 k: halved, so that the
// scale of the largest results is finite.

// The result 2 y1; x itself where |x| < 2^-25, because y1 might be subnormal and for x = -0.
inline constexpr std::string_view kExpm1Doubled = R"(y2 = y1 + y1
size = fabs(x)
tiny = 0x1p-25
is_tiny: bool = less(size, tiny)
y = select(is_tiny, x, y2)
return y
)";

inline constexpr std::string_view kExpm1Result = R"(half = 0.5
s1 = s - half
y1 = fma(s, p, s1)
)";
inline constexpr std::string_view kExpm1 =
    joined<kInput, kClampExpm1, kForHalf, kReduceByLn2, kPowerOfShifted, kNextToR, kExpm1Result,
           kExpm1Doubled>;

// Compensated: what the roundings of r and of s r + s1 lose is added.
inline constexpr std::string_view kRestOfR = R"(minus_taken = r1 - r
rest_of_r = fma(n, minus_ln2_low, minus_taken)
)";
inline constexpr std::string_view kExpm1LargeSum = R"(half = 0.5
s1 = s - half
main = fma(s, r, s1)
minus_gain = s1 - main
lost = fma(s, r, minus_gain)
)";
inline constexpr std::string_view kExpm1Growth = R"(k = kernel(r)
r2 = r * r
q = fma(r2, k, rest_of_r)
)";
inline constexpr std::string_view kExpm1LowPart = "low_part = fma(s, q, lost)\n";
inline constexpr std::string_view kExpm1Parts = "y1 = main + low_part\n";
inline constexpr std::string_view kExpm1CompensatedReduction =
    joined<kInput, kClampExpm1, kForHalf, kReduceByLn2, kRestOfR, kPowerOfShifted>;
inline constexpr std::string_view kExpm1Compensated =
    joined<kExpm1CompensatedReduction, kExpm1Growth, kExpm1LargeSum, kExpm1LowPart, kExpm1Parts,
           kExpm1Doubled>;

// The kernel begins with the r^3 term: e^r - 1 = r + r (r / 2 + r^2 k). r / 2 is exact, so that the
// roundings of the kernel count less; the small terms are added up before the product with r.
inline constexpr std::string_view kExpm1LowPartByHalf = R"(k = kernel(r)
r2 = r * r
half_r = r * half
h = fma(r2, k, half_r)
sr = s * r
taken = s - s1
lost_of_half = taken - half
small0 = fma(s, rest_of_r, lost)
small = small0 + lost_of_half
low_part = fma(sr, h, small)
)";
inline constexpr std::string_view kExpm1CompensatedByHalf =
    joined<kExpm1CompensatedReduction, kExpm1LargeSum, kExpm1LowPartByHalf, kExpm1Parts,
           kExpm1Doubled>;

// ---- The same in double

// n is in the low bits of `shifted` as above, and k 2^n is k with n added to its exponent, which
// stays in the range of doubles.
inline constexpr std::string_view kShifterF64 = "shifter: f64 = 0x1.8p+52\n";
inline constexpr std::string_view kBitsOfPowerF64 = R"(width: i64 = 52
shifted_bits: i64 = bits(shifted)
n_bits: i64 = shift_left(shifted_bits, width)
)";
inline constexpr std::string_view kPowerF64 = R"(k = kernel(r)
k_bits: i64 = bits(k)
power_bits: i64 = k_bits + n_bits
power: f64 = from_bits(power_bits)
)";
inline constexpr std::string_view kPowerNarrowed = R"(y = narrow(power)
return y
)";
inline constexpr std::string_view kExp2Bounds = R"(low = -151
high = 129
)";
inline constexpr std::string_view kExp2ReduceF64 = R"(shifted: f64 = wide + shifter
n: f64 = shifted - shifter
r: f64 = wide - n
)";
inline constexpr std::string_view kExp2F64 =
    joined<kInput, kExp2Bounds, kClamped, kX1Wide, kShifterF64, kExp2ReduceF64, kBitsOfPowerF64,
           kPowerF64, kPowerNarrowed>;

// r = wide - n log 2, with the logarithm of the base of the exponential.
inline constexpr std::string_view kPartsOfLn2 = R"(per_unit: f64 = 0x1.71547652b82fep+0
minus_high: f64 = -0x1.62e42fefa38p-1
minus_low: f64 = -0x1.ef35793c7673p-45
)";
inline constexpr std::string_view kPartsOfLog10Of2 = R"(per_unit: f64 = 0x1.a934f0979a371p+1
minus_high: f64 = -0x1.34413509f78p-2
minus_low: f64 = -0x1.fef311f12b358p-46
)";
inline constexpr std::string_view kReduceF64 = R"(shifted: f64 = fma(wide, per_unit, shifter)
n: f64 = shifted - shifter
r1: f64 = fma(n, minus_high, wide)
r: f64 = fma(n, minus_low, r1)
)";
inline constexpr std::string_view kReduceToBaseE =
    joined<kShifterF64, kPartsOfLn2, kReduceF64, kBitsOfPowerF64>;
inline constexpr std::string_view kExpReductionF64 = joined<kX1Wide, kReduceToBaseE>;
inline constexpr std::string_view kExpF64 =
    joined<kInput, kClampExp, kExpReductionF64, kPowerF64, kPowerNarrowed>;
inline constexpr std::string_view kExp10F64 =
    joined<kInput, kClampExp10, kX1Wide, kShifterF64, kPartsOfLog10Of2, kReduceF64, kBitsOfPowerF64,
           kPowerF64, kPowerNarrowed>;

// e^z - 1 = 2^n (e^r - 1) + (2^n - 1), e^r - 1 = r + r^2 k
inline constexpr std::string_view kGrowthF64 = R"(k = kernel(r)
square: f64 = r * r
p: f64 = fma(square, k, r)
one_wide: f64 = 1
one_bits: i64 = bits(one_wide)
s_bits: i64 = n_bits + one_bits
s: f64 = from_bits(s_bits)
s1: f64 = s - one_wide
growth: f64 = fma(s, p, s1)
)";
inline constexpr std::string_view kExpm1ResultF64 = "y1 = narrow(growth)\n";
inline constexpr std::string_view kExpm1F64 =
    joined<kInput, kClampExpm1, kExpReductionF64, kGrowthF64, kExpm1ResultF64, kOddResult>;

}  // namespace ulpforge::targets::scheme_text
