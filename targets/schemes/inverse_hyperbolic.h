// Schemes of asinh, acosh and atanh, by logarithms.
//
// The constants of the same names are printed by `python3 targets/schemes/constants.py`, and
// tests/targets/scheme_constants_test.cpp compares them with MPFR.
#pragma once

#include <string_view>

#include "targets/schemes/logarithm.h"

namespace ulpforge::targets::scheme_text {

// ---- asinh, acosh, atanh by log(1 + u), from 2^60 on by log(2 u)

inline constexpr std::string_view kOnePlusU = joined<one_plus<kU>, kInfinity>;

inline constexpr std::string_view kAsinhArgument = R"(size = fabs(x)
one = 1
square = size * size
d0 = square + one
root = sqrt(d0)
d = root + one
q = square / d
u0 = size + q
huge = 0x1p60
big: bool = less(huge, size)
u = select(big, size, u0)
)";
// Where the argument is big the logarithm is that of 2 u: one more log 2.
inline constexpr std::string_view kBump = R"(zero = 0
bump = select(big, one, zero)
e_doubled = e + bump
)";
inline constexpr std::string_view kDoubledSum = R"(ln2 = 0x1.62e43p-1
y0 = fma(e_doubled, ln2, p)
)";
inline constexpr std::string_view kDoubledTableSum = R"(ln2 = 0x1.62e43p-1
h = fma(e_doubled, ln2, l)
k = kernel(r)
y0 = fma(r, k, h)
)";
inline constexpr std::string_view kDoubled = joined<kBump, kDoubledSum, self_at_infinity<kU>>;
inline constexpr std::string_view kDoubledTable =
    joined<kBump, kDoubledTableSum, self_at_infinity<kU>>;
inline constexpr std::string_view kAsinh =
    joined<kInput, kAsinhArgument, kOnePlusU, kLog1pOfW, kDoubled, kOddResult>;
inline constexpr std::string_view kAsinhTable =
    joined<kInput, kAsinhArgument, kOnePlusU, kTabledW, kDoubledTable, kOddResult>;

inline constexpr std::string_view kAcoshArgument = R"(one = 1
t = x - one
t2 = t + t
s = fma(t, t, t2)
root = sqrt(s)
u0 = t + root
huge = 0x1p60
big: bool = less(huge, x)
u = select(big, x, u0)
)";
inline constexpr std::string_view kAcoshResult = R"(not_a_number = nan
below: bool = less(x, one)
y = select(below, not_a_number, y1)
return y
)";
inline constexpr std::string_view kAcosh =
    joined<kInput, kAcoshArgument, kOnePlusU, kLog1pOfW, kDoubled, kAcoshResult>;
inline constexpr std::string_view kAcoshTable =
    joined<kInput, kAcoshArgument, kOnePlusU, kTabledW, kDoubledTable, kAcoshResult>;

inline constexpr std::string_view kAtanhArgument = R"(size = fabs(x)
one = 1
double = size + size
d = one - size
u = double / d
)";
inline constexpr std::string_view kHalfOfLog = R"(half = 0.5
y_half = y_log * half
is_infinite: bool = equal(u, infinity)
y0 = select(is_infinite, u, y_half)
not_a_number = nan
beyond: bool = less(one, size)
y1 = select(beyond, not_a_number, y0)
)";
inline constexpr std::string_view kAtanhSum = R"(ln2 = 0x1.62e43p-1
y_log = fma(e, ln2, p)
)";
inline constexpr std::string_view kAtanhTableSum = R"(k = kernel(r)
y_log = fma(r, k, h)
)";
inline constexpr std::string_view kAtanh =
    joined<kInput, kAtanhArgument, kOnePlusU, kLog1pOfW, kAtanhSum, kHalfOfLog, kOddResult>;
inline constexpr std::string_view kAtanhTable =
    joined<kInput, kAtanhArgument, kOnePlusU, kTabledW, kPlusELog2, kAtanhTableSum, kHalfOfLog,
           kOddResult>;

