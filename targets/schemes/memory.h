// Schemes for single calls: kernels in double next to tables in memory, the tables' entries so many
// that the kernel is short.
//
// Nothing here needs fma, rounding to whole numbers or clamps: numbers are rounded by adding and
// taking away a large one, and what is special is rare code. The products that have to be exact
// are, so that products and sums in the place of each fma cost no more than their own roundings.
// The constants of the same names are printed by `python3 targets/schemes/constants.py`, the tables
// by `python3 targets/schemes/memory_tables.py`; tests/targets/scheme_constants_test.cpp and
// memory_tables_test.cpp compare them with MPFR.
#pragma once

#include <string_view>

#include "targets/schemes/memory_tables.h"
#include "targets/schemes/text.h"
#include "targets/schemes/trigonometric.h"

namespace ulpforge::targets::scheme_text {

// ---- 2^x, e^x, 10^x = 2^(number / n) 2^rest, number = round(x n log2 base)

// Results for which the pattern of 2^(number / n) would leave the range of doubles: 0 or infinite.
inline constexpr std::string_view kSizeBits = R"(x_bits: i32 = bits(x)
size_mask: i32 = 0x7fffffff
size_bits: i32 = bit_and(x_bits, size_mask)
)";
// Zero becomes the largest number, so that one comparison finds it with what is large.
inline constexpr std::string_view kLift = "lifted: i32 = size_bits + size_mask\n";
inline constexpr std::string_view kFarFromBits = "is_far: bool = less(limit_bits, size_bits)\n";
inline constexpr std::string_view kLimit512 = "limit_bits: i32 = 0x44000000\n";
inline constexpr std::string_view kLimit256 = "limit_bits: i32 = 0x43800000\n";
inline constexpr std::string_view kPowerIsFar512 = joined<kSizeBits, kLimit512, kFarFromBits>;
inline constexpr std::string_view kPowerIsFar256 = joined<kSizeBits, kLimit256, kFarFromBits>;

// number stands in the low bits of `shifted`, r is what is left of x, in n-ths where not in base 2.
inline constexpr std::string_view kShifterOf64ths = "shifter: f64 = 0x1.8p+46\nplace: i64 = 46\n";
inline constexpr std::string_view kShifterOf128ths = "shifter: f64 = 0x1.8p+45\nplace: i64 = 45\n";
inline constexpr std::string_view kShifterOf256ths = "shifter: f64 = 0x1.8p+44\nplace: i64 = 44\n";
inline constexpr std::string_view kMemoryReduce2 = R"(wide: f64 = widen(x)
shifted: f64 = wide + shifter
number: f64 = shifted - shifter
r: f64 = wide - number
)";
inline constexpr std::string_view kMemoryReduce = R"(wide: f64 = widen(x)
shifted: f64 = fma(wide, unit_high, shifter)
minus_number: f64 = shifter - shifted
r_high: f64 = fma(wide, unit_high, minus_number)
r: f64 = fma(wide, unit_low, r_high)
)";
inline constexpr std::string_view kExpUnits64 = R"(shifter: f64 = 0x1.8p+52
place: i64 = 46
unit_high: f64 = 0x1.7154765p+6
unit_low: f64 = 0x1.5c17f0bbbe88p-25
)";
inline constexpr std::string_view kExpUnits128 = R"(shifter: f64 = 0x1.8p+52
place: i64 = 45
unit_high: f64 = 0x1.7154765p+7
unit_low: f64 = 0x1.5c17f0bbbe88p-24
)";
inline constexpr std::string_view kExpUnits256 = R"(shifter: f64 = 0x1.8p+52
place: i64 = 44
unit_high: f64 = 0x1.7154765p+8
unit_low: f64 = 0x1.5c17f0bbbe88p-23
)";
inline constexpr std::string_view kExp10Units128 = R"(shifter: f64 = 0x1.8p+52
place: i64 = 45
unit_high: f64 = 0x1.a934f09p+8
unit_low: f64 = 0x1.e68dc57f2496p-22
)";

