// Schemes of functions that are nearly constant, 0 or x far out: tanh and erf as they are; erfc,
// softplus and gelu by e^-u times a function that varies little.
//
// The constants of the same names are printed by `python3 targets/schemes/constants.py`, and
// tests/targets/scheme_constants_test.cpp compares them with MPFR.
#pragma once

#include <string_view>

#include "targets/schemes/exponential.h"

namespace ulpforge::targets::scheme_text {

// ---- tanh, erf: odd, and 1 from `high` on. The kernel is the function itself up to there, which
// interval tables are good at; next to 0 the result is |x|.

inline constexpr std::string_view kTanhItself = R"(size = fabs(x)
high = 10
size1 = min(high, size)
k = kernel(size1)
tiny = 0x1p-12
is_tiny: bool = less(size, tiny)
y1 = select(is_tiny, size, k)
)";
inline constexpr std::string_view kTanhSaturated = joined<kInput, kTanhItself, kOddResult>;

// The same without a case for tiny arguments, for kernels that are right there by themselves: those
// whose polynomial next to 0 is x to the last bit.
inline constexpr std::string_view kTanhPlain = R"(input x: f32
size = fabs(x)
high = 9.1
size1 = min(high, size)
k = kernel(size1)
y = copysign(k, x)
return y
)";
inline constexpr std::string_view kErfPlain = R"(input x: f32
size = fabs(x)
high = 4
size1 = min(high, size)
k = kernel(size1)
y = copysign(k, x)
return y
)";

// ---- erfc, softplus, gelu: e^-u, which falls off, times a function that varies little, the
// kernel. u = hi + lo, where a square needs both parts.

inline constexpr std::string_view kReduceMinusU = R"(minus_log2_e = -0x1.715476p+0
shifted = fma(hi, minus_log2_e, shifter)
n = shifted - shifter
minus_ln2_high = -0x1.62e4p-1
minus_ln2_low = -0x1.7f7d1cp-20
minus_hi = neg(hi)
r1 = fma(n, minus_ln2_high, minus_hi)
r2 = fma(n, minus_ln2_low, r1)
)";

// e^r by a polynomial of degree 6 on [-0.3466, 0.3466], with a relative error of 3.2e-8. e3 to e6
// are those of the minimax polynomial, rounded to float (constants.py), which
//   ulpforge baseline exp --domain -0.3466,0.3466 --metric relative --max-operations 12 --json
// has, too, as "polynomial minimax (Horner)"; its other coefficients are taken for 1, 1 and 1/2.
inline constexpr std::string_view kExpOfR = R"(e6 = 0x1.6ab972p-10
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

// The same in double, in base 2: the minimax polynomial of 2^r on [-1/2, 1/2], with an error of
// 1.9e-9 (constants.py). The command
//   ulpforge baseline exp2 --domain -0.5,0.5 --metric relative --max-operations 12 --json
// has it, too, as "polynomial minimax (Horner)", equal to 2^-34 and of the same error.
inline constexpr std::string_view kExpOfMinusUInDouble =
    R"(minus_log2_e: f64 = -0x1.71547652b82fep+0
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

inline constexpr std::string_view kErfcSize = R"(size = fabs(x)
high = 10.1
t = min(high, size)
zero = 0
negative: bool = less(x, zero)
)";
inline constexpr std::string_view kSquareInTwo = R"(hi = t * t
minus_square = neg(hi)
lo = fma(t, t, minus_square)
)";
inline constexpr std::string_view kWithLow = "r = r2 - lo\n";
// The product 2^n pk: by scalef; or by the power as one float's bits, and beyond `limit`, where 2^n
// is the product of two, by rare code.
inline constexpr std::string_view kTimesKernel = R"(k = kernel(t)
pk = p * k
)";
inline constexpr std::string_view kTail = "tail = scalef(pk, n)\n";
inline constexpr std::string_view kIsFarTail = "is_far: bool = less(limit, t)\n";
inline constexpr std::string_view kPowersOfTail = R"(near_tail = pk * s
far_tail1 = pk * s1
far_tail = far_tail1 * s2
tail = select_rare(is_far, far_tail, near_tail)
)";
inline constexpr std::string_view kRareTail =
    joined<kIsFarTail, kPowerOfShifted, kTwoPowers, kPowersOfTail>;
inline constexpr std::string_view kErfcLimit = "limit = 9.3\n";
inline constexpr std::string_view kErfcSides = R"(two = 2
rest = two - tail
y = select(negative, rest, tail)
return y
)";
inline constexpr std::string_view kErfcReduction =
    joined<kReduceMinusU, kWithLow, kExpOfR, kTimesKernel>;
