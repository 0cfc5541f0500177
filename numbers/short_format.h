// Number formats of a few bits as values: bf16, f16, the 8-bit formats of the Open Compute Project,
// tf32, and any with E exponent bits and S significand bits that floats hold.
//
// Code that is compiled for one format asks numbers/format.h. What can take any format of 2^8 to
// 2^19 numbers, all of which can be tried, takes one of these.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "numbers/format.h"

namespace ulpforge::numbers {

/// Which of the two neighbours a number becomes that lies between them.
enum class RoundTo {
  NearestEven,
  TowardZero,
  Up,
  Down,
  AwayFromZero,
  Odd,  ///< the one with an odd significand (Boldo and Melquiond 2005)
};

/// "nearest", "zero", "up", "down", "away", "odd".
std::string_view name(RoundTo mode);
std::optional<RoundTo> find_round_to(std::string_view name);
std::span<const RoundTo> rounding_directions();

/// A format whose numbers are floats. Patterns stand in the low bits of 32.
class ShortFormat {
 public:
  using Pattern = std::uint32_t;

  /// `row` is a format of at most 19 bits within float. Without infinities the largest exponent
  /// field has numbers, too, but for the pattern of all ones, which is NaN; results that are too
  /// large are the largest number then, and so is an infinity.
  ShortFormat(std::string name, const Format& row, bool infinities);

  const std::string& name() const { return name_; }
  const Format& row() const { return row_; }
  bool has_infinities() const { return infinities_; }
  int bits() const { return row_.bits; }
  int mantissa_bits() const { return row_.precision - 1; }
  int exponent_bits() const { return row_.bits - row_.precision; }
  /// How many patterns there are.
  std::uint32_t inputs() const { return std::uint32_t{1} << row_.bits; }
  /// Bytes in which a pattern is kept: 1, 2 or 4.
  std::size_t bytes() const { return row_.bits <= 8 ? 1 : row_.bits <= 16 ? 2 : 4; }

  Pattern sign() const { return Pattern{1} << (row_.bits - 1); }
  Pattern magnitude(Pattern bits) const { return bits & (sign() - 1); }
  bool is_negative(Pattern bits) const { return (bits & sign()) != 0; }
  Pattern largest() const { return largest_; }       ///< pattern of the largest finite number
  Pattern infinity() const { return largest_ + 1; }  ///< where there are infinities
  Pattern nan() const { return nan_; }               ///< a quiet one
  bool is_finite(Pattern bits) const { return magnitude(bits) <= largest_; }
  bool is_nan(Pattern bits) const { return magnitude(bits) > largest_ + (infinities_ ? 1U : 0U); }

  /// The number of that pattern, which a float is exactly; some quiet NaN for any NaN.
  float value(Pattern bits) const;

  /// A number rounded once: subnormals are kept, zeros keep their sign, a NaN becomes nan() with
  /// its sign. What is beyond the largest number is it or infinity, as the direction says;
  /// infinity itself stays infinite where the format can say so.
  Pattern round(double x, RoundTo mode = RoundTo::NearestEven) const {
    const auto [q, rest, drop, negative, special] = split(x);
    if (special) return *special;
    const std::uint64_t half = std::uint64_t{1} << (drop - 1);
    bool up = false;
    switch (mode) {
      case RoundTo::NearestEven:
        up = rest > half || (rest == half && (q & 1) != 0);
        break;
      case RoundTo::TowardZero:
        break;
      case RoundTo::Up:
        up = rest != 0 && !negative;
        break;
      case RoundTo::Down:
        up = rest != 0 && negative;
        break;
      case RoundTo::AwayFromZero:
        up = rest != 0;
        break;
      case RoundTo::Odd:
        up = rest != 0 && (q & 1) == 0;
        break;
    }
    return finished(q + (up ? 1 : 0), negative, mode);
  }

