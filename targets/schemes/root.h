// Schemes of cube roots and inverse square roots.
//
// third, minus_third and four_thirds are the floats next to 1/3, -1/3 and 4/3
// (`python3 targets/schemes/constants.py`).
#pragma once

#include <string_view>

#include "targets/schemes/text.h"

namespace ulpforge::targets::scheme_text {

// ---- roots: x = 2^(3 n) r or 2^(2 n) r

inline constexpr std::string_view kThirds = R"(input x: f32
size = fabs(x)
e = getexp(size)
m = getmant(size)
third = 0x1.555556p-2
shifter = 0x1.8p+23
shifted = fma(e, third, shifter)
n = shifted - shifter
minus_three = -3
rest = fma(n, minus_three, e)
r = scalef(m, rest)
)";
inline constexpr std::string_view kRootOfThirds = R"(y0 = scalef(root, n)
y = copysign(y0, x)
return y
)";
inline constexpr std::string_view kHalves = R"(input x: f32
e = getexp(x)
m = getmant(x)
half = 0.5
half_e = e * half
n = floor(half_e)
minus_two = -2
rest = fma(n, minus_two, e)
r = scalef(m, rest)
)";
inline constexpr std::string_view kMinusN = "minus_n = neg(n)\n";
inline constexpr std::string_view kRootOfHalves = R"(y0 = scalef(root, minus_n)
y1 = copysign(y0, x)
minus_infinity = -inf
not_a_number = nan
is_minus_infinity: bool = equal(x, minus_infinity)
y = select(is_minus_infinity, not_a_number, y1)
return y
)";

// The root of r by the kernel. For zero and infinity n is infinite and r NaN, of which scalef makes
// an infinity and a zero.
inline constexpr std::string_view kRootItself = "root = kernel(r)\n";
inline constexpr std::string_view kCbrt = joined<kThirds, kRootItself, kRootOfThirds>;
inline constexpr std::string_view kRsqrt = joined<kHalves, kMinusN, kRootItself, kRootOfHalves>;

// 1 / sqrt(x) by a square root and a quotient, z; then what that misses, 1 - x z^2, x z in two
// parts, from which the kernel makes the correction. For 0 and infinity the miss is NaN; min()
// replaces it, which leaves z the infinity or zero that it is.
inline constexpr std::string_view kRsqrtQuotient = R"(input x: f32
one = 1
root = sqrt(x)
z = one / root
t = x * z
minus_t = neg(t)
minus_t_low = fma(x, z, minus_t)
t_low = neg(minus_t_low)
missing0 = fma(minus_t, z, one)
missing1 = fma(t_low, z, missing0)
above = 0x1p-21
missing = min(missing1, above)
k = kernel(missing)
step = z * missing
y = fma(step, k, z)
return y
)";

// Cube roots with nothing but products: z next to |x|^(-1/3) from the bits of |x|, read as a number
// and divided by -3, with 12 bits, so that z^2 is exact; y0 = |x| z^2, and the kernel corrects it
// from what is missing, 1 - |x| z^3, at most 0.104 with this `magic`
// (`python3 targets/schemes/constants.py --starts`). Subnormal numbers are scaled; they, zeros,
// infinities and NaN take rare code.
inline constexpr std::string_view kCbrtRareScaled = R"(input x: f32
size = fabs(x)
size_bits: i32 = bits(size)
above_least: i32 = 0x7f800000
last_normal: i32 = -0x1000001
shifted: i32 = size_bits + above_least
is_special: bool = less(last_normal, shifted)
scale = 0x1p24
scaled = size * scale
a = select_rare(is_special, scaled, size)
)";
inline constexpr std::string_view kCbrtStart = R"(a_bits: i32 = bits(a)
a_rank = from_integer(a_bits)
minus_third = -0x1.555556p-2
magic = 0x1.5288p+30
z_rank = fma(a_rank, minus_third, magic)
z_long: i32 = round_to_integer(z_rank)
twelve_bits: i32 = -0x1000
z_bits: i32 = bit_and(z_long, twelve_bits)
z = from_bits(z_bits)
z_square = z * z
y0 = a * z_square
minus_y0 = neg(y0)
)";
inline constexpr std::string_view kCbrtRareResult = R"(zero = 0
infinity = inf
scale_back = 0x1p-8
far_y1 = near_y * scale_back
is_zero: bool = equal(size, zero)
finite: bool = less(size, infinity)
far_y2 = select(finite, far_y1, size)
far_y = select(is_zero, size, far_y2)
y1 = select_rare(is_special, far_y, near_y)
)";
inline constexpr std::string_view kCbrtRounded = R"(missing = fma(minus_y0, z, one)
k = kernel(missing)
step = y0 * missing
near_y = fma(step, k, y0)
)";
inline constexpr std::string_view kOneForRoots = "one = 1\n";
inline constexpr std::string_view kCbrtRare =
    joined<kCbrtRareScaled, kCbrtStart, kOneForRoots, kCbrtRounded, kCbrtRareResult, kOddResult>;
// Compensated: what the rounding of y0 lost is added.
inline constexpr std::string_view kCbrtCompensatedStep = R"(lost = fma(a, z_square, minus_y0)
minus_z = neg(z)
missing0 = fma(minus_y0, z, one)
missing = fma(lost, minus_z, missing0)
k = kernel(missing)
step = y0 * missing
tail = fma(step, k, lost)
near_y = y0 + tail
)";
inline constexpr std::string_view kCbrtRareCompensated =
    joined<kCbrtRareScaled, kCbrtStart, kOneForRoots, kCbrtCompensatedStep, kCbrtRareResult,
           kOddResult>;

// ---- The same with kernels in double

// Roots as above: an estimate z of r^(-1/2) or r^(-1/3) in float by two of Newton's steps, and in
// double what it misses, 1 - r z^2 or 1 - r z^3, from which the kernel makes the correction.
// Newton's steps start from the bits of r, read as a number, halved or divided by -3, and a
// constant: for the square root the one that became known by Quake III (Lomont, "Fast inverse
// square root", 2003). The starts of the least error after two steps are 0x5f375a06 (4.6e-6, as
// this) and 0x54a21d83 (1.1e-5, this 1.9e-5): `python3 targets/schemes/constants.py --starts`.
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

// The same from the quotient in float, for single calls: products of two floats are exact in
// double.
inline constexpr std::string_view kRsqrtQuotientF64 = R"(input x: f32
one = 1
root = sqrt(x)
z = one / root
wide: f64 = widen(x)
z_wide: f64 = widen(z)
minus_z: f64 = neg(z_wide)
t: f64 = wide * z_wide
one_wide: f64 = 1
missing0: f64 = fma(t, minus_z, one_wide)
above: f64 = 0x1p-21
missing: f64 = min(missing0, above)
k = kernel(missing)
step: f64 = z_wide * missing
y_wide: f64 = fma(step, k, z_wide)
y = narrow(y_wide)
return y
)";

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
