// Schemes for single calls that are correctly rounded: the common code is short and a little less
// accurate than float's middles need; what comes close to the middle between two floats, one result
// of a thousand, is computed again by rare code, accurately, and rounded to odd.
//
// The rare code has everything else that is special, too, so that one jump decides.
// The constants of the same names are printed by `python3 targets/schemes/constants.py`, and
// tests/targets/scheme_constants_test.cpp compares them with MPFR.
#pragma once

#include <string_view>

#include "targets/schemes/memory.h"
#include "targets/schemes/memory_tables.h"
#include "targets/schemes/text.h"

namespace ulpforge::targets::scheme_text {

// ---- What is close: within 2^18 of its last places, which is 2^-35 of the result
inline constexpr std::string_view kIsWithinReach = R"(near_bits: i64 = bits(y_wide)
minus_near_middle: i64 = -0xffc0000
near_from_middle: i64 = near_bits + minus_near_middle
below_near_float: i64 = 0x1fffffff
near_distance: i64 = bit_and(near_from_middle, below_near_float)
reach: i64 = 0x80000
is_close: bool = less(near_distance, reach)
)";
inline constexpr std::string_view kIsRare = "is_rare: bool = bit_or(is_close, is_special)\n";
inline constexpr std::string_view kAgainNarrowed = R"(odd: f64 = from_bits(odd_bits)
again_y = narrow(odd)
)";
// head + low_sum, rounded once.
inline constexpr std::string_view kAgainSum = joined<kCloseParts, kOddBits, kAgainNarrowed>;
// Where an exact sum may be a middle itself.
inline constexpr std::string_view kAgainExactSum = R"(odd: f64 = from_bits(odd_bits)
no_rest: f64 = 0
is_exact: bool = equal(sum_rest, no_rest)
rounded_once: f64 = select(is_exact, even, odd)
again_y = narrow(rounded_once)
)";
inline constexpr std::string_view kCommonOrRare = R"(near_y = narrow(y_wide)
y = select_rare(is_rare, rare_y, near_y)
return y
)";

// ---- log x: the mantissa by 32-bit arithmetic, which subnormal floats are not for

// The bits of x less those of the smallest normal float, compared as unsigned numbers: zero,
// subnormal and negative floats, infinity and NaN are all beyond those of the largest.
inline constexpr std::string_view kIsNoNormal = R"(x_bits: i32 = bits(x)
minus_least_normal: i32 = 0x7f800000
lifted: i32 = x_bits + minus_least_normal
largest: i32 = -0x1000001
is_special: bool = less(largest, lifted)
)";
inline constexpr std::string_view kNearMantissa = R"(near_offset: i32 = 0x3f338000
near_offset_bits: i32 = x_bits - near_offset
near_exponent_place: i32 = 23
near_e_int: i32 = shift_right(near_offset_bits, near_exponent_place)
near_e_long: i64 = sign_extend(near_e_int)
near_e: f64 = from_integer(near_e_long)
near_e_bits: i32 = shift_left(near_e_int, near_exponent_place)
near_m_bits: i32 = x_bits - near_e_bits
near_m_float = from_bits(near_m_bits)
near_m: f64 = widen(near_m_float)
near_interval_place: i32 = 16
near_interval_int: i32 = shift_right(near_offset_bits, near_interval_place)
near_interval: i64 = sign_extend(near_interval_int)
near_c: f64 = lookup128(near_interval, c0)
near_l: f64 = lookup128(near_interval, l0)
minus_unit: f64 = -1
near_r: f64 = fma(near_m, near_c, minus_unit)
)";
inline constexpr std::string_view kLogBeginAgain = joined<kInput, kIsNoNormal>;
inline constexpr std::string_view kExactMantissa = R"(wide: f64 = widen(x)
wide_bits: i64 = bits(wide)
)";
inline constexpr std::string_view kMantissaAgain =
    joined<kExactMantissa, kMantissaOffset, kSplitMantissa>;
// log(1 + r) = r + r^2 k by its series, which for |r| < 2^-8 is accurate to 2^-62 of r.
inline constexpr std::string_view kSeriesOfLog = R"(minus_half: f64 = -0.5
over3: f64 = 0x1.5555555555555p-2
minus_quarter: f64 = -0.25
over5: f64 = 0x1.999999999999ap-3
minus_over6: f64 = -0x1.5555555555555p-3
over7: f64 = 0x1.2492492492492p-3
minus_eighth: f64 = -0.125
log_k6: f64 = fma(minus_eighth, r, over7)
log_k5: f64 = fma(log_k6, r, minus_over6)
log_k4: f64 = fma(log_k5, r, over5)
log_k3: f64 = fma(log_k4, r, minus_quarter)
log_k2: f64 = fma(log_k3, r, over3)
log_k: f64 = fma(log_k2, r, minus_half)
square: f64 = r * r
curve: f64 = square * log_k
)";
inline constexpr std::string_view kHeadOfGrowth = R"(head: f64 = exact_main + r
head_taken: f64 = exact_main - head
head_lost: f64 = head_taken + r
losses: f64 = head_lost + small
low_sum: f64 = curve + losses
)";
inline constexpr std::string_view kLogAgain =
    joined<kLogHighOfE, kExactMain, kSeriesOfLog, kHeadOfGrowth, kAgainSum>;
inline constexpr std::string_view kLogSpecialAgain = R"(zero = 0
minus_infinity = -inf
infinity = inf
is_zero: bool = equal(x, zero)
root = sqrt(x)
special_y = select(is_zero, minus_infinity, root)
is_positive: bool = less(zero, x)
is_finite: bool = less(x, infinity)
is_number: bool = bit_and(is_positive, is_finite)
rare_y = select(is_number, again_y, special_y)
)";
inline constexpr std::string_view kLogEndAgain = joined<kLogSpecialAgain, kCommonOrRare>;

inline constexpr std::string_view kNearLogSum = R"(ln2: f64 = 0x1.62e42fefa39efp-1
near_main: f64 = fma(near_e, ln2, near_l)
k = kernel(near_r)
near_square: f64 = near_r * near_r
near_growth: f64 = fma(near_square, k, near_r)
y_wide: f64 = near_main + near_growth
)";
inline constexpr std::string_view kNearLog = joined<kNearMantissa, kNearLogSum>;
inline constexpr std::string_view kReachAndRare = joined<kIsWithinReach, kIsRare>;
inline constexpr std::string_view kLogLookup128Again =
    joined<kLogBeginAgain, kMemoryLogarithms, kNearLog, kReachAndRare, kMantissaAgain, kLogAgain,
           kLogEndAgain>;

// To other bases the product with 1 / log(base) has to be accurate, too: r / log(base) in two
// parts.
inline constexpr std::string_view kNearLog2Sum = R"(near_main: f64 = near_e + near_l
k = kernel(near_r)
y_wide: f64 = fma(near_r, k, near_main)
)";
inline constexpr std::string_view kNearLog2 = joined<kNearMantissa, kNearLog2Sum>;
// r has at most 44 bits. Its first 24 and the unit's first 29 have an exact product.
inline constexpr std::string_view kGrowthInBase = R"(r_bits: i64 = bits(r)
first_bits: i64 = -0x20000000
r_head_bits: i64 = bit_and(r_bits, first_bits)
r_head: f64 = from_bits(r_head_bits)
r_tail: f64 = r - r_head
unit_sum: f64 = log_unit_high + log_unit_low
linear: f64 = r_head * log_unit_high
linear_low1: f64 = r * log_unit_low
linear_low: f64 = fma(r_tail, log_unit_high, linear_low1)
curve_in_base: f64 = curve * unit_sum
total: f64 = head_main + linear
total_taken: f64 = head_main - total
total_lost: f64 = total_taken + linear
loss1: f64 = linear_low + small
loss2: f64 = curve_in_base + loss1
total_low: f64 = total_lost + loss2
head: f64 = total + total_low
head_taken: f64 = total - head
low_sum: f64 = head_taken + total_low
)";
inline constexpr std::string_view kUnitOfLog2 = R"(log_unit_high: f64 = 0x1.7154765p+0
log_unit_low: f64 = 0x1.5c17f0bbbe88p-31
)";
inline constexpr std::string_view kMain2Again = R"(head_main: f64 = e + l
main_taken: f64 = e - head_main
small: f64 = main_taken + l
)";
inline constexpr std::string_view kLog2Again =
    joined<kMain2Again, kSeriesOfLog, kUnitOfLog2, kGrowthInBase, kAgainSum>;