inline constexpr std::string_view kErfc =
    joined<kInput, kErfcSize, kSquareInTwo, kPlain, kErfcReduction, kTail, kErfcSides>;
inline constexpr std::string_view kErfcRare =
    joined<kInput, kErfcSize, kSquareInTwo, kForOne, kErfcReduction, kErfcLimit, kRareTail,
           kErfcSides>;

// In double the kernel is a small correction, so that its own rounding hardly counts.
inline constexpr std::string_view kSquareInDouble = R"(t64: f64 = widen(t)
u: f64 = t64 * t64
)";
inline constexpr std::string_view kErfcResultMixed = R"(k = kernel(t)
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
inline constexpr std::string_view kErfcMixed =
    joined<kInput, kErfcSize, kSquareInDouble, kExpOfMinusUInDouble, kErfcResultMixed>;

inline constexpr std::string_view kSoftplusSize = R"(size = fabs(x)
high = 105
t = min(high, size)
zero = 0
positive = max(zero, x)
)";
inline constexpr std::string_view kSoftplusSum = R"(y = positive + tail
return y
)";
inline constexpr std::string_view kMinusT = "x1 = neg(t)\n";
inline constexpr std::string_view kSoftplusReduction = joined<kReduceByLn2, kExpOfR, kTimesKernel>;
inline constexpr std::string_view kSoftplus =
    joined<kInput, kSoftplusSize, kMinusT, kPlain, kSoftplusReduction, kTail, kSoftplusSum>;
inline constexpr std::string_view kSoftplusLimit = "limit = 87\n";
inline constexpr std::string_view kSoftplusRare =
    joined<kInput, kSoftplusSize, kMinusT, kForOne, kSoftplusReduction, kSoftplusLimit, kRareTail,
           kSoftplusSum>;
inline constexpr std::string_view kUIsTInDouble = "u: f64 = widen(t)\n";
inline constexpr std::string_view kSoftplusResultMixed = R"(k = kernel(t)
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
inline constexpr std::string_view kSoftplusMixed =
    joined<kInput, kSoftplusSize, kUIsTInDouble, kExpOfMinusUInDouble, kSoftplusResultMixed>;

inline constexpr std::string_view kGeluSize = R"(size = fabs(x)
high = 14.5
t = min(high, size)
zero = 0
negative: bool = less(x, zero)
)";
inline constexpr std::string_view kHalfSquareInTwo = R"(square = t * t
minus_square = neg(square)
square_low = fma(t, t, minus_square)
one_half = 0.5
hi = square * one_half
lo = square_low * one_half
)";
inline constexpr std::string_view kTimesTAndKernel = R"(k = kernel(t)
p_k = p * k
pk = t * p_k
)";
inline constexpr std::string_view kGeluReduction =
    joined<kReduceMinusU, kWithLow, kExpOfR, kTimesTAndKernel>;
inline constexpr std::string_view kGeluSides = R"(rest = size - tail
y1 = select(negative, tail, rest)
)";
// At -infinity, where x erfc(-x / sqrt 2) is -infinity * 0, the limit.
inline constexpr std::string_view kGeluOfInfinity = R"(y2 = copysign(y1, x)
minus_infinity = -inf
minus_zero = -0x0p+0
at_end: bool = equal(x, minus_infinity)
y = select(at_end, minus_zero, y2)
return y
)";
inline constexpr std::string_view kGelu =
    joined<kInput, kGeluSize, kHalfSquareInTwo, kPlain, kGeluReduction, kTail, kGeluSides,
           kGeluOfInfinity>;
inline constexpr std::string_view kGeluLimit = "limit = 13.1\n";
inline constexpr std::string_view kGeluRare =
    joined<kInput, kGeluSize, kHalfSquareInTwo, kForOne, kGeluReduction, kGeluLimit, kRareTail,
           kGeluSides, kGeluOfInfinity>;
inline constexpr std::string_view kHalfSquareInDouble = R"(t64: f64 = widen(t)
one_half: f64 = 0.5
half_t: f64 = t64 * one_half
u: f64 = half_t * t64
)";
inline constexpr std::string_view kGeluResultMixed = R"(k = kernel(t)
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
inline constexpr std::string_view kGeluMixed =
    joined<kInput, kGeluSize, kHalfSquareInDouble, kExpOfMinusUInDouble, kGeluResultMixed,
           kGeluOfInfinity>;

// ---- With kernels in double. e^r by Taylor's polynomial of degree 13, e_k = 1 / k!, with an error
// of 2^-57 on [-ln 2 / 2, ln 2 / 2].

