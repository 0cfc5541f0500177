// Schemes of log, log2, log10 and log(1 + x).
//
// The constants of the same names are printed by `python3 targets/schemes/constants.py`, and
// tests/targets/scheme_constants_test.cpp compares them with MPFR.
#pragma once

#include <string_view>

#include "targets/schemes/logarithm_tables.h"
#include "targets/schemes/text.h"

namespace ulpforge::targets::scheme_text {

// ---- log(2^e m) = e log 2 + log(1 + r), r = m - 1

// m around sqrt 1/2 to sqrt 2.
inline constexpr std::string_view kSplitSqrt2 = R"(e1 = getexp(x)
m1 = getmant(x)
sqrt2 = 0x1.6a09e6p+0
half = 0.5
one = 1
big: bool = less(sqrt2, m1)
m2 = m1 * half
e2 = e1 + one
m = select(big, m2, m1)
e = select(big, e2, e1)
r = m - one
)";

// ---- log(2^e m) = e log 2 + log(1 + r), r = m - 1

// m in [3/4, 3/2): one binade less from 3/2 on, which the exponent of m tells.
inline constexpr std::string_view kCentred = R"(e1 = getexp(x)
m = getmant_centred(x)
e2 = getexp(m)
e = e1 - e2
)";
inline constexpr std::string_view kLessOne = R"(one = 1
r = m - one
)";
inline constexpr std::string_view kSplitCentred = joined<kCentred, kLessOne>;

inline constexpr std::string_view kLogResult = R"(ln2 = 0x1.62e43p-1
y = fma(e, ln2, p)
return y
)";
inline constexpr std::string_view kLogCentred = joined<kInput, kSplitCentred, kNextToR, kLogResult>;

inline constexpr std::string_view kLogSqrt2 = joined<kInput, kSplitSqrt2, kNextToR, kLogResult>;

// Normal numbers are split by integer arithmetic; all others take rare code: subnormal ones after
// scaling, while for 0, infinity, negative numbers and NaN the exponent e is the result itself, an
// infinity or NaN, and r is 0.
inline constexpr std::string_view kSplitBitsRare = R"(x_bits: i32 = bits(x)
above_least: i32 = 0x7f800000
last_normal: i32 = -0x1000001
shifted: i32 = x_bits + above_least
is_special: bool = less(last_normal, shifted)
sqrt_half_bits: i32 = 0x3f3504f3
width: i32 = 23
mantissa: i32 = 0x7fffff
one = 1
i: i32 = x_bits - sqrt_half_bits
e_int: i32 = shift_right(i, width)
near_e = from_integer(e_int)
low_bits: i32 = bit_and(i, mantissa)
m_bits: i32 = low_bits + sqrt_half_bits
m = from_bits(m_bits)
near_r = m - one
scale = 0x1p23
scaled = x * scale
scaled_bits: i32 = bits(scaled)
j: i32 = scaled_bits - sqrt_half_bits
scaled_e_int: i32 = shift_right(j, width)
scaled_e = from_integer(scaled_e_int)
minus_width = -23
subnormal_e = scaled_e + minus_width
scaled_low_bits: i32 = bit_and(j, mantissa)
scaled_m_bits: i32 = scaled_low_bits + sqrt_half_bits
scaled_m = from_bits(scaled_m_bits)
subnormal_r = scaled_m - one
zero = 0
infinity = inf
minus_infinity = -inf
not_a_number = nan
positive: bool = less(zero, x)
finite: bool = less(x, infinity)
is_zero: bool = equal(x, zero)
is_subnormal: bool = bit_and(positive, finite)
no_e = select(is_zero, minus_infinity, not_a_number)
special_e = select(positive, infinity, no_e)
far_e = select(is_subnormal, subnormal_e, special_e)
far_r = select(is_subnormal, subnormal_r, zero)
e = select_rare(is_special, far_e, near_e)
r = select_rare(is_special, far_r, near_r)
)";
inline constexpr std::string_view kLogBitsRare =
    joined<kInput, kSplitBitsRare, kNextToR, kLogResult>;

// ---- log2(2^e m) = e + (r + r k)

inline constexpr std::string_view kLog2Result = R"(k = kernel(r)
p = fma(r, k, r)
y = e + p
return y
)";
inline constexpr std::string_view kLog2Sqrt2 = joined<kInput, kSplitSqrt2, kLog2Result>;

inline constexpr std::string_view kLog2Centred = joined<kInput, kSplitCentred, kLog2Result>;

inline constexpr std::string_view kLog2BitsRare = joined<kInput, kSplitBitsRare, kLog2Result>;