inline constexpr std::string_view kLookUpPower64 = "entry: i64 = lookup64(number_bits, t0)\n";
inline constexpr std::string_view kLookUpPower128 = "entry: i64 = lookup128(number_bits, t0)\n";
inline constexpr std::string_view kLookUpPower256 = "entry: i64 = lookup256(number_bits, t0)\n";
inline constexpr std::string_view kNumberBits = "number_bits: i64 = bits(shifted)\n";
// y = s + s r k, k = (2^rest - 1) / r
inline constexpr std::string_view kScaleAndStep = R"(whole: i64 = shift_left(number_bits, place)
s_bits: i64 = entry + whole
s: f64 = from_bits(s_bits)
k = kernel(r)
sr: f64 = s * r
)";
inline constexpr std::string_view kPowerOrEnd = R"(y_wide: f64 = fma(sr, k, s)
near_y = narrow(y_wide)
infinity = inf
zero = 0
far_x = x * infinity
far_y = max(zero, far_x)
y = select_rare(is_far, far_y, near_y)
return y
)";
inline constexpr std::string_view kMemoryPower = joined<kScaleAndStep, kPowerOrEnd>;
inline constexpr std::string_view kEnd64 =
    joined<kNumberBits, kPowers64, kLookUpPower64, kMemoryPower>;
inline constexpr std::string_view kEnd128 =
    joined<kNumberBits, kPowers128, kLookUpPower128, kMemoryPower>;
inline constexpr std::string_view kEnd256 =
    joined<kNumberBits, kPowers256, kLookUpPower256, kMemoryPower>;

inline constexpr std::string_view kExp2Lookup64 =
    joined<kInput, kPowerIsFar512, kShifterOf64ths, kMemoryReduce2, kEnd64>;
inline constexpr std::string_view kExp2Lookup128 =
    joined<kInput, kPowerIsFar512, kShifterOf128ths, kMemoryReduce2, kEnd128>;
inline constexpr std::string_view kExpLookup64 =
    joined<kInput, kPowerIsFar512, kExpUnits64, kMemoryReduce, kEnd64>;
inline constexpr std::string_view kExpLookup128 =
    joined<kInput, kPowerIsFar512, kExpUnits128, kMemoryReduce, kEnd128>;
inline constexpr std::string_view kExp2Lookup256 =
    joined<kInput, kPowerIsFar512, kShifterOf256ths, kMemoryReduce2, kEnd256>;
inline constexpr std::string_view kExpLookup256 =
    joined<kInput, kPowerIsFar512, kExpUnits256, kMemoryReduce, kEnd256>;
inline constexpr std::string_view kExp10Lookup128 =
    joined<kInput, kPowerIsFar256, kExp10Units128, kMemoryReduce, kEnd128>;

// sigmoid = e^x / (1 + e^x). Rare are 0 and 1 far out, and the sizes below 2^-14, with the slope of
// kSigmoidResultF64 (hyperbolic.h), which decides what is in the middle between two floats.
inline constexpr std::string_view kSigmoidIsFar = R"(above_small: i32 = 0x47800000
last_bits: i32 = -0x75000000
range: i32 = size_bits + above_small
is_far: bool = less(last_bits, range)
)";
inline constexpr std::string_view kSigmoidOfPower = R"(e: f64 = fma(sr, k, s)
one_wide: f64 = 1
d: f64 = e + one_wide
y_wide: f64 = e / d
near_y = narrow(y_wide)
infinity = inf
zero = 0
one = 1
far_x = x * infinity
far_y0 = max(zero, far_x)
end_y = min(one, far_y0)
slope: f64 = 0x1.ffffffep-3
half_wide: f64 = 0.5
small_wide: f64 = fma(wide, slope, half_wide)
small_y = narrow(small_wide)
size = fabs(x)
small = 0x1p-14
is_small: bool = less(size, small)
far_y = select(is_small, small_y, end_y)
y = select_rare(is_far, far_y, near_y)
return y
)";
inline constexpr std::string_view kSigmoidLookup128 =
    joined<kInput, kSizeBits, kSigmoidIsFar, kExpUnits128, kMemoryReduce, kNumberBits, kPowers128,
           kLookUpPower128, kScaleAndStep, kSigmoidOfPower>;

// ---- e^x - 1 = (s - 1) + s ((2^rest - 1) + what s lost), and what is made of it
//
// Next to 0, where s = 1, it is r k. Zero, whose sign that would lose, is special, too.

