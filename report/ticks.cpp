// Ticks.
#include "report/ticks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace ulpforge::report {
namespace {

constexpr double kSlack = 1e-9;  ///< of a step, for ticks on the very end

/// 1, 2 or 5 times a power of ten, at least `least`.
double round_step(double least) {
  const double power = std::pow(10, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= least * (1 - kSlack)) return factor * power;
  }
  return 10 * power;
}

std::string with_minus(const std::string& text) {
  return text.starts_with('-') ? "−" + text.substr(1) : text;
}

}  // namespace

std::string superscript(int number) {
  constexpr std::array<std::string_view, 10> kDigits = {"⁰", "¹", "²", "³", "⁴",
                                                        "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text;
  for (const char c : fmt::to_string(number)) text += c == '-' ? "⁻" : kDigits.at(c - '0');
  return text;
}

std::string power_of_ten(int exponent) {
  if (exponent == 0) return "1";
  return "10" + superscript(exponent);
}

std::string scientific(double value, int digits) {
  if (!std::isfinite(value)) return std::isnan(value) ? "–" : value > 0 ? "∞" : "−∞";
  if (value == 0) return "0";
  if (std::abs(value) >= 1e-3 && std::abs(value) < 1e6) {
    return with_minus(fmt::format(
        "{:.{}g}", value,
        std::max(digits, 1 + static_cast<int>(std::log10(std::max(std::abs(value), 1.0))))));
  }
  const std::string text = fmt::format("{:.{}e}", value, digits - 1);
  const auto e = text.find('e');
  return with_minus(text.substr(0, e)) + "×" + power_of_ten(std::stoi(text.substr(e + 1)));
}

Ticks linear_ticks(double lo, double hi, int most, bool whole) {
  Ticks found;
  double step = round_step((hi - lo) / most);
  if (whole) step = std::max(1.0, std::round(step));
  const double largest = std::max(std::abs(lo), std::abs(hi));
  const int decade = static_cast<int>(std::floor(std::log10(largest)));
  if (!whole && (decade < -2 || decade > 4)) found.exponent = decade;
  const double unit = std::pow(10, found.exponent);
  const int decimals = std::max(0, -static_cast<int>(std::floor(std::log10(step / unit) + kSlack)));
  for (double k = std::ceil(lo / step - kSlack); k * step <= hi + kSlack * step; ++k) {
    found.ticks.push_back(
        {k * step, with_minus(fmt::format("{:.{}f}", k * step / unit + 0.0, decimals))});
  }
  return found;
}

Ticks log_ticks(double lo, double hi, int most) {
  Ticks found;
  const int first = static_cast<int>(std::ceil(std::log10(lo) - kSlack));
  const int last = static_cast<int>(std::floor(std::log10(hi) + kSlack));
  const double decades = std::log10(hi / lo);
  int every = 1;
  for (const int step : {1, 2, 3, 5, 10, 20, 50, 100}) {
    every = step;
    if (decades / step <= most) break;
  }
  const bool few = decades < 3;
  for (int e = first - 1; e <= last; ++e) {
    if (e >= first) {
      found.ticks.push_back({std::pow(10, e), e % every == 0 ? power_of_ten(e) : ""});
    }
    for (int factor = 2; few && factor < 10; ++factor) {
      const double at = factor * std::pow(10, e);
      if (at < lo || at > hi) continue;
      const bool labelled = decades < 1.5 && (factor == 2 || factor == 5);
      found.ticks.push_back({at, labelled ? scientific(at, 1) : ""});
    }
  }
  return found;
}

}  // namespace ulpforge::report
