// The page.
#include "validate/error_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ulpforge::validate {
namespace {

constexpr double kWidth = 1000;
constexpr double kHeight = 300;
constexpr double kMargin = 50;

std::string escape(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '<') {
      result += "&lt;";
    } else if (c == '&') {
      result += "&amp;";
    } else {
      result.push_back(c);
    }
  }
  return result;
}

/// Max and mean error of each binade, from the largest negative numbers to the largest positive.
std::string plot(const ModeReport& mode) {
  double most = 0.5;
  for (const auto& binade : mode.binades) {
    if (!binade) continue;
    most = std::max({most, binade->positive.max_ulp, binade->negative.max_ulp});
  }
  const bool logarithmic = most > 16;
  const double top = logarithmic ? std::log2(1 + std::min(most, 0x1p100)) : most * 1.05;
  const auto y_of = [&](double ulp) {
    const double height = logarithmic ? std::log2(1 + std::min(ulp, 0x1p100)) : ulp;
    return kHeight - kMargin / 2 - (kHeight - kMargin) * height / top;
  };
  const double step = (kWidth - 2 * kMargin) / 512;
  const auto x_of = [&](int exponent, bool negative) {
    return kMargin + step * (negative ? 255 - exponent : 256 + exponent);
  };
  std::string svg = fmt::format(
      "<svg viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\" font-size=\"11\" "
      "font-family=\"sans-serif\">\n",
      kWidth, kHeight, kWidth, kHeight);
  for (const double tick : {0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 1024.0, 0x1p20}) {
    if (tick > most * 1.05) continue;
    svg += fmt::format(
        "<line x1=\"{0}\" x2=\"{1}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\" stroke=\"#ddd\"/><text x=\"5\" "
        "y=\"{2:.1f}\">{3:g} ULP</text>\n",
        kMargin, kWidth - kMargin, y_of(tick), tick);
  }
  for (const auto& [exponent, negative, label] :
       {std::tuple{254, true, "-2^127"}, std::tuple{127, true, "-1"}, std::tuple{0, false, "0"},
        std::tuple{127, false, "1"}, std::tuple{254, false, "2^127"}}) {
    svg += fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n",
                       x_of(exponent, negative), kHeight - 5, label);
  }
  for (const auto& binade : mode.binades) {
    if (!binade) continue;
    for (const bool negative : {false, true}) {
      const Figures& f = negative ? binade->negative : binade->positive;
      if (f.measured == 0) continue;
      const double x = x_of(binade->exponent, negative);
      const double mean = f.sum_of_sizes / static_cast<double>(f.measured);
      svg += fmt::format(
          "<rect x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\" fill=\"#4682b4\">"
          "<title>{}2^{}: max {:.6g} ULP at 0x{:08x}, mean {:.4g}</title></rect>"
          "<rect x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"1.5\" fill=\"#d2691e\"/>\n",
          x, y_of(f.max_ulp), step, y_of(0) - y_of(f.max_ulp) + 0.5, negative ? "-" : "",
          binade->exponent - 127, f.max_ulp, f.worst_input, mean, x, y_of(mean), step);
    }
  }
  return svg + "</svg>\n";
}

}  // namespace

std::string to_html(const Report& report) {
  std::string page = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0}</title></head>\n"
      "<body style=\"font-family: sans-serif; max-width: 64em; margin: 2em auto\">\n<h1>{0}</h1>\n",
      escape(fmt::format("{} against {}", report.identity.symbol, report.identity.expression)));
  for (const ModeReport& mode : report.modes) {
    page += fmt::format(
        "<h2>Error over the domain, rounding {}</h2>\n<p>Max (bars) and mean (lines) in each "
        "binade "
        "of the input.</p>\n{}",
        name(mode.rounding), plot(mode));
  }
  return page + fmt::format("<pre>{}</pre>\n</body></html>\n", escape(to_text(report)));
}

}  // namespace ulpforge::validate
