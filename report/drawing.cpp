// Drawings.
#include "report/drawing.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/html.h"
#include "report/style.h"

namespace ulpforge::report {

std::string drawing(std::span<const Plot> plots) {
  constexpr int kTitle = 28;
  std::string body;
  int width = 0, height = 0;
  for (const Plot& plot : plots) {
    body += fmt::format(
        "<text x=\"12\" y=\"{}\" font-weight=\"600\">{}</text>\n"
        "<svg x=\"0\" y=\"{}\" width=\"{}\" height=\"{}\">{}</svg>\n",
        height + kTitle - 8, escape(plot.title), height + kTitle, plot.width, plot.height,
        svg(plot));
    width = std::max(width, plot.width);
    height += kTitle + plot.height;
  }
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
      "height=\"{1}\">\n<style>{2}svg {{ font: 12px system-ui, sans-serif; fill: var(--ink); "
      "}}</style>\n<rect width=\"100%\" height=\"100%\" style=\"fill: "
      "var(--paper)\"/>\n{3}</svg>\n",
      width, height, kPlotStyle, body);
}

}  // namespace ulpforge::report