inline constexpr std::string_view kFarFromZero = R"(limit_bits: i32 = -0x3c800001
is_far: bool = less(limit_bits, lifted)
)";
inline constexpr std::string_view kZeroOrFar = joined<kSizeBits, kLift, kFarFromZero>;
inline constexpr std::string_view kMemoryGrowth = R"(number_bits: i64 = bits(shifted)
whole: i64 = shift_left(number_bits, place)
entry: i64 = lookup128(number_bits, t0)
lost: f64 = lookup128(number_bits, d0)
s_bits: i64 = entry + whole
s: f64 = from_bits(s_bits)
k = kernel(r)
rest: f64 = fma(r, k, lost)
one_wide: f64 = 1
s1: f64 = s - one_wide
growth: f64 = fma(s, rest, s1)
)";
inline constexpr std::string_view kExpm1Units =
    joined<kInput, kZeroOrFar, kExpUnits128, kMemoryReduce, kPowers128, kLostOfPowers128>;
// e^2x by 256 / log 2.
inline constexpr std::string_view kTwiceUnits = R"(shifter: f64 = 0x1.8p+52
place: i64 = 45
unit_high: f64 = 0x1.7154765p+8
unit_low: f64 = 0x1.5c17f0bbbe88p-23
)";
inline constexpr std::string_view kTwiceExpm1Units =
    joined<kInput, kZeroOrFar, kTwiceUnits, kMemoryReduce, kPowers128, kLostOfPowers128>;
// Zero is itself; far out the result is at least the limit, which NaN is not compared with.
inline constexpr std::string_view kZeroIsItself = R"(zero = 0
is_zero: bool = equal(x, zero)
far_y = select(is_zero, x, large_y)
y = select_rare(is_far, far_y, near_y)
return y
)";
inline constexpr std::string_view kMemoryExpm1Result = R"(near_y = narrow(growth)
infinity = inf
minus_one = -1
far_x = x * infinity
large_y = max(minus_one, far_x)
)";
inline constexpr std::string_view kExpm1Lookup128 =
    joined<kExpm1Units, kMemoryGrowth, kMemoryExpm1Result, kZeroIsItself>;
// tanh x = growth / (growth + 2), growth = e^2x - 1; far out +-1, NaN where x is.
inline constexpr std::string_view kMemoryTanhResult = R"(two_wide: f64 = 2
denominator: f64 = growth + two_wide
y_wide: f64 = growth / denominator
near_y = narrow(y_wide)
one = 1
minus_one = -1
not_above = min(one, x)
large_y = max(minus_one, not_above)
)";
inline constexpr std::string_view kTanhLookup128 =
    joined<kTwiceExpm1Units, kMemoryGrowth, kMemoryTanhResult, kZeroIsItself>;
// sinh x = (growth + growth / e^x) / 2, growth = e^x - 1
inline constexpr std::string_view kMemorySinhResult = R"(power: f64 = fma(s, rest, s)
quotient: f64 = growth / power
sum: f64 = growth + quotient
half_wide: f64 = 0.5
y_wide: f64 = sum * half_wide
near_y = narrow(y_wide)
infinity = inf
large_y = x * infinity
)";
inline constexpr std::string_view kSinhLookup128 =
    joined<kExpm1Units, kMemoryGrowth, kMemorySinhResult, kZeroIsItself>;
// cosh x = (e^x + 1 / e^x) / 2
inline constexpr std::string_view kMemoryCoshResult = R"(number_bits: i64 = bits(shifted)
entry: i64 = lookup128(number_bits, t0)
whole: i64 = shift_left(number_bits, place)
s_bits: i64 = entry + whole
s: f64 = from_bits(s_bits)
k = kernel(r)
sr: f64 = s * r
power: f64 = fma(sr, k, s)
one_wide: f64 = 1
inverse: f64 = one_wide / power
sum: f64 = power + inverse
half_wide: f64 = 0.5
y_wide: f64 = sum * half_wide
near_y = narrow(y_wide)
size = fabs(x)
infinity = inf
far_y = size * infinity
y = select_rare(is_far, far_y, near_y)
return y
)";
inline constexpr std::string_view kCoshLookup128 =
    joined<kInput, kPowerIsFar256, kExpUnits128, kMemoryReduce, kPowers128, kMemoryCoshResult>;

// ---- log x = e log 2 + log m, log m = l + log(1 + r), r = m c - 1, in any base

