// Schemes of sin, cos, tan, and sin and cos of pi x.
//
// The constants of the same names are printed by `python3 targets/schemes/constants.py`, and
// tests/targets/scheme_constants_test.cpp compares them with MPFR.
#pragma once

#include <string_view>

#include "targets/schemes/text.h"

namespace ulpforge::targets::scheme_text {

// ---- sin, cos, tan: n = round(x 2/pi), r = x - n pi/2

// Arguments far out, whose code is rare: x 2/pi mod 4 after Payne and Hanek ("Radian reduction for
// trigonometric functions", SIGNUM 18, 1983), by 24-bit pieces of 2/pi. Those whose products with x
// are multiples of 4 are left out: the first piece that matters, and the power of two that brings x
// to its place, follow from x's exponent. All products but the last are exact, and so are the sums
// up to the rounding to far_n; infinities end as NaN. Gives far_n and far_r.
inline constexpr std::string_view kFar = R"(size_bits: i32 = bits(size)
exponent_place: i32 = 23
far_bias: i32 = 128
far_exponent: i32 = shift_right(size_bits, exponent_place)
far_u: i32 = far_exponent - far_bias
reciprocal: i32 = 171
reciprocal_place: i32 = 12
far_product: i32 = far_u * reciprocal
far_first: i32 = shift_right(far_product, reciprocal_place)
scale0 = 0x1p24
scale1 = 0x1p0
scale2 = 0x1p-24
scale3 = 0x1p-48
scale4 = 0x1p-72
scale5 = 0x1p-96
scale6 = 0
scale7 = 0
scale8 = 0
scale9 = 0
scale10 = 0
scale11 = 0
scale12 = 0
scale13 = 0
scale14 = 0
scale15 = 0
far_scale = permute16(far_first, scale0)
far_x = x * far_scale
piece0 = 0
piece1 = 0xa2f983
piece2 = 0x6e4e44
piece3 = 0x1529fc
piece4 = 0x2757d1
piece5 = 0xf534dd
piece6 = 0xc0db62
piece7 = 0x95993c
piece8 = 0x439041
piece9 = 0xfe5163
piece10 = 0xabdebb
piece11 = 0
piece12 = 0
piece13 = 0
piece14 = 0
piece15 = 0
next: i32 = 1
far_second: i32 = far_first + next
far_third: i32 = far_second + next
far_fourth: i32 = far_third + next
far_fifth: i32 = far_fourth + next
c0 = permute16(far_first, piece0)
c1 = permute16(far_second, piece0)
c2 = permute16(far_third, piece0)
c3 = permute16(far_fourth, piece0)
c4 = permute16(far_fifth, piece0)
w0: f64 = widen(c0)
w1: f64 = widen(c1)
w2: f64 = widen(c2)
w3: f64 = widen(c3)
w4: f64 = widen(c4)
down: f64 = 0x1p-24
x0: f64 = widen(far_x)
x1: f64 = x0 * down
x2: f64 = x1 * down
x3: f64 = x2 * down
x4: f64 = x3 * down
x5: f64 = x4 * down
t0: f64 = x1 * w0
t1: f64 = x2 * w1
t2: f64 = x3 * w2
t3: f64 = x4 * w3
t4: f64 = x5 * w4
quarter: f64 = 0.25
minus_four: f64 = -4
t0_turns: f64 = t0 * quarter
t0_whole: f64 = rint(t0_turns)
t0_rest: f64 = fma(t0_whole, minus_four, t0)
t1_turns: f64 = t1 * quarter
t1_whole: f64 = rint(t1_turns)
t1_rest: f64 = fma(t1_whole, minus_four, t1)
far_main: f64 = t0_rest + t1_rest
far_sum: f64 = far_main + t2
sum_t2: f64 = far_sum - far_main
sum_main: f64 = far_sum - sum_t2
lost_t2: f64 = t2 - sum_t2
lost_main: f64 = far_main - sum_main
far_lost: f64 = lost_main + lost_t2
far_tail: f64 = t3 + t4
far_low: f64 = far_lost + far_tail
far_n: f64 = rint(far_sum)
far_high: f64 = far_sum - far_n
far_turns: f64 = far_high + far_low
half_pi: f64 = 0x1.921fb54442d18p+0
far_r: f64 = far_turns * half_pi
far_n_int: i64 = round_to_integer(far_n)
)";
inline constexpr std::string_view kSinFar = "far_m: i32 = wrap(far_n_int)\n";

