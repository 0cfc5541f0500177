// The table of range-reduction schemes. More than one for a target where it is not obvious which is
// better: a search chooses. Each holds for every float, special values included, unless its comment
// says otherwise; the constants are Cody-Waite splittings (Cody and Waite, "Software Manual for the
// Elementary Functions", 1980), the high part short enough for products with the exponent to be
// exact. A reduction gives r, a result takes k; what several schemes share is a piece of its own.
#include <array>

#include "targets/logarithm_tables.h"
#include "targets/scheme.h"
#include "targets/schemes_f64.h"

namespace ulpforge::targets {
namespace {

using namespace scheme_text;

// ---- Results that several schemes share

// k 2^n by scalef: infinities, NaN, overflow and gradual underflow come right by themselves.
constexpr std::string_view kTimesPower = R"(k = kernel(r)
y = scalef(k, n)
return y
)";

// r + r^2 k, of functions that are next to r.
constexpr std::string_view kNextToR = R"(k = kernel(r)
r2 = r * r
p = fma(r2, k, r)
)";

// ---- 2^x = 2^n 2^r, n = round(x)

constexpr std::string_view kExp2Round = R"(n = rint(x)
r = x - n
)";
constexpr std::string_view kExp2Scalef = joined<kInput, kExp2Round, kTimesPower>;

// n = floor(x), which scalef takes by itself.
constexpr std::string_view kExp2Fraction = R"(input x: f32
r = fraction(x)
k = kernel(r)
y = scalef(k, x)
return y
)";

// n is in the low bits of shifted or, so that they are a power's exponent, n + 125, n + 126, n +
// 127.
constexpr std::string_view kPlain = "shifter = 0x1.8p+23\n";
constexpr std::string_view kForQuarter = "shifter = 0x1.8000fap+23\n";
constexpr std::string_view kForHalf = "shifter = 0x1.8000fcp+23\n";
constexpr std::string_view kForOne = "shifter = 0x1.8000fep+23\n";
constexpr std::string_view kPowerOfShifted = R"(width: i32 = 23
shifted_bits: i32 = bits(shifted)
s_bits: i32 = shift_left(shifted_bits, width)
s = from_bits(s_bits)
)";

// k 2^n by that power as long as the result is well inside the range. Further out the code is rare:
// two factors, and what is beyond them is infinite or 0, whatever r is. NaN is not far, and stays.
constexpr std::string_view kNearPower = R"(k = kernel(r)
near_y = k * s
)";
constexpr std::string_view kFarPower = R"(shifter_bits: i32 = 0x4b40007f
one: i32 = 1
bias: i32 = 127
m: i32 = shifted_bits - shifter_bits
m1: i32 = shift_right(m, one)
m2: i32 = m - m1
b1: i32 = m1 + bias
b2: i32 = m2 + bias
s1_bits: i32 = shift_left(b1, width)
s2_bits: i32 = shift_left(b2, width)
s1 = from_bits(s1_bits)
s2 = from_bits(s2_bits)
far_y1 = k * s1
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
constexpr std::string_view kExp2Far = R"(size = fabs(x)
limit = 126
is_far: bool = less(limit, size)
low = -151
high = 128.5
)";
constexpr std::string_view kExp2Shift = R"(shifted = x + shifter
n = shifted - shifter
r = x - n
)";
constexpr std::string_view kExp2Rare =
    joined<kInput, kExp2Far, kForOne, kExp2Shift, kPowerOfShifted, kNearPower, kFarPower>;

// ---- e^x = 2^n e^r, n = round(x / ln 2)

// r = x1 - n ln 2
constexpr std::string_view kLessNLn2 = R"(minus_ln2_high = -0x1.62e4p-1
minus_ln2_low = -0x1.7f7d1cp-20
r1 = fma(n, minus_ln2_high, x1)
r = fma(n, minus_ln2_low, r1)
)";
constexpr std::string_view kRoundByShifter = R"(log2_e = 0x1.715476p+0
shifted = fma(x1, log2_e, shifter)
n = shifted - shifter
)";
constexpr std::string_view kReduceByLn2 = joined<kRoundByShifter, kLessNLn2>;
constexpr std::string_view kExpClamped =
    joined<kInput, kClampExp, kPlain, kReduceByLn2, kTimesPower>;

// Far out r is noise, which may drive the kernel to an infinity of the wrong end: no kernel is
// larger than the largest float, nor is one negative that is any good.
constexpr std::string_view kTimesPowerFarOut = R"(k = kernel(r)
largest = 0x1.fffffep+127
k1 = min(largest, k)
y = scalef(k1, n)
return y
)";
constexpr std::string_view kRoundByRint = R"(log2_e = 0x1.715476p+0
z = x * log2_e
n = rint(z)
)";
constexpr std::string_view kExpScalef =
    joined<kInput, kRoundByRint, unclamped<kLessNLn2>, kTimesPowerFarOut>;

// Beyond the shifter's reach the result is infinite or 0 anyway.
constexpr std::string_view kExpMagicScalef =
    joined<kInput, kPlain, unclamped<kReduceByLn2>, kTimesPowerFarOut>;

// Reduced in base 2: r = x log2 e - n.
constexpr std::string_view kReduceToBase2 = R"(log2_e = 0x1.715476p+0
log2_e_low = 0x1.4ae0cp-26
magic = 0x1.8p+23
t = fma(x1, log2_e, magic)
n = t - magic
minus_n = neg(n)
r1 = fma(x1, log2_e, minus_n)
r = fma(x1, log2_e_low, r1)
)";
constexpr std::string_view kExpBase2 = joined<kInput, kClampExp, kReduceToBase2, kTimesPower>;

// The power as one float's bits, the far ones rare, as for 2^x.
constexpr std::string_view kExpIsFar = R"(size = fabs(x)
limit = 87
is_far: bool = less(limit, size)
)";
constexpr std::string_view kExpFar = joined<kExpIsFar, kExpBounds>;
constexpr std::string_view kExpRare = joined<kInput, kExpFar, kForOne, unclamped<kReduceByLn2>,
                                             kPowerOfShifted, kNearPower, kFarPower>;

// ---- 10^x = 2^n 10^r, n = round(x log2 10)

constexpr std::string_view kReduceByLog10Of2 = R"(log2_10 = 0x1.a934fp+1
shifted = fma(x1, log2_10, shifter)
n = shifted - shifter
minus_log10_2_high = -0x1.344p-2
minus_log10_2_low = -0x1.3509f8p-18
r1 = fma(n, minus_log10_2_high, x1)
r = fma(n, minus_log10_2_low, r1)
)";
constexpr std::string_view kExp10Clamped =
    joined<kInput, kClampExp10, kPlain, kReduceByLog10Of2, kTimesPower>;

constexpr std::string_view kExp10IsFar = R"(size = fabs(x)
limit = 37
is_far: bool = less(limit, size)
)";
constexpr std::string_view kExp10Far = joined<kExp10IsFar, kExp10Bounds>;
constexpr std::string_view kExp10Rare =
    joined<kInput, kExp10Far, kForOne, unclamped<kReduceByLog10Of2>, kPowerOfShifted, kNearPower,
           kFarPower>;

constexpr std::string_view kReduce10ToBase2 = R"(log2_10 = 0x1.a934fp+1
log2_10_low = 0x1.2f346ep-24
magic = 0x1.8p+23
t = fma(x1, log2_10, magic)
n = t - magic
minus_n = neg(n)
r1 = fma(x1, log2_10, minus_n)
r = fma(x1, log2_10_low, r1)
)";
constexpr std::string_view kExp10Base2 = joined<kInput, kClampExp10, kReduce10ToBase2, kTimesPower>;

// ---- e^x - 1 = 2 (2^(n-1) (e^r - 1) + (2^(n-1) - 1/2)), e^r - 1 = r + r^2 k: halved, so that the
// scale of the largest results is finite.

// y1 doubled; -0 and what would be subnormal on the way stay as they are.
constexpr std::string_view kExpm1Doubled = R"(y2 = y1 + y1
size = fabs(x)
tiny = 0x1p-25
is_tiny: bool = less(size, tiny)
y = select(is_tiny, x, y2)
return y
)";

constexpr std::string_view kExpm1Result = R"(half = 0.5
s1 = s - half
y1 = fma(s, p, s1)
)";
constexpr std::string_view kExpm1 = joined<kInput, kClampExpm1, kForHalf, kReduceByLn2,
                                           kPowerOfShifted, kNextToR, kExpm1Result, kExpm1Doubled>;

// The same with what the roundings of r and of s r + s1 lose.
constexpr std::string_view kKeepRestOfR = R"(minus_taken = r1 - r
rest_of_r = fma(n, minus_ln2_low, minus_taken)
)";
constexpr std::string_view kExpm1LargeSum = R"(half = 0.5
s1 = s - half
main = fma(s, r, s1)
minus_gain = s1 - main
lost = fma(s, r, minus_gain)
)";
constexpr std::string_view kExpm1Growth = R"(k = kernel(r)
r2 = r * r
q = fma(r2, k, rest_of_r)
)";
constexpr std::string_view kExpm1LowPart = "low_part = fma(s, q, lost)\n";
constexpr std::string_view kExpm1Parts = "y1 = main + low_part\n";
constexpr std::string_view kExpm1KeptReduction =
    joined<kInput, kClampExpm1, kForHalf, kReduceByLn2, kKeepRestOfR, kPowerOfShifted>;
constexpr std::string_view kExpm1Kept = joined<kExpm1KeptReduction, kExpm1Growth, kExpm1LargeSum,
                                               kExpm1LowPart, kExpm1Parts, kExpm1Doubled>;

// r^2 k as r (r / 2 + r^2 k): half of r is exact, so that the kernel's roundings count less, and
// what is small is added up before the product.
constexpr std::string_view kExpm1LowPartByHalf = R"(k = kernel(r)
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
constexpr std::string_view kExpm1KeptByHalf =
    joined<kExpm1KeptReduction, kExpm1LargeSum, kExpm1LowPartByHalf, kExpm1Parts, kExpm1Doubled>;

// ---- log(2^e m) = e log 2 + log(1 + r), r = m - 1