// ---- The same by integer arithmetic (logarithm.h), rare code for arguments from 2^60 on and for
// what is special. There the logarithm is that of 2 u, u = |x|: one more log 2.

inline constexpr std::string_view kAsinhRareArgument = R"(size = fabs(x)
one = 1
square = size * size
d0 = square + one
root = sqrt(d0)
d = root + one
q = square / d
u0 = size + q
huge = 0x1p60
is_far: bool = less(huge, size)
u = select_rare(is_far, size, u0)
)";
inline constexpr std::string_view kRareSum = R"(ln2 = 0x1.62e43p-1
near_y = fma(e, ln2, p)
)";
inline constexpr std::string_view kRareDoubled = R"(far_y0 = near_y + ln2
is_infinite: bool = equal(u, infinity)
)";
inline constexpr std::string_view kAsinhFar = R"(far_y = select(is_infinite, u, far_y0)
y1 = select_rare(is_far, far_y, near_y)
)";
inline constexpr std::string_view kAsinhRare =
    joined<kInput, kAsinhRareArgument, kOnePlusU, kLogOfBits, kRareSum, kRareDoubled, kAsinhFar,
           kOddResult>;

// 1 <= x <= 2^60; NaN below 1, where `below` selects it.
inline constexpr std::string_view kAcoshIsFar = R"(x_bits: i32 = bits(x)
above_one: i32 = 0x40800000
last_near: i32 = -0x62000000
far_shifted: i32 = x_bits + above_one
is_far: bool = less(last_near, far_shifted)
)";
inline constexpr std::string_view kAcoshRareArgument = R"(one = 1
t1 = x - one
t2 = t1 + t1
s = fma(t1, t1, t2)
root = sqrt(s)
u0 = t1 + root
u = select_rare(is_far, x, u0)
)";
inline constexpr std::string_view kAcoshFar = R"(not_a_number = nan
below: bool = less(x, one)
far_y1 = select(is_infinite, u, far_y0)
far_y = select(below, not_a_number, far_y1)
y1 = select_rare(is_far, far_y, near_y)
)";
inline constexpr std::string_view kAcoshRare =
    joined<kInput, kAcoshIsFar, kAcoshRareArgument, kOnePlusU, kLogOfBits, kRareSum, kRareDoubled,
           kAcoshFar, kReturnY1>;

inline constexpr std::string_view kAtanhIsFar = "is_far: bool = less_equal(one, size)\n";
inline constexpr std::string_view kHalfNearY = R"(half = 0.5
near_y = near_y0 * half
)";
inline constexpr std::string_view kAtanhRareSum = R"(ln2 = 0x1.62e43p-1
near_y0 = fma(e, ln2, p)
)";
inline constexpr std::string_view kAtanhFar = R"(not_a_number = nan
at_pole: bool = equal(size, one)
far_y = select(at_pole, infinity, not_a_number)
y1 = select_rare(is_far, far_y, near_y)
)";
inline constexpr std::string_view kAtanhRareEnds =
    joined<kHalfNearY, kAtanhIsFar, kAtanhFar, kOddResult>;
inline constexpr std::string_view kAtanhRare =
    joined<kInput, kAtanhArgument, kOnePlusU, kLogOfBits, kAtanhRareSum, kAtanhRareEnds>;

// Compensated: u with what its roundings lose, `low`.