// In double by two parts of pi/2, which are enough for |x| < 2^40; arguments beyond are far out.
inline constexpr std::string_view kWideUnlessFar = R"(size = fabs(x)
limit = 0x1p+40
is_far: bool = less(limit, size)
wide: f64 = widen(x)
)";
inline constexpr std::string_view kSinShifterF64 = "shifter: f64 = 0x1.8p+52\n";
inline constexpr std::string_view kReduceByHalfPi = R"(two_over_pi: f64 = 0x1.45f306dc9c883p-1
t: f64 = fma(wide, two_over_pi, shifter)
n: f64 = t - shifter
t_bits: i64 = bits(t)
near_m: i32 = wrap(t_bits)
minus_part1: f64 = -0x1.921fb54442d18p+0
minus_part2: f64 = -0x1.1a62633145c07p-54
near_r1: f64 = fma(n, minus_part1, wide)
near_r: f64 = fma(n, minus_part2, near_r1)
)";
inline constexpr std::string_view kNearF64 = joined<kWideUnlessFar, kReduceByHalfPi>;
inline constexpr std::string_view kFarF64 = R"(r2: f64 = select_rare(is_far, far_r, near_r)
m: i32 = select_rare(is_far, far_m, near_m)
)";

// -1 over the tangent in odd quadrants.
inline constexpr std::string_view kOddQuadrant = R"(q: i32 = bit_and(m, next)
odd: bool = equal(q, next)
)";
inline constexpr std::string_view kTangentAndCotangent = R"(tangent: f64 = fma(r2, growth_wide, r2)
minus_one: f64 = -1
cotangent: f64 = minus_one / tangent
)";
inline constexpr std::string_view kTangentOfQuadrant =
    R"(y_wide: f64 = select(odd, cotangent, tangent)
y = narrow(y_wide)
return y
)";

// ---- sin, cos of pi x

// From 2^24 on every float is a whole number of turns; infinities become NaN.
inline constexpr std::string_view kFineTurns = R"(size = fabs(x)
turns = 0x1p24
is_fine: bool = less(size, turns)
nothing = 0
whole = x * nothing
)";
inline constexpr std::string_view kFineX = "fine = select(is_fine, x, whole)\n";
// Signs of zeros as IEEE 754-2019, 9.2, has them: a sine of whole turns has that of x, which
// `whole` is, a cosine is +0.
inline constexpr std::string_view kZeroOfInput = R"(is_zero: bool = equal(y, nothing)
y1 = select(is_zero, whole, y)
return y1
)";
inline constexpr std::string_view kPositiveZero = R"(y1 = y + nothing
return y1
)";

// ---- sin, cos, tan: n = round(x 2/pi), r = x - n pi/2

inline constexpr std::string_view kCosFar = R"(far_quadrant: i32 = wrap(far_n_int)
far_m: i32 = far_quadrant + next
)";

// By three parts of pi/2, of 24, 11 and 24 bits: x - n part1 and n part2 are exact. n is in the low
// bits of t (0 for -0, so that r stays -0), n + 1 for cosines: cos x = sin(x + pi/2).
inline constexpr std::string_view kSinShifterF32 = "shifter = 0x1.8p+23\n";
inline constexpr std::string_view kCosShifterF32 = "shifter = 0x1.800002p+23\n";
inline constexpr std::string_view kNearF32 = R"(size = fabs(x)
limit = 0x1.8p+13
is_far: bool = less(limit, size)
two_over_pi = 0x1.45f306p-1
t = fma(x, two_over_pi, shifter)
n = t - shifter
near_m: i32 = bits(t)
minus_part1 = -0x1.921fb4p+0
near_r1 = fma(n, minus_part1, x)
part2 = 0x1.444p-24
part3 = 0x1.68c234p-39
)";

