// The table of short formats, and their numbers.
#include "numbers/short_format.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace ulpforge::numbers {
namespace {

/// Those with names: the two 8-bit ones are of the Open Compute Project's "OCP 8-bit Floating Point
/// Specification" (2023), of which E4M3 has no infinities. tf32 is NVIDIA's: 19 bits.
struct Row {
  Format format;
  bool infinities;
};
constexpr std::array kRows = {
    //   name, bits, precision, emin, emax               infinities
    Row{{"bf16", 16, 8, kBfloat16.emin, kBfloat16.emax}, true},
    Row{{"f16", 16, 11, kBinary16.emin, kBinary16.emax}, true},
    Row{{"f8e4m3", 8, 4, -5, 9}, false},
    Row{{"f8e5m2", 8, 3, kBinary16.emin, kBinary16.emax}, true},
    Row{{"tf32", 19, 11, kBinary32.emin, kBinary32.emax}, true},
};

constexpr std::array kDirections = {RoundTo::NearestEven, RoundTo::TowardZero,   RoundTo::Up,
                                    RoundTo::Down,        RoundTo::AwayFromZero, RoundTo::Odd};

/// The number at the front of the text, which loses it; nothing where there is none.
std::optional<int> take_number(std::string_view& text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || value < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

}  // namespace

std::string_view name(RoundTo mode) {
  switch (mode) {
    case RoundTo::NearestEven:
      return "nearest";
    case RoundTo::TowardZero:
      return "zero";
    case RoundTo::Up:
      return "up";
    case RoundTo::Down:
      return "down";
    case RoundTo::AwayFromZero:
      return "away";
    case RoundTo::Odd:
      break;
  }
  return "odd";
}

std::span<const RoundTo> rounding_directions() { return kDirections; }

std::optional<RoundTo> find_round_to(std::string_view text) {
  for (const RoundTo mode : kDirections) {
    if (name(mode) == text) return mode;
  }
  return std::nullopt;
}

ShortFormat::ShortFormat(std::string name, const Format& row, bool infinities)
    : name_(std::move(name)), row_(row), infinities_(infinities) {
  row_.name = {};  // it need not outlive this
  const Pattern magnitudes = sign() - 1;
  const Pattern mantissa = (Pattern{1} << mantissa_bits()) - 1;
  largest_ = infinities ? magnitudes - mantissa - 1 : magnitudes - 1;
  nan_ = infinities ? magnitudes - mantissa + (Pattern{1} << (mantissa_bits() - 1)) : magnitudes;
}

float ShortFormat::value(Pattern bits) const {
  const Pattern size = magnitude(bits);
  double result = 0;
  if (is_nan(bits)) {
    result = std::numeric_limits<double>::quiet_NaN();
  } else if (size > largest_) {
    result = std::numeric_limits<double>::infinity();
  } else {
    const int field = static_cast<int>(size >> mantissa_bits());
    const int binade = field > 1 ? field - 1 : 0;
    const Pattern units = size - (static_cast<Pattern>(binade) << mantissa_bits());
    result = std::ldexp(static_cast<double>(units), row_.emin - row_.precision + binade);
  }
  return static_cast<float>(std::copysign(result, is_negative(bits) ? -1.0 : 1.0));
}

ShortFormat::Pattern ShortFormat::next_up(Pattern bits) const {
  if (magnitude(bits) == 0) return 1;
  if (is_negative(bits)) return bits - 1;
  const Pattern last = infinities_ ? infinity() : largest_;
  return bits < last ? bits + 1 : bits;
}

bool looks_like_short_format(std::string_view text) {
  for (const Row& row : kRows) {
    if (row.format.name == text) return true;
  }
  const bool starts = text.starts_with("f") || text.starts_with("bf") || text.starts_with("tf");
  const std::size_t digit = text.find_first_of("0123456789");
  return starts && digit != text.npos && digit <= 2 && text != "f32" && text != "f64";
}

ShortFormat parse_short_format(const std::string& name) {
  for (const Row& row : kRows) {
    if (row.format.name == name) return {name, row.format, row.infinities};
  }
  std::string_view rest = name;
  if (rest.starts_with('f')) {
    rest.remove_prefix(1);
    const auto exponent = take_number(rest);
    const bool letter = rest.starts_with('s');
    if (letter) rest.remove_prefix(1);
    const auto mantissa = take_number(rest);
    if (exponent && letter && mantissa && rest.empty()) {
      if (*exponent < 2 || *exponent > 8) {
        throw std::invalid_argument(
            fmt::format("{} has {} exponent bits; give 2 to 8, so that floats hold its numbers",
                        name, *exponent));
      }
      const int most = 15 - *exponent;
      if (*mantissa < 1 || *mantissa > most) {
        throw std::invalid_argument(fmt::format(
            "{} has {} significand bits; with {} exponent bits and a sign give 1 to {}, "
            "for at most 16 bits",
            name, *mantissa, *exponent, most));
      }
      const int emax = 1 << (*exponent - 1);
      return {name, {{}, 1 + *exponent + *mantissa, *mantissa + 1, 3 - emax, emax}, true};
    }
  }
  throw std::invalid_argument(fmt::format("unknown format '{}'; give {}", name, kShortFormats));
}

}  // namespace ulpforge::numbers