inline constexpr std::string_view kLog2Lookup128Again =
    joined<kLogBeginAgain, kMemoryLogarithms2, kNearLog2, kReachAndRare, kMantissaAgain, kLog2Again,
           kLogEndAgain>;

inline constexpr std::string_view kNearLog10Sum = R"(log_of_2: f64 = 0x1.34413509f79ffp-2
near_main: f64 = fma(near_e, log_of_2, near_l)
k = kernel(near_r)
y_wide: f64 = fma(near_r, k, near_main)
)";
inline constexpr std::string_view kNearLog10 = joined<kNearMantissa, kNearLog10Sum>;
inline constexpr std::string_view kUnitOfLog10 = R"(log_unit_high: f64 = 0x1.bcb7b15p-2
log_unit_low: f64 = 0x1.37287195355bbp-33
)";
inline constexpr std::string_view kMain10Again = R"(head_main: f64 = log_high + l
main_taken: f64 = log_high - head_main
main_lost: f64 = main_taken + l
log_low: f64 = e * log10_2_low
small: f64 = main_lost + log_low
)";
inline constexpr std::string_view kLog10Again =
    joined<kLogHighOf10, kMain10Again, kSeriesOfLog, kUnitOfLog10, kGrowthInBase, kAgainSum>;
inline constexpr std::string_view kLog10Lookup128Again =
    joined<kLogBeginAgain, kMemoryLogarithms10, kNearLog10, kReachAndRare, kMantissaAgain,
           kLog10Again, kLogEndAgain>;

// log(1 + x): the double 1 + x is exact where |x| >= 2^-27, and of its mantissa the first 24 bits
// and the rest have products with c that are.
inline constexpr std::string_view kNearLogOfZ = R"(minus_one_wide: f64 = -1
near_r: f64 = fma(m, c, minus_one_wide)
ln2: f64 = 0x1.62e42fefa39efp-1
near_main: f64 = fma(e, ln2, l)
k = kernel(near_r)
near_square: f64 = near_r * near_r
near_growth: f64 = fma(near_square, k, near_r)
)";
inline constexpr std::string_view kNearSum = "y_wide: f64 = near_main + near_growth\n";
inline constexpr std::string_view kNearOnePlus = joined<kNearLogOfZ, kNearSum>;
inline constexpr std::string_view kExactRestOfOnePlus = R"(first_bits: i64 = -0x20000000
m_head_bits: i64 = bit_and(m_bits, first_bits)
m_head: f64 = from_bits(m_head_bits)
m_tail: f64 = m - m_head
r_head: f64 = fma(m_head, c, minus_one_wide)
r: f64 = fma(m_tail, c, r_head)
)";
inline constexpr std::string_view kSpecialOrAgain =
    "rare_y = select(is_special, special_y, again_y)\n";
inline constexpr std::string_view kNearLog1p =
    joined<kMantissaOffset, kMemoryLogarithms, kMantissaAndEntries, kNearOnePlus, kReachAndRare>;
inline constexpr std::string_view kLog1pAgain =
    joined<kExactRestOfOnePlus, kLogAgain, kLog1pOfSpecial, kSpecialOrAgain, kCommonOrRare>;
inline constexpr std::string_view kLog1pLookup128Again =
    joined<kInput, kOnePlusInMemory, kNearLog1p, kLog1pAgain>;

// ---- 2^x, e^x, 10^x: the common code has one product for the number and what is left

inline constexpr std::string_view kNormal126 = "limit_bits: i32 = 0x42fc0000\n";
inline constexpr std::string_view kNormal87 = "limit_bits: i32 = 0x42ae0000\n";
inline constexpr std::string_view kNormal37 = "limit_bits: i32 = 0x42140000\n";
inline constexpr std::string_view kMayNotBeNormal =
    "is_special: bool = less(limit_bits, size_bits)\n";
inline constexpr std::string_view kNearReduce = R"(near_shifter: f64 = 0x1.8p+52
near_wide: f64 = widen(x)
near_steps: f64 = near_wide * near_unit
near_shifted: f64 = near_steps + near_shifter
near_number: f64 = near_shifted - near_shifter
near_r: f64 = near_steps - near_number
)";
inline constexpr std::string_view kNearReduce2 = R"(near_shifter: f64 = 0x1.8p+45
near_wide: f64 = widen(x)
near_shifted: f64 = near_wide + near_shifter
near_number: f64 = near_shifted - near_shifter
near_r: f64 = near_wide - near_number
)";
inline constexpr std::string_view kNearUnitE = "near_unit: f64 = 0x1.71547652b82fep+7\n";
inline constexpr std::string_view kNearUnit10 = "near_unit: f64 = 0x1.a934f0979a371p+8\n";
inline constexpr std::string_view kNearTabledPower = R"(near_number_bits: i64 = bits(near_shifted)
near_place: i64 = 45
near_entry: i64 = lookup128(near_number_bits, t0)
near_whole: i64 = shift_left(near_number_bits, near_place)
near_s_bits: i64 = near_entry + near_whole
near_s: f64 = from_bits(near_s_bits)
k = kernel(near_r)
near_sr: f64 = near_s * near_r
y_wide: f64 = fma(near_sr, k, near_s)
)";
// e^t - 1 by its series, |t| < 2^-8.
inline constexpr std::string_view kPowerAgain = R"(number_bits: i64 = bits(shifted)
whole: i64 = shift_left(number_bits, place)
entry: i64 = lookup128(number_bits, t0)
lost: f64 = lookup128(number_bits, d0)
s_bits: i64 = entry + whole
head: f64 = from_bits(s_bits)
t: f64 = r * log_of_step
half_wide: f64 = 0.5
e3: f64 = 0x1.5555555555555p-3
e4: f64 = 0x1.5555555555555p-5
e5: f64 = 0x1.1111111111111p-7
e6: f64 = 0x1.6c16c16c16c17p-10
exp_k4: f64 = fma(e6, t, e5)
exp_k3: f64 = fma(exp_k4, t, e4)
exp_k2: f64 = fma(exp_k3, t, e3)
exp_k: f64 = fma(exp_k2, t, half_wide)
t_square: f64 = t * t
t_curve: f64 = fma(t_square, exp_k, lost)
relative: f64 = t + t_curve
low_sum: f64 = head * relative
)";
inline constexpr std::string_view kStepOfExponent = "log_of_step: f64 = 0x1.62e42fefa39efp-8\n";
inline constexpr std::string_view kStepOfExp2 = "log_of_step: f64 = 0x1.62e42fefa39efp-1\n";
inline constexpr std::string_view kAgainExact = joined<kCloseParts, kOddBits, kAgainExactSum>;
inline constexpr std::string_view kHuge512 = "largest_size = 512\n";
inline constexpr std::string_view kHuge256 = "largest_size = 256\n";
// `less` is false for NaN, which takes the same way as what is too large.
inline constexpr std::string_view kPowerEnd = R"(size = fabs(x)
is_within: bool = less(size, largest_size)
infinity = inf
zero = 0
far_x = x * infinity
far_y = max(zero, far_x)
rare_y = select(is_within, again_y, far_y)
)";
inline constexpr std::string_view kPowerTables = joined<kPowers128, kLostOfPowers128>;
inline constexpr std::string_view kNearPowerEnd = joined<kNearTabledPower, kReachAndRare>;
inline constexpr std::string_view kEndAgain = joined<kPowerAgain, kAgainExact>;
inline constexpr std::string_view kEnd512Again = joined<kHuge512, kPowerEnd, kCommonOrRare>;
inline constexpr std::string_view kEnd256Again = joined<kHuge256, kPowerEnd, kCommonOrRare>;
inline constexpr std::string_view kExp2Lookup128Again =
    joined<kInput, kSizeBits, kNormal126, kMayNotBeNormal, kNearReduce2, kPowerTables,
           kNearPowerEnd, kShifterOf128ths, kMemoryReduce2, kStepOfExp2, kEndAgain, kEnd512Again>;