// r and minus_low = n part3 minus the rounding error of r: the argument is r - minus_low.
inline constexpr std::string_view kNearCompensated = R"(minus_part2 = neg(part2)
near_r = fma(n, minus_part2, near_r1)
minus_taken = near_r - near_r1
kept = fma(n, part2, minus_taken)
near_minus_low = fma(n, part3, kept)
)";
inline constexpr std::string_view kFarCompensated = R"(far_r_rounded = narrow(far_r)
far_r_wide: f64 = widen(far_r_rounded)
far_minus_low_wide: f64 = far_r_wide - far_r
far_minus_low = narrow(far_minus_low_wide)
r = select_rare(is_far, far_r_rounded, near_r)
minus_low = select_rare(is_far, far_minus_low, near_minus_low)
m: i32 = select_rare(is_far, far_m, near_m)
)";

// r alone, rounded.
inline constexpr std::string_view kNearRounded = R"(minus_part2 = neg(part2)
minus_part3 = neg(part3)
near_r2 = fma(n, minus_part2, near_r1)
near_r = fma(n, minus_part3, near_r2)
)";
inline constexpr std::string_view kFarRounded = R"(far_r_rounded = narrow(far_r)
r = select_rare(is_far, far_r_rounded, near_r)
m: i32 = select_rare(is_far, far_m, near_m)
)";

inline constexpr std::string_view kCosShifterF64 = "shifter: f64 = 0x1.8000000000001p+52\n";
inline constexpr std::string_view kNarrowedR = "r = narrow(r2)\n";
inline constexpr std::string_view kFarNarrowed = joined<kFarF64, kNarrowedR>;

// The quadrant m mod 4: the result is sin r, cos r, -sin r or -cos r.
inline constexpr std::string_view kQuadrant = R"(turn: i32 = 30
flag_place: i32 = 31
q: i32 = bit_and(m, next)
odd: bool = equal(q, next)
m_half: i32 = shift_left(m, turn)
flag: i32 = shift_left(m, flag_place)
)";

// One kernel for both functions, told apart by the sign of its argument: v = r^2 asks for
// (r - sin r) / r^3, v = -r^2 for (1 - cos r) / r^2. Interval tables have a cut at 0.
inline constexpr std::string_view kSignedSquare = R"(square_bits: i32 = bits(square)
v_bits: i32 = bit_xor(square_bits, flag)
v = from_bits(v_bits)
k = kernel(v; square, q)
one = 1
)";
inline constexpr std::string_view kSquare = "square = r * r\n";

// Compensated: what the roundings of r and, for cosines, of r^2 lose is added.
inline constexpr std::string_view kCompensatedQuadrant = R"(minus_r = neg(r)
minus_square = neg(square)
square_rest = fma(r, r, minus_square)
half = 0.5
half_rest = square_rest * half
cos_rest = fma(minus_r, minus_low, half_rest)
)";
inline constexpr std::string_view kQuadrantWithRest = R"(rest = select(odd, cos_rest, minus_low)
base = select(odd, one, r)
factor = square * base
p = fma(factor, k, rest)
y0 = base - p
)";
// What the rounding of r^2 loses is a quarter of an ULP of a cosine, and left away.
inline constexpr std::string_view kCompensatedR = R"(minus_r = neg(r)
cos_rest = minus_r * minus_low
)";
inline constexpr std::string_view kRoundedResult = R"(base = select(odd, one, r)
factor = square * base
zero = 0
p = fma(factor, k, zero)
y0 = base - p
)";
inline constexpr std::string_view kMixedResult = R"(base = select(odd, one, r)
one_wide: f64 = 1
base_wide: f64 = select(odd, one_wide, r2)
minus_k = neg(k)
factor = base * minus_k
factor_wide: f64 = widen(factor)
y_wide: f64 = fma(square_wide, factor_wide, base_wide)
y0 = narrow(y_wide)
)";

