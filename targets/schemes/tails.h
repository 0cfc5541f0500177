// Schemes of Functions that come to rest far out: tanh and erf to the last bit; erfc, softplus and
// gelu by e^-u times a function that varies little.
#pragma once

#include <string_view>

#include "targets/schemes/exponential.h"

namespace ulpforge::targets::scheme_text {

// ---- tanh, erf: odd and 1 far out. The kernel is the function itself up to there (interval tables
// are made for that); next to 0 the linear term.

inline constexpr std::string_view kTanhItself = R"(size = fabs(x)
high = 10
size1 = min(high, size)
k = kernel(size1)
tiny = 0x1p-12
is_tiny: bool = less(size, tiny)
y1 = select(is_tiny, size, k)
)";
inline constexpr std::string_view kTanhSaturated = joined<kInput, kTanhItself, kOddResult>;

// The same without care for what is tiny or NaN, for kernels that get that right themselves: those
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

// The same in double, in base 2.
inline constexpr std::string_view kExpOfMinusU64 = R"(minus_log2_e: f64 = -0x1.71547652b82fep+0
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
inline constexpr std::string_view kErfcResult = R"(k = kernel(t)
pk = p * k
tail = scalef(pk, n)
two = 2
rest = two - tail
y = select(negative, rest, tail)
return y
)";
inline constexpr std::string_view kErfc =
    joined<kInput, kErfcSize, kSquareInTwo, kReduceMinusU, kWithLow, kExpOfR, kErfcResult>;

// In double the kernel is a small correction, so that its own rounding hardly counts.
inline constexpr std::string_view kSquare64 = R"(t64: f64 = widen(t)
u: f64 = t64 * t64
)";
inline constexpr std::string_view kErfcResult64 = R"(k = kernel(t)
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
inline constexpr std::string_view kErfc64 =
    joined<kInput, kErfcSize, kSquare64, kExpOfMinusU64, kErfcResult64>;

inline constexpr std::string_view kSoftplusSize = R"(size = fabs(x)
high = 105
t = min(high, size)
zero = 0
positive = max(zero, x)
)";
inline constexpr std::string_view kSoftplusResult = R"(k = kernel(t)
pk = p * k
tail = scalef(pk, n)
y = positive + tail
return y
)";
inline constexpr std::string_view kMinusT = "x1 = neg(t)\n";
inline constexpr std::string_view kSoftplus =
    joined<kInput, kSoftplusSize, kMinusT, kPlain, kReduceByLn2, kExpOfR, kSoftplusResult>;
inline constexpr std::string_view kUIsT64 = "u: f64 = widen(t)\n";
inline constexpr std::string_view kSoftplusResult64 = R"(k = kernel(t)
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
inline constexpr std::string_view kSoftplus64 =
    joined<kInput, kSoftplusSize, kUIsT64, kExpOfMinusU64, kSoftplusResult64>;

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
inline constexpr std::string_view kGeluResult = R"(k = kernel(t)
pk = p * k
tpk = t * pk
tail = scalef(tpk, n)
rest = size - tail
y1 = select(negative, tail, rest)
)";
// x erfc(-x / sqrt 2) is -infinity * 0 at -infinity.
inline constexpr std::string_view kGeluOfInfinity = R"(y2 = copysign(y1, x)
minus_infinity = -inf
not_a_number = nan
no_value: bool = equal(x, minus_infinity)
y = select(no_value, not_a_number, y2)
return y
)";
inline constexpr std::string_view kGelu = joined<kInput, kGeluSize, kHalfSquareInTwo, kReduceMinusU,
                                                 kWithLow, kExpOfR, kGeluResult, kGeluOfInfinity>;
inline constexpr std::string_view kHalfSquare64 = R"(t64: f64 = widen(t)
one_half: f64 = 0.5
half_t: f64 = t64 * one_half
u: f64 = half_t * t64
)";
inline constexpr std::string_view kGeluResult64 = R"(k = kernel(t)
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
inline constexpr std::string_view kGelu64 =
    joined<kInput, kGeluSize, kHalfSquare64, kExpOfMinusU64, kGeluResult64, kGeluOfInfinity>;

}  // namespace ulpforge::targets::scheme_text