// m in [3/4, 3/2): one binade less from 3/2 on, which the exponent of m tells.
constexpr std::string_view kCentred = R"(e1 = getexp(x)
m = getmant_centred(x)
e2 = getexp(m)
e = e1 - e2
)";
constexpr std::string_view kLessOne = R"(one = 1
r = m - one
)";
constexpr std::string_view kSplitCentred = joined<kCentred, kLessOne>;

constexpr std::string_view kLogResult = R"(ln2 = 0x1.62e43p-1
y = fma(e, ln2, p)
return y
)";
constexpr std::string_view kLogCentred = joined<kInput, kSplitCentred, kNextToR, kLogResult>;

constexpr std::string_view kLogSqrt2 = joined<kInput, kSplitSqrt2, kNextToR, kLogResult>;

// The split of normal numbers by integer arithmetic; all others are rare. Their exponent is what
// the result is: an infinity or NaN, and r is 0.
constexpr std::string_view kSplitBitsRare = R"(x_bits: i32 = bits(x)
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
constexpr std::string_view kLogBitsRare = joined<kInput, kSplitBitsRare, kNextToR, kLogResult>;

// ---- log2(2^e m) = e + (r + r k)

constexpr std::string_view kLog2Result = R"(k = kernel(r)
p = fma(r, k, r)
y = e + p
return y
)";
constexpr std::string_view kLog2Sqrt2 = joined<kInput, kSplitSqrt2, kLog2Result>;

constexpr std::string_view kLog2Centred = joined<kInput, kSplitCentred, kLog2Result>;

constexpr std::string_view kLog2BitsRare = joined<kInput, kSplitBitsRare, kLog2Result>;

// e + r first, its rounding error kept (Dekker's fast two-sum) and added with the small part; a NaN
// from an infinite exponent is taken away from that error.
constexpr std::string_view kCompensatedResult = R"(t = e + r
t1 = t - e
error = r - t1
error1 = min(error, one)
k = kernel(r)
small = fma(r, k, error1)
y = t + small
return y
)";
constexpr std::string_view kLog2Compensated = joined<kInput, kSplitCentred, kCompensatedResult>;

// ---- log10(2^e m) = e log10 2 + (r c + r k), c = log10 e to eight bits

constexpr std::string_view kLog10Parts = R"(k = kernel(r)
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
constexpr std::string_view kLog10Sum = R"(y = t + small1
return y
)";
constexpr std::string_view kLog10Centred = joined<kInput, kSplitCentred, kLog10Parts, kLog10Sum>;

// The same with what the rounding of the sum of the large parts loses, too (Dekker's fast two-sum);
// a NaN from an infinite exponent is taken away from that error.
constexpr std::string_view kLog10CompensatedSum = R"(minus_t = neg(t)
minus_gain = fma(e, log10_2_high, minus_t)
lost = main + minus_gain
lost1 = min(lost, one)
small2 = small1 + lost1
y = t + small2
return y
)";
constexpr std::string_view kLog10Compensated =
    joined<kInput, kSplitCentred, kLog10Parts, kLog10CompensatedSum>;

// The same without the low parts, r k whole: fewer steps, larger errors.
constexpr std::string_view kLog10ProductResult = R"(k = kernel(r)
p = r * k
log10_2 = 0x1.344136p-2
y = fma(e, log10_2, p)
return y
)";
constexpr std::string_view kLog10Product = joined<kInput, kSplitCentred, kLog10ProductResult>;

// ---- log(2^e m) = (e log 2 + l) + log(1 + r), r = m c - 1, c and l by the interval of m

constexpr std::string_view kSplitTabled = R"(e = getexp(x)
m = getmant(x)
)";
constexpr std::string_view kLookUpReciprocal = R"(m_bits: i32 = bits(m)
place: i32 = 18
interval: i32 = shift_right_logical(m_bits, place)
c = permute32(interval, c0)
minus_one = -1
)";
constexpr std::string_view kProductLessOne = "r = fma(m, c, minus_one)\n";
constexpr std::string_view kLookUpLogarithm = "l = permute32(interval, l0)\n";
constexpr std::string_view kLookUp = joined<kLookUpReciprocal, kProductLessOne, kLookUpLogarithm>;

// e + l is exact, the kernel all of log(1 + r) / r or, kept, that less 1.
constexpr std::string_view kPlusE = "h = e + l\n";
constexpr std::string_view kPlusProduct = R"(k = kernel(r)
y1 = fma(r, k, h)
)";
constexpr std::string_view kReturnY1 = "return y1\n";
constexpr std::string_view kPlusKept = R"(k = kernel(r)
p = fma(r, k, r)
y = h + p
return y
)";
constexpr std::string_view kLog2Table =
    joined<kInput, kSplitTabled, kTableOfLog2, kLookUp, kPlusE, kPlusProduct, kReturnY1>;
constexpr std::string_view kLog2TableKept =
    joined<kInput, kSplitTabled, kTableOfLog2, kLookUp, kPlusE, kPlusKept>;

constexpr std::string_view kPlusELog2 = R"(ln2 = 0x1.62e43p-1
h = fma(e, ln2, l)
)";
constexpr std::string_view kPlusELog10Of2 = R"(log10_2 = 0x1.344136p-2
h = fma(e, log10_2, l)
)";
constexpr std::string_view kLogTable =
    joined<kInput, kSplitTabled, kTableOfLog, kLookUp, kPlusELog2, kPlusProduct, kReturnY1>;
constexpr std::string_view kLog10Table =
    joined<kInput, kSplitTabled, kTableOfLog10, kLookUp, kPlusELog10Of2, kPlusProduct, kReturnY1>;

// The sum with the high part is exact, the low part, which is positive so that infinite exponents
// stay what they are, joins what is small.
constexpr std::string_view kExactELog2 = R"(ln2_high = 0x1.62e4p-1
ln2_low = 0x1.7f7d1cp-20
h = fma(e, ln2_high, l)
)";
constexpr std::string_view kPlusLowPart = R"(small = fma(e, ln2_low, p)
y = h + small
return y
)";
constexpr std::string_view kLogTableExact =
    joined<kInput, kCentred, kExactTableOfLog, kLookUp, kExactELog2, kNextToR, kPlusLowPart>;
constexpr std::string_view kLog10ExactSum = R"(log10_2_high = 0x1.344p-2
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
constexpr std::string_view kLog10TableExact =
    joined<kInput, kCentred, kExactTableOfLog10, kLookUp, kLog10ExactSum>;

// ---- log(1 + x): the rounding error of w = 1 + x, scaled with it, joins r.

constexpr std::string_view kOnePlusX = R"(input x: f32
one = 1
w = x + one
w1 = w - one
lost = x - w1
)";
constexpr std::string_view kSplitCentredW = R"(e1 = getexp(w)
m = getmant_centred(w)
e2 = getexp(m)
e = e1 - e2
minus_e = neg(e)
lost1 = scalef(lost, minus_e)
r0 = m - one
r = r0 + lost1
)";
constexpr std::string_view kLog1pSum = R"(ln2 = 0x1.62e43p-1
y1 = fma(e, ln2, p)
)";
constexpr std::string_view kLog1pEnds = R"(size = fabs(x)
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
constexpr std::string_view kLog1p =
    joined<kOnePlusX, kSplitCentredW, kNextToR, kLog1pSum, kLog1pEnds>;

constexpr std::string_view kSplitTabledW = R"(e = getexp(w)
m = getmant(w)
)";
constexpr std::string_view kProductLessOneAndLost = R"(r0 = fma(m, c, minus_one)
minus_e = neg(e)
lost1 = scalef(lost, minus_e)
r = fma(lost1, c, r0)
)";
constexpr std::string_view kTabledW =
    joined<kSplitTabledW, kTableOfLog, kLookUpReciprocal, kProductLessOneAndLost, kLookUpLogarithm>;
constexpr std::string_view kLog1pTable =
    joined<kOnePlusX, kTabledW, kPlusELog2, kPlusProduct, kLog1pEnds>;

// ---- sin, cos, tan: n = round(x 2/pi), r = x - n pi/2

constexpr std::string_view kCosFar = R"(far_quadrant: i32 = wrap(far_n_int)
far_m: i32 = far_quadrant + next
)";

// By three parts of pi/2, of 24, 11 and 24 bits: x - n part1 and n part2 are exact. n is in the low
// bits of t (0 for -0, so that r stays -0), n + 1 for cosines: cos x = sin(x + pi/2).
constexpr std::string_view kSinMagicF32 = "magic = 0x1.8p+23\n";
constexpr std::string_view kCosMagicF32 = "magic = 0x1.800002p+23\n";
constexpr std::string_view kNearF32 = R"(size = fabs(x)
limit = 0x1.8p+13
is_far: bool = less(limit, size)
two_over_pi = 0x1.45f306p-1
t = fma(x, two_over_pi, magic)
n = t - magic
near_m: i32 = bits(t)
minus_part1 = -0x1.921fb4p+0
near_r1 = fma(n, minus_part1, x)
part2 = 0x1.444p-24
part3 = 0x1.68c234p-39
)";

// r and minus_low = n part3 minus the rounding error of r: the argument is r - minus_low.
constexpr std::string_view kNearKept = R"(minus_part2 = neg(part2)
near_r = fma(n, minus_part2, near_r1)
minus_taken = near_r - near_r1
kept = fma(n, part2, minus_taken)
near_minus_low = fma(n, part3, kept)
)";
constexpr std::string_view kFarKept = R"(far_r_rounded = narrow(far_r)
far_r_wide: f64 = widen(far_r_rounded)
far_minus_low_wide: f64 = far_r_wide - far_r
far_minus_low = narrow(far_minus_low_wide)
r = select_rare(is_far, far_r_rounded, near_r)
minus_low = select_rare(is_far, far_minus_low, near_minus_low)
m: i32 = select_rare(is_far, far_m, near_m)
)";

// r alone, rounded.
constexpr std::string_view kNearRounded = R"(minus_part2 = neg(part2)
minus_part3 = neg(part3)
near_r2 = fma(n, minus_part2, near_r1)
near_r = fma(n, minus_part3, near_r2)
)";
constexpr std::string_view kFarRounded = R"(far_r_rounded = narrow(far_r)
r = select_rare(is_far, far_r_rounded, near_r)
m: i32 = select_rare(is_far, far_m, near_m)
)";