// The bits of x less one, compared as unsigned numbers: beyond those of the largest float are
// infinity and NaN, and zero and all negative numbers, whose bits wrap around or have the sign at
// the top. Subnormal floats are normal doubles.
inline constexpr std::string_view kMantissaInMemory = R"(x_bits: i32 = bits(x)
below_sign: i32 = 0x7fffffff
lifted: i32 = x_bits + below_sign
largest: i32 = -0x800002
is_special: bool = less(largest, lifted)
wide: f64 = widen(x)
wide_bits: i64 = bits(wide)
)";
// wide = 2^e m; c and l: the entries of m's interval, 1/m and -log c nearly.
inline constexpr std::string_view kMantissaAndEntries =
    R"(offset_bits: i64 = wide_bits - mantissa_offset
exponent_place: i64 = 52
interval_place: i64 = 45
e_int: i64 = shift_right(offset_bits, exponent_place)
e: f64 = from_integer(e_int)
e_bits: i64 = shift_left(e_int, exponent_place)
m_bits: i64 = wide_bits - e_bits
m: f64 = from_bits(m_bits)
interval: i64 = shift_right(offset_bits, interval_place)
c: f64 = lookup128(interval, c0)
l: f64 = lookup128(interval, l0)
)";
inline constexpr std::string_view kFromTimes = R"(minus_one: f64 = -1
r: f64 = fma(m, c, minus_one)
)";
inline constexpr std::string_view kSplitMantissa = joined<kMantissaAndEntries, kFromTimes>;
// log of 0 is -inf; the square root has the infinity, the NaN of negative numbers and that of NaN.
inline constexpr std::string_view kNearNarrowed = "near_y = narrow(y_wide)\n";
inline constexpr std::string_view kMemoryLogSpecial = R"(zero = 0
minus_infinity = -inf
is_zero: bool = equal(x, zero)
root = sqrt(x)
special_y = select(is_zero, minus_infinity, root)
y = select_rare(is_special, special_y, near_y)
return y
)";
inline constexpr std::string_view kMemoryLogResult = joined<kNearNarrowed, kMemoryLogSpecial>;

// Where y_wide is within eight of its last places of the middle between two floats, rare code adds
// what the main terms lost, and rounds to odd: head + low_sum, |head| >= |low_sum|.
inline constexpr std::string_view kIsClose = R"(y_bits: i64 = bits(y_wide)
minus_middle: i64 = -0xffffff8
from_middle: i64 = y_bits + minus_middle
below_float: i64 = 0x1fffffff
distance: i64 = bit_and(from_middle, below_float)
margin: i64 = 17
is_close: bool = less(distance, margin)
)";
inline constexpr std::string_view kCloseParts = R"(even: f64 = head + low_sum
minus_increase: f64 = head - even
sum_rest: f64 = minus_increase + low_sum
even_bits: i64 = bits(even)
rest_bits: i64 = bits(sum_rest)
)";
inline constexpr std::string_view kCloseResult = R"(odd: f64 = from_bits(odd_bits)
close_y = narrow(odd)
common_y = narrow(y_wide)
near_y = select_rare(is_close, close_y, common_y)
)";
inline constexpr std::string_view kCloseSum = joined<kCloseParts, kOddBits, kCloseResult>;
inline constexpr std::string_view kExactMain = R"(exact_main: f64 = log_high + l
main_taken: f64 = log_high - exact_main
main_lost: f64 = main_taken + l
log_low: f64 = e * ln2_low
small: f64 = main_lost + log_low
)";
inline constexpr std::string_view kLogHighOfE = R"(ln2_high: f64 = 0x1.62e42fefa38p-1
ln2_low: f64 = 0x1.ef35793c7673p-45
log_high: f64 = e * ln2_high
)";
// r is next, which next to 1 is the main term.
inline constexpr std::string_view kLowOfGrowth = R"(head: f64 = exact_main + r
head_taken: f64 = exact_main - head
head_lost: f64 = head_taken + r
curve: f64 = square * k
losses: f64 = head_lost + small
low_sum: f64 = curve + losses
)";
inline constexpr std::string_view kCloseLog =
    joined<kIsClose, kLogHighOfE, kExactMain, kLowOfGrowth, kCloseSum>;
inline constexpr std::string_view kLowOfProduct = R"(product: f64 = r * k
low_sum: f64 = product + small
)";
inline constexpr std::string_view kExactMain2 = R"(head: f64 = e + l
main_taken: f64 = e - head
small: f64 = main_taken + l
)";
inline constexpr std::string_view kCloseLog2 =
    joined<kIsClose, kExactMain2, kLowOfProduct, kCloseSum>;