// The sign of quadrants 2 and 3: y0 xor (m_half and the sign bit).
inline constexpr std::string_view kSignOfQuadrant = R"(sign_bit: i32 = -0x80000000
y0_bits: i32 = bits(y0)
y_bits: i32 = ternary(y0_bits, m_half, sign_bit, 0x78)
y = from_bits(y_bits)
)";

inline constexpr std::string_view kSquareOfF64 = R"(square_wide: f64 = r2 * r2
square = narrow(square_wide)
)";

inline constexpr std::string_view kSinCompensated =
    joined<kInput, kSinShifterF32, kNearF32, kNearCompensated, kFar, kSinFar, kFarCompensated,
           kQuadrant, kSquare, kSignedSquare, kCompensatedQuadrant, kQuadrantWithRest,
           kSignOfQuadrant, kReturn>;
inline constexpr std::string_view kSinCompensatedR =
    joined<kInput, kSinShifterF32, kNearF32, kNearCompensated, kFar, kSinFar, kFarCompensated,
           kQuadrant, kSquare, kSignedSquare, kCompensatedR, kQuadrantWithRest, kSignOfQuadrant,
           kReturn>;
inline constexpr std::string_view kSinRounded =
    joined<kInput, kSinShifterF32, kNearF32, kNearRounded, kFar, kSinFar, kFarRounded, kQuadrant,
           kSquare, kSignedSquare, kRoundedResult, kSignOfQuadrant, kReturn>;
inline constexpr std::string_view kSinMixed =
    joined<kInput, kSinShifterF64, kNearF64, kFar, kSinFar, kFarNarrowed, kQuadrant, kSquareOfF64,
           kSignedSquare, kMixedResult, kSignOfQuadrant, kSelfAtZero>;
inline constexpr std::string_view kCosCompensated =
    joined<kInput, kCosShifterF32, kNearF32, kNearCompensated, kFar, kCosFar, kFarCompensated,
           kQuadrant, kSquare, kSignedSquare, kCompensatedQuadrant, kQuadrantWithRest,
           kSignOfQuadrant, kReturn>;
inline constexpr std::string_view kCosCompensatedR =
    joined<kInput, kCosShifterF32, kNearF32, kNearCompensated, kFar, kCosFar, kFarCompensated,
           kQuadrant, kSquare, kSignedSquare, kCompensatedR, kQuadrantWithRest, kSignOfQuadrant,
           kReturn>;
inline constexpr std::string_view kCosRounded =
    joined<kInput, kCosShifterF32, kNearF32, kNearRounded, kFar, kCosFar, kFarRounded, kQuadrant,
           kSquare, kSignedSquare, kRoundedResult, kSignOfQuadrant, kReturn>;
inline constexpr std::string_view kCosMixed =
    joined<kInput, kCosShifterF64, kNearF64, kFar, kCosFar, kFarNarrowed, kQuadrant, kSquareOfF64,
           kSignedSquare, kMixedResult, kSignOfQuadrant, kReturn>;

