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

/// The text of a reduction that reads the clamped argument x1, made to read x.
template <const std::string_view& text>
struct Unclamped {
  /// Whether the operand x1 begins at that place; the x1 in 0x1.8p+23 is no operand.
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

/// The text with a name in the place of each @.
template <const std::string_view& text, const std::string_view& name>
struct Named {
  static constexpr std::size_t kPlaces =
      static_cast<std::size_t>(std::count(text.begin(), text.end(), '@'));
  static constexpr auto kText = [] {
    std::array<char, text.size() + kPlaces * name.size() - kPlaces> result{};
    std::size_t at = 0;
    for (const char character : text) {
      if (character != '@') {
        result[at++] = character;
        continue;
      }
      for (const char letter : name) result[at++] = letter;
    }
    return result;
  }();
};
template <const std::string_view& text, const std::string_view& name>
inline constexpr std::string_view named{Named<text, name>::kText.data(),
                                        Named<text, name>::kText.size()};

inline constexpr std::string_view kInput = "input x: f32\n";

inline constexpr std::string_view kReturn = "return y\n";
inline constexpr std::string_view kReturnY1 = "return y1\n";

// For odd functions: y1 was computed from |x|, the result has the sign of x.
inline constexpr std::string_view kOddResult = R"(y = copysign(y1, x)
return y
)";

// ---- Names of values, for pieces that read one or another
inline constexpr std::string_view kX = "x";
inline constexpr std::string_view kSize = "size";
inline constexpr std::string_view kU = "u";

inline constexpr std::string_view kInfinity = "infinity = inf\n";

// y1 is the named value where that is infinite, and y0 elsewhere.
inline constexpr std::string_view kIsInfinite = "is_infinite: bool = equal(";
inline constexpr std::string_view kSelectIfInfinite = ", infinity)\ny1 = select(is_infinite, ";
inline constexpr std::string_view kElseY0 = ", y0)\n";
template <const std::string_view& value>
inline constexpr std::string_view self_at_infinity =
    joined<kIsInfinite, value, kSelectIfInfinite, value, kElseY0>;

// x itself where it is 0, because f(-0) = -0 and y may be +0 there.
inline constexpr std::string_view kSelfAtZero = R"(none = 0
is_zero: bool = equal(x, none)
y1 = select(is_zero, x, y)
return y1
)";

// ---- Results that several schemes share

// k 2^n by scalef: infinities, NaN, overflow and gradual underflow come right by themselves.
inline constexpr std::string_view kTimesPower = R"(k = kernel(r)
y = scalef(k, n)
return y
)";

// p = r + r^2 k, for functions that are r up to terms of r^2.
inline constexpr std::string_view kNextToR = R"(k = kernel(r)
r2 = r * r
p = fma(r2, k, r)
)";

// The same sum in double, from a kernel in float.
inline constexpr std::string_view kGrowthInDouble = R"(r = narrow(r_wide)
k = kernel(r)
r2 = r * r
tail = r2 * k
tail_wide: f64 = widen(tail)
p: f64 = r_wide + tail_wide
)";

// numerator / denominator without a division in double: q from `inverse`, a float next to
// 1 / denominator, and residual = numerator - q denominator, for one step of Newton's to use.
inline constexpr std::string_view kQuotientInDouble = R"(inverse_wide: f64 = widen(inverse)
q: f64 = numerator * inverse_wide
minus_q: f64 = neg(q)
residual: f64 = fma(minus_q, denominator, numerator)
)";

// ---- Kernels in double, for results that are correctly rounded
//
// Everything but the last step is accurate to about 2^-53. So only values very close to the middle
// between two floats can be rounded to the wrong one, and a search finds constants for which none
// is. A name with `wide` in it is that of a double.

inline constexpr std::string_view kX1Wide = "wide: f64 = widen(x1)\n";
inline constexpr std::string_view kNarrowToY = "y = narrow(y_wide)\n";
inline constexpr std::string_view kNarrowed = joined<kNarrowToY, kReturn>;
inline constexpr std::string_view kNarrowToY0 = "y0 = narrow(y_wide)\n";
inline constexpr std::string_view kNarrowToY1 = "y1 = narrow(y_wide)\n";
inline constexpr std::string_view kOddNarrowed = joined<kNarrowToY1, kOddResult>;

// main + low, |main| >= |low|, rounded to odd: towards zero, and the last bit set. Narrowed to
// float that is the exact sum rounded once, because floats and the middles between them are even
// doubles (Boldo and Melquiond, "Emulation of a FMA and correctly rounded sums", IEEE Transactions
// on Computers 57, 2008). An exact sum may come out as the next double, which would only matter if
// it were such a middle.
inline constexpr std::string_view kEvenAndRest = R"(y_even: f64 = main + low
minus_increase: f64 = main - y_even
sum_rest: f64 = minus_increase + low
even_bits: i64 = bits(y_even)
rest_bits: i64 = bits(sum_rest)
)";
inline constexpr std::string_view kOddBits = R"(odd_bit: i64 = 1
sign_place: i64 = 63
signs: i64 = bit_xor(even_bits, rest_bits)
step_down: i64 = shift_right(signs, sign_place)
toward_zero: i64 = even_bits + step_down
odd_bits: i64 = bit_or(toward_zero, odd_bit)
)";
inline constexpr std::string_view kOddToWide = R"(y_wide: f64 = from_bits(odd_bits)
)";
inline constexpr std::string_view kRoundedToOdd = joined<kEvenAndRest, kOddBits, kOddToWide>;

}  // namespace ulpforge::targets::scheme_text