constexpr std::string_view kCosMagicF64 = "magic: f64 = 0x1.8000000000001p+52\n";
constexpr std::string_view kNarrowedR = "r = narrow(r2)\n";
constexpr std::string_view kFarNarrowed = joined<kFarF64, kNarrowedR>;

// The quadrant m mod 4: the result is sin r, cos r, -sin r or -cos r.
constexpr std::string_view kQuadrant = R"(turn: i32 = 30
flag_place: i32 = 31
q: i32 = bit_and(m, next)
odd: bool = equal(q, next)
m_half: i32 = shift_left(m, turn)
flag: i32 = shift_left(m, flag_place)
)";

// The kernel is one for both functions, of r^2 with the sign that tells which: (r - sin r) / r^3
// where that is positive, (1 - cos r) / r^2 where it is negative (interval tables cut there).
constexpr std::string_view kSignedSquare = R"(square_bits: i32 = bits(square)
v_bits: i32 = bit_xor(square_bits, flag)
v = from_bits(v_bits)
k = kernel(v; square, q)
one = 1
)";
constexpr std::string_view kSquare = "square = r * r\n";

// What is left of the argument, and for cosines of r^2, whose rounding would show, too.
constexpr std::string_view kKeptResult = R"(minus_r = neg(r)
minus_square = neg(square)
square_rest = fma(r, r, minus_square)
half = 0.5
half_rest = square_rest * half
cos_rest = fma(minus_r, minus_low, half_rest)
rest = select(odd, cos_rest, minus_low)
base = select(odd, one, r)
factor = square * base
p = fma(factor, k, rest)
y0 = base - p
)";
constexpr std::string_view kRoundedResult = R"(base = select(odd, one, r)
factor = square * base
zero = 0
p = fma(factor, k, zero)
y0 = base - p
)";
constexpr std::string_view kResultF64 = R"(base = select(odd, one, r)
one_wide: f64 = 1
base_wide: f64 = select(odd, one_wide, r2)
minus_k = neg(k)
factor = base * minus_k
factor_wide: f64 = widen(factor)
y_wide: f64 = fma(square_wide, factor_wide, base_wide)
y0 = narrow(y_wide)
)";

// The sign of quadrants 2 and 3: y0 xor (m_half and the sign bit).
constexpr std::string_view kSignOfQuadrant = R"(sign_bit: i32 = -0x80000000
y0_bits: i32 = bits(y0)
y_bits: i32 = ternary(y0_bits, m_half, sign_bit, 0x78)
y = from_bits(y_bits)
)";

constexpr std::string_view kSquareOfF64 = R"(square_wide: f64 = r2 * r2
square = narrow(square_wide)
)";

constexpr std::string_view kSinKept =
    joined<kInput, kSinMagicF32, kNearF32, kNearKept, kFar, kSinFar, kFarKept, kQuadrant, kSquare,
           kSignedSquare, kKeptResult, kSignOfQuadrant, kReturn>;
constexpr std::string_view kSinRounded =
    joined<kInput, kSinMagicF32, kNearF32, kNearRounded, kFar, kSinFar, kFarRounded, kQuadrant,
           kSquare, kSignedSquare, kRoundedResult, kSignOfQuadrant, kReturn>;
constexpr std::string_view kSinF64 =
    joined<kInput, kSinMagicF64, kNearF64, kFar, kSinFar, kFarNarrowed, kQuadrant, kSquareOfF64,
           kSignedSquare, kResultF64, kSignOfQuadrant, kSelfAtZero>;
constexpr std::string_view kCosKept =
    joined<kInput, kCosMagicF32, kNearF32, kNearKept, kFar, kCosFar, kFarKept, kQuadrant, kSquare,
           kSignedSquare, kKeptResult, kSignOfQuadrant, kReturn>;
constexpr std::string_view kCosRounded =
    joined<kInput, kCosMagicF32, kNearF32, kNearRounded, kFar, kCosFar, kFarRounded, kQuadrant,
           kSquare, kSignedSquare, kRoundedResult, kSignOfQuadrant, kReturn>;
constexpr std::string_view kCosF64 =
    joined<kInput, kCosMagicF64, kNearF64, kFar, kCosFar, kFarNarrowed, kQuadrant, kSquareOfF64,
           kSignedSquare, kResultF64, kSignOfQuadrant, kReturn>;

// Half turns, n = round(x / pi) or for cosines round(x / pi + 1/2): one function for all of them,
// with fewer steps and larger errors. Three parts of pi as above.
constexpr std::string_view kSinHalfTurns = R"(size = fabs(x)
limit = 0x1.8p+13
is_far: bool = less(limit, size)
one_over_pi = 0x1.45f306p-2
magic = 0x1.8p+23
t = fma(x, one_over_pi, magic)
n = t - magic
)";
constexpr std::string_view kCosHalfTurns = R"(size = fabs(x)
limit = 0x1.8p+13
is_far: bool = less(limit, size)
one_over_pi = 0x1.45f306p-2
magic = 0x1.8p+23
half = 0.5
z = fma(x, one_over_pi, half)
t = z + magic
n_whole = t - magic
n = n_whole - half
)";
constexpr std::string_view kNearHalfTurns = R"(near_m: i32 = bits(t)
minus_part1 = -0x1.921fb4p+1
minus_part2 = -0x1.444p-23
minus_part3 = -0x1.68c234p-38
near_r1 = fma(n, minus_part1, x)
near_r2 = fma(n, minus_part2, near_r1)
near_r = fma(n, minus_part3, near_r2)
)";
// From quarters to halves: where there is an odd quarter, the next half on r's side.
constexpr std::string_view kFarHalfTurns = R"(far_bit: i32 = bit_and(far_m, next)
far_odd: bool = equal(far_bit, next)
quarter_turn: f64 = copysign(half_pi, far_r)
far_r_moved: f64 = far_r - quarter_turn
far_r_half: f64 = select(far_odd, far_r_moved, far_r)
far_r_rounded = narrow(far_r_half)
far_zero: f64 = 0
far_positive: bool = less(far_zero, far_r)
far_m_next: i32 = far_m + next
far_m_up: i32 = select(far_positive, far_m_next, far_m)
far_half_m: i32 = shift_right(far_m_up, next)
r = select_rare(is_far, far_r_rounded, near_r)
m: i32 = select_rare(is_far, far_half_m, near_m)
)";
constexpr std::string_view kOddOfSquare = R"(cube = r * square
k = kernel(square)
y0 = fma(cube, k, r)
)";
constexpr std::string_view kFlag = R"(flag_place: i32 = 31
flag: i32 = shift_left(m, flag_place)
y0_bits: i32 = bits(y0)
)";
// The sign is r's, so that -0 stays, changed by odd half turns.
constexpr std::string_view kSignOfHalfTurn = R"(sign_bit: i32 = -0x80000000
r_bits: i32 = bits(r)
sign_from: i32 = bit_xor(r_bits, flag)
y_bits: i32 = ternary(y0_bits, sign_from, sign_bit, 0xd8)
y = from_bits(y_bits)
return y
)";
constexpr std::string_view kFlagOfHalfTurn = R"(y_bits: i32 = bit_xor(y0_bits, flag)
y = from_bits(y_bits)
return y
)";
constexpr std::string_view kSinHalf =
    joined<kInput, kSinHalfTurns, kNearHalfTurns, kFar, kSinFar, kFarHalfTurns, kSquare,
           kOddOfSquare, kFlag, kSignOfHalfTurn>;
constexpr std::string_view kCosHalf =
    joined<kInput, kCosHalfTurns, kNearHalfTurns, kFar, kCosFar, kFarHalfTurns, kSquare,
           kOddOfSquare, kFlag, kFlagOfHalfTurn>;
// r k(r^2): one step less where -0 matters, one rounding more.
constexpr std::string_view kProductWithSquare = R"(k = kernel(square)
y0 = r * k
)";
constexpr std::string_view kSinProduct =
    joined<kInput, kSinHalfTurns, kNearHalfTurns, kFar, kSinFar, kFarHalfTurns, kSquare,
           kProductWithSquare, kFlag, kFlagOfHalfTurn>;
constexpr std::string_view kCosProduct =
    joined<kInput, kCosHalfTurns, kNearHalfTurns, kFar, kCosFar, kFarHalfTurns, kSquare,
           kProductWithSquare, kFlag, kFlagOfHalfTurn>;

// tan: r + r^3 k(r^2), -1 over that in odd quadrants.
constexpr std::string_view kKernelOfSquare = "k = kernel(square)\n";
constexpr std::string_view kTanOfSquare = joined<kOddQuadrant, kKernelOfSquare>;

// In double, so that the roundings do not add up.
constexpr std::string_view kGrowthWide = R"(k_wide: f64 = widen(k)
growth_wide: f64 = square_wide * k_wide
)";
constexpr std::string_view kTanF64 =
    joined<kInput, kSinMagicF64, kNearF64, kFar, kSinFar, kFarNarrowed, kSquareOfF64, kTanOfSquare,
           kGrowthWide, kTangentAndCotangent, kTangentOfQuadrant>;

// r (1 + r^2 k) with what the roundings of r^2 and of r^2 k lose. What is left of the argument
// counts 1 + tan^2 r times, about 1 + r^2 + 2/3 r^4; tangent and tangent_rest together go into the
// quotient, by one step of Newton's.
constexpr std::string_view kTanResultKept = R"(one = 1
two_thirds = 0x1.555556p-1
slope1 = fma(square, two_thirds, one)
slope = fma(square, slope1, one)
minus_slope = neg(slope)
rest = minus_low * minus_slope
minus_square = neg(square)
square_rest = fma(r, r, minus_square)
ratio = square * k
minus_ratio = neg(ratio)
ratio_rest0 = fma(square, k, minus_ratio)
ratio_rest = fma(square_rest, k, ratio_rest0)
growth_rest = fma(r, ratio_rest, rest)
growth = fma(r, ratio, growth_rest)
tangent = r + growth
grown = r - tangent
tangent_rest = grown + growth
minus_one = -1
q0 = minus_one / tangent
d0 = fma(q0, tangent, one)
d = fma(q0, tangent_rest, d0)
cotangent = fma(q0, d, q0)
y = select(odd, cotangent, tangent)
return y
)";
constexpr std::string_view kTanKept =
    joined<kInput, kSinMagicF32, kNearF32, kNearKept, kFar, kSinFar, kFarKept, kSquare,
           kTanOfSquare, kTanResultKept>;