inline constexpr std::string_view kExpLookup128Again =
    joined<kInput, kSizeBits, kNormal87, kMayNotBeNormal, kNearUnitE, kNearReduce, kPowerTables,
           kNearPowerEnd, kExpUnits128, kMemoryReduce, kStepOfExponent, kEndAgain, kEnd512Again>;
inline constexpr std::string_view kExp10Lookup128Again =
    joined<kInput, kSizeBits, kNormal37, kMayNotBeNormal, kNearUnit10, kNearReduce, kPowerTables,
           kNearPowerEnd, kExp10Units128, kMemoryReduce, kStepOfExponent, kEndAgain, kEnd256Again>;

// ---- Inverse hyperbolic functions: the logarithm of a double z, rare code knows z + z_low
//
// An error of 2^-53 in z is no more than 2^-37 of the result, which is at least 2^-16; what is less
// is special. Below 2^-7 rare code has the series.

inline constexpr std::string_view kSizeFromTiny = R"(size = fabs(x)
size_bits: i32 = bits(size)
minus_tiny: i32 = 0x48800000
lifted: i32 = size_bits + minus_tiny
wide: f64 = widen(size)
)";
inline constexpr std::string_view kBitsOfZ = "wide_bits: i64 = bits(z)\n";
inline constexpr std::string_view kNearZ =
    joined<kBitsOfZ, kMantissaOffset, kMemoryLogarithms, kMantissaAndEntries, kNearLogOfZ>;
inline constexpr std::string_view kNearHalfSum = R"(near_sum: f64 = near_main + near_growth
half_wide: f64 = 0.5
y_wide: f64 = near_sum * half_wide
)";
// z2 = wide^2 + add and its root in two parts each; 26 bits have exact products.
inline constexpr std::string_view kRootOfSum = R"(z2: f64 = fma(wide, wide, add)
root: f64 = sqrt(z2)
)";
inline constexpr std::string_view kLossesOfZ2 = R"(wide_square: f64 = wide * wide
z2_of_add: f64 = z2 - wide_square
z2_of_square: f64 = z2 - z2_of_add
lost_square: f64 = wide_square - z2_of_square
lost_add: f64 = add - z2_of_add
z2_low: f64 = lost_square + lost_add
)";
inline constexpr std::string_view kHalfMask = "half_mask: i64 = -0x8000000\n";
inline constexpr std::string_view kSquareOfRoot = R"(root_bits: i64 = bits(root)
root_head_bits: i64 = bit_and(root_bits, half_mask)
root_head: f64 = from_bits(root_head_bits)
root_tail: f64 = root - root_head
square_head: f64 = root_head * root_head
square_middle: f64 = root_head * root_tail
square_tail: f64 = root_tail * root_tail
)";
// The number whose root that is, less the root's square. The first line names the number.
inline constexpr std::string_view kRestOfZ2 = "rest1: f64 = z2 - square_head\n";
inline constexpr std::string_view kRestOfSquare = R"(rest2: f64 = rest1 - square_middle
rest3: f64 = rest2 - square_middle
rest4: f64 = rest3 - square_tail
)";
inline constexpr std::string_view kRootLow = R"(rest5: f64 = rest4 + z2_low
twice_root: f64 = root + root
root_low: f64 = rest5 / twice_root
)";
inline constexpr std::string_view kRootInParts =
    joined<kLossesOfZ2, kHalfMask, kSquareOfRoot, kRestOfZ2, kRestOfSquare, kRootLow>;
inline constexpr std::string_view kLogOfZ = R"(first_bits: i64 = -0x20000000
m_head_bits: i64 = bit_and(m_bits, first_bits)
m_head: f64 = from_bits(m_head_bits)
m_tail: f64 = m - m_head
one_bits: i64 = 0x3ff0000000000000
scale_bits: i64 = one_bits - e_bits
scale: f64 = from_bits(scale_bits)
z_scaled: f64 = z_low * scale
m_low: f64 = m_tail + z_scaled
r_head: f64 = fma(m_head, c, minus_one_wide)
r_tail: f64 = m_low * c
r: f64 = r_head + r_tail
r_taken: f64 = r_head - r
r_low: f64 = r_taken + r_tail
)";
inline constexpr std::string_view kSumOfZ = R"(log_head: f64 = exact_main + r
head_taken: f64 = exact_main - log_head
head_lost: f64 = head_taken + r
loss1: f64 = head_lost + small
loss2: f64 = loss1 + r_low
log_low_sum: f64 = curve + loss2
)";
inline constexpr std::string_view kZAgain =
    joined<kLogOfZ, kLogHighOfE, kExactMain, kSeriesOfLog, kSumOfZ>;
inline constexpr std::string_view kSeriesIfSmall = R"(small_limit = 0x1p-7
is_small: bool = less(size, small_limit)
x_square: f64 = wide * wide
x_k3: f64 = fma(x_c4, x_square, x_c3)
x_k2: f64 = fma(x_k3, x_square, x_c2)
x_k1: f64 = fma(x_k2, x_square, x_c1)
x_cube: f64 = wide * x_square
series_low: f64 = x_cube * x_k1
)";
inline constexpr std::string_view kLogOrSeries = R"(head: f64 = select(is_small, wide, log_head)
low_sum: f64 = select(is_small, series_low, log_low_sum)
)";
inline constexpr std::string_view kOddCommonOrRare = R"(near_y = narrow(y_wide)
y1 = select_rare(is_rare, rare_y, near_y)
y = copysign(y1, x)
return y
)";

inline constexpr std::string_view kAsinhBegin = R"(largest: i32 = -0x38000001
is_special: bool = less(largest, lifted)
add: f64 = 1
)";
inline constexpr std::string_view kAsinhZ = "z: f64 = root + wide\n";
inline constexpr std::string_view kAsinhZLow = R"(z_taken: f64 = root - z
z_lost: f64 = z_taken + wide
z_low: f64 = z_lost + root_low
)";
inline constexpr std::string_view kAsinhSeries = R"(x_c1: f64 = -0x1.5555555555555p-3
x_c2: f64 = 0x1.3333333333333p-4
x_c3: f64 = -0x1.6db6db6db6db7p-5
x_c4: f64 = 0x1.f1c71c71c71c7p-6
)";
inline constexpr std::string_view kAsinhEnd = R"(infinity = inf
is_finite: bool = less(size, infinity)
rare_y = select(is_finite, again_y, size)
)";
inline constexpr std::string_view kNearAsinh =
    joined<kInput, kSizeFromTiny, kAsinhBegin, kRootOfSum, kAsinhZ, kNearZ, kNearSum,
           kReachAndRare>;
inline constexpr std::string_view kAsinhAgain =
    joined<kRootInParts, kAsinhZLow, kZAgain, kAsinhSeries, kSeriesIfSmall, kLogOrSeries, kAgainSum,
           kAsinhEnd>;
inline constexpr std::string_view kAsinhLookup128Again =
    joined<kNearAsinh, kAsinhAgain, kOddCommonOrRare>;

// Below 1 acosh has no value; from 1 to the largest float no argument is special.
inline constexpr std::string_view kAcoshBegin = R"(x_bits: i32 = bits(x)
minus_one_bits: i32 = 0x40800000
lifted: i32 = x_bits + minus_one_bits
largest: i32 = -0x40000001
is_special: bool = less(largest, lifted)
wide: f64 = widen(x)
add: f64 = -1
)";
inline constexpr std::string_view kAcoshZ = "z: f64 = wide + root\n";
inline constexpr std::string_view kAcoshZLow = R"(z_taken: f64 = wide - z
z_lost: f64 = z_taken + root
z_low: f64 = z_lost + root_low
)";
inline constexpr std::string_view kSumOfAcosh = R"(head: f64 = exact_main + r
head_taken: f64 = exact_main - head
head_lost: f64 = head_taken + r
loss1: f64 = head_lost + small
loss2: f64 = loss1 + r_low
low_sum: f64 = curve + loss2
)";
inline constexpr std::string_view kAcoshEnd = R"(one = 1
above_one = x - one
special_y = sqrt(above_one)
rare_y = select(is_special, special_y, again_y)
)";
inline constexpr std::string_view kNearAcosh =
    joined<kInput, kAcoshBegin, kRootOfSum, kAcoshZ, kNearZ, kNearSum, kReachAndRare>;