inline constexpr std::string_view kLogHighOf10 = R"(log10_2_high: f64 = 0x1.34413509f78p-2
log10_2_low: f64 = 0x1.fef311f12b358p-46
log_high: f64 = e * log10_2_high
)";
inline constexpr std::string_view kExactMain10 = R"(head: f64 = log_high + l
main_taken: f64 = log_high - head
main_lost: f64 = main_taken + l
log_low: f64 = e * log10_2_low
small: f64 = main_lost + log_low
)";
inline constexpr std::string_view kCloseLog10 =
    joined<kIsClose, kLogHighOf10, kExactMain10, kLowOfProduct, kCloseSum>;
inline constexpr std::string_view kMemoryLogBegin =
    joined<kInput, kMantissaInMemory, kMantissaOffset>;

// To base e: log(1 + r) = r + r^2 k.
inline constexpr std::string_view kMemoryLogSum = R"(ln2: f64 = 0x1.62e42fefa39efp-1
main: f64 = fma(e, ln2, l)
k = kernel(r)
square: f64 = r * r
growth: f64 = fma(square, k, r)
y_wide: f64 = main + growth
)";
inline constexpr std::string_view kLogLookup128 =
    joined<kMemoryLogBegin, kMemoryLogarithms, kSplitMantissa, kMemoryLogSum, kMemoryLogResult>;
inline constexpr std::string_view kLogLookup128Odd =
    joined<kMemoryLogBegin, kMemoryLogarithms, kSplitMantissa, kMemoryLogSum, kCloseLog,
           kMemoryLogSpecial>;

// log(1 + x): m - 1 is exact next to 1, and so is c - 1. Tiny numbers are their own results.
inline constexpr std::string_view kOnePlusInMemory = R"(x_bits: i32 = bits(x)
size_mask: i32 = 0x7fffffff
size_bits: i32 = bit_and(x_bits, size_mask)
least_bits: i32 = 0x32000000
above: i32 = size_bits - least_bits
below_sign: i32 = 0x7fffffff
lifted: i32 = above + below_sign
largest: i32 = -0x32800002
is_tiny_or_far: bool = less(largest, lifted)
minus_one = -1
is_not_above: bool = less_equal(x, minus_one)
is_special: bool = bit_or(is_tiny_or_far, is_not_above)
wide_x: f64 = widen(x)
one_wide: f64 = 1
wide: f64 = wide_x + one_wide
wide_bits: i64 = bits(wide)
)";
inline constexpr std::string_view kFromDifference = R"(f: f64 = m - one_wide
c_rest: f64 = c - one_wide
r: f64 = fma(f, c, c_rest)
)";
inline constexpr std::string_view kSplitOnePlus = joined<kMantissaAndEntries, kFromDifference>;
inline constexpr std::string_view kLog1pOfSpecial = R"(least = 0x1p-27
size = fabs(x)
is_tiny: bool = less_equal(size, least)
minus_infinity = -inf
is_pole: bool = equal(x, minus_one)
one = 1
sum = x + one
root = sqrt(sum)
far_y = select(is_pole, minus_infinity, root)
special_y = select(is_tiny, x, far_y)
)";
inline constexpr std::string_view kSpecialOrNear = R"(y = select_rare(is_special, special_y, near_y)
return y
)";
inline constexpr std::string_view kMemoryLog1pSpecial = joined<kLog1pOfSpecial, kSpecialOrNear>;
inline constexpr std::string_view kLog1pLookup128 =
    joined<kInput, kOnePlusInMemory, kMantissaOffset, kMemoryLogarithms, kSplitOnePlus,
           kMemoryLogSum, kNearNarrowed, kMemoryLog1pSpecial>;
inline constexpr std::string_view kLog1pLookup128Odd =
    joined<kInput, kOnePlusInMemory, kMantissaOffset, kMemoryLogarithms, kSplitOnePlus,
           kMemoryLogSum, kCloseLog, kMemoryLog1pSpecial>;

// To other bases: log(1 + r) = r k.
inline constexpr std::string_view kMemoryLog2Sum = R"(main: f64 = e + l
k = kernel(r)
y_wide: f64 = fma(r, k, main)
)";
inline constexpr std::string_view kLog2Lookup128 =
    joined<kMemoryLogBegin, kMemoryLogarithms2, kSplitMantissa, kMemoryLog2Sum, kMemoryLogResult>;
inline constexpr std::string_view kLog2Lookup128Odd =
    joined<kMemoryLogBegin, kMemoryLogarithms2, kSplitMantissa, kMemoryLog2Sum, kCloseLog2,
           kMemoryLogSpecial>;