  /// Stochastic rounding with so many random bits, 1 to 32: away from zero where the first `count`
  /// bits of what is lost, as an integer, and the random integer below 2^count sum up to 2^count or
  /// more. Beyond the largest number as nearest even.
  Pattern round_stochastically(double x, std::uint32_t random, int count) const {
    const auto [q, rest, drop, negative, special] = split(x);
    if (special) return *special;
    const std::uint64_t lost = drop >= count ? rest >> (drop - count) : rest << (count - drop);
    const bool up = lost + random >= std::uint64_t{1} << count;
    return finished(q + (up ? 1 : 0), negative, RoundTo::NearestEven);
  }

  /// The neighbours of a number, infinities included where there are any; the largest stays.
  Pattern next_up(Pattern bits) const;
  Pattern next_down(Pattern bits) const { return next_up(bits ^ sign()) ^ sign(); }

  /// The finite numbers lie below 2^emax; beyond the largest number their spacing goes on.
  double end() const { return power_of_two(row_.emax); }
  double largest_value() const { return static_cast<double>(value(largest_)); }

 private:
  struct Split {
    std::uint64_t q;     ///< the pattern of the number next towards zero, range aside
    std::uint64_t rest;  ///< what is left of it, below 2^drop
    int drop;
    bool negative;
    std::optional<Pattern> special;
  };
  Split split(double x) const {
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const std::uint64_t size = bits & Binary64::kMagnitude;
    const bool negative = size != bits;
    const Pattern sign_bit = negative ? sign() : 0;
    if (size >= Binary64::kInfinity) {
      const bool is_nan = size > Binary64::kInfinity;
      const Pattern special = is_nan ? nan_ : infinities_ ? infinity() : largest_;
      return {0, 0, 1, negative, sign_bit | special};
    }
    // |x| = m 2^(e - 53), m below 2^53.
    const int field = static_cast<int>(size >> Binary64::kMantissaBits);
    std::uint64_t m = size & Binary64::kMantissa;
    if (field != 0) m |= std::uint64_t{1} << Binary64::kMantissaBits;
    const int e = (field != 0 ? field : 1) - (Binary64::kBias - 1);
    const int below = row_.emin - e;  // binades below the normal numbers
    int drop = kBinary64.precision - row_.precision + (below > 0 ? below : 0);
    if (drop > 62) {
      // Less than a 2^9th of the smallest number: any such is as good as another.
      m = m != 0 ? 1 : 0;
      drop = 62;
    }
    std::uint64_t q = m >> drop;
    const std::uint64_t rest = m & ((std::uint64_t{1} << drop) - 1);
    if (below < 0) q += static_cast<std::uint64_t>(-below) << mantissa_bits();
    return {q, rest, drop, negative, std::nullopt};
  }
  Pattern finished(std::uint64_t q, bool negative, RoundTo mode) const {
    const Pattern sign_bit = negative ? sign() : 0;
    if (q <= largest_) return sign_bit | static_cast<Pattern>(q);
    const bool stays = !infinities_ || mode == RoundTo::TowardZero || mode == RoundTo::Odd ||
                       (mode == RoundTo::Up && negative) || (mode == RoundTo::Down && !negative);
    return sign_bit | (stays ? largest_ : infinity());
  }

  std::string name_;
  Format row_;
  bool infinities_;
  Pattern largest_;
  Pattern nan_;
};

/// The format of that name: bf16, f16, f8e4m3, f8e5m2, tf32, or fEsM with E exponent bits and M
/// significand bits after the first one, such as f6s9, laid out as IEEE 754 lays out its own.
/// Throws std::invalid_argument, saying what would be right.
ShortFormat parse_short_format(const std::string& name);

/// The names that have a row of their own, and the form of the others.
inline constexpr std::string_view kShortFormats =
    "bf16, f16, f8e4m3, f8e5m2, tf32 or fEsM (E exponent and M significand bits, such as f6s9)";

/// Whether the text is such a name, or looks like one: f, a digit.
bool looks_like_short_format(std::string_view text);

}  // namespace ulpforge::numbers
