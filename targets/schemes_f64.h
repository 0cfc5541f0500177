// Schemes whose kernels are in double, for results that are correctly rounded: everything but the
// last step is good to about 2^-53, so that only values next to the middle between two floats can
// go wrong, and which constants get those right a search finds out. Names as in schemes.cpp; what
// is wide is a double.
#pragma once

#include "targets/scheme_text.h"

namespace ulpforge::targets::scheme_text {

inline constexpr std::string_view kX1Wide = "wide: f64 = widen(x1)\n";
inline constexpr std::string_view kNarrowToY = "y = narrow(y_wide)\n";
inline constexpr std::string_view kNarrowed = joined<kNarrowToY, kReturn>;
inline constexpr std::string_view kNarrowToY1 = "y1 = narrow(y_wide)\n";
inline constexpr std::string_view kOddNarrowed = joined<kNarrowToY1, kOddResult>;
// n is in the low bits of shifted; k 2^n by k's exponent, which stays a double's.
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

// r = wide - n log 2, in the base's logarithm.
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

inline constexpr std::string_view kSigmoidBounds = R"(low = -105
high = 105
)";
inline constexpr std::string_view kMinusX1Wide = R"(minus_x1 = neg(x1)
wide: f64 = widen(minus_x1)
)";
// Next to 0 results lie between two floats exactly, but for -x^3 / 48: by a slope that is a little
// less than 1/4 they leave the middle on the right side, and nothing comes to the wrong one.
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

// The natural one has values so close to the middle between two floats that a double is that
// middle: the sum is rounded to odd (Boldo and Melquiond, "Emulation of a FMA and correctly rounded
// sums", IEEE Transactions on Computers 57, 2008). e log 2 + r, what that sum loses (Dekker's fast
// two-sum), and log(1 + r) - r = s (r^2 / 2 + k) - r^2 / 2, as in fdlibm; only their small sum is
// rounded.
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
// main + low, the larger first: down to the next double where the rounding went up, and odd. An
// exact sum may be a double too low, which no float is.
inline constexpr std::string_view kRoundedToOdd = R"(y_even: f64 = main + low
minus_increase: f64 = main - y_even
sum_rest: f64 = minus_increase + low
even_bits: i64 = bits(y_even)
rest_bits: i64 = bits(sum_rest)
odd_bit: i64 = 1
sign_place: i64 = 63
signs: i64 = bit_xor(even_bits, rest_bits)
step_down: i64 = shift_right(signs, sign_place)
toward_zero: i64 = even_bits + step_down
odd_bits: i64 = bit_or(toward_zero, odd_bit)
y_wide: f64 = from_bits(odd_bits)
)";
// Infinite exponents, which the bits after infinity would make NaN; r is NaN where the result is.
inline constexpr std::string_view kInfiniteExponent = R"(y0 = narrow(y_wide)
size_of_e = fabs(e)
infinity = inf
is_infinite: bool = equal(size_of_e, infinity)
e_or_nan = e + r
y_or_infinity = select(is_infinite, e_or_nan, y0)
)";
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