inline constexpr std::string_view kAcoshLookup128Again =
    joined<kNearAcosh, kRootInParts, kAcoshZLow, kLogOfZ, kLogHighOfE, kExactMain, kSeriesOfLog,
           kSumOfAcosh, kAgainSum, kAcoshEnd, kCommonOrRare>;

// atanh x = log((1 + x) / (1 - x)) / 2. Where it is not special both are exact, of 40 bits at most.
inline constexpr std::string_view kAtanhBegin = R"(largest: i32 = -0x78000001
is_special: bool = less(largest, lifted)
one_wide: f64 = 1
above: f64 = one_wide + wide
below: f64 = one_wide - wide
z: f64 = above / below
)";
inline constexpr std::string_view kAtanhZLow = R"(half_mask: i64 = -0x8000000
z_bits: i64 = bits(z)
z_head_bits: i64 = bit_and(z_bits, half_mask)
z_head: f64 = from_bits(z_head_bits)
z_tail: f64 = z - z_head
below_bits: i64 = bits(below)
below_head_bits: i64 = bit_and(below_bits, half_mask)
below_head: f64 = from_bits(below_head_bits)
below_tail: f64 = below - below_head
part1: f64 = z_head * below_head
part2: f64 = z_head * below_tail
part3: f64 = z_tail * below_head
part4: f64 = z_tail * below_tail
rest1: f64 = above - part1
rest2: f64 = rest1 - part2
rest3: f64 = rest2 - part3
rest4: f64 = rest3 - part4
z_low: f64 = rest4 / below
)";
inline constexpr std::string_view kAtanhSeries = R"(x_c1: f64 = 0x1.5555555555555p-2
x_c2: f64 = 0x1.999999999999ap-3
x_c3: f64 = 0x1.2492492492492p-3
x_c4: f64 = 0x1.c71c71c71c71cp-4
)";
inline constexpr std::string_view kHalfLogOrSeries = R"(half_head: f64 = log_head * half_wide
half_low: f64 = log_low_sum * half_wide
head: f64 = select(is_small, wide, half_head)
low_sum: f64 = select(is_small, series_low, half_low)
)";
inline constexpr std::string_view kAtanhEnd = R"(one = 1
is_inside: bool = less(size, one)
size_above = one + size
size_below = one - size
fraction = size_above / size_below
special_y = sqrt(fraction)
rare_y = select(is_inside, again_y, special_y)
)";
inline constexpr std::string_view kNearAtanh =
    joined<kInput, kSizeFromTiny, kAtanhBegin, kNearZ, kNearHalfSum, kReachAndRare>;
inline constexpr std::string_view kAtanhAgain =
    joined<kAtanhZLow, kZAgain, kAtanhSeries, kSeriesIfSmall, kHalfLogOrSeries, kAgainSum,
           kAtanhEnd>;
inline constexpr std::string_view kAtanhLookup128Again =
    joined<kNearAtanh, kAtanhAgain, kOddCommonOrRare>;

// ---- erf |x| = e0 + d (e1 + e3 d^2 + ...) + d^2 (e2 + e4 d^2 + ...), d from the next eighth
//
// The kernel is d^2. From 3.93 on the result is 1.

inline constexpr std::string_view kNearErf = R"(size = fabs(x)
last = 0x1.f7p+1
inside = min(last, size)
wide: f64 = widen(inside)
shifter: f64 = 0x1.8p+49
shifted: f64 = wide + shifter
c: f64 = shifted - shifter
d: f64 = wide - c
index: i64 = bits(shifted)
e0: f64 = lookup32(index, e0_0)
e1: f64 = lookup32(index, e1_0)
e2: f64 = lookup32(index, e2_0)
e3: f64 = lookup32(index, e3_0)
e4: f64 = lookup32(index, e4_0)
e5: f64 = lookup32(index, e5_0)
e6: f64 = lookup32(index, e6_0)
e7: f64 = lookup32(index, e7_0)
k = kernel(d)
odd5: f64 = fma(e7, k, e5)
odd3: f64 = fma(odd5, k, e3)
odd1: f64 = fma(odd3, k, e1)
even4: f64 = fma(e6, k, e4)
even2: f64 = fma(even4, k, e2)
even_part: f64 = even2 * k
rest_of_erf: f64 = fma(odd1, d, even_part)
y_wide: f64 = e0 + rest_of_erf
)";
// In the first interval the slope is the result, and what its rounding lost counts. Then the series
// of e^(-2 c d - d^2) by its recurrence, w_n the terms, integrated: sum_n without the first
// term, which is the slope.
inline constexpr std::string_view kErfAgain = R"(half_mask: i64 = -0x8000000
slope_bits: i64 = bits(e1)
slope_head_bits: i64 = bit_and(slope_bits, half_mask)
slope_head: f64 = from_bits(slope_head_bits)
slope_tail: f64 = e1 - slope_head
linear: f64 = d * slope_head
no_c: f64 = 0
is_first: bool = equal(c, no_c)
slope_lost: f64 = 0x1.1ae3a914fed80p-56
first_lost: f64 = select(is_first, slope_lost, no_c)
slope_rest: f64 = slope_tail + first_lost
linear_low: f64 = d * slope_rest
slope_d: f64 = d * e1
minus_two: f64 = -2
d_twice: f64 = d * minus_two
p: f64 = d_twice * c
q: f64 = d_twice * d
over2: f64 = 0.5
over3: f64 = 0x1.5555555555555p-2
over4: f64 = 0x1p-2
over5: f64 = 0x1.999999999999ap-3
over6: f64 = 0x1.5555555555555p-3
over7: f64 = 0x1.2492492492492p-3
over8: f64 = 0x1p-3
over9: f64 = 0x1.c71c71c71c71cp-4
over10: f64 = 0x1.999999999999ap-4
over11: f64 = 0x1.745d1745d1746p-4
over12: f64 = 0x1.5555555555555p-4
over13: f64 = 0x1.3b13b13b13b14p-4
over14: f64 = 0x1.2492492492492p-4
sum1: f64 = p * over2
p_of_1: f64 = fma(p, p, q)
w2: f64 = p_of_1 * over2
sum2: f64 = fma(w2, over3, sum1)
q_of_2: f64 = q * p
p_of_2: f64 = fma(p, w2, q_of_2)
w3: f64 = p_of_2 * over3
sum3: f64 = fma(w3, over4, sum2)
q_of_3: f64 = q * w2
p_of_3: f64 = fma(p, w3, q_of_3)
w4: f64 = p_of_3 * over4
sum4: f64 = fma(w4, over5, sum3)
q_of_4: f64 = q * w3
p_of_4: f64 = fma(p, w4, q_of_4)
w5: f64 = p_of_4 * over5
sum5: f64 = fma(w5, over6, sum4)
q_of_5: f64 = q * w4
p_of_5: f64 = fma(p, w5, q_of_5)
w6: f64 = p_of_5 * over6
sum6: f64 = fma(w6, over7, sum5)
q_of_6: f64 = q * w5
p_of_6: f64 = fma(p, w6, q_of_6)
w7: f64 = p_of_6 * over7
sum7: f64 = fma(w7, over8, sum6)
q_of_7: f64 = q * w6
p_of_7: f64 = fma(p, w7, q_of_7)
w8: f64 = p_of_7 * over8
sum8: f64 = fma(w8, over9, sum7)
q_of_8: f64 = q * w7
p_of_8: f64 = fma(p, w8, q_of_8)
w9: f64 = p_of_8 * over9
sum9: f64 = fma(w9, over10, sum8)
q_of_9: f64 = q * w8
p_of_9: f64 = fma(p, w9, q_of_9)
w10: f64 = p_of_9 * over10
sum10: f64 = fma(w10, over11, sum9)
q_of_10: f64 = q * w9
p_of_10: f64 = fma(p, w10, q_of_10)
w11: f64 = p_of_10 * over11
sum11: f64 = fma(w11, over12, sum10)
q_of_11: f64 = q * w10
p_of_11: f64 = fma(p, w11, q_of_11)
w12: f64 = p_of_11 * over12
sum12: f64 = fma(w12, over13, sum11)
q_of_12: f64 = q * w11
p_of_12: f64 = fma(p, w12, q_of_12)
w13: f64 = p_of_12 * over13
sum13: f64 = fma(w13, over14, sum12)
curve: f64 = slope_d * sum13
head: f64 = e0 + linear
head_taken: f64 = e0 - head
head_lost: f64 = head_taken + linear
loss: f64 = linear_low + head_lost
low_sum: f64 = curve + loss
)";
inline constexpr std::string_view kOddCloseOrCommon = R"(near_y = narrow(y_wide)
y1 = select_rare(is_close, again_y, near_y)
y = copysign(y1, x)
return y
)";
inline constexpr std::string_view kErfLookup32Again =
    joined<kInput, kErrors32, kNearErf, kIsWithinReach, kErfAgain, kAgainSum, kOddCloseOrCommon>;