// Compensated: e + r first, and its rounding error (Dekker's fast two-sum) is added with the small
// part. For an infinite exponent that error is NaN; min() replaces it.
inline constexpr std::string_view kCompensatedResult = R"(t = e + r
t1 = t - e
error = r - t1
error1 = min(error, one)
k = kernel(r)
small = fma(r, k, error1)
y = t + small
return y
)";
inline constexpr std::string_view kLog2Compensated =
    joined<kInput, kSplitCentred, kCompensatedResult>;
inline constexpr std::string_view kLog2RareCompensated =
    joined<kInput, kSplitBitsRare, kCompensatedResult>;

// ---- log10(2^e m) = e log10 2 + (r c + r k), c = log10 e to eight bits

inline constexpr std::string_view kLog10Parts = R"(k = kernel(r)
log10_2_low = 0x1.3509f8p-18
log10_2_high = 0x1.344p-2
rest = e * log10_2_low
small = fma(r, k, rest)
c = 0x1.bcp-2
main = r * c
error_of_main = neg(main)
error = fma(r, c, error_of_main)
small1 = small + error
t = fma(e, log10_2_high, main)
)";
inline constexpr std::string_view kLog10Sum = R"(y = t + small1
return y
)";
inline constexpr std::string_view kLog10Centred =
    joined<kInput, kSplitCentred, kLog10Parts, kLog10Sum>;
inline constexpr std::string_view kLog10Rare =
    joined<kInput, kSplitBitsRare, kLog10Parts, kLog10Sum>;

// Compensated: what the rounding of the sum of the large parts loses is added (Dekker's fast
// two-sum). For an infinite exponent that error is NaN; min() replaces it.
inline constexpr std::string_view kLog10CompensatedSum = R"(minus_t = neg(t)
minus_gain = fma(e, log10_2_high, minus_t)
lost = main + minus_gain
lost1 = min(lost, one)
small2 = small1 + lost1
y = t + small2
return y
)";
inline constexpr std::string_view kLog10Compensated =
    joined<kInput, kSplitCentred, kLog10Parts, kLog10CompensatedSum>;
inline constexpr std::string_view kLog10RareCompensated =
    joined<kInput, kSplitBitsRare, kLog10Parts, kLog10CompensatedSum>;

// The same without the low parts, the kernel all of log10(1 + r) / r: fewer steps, larger errors.
inline constexpr std::string_view kLog10ProductResult = R"(k = kernel(r)
p = r * k
log10_2 = 0x1.344136p-2
y = fma(e, log10_2, p)
return y
)";
inline constexpr std::string_view kLog10Product =
    joined<kInput, kSplitCentred, kLog10ProductResult>;
inline constexpr std::string_view kLog10RareProduct =
    joined<kInput, kSplitBitsRare, kLog10ProductResult>;

// ---- log(2^e m) = (e log 2 + l) + log(1 + r), r = m c - 1, c and l by the interval of m

inline constexpr std::string_view kSplitTabled = R"(e = getexp(x)
m = getmant(x)
)";
inline constexpr std::string_view kLookUpReciprocal = R"(m_bits: i32 = bits(m)
place: i32 = 18
interval: i32 = shift_right_logical(m_bits, place)
c = permute32(interval, c0)
minus_one = -1
)";
inline constexpr std::string_view kProductLessOne = "r = fma(m, c, minus_one)\n";
inline constexpr std::string_view kLookUpLogarithm = "l = permute32(interval, l0)\n";
inline constexpr std::string_view kLookUp =
    joined<kLookUpReciprocal, kProductLessOne, kLookUpLogarithm>;

// e + l is exact. The kernel is log2(1 + r) / r (table), or that less 1, so that r itself is added
// without the kernel's rounding (table_exact).
inline constexpr std::string_view kPlusE = "h = e + l\n";
inline constexpr std::string_view kPlusProduct = R"(k = kernel(r)
y1 = fma(r, k, h)
)";
inline constexpr std::string_view kPlusRAndProduct = R"(k = kernel(r)
p = fma(r, k, r)
y = h + p
return y
)";
inline constexpr std::string_view kLog2Table =
    joined<kInput, kSplitTabled, kTableOfLog2, kLookUp, kPlusE, kPlusProduct, kReturnY1>;
inline constexpr std::string_view kLog2TableExact =
    joined<kInput, kSplitTabled, kTableOfLog2, kLookUp, kPlusE, kPlusRAndProduct>;

