// Rounding to a format's numbers, and going from one to the next.
#include "numbers/constant_format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace ulpforge::numbers {
namespace {

constexpr std::array<std::pair<std::string_view, Format>, 4> kFloating{
    {{"f64", kBinary64}, {"f32", kBinary32}, {"bf16", kBfloat16}, {"f16", kBinary16}}};
constexpr std::string_view kFixed = "fixed:";
constexpr int kMostBits = 53;

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

}  // namespace

std::string ConstantFormat::name() const {
  if (fixed) {
    return std::string(kFixed) + std::to_string(integer_bits) + "." + std::to_string(fraction_bits);
  }
  for (const auto& [name, format] : kFloating) {
    if (format == floating) return std::string(name);
  }
  return std::string(floating.name);
}

double ConstantFormat::largest() const {
  if (fixed) return std::ldexp(1.0, integer_bits - 1) - std::ldexp(1.0, -fraction_bits);
  return std::ldexp(1 - std::ldexp(1.0, -floating.precision), floating.emax);
}

double ConstantFormat::smallest() const {
  return fixed ? -std::ldexp(1.0, integer_bits - 1) : -largest();
}

double ConstantFormat::round(double value) const {
  if (std::isnan(value)) return value;
  if (value >= largest()) return largest();
  if (value <= smallest()) return smallest();
  // The unit in the last place: powers of two, so that scaling is exact.
  int unit = -fraction_bits;
  if (!fixed) {
    int exponent = 0;
    std::frexp(value, &exponent);
    unit = std::max(exponent, floating.emin) - floating.precision;
  }
  const double rounded = std::ldexp(std::nearbyint(std::ldexp(value, -unit)), unit);
  return std::clamp(rounded, smallest(), largest());
}

double ConstantFormat::next(double number, bool upwards) const {
  const double towards = upwards ? largest() : smallest();
  if (number == towards) return number;
  int unit = -fraction_bits;
  if (!fixed) {
    int exponent = 0;
    const double mantissa = std::frexp(number, &exponent);
    if (number == 0) exponent = floating.emin;
    // Below a power of two numbers lie closer.
    const bool inwards = std::abs(mantissa) == 0.5 && (number > 0) != upwards;
    unit = std::max(exponent - (inwards ? 1 : 0), floating.emin) - floating.precision;
  }
  const double step = std::ldexp(1.0, unit);
  return std::clamp(upwards ? number + step : number - step, smallest(), largest());
}

std::optional<ConstantFormat> find_constant_format(std::string_view name) {
  ConstantFormat format;
  for (const auto& [known, floating] : kFloating) {
    if (name != known) continue;
    format.floating = floating;
    return format;
  }
  if (!name.starts_with(kFixed)) return std::nullopt;
  name.remove_prefix(kFixed.size());
  const std::size_t point = name.find('.');
  if (point == std::string_view::npos) return std::nullopt;
  const auto integer = whole_number(name.substr(0, point));
  const auto fraction = whole_number(name.substr(point + 1));
  if (!integer || !fraction || *integer < 1 || *fraction < 0) return std::nullopt;
  if (*integer > kMostBits || *fraction > kMostBits - *integer) return std::nullopt;
  format.fixed = true;
  format.integer_bits = *integer;
  format.fraction_bits = *fraction;
  return format;
}

}  // namespace ulpforge::numbers