// ---- sin, cos, tan: angles in two parts, and sines with what they lost

inline constexpr std::string_view kRareIfFar = "is_rare: bool = bit_or(is_close, is_far)\n";
inline constexpr std::string_view kReachOrFar = joined<kIsWithinReach, kRareIfFar>;
inline constexpr std::string_view kNearSine = R"(quarter_index: i64 = 64
near_s: f64 = lookup256(near_i, s0)
near_c_index: i64 = near_i + quarter_index
near_c: f64 = lookup256(near_c_index, s0)
)";
inline constexpr std::string_view kNearCosine = R"(quarter_index: i64 = 64
half_index: i64 = 128
near_s_index: i64 = near_i + quarter_index
near_c_index: i64 = near_i + half_index
near_s: f64 = lookup256(near_s_index, s0)
near_c: f64 = lookup256(near_c_index, s0)
)";
inline constexpr std::string_view kNearSumOfAngles = R"(near_square: f64 = near_r * near_r
k = kernel(near_square)
minus_sixth: f64 = -0x1.5555555544484p-3
q1: f64 = 0x1.1110b7b9a4532p-7
near_q: f64 = fma(near_square, q1, minus_sixth)
near_cr: f64 = near_c * near_r
near_sk: f64 = near_s * k
near_curve: f64 = fma(near_cr, near_q, near_sk)
near_low: f64 = fma(near_square, near_curve, near_cr)
y_wide: f64 = near_s + near_low
)";
inline constexpr std::string_view kAngleInParts = R"(half_mask: i64 = -0x8000000
near_product: f64 = n * minus_turn_low
near_sum: f64 = near_r1 + near_product
near_taken: f64 = near_r1 - near_sum
near_rest: f64 = near_taken + near_product
)";
// Quarters of turns times pi/2, of which 26 bits and the rest have exact products.
inline constexpr std::string_view kFarAngleInTwo = R"(far_rest_taken: f64 = far_rest_high - far_rest
far_rest_low: f64 = far_rest_taken + far_low
half_pi_low: f64 = 0x1.1a62633145c07p-54
half_pi_head: f64 = 0x1.921fb6p+0
half_pi_tail: f64 = -0x1.777a5dp-25
turn_bits: i64 = bits(far_rest)
turn_head_bits: i64 = bit_and(turn_bits, half_mask)
turn_head: f64 = from_bits(turn_head_bits)
turn_tail: f64 = far_rest - turn_head
far_sum_r: f64 = far_rest * half_pi
far_part1: f64 = turn_head * half_pi_head
far_part2: f64 = turn_head * half_pi_tail
far_part3: f64 = turn_tail * half_pi
far_lost1: f64 = far_part1 - far_sum_r
far_lost2: f64 = far_lost1 + far_part2
far_lost3: f64 = far_lost2 + far_part3
far_of_low: f64 = far_rest_low * half_pi
far_of_pi: f64 = far_rest * half_pi_low
far_lows: f64 = far_of_low + far_of_pi
far_small_rest: f64 = far_lost3 + far_lows
)";
inline constexpr std::string_view kFarOrNearInTwo = R"(r: f64 = select(is_far, far_sum_r, near_sum)
r_rest: f64 = select(is_far, far_small_rest, near_rest)
i: i64 = select(is_far, far_i, near_i)
)";
inline constexpr std::string_view kFarAngleInParts =
    joined<kFarParts, kFarAngleInTwo, kFarIndex, kFarOrNearInTwo>;
// r = r_head + r_tail1 + r_rest; u, of which r_head are the first bits, is its sine or its tangent.
inline constexpr std::string_view kPartsOfAngle = R"(r_bits: i64 = bits(r)
r_head_bits: i64 = bit_and(r_bits, half_mask)
r_head: f64 = from_bits(r_head_bits)
r_tail1: f64 = r - r_head
r_tail: f64 = r_tail1 + r_rest
square: f64 = r * r
cube: f64 = square * r
)";
inline constexpr std::string_view kSineOfRest = R"(minus_half: f64 = -0.5
g4: f64 = 0x1.5555555555555p-5
minus_g6: f64 = -0x1.6c16c16c16c17p-10
cos_k2: f64 = fma(minus_g6, square, g4)
cos_k: f64 = fma(cos_k2, square, minus_half)
minus_e3: f64 = -0x1.5555555555555p-3
e5: f64 = 0x1.1111111111111p-7
minus_e7: f64 = -0x1.a01a01a01a01ap-13
sin_k2: f64 = fma(minus_e7, square, e5)
sin_k: f64 = fma(sin_k2, square, minus_e3)
u_tail: f64 = fma(cube, sin_k, r_tail)
u: f64 = r_head + u_tail
)";
inline constexpr std::string_view kSineEntries = R"(s_main: f64 = lookup256(i, s0)
s_lost_main: f64 = lookup256(i, d0)
c_index: i64 = i + quarter_index
s_factor: f64 = lookup256(c_index, s0)
s_lost_factor: f64 = lookup256(c_index, d0)
)";
inline constexpr std::string_view kCosineEntries = R"(s_index: i64 = i + quarter_index
s_main: f64 = lookup256(s_index, s0)
s_lost_main: f64 = lookup256(s_index, d0)
c_index: i64 = i + half_index
s_factor: f64 = lookup256(c_index, s0)
s_lost_factor: f64 = lookup256(c_index, d0)
)";
// main + factor u, in two parts: |main| > |factor u|, or 0.
inline constexpr std::string_view kSumWithProduct = R"(@_bits: i64 = bits(@_factor)
@_first_bits: i64 = bit_and(@_bits, half_mask)
@_first: f64 = from_bits(@_first_bits)
@_tail1: f64 = @_factor - @_first
@_tail: f64 = @_tail1 + @_lost_factor
@_product: f64 = @_first * r_head
@_low1: f64 = @_first * u_tail
@_low2: f64 = fma(@_tail, u, @_low1)
@_head: f64 = @_main + @_product
@_taken: f64 = @_main - @_head
@_lost: f64 = @_taken + @_product
@_low3: f64 = @_low2 + @_lost_main
@_low: f64 = @_low3 + @_lost
)";
inline constexpr std::string_view kS = "s";
inline constexpr std::string_view kC = "c";
inline constexpr std::string_view kSineSum = R"(s_square: f64 = s_main * square
s_curve: f64 = s_square * cos_k
low_sum: f64 = s_low + s_curve
)";
inline constexpr std::string_view kRareUnlessZero = R"(none = 0
is_zero: bool = equal(x, none)
rare_y = select(is_zero, x, again_y)
)";
inline constexpr std::string_view kCosineAgainNarrowed = R"(near_y = narrow(y_wide)
y = select_rare(is_rare, again_y, near_y)
return y
)";
inline constexpr std::string_view kAngles =
    joined<kInput, kTurnsAreFar, kReduceToTable, kSines256, kLostOfSines256>;
inline constexpr std::string_view kAngleAgain =
    joined<kFar, kAngleInParts, kFarAngleInParts, kPartsOfAngle>;
// The head of that sum under the name that the rounding reads.
inline constexpr std::string_view kAgainOfSine = R"(even: f64 = s_head + low_sum
minus_increase: f64 = s_head - even
sum_rest: f64 = minus_increase + low_sum
even_bits: i64 = bits(even)
rest_bits: i64 = bits(sum_rest)
)";
inline constexpr std::string_view kSineAgain =
    joined<kSineOfRest, kSineEntries, named<kSumWithProduct, kS>, kSineSum, kAgainOfSine, kOddBits,
           kAgainNarrowed>;