constexpr std::string_view kTanResultRounded = R"(cube = r * square
tangent = fma(cube, k, r)
minus_one = -1
cotangent = minus_one / tangent
y = select(odd, cotangent, tangent)
return y
)";
constexpr std::string_view kTanRounded =
    joined<kInput, kSinMagicF32, kNearF32, kNearRounded, kFar, kSinFar, kFarRounded, kSquare,
           kTanOfSquare, kTanResultRounded>;

// ---- sigmoid(x) = 1 / (1 + e) for x >= 0 and e / (1 + e) below, e = e^-|x|

constexpr std::string_view kMinusSize = R"(size = fabs(x)
low = -105
minus_size = neg(size)
x1 = max(low, minus_size)
)";

constexpr std::string_view kSigmoidResult = R"(k = kernel(r)
e = scalef(k, n)
zero = 0
one = 1
negative: bool = less(x, zero)
a = select(negative, e, one)
d = e + one
y = a / d
return y
)";
constexpr std::string_view kSigmoid =
    joined<kInput, kMinusSize, kPlain, kReduceByLn2, kSigmoidResult>;

// ---- tanh(x) = (e^2x - 1) / (e^2x - 1 + 2), e^2x - 1 by the scheme of expm1, sign put back

constexpr std::string_view kTanhQuotient = R"(one = 1
two = 2
s1 = s - one
q = fma(s, p, s1)
d = q + two
y0 = q / d
tiny = 0x1p-12
is_tiny: bool = less(size, tiny)
y1 = select(is_tiny, size, y0)
)";
constexpr std::string_view kTanh = joined<kInput, kTwiceSize, kForOne, kReduceByLn2,
                                          kPowerOfShifted, kNextToR, kTanhQuotient, kOddResult>;

// ---- tanh, erf: odd and 1 far out. The kernel is the function itself up to there (interval tables
// are made for that); next to 0 the linear term.

constexpr std::string_view kTanhItself = R"(size = fabs(x)
high = 10
size1 = min(high, size)
k = kernel(size1)
tiny = 0x1p-12
is_tiny: bool = less(size, tiny)
y1 = select(is_tiny, size, k)
)";
constexpr std::string_view kTanhSaturated = joined<kInput, kTanhItself, kOddResult>;

// The same without care for what is tiny or NaN, for kernels that get that right themselves: those
// whose polynomial next to 0 is x to the last bit.
constexpr std::string_view kTanhPlain = R"(input x: f32
size = fabs(x)
high = 9.1
size1 = min(high, size)
k = kernel(size1)
y = copysign(k, x)
return y
)";
constexpr std::string_view kErfPlain = R"(input x: f32
size = fabs(x)
high = 4
size1 = min(high, size)
k = kernel(size1)
y = copysign(k, x)
return y
)";

// ---- erfc, softplus, gelu: e^-u, which falls off, times a function that varies little, the
// kernel. u = hi + lo, where a square needs both parts.

constexpr std::string_view kReduceMinusU = R"(minus_log2_e = -0x1.715476p+0
shifter = 0x1.8p+23
shifted = fma(hi, minus_log2_e, shifter)
n = shifted - shifter
minus_ln2_high = -0x1.62e4p-1
minus_ln2_low = -0x1.7f7d1cp-20
minus_hi = neg(hi)
r1 = fma(n, minus_ln2_high, minus_hi)
r2 = fma(n, minus_ln2_low, r1)
)";

// e^r by its minimax polynomial of degree 6 on [-ln 2 / 2, ln 2 / 2], 1.9e-9 before rounding.
constexpr std::string_view kExpOfR = R"(e6 = 0x1.6ab972p-10
e5 = 0x1.126d1ap-7
e4 = 0x1.55589ap-5
e3 = 0x1.55540ap-3
half = 0.5
one = 1
p5 = fma(r, e6, e5)
p4 = fma(r, p5, e4)
p3 = fma(r, p4, e3)
p2 = fma(r, p3, half)
p1 = fma(r, p2, one)
p = fma(r, p1, one)
)";

// The same in double, in base 2.
constexpr std::string_view kExpOfMinusU64 = R"(minus_log2_e: f64 = -0x1.71547652b82fep+0
shifter: f64 = 0x1.8p+52
shifted: f64 = fma(u, minus_log2_e, shifter)
n: f64 = shifted - shifter
minus_n: f64 = neg(n)
r: f64 = fma(u, minus_log2_e, minus_n)
e6: f64 = 0x1.41d3336b00dd4p-13
e5: f64 = 0x1.5f456a8aba290p-10
e4: f64 = 0x1.3b2dbbc0fd462p-7
e3: f64 = 0x1.c6aed4b9511a2p-5
e2: f64 = 0x1.ebfbdadcb0bfcp-3
e1: f64 = 0x1.62e430c7e9234p-1
e0: f64 = 0x1.0000000261500p+0
p5: f64 = fma(r, e6, e5)
p4: f64 = fma(r, p5, e4)
p3: f64 = fma(r, p4, e3)
p2: f64 = fma(r, p3, e2)
p1: f64 = fma(r, p2, e1)
p: f64 = fma(r, p1, e0)
)";

constexpr std::string_view kErfcSize = R"(size = fabs(x)
high = 10.1
t = min(high, size)
zero = 0
negative: bool = less(x, zero)
)";
constexpr std::string_view kSquareInTwo = R"(hi = t * t
minus_square = neg(hi)
lo = fma(t, t, minus_square)
)";
constexpr std::string_view kWithLow = "r = r2 - lo\n";
constexpr std::string_view kErfcResult = R"(k = kernel(t)
pk = p * k
tail = scalef(pk, n)
two = 2
rest = two - tail
y = select(negative, rest, tail)
return y
)";
constexpr std::string_view kErfc =
    joined<kInput, kErfcSize, kSquareInTwo, kReduceMinusU, kWithLow, kExpOfR, kErfcResult>;

// In double the kernel is a small correction, so that its own rounding hardly counts.
constexpr std::string_view kSquare64 = R"(t64: f64 = widen(t)
u: f64 = t64 * t64
)";
constexpr std::string_view kErfcResult64 = R"(k = kernel(t)
k64: f64 = widen(k)
base: f64 = 0.66
q: f64 = k64 + base
shift: f64 = 0.7
d: f64 = t64 + shift
pq: f64 = p * q
w: f64 = pq / d
tail: f64 = scalef(w, n)
two: f64 = 2
rest: f64 = two - tail
y64: f64 = select(negative, rest, tail)
y = narrow(y64)
return y
)";
constexpr std::string_view kErfc64 =
    joined<kInput, kErfcSize, kSquare64, kExpOfMinusU64, kErfcResult64>;

constexpr std::string_view kSoftplusSize = R"(size = fabs(x)
high = 105
t = min(high, size)
zero = 0
positive = max(zero, x)
)";
constexpr std::string_view kSoftplusResult = R"(k = kernel(t)
pk = p * k
tail = scalef(pk, n)
y = positive + tail
return y
)";
constexpr std::string_view kMinusT = "x1 = neg(t)\n";
constexpr std::string_view kSoftplus =
    joined<kInput, kSoftplusSize, kMinusT, kPlain, kReduceByLn2, kExpOfR, kSoftplusResult>;
constexpr std::string_view kUIsT64 = "u: f64 = widen(t)\n";
constexpr std::string_view kSoftplusResult64 = R"(k = kernel(t)
k64: f64 = widen(k)
whole: f64 = 1
q: f64 = whole - k64
pq: f64 = p * q
tail: f64 = scalef(pq, n)
positive64: f64 = widen(positive)
y64: f64 = positive64 + tail
y = narrow(y64)
return y
)";
constexpr std::string_view kSoftplus64 =
    joined<kInput, kSoftplusSize, kUIsT64, kExpOfMinusU64, kSoftplusResult64>;

constexpr std::string_view kGeluSize = R"(size = fabs(x)
high = 14.5
t = min(high, size)
zero = 0
negative: bool = less(x, zero)
)";
constexpr std::string_view kHalfSquareInTwo = R"(square = t * t
minus_square = neg(square)
square_low = fma(t, t, minus_square)
one_half = 0.5
hi = square * one_half
lo = square_low * one_half
)";
constexpr std::string_view kGeluResult = R"(k = kernel(t)
pk = p * k
tpk = t * pk
tail = scalef(tpk, n)
rest = size - tail
y1 = select(negative, tail, rest)
)";
// x erfc(-x / sqrt 2) is -infinity * 0 at -infinity.
constexpr std::string_view kGeluOfInfinity = R"(y2 = copysign(y1, x)
minus_infinity = -inf
not_a_number = nan
no_value: bool = equal(x, minus_infinity)
y = select(no_value, not_a_number, y2)
return y
)";
constexpr std::string_view kGelu = joined<kInput, kGeluSize, kHalfSquareInTwo, kReduceMinusU,
                                          kWithLow, kExpOfR, kGeluResult, kGeluOfInfinity>;
constexpr std::string_view kHalfSquare64 = R"(t64: f64 = widen(t)
one_half: f64 = 0.5
half_t: f64 = t64 * one_half
u: f64 = half_t * t64
)";
constexpr std::string_view kGeluResult64 = R"(k = kernel(t)
k64: f64 = widen(k)
base: f64 = 0.46
q: f64 = k64 + base
shift: f64 = 1
d: f64 = t64 + shift
pq: f64 = p * q
tpq: f64 = t64 * pq
w: f64 = tpq / d
tail: f64 = scalef(w, n)
size64: f64 = widen(size)
rest: f64 = size64 - tail
y64: f64 = select(negative, tail, rest)
y1 = narrow(y64)
)";
constexpr std::string_view kGelu64 =
    joined<kInput, kGeluSize, kHalfSquare64, kExpOfMinusU64, kGeluResult64, kGeluOfInfinity>;