// s + s_low = x^2 + 1, its sum in the order of the terms' sizes; `root` with root_low; q = x^2 / d,
// d + d_low = root + 1, by one step of Newton's.
inline constexpr std::string_view kAsinhParts32 = R"(size = fabs(x)
one = 1
square = size * size
minus_square = neg(square)
square_low = fma(size, size, minus_square)
larger = max(square, one)
smaller = min(square, one)
s = larger + smaller
s_gain = s - larger
s_lost = smaller - s_gain
s_low = s_lost + square_low
root = sqrt(s)
half = 0.5
half_inverse = half / root
minus_root = neg(root)
root_rest0 = fma(minus_root, root, s)
root_rest = root_rest0 + s_low
root_low = root_rest * half_inverse
d = root + one
d_gain = d - root
d_lost = one - d_gain
d_low = d_lost + root_low
inverse = one / d
q = square * inverse
minus_q = neg(q)
q_rest0 = fma(minus_q, d, square)
q_rest1 = q_rest0 + square_low
q_rest = fma(minus_q, d_low, q_rest1)
u0 = size + q
u_gain = u0 - size
u_lost = q - u_gain
near_low = fma(q_rest, inverse, u_lost)
huge = 0x1p60
is_far: bool = less(huge, size)
nothing_more = 0
u = select_rare(is_far, size, u0)
low = select_rare(is_far, nothing_more, near_low)
)";
inline constexpr std::string_view kDoubledInParts = R"(near_y = main + tail
ln2 = 0x1.62e43p-1
far_main = main + ln2
far_gain = far_main - main
far_lost = ln2 - far_gain
far_tail = tail + far_lost
far_y0 = far_main + far_tail
is_infinite: bool = equal(u, infinity)
)";
inline constexpr std::string_view kAsinhRareCompensated =
    joined<kInput, kAsinhParts32, kOnePlusU, kLogOfBitsAndLow, kDoubledInParts, kAsinhFar,
           kOddResult>;

// s + s_low = (x - 1) (x + 1), x - 1 exact up to 2^24; u = root + (x - 1).
inline constexpr std::string_view kAcoshParts32 = R"(one = 1
t1 = x - one
v = x + one
v_gain = v - x
v_lost = one - v_gain
s = t1 * v
minus_s = neg(s)
s_low0 = fma(t1, v, minus_s)
s_low = fma(t1, v_lost, s_low0)
root = sqrt(s)
half = 0.5
least = 0x1p-30
divisor = max(least, root)
half_inverse = half / divisor
minus_root = neg(root)
root_rest0 = fma(minus_root, root, s)
root_rest = root_rest0 + s_low
u0 = root + t1
u_gain = u0 - root
u_lost = t1 - u_gain
near_low = fma(root_rest, half_inverse, u_lost)
nothing_more = 0
u = select_rare(is_far, x, u0)
low = select_rare(is_far, nothing_more, near_low)
)";
inline constexpr std::string_view kAcoshRareCompensated =
    joined<kInput, kAcoshIsFar, kAcoshParts32, kOnePlusU, kLogOfBitsAndLow, kDoubledInParts,
           kAcoshFar, kReturnY1>;

// u = 2 |x| / d, d + d_low = 1 - |x|.
inline constexpr std::string_view kAtanhParts32 = R"(size = fabs(x)
one = 1
double = size + size
d = one - size
d_gain = one - d
d_low = d_gain - size
inverse = one / d
u = double * inverse
minus_u = neg(u)
u_rest0 = fma(minus_u, d, double)
u_rest = fma(minus_u, d_low, u_rest0)
low = u_rest * inverse
)";
inline constexpr std::string_view kLargeNearY0 = "near_y0 = main + tail\n";
inline constexpr std::string_view kAtanhRareCompensated =
    joined<kInput, kAtanhParts32, kOnePlusU, kLogOfBitsAndLow, kLargeNearY0, kAtanhRareEnds>;

// ---- Mixed: all but the kernel in double, so that one rounding is left. That of the kernel counts
// little, because it is multiplied by r^2.

inline constexpr std::string_view kLogOfW = joined<kSplitWideW, kMantissaLessOne, kGrowthInDouble>;
inline constexpr std::string_view kTimesLn2 = R"(ln2: f64 = 0x1.62e42fefa39efp-1
y_wide: f64 = fma(e_wide, ln2, p)
y0 = narrow(y_wide)
)";