// Half turns, n = round(x / pi) or for cosines round(x / pi + 1/2): one function for all of them,
// with fewer steps and larger errors. Three parts of pi as above.
inline constexpr std::string_view kSinHalfTurns = R"(size = fabs(x)
limit = 0x1.8p+13
is_far: bool = less(limit, size)
one_over_pi = 0x1.45f306p-2
shifter = 0x1.8p+23
t = fma(x, one_over_pi, shifter)
n = t - shifter
)";
inline constexpr std::string_view kCosHalfTurns = R"(size = fabs(x)
limit = 0x1.8p+13
is_far: bool = less(limit, size)
one_over_pi = 0x1.45f306p-2
shifter = 0x1.8p+23
half = 0.5
z = fma(x, one_over_pi, half)
t = z + shifter
n_whole = t - shifter
n = n_whole - half
)";
inline constexpr std::string_view kNearHalfTurns = R"(near_m: i32 = bits(t)
minus_part1 = -0x1.921fb4p+1
minus_part2 = -0x1.444p-23
minus_part3 = -0x1.68c234p-38
near_r1 = fma(n, minus_part1, x)
near_r2 = fma(n, minus_part2, near_r1)
near_r = fma(n, minus_part3, near_r2)
)";
// From quarters to halves: where there is an odd quarter, the next half on r's side.
inline constexpr std::string_view kFarHalfTurns = R"(far_bit: i32 = bit_and(far_m, next)
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
inline constexpr std::string_view kOddOfSquare = R"(cube = r * square
k = kernel(square)
y0 = fma(cube, k, r)
)";
inline constexpr std::string_view kFlag = R"(flag_place: i32 = 31
flag: i32 = shift_left(m, flag_place)
y0_bits: i32 = bits(y0)
)";
// The sign is r's, so that -0 stays, changed by odd half turns.
inline constexpr std::string_view kSignOfHalfTurn = R"(sign_bit: i32 = -0x80000000
r_bits: i32 = bits(r)
sign_from: i32 = bit_xor(r_bits, flag)
y_bits: i32 = ternary(y0_bits, sign_from, sign_bit, 0xd8)
y = from_bits(y_bits)
return y
)";
inline constexpr std::string_view kFlagOfHalfTurn = R"(y_bits: i32 = bit_xor(y0_bits, flag)
y = from_bits(y_bits)
return y
)";
inline constexpr std::string_view kSinHalf =
    joined<kInput, kSinHalfTurns, kNearHalfTurns, kFar, kSinFar, kFarHalfTurns, kSquare,
           kOddOfSquare, kFlag, kSignOfHalfTurn>;
inline constexpr std::string_view kCosHalf =
    joined<kInput, kCosHalfTurns, kNearHalfTurns, kFar, kCosFar, kFarHalfTurns, kSquare,
           kOddOfSquare, kFlag, kFlagOfHalfTurn>;
// r k(r^2), k all of sin r / r: one step less than r + r^3 k, one rounding more.
inline constexpr std::string_view kProductWithSquare = R"(k = kernel(square)
y0 = r * k
)";
inline constexpr std::string_view kSinProduct =
    joined<kInput, kSinHalfTurns, kNearHalfTurns, kFar, kSinFar, kFarHalfTurns, kSquare,
           kProductWithSquare, kFlag, kFlagOfHalfTurn>;
inline constexpr std::string_view kCosProduct =
    joined<kInput, kCosHalfTurns, kNearHalfTurns, kFar, kCosFar, kFarHalfTurns, kSquare,
           kProductWithSquare, kFlag, kFlagOfHalfTurn>;

// tan: r + r^3 k(r^2), -1 over that in odd quadrants.
inline constexpr std::string_view kKernelOfSquare = "k = kernel(square)\n";
inline constexpr std::string_view kTanOfSquare = joined<kOddQuadrant, kKernelOfSquare>;

// Mixed: the steps after the kernel in double, so that their roundings do not add up.
inline constexpr std::string_view kGrowthWide = R"(k_wide: f64 = widen(k)
growth_wide: f64 = square_wide * k_wide
)";
inline constexpr std::string_view kTanMixed =
    joined<kInput, kSinShifterF64, kNearF64, kFar, kSinFar, kFarNarrowed, kSquareOfF64,
           kTanOfSquare, kGrowthWide, kTangentAndCotangent, kTangentOfQuadrant>;