// ---- sin, cos of pi x: n = round(2 x), r = x - n / 2 exactly, quadrants as above; pi r in two
// parts

constexpr std::string_view kHalfTurnsOfFine = R"(x2 = fine + fine
n = rint(x2)
minus_half = -0.5
r = fma(n, minus_half, fine)
next: i32 = 1
square = r * r
)";
constexpr std::string_view kNearHalf = joined<kFineTurns, kFineX, kHalfTurnsOfFine>;
constexpr std::string_view kSinHalves = "m: i32 = round_to_integer(n)\n";
constexpr std::string_view kCosHalves = R"(m0: i32 = round_to_integer(n)
m: i32 = m0 + next
)";
constexpr std::string_view kPiResult = R"(pi_high = 0x1.921fb6p+1
minus_pi_low = 0x1.777a5cp-24
main = r * pi_high
error_of_main = neg(main)
main_low = fma(r, pi_high, error_of_main)
main_rest = neg(main_low)
zero = 0
rest0 = fma(r, minus_pi_low, main_rest)
rest = select(odd, zero, rest0)
base = select(odd, one, main)
unscaled = select(odd, one, r)
factor = square * unscaled
p = fma(factor, k, rest)
y0 = base - p
)";
constexpr std::string_view kSinPi = joined<kInput, kNearHalf, kSinHalves, kQuadrant, kSignedSquare,
                                           kPiResult, kSignOfQuadrant, kSelfAtZero>;
constexpr std::string_view kCosPi = joined<kInput, kNearHalf, kCosHalves, kQuadrant, kSignedSquare,
                                           kPiResult, kSignOfQuadrant, kReturn>;

// ---- asinh, acosh, atanh by log(1 + u), from 2^60 on by log(2 u)

constexpr std::string_view kOnePlusU = R"(w = u + one
w1 = w - one
lost = u - w1
infinity = inf
)";
constexpr std::string_view kLog1pOfU = joined<kOnePlusU, kSplitCentredW, kNextToR>;

constexpr std::string_view kAsinhArgument = R"(size = fabs(x)
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
// One more ln 2 where u is half of what it stands for.
constexpr std::string_view kBump = R"(zero = 0
bump = select(big, one, zero)
e_doubled = e + bump
)";
constexpr std::string_view kUOfInfinity = R"(is_infinite: bool = equal(u, infinity)
y1 = select(is_infinite, u, y0)
)";
constexpr std::string_view kDoubledSum = R"(ln2 = 0x1.62e43p-1
y0 = fma(e_doubled, ln2, p)
)";
constexpr std::string_view kDoubledTableSum = R"(ln2 = 0x1.62e43p-1
h = fma(e_doubled, ln2, l)
k = kernel(r)
y0 = fma(r, k, h)
)";
constexpr std::string_view kDoubled = joined<kBump, kDoubledSum, kUOfInfinity>;
constexpr std::string_view kDoubledTable = joined<kBump, kDoubledTableSum, kUOfInfinity>;
constexpr std::string_view kAsinh = joined<kInput, kAsinhArgument, kLog1pOfU, kDoubled, kOddResult>;
constexpr std::string_view kAsinhTable =
    joined<kInput, kAsinhArgument, kOnePlusU, kTabledW, kDoubledTable, kOddResult>;

constexpr std::string_view kAcoshArgument = R"(one = 1
t = x - one
t2 = t + t
s = fma(t, t, t2)
root = sqrt(s)
u0 = t + root
huge = 0x1p60
big: bool = less(huge, x)
u = select(big, x, u0)
)";
constexpr std::string_view kAcoshResult = R"(not_a_number = nan
below: bool = less(x, one)
y = select(below, not_a_number, y1)
return y
)";
constexpr std::string_view kAcosh =
    joined<kInput, kAcoshArgument, kLog1pOfU, kDoubled, kAcoshResult>;
constexpr std::string_view kAcoshTable =
    joined<kInput, kAcoshArgument, kOnePlusU, kTabledW, kDoubledTable, kAcoshResult>;

constexpr std::string_view kAtanhArgument = R"(size = fabs(x)
one = 1
double = size + size
d = one - size
u = double / d
)";
constexpr std::string_view kHalfOfLog = R"(half = 0.5
y_half = y_log * half
is_infinite: bool = equal(u, infinity)
y0 = select(is_infinite, u, y_half)
not_a_number = nan
beyond: bool = less(one, size)
y1 = select(beyond, not_a_number, y0)
)";
constexpr std::string_view kAtanhSum = R"(ln2 = 0x1.62e43p-1
y_log = fma(e, ln2, p)
)";
constexpr std::string_view kAtanhTableSum = R"(k = kernel(r)
y_log = fma(r, k, h)
)";
constexpr std::string_view kAtanh =
    joined<kInput, kAtanhArgument, kLog1pOfU, kAtanhSum, kHalfOfLog, kOddResult>;
constexpr std::string_view kAtanhTable = joined<kInput, kAtanhArgument, kOnePlusU, kTabledW,
                                                kPlusELog2, kAtanhTableSum, kHalfOfLog, kOddResult>;

// ---- The same in double, so that one rounding is left. The kernel's own counts little.

// p = r + r^2 k
constexpr std::string_view kGrowthInDouble = R"(r = narrow(r_wide)
k = kernel(r)
r2 = r * r
tail = r2 * k
tail_wide: f64 = widen(tail)
p: f64 = r_wide + tail_wide
)";

constexpr std::string_view kSplitW = R"(e1: f64 = getexp(w)
m: f64 = getmant_centred(w)
e2: f64 = getexp(m)
e: f64 = e1 - e2
r_wide: f64 = m - one_wide
)";
constexpr std::string_view kLogOfW = joined<kSplitW, kGrowthInDouble>;
constexpr std::string_view kTimesLn2 = R"(ln2: f64 = 0x1.62e42fefa39efp-1
y_wide: f64 = fma(e, ln2, p)
y0 = narrow(y_wide)
)";

// The root in float and one step of Newton's, which doubles its digits; from 2^60 on it is its
// argument.
constexpr std::string_view kRootInDouble = R"(half = 0.5
half_inverse = half / divisor
minus_root: f64 = neg(root_wide)
residual: f64 = fma(minus_root, root_wide, square)
half_inverse_wide: f64 = widen(half_inverse)
exact_root: f64 = fma(residual, half_inverse_wide, root_wide)
)";

constexpr std::string_view kAsinhWide = R"(size = fabs(x)
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
constexpr std::string_view kAsinhSum = "w: f64 = size_wide + exact_root\n";
constexpr std::string_view kAsinhWideResult = R"(tiny = 0x1p-13
is_tiny: bool = less(size, tiny)
infinity = inf
is_infinite: bool = equal(size, infinity)
as_it_is: bool = bit_or(is_tiny, is_infinite)
y1 = select(as_it_is, size, y0)
)";
constexpr std::string_view kAsinh64 = joined<kInput, kAsinhWide, kRootInDouble, kAsinhSum, kLogOfW,
                                             kTimesLn2, kAsinhWideResult, kOddResult>;

constexpr std::string_view kAcoshWide = R"(one = 1
t = x - one
t2 = t + t
s = fma(t, t, t2)
root0 = sqrt(s)
huge = 0x1p60
big: bool = less(huge, x)
root = select(big, x, root0)
least = 0x1p-30
divisor = max(least, root)
one_wide: f64 = 1
x_wide: f64 = widen(x)
t_wide: f64 = x_wide - one_wide
t2_wide: f64 = t_wide + t_wide
square: f64 = fma(t_wide, t_wide, t2_wide)
root_wide: f64 = widen(root)
)";
constexpr std::string_view kAcoshSum = R"(u: f64 = t_wide + exact_root
w: f64 = u + one_wide
)";
constexpr std::string_view kAcoshWideResult = R"(infinity = inf
is_infinite: bool = equal(x, infinity)
y1 = select(is_infinite, x, y0)
)";
constexpr std::string_view kAcosh64 = joined<kInput, kAcoshWide, kRootInDouble, kAcoshSum, kLogOfW,
                                             kTimesLn2, kAcoshWideResult, kAcoshResult>;

// The quotient as the root above.
constexpr std::string_view kAtanhWide = R"(size = fabs(x)
one = 1
d = one - size
inverse = one / d
one_wide: f64 = 1
size_wide: f64 = widen(size)
numerator: f64 = one_wide + size_wide
denominator: f64 = one_wide - size_wide
)";
constexpr std::string_view kQuotientInDouble = R"(inverse_wide: f64 = widen(inverse)
q: f64 = numerator * inverse_wide
minus_q: f64 = neg(q)
residual: f64 = fma(minus_q, denominator, numerator)
)";
constexpr std::string_view kAtanhQuotient = "w: f64 = fma(residual, inverse_wide, q)\n";
constexpr std::string_view kAtanhWideResult = R"(half_ln2: f64 = 0x1.62e42fefa39efp-2
half_wide: f64 = 0.5
half_p: f64 = p * half_wide
y_wide: f64 = fma(e, half_ln2, half_p)
y0 = narrow(y_wide)
infinity = inf
at_pole: bool = equal(size, one)
y2 = select(at_pole, infinity, y0)
tiny = 0x1p-13
is_tiny: bool = less(size, tiny)
y1 = select(is_tiny, size, y2)
)";
constexpr std::string_view kAtanh64 = joined<kInput, kAtanhWide, kQuotientInDouble, kAtanhQuotient,
                                             kLogOfW, kAtanhWideResult, kOddResult>;

// sigmoid as above, e^-|x| = 2^n (1 + r + r^2 k).
constexpr std::string_view kSigmoidReduction = R"(n_wide: f64 = widen(n)
x1_wide: f64 = widen(x1)
minus_ln2: f64 = -0x1.62e42fefa39efp-1
r_wide: f64 = fma(n_wide, minus_ln2, x1_wide)
)";
constexpr std::string_view kSigmoidParts = R"(one_wide: f64 = 1
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
constexpr std::string_view kSigmoidWideResult = R"(y_wide: f64 = fma(residual, inverse_wide, q)
y = narrow(y_wide)
return y
)";
constexpr std::string_view kSigmoid64 =
    joined<kInput, kMinusSize, kPlain, kRoundByShifter, kSigmoidReduction, kGrowthInDouble,
           kSigmoidParts, kQuotientInDouble, kSigmoidWideResult>;