// The root of `square` in double: the root in float, and one step of Newton's, which doubles its
// digits. From 2^60 on the root of x^2 + 1 or x^2 - 1 is x, and in float its square would overflow.
inline constexpr std::string_view kRootInDouble = R"(half = 0.5
half_inverse = half / divisor
minus_root: f64 = neg(root_wide)
residual: f64 = fma(minus_root, root_wide, square)
half_inverse_wide: f64 = widen(half_inverse)
exact_root: f64 = fma(residual, half_inverse_wide, root_wide)
)";

inline constexpr std::string_view kAsinhWide = R"(size = fabs(x)
one = 1
huge = 0x1p60
big: bool = less(huge, size)
d = fma(size, size, one)
root0 = sqrt(d)
divisor = select(big, size, root0)
one_wide: f64 = 1
size_wide: f64 = widen(size)
square: f64 = fma(size_wide, size_wide, one_wide)
root_wide: f64 = widen(divisor)
)";
inline constexpr std::string_view kAsinhSum = "w: f64 = size_wide + exact_root\n";
inline constexpr std::string_view kAsinhWideResult = R"(tiny = 0x1p-13
is_tiny: bool = less(size, tiny)
infinity = inf
is_infinite: bool = equal(size, infinity)
as_it_is: bool = bit_or(is_tiny, is_infinite)
y1 = select(as_it_is, size, y0)
)";
inline constexpr std::string_view kAsinhMixed =
    joined<kInput, kAsinhWide, kRootInDouble, kAsinhSum, kLogOfW, kTimesLn2, kAsinhWideResult,
           kOddResult>;

inline constexpr std::string_view kAcoshWide = R"(one = 1
t = x - one
t2 = t + t
s = fma(t, t, t2)
root0 = sqrt(s)
huge = 0x1p60
big: bool = less(huge, x)
root = select(big, x, root0)
least = 0x1p-30
divisor = max(least, root)
)";
inline constexpr std::string_view kSquareLessOne = R"(one_wide: f64 = 1
x_wide: f64 = widen(x)
t_wide: f64 = x_wide - one_wide
t2_wide: f64 = t_wide + t_wide
square: f64 = fma(t_wide, t_wide, t2_wide)
)";
inline constexpr std::string_view kRootWide = "root_wide: f64 = widen(root)\n";
inline constexpr std::string_view kAcoshSum = R"(u: f64 = t_wide + exact_root
w: f64 = u + one_wide
)";
inline constexpr std::string_view kAcoshMixed =
    joined<kInput, kAcoshWide, kSquareLessOne, kRootWide, kRootInDouble, kAcoshSum, kLogOfW,
           kTimesLn2, kInfinity, self_at_infinity<kX>, kAcoshResult>;

// (1 + |x|) / (1 - |x|) in the same way: an inverse in float, and one step of Newton's.
inline constexpr std::string_view kAtanhWide = R"(size = fabs(x)
one = 1
d = one - size
inverse = one / d
one_wide: f64 = 1
size_wide: f64 = widen(size)
numerator: f64 = one_wide + size_wide
denominator: f64 = one_wide - size_wide
)";
inline constexpr std::string_view kAtanhQuotient = "w: f64 = fma(residual, inverse_wide, q)\n";
inline constexpr std::string_view kAtanhWideResult = R"(half_ln2: f64 = 0x1.62e42fefa39efp-2
half_wide: f64 = 0.5
half_p: f64 = p * half_wide
y_wide: f64 = fma(e_wide, half_ln2, half_p)
y0 = narrow(y_wide)
infinity = inf
at_pole: bool = equal(size, one)
y2 = select(at_pole, infinity, y0)
tiny = 0x1p-13
is_tiny: bool = less(size, tiny)
y1 = select(is_tiny, size, y2)
)";
inline constexpr std::string_view kAtanhMixed =
    joined<kInput, kAtanhWide, kQuotientInDouble, kAtanhQuotient, kLogOfW, kAtanhWideResult,
           kOddResult>;