inline constexpr std::string_view kCosineAgain =
    joined<kSineOfRest, kCosineEntries, named<kSumWithProduct, kS>, kSineSum, kAgainOfSine,
           kOddBits, kAgainNarrowed>;
inline constexpr std::string_view kSinLookup256Again =
    joined<kAngles, kNearSine, kNearSumOfAngles, kReachOrFar, kAngleAgain, kSineAgain,
           kRareUnlessZero, kCommonOrRare>;
inline constexpr std::string_view kCosLookup256Again =
    joined<kAngles, kNearCosine, kNearSumOfAngles, kReachOrFar, kAngleAgain, kCosineAgain,
           kCosineAgainNarrowed>;

// tan (a + r) = (sin a + cos a tan r) / (cos a - sin a tan r)
inline constexpr std::string_view kNearTan = R"(near_square: f64 = near_r * near_r
k = kernel(near_square)
near_cube: f64 = near_r * near_square
near_t: f64 = fma(near_cube, k, near_r)
numerator: f64 = fma(near_c, near_t, near_s)
near_st: f64 = near_s * near_t
denominator: f64 = near_c - near_st
y_wide: f64 = numerator / denominator
)";
inline constexpr std::string_view kTanOfRest = R"(third: f64 = 0x1.5555555555555p-2
tan_c2: f64 = 0x1.1111111111111p-3
tan_c3: f64 = 0x1.ba1ba1ba1ba1cp-5
tan_c4: f64 = 0x1.664f4882c10fap-6
tan_k3: f64 = fma(tan_c4, square, tan_c3)
tan_k2: f64 = fma(tan_k3, square, tan_c2)
tan_k: f64 = fma(tan_k2, square, third)
u_tail: f64 = fma(cube, tan_k, r_tail)
u: f64 = r_head + u_tail
)";
inline constexpr std::string_view kTanEntries = R"(s_main: f64 = lookup256(i, s0)
s_lost_main: f64 = lookup256(i, d0)
c_index: i64 = i + quarter_index
s_factor: f64 = lookup256(c_index, s0)
s_lost_factor: f64 = lookup256(c_index, d0)
c_factor: f64 = neg(s_main)
c_lost_factor: f64 = neg(s_lost_main)
c_main: f64 = lookup256(c_index, s0)
c_lost_main: f64 = lookup256(c_index, d0)
)";
// What a product of a quotient and its divisor, each in two parts, misses of the dividend.
inline constexpr std::string_view kDivisorInParts = R"(divisor_bits: i64 = bits(@)
divisor_head_bits: i64 = bit_and(divisor_bits, half_mask)
divisor_head: f64 = from_bits(divisor_head_bits)
divisor_tail: f64 = @ - divisor_head
)";
inline constexpr std::string_view kProductInParts = R"(part1: f64 = @_head * divisor_head
part2: f64 = @_head * divisor_tail
part3: f64 = @_tail * divisor_head
part4: f64 = @_tail * divisor_tail
)";
inline constexpr std::string_view kRestOfProduct = R"(rest2: f64 = rest1 - part2
rest3: f64 = rest2 - part3
rest4: f64 = rest3 - part4
)";
inline constexpr std::string_view kTanInParts = R"(head: f64 = s_head / c_head
quotient_bits: i64 = bits(head)
quotient_head_bits: i64 = bit_and(quotient_bits, half_mask)
quotient_head: f64 = from_bits(quotient_head_bits)
quotient_tail: f64 = head - quotient_head
)";
inline constexpr std::string_view kCHead = "c_head";
inline constexpr std::string_view kQuotient = "quotient";
inline constexpr std::string_view kRestOfSine = "rest1: f64 = s_head - part1\n";
inline constexpr std::string_view kTanLow = R"(rest5: f64 = rest4 + s_low
part5: f64 = head * c_low
rest6: f64 = rest5 - part5
c_sum: f64 = c_head + c_low
low_sum: f64 = rest6 / c_sum
)";
inline constexpr std::string_view kQuotientAgain =
    joined<kTanInParts, named<kDivisorInParts, kCHead>, named<kProductInParts, kQuotient>,
           kRestOfSine, kRestOfProduct, kTanLow>;
inline constexpr std::string_view kTanAgain =
    joined<kTanOfRest, kTanEntries, named<kSumWithProduct, kS>, named<kSumWithProduct, kC>,
           kQuotientAgain, kAgainSum>;
inline constexpr std::string_view kTanLookup256Again =
    joined<kAngles, kNearSine, kNearTan, kReachOrFar, kAngleAgain, kTanAgain, kRareUnlessZero,
           kCommonOrRare>;

// ---- atan: the interval by integers, infinity and NaN special

inline constexpr std::string_view kNearAtanInterval = R"(size = fabs(x)
size_bits: i32 = bits(size)
largest: i32 = 0x7f7fffff
is_special: bool = less(largest, size_bits)
low_bits: i32 = 0x3d800000
high_bits: i32 = 0x41700000
is_below: bool = less(size_bits, low_bits)
not_below: i32 = select(is_below, low_bits, size_bits)
is_above: bool = less(high_bits, not_below)
inside_bits: i32 = select(is_above, high_bits, not_below)
)";
inline constexpr std::string_view kNearAtanSize = "wide: f64 = widen(size)\n";
inline constexpr std::string_view kNearAtanSum = R"(near_rest: f64 = fma(cube, k, t)
y_wide: f64 = angle + near_rest
)";
inline constexpr std::string_view kNearAtan =
    joined<kNearAtanInterval, kAtanEntry, kNearAtanSize, kAtanOfRest, kNearAtanSum>;
// Numerator and denominator in two parts each, t and what it lost, and for the last interval what
// its arctangent lost.
inline constexpr std::string_view kTangentInParts = R"(numerator_of_c: f64 = numerator - wide
numerator_of_x: f64 = numerator - numerator_of_c
lost_of_x: f64 = wide - numerator_of_x
lost_of_c: f64 = c + numerator_of_c
numerator_low: f64 = lost_of_x - lost_of_c
xc: f64 = wide * c
denominator_of_one: f64 = denominator - xc
denominator_of_xc: f64 = denominator - denominator_of_one
lost_of_xc: f64 = xc - denominator_of_xc
lost_of_one: f64 = one_wide - denominator_of_one
denominator_low: f64 = lost_of_xc + lost_of_one
half_mask: i64 = -0x8000000
t_bits: i64 = bits(t)
t_head_bits: i64 = bit_and(t_bits, half_mask)
t_head: f64 = from_bits(t_head_bits)
t_tail: f64 = t - t_head
)";
inline constexpr std::string_view kDenominator = "denominator";
inline constexpr std::string_view kT = "t";
inline constexpr std::string_view kRestOfNumerator = "rest1: f64 = numerator - part1\n";
inline constexpr std::string_view kAtanSeries = R"(rest5: f64 = rest4 + numerator_low
part5: f64 = t * denominator_low
rest6: f64 = rest5 - part5
t_low: f64 = rest6 / denominator
minus_over3: f64 = -0x1.5555555555555p-2
over5: f64 = 0x1.999999999999ap-3
minus_over7: f64 = -0x1.2492492492492p-3
over9: f64 = 0x1.c71c71c71c71cp-4
minus_over11: f64 = -0x1.745d1745d1746p-4
over13: f64 = 0x1.3b13b13b13b14p-4
minus_over15: f64 = -0x1.1111111111111p-4
atan_k6: f64 = fma(minus_over15, square, over13)
atan_k5: f64 = fma(atan_k6, square, minus_over11)
atan_k4: f64 = fma(atan_k5, square, over9)
atan_k3: f64 = fma(atan_k4, square, minus_over7)
atan_k2: f64 = fma(atan_k3, square, over5)
atan_k1: f64 = fma(atan_k2, square, minus_over3)
head: f64 = angle + t
head_taken: f64 = angle - head
head_lost: f64 = head_taken + t
no_angle: f64 = 0
last_interval: f64 = 16
is_in_last: bool = less(last_interval, c)
last_lost: f64 = 0x1.1a62633145c07p-54
angle_lost: f64 = select(is_in_last, last_lost, no_angle)
loss1: f64 = head_lost + angle_lost
loss2: f64 = loss1 + t_low
low_sum: f64 = fma(cube, atan_k1, loss2)
)";
inline constexpr std::string_view kAtanAgain =
    joined<kTangentInParts, named<kDivisorInParts, kDenominator>, named<kProductInParts, kT>,
           kRestOfNumerator, kRestOfProduct, kAtanSeries>;