// ---- asin, acos: from 1/2 on by 2 asin(sqrt((1 - |x|) / 2)) = pi/2 - asin |x|

constexpr std::string_view kHalfPi = R"(half_pi = 0x1.921fb6p+0
half_pi_low = -0x1.777a5cp-25
)";
constexpr std::string_view kSineOfAngle = R"(size = fabs(x)
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
constexpr std::string_view kAngle = R"(p = fma(cube, k, t)
minus_two = -2
)";
constexpr std::string_view kAsinOfHalf = joined<kSineOfAngle, kAngle, kHalfPi>;
constexpr std::string_view kAsinResult = R"(complement0 = fma(p, minus_two, half_pi_low)
complement = complement0 + half_pi
y1 = select(big, complement, p)
)";
constexpr std::string_view kAsin = joined<kInput, kAsinOfHalf, kAsinResult, kOddResult>;

// The same without what pi/2 as a float lacks: fewer steps, larger errors.
constexpr std::string_view kAngleOfHalf = joined<kSineOfAngle, kAngle>;
constexpr std::string_view kAsinRoundedResult = R"(half_pi = 0x1.921fb6p+0
complement = fma(p, minus_two, half_pi)
y1 = select(big, complement, p)
)";
constexpr std::string_view kAsinRounded =
    joined<kInput, kAngleOfHalf, kAsinRoundedResult, kOddResult>;

// With what the root, pi/2 and the large sum, base + factor t, lose. t2_rest is what 2 t lacks, by
// half a step of Newton's; an estimate of 1 / t is enough for that.
constexpr std::string_view kSumWithLost = R"(main = fma(t, factor, base)
minus_gain = base - main
lost = fma(t, factor, minus_gain)
)";
constexpr std::string_view kRestOfRoot = R"(zero = 0
one = 1
tail = cube * k
minus_t = neg(t)
residual = fma(minus_t, t, z)
inverse = reciprocal_estimate(t)
t2_rest = residual * inverse
)";
constexpr std::string_view kAsinKept = joined<kSineOfAngle, kRestOfRoot, kHalfPi>;
constexpr std::string_view kAsinTerms = R"(minus_two = -2
factor = select(big, minus_two, one)
base = select(big, half_pi, zero)
)";
constexpr std::string_view kAsinKeptResult = R"(rest_of_base = half_pi_low - t2_rest
low0 = select(big, rest_of_base, zero)
low1 = low0 + lost
low = fma(tail, factor, low1)
y1 = main + low
)";
constexpr std::string_view kAsinCompensated =
    joined<kInput, kAsinKept, kAsinTerms, kSumWithLost, kAsinKeptResult, kOddResult>;

// The angle 2 p for large x, pi - 2 p for large -x, pi/2 -+ p between.
constexpr std::string_view kAcosResult = R"(zero = 0
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
constexpr std::string_view kAcos = joined<kInput, kAsinOfHalf, kAcosResult>;
constexpr std::string_view kAcosRoundedResult = R"(zero = 0
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
constexpr std::string_view kAcosRounded = joined<kInput, kAngleOfHalf, kAcosRoundedResult>;

// 0 + 2 t for large x, pi - 2 t for large -x, pi/2 -+ t between.
constexpr std::string_view kAcosTerms = R"(three = 3
sign = copysign(one, x)
minus_sign = neg(sign)
outer_sign = select(big, sign, zero)
factor = fma(outer_sign, three, minus_sign)
minus_half_pi = neg(half_pi)
minus_half_pi_low = neg(half_pi_low)
base = fma(outer_sign, minus_half_pi, half_pi)
base_low = fma(outer_sign, minus_half_pi_low, half_pi_low)
)";
constexpr std::string_view kAcosKeptResult = R"(low0 = lost + base_low
low1 = fma(t2_rest, outer_sign, low0)
low = fma(tail, factor, low1)
y = main + low
return y
)";
constexpr std::string_view kAcosCompensated =
    joined<kInput, kAsinKept, kAcosTerms, kSumWithLost, kAcosKeptResult>;

// ---- atan: of |x| or its reciprocal, which pi/2 is taken from then

constexpr std::string_view kAtan = R"(input x: f32
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
constexpr std::string_view kAtanInverse = joined<kAtan, kOddResult>;

// With what the reciprocal, pi/2 and the large sum lose. What the reciprocal lacks counts
// 1 / (1 + r^2) times, which 1 - r^2 / 2 stands for.
constexpr std::string_view kAtanKept = R"(zero = 0
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
constexpr std::string_view kAtanTerms = R"(factor = select(big, minus_one, one)
base = select(big, half_pi, zero)
base_low = select(big, half_pi_low, zero)
)";
constexpr std::string_view kAtanKeptResult = R"(low0 = lost + base_low
low = fma(tail, factor, low0)
y1 = main + low
)";
constexpr std::string_view kAtanCompensated =
    joined<kInput, kAtanKept, kHalfPi, kAtanTerms, kSumWithLost, kAtanKeptResult, kOddResult>;

// ---- sinh, cosh from e^|x| / 2 = 2^(n-1) e^r, which is finite as long as they are

constexpr std::string_view kCoshResult = R"(k = kernel(r)
minus_one = -1
n1 = n + minus_one
e = scalef(k, n1)
quarter = 0.25
inverse = quarter / e
y = e + inverse
return y
)";
constexpr std::string_view kCosh =
    joined<kInput, kHyperbolicSize, kPlain, kReduceByLn2, kCoshResult>;

// h = (e^|x| - 1) / 2 by its half, whose scale is finite where sinh is; sinh = h + h / (2 h + 1).
// That quotient is below 1, and NaN where h is infinite.
constexpr std::string_view kSinhQuotient = R"(one = 1
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
constexpr std::string_view kSinh = joined<kInput, kHyperbolicSize, kForQuarter, kReduceByLn2,
                                          kPowerOfShifted, kNextToR, kSinhQuotient, kOddResult>;

// Without a division: e^+-x = 2^+-n (cosh r +- sinh r), so that, with the halves a and b of 2^n +
// 2^-n and 2^n - 2^-n,  sinh x = a sinh r + b cosh r  and  cosh x = a cosh r + b sinh r. All of it
// halved once more, so that the largest are finite; 2^-n is 0 where its exponent leaves the range.
// cosh r - 1 is r^2 times a minimax polynomial, 1e-9 before rounding; sinh r = r + r^3 k(r^2).
constexpr std::string_view kHyperbolicParts = R"(square = r * r
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
constexpr std::string_view kSinhRest = "sinh_rest = cube * k\n";
constexpr std::string_view kSinhSumOfParts = R"(main = fma(a, r, b)
low0 = b * cosh_rest
low_part = fma(a, sinh_rest, low0)
)";
constexpr std::string_view kCoshSumOfParts = R"(main = fma(b, r, a)
low0 = a * cosh_rest
low_part = fma(b, sinh_rest, low0)
)";
// The same with what the roundings of r and of the large sum lose.
constexpr std::string_view kSinhRestKept = "sinh_rest = fma(cube, k, rest_of_r)\n";
constexpr std::string_view kSinhKeptParts = R"(main = fma(a, r, b)
minus_gain = b - main
lost = fma(a, r, minus_gain)
low0 = fma(b, cosh_rest, lost)
low_part = fma(a, sinh_rest, low0)
)";
constexpr std::string_view kCoshKeptParts = R"(main = fma(b, r, s)
minus_gain = s - main
lost = fma(b, r, minus_gain)
low0 = fma(a, cosh_rest, lost)
low1 = fma(b, sinh_rest, low0)
low_part = low1 + down
)";
constexpr std::string_view kSinhDoubled = R"(y0 = main + low_part
y2 = y0 + y0
tiny = 0x1p-13
is_tiny: bool = less(size, tiny)
y1 = select(is_tiny, size, y2)
)";
constexpr std::string_view kCoshDoubled = R"(y0 = main + low_part
y = y0 + y0
return y
)";
constexpr std::string_view kHyperbolicReduction =
    joined<kInput, kHyperbolicSize, kForQuarter, kReduceByLn2>;
constexpr std::string_view kHyperbolicTerms = joined<kPowerOfShifted, kHyperbolicParts>;
constexpr std::string_view kSinhSum = joined<kHyperbolicReduction, kHyperbolicTerms, kSinhRest,
                                             kSinhSumOfParts, kSinhDoubled, kOddResult>;
constexpr std::string_view kCoshSum =
    joined<kHyperbolicReduction, kHyperbolicTerms, kSinhRest, kCoshSumOfParts, kCoshDoubled>;
constexpr std::string_view kSinhKept =
    joined<kHyperbolicReduction, kKeepRestOfR, kHyperbolicTerms, kSinhRestKept, kSinhKeptParts,
           kSinhDoubled, kOddResult>;
constexpr std::string_view kCoshKept = joined<kHyperbolicReduction, kKeepRestOfR, kHyperbolicTerms,
                                              kSinhRestKept, kCoshKeptParts, kCoshDoubled>;

// ---- roots: x = 2^(3 n) mm or 2^(2 n) mm, the root of mm by the kernel. For zero and infinity n
// is infinite and mm NaN, of which scalef makes an infinity and a zero.

constexpr std::string_view kRootItself = "root = kernel(r)\n";
constexpr std::string_view kCbrt = joined<kThirds, kRootItself, kRootOfThirds>;
constexpr std::string_view kRsqrt = joined<kHalves, kMinusN, kRootItself, kRootOfHalves>;

// (r - sin r) / r^3 for r^2, (1 - cos r) / r^2 for -r^2, and their weights in the result.
constexpr std::string_view kSinOrCos =
    "(sqrt(abs(x))-sin(sqrt(abs(x))))/sqrt(abs(x))^3*(1+x/abs(x))/2"
    "+(1-cos(sqrt(abs(x))))/abs(x)*(1-x/abs(x))/2";
constexpr std::string_view kSinOrCosWeight =
    "sqrt(abs(x))^3/sin(sqrt(abs(x)))*(1+x/abs(x))/2+abs(x)/cos(sqrt(abs(x)))*(1-x/abs(x))/2";