inline constexpr std::string_view kPlusELog2 = R"(ln2 = 0x1.62e43p-1
h = fma(e, ln2, l)
)";
inline constexpr std::string_view kPlusELog10Of2 = R"(log10_2 = 0x1.344136p-2
h = fma(e, log10_2, l)
)";
inline constexpr std::string_view kLogTable =
    joined<kInput, kSplitTabled, kTableOfLog, kLookUp, kPlusELog2, kPlusProduct, kReturnY1>;
inline constexpr std::string_view kLog10Table =
    joined<kInput, kSplitTabled, kTableOfLog10, kLookUp, kPlusELog10Of2, kPlusProduct, kReturnY1>;

// e times the high part of log 2, plus l, is exact; e times the low part is added to the small
// terms. The low part is positive, so that for an infinite exponent both products have the same
// sign.
inline constexpr std::string_view kExactELog2 = R"(ln2_high = 0x1.62e4p-1
ln2_low = 0x1.7f7d1cp-20
h = fma(e, ln2_high, l)
)";
inline constexpr std::string_view kPlusLowPart = R"(small = fma(e, ln2_low, p)
y = h + small
return y
)";
inline constexpr std::string_view kLogTableExact =
    joined<kInput, kCentred, kExactTableOfLog, kLookUp, kExactELog2, kNextToR, kPlusLowPart>;
inline constexpr std::string_view kLog10ExactSum = R"(log10_2_high = 0x1.344p-2
log10_2_low = 0x1.3509f8p-18
h = fma(e, log10_2_high, l)
k = kernel(r)
rest = r * k
log10_e = 0x1.bcb7b2p-2
p = fma(r, log10_e, rest)
small = fma(e, log10_2_low, p)
y = h + small
return y
)";
inline constexpr std::string_view kLog10TableExact =
    joined<kInput, kCentred, kExactTableOfLog10, kLookUp, kLog10ExactSum>;

// ---- log(1 + x): the rounding error of w = 1 + x, scaled with it, joins r.

inline constexpr std::string_view kOne = "one = 1\n";
inline constexpr std::string_view kWIs = "w = ";
inline constexpr std::string_view kAddOne = " + one\nw1 = w - one\nlost = ";
inline constexpr std::string_view kLessW1 = " - w1\n";
template <const std::string_view& value>
inline constexpr std::string_view one_plus = joined<kWIs, value, kAddOne, value, kLessW1>;
inline constexpr std::string_view kOnePlusX = joined<kInput, kOne, one_plus<kX>>;
inline constexpr std::string_view kSplitCentredW = R"(e1 = getexp(w)
m = getmant_centred(w)
e2 = getexp(m)
e = e1 - e2
minus_e = neg(e)
lost1 = scalef(lost, minus_e)
r0 = m - one
r = r0 + lost1
)";
inline constexpr std::string_view kLog1pOfW = joined<kSplitCentredW, kNextToR>;
inline constexpr std::string_view kLog1pSum = R"(ln2 = 0x1.62e43p-1
y1 = fma(e, ln2, p)
)";
inline constexpr std::string_view kLog1pEnds = R"(size = fabs(x)
tiny = 0x1p-25
is_tiny: bool = less(size, tiny)
y2 = select(is_tiny, x, y1)
infinity = inf
is_infinite: bool = equal(x, infinity)
y3 = select(is_infinite, x, y2)
pole = -1
minus_infinity = -inf
at_pole: bool = equal(x, pole)
y = select(at_pole, minus_infinity, y3)
return y
)";
inline constexpr std::string_view kLog1p = joined<kOnePlusX, kLog1pOfW, kLog1pSum, kLog1pEnds>;