inline constexpr std::string_view kAtanSpecial = R"(infinity = inf
half_pi = 0x1.921fb6p+0
is_infinite: bool = equal(size, infinity)
special_y = select(is_infinite, half_pi, size)
rare_y = select(is_special, special_y, again_y)
)";
inline constexpr std::string_view kAtanLookup64Again =
    joined<kInput, kArctangents64, kNearAtan, kReachAndRare, kAtanAgain, kAgainSum, kAtanSpecial,
           kOddCommonOrRare>;

// ---- erfc x = e^(-x^2) R, R by the interval of 1 + |x|; below 0 it is 2 less that of |x|
//
// From 9.18 on the result may be no normal float, from 10.06 on it is 0.

inline constexpr std::string_view kNearErfc = R"(x_bits: i32 = bits(x)
limit_bits: i32 = 0x4112e148
is_special: bool = less(limit_bits, x_bits)
size = fabs(x)
last = 10.5
inside = min(last, size)
wide: f64 = widen(inside)
one_wide: f64 = 1
above_one: f64 = wide + one_wide
above_bits: i64 = bits(above_one)
interval_place: i64 = 49
interval: i64 = shift_right(above_bits, interval_place)
c: f64 = lookup32(interval, c0)
d: f64 = wide - c
wide_square: f64 = wide * wide
minus_near_unit: f64 = -0x1.71547652b82fep+7
near_shifter: f64 = 0x1.8p+52
near_steps: f64 = wide_square * minus_near_unit
near_shifted: f64 = near_steps + near_shifter
near_number: f64 = near_shifted - near_shifter
near_r: f64 = near_steps - near_number
number_bits: i64 = bits(near_shifted)
place: i64 = 45
entry: i64 = lookup128(number_bits, t0)
whole: i64 = shift_left(number_bits, place)
s_bits: i64 = entry + whole
long_bits: i64 = sign_extend(x_bits)
sign_mask: i64 = -0x8000000000000000
sign: i64 = bit_and(long_bits, sign_mask)
signed_bits: i64 = bit_xor(s_bits, sign)
s: f64 = from_bits(signed_bits)
base_place: i64 = 63
signs_of_x: i64 = shift_right(long_bits, base_place)
two_bits: i64 = 0x4000000000000000
base_bits: i64 = bit_and(signs_of_x, two_bits)
base: f64 = from_bits(base_bits)
k = kernel(near_r)
near_sr: f64 = s * near_r
near_power: f64 = fma(near_sr, k, s)
e0: f64 = lookup32(interval, e0_0)
e1: f64 = lookup32(interval, e1_0)
e2: f64 = lookup32(interval, e2_0)
e3: f64 = lookup32(interval, e3_0)
e4: f64 = lookup32(interval, e4_0)
e5: f64 = lookup32(interval, e5_0)
e6: f64 = lookup32(interval, e6_0)
e7: f64 = lookup32(interval, e7_0)
near_k6: f64 = fma(e7, d, e6)
near_k5: f64 = fma(near_k6, d, e5)
near_k4: f64 = fma(near_k5, d, e4)
near_k3: f64 = fma(near_k4, d, e3)
near_k2: f64 = fma(near_k3, d, e2)
near_k1: f64 = fma(near_k2, d, e1)
near_scaled: f64 = fma(near_k1, d, e0)
y_wide: f64 = fma(near_power, near_scaled, base)
)";
// The number's product with 38 bits of log(2)/128 is exact, and so is what is left of the square.
inline constexpr std::string_view kErfcPowerAgain = R"(minus_step_high: f64 = -0x1.62e42fefap-8
minus_step_low: f64 = -0x1.cf79abc9e3b3ap-47
square_rest: f64 = fma(near_number, minus_step_high, minus_square)
t: f64 = fma(near_number, minus_step_low, square_rest)
lost: f64 = lookup128(number_bits, d0)
power: f64 = from_bits(s_bits)
half_wide: f64 = 0.5
e3_of_power: f64 = 0x1.5555555555555p-3
e4_of_power: f64 = 0x1.5555555555555p-5
e5_of_power: f64 = 0x1.1111111111111p-7
e6_of_power: f64 = 0x1.6c16c16c16c17p-10
exp_k4: f64 = fma(e6_of_power, t, e5_of_power)
exp_k3: f64 = fma(exp_k4, t, e4_of_power)
exp_k2: f64 = fma(exp_k3, t, e3_of_power)
exp_k: f64 = fma(exp_k2, t, half_wide)
t_square: f64 = t * t
t_curve: f64 = fma(t_square, exp_k, lost)
relative: f64 = t + t_curve
power_low: f64 = power * relative
)";
inline constexpr std::string_view kErfcScaledAgain = R"(middle_x: f64 = 2.125
spread: f64 = 3.75
v_numerator: f64 = wide - middle_x
v_denominator: f64 = wide + spread
v: f64 = v_numerator / v_denominator
rest_k19: f64 = fma(f20, v, f19)
rest_k18: f64 = fma(rest_k19, v, f18)
rest_k17: f64 = fma(rest_k18, v, f17)
rest_k16: f64 = fma(rest_k17, v, f16)
rest_k15: f64 = fma(rest_k16, v, f15)
rest_k14: f64 = fma(rest_k15, v, f14)
rest_k13: f64 = fma(rest_k14, v, f13)
rest_k12: f64 = fma(rest_k13, v, f12)
rest_k11: f64 = fma(rest_k12, v, f11)
rest_k10: f64 = fma(rest_k11, v, f10)
rest_k9: f64 = fma(rest_k10, v, f9)
rest_k8: f64 = fma(rest_k9, v, f8)
rest_k7: f64 = fma(rest_k8, v, f7)
rest_k6: f64 = fma(rest_k7, v, f6)
rest_k5: f64 = fma(rest_k6, v, f5)
rest_k4: f64 = fma(rest_k5, v, f4)
rest_k3: f64 = fma(rest_k4, v, f3)
rest_k2: f64 = fma(rest_k3, v, f2)
rest_k1: f64 = fma(rest_k2, v, f1)
rest_k0: f64 = fma(rest_k1, v, f0)
rest_main: f64 = 0x1.51eb851eb851fp-1
scaled_times: f64 = rest_main + rest_k0
shift: f64 = 0x1.6666666666666p-1
shifted_x: f64 = wide + shift
scaled: f64 = scaled_times / shifted_x
half_mask: i64 = -0x8000000
power_head_bits: i64 = bit_and(s_bits, half_mask)
power_head: f64 = from_bits(power_head_bits)
power_tail: f64 = power - power_head
scaled_bits: i64 = bits(scaled)
scaled_head_bits: i64 = bit_and(scaled_bits, half_mask)
scaled_head: f64 = from_bits(scaled_head_bits)
scaled_tail: f64 = scaled - scaled_head
far_product: f64 = power * scaled
part1: f64 = power_head * scaled_head
part2: f64 = power_head * scaled_tail
part3: f64 = power_tail * scaled
rest1: f64 = part1 - far_product
rest2: f64 = rest1 + part2
rest3: f64 = rest2 + part3
far_product_low: f64 = fma(power_low, scaled, rest3)
)";
// Next to 0 it is 1 less the series of erf; below that 2 less the product.
inline constexpr std::string_view kErfcChoice = R"(two_wide: f64 = 2
from_two: f64 = two_wide - far_product
two_taken: f64 = two_wide - from_two
two_lost: f64 = two_taken - far_product
from_two_low: f64 = two_lost - far_product_low
zero = 0
is_negative: bool = less(x, zero)
far_head: f64 = select(is_negative, from_two, far_product)
far_low: f64 = select(is_negative, from_two_low, far_product_low)
g1: f64 = -0x1.5555555555555p-2
g2: f64 = 0x1.999999999999ap-4
g3: f64 = -0x1.8618618618618p-6
g4: f64 = 0x1.2f684bda12f68p-8
g5: f64 = -0x1.8d3018d3018d3p-11
g6: f64 = 0x1.c01c01c01c01cp-14
g7: f64 = -0x1.bbd779334ef0bp-17
g8: f64 = 0x1.87a00187a0018p-20
g9: f64 = -0x1.3777c55568ccdp-23
g10: f64 = 0x1.c2e3054870b38p-27
g11: f64 = -0x1.2b67310aa9f3ap-30
g12: f64 = 0x1.6f448e13e85e1p-34
g13: f64 = -0x1.a289ee7e40f74p-38
small_k12: f64 = fma(g13, wide_square, g12)
small_k11: f64 = fma(small_k12, wide_square, g11)
small_k10: f64 = fma(small_k11, wide_square, g10)
small_k9: f64 = fma(small_k10, wide_square, g9)
small_k8: f64 = fma(small_k9, wide_square, g8)
small_k7: f64 = fma(small_k8, wide_square, g7)
small_k6: f64 = fma(small_k7, wide_square, g6)
small_k5: f64 = fma(small_k6, wide_square, g5)
small_k4: f64 = fma(small_k5, wide_square, g4)
small_k3: f64 = fma(small_k4, wide_square, g3)
small_k2: f64 = fma(small_k3, wide_square, g2)
small_k1: f64 = fma(small_k2, wide_square, g1)
slope: f64 = 0x1.20dd750429b6dp+0
wide_x: f64 = widen(x)
linear: f64 = wide_x * slope
minus_linear: f64 = neg(linear)
small_curve: f64 = small_k1 * wide_square
small_low: f64 = fma(minus_linear, small_curve, minus_linear)
small_limit = 0.5
is_small: bool = less(size, small_limit)
head: f64 = select(is_small, one_wide, far_head)
low_sum: f64 = select(is_small, small_low, far_low)
)";
inline constexpr std::string_view kErfcSpecial = R"(vanishing = 10.25
is_vanishing: bool = less(vanishing, x)
rare_y = select(is_vanishing, zero, again_y)
)";
inline constexpr std::string_view kMinusSquare = "minus_square: f64 = neg(wide_square)\n";
inline constexpr std::string_view kErfcTables =
    joined<kScaledErrors32, kRestOfScaledErfc, kPowers128, kLostOfPowers128>;