// (asin r - r) / r^3 for r^2
constexpr std::string_view kAsinOfRoot = "(asin(sqrt(x))-sqrt(x))/sqrt(x)^3";
constexpr std::string_view kAsinOfRootWeight = "sqrt(x)^3/asin(sqrt(x))";
// (atan r - r) / r^3 for r^2
constexpr std::string_view kAtanOfRoot = "(atan(sqrt(x))-sqrt(x))/sqrt(x)^3";
constexpr std::string_view kAtanOfRootWeight = "sqrt(x)^3/atan(sqrt(x))";
// (sin r - r) / r^3, (sinh r - r) / r^3 and (tan r - r) / r^3 for r^2.
constexpr std::string_view kSinOfRoot = "(sin(sqrt(x))-sqrt(x))/sqrt(x)^3";
constexpr std::string_view kSinOfRootWeight = "sqrt(x)^3/sin(sqrt(x))";
constexpr std::string_view kSinhOfRoot = "(sinh(sqrt(x))-sqrt(x))/sqrt(x)^3";
constexpr std::string_view kSinhOfRootWeight = "sqrt(x)^3/sinh(sqrt(x))";
constexpr std::string_view kTanOfRoot = "(tan(sqrt(x))-sqrt(x))/sqrt(x)^3";
constexpr std::string_view kTanOfRootWeight = "sqrt(x)^3/tan(sqrt(x))";
// The first of pi r.
constexpr std::string_view kSinOrCosPi =
    "(pi*sqrt(abs(x))-sin(pi*sqrt(abs(x))))/sqrt(abs(x))^3*(1+x/abs(x))/2"
    "+(1-cos(pi*sqrt(abs(x))))/abs(x)*(1-x/abs(x))/2";
constexpr std::string_view kSinOrCosPiWeight =
    "sqrt(abs(x))^3/sin(pi*sqrt(abs(x)))*(1+x/abs(x))/2"
    "+abs(x)/cos(pi*sqrt(abs(x)))*(1-x/abs(x))/2";

// sin(pi r) / r for r^2
constexpr std::string_view kSinPiOfRoot = "sin(pi*sqrt(x))/sqrt(x)";
constexpr std::string_view kSinPiOfRootWeight = "sqrt(x)/sin(pi*sqrt(x))";
// (2 atanh s) / s = log((1 + s) / (1 - s)) / s for s^2, to three bases; 2 less for the natural one.
constexpr std::string_view kAtanhOfRoot = "2*atanh(sqrt(x))/sqrt(x)";
constexpr std::string_view kRestOfAtanh = "2*atanh(sqrt(x))/sqrt(x)-2";
constexpr std::string_view kAtanhOfRootWeight = "sqrt(x)/atanh(sqrt(x))/2";
constexpr std::string_view kLog2OfRoot = "2*atanh(sqrt(x))/sqrt(x)/log(2)";
constexpr std::string_view kLog2OfRootWeight = "sqrt(x)/atanh(sqrt(x))/2*log(2)";
constexpr std::string_view kLog10OfRoot = "2*atanh(sqrt(x))/sqrt(x)/log(10)";
constexpr std::string_view kLog10OfRootWeight = "sqrt(x)/atanh(sqrt(x))/2*log(10)";

// m c - 1 of every interval of the tables of logarithms
constexpr std::string_view kTabledDomain = "-0.01563,0.03126";