inline constexpr std::string_view kExpOfRF64 = R"(e13: f64 = 0x1.6124613a86d09p-33
e12: f64 = 0x1.1eed8eff8d898p-29
e11: f64 = 0x1.ae64567f544e4p-26
e10: f64 = 0x1.27e4fb7789f5cp-22
e9: f64 = 0x1.71de3a556c734p-19
e8: f64 = 0x1.a01a01a01a01ap-16
e7: f64 = 0x1.a01a01a01a01ap-13
e6: f64 = 0x1.6c16c16c16c17p-10
e5: f64 = 0x1.1111111111111p-7
e4: f64 = 0x1.5555555555555p-5
e3: f64 = 0x1.5555555555555p-3
e2: f64 = 0x1p-1
g12: f64 = fma(r, e13, e12)
g11: f64 = fma(r, g12, e11)
g10: f64 = fma(r, g11, e10)
g9: f64 = fma(r, g10, e9)
g8: f64 = fma(r, g9, e8)
g7: f64 = fma(r, g8, e7)
g6: f64 = fma(r, g7, e6)
g5: f64 = fma(r, g6, e5)
g4: f64 = fma(r, g5, e4)
g3: f64 = fma(r, g4, e3)
rest: f64 = fma(r, g3, e2)
r_square: f64 = r * r
growth: f64 = fma(r_square, rest, r)
one_wide: f64 = 1
p: f64 = growth + one_wide
)";
// w 2^n.
inline constexpr std::string_view kTailF64 = R"(w_bits: i64 = bits(w)
tail_bits: i64 = w_bits + n_bits
tail: f64 = from_bits(tail_bits)
)";

// The kernel is a small correction, of a variable that is between -1 and 1 and in which it is
// nearly a polynomial (Shepherd and Laframboise, "Chebyshev approximation of (1 + 2x) exp(x^2)
// erfc x in 0 <= x < infinity", Mathematics of Computation 36, 1981).
inline constexpr std::string_view kErfcArgumentF64 = R"(t_wide: f64 = widen(t)
minus_t: f64 = neg(t_wide)
wide: f64 = minus_t * t_wide
)";
inline constexpr std::string_view kErfcConstantsF64 = R"(middle: f64 = 2.125
spread: f64 = 3.75
base: f64 = 0.66
shift: f64 = 0.7
)";
inline constexpr std::string_view kQuotientF64 = R"(above: f64 = t_wide - middle
below: f64 = t_wide + spread
z: f64 = above / below
k = kernel(z)
q: f64 = k + base
d: f64 = t_wide + shift
pq: f64 = p * q
w: f64 = pq / d
)";
inline constexpr std::string_view kErfcResultF64 = R"(two: f64 = 2
left: f64 = two - tail
y_wide: f64 = select(negative, left, tail)
)";
inline constexpr std::string_view kErfcF64 =
    joined<kInput, kErfcSize, kErfcArgumentF64, kReduceToBaseE, kExpOfRF64, kErfcConstantsF64,
           kQuotientF64, kTailF64, kErfcResultF64, kNarrowed>;

// gelu = x Phi(x), Phi(-|x|) = w 2^n. For tiny x Phi is 1/2 in double, and x / 2 of an odd
// subnormal x would be a tie between two floats; a Phi(-|x|) of at most (1 - 2^-45) / 2 decides it
// as the exact value does.
inline constexpr std::string_view kGeluArgumentF64 = R"(t_wide: f64 = widen(t)
minus_half: f64 = -0.5
minus_half_t: f64 = t_wide * minus_half
wide: f64 = minus_half_t * t_wide
)";
inline constexpr std::string_view kGeluConstantsF64 = R"(middle: f64 = 3
spread: f64 = 5.25
base: f64 = 0.46
shift: f64 = 1
)";
inline constexpr std::string_view kGeluResultF64 = R"(below_half: f64 = 0x1.fffffffffffp-2
part: f64 = min(below_half, tail)
minus_part: f64 = neg(part)
size_wide: f64 = widen(size)
left: f64 = t_wide * part
right: f64 = fma(t_wide, minus_part, size_wide)
y_wide: f64 = select(negative, left, right)
y1 = narrow(y_wide)
)";
inline constexpr std::string_view kGeluF64 =
    joined<kInput, kGeluSize, kGeluArgumentF64, kReduceToBaseE, kExpOfRF64, kGeluConstantsF64,
           kQuotientF64, kTailF64, kGeluResultF64, kGeluOfInfinity>;