// sin, cos by half turns: the sign of odd ones goes into the argument.
inline constexpr std::string_view kHalfTurnsF64 = R"(one_over_pi: f64 = 0x1.45f306dc9c883p-2
magic: f64 = 0x1.8p+52
half_turn: f64 = 0.5
)";
inline constexpr std::string_view kSinTurnsF64 = R"(t: f64 = fma(wide, one_over_pi, magic)
n: f64 = t - magic
)";
inline constexpr std::string_view kCosTurnsF64 = R"(z: f64 = fma(wide, one_over_pi, half_turn)
t: f64 = z + magic
n_whole: f64 = t - magic
n: f64 = n_whole - half_turn
)";
inline constexpr std::string_view kNearTurnsF64 = R"(near_flag: i64 = bits(t)
minus_part1: f64 = -0x1.921fb54442d18p+1
minus_part2: f64 = -0x1.1a62633145c07p-53
near_r1: f64 = fma(n, minus_part1, wide)
near_r: f64 = fma(n, minus_part2, near_r1)
)";
// From quarters to halves: where there is an odd quarter, the next half on far_high's side.
inline constexpr std::string_view kSinFarF64 = "far_quarters: i64 = round_to_integer(far_n)\n";
inline constexpr std::string_view kCosFarF64 = R"(far_n_int64: i64 = round_to_integer(far_n)
one64: i64 = 1
far_quarters: i64 = far_n_int64 + one64
)";
inline constexpr std::string_view kFarTurnsF64 = R"(last_bit: i64 = 1
far_bit: i64 = bit_and(far_quarters, last_bit)
far_odd: bool = equal(far_bit, last_bit)
quarter_turn0: f64 = 1
quarter_turn: f64 = copysign(quarter_turn0, far_high)
far_moved: f64 = far_high - quarter_turn
far_half: f64 = select(far_odd, far_moved, far_high)
far_all: f64 = far_half + far_low
half_pi_low: f64 = 0x1.1a62633145c07p-54
far_r_low: f64 = far_all * half_pi_low
far_angle: f64 = fma(far_all, half_pi, far_r_low)
far_nothing: f64 = 0
far_positive: bool = less(far_nothing, far_high)
far_quarters_next: i64 = far_quarters + last_bit
far_quarters_up: i64 = select(far_positive, far_quarters_next, far_quarters)
far_flag: i64 = shift_right(far_quarters_up, last_bit)
r: f64 = select_rare(is_far, far_angle, near_r)
flag: i64 = select_rare(is_far, far_flag, near_flag)
)";
inline constexpr std::string_view kSineF64 = R"(flag_place: i64 = 63
sign_flag: i64 = shift_left(flag, flag_place)
r_bits: i64 = bits(r)
turned_bits: i64 = bit_xor(r_bits, sign_flag)
turned: f64 = from_bits(turned_bits)
square: f64 = r * r
cube: f64 = turned * square
k = kernel(square)
y_wide: f64 = fma(cube, k, turned)
)";
inline constexpr std::string_view kSinWhollyF64 =
    joined<kInput, kWideUnlessFar, kHalfTurnsF64, kSinTurnsF64, kNearTurnsF64, kFar, kSinFarF64,
           kFarTurnsF64, kSineF64, kNarrowToY, kSelfAtZero>;
inline constexpr std::string_view kCosWhollyF64 =
    joined<kInput, kWideUnlessFar, kHalfTurnsF64, kCosTurnsF64, kNearTurnsF64, kFar, kCosFarF64,
           kFarTurnsF64, kSineF64, kNarrowed>;

inline constexpr std::string_view kTanGrowthF64 = R"(square: f64 = r2 * r2
k = kernel(square)
growth_wide: f64 = square * k
)";
inline constexpr std::string_view kTanWhollyF64 =
    joined<kInput, kSinMagicF64, kNearF64, kFar, kSinFar, kFarF64, kTanGrowthF64,
           kTangentAndCotangent, kOddQuadrant, kTangentOfQuadrant>;

// sin, cos of pi x by half turns, r = x - round(x) or, for cosines, 1/2 - (|x| - floor |x|), both
// exact where it matters.
inline constexpr std::string_view kSinPiTurnsF64 = R"(n = rint(fine)
r0 = fine - n
r: f64 = widen(r0)
)";
inline constexpr std::string_view kCosPiTurnsF64 = R"(fine = select(is_fine, size, whole)
n = floor(fine)
r0 = fine - n
r1: f64 = widen(r0)
half_turn: f64 = 0.5
r: f64 = half_turn - r1
)";
inline constexpr std::string_view kPiResultF64 = R"(m: i32 = round_to_integer(n)
flag_place: i32 = 31
flag: i32 = shift_left(m, flag_place)
square: f64 = r * r
k = kernel(square)
y_wide: f64 = r * k
y0 = narrow(y_wide)
y0_bits: i32 = bits(y0)
y_bits: i32 = bit_xor(y0_bits, flag)
y = from_bits(y_bits)
)";
inline constexpr std::string_view kSinPiF64 =
    joined<kInput, kFineTurns, kFineX, kSinPiTurnsF64, kPiResultF64, kSelfAtZero>;
