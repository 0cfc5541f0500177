// What the texts of schemes are made of: how pieces are put together, and the pieces that schemes
// of more than one file share.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace ulpforge::targets::scheme_text {

/// Pieces of text, one after the other.
template <const std::string_view&... parts>
struct Joined {
  static constexpr auto kText = [] {
    std::array<char, (parts.size() + ...)> text{};
    std::size_t at = 0;
    ((at = static_cast<std::size_t>(std::copy(parts.begin(), parts.end(), text.begin() + at) -
                                    text.begin())),
     ...);
    return text;
  }();
};
template <const std::string_view&... parts>
inline constexpr std::string_view joined{Joined<parts...>::kText.data(),
                                         Joined<parts...>::kText.size()};

/// A reduction of x1, the clamped argument, as one of x itself.
template <const std::string_view& text>
struct Unclamped {
  /// Whether that operand begins there; the digits of 0x1.8p+23 are none.
  static constexpr bool reads_clamped(std::size_t at) {
    return at > 0 && (text[at - 1] == ' ' || text[at - 1] == '(') && text.substr(at, 2) == "x1";
  }
  static constexpr std::size_t kReads = [] {
    std::size_t reads = 0;
    for (std::size_t k = 0; k < text.size(); ++k) reads += reads_clamped(k) ? 1 : 0;
    return reads;
  }();
  static constexpr auto kText = [] {
    std::array<char, text.size() - kReads> result{};
    std::size_t at = 0;
    for (std::size_t k = 0; k < text.size(); ++k) {
      if (k > 0 && reads_clamped(k - 1)) continue;
      result[at++] = text[k];
    }
    return result;
  }();
};
template <const std::string_view& text>
inline constexpr std::string_view unclamped{Unclamped<text>::kText.data(),
                                            Unclamped<text>::kText.size()};

inline constexpr std::string_view kInput = "input x: f32\n";

inline constexpr std::string_view kReturn = "return y\n";

// y1, which belongs to |x|, with the sign of x.
inline constexpr std::string_view kOddResult = R"(y = copysign(y1, x)
return y
)";

// -0 stays.
inline constexpr std::string_view kSelfAtZero = R"(none = 0
is_zero: bool = equal(x, none)
y1 = select(is_zero, x, y)
return y1
)";

// ---- Exponentials and their like

// Bounds beyond which the result is 0 or infinite, and x1, which is x between them.
inline constexpr std::string_view kExpBounds = R"(low = -105
high = 89
)";
inline constexpr std::string_view kExp10Bounds = R"(low = -46
high = 39
)";
inline constexpr std::string_view kExpm1Bounds = R"(low = -20
high = 89
)";
inline constexpr std::string_view kClamped = R"(x0 = max(low, x)
x1 = min(high, x0)
)";
inline constexpr std::string_view kClampExp = joined<kExpBounds, kClamped>;
inline constexpr std::string_view kClampExp10 = joined<kExp10Bounds, kClamped>;
inline constexpr std::string_view kClampExpm1 = joined<kExpm1Bounds, kClamped>;

inline constexpr std::string_view kTwiceSize = R"(size = fabs(x)
high = 9.1
size1 = min(high, size)
x1 = size1 + size1
)";

inline constexpr std::string_view kHyperbolicSize = R"(size = fabs(x)
high = 89.5
x1 = min(high, size)
)";

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

// In double: good to |x| < 2^40, where the two parts of pi/2 end.
inline constexpr std::string_view kWideUnlessFar = R"(size = fabs(x)
limit = 0x1p+40
is_far: bool = less(limit, size)
wide: f64 = widen(x)
)";
inline constexpr std::string_view kSinMagicF64 = "magic: f64 = 0x1.8p+52\n";
inline constexpr std::string_view kReduceByHalfPi = R"(two_over_pi: f64 = 0x1.45f306dc9c883p-1
t: f64 = fma(wide, two_over_pi, magic)
n: f64 = t - magic
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

}  // namespace ulpforge::targets::scheme_text