inline constexpr std::string_view kMemoryLog10Sum = R"(log_of_2: f64 = 0x1.34413509f79ffp-2
main: f64 = fma(e, log_of_2, l)
k = kernel(r)
y_wide: f64 = fma(r, k, main)
)";
inline constexpr std::string_view kLog10Lookup128 =
    joined<kMemoryLogBegin, kMemoryLogarithms10, kSplitMantissa, kMemoryLog10Sum, kMemoryLogResult>;
inline constexpr std::string_view kLog10Lookup128Odd =
    joined<kMemoryLogBegin, kMemoryLogarithms10, kSplitMantissa, kMemoryLog10Sum, kCloseLog10,
           kMemoryLogSpecial>;

// ---- sin, cos: x = number pi/128 + r, sin x = s cos r + c sin r, s and c of number pi/128

// Zero, whose sign the sums would lose, is special, too: its bits less one are the largest number.
inline constexpr std::string_view kTurnsAreFar = R"(x_bits: i32 = bits(x)
size_mask: i32 = 0x7fffffff
size_of_bits: i32 = bit_and(x_bits, size_mask)
lifted: i32 = size_of_bits + size_mask
limit_bits: i32 = -0x39800001
is_far: bool = less(limit_bits, lifted)
wide: f64 = widen(x)
)";
// pi/128 in two parts, of 33 and 53 bits: the products with numbers of 20 bits are exact.
inline constexpr std::string_view kReduceToTable = R"(shifter: f64 = 0x1.8p+52
per_turn: f64 = 0x1.45f306dc9c883p+5
minus_turn_high: f64 = -0x1.921fb544p-6
minus_turn_low: f64 = -0x1.0b4611a626331p-40
t: f64 = fma(wide, per_turn, shifter)
n: f64 = t - shifter
near_i: i64 = bits(t)
near_r1: f64 = fma(n, minus_turn_high, wide)
near_r: f64 = fma(n, minus_turn_low, near_r1)
size = fabs(x)
)";
// Far out the quadrants' reduction, and of its quarters the parts.
inline constexpr std::string_view kFarParts = R"(parts: f64 = 64
far_parts: f64 = far_turns * parts
far_part: f64 = rint(far_parts)
minus_of_part: f64 = -0x1p-6
far_rest_high: f64 = fma(far_part, minus_of_part, far_high)
far_rest: f64 = far_rest_high + far_low
)";
inline constexpr std::string_view kFarAngle = "far_small_r: f64 = far_rest * half_pi\n";
inline constexpr std::string_view kFarIndex = R"(far_part_int: i64 = round_to_integer(far_parts)
parts_place: i64 = 6
far_quarters: i64 = shift_left(far_n_int, parts_place)
far_i: i64 = far_quarters + far_part_int
)";
inline constexpr std::string_view kFarOrNear = R"(r: f64 = select_rare(is_far, far_small_r, near_r)
i: i64 = select_rare(is_far, far_i, near_i)
)";
inline constexpr std::string_view kFarToTable = joined<kFarParts, kFarAngle, kFarIndex, kFarOrNear>;
inline constexpr std::string_view kSineIndex = R"(quarter_index: i64 = 64
s: f64 = lookup256(i, s0)
c_index: i64 = i + quarter_index
c: f64 = lookup256(c_index, s0)
)";
inline constexpr std::string_view kCosineIndex = R"(quarter_index: i64 = 64
half_index: i64 = 128
s_index: i64 = i + quarter_index
c_index: i64 = i + half_index
s: f64 = lookup256(s_index, s0)
c: f64 = lookup256(c_index, s0)
)";
// (cos r - 1) / r^2 is the kernel of r^2, sin r = r + r^3 q(r^2): minus_sixth and q1
// are those of the minimax polynomial for |r| <= pi/256 (constants.py).
inline constexpr std::string_view kSumOfAngles = R"(square: f64 = r * r
k = kernel(square)
minus_sixth: f64 = -0x1.5555555544484p-3
q1: f64 = 0x1.1110b7b9a4532p-7
q: f64 = fma(square, q1, minus_sixth)
cr: f64 = c * r
sk: f64 = s * k
crq_sk: f64 = fma(cr, q, sk)
low: f64 = fma(square, crq_sk, cr)
y_wide: f64 = s + low
)";
inline constexpr std::string_view kSineOfZero = R"(near_y = narrow(y_wide)
none = 0
is_zero: bool = equal(x, none)
far_y = select(is_zero, x, near_y)
y = select_rare(is_far, far_y, near_y)
return y
)";
inline constexpr std::string_view kTurnsToTable =
    joined<kInput, kTurnsAreFar, kReduceToTable, kFar, kFarToTable, kSines256>;