inline constexpr std::string_view kCosPiF64 =
    joined<kInput, kFineTurns, kCosPiTurnsF64, kPiResultF64, kReturn>;

// log(1 + x): the sum is exact in double unless x is what the result rounds to.
inline constexpr std::string_view kOnePlusX = R"(wide: f64 = widen(x)
one_wide: f64 = 1
w: f64 = wide + one_wide
e1: f64 = getexp(w)
m: f64 = getmant_centred(w)
e2: f64 = getexp(m)
e_wide: f64 = e1 - e2
r_wide: f64 = m - one_wide
e = narrow(e_wide)
r = narrow(r_wide)
)";
inline constexpr std::string_view kLog1pNarrowed = "y_or_infinity = narrow(y_wide)\n";
inline constexpr std::string_view kLog1pResultF64 = R"(size = fabs(x)
tiny = 0x1p-26
is_tiny: bool = less(size, tiny)
y = select(is_tiny, x, y_or_infinity)
return y
)";
inline constexpr std::string_view kLog1pF64 =
    joined<kInput, kOnePlusX, kQuotientOfLog, kLogResultF64, kLog1pNarrowed, kLog1pResultF64>;
inline constexpr std::string_view kLog1pF64Odd =
    joined<kInput, kOnePlusX, kQuotientOfLog, kSumOfLog, kRoundedToOdd, kInfiniteExponent,
           kLog1pResultF64>;

// asin, acos by halves as above; all but the root and the last sum is exact or counts little.
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

// Rounded to odd, as the sum of 2 t, pi or pi / 2 and the rest.
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

// Roots as above, from a float estimate z of r^(-1/2) or r^(-1/3) by Newton's steps and what is
// missing then: 1 - e = r z^2 or r z^3.
inline constexpr std::string_view kRsqrtCorrected = R"(magic: i32 = 0x5f3759df
place: i32 = 1
r_bits: i32 = bits(r)
half_bits: i32 = shift_right(r_bits, place)
z_bits: i32 = magic - half_bits
z0 = from_bits(z_bits)
three_halves = 1.5
minus_half = -0.5
half_r = r * minus_half
h0 = half_r * z0
g0 = fma(h0, z0, three_halves)
z1 = z0 * g0
h1 = half_r * z1
g1 = fma(h1, z1, three_halves)
z2 = z1 * g1
z: f64 = widen(z2)
minus_r = neg(r)
minus_wide: f64 = widen(minus_r)
minus_t: f64 = z * minus_wide
one_wide: f64 = 1
missing: f64 = fma(minus_t, z, one_wide)
k = kernel(missing)
step: f64 = z * missing
root_wide: f64 = fma(step, k, z)
root = narrow(root_wide)
)";
inline constexpr std::string_view kRsqrtF64 =
    joined<kHalves, kRsqrtCorrected, kMinusN, kRootOfHalves>;

inline constexpr std::string_view kCbrtCorrected = R"(r_bits: i32 = bits(r)
r_rank = from_integer(r_bits)
minus_third = -0x1.555556p-2
magic = 0x1.528beap+30
z_rank = fma(r_rank, minus_third, magic)
z_bits: i32 = round_to_integer(z_rank)
z0 = from_bits(z_bits)
four_thirds = 0x1.555556p+0
third_r = r * minus_third
h0 = third_r * z0
square0 = z0 * z0
g0 = fma(h0, square0, four_thirds)
z1 = z0 * g0
h1 = third_r * z1
square1 = z1 * z1
g1 = fma(h1, square1, four_thirds)
z2 = z1 * g1
z: f64 = widen(z2)
wide: f64 = widen(r)
z_square: f64 = z * z
estimate: f64 = wide * z_square
minus_z: f64 = neg(z)
one_wide: f64 = 1
missing: f64 = fma(estimate, minus_z, one_wide)
k = kernel(missing)
step: f64 = estimate * missing
root_wide: f64 = fma(step, k, estimate)
root = narrow(root_wide)
)";
inline constexpr std::string_view kCbrtF64 = joined<kThirds, kCbrtCorrected, kRootOfThirds>;

}  // namespace ulpforge::targets::scheme_text