// clang-format off
constexpr std::array kSchemes = {
  //        target     name            kernel                    domain             weight                text
  SchemeRow{"exp2",    "scalef",       "exp2(x)",                "-0.5,0.5",        "exp2(-x)",           kExp2Scalef},
  SchemeRow{"exp2",    "fraction",     "exp2(x)",                "0,1",             "exp2(-x)",           kExp2Fraction},
  SchemeRow{"exp2",    "rare",         "exp2(x)",                "-0.5,0.5",        "exp2(-x)",           kExp2Rare},
  SchemeRow{"exp2",    "f64",          "exp2(x)",                "-0.5,0.5",        "exp2(-x)",           kExp2F64},
  SchemeRow{"exp",     "scalef",       "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",            kExpScalef},
  SchemeRow{"exp",     "magic",        "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",            kExpMagicScalef},
  SchemeRow{"exp",     "clamped",      "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",            kExpClamped},
  SchemeRow{"exp",     "base2",        "exp2(x)",                "-0.5,0.5",        "exp2(-x)",           kExpBase2},
  SchemeRow{"exp",     "rare",         "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",            kExpRare},
  SchemeRow{"exp",     "f64",          "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",            kExpF64},
  SchemeRow{"exp10",   "clamped",      "exp10(x)",               "-0.1506,0.1506",  "exp10(-x)",          kExp10Clamped},
  SchemeRow{"exp10",   "base2",        "exp2(x)",                "-0.5,0.5",        "exp2(-x)",           kExp10Base2},
  SchemeRow{"exp10",   "rare",         "exp10(x)",               "-0.1506,0.1506",  "exp10(-x)",          kExp10Rare},
  SchemeRow{"exp10",   "f64",          "exp10(x)",               "-0.1506,0.1506",  "exp10(-x)",          kExp10F64},
  SchemeRow{"expm1",   "halved",       "(expm1(x)-x)/x^2",       "-0.3466,0.3466",  "x^2/expm1(x)",       kExpm1},
  SchemeRow{"expm1",   "kept",         "(expm1(x)-x)/x^2",       "-0.3466,0.3466",  "x^2/expm1(x)",       kExpm1Kept},
  SchemeRow{"expm1",   "kept_by_half", "(expm1(x)-x-x^2/2)/x^3", "-0.3466,0.3466",  "x^3/expm1(x)",       kExpm1KeptByHalf},
  SchemeRow{"expm1",   "f64",          "(expm1(x)-x)/x^2",       "-0.3466,0.3466",  "x^2/expm1(x)",       kExpm1F64},
  SchemeRow{"log",     "centred",      "(log1p(x)-x)/x^2",       "-0.25,0.5",       "x^2/log1p(x)",       kLogCentred},
  SchemeRow{"log",     "sqrt2",        "(log1p(x)-x)/x^2",       "-0.2929,0.4143",  "x^2/log1p(x)",       kLogSqrt2},
  SchemeRow{"log",     "rare",         "(log1p(x)-x)/x^2",       "-0.2929,0.4143",  "x^2/log1p(x)",       kLogBitsRare},
  SchemeRow{"log",     "table",        "log1p(x)/x",             kTabledDomain,     "x/log1p(x)",         kLogTable},
  SchemeRow{"log",     "table_exact",  "(log1p(x)-x)/x^2",       kTabledDomain,     "x^2/log1p(x)",       kLogTableExact},
  SchemeRow{"log",     "f64",          kAtanhOfRoot,             "0,0.02945",       kAtanhOfRootWeight,   kLogF64},
  SchemeRow{"log",     "f64_odd",      kRestOfAtanh,             "0,0.02945",       kAtanhOfRootWeight,   kLogF64Odd},
  SchemeRow{"log2",    "sqrt2",        "log1p(x)/log(2)/x-1",    "-0.2929,0.4143",  "x/log1p(x)*log(2)",  kLog2Sqrt2},
  SchemeRow{"log2",    "centred",      "log1p(x)/log(2)/x-1",    "-0.25,0.5",       "x/log1p(x)*log(2)",  kLog2Centred},
  SchemeRow{"log2",    "rare",         "log1p(x)/log(2)/x-1",    "-0.2929,0.4143",  "x/log1p(x)*log(2)",  kLog2BitsRare},
  SchemeRow{"log2",    "compensated",  "log1p(x)/log(2)/x-1",    "-0.25,0.5",       "x/log1p(x)*log(2)",  kLog2Compensated},
  SchemeRow{"log2",    "table",        "log1p(x)/log(2)/x",      kTabledDomain,     "x/log1p(x)*log(2)",  kLog2Table},
  SchemeRow{"log2",    "table_kept",   "log1p(x)/log(2)/x-1",    kTabledDomain,     "x/log1p(x)*log(2)",  kLog2TableKept},
  SchemeRow{"log2",    "f64",          kLog2OfRoot,              "0,0.02945",       kLog2OfRootWeight,    kLog2F64},
  SchemeRow{"log10",   "centred",      "log1p(x)/log(10)/x-0x1.bcp-2", "-0.25,0.5", "x/log1p(x)*log(10)", kLog10Centred},
  SchemeRow{"log10",   "compensated",  "log1p(x)/log(10)/x-0x1.bcp-2", "-0.25,0.5", "x/log1p(x)*log(10)", kLog10Compensated},
  SchemeRow{"log10",   "product",      "log1p(x)/log(10)/x",     "-0.25,0.5",       "x/log1p(x)*log(10)", kLog10Product},
  SchemeRow{"log10",   "table",        "log1p(x)/log(10)/x",     kTabledDomain,     "x/log1p(x)*log(10)", kLog10Table},
  SchemeRow{"log10",   "table_exact",  "log1p(x)/log(10)/x-0x1.bcb7b2p-2", kTabledDomain,     "x/log1p(x)*log(10)", kLog10TableExact},
  SchemeRow{"log10",   "f64",          kLog10OfRoot,             "0,0.02945",       kLog10OfRootWeight,   kLog10F64},
  SchemeRow{"log10",   "f64_odd",      kLog10OfRoot,             "0,0.02945",       kLog10OfRootWeight,   kLog10F64Odd},
  SchemeRow{"log1p",   "centred",      "(log1p(x)-x)/x^2",       "-0.25,0.5",       "x^2/log1p(x)",       kLog1p},
  SchemeRow{"log1p",   "table",        "log1p(x)/x",             kTabledDomain,     "x/log1p(x)",         kLog1pTable},
  SchemeRow{"log1p",   "f64",          kAtanhOfRoot,             "0,0.04",          kAtanhOfRootWeight,   kLog1pF64},
  SchemeRow{"log1p",   "f64_odd",      kRestOfAtanh,             "0,0.04",          kAtanhOfRootWeight,   kLog1pF64Odd},
  SchemeRow{"sin",     "kept",         kSinOrCos,                "-0.62,0.62",      kSinOrCosWeight,      kSinKept},
  SchemeRow{"sin",     "rounded",      kSinOrCos,                "-0.62,0.62",      kSinOrCosWeight,      kSinRounded},
  SchemeRow{"sin",     "half_turns",   kSinOfRoot,               "0,2.48",          kSinOfRootWeight,     kSinHalf},
  SchemeRow{"sin",     "product",      "sin(sqrt(x))/sqrt(x)",   "0,2.48",          "sqrt(x)/sin(sqrt(x))", kSinProduct},
  SchemeRow{"sin",     "double",       kSinOrCos,                "-0.62,0.62",      kSinOrCosWeight,      kSinF64},
  SchemeRow{"sin",     "f64",          kSinOfRoot,               "0,2.4675",        kSinOfRootWeight,     kSinWhollyF64},
  SchemeRow{"cos",     "kept",         kSinOrCos,                "-0.62,0.62",      kSinOrCosWeight,      kCosKept},
  SchemeRow{"cos",     "rounded",      kSinOrCos,                "-0.62,0.62",      kSinOrCosWeight,      kCosRounded},
  SchemeRow{"cos",     "half_turns",   kSinOfRoot,               "0,2.48",          kSinOfRootWeight,     kCosHalf},
  SchemeRow{"cos",     "product",      "sin(sqrt(x))/sqrt(x)",   "0,2.48",          "sqrt(x)/sin(sqrt(x))", kCosProduct},
  SchemeRow{"cos",     "double",       kSinOrCos,                "-0.62,0.62",      kSinOrCosWeight,      kCosF64},
  SchemeRow{"cos",     "f64",          kSinOfRoot,               "0,2.4675",        kSinOfRootWeight,     kCosWhollyF64},
  SchemeRow{"tan",     "kept",         kTanOfRoot,               "0,0.618",         kTanOfRootWeight,     kTanKept},
  SchemeRow{"tan",     "rounded",      kTanOfRoot,               "0,0.618",         kTanOfRootWeight,     kTanRounded},
  SchemeRow{"tan",     "double",       kTanOfRoot,               "0,0.618",         kTanOfRootWeight,     kTanF64},
  SchemeRow{"tan",     "f64",          kTanOfRoot,               "0,0.617",         kTanOfRootWeight,     kTanWhollyF64},
  SchemeRow{"sinpi",   "halves",       kSinOrCosPi,              "-0.0625,0.0625",  kSinOrCosPiWeight,    kSinPi},
  SchemeRow{"sinpi",   "f64",          kSinPiOfRoot,             "0,0.25",          kSinPiOfRootWeight,   kSinPiF64},
  SchemeRow{"cospi",   "halves",       kSinOrCosPi,              "-0.0625,0.0625",  kSinOrCosPiWeight,    kCosPi},
  SchemeRow{"cospi",   "f64",          kSinPiOfRoot,             "0,0.25",          kSinPiOfRootWeight,   kCosPiF64},
  SchemeRow{"asinh",   "log1p",        "(log1p(x)-x)/x^2",       "-0.25,0.5",       "x^2/log1p(x)",       kAsinh},
  SchemeRow{"asinh",   "table",        "log1p(x)/x",             kTabledDomain,     "x/log1p(x)",         kAsinhTable},
  SchemeRow{"asinh",   "double",       "(log1p(x)-x)/x^2",       "-0.25,0.5",       "x^2/log1p(x)",       kAsinh64},
  SchemeRow{"acosh",   "log1p",        "(log1p(x)-x)/x^2",       "-0.25,0.5",       "x^2/log1p(x)",       kAcosh},
  SchemeRow{"acosh",   "table",        "log1p(x)/x",             kTabledDomain,     "x/log1p(x)",         kAcoshTable},
  SchemeRow{"acosh",   "double",       "(log1p(x)-x)/x^2",       "-0.25,0.5",       "x^2/log1p(x)",       kAcosh64},
  SchemeRow{"atanh",   "log1p",        "(log1p(x)-x)/x^2",       "-0.25,0.5",       "x^2/log1p(x)",       kAtanh},
  SchemeRow{"atanh",   "table",        "log1p(x)/x",             kTabledDomain,     "x/log1p(x)",         kAtanhTable},
  SchemeRow{"atanh",   "double",       "(log1p(x)-x)/x^2",       "-0.25,0.5",       "x^2/log1p(x)",       kAtanh64},
  SchemeRow{"asin",    "half",         kAsinOfRoot,              "0,0.25",          kAsinOfRootWeight,    kAsin},
  SchemeRow{"asin",    "rounded",      kAsinOfRoot,              "0,0.25",          kAsinOfRootWeight,    kAsinRounded},
  SchemeRow{"asin",    "compensated",  kAsinOfRoot,              "0,0.25",          kAsinOfRootWeight,    kAsinCompensated},
  SchemeRow{"asin",    "f64",          kAsinOfRoot,              "0,0.25",          kAsinOfRootWeight,    kAsinF64},
  SchemeRow{"acos",    "half",         kAsinOfRoot,              "0,0.25",          kAsinOfRootWeight,    kAcos},
  SchemeRow{"acos",    "rounded",      kAsinOfRoot,              "0,0.25",          kAsinOfRootWeight,    kAcosRounded},
  SchemeRow{"acos",    "compensated",  kAsinOfRoot,              "0,0.25",          kAsinOfRootWeight,    kAcosCompensated},
  SchemeRow{"acos",    "f64",          kAsinOfRoot,              "0,0.25",          kAsinOfRootWeight,    kAcosF64},
  SchemeRow{"acos",    "f64_odd",      kAsinOfRoot,              "0,0.25",          kAsinOfRootWeight,    kAcosF64Odd},
  SchemeRow{"atan",    "inverse",      "(atan(x)-x)/x^3",        "0,1",             "x^3/atan(x)",        kAtanInverse},
  SchemeRow{"atan",    "compensated",  kAtanOfRoot,              "0,1",             kAtanOfRootWeight,    kAtanCompensated},
  SchemeRow{"atan",    "f64",          kAtanOfRoot,              "0,1",             kAtanOfRootWeight,    kAtanF64},
  SchemeRow{"cosh",    "exp",          "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",            kCosh},
  SchemeRow{"cosh",    "sum",          kSinhOfRoot,              "0,0.12014",       kSinhOfRootWeight,    kCoshSum},
  SchemeRow{"cosh",    "kept",         kSinhOfRoot,              "0,0.12014",       kSinhOfRootWeight,    kCoshKept},
  SchemeRow{"cosh",    "f64",          "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",            kCoshF64},
  SchemeRow{"sinh",    "expm1",        "(expm1(x)-x)/x^2",       "-0.3466,0.3466",  "x^2/expm1(x)",       kSinh},
  SchemeRow{"sinh",    "sum",          kSinhOfRoot,              "0,0.12014",       kSinhOfRootWeight,    kSinhSum},
  SchemeRow{"sinh",    "kept",         kSinhOfRoot,              "0,0.12014",       kSinhOfRootWeight,    kSinhKept},
  SchemeRow{"sinh",    "f64",          "(expm1(x)-x)/x^2",       "-0.3466,0.3466",  "x^2/expm1(x)",       kSinhF64},
  SchemeRow{"cbrt",    "thirds",       "cbrt(x)",                "0.5,4",            "1/cbrt(x)",          kCbrt},
  SchemeRow{"cbrt",    "f64",          "((1-x)^(-2/3)-1)/x",     "-6e-7,5.7e-5",     "x*(1-x)^(2/3)",     kCbrtF64},
  SchemeRow{"rsqrt",   "halves",       "1/sqrt(x)",              "1,4",             "sqrt(x)",            kRsqrt},
  SchemeRow{"rsqrt",   "f64",          "((1-x)^(-1/2)-1)/x",     "-3e-7,9.6e-6",     "x*(1-x)^(1/2)",     kRsqrtF64},
  SchemeRow{"sigmoid", "exp",          "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",            kSigmoid},
  SchemeRow{"sigmoid", "double",       "(expm1(x)-x)/x^2",       "-0.3466,0.3466",  "x^2*exp(-x)",        kSigmoid64},
  SchemeRow{"sigmoid", "f64",          "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",            kSigmoidF64},
  SchemeRow{"tanh",    "expm1",        "(expm1(x)-x)/x^2",       "-0.3466,0.3466",  "x^2/expm1(x)",       kTanh},
  SchemeRow{"tanh",    "saturated",    "tanh(x)",                "0,10",            "1/tanh(x)",          kTanhSaturated},
  SchemeRow{"tanh",    "plain",        "tanh(x)",                "0,9.1",           "1/tanh(x)",          kTanhPlain},
  SchemeRow{"tanh",    "f64",          "(expm1(x)-x)/x^2",       "-0.3466,0.3466",  "x^2/expm1(x)",       kTanhF64},
  SchemeRow{"erf",     "plain",        "erf(x)",                 "0,4",             "1/erf(x)",           kErfPlain},
  SchemeRow{"erfc",    "tail",         "erfc(x)*exp(x^2)",       "0,10.1",          "exp(-x^2)/erfc(x)",  kErfc},
  SchemeRow{"erfc",    "double",       "erfc(x)*exp(x^2)*(x+0.7)-0.66", "0,10.1",   "exp(-x^2)/erfc(x)/(x+0.7)", kErfc64},
  SchemeRow{"softplus","tail",         "log1p(exp(-x))*exp(x)",  "0,105",           "exp(-x)/log1p(exp(-x))", kSoftplus},
  SchemeRow{"softplus","double",       "1-log1p(exp(-x))*exp(x)", "0,105",          "exp(-x)/log1p(exp(-x))", kSoftplus64},
  SchemeRow{"gelu",    "tail",         "erfc(x/sqrt(2))*exp(x^2/2)/2", "0,14.5",    "2*exp(-x^2/2)/erfc(x/sqrt(2))", kGelu},
  SchemeRow{"gelu",    "double",       "erfc(x/sqrt(2))*exp(x^2/2)/2*(x+1)-0.46", "0,14.5", "2*exp(-x^2/2)/erfc(x/sqrt(2))/(x+1)", kGelu64},
};
// clang-format on

}  // namespace

std::span<const SchemeRow> scheme_table() { return kSchemes; }

}  // namespace ulpforge::targets