inline constexpr std::string_view kSinLookup256 =
    joined<kTurnsToTable, kSineIndex, kSumOfAngles, kSineOfZero>;
inline constexpr std::string_view kCosLookup256 =
    joined<kTurnsToTable, kCosineIndex, kSumOfAngles, kNarrowed>;

// ---- atan |x| = atan c + atan t, t = (|x| - c) / (1 + |x| c), c by the interval of |x|
//
// |x| - c and |x| c are exact. Next to 0 c is 0; far out it is 2^40, and t next to -1 / |x|. From
// 2^60 on the arctangent is that of 2^60.
inline constexpr std::string_view kAtanInterval = R"(size = fabs(x)
huge = 0x1p60
size1 = min(huge, size)
low = 0x1p-4
high = 15
not_below = max(low, size)
inside = min(high, not_below)
inside_bits: i32 = bits(inside)
)";
inline constexpr std::string_view kAtanEntry = R"(interval_place: i32 = 20
interval: i32 = shift_right(inside_bits, interval_place)
index: i64 = sign_extend(interval)
c: f64 = lookup64(index, c0)
angle: f64 = lookup64(index, a0)
)";
inline constexpr std::string_view kAtanSize = "wide: f64 = widen(size1)\n";
inline constexpr std::string_view kAtanOfRest = R"(one_wide: f64 = 1
numerator: f64 = wide - c
denominator: f64 = fma(wide, c, one_wide)
t: f64 = numerator / denominator
square: f64 = t * t
k = kernel(square)
cube: f64 = t * square
)";
inline constexpr std::string_view kAtanSum = R"(rest: f64 = fma(cube, k, t)
y_wide: f64 = angle + rest
)";
inline constexpr std::string_view kAtanLookup64 =
    joined<kInput, kArctangents64, kAtanInterval, kAtanEntry, kAtanSize, kAtanOfRest, kAtanSum,
           kOddNarrowed>;

// ---- cbrt x = 2^n cbrt(2^j / c) cbrt(1 + r), |x| = 2^(3 n + j) m, r = m c - 1
//
// Thirds of the exponent by a product with 2^16 / 3, which is exact enough for 11 bits. Zero,
// infinity and NaN are special.
inline constexpr std::string_view kCbrtParts = R"(largest: i32 = -0x800002
is_special: bool = less(largest, lifted)
size = fabs(x)
wide: f64 = widen(size)
wide_bits: i64 = bits(wide)
exponent_place: i64 = 52
e: i64 = shift_right(wide_bits, exponent_place)
third: i64 = 21846
third_place: i64 = 16
e_thirds: i64 = e * third
n: i64 = shift_right(e_thirds, third_place)
three: i64 = 3
whole_e: i64 = n * three
j: i64 = e - whole_e
e_bits: i64 = shift_left(e, exponent_place)
fraction_bits: i64 = wide_bits - e_bits
one_bits: i64 = 0x3ff0000000000000
m_bits: i64 = fraction_bits + one_bits
m: f64 = from_bits(m_bits)
interval_place: i64 = 47
interval: i64 = shift_right(fraction_bits, interval_place)
c: f64 = lookup32(interval, c0)
minus_one: f64 = -1
r: f64 = fma(m, c, minus_one)
j_place: i64 = 5
j_part: i64 = shift_left(j, j_place)
index: i64 = j_part + interval
entry: i64 = lookup128(index, t0)
whole: i64 = shift_left(n, exponent_place)
root_bits: i64 = entry + whole
root: f64 = from_bits(root_bits)
k = kernel(r)
rest: f64 = root * r
y_wide: f64 = fma(rest, k, root)
y1 = narrow(y_wide)
near_y = copysign(y1, x)
far_y = x + x
y = select_rare(is_special, far_y, near_y)
return y
)";
inline constexpr std::string_view kCbrtLookup32 =
    joined<kInput, kCubeRoots, kSizeBits, kLift, kCbrtParts>;

}  // namespace ulpforge::targets::scheme_text