// w > 0 split by integer arithmetic, around sqrt 1/2 to sqrt 2; 2^-e by its bits, and 0 where its
// exponent leaves the range.
inline constexpr std::string_view kSplitBitsOfW = R"(w_bits: i32 = bits(w)
sqrt_half_bits: i32 = 0x3f3504f3
width: i32 = 23
mantissa: i32 = 0x7fffff
one_bits: i32 = 0x3f800000
i: i32 = w_bits - sqrt_half_bits
e_int: i32 = shift_right(i, width)
e = from_integer(e_int)
low_bits: i32 = bit_and(i, mantissa)
e_bits: i32 = i - low_bits
m_bits: i32 = w_bits - e_bits
scale_bits: i32 = one_bits - e_bits
m = from_bits(m_bits)
scale0 = from_bits(scale_bits)
nothing = 0
scale = max(scale0, nothing)
r0 = m - one
lost1 = lost * scale
r = r0 + lost1
)";
// log w = e log 2 + r + r^2 k. Compensated: what the roundings of the two sums lose, and low 2^-e,
// a part of w / 2^e too small for r, are added. The terms are in the order of their sizes where
// they are not 0 (Dekker's fast two-sum).
inline constexpr std::string_view kLogOfParts = R"(r_gain = r - r0
r_lost = lost1 - r_gain
ln2_high = 0x1.62e4p-1
ln2_low = 0x1.7f7d1cp-20
t = e * ln2_high
main = t + r
main_gain = main - t
main_lost = r - main_gain
)";
inline constexpr std::string_view kRestOfR0 = "rest0 = r_lost + main_lost\n";
inline constexpr std::string_view kRestOfRAndLow = R"(rest_of_r = fma(low, scale, r_lost)
rest0 = rest_of_r + main_lost
)";
inline constexpr std::string_view kTailOfLog = R"(rest = fma(e, ln2_low, rest0)
k = kernel(r)
r2 = r * r
tail = fma(r2, k, rest)
)";
inline constexpr std::string_view kLogOfBits = joined<kSplitBitsOfW, kNextToR>;
inline constexpr std::string_view kLogOfBitsAndLow =
    joined<kSplitBitsOfW, kLogOfParts, kRestOfRAndLow, kTailOfLog>;

// The sign is x's. Rare code for what is 0 or negative, infinite, or NaN.
inline constexpr std::string_view kSpecialW = R"(below_sign: i32 = 0x7fffffff
largest: i32 = -0x800002
shifted: i32 = w_bits + below_sign
is_special: bool = less(largest, shifted)
)";
inline constexpr std::string_view kLog1pRareEnds = R"(near_y = copysign(y1, x)
infinity = inf
minus_infinity = -inf
not_a_number = nan
pole = -1
at_pole: bool = equal(x, pole)
is_infinite: bool = equal(x, infinity)
far_y0 = select(at_pole, minus_infinity, not_a_number)
far_y = select(is_infinite, x, far_y0)
y = select_rare(is_special, far_y, near_y)
return y
)";
inline constexpr std::string_view kLog1pRare =
    joined<kOnePlusX, kLogOfBits, kLog1pSum, kSpecialW, kLog1pRareEnds>;
inline constexpr std::string_view kLargeSum = "y1 = main + tail\n";
inline constexpr std::string_view kLog1pRareCompensated =
    joined<kOnePlusX, kSplitBitsOfW, kLogOfParts, kRestOfR0, kTailOfLog, kLargeSum, kSpecialW,
           kLog1pRareEnds>;

inline constexpr std::string_view kSplitTabledW = R"(e = getexp(w)
m = getmant(w)
)";
inline constexpr std::string_view kProductLessOneAndLost = R"(r0 = fma(m, c, minus_one)
minus_e = neg(e)
lost1 = scalef(lost, minus_e)
r = fma(lost1, c, r0)
)";
inline constexpr std::string_view kTabledW =
    joined<kSplitTabledW, kTableOfLog, kLookUpReciprocal, kProductLessOneAndLost, kLookUpLogarithm>;
inline constexpr std::string_view kLog1pTable =
    joined<kOnePlusX, kTabledW, kPlusELog2, kPlusProduct, kLog1pEnds>;

// ---- The same in double

// Logarithms by s = r / (2 + r): log(1 + r) = 2 atanh s is an odd function of s.
inline constexpr std::string_view kWidePartsOfLog = R"(r_wide: f64 = widen(r)
e_wide: f64 = widen(e)
)";
inline constexpr std::string_view kQuotientOfLog = R"(two: f64 = 2
divisor: f64 = r_wide + two
s: f64 = r_wide / divisor
square: f64 = s * s
k = kernel(square)
)";
inline constexpr std::string_view kLog2ResultF64 = "y_wide: f64 = fma(s, k, e_wide)\n";
inline constexpr std::string_view kLn2 = "log_of_2: f64 = 0x1.62e42fefa39efp-1\n";
inline constexpr std::string_view kLog10Of2 = "log_of_2: f64 = 0x1.34413509f79ffp-2\n";
inline constexpr std::string_view kPlusLogOfPower = R"(p: f64 = s * k
y_wide: f64 = fma(e_wide, log_of_2, p)
)";
inline constexpr std::string_view kLogResultF64 = joined<kLn2, kPlusLogOfPower>;
inline constexpr std::string_view kLog10ResultF64 = joined<kLog10Of2, kPlusLogOfPower>;
inline constexpr std::string_view kSplitF64 = joined<kInput, kSplitSqrt2, kWidePartsOfLog>;
inline constexpr std::string_view kLog2F64 =
    joined<kSplitF64, kQuotientOfLog, kLog2ResultF64, kNarrowed>;