// Compensated: r (1 + r^2 k), and what the roundings of r^2 and of r^2 k lose is added. What the
// rounding of r lost is multiplied by the derivative of tan, 1 + tan^2 r, about 1 + r^2 + 2/3 r^4.
// The quotient is that of tangent and tangent_rest together, by one step of Newton's.
inline constexpr std::string_view kTanResultCompensated = R"(one = 1
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
inline constexpr std::string_view kTanCompensated =
    joined<kInput, kSinShifterF32, kNearF32, kNearCompensated, kFar, kSinFar, kFarCompensated,
           kSquare, kTanOfSquare, kTanResultCompensated>;

inline constexpr std::string_view kTanResultRounded = R"(cube = r * square
tangent = fma(cube, k, r)
minus_one = -1
cotangent = minus_one / tangent
y = select(odd, cotangent, tangent)
return y
)";
inline constexpr std::string_view kTanRounded =
    joined<kInput, kSinShifterF32, kNearF32, kNearRounded, kFar, kSinFar, kFarRounded, kSquare,
           kTanOfSquare, kTanResultRounded>;

// ---- sin, cos of pi x: n = round(2 x), r = x - n / 2 exactly, quadrants as above; pi r in two
// parts

inline constexpr std::string_view kHalfTurnsOfFine = R"(x2 = fine + fine
n = rint(x2)
minus_half = -0.5
r = fma(n, minus_half, fine)
next: i32 = 1
square = r * r
)";
inline constexpr std::string_view kNearHalf = joined<kFineTurns, kFineX, kHalfTurnsOfFine>;
inline constexpr std::string_view kSinHalves = "m: i32 = round_to_integer(n)\n";
inline constexpr std::string_view kCosHalves = R"(m0: i32 = round_to_integer(n)
m: i32 = m0 + next
)";
inline constexpr std::string_view kPiResult = R"(pi_high = 0x1.921fb6p+1
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
inline constexpr std::string_view kSinPi =
    joined<kInput, kNearHalf, kSinHalves, kQuadrant, kSignedSquare, kPiResult, kSignOfQuadrant,
           kZeroOfInput>;
inline constexpr std::string_view kCosPi =
    joined<kInput, kNearHalf, kCosHalves, kQuadrant, kSignedSquare, kPiResult, kSignOfQuadrant,
           kPositiveZero>;

// ---- The same in double

// sin, cos by half turns: the sign of odd ones goes into the argument.
inline constexpr std::string_view kHalfTurnsF64 = R"(one_over_pi: f64 = 0x1.45f306dc9c883p-2
shifter: f64 = 0x1.8p+52
half_turn: f64 = 0.5
)";
inline constexpr std::string_view kSinTurnsF64 = R"(t: f64 = fma(wide, one_over_pi, shifter)
n: f64 = t - shifter
)";
inline constexpr std::string_view kCosTurnsF64 = R"(z: f64 = fma(wide, one_over_pi, half_turn)
t: f64 = z + shifter
n_whole: f64 = t - shifter
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
inline constexpr std::string_view kSinF64 =
    joined<kInput, kWideUnlessFar, kHalfTurnsF64, kSinTurnsF64, kNearTurnsF64, kFar, kSinFarF64,
           kFarTurnsF64, kSineF64, kNarrowToY, kSelfAtZero>;
inline constexpr std::string_view kCosF64 =
    joined<kInput, kWideUnlessFar, kHalfTurnsF64, kCosTurnsF64, kNearTurnsF64, kFar, kCosFarF64,
           kFarTurnsF64, kSineF64, kNarrowed>;

inline constexpr std::string_view kTanGrowthF64 = R"(square: f64 = r2 * r2
k = kernel(square)
growth_wide: f64 = square * k
)";
inline constexpr std::string_view kTanF64 =
    joined<kInput, kSinShifterF64, kNearF64, kFar, kSinFar, kFarF64, kTanGrowthF64,
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
    joined<kInput, kFineTurns, kFineX, kSinPiTurnsF64, kPiResultF64, kZeroOfInput>;
inline constexpr std::string_view kCosPiF64 =
    joined<kInput, kFineTurns, kCosPiTurnsF64, kPiResultF64, kPositiveZero>;

}  // namespace ulpforge::targets::scheme_text