// max(x, 0) + log(1 + v), v = e^-|x|, the sum rounded to odd. log(1 + v) = 2 atanh s, s = v / (2 +
// v), by Taylor's polynomial, t_k = 1 / k, with an error of 2^-60 for s up to 1/3. The kernel is
// that of e^r. What the roundings of v, of 2 + v and of the quotient lose is multiplied by (1 - s)
// / (1 - s^2), for which 1 - s + s^2 is close enough.
inline constexpr std::string_view kSoftplusPartsF64 = R"(k = kernel(r)
r_square: f64 = r * r
growth: f64 = fma(r_square, k, r)
one_wide: f64 = 1
w: f64 = growth + one_wide
minus_w_gain: f64 = one_wide - w
w_lost: f64 = minus_w_gain + growth
one_bits: i64 = bits(one_wide)
scale_bits: i64 = one_bits + n_bits
scale: f64 = from_bits(scale_bits)
v: f64 = w * scale
v_lost: f64 = w_lost * scale
)";
inline constexpr std::string_view kSoftplusLogF64 = R"(t35: f64 = 0x1.d41d41d41d41dp-6
t33: f64 = 0x1.f07c1f07c1f08p-6
t31: f64 = 0x1.0842108421084p-5
t29: f64 = 0x1.1a7b9611a7b96p-5
t27: f64 = 0x1.2f684bda12f68p-5
t25: f64 = 0x1.47ae147ae147bp-5
t23: f64 = 0x1.642c8590b2164p-5
t21: f64 = 0x1.8618618618618p-5
t19: f64 = 0x1.af286bca1af28p-5
t17: f64 = 0x1.e1e1e1e1e1e1ep-5
t15: f64 = 0x1.1111111111111p-4
t13: f64 = 0x1.3b13b13b13b14p-4
t11: f64 = 0x1.745d1745d1746p-4
t9: f64 = 0x1.c71c71c71c71cp-4
t7: f64 = 0x1.2492492492492p-3
t5: f64 = 0x1.999999999999ap-3
t3: f64 = 0x1.5555555555555p-2
two: f64 = 2
d: f64 = v + two
s: f64 = v / d
minus_d_gain: f64 = two - d
d_lost0: f64 = minus_d_gain + v
d_lost: f64 = d_lost0 + v_lost
minus_s: f64 = neg(s)
rest0: f64 = fma(minus_s, d, v)
rest1: f64 = rest0 + v_lost
rest: f64 = fma(minus_s, d_lost, rest1)
z: f64 = s * s
slope0: f64 = one_wide - s
slope: f64 = slope0 + z
q33: f64 = fma(z, t35, t33)
q31: f64 = fma(z, q33, t31)
q29: f64 = fma(z, q31, t29)
q27: f64 = fma(z, q29, t27)
q25: f64 = fma(z, q27, t25)
q23: f64 = fma(z, q25, t23)
q21: f64 = fma(z, q23, t21)
q19: f64 = fma(z, q21, t19)
q17: f64 = fma(z, q19, t17)
q15: f64 = fma(z, q17, t15)
q13: f64 = fma(z, q15, t13)
q11: f64 = fma(z, q13, t11)
q9: f64 = fma(z, q11, t9)
q7: f64 = fma(z, q9, t7)
q5: f64 = fma(z, q7, t5)
q: f64 = fma(z, q5, t3)
twice: f64 = s + s
cube: f64 = twice * z
positive_wide: f64 = widen(positive)
larger: f64 = max(positive_wide, twice)
smaller: f64 = min(positive_wide, twice)
main: f64 = larger + smaller
minus_gain: f64 = larger - main
lost: f64 = minus_gain + smaller
low0: f64 = fma(rest, slope, lost)
low: f64 = fma(cube, q, low0)
)";
inline constexpr std::string_view kMinusTWide = R"(minus_t = neg(t)
wide: f64 = widen(minus_t)
)";
inline constexpr std::string_view kSoftplusF64Odd =
    joined<kInput, kSoftplusSize, kMinusTWide, kReduceToBaseE, kSoftplusPartsF64, kSoftplusLogF64,
           kRoundedToOdd, kNarrowToY0, kInfinity, self_at_infinity<kX>, kReturnY1>;

// erf |x| = |x| (slope + k), the sum rounded to odd: slope is 2 / sqrt pi to 24 bits, so that its
// product with |x| is exact. The kernel's argument x^2 / 8 - 1 is between -1 and 1.
inline constexpr std::string_view kErfPartsF64 = R"(size = fabs(x)
high = 4
t = min(high, size)
t_wide: f64 = widen(t)
eighth: f64 = 0.125
minus_one: f64 = -1
square: f64 = t_wide * t_wide
z: f64 = fma(square, eighth, minus_one)
k = kernel(z)
slope: f64 = 0x1.20dd76p+0
main: f64 = t_wide * slope
low: f64 = t_wide * k
)";
inline constexpr std::string_view kErfF64Odd =
    joined<kInput, kErfPartsF64, kRoundedToOdd, kOddNarrowed>;

}  // namespace ulpforge::targets::scheme_text