inline constexpr std::string_view kLog10F64 =
    joined<kSplitF64, kQuotientOfLog, kLog10ResultF64, kNarrowed>;
inline constexpr std::string_view kLogF64 =
    joined<kSplitF64, kQuotientOfLog, kLogResultF64, kNarrowed>;

// The natural logarithm has values so close to the middle between two floats that rounded to double
// they are that middle; so the sum is rounded to odd. It has three terms: e log 2 + r, what that
// sum loses (Dekker's fast two-sum), and log(1 + r) - r = s (r^2 / 2 + k) - r^2 / 2, as in fdlibm;
// only the sum of the small ones is rounded.
inline constexpr std::string_view kSumOfLog = R"(ln2_high: f64 = 0x1.62e42fefa38p-1
ln2_low: f64 = 0x1.ef35793c7673p-45
t: f64 = e_wide * ln2_high
main: f64 = t + r_wide
minus_gain: f64 = t - main
lost: f64 = minus_gain + r_wide
low0: f64 = fma(e_wide, ln2_low, lost)
half_wide: f64 = 0.5
half_r: f64 = r_wide * half_wide
half_square: f64 = half_r * r_wide
inner: f64 = half_square + k
low1: f64 = fma(s, inner, low0)
low: f64 = low1 - half_square
)";

// Infinite exponents: rounding to odd changes the bits of infinity to those of NaN, so that e + r
// is the result; r is NaN where the result is.
inline constexpr std::string_view kEOrNaNAtInfinity = R"(size_of_e = fabs(e)
infinity = inf
is_infinite: bool = equal(size_of_e, infinity)
e_or_nan = e + r
y_or_infinity = select(is_infinite, e_or_nan, y0)
)";
inline constexpr std::string_view kInfiniteExponent = joined<kNarrowToY0, kEOrNaNAtInfinity>;
inline constexpr std::string_view kSumOfLog10 = R"(p: f64 = s * k
log10_2_high: f64 = 0x1.34413509f78p-2
log10_2_low: f64 = 0x1.fef311f12b358p-46
t: f64 = e_wide * log10_2_high
main: f64 = t + p
minus_gain: f64 = t - main
lost: f64 = minus_gain + p
low: f64 = fma(e_wide, log10_2_low, lost)
)";
inline constexpr std::string_view kReturnOrInfinity = "return y_or_infinity\n";
inline constexpr std::string_view kLog10F64Odd =
    joined<kSplitF64, kQuotientOfLog, kSumOfLog10, kRoundedToOdd, kInfiniteExponent,
           kReturnOrInfinity>;
inline constexpr std::string_view kLogF64Odd =
    joined<kSplitF64, kQuotientOfLog, kSumOfLog, kRoundedToOdd, kInfiniteExponent,
           kReturnOrInfinity>;

// log(1 + x): 1 + x is exact in double unless x is so small that the result rounds to x.
inline constexpr std::string_view kOnePlusXWide = R"(wide: f64 = widen(x)
one_wide: f64 = 1
w: f64 = wide + one_wide
)";
inline constexpr std::string_view kSplitWideW = R"(e1: f64 = getexp(w)
m: f64 = getmant_centred(w)
e2: f64 = getexp(m)
e_wide: f64 = e1 - e2
)";
inline constexpr std::string_view kMantissaLessOne = "r_wide: f64 = m - one_wide\n";
inline constexpr std::string_view kNarrowedParts = R"(e = narrow(e_wide)
r = narrow(r_wide)
)";
inline constexpr std::string_view kLog1pSplitF64 =
    joined<kInput, kOnePlusXWide, kSplitWideW, kMantissaLessOne, kNarrowedParts>;
inline constexpr std::string_view kLog1pNarrowed = "y_or_infinity = narrow(y_wide)\n";
inline constexpr std::string_view kLog1pResultF64 = R"(size = fabs(x)
tiny = 0x1p-26
is_tiny: bool = less(size, tiny)
y = select(is_tiny, x, y_or_infinity)
return y
)";
inline constexpr std::string_view kLog1pF64 =
    joined<kLog1pSplitF64, kQuotientOfLog, kLogResultF64, kLog1pNarrowed, kLog1pResultF64>;
inline constexpr std::string_view kLog1pF64Odd =
    joined<kLog1pSplitF64, kQuotientOfLog, kSumOfLog, kRoundedToOdd, kInfiniteExponent,
           kLog1pResultF64>;

}  // namespace ulpforge::targets::scheme_text