// ---- With kernels in double, rounded to odd: log w = 2 atanh s, s = (w - 1) / (w + 1); for
// w = 2^e m the same of m, and e log 2. Where e is 0 and w - 1 would cancel, s has a numerator and
// a denominator of its own.

inline constexpr std::string_view kNumeratorOfW = R"(nothing: f64 = 0
is_near: bool = equal(e_wide, nothing)
far_numerator: f64 = m - one_wide
far_denominator: f64 = m + one_wide
numerator: f64 = select(is_near, near_numerator, far_numerator)
denominator: f64 = select(is_near, near_denominator, far_denominator)
)";
inline constexpr std::string_view kQuotientOfW = joined<kSplitWideW, kNumeratorOfW>;
// Half of the logarithm, e (log 2) / 2 + s + s k.
inline constexpr std::string_view kHalfLogOfQuotient = R"(s: f64 = numerator / denominator
s_square: f64 = s * s
k = kernel(s_square)
half_ln2_high: f64 = 0x1.62e42fefa38p-2
half_ln2_low: f64 = 0x1.ef35793c7673p-46
t: f64 = e_wide * half_ln2_high
main: f64 = t + s
minus_gain: f64 = t - main
lost: f64 = minus_gain + s
low0: f64 = fma(e_wide, half_ln2_low, lost)
low: f64 = fma(s, k, low0)
)";
inline constexpr std::string_view kHalfLogToOdd = joined<kHalfLogOfQuotient, kRoundedToOdd>;
inline constexpr std::string_view kDoubledNarrowed = R"(twice: f64 = y_wide + y_wide
y0 = narrow(twice)
)";

// w = |x| + sqrt(x^2 + 1), s = |x| / (1 + sqrt(x^2 + 1)).
inline constexpr std::string_view kAsinhParts = R"(size = fabs(x)
near_numerator: f64 = widen(size)
one_wide: f64 = 1
square: f64 = fma(near_numerator, near_numerator, one_wide)
root: f64 = sqrt(square)
w: f64 = near_numerator + root
near_denominator: f64 = root + one_wide
)";
inline constexpr std::string_view kAsinhF64Odd =
    joined<kInput, kAsinhParts, kQuotientOfW, kHalfLogToOdd, kDoubledNarrowed, kInfinity,
           self_at_infinity<kSize>, kOddResult>;

// w - 1 = (x - 1) + sqrt(x^2 - 1).
inline constexpr std::string_view kAcoshParts = R"(one = 1
root: f64 = sqrt(square)
near_numerator: f64 = t_wide + root
w: f64 = near_numerator + one_wide
near_denominator: f64 = w + one_wide
)";
inline constexpr std::string_view kAcoshF64Odd =
    joined<kInput, kSquareLessOne, kAcoshParts, kQuotientOfW, kHalfLogToOdd, kDoubledNarrowed,
           kInfinity, self_at_infinity<kX>, kAcoshResult>;

// s of m = (1 + |x|) / (2^e (1 - |x|)) without that quotient, which a float is good enough to get e
// from.
inline constexpr std::string_view kAtanhParts = R"(size = fabs(x)
one = 1
above = one + size
below = one - size
w = above / below
e1 = getexp(w)
m = getmant_centred(w)
e2 = getexp(m)
e_float = e1 - e2
power_float = scalef(one, e_float)
e_wide: f64 = widen(e_float)
power: f64 = widen(power_float)
wide: f64 = widen(size)
one_wide: f64 = 1
sum: f64 = one_wide + power
difference: f64 = one_wide - power
numerator: f64 = fma(wide, sum, difference)
denominator: f64 = fma(wide, difference, sum)
)";
inline constexpr std::string_view kAtanhPole = R"(y0 = narrow(y_wide)
infinity = inf
at_pole: bool = equal(size, one)
y1 = select(at_pole, infinity, y0)
)";
inline constexpr std::string_view kAtanhF64Odd =
    joined<kInput, kAtanhParts, kHalfLogToOdd, kAtanhPole, kOddResult>;

}  // namespace ulpforge::targets::scheme_text