inline constexpr std::string_view kErfcAgain =
    joined<kMinusSquare, kErfcPowerAgain, kErfcScaledAgain, kErfcChoice, kAgainSum, kErfcSpecial>;
inline constexpr std::string_view kErfcLookup32Again =
    joined<kInput, kErfcTables, kNearErfc, kReachAndRare, kErfcAgain, kCommonOrRare>;

// ---- asin, acos: base + factor t, t = asin r, r the argument or the root of (1 - |x|) / 2

inline constexpr std::string_view kHalfIfBig = R"(size = fabs(x)
size_bits: i32 = bits(size)
one_float_bits: i32 = 0x3f800000
is_special: bool = less(one_float_bits, size_bits)
half_size = 0.5
is_big: bool = less(half_size, size)
wide: f64 = widen(size)
half_wide: f64 = 0.5
minus_half: f64 = -0.5
none: f64 = 0
half_pi: f64 = 0x1.921fb54442d18p+0
half_pi_low: f64 = 0x1.1a62633145c07p-54
two_wide: f64 = 2
minus_two: f64 = -2
one_wide: f64 = 1
minus_one_wide: f64 = -1
z_if_big: f64 = fma(wide, minus_half, half_wide)
z_if_small: f64 = wide * wide
z: f64 = select(is_big, z_if_big, z_if_small)
root: f64 = sqrt(z_if_big)
)";
inline constexpr std::string_view kAsinCases = R"(r: f64 = select(is_big, root, wide)
base: f64 = select(is_big, half_pi, none)
factor: f64 = select(is_big, minus_two, one_wide)
)";
inline constexpr std::string_view kAcosCases = R"(x_wide: f64 = widen(x)
x_wide_bits: i64 = bits(x_wide)
sign_bit_place: i64 = 63
x_signs: i64 = shift_right(x_wide_bits, sign_bit_place)
pi_bits: i64 = 0x400921fb54442d18
base_bits: i64 = bit_and(x_signs, pi_bits)
base_if_big: f64 = from_bits(base_bits)
signed_root: f64 = copysign(root, x_wide)
r: f64 = select(is_big, signed_root, x_wide)
base: f64 = select(is_big, base_if_big, half_pi)
factor: f64 = select(is_big, two_wide, minus_one_wide)
)";
inline constexpr std::string_view kNearArc = R"(k = kernel(z)
rz: f64 = r * z
near_t: f64 = fma(rz, k, r)
y_wide: f64 = fma(near_t, factor, base)
)";
// The root in two parts; 26 bits have exact products. What pi/2 and pi lost is the same part of
// both.
inline constexpr std::string_view kRestOfBig = "rest1: f64 = z_if_big - square_head\n";
inline constexpr std::string_view kTwiceRoot = "twice_root: f64 = root + root\n";
inline constexpr std::string_view kArcRootAgain =
    joined<kHalfMask, kSquareOfRoot, kRestOfBig, kRestOfSquare, kTwiceRoot>;
inline constexpr std::string_view kAsinRootLow = R"(root_low: f64 = rest4 / twice_root
r_low: f64 = select(is_big, root_low, none)
)";
inline constexpr std::string_view kAcosRootLow = R"(size_low: f64 = rest4 / twice_root
minus_size_low: f64 = neg(size_low)
no_number = 0
is_negative: bool = less(x, no_number)
root_low: f64 = select(is_negative, minus_size_low, size_low)
r_low: f64 = select(is_big, root_low, none)
)";
inline constexpr std::string_view kArcAgain = R"(low_of_pi: f64 = 0x1.678afae35cdd1p-55
arc_k13: f64 = fma(f14, z, f13)
arc_k12: f64 = fma(arc_k13, z, f12)
arc_k11: f64 = fma(arc_k12, z, f11)
arc_k10: f64 = fma(arc_k11, z, f10)
arc_k9: f64 = fma(arc_k10, z, f9)
arc_k8: f64 = fma(arc_k9, z, f8)
arc_k7: f64 = fma(arc_k8, z, f7)
arc_k6: f64 = fma(arc_k7, z, f6)
arc_k5: f64 = fma(arc_k6, z, f5)
arc_k4: f64 = fma(arc_k5, z, f4)
arc_k3: f64 = fma(arc_k4, z, f3)
arc_k2: f64 = fma(arc_k3, z, f2)
arc_k1: f64 = fma(arc_k2, z, f1)
arc_k0: f64 = fma(arc_k1, z, f0)
t_low: f64 = fma(rz, arc_k0, r_low)
main_part: f64 = r * factor
low_part: f64 = t_low * factor
head: f64 = base + main_part
head_taken: f64 = base - head
head_lost: f64 = head_taken + main_part
base_low: f64 = base * low_of_pi
loss1: f64 = head_lost + base_low
low_sum: f64 = loss1 + low_part
)";
inline constexpr std::string_view kArcSpecial = R"(inside = 1
outside = inside - size
special_y = sqrt(outside)
rare_y = select(is_special, special_y, again_y)
)";
inline constexpr std::string_view kArcReach = joined<kNearArc, kReachAndRare, kArcRootAgain>;
inline constexpr std::string_view kArcEnd = joined<kArcAgain, kAgainSum, kArcSpecial>;
inline constexpr std::string_view kAsinF64Again =
    joined<kInput, kRestOfArcsine, kHalfIfBig, kAsinCases, kArcReach, kAsinRootLow, kArcEnd,
           kOddCommonOrRare>;
inline constexpr std::string_view kAcosF64Again =
    joined<kInput, kRestOfArcsine, kHalfIfBig, kAcosCases, kArcReach, kAcosRootLow, kArcEnd,
           kCommonOrRare>;

}  // namespace ulpforge::targets::scheme_text
