// Programs of two arguments as C++, with claim and provenance beside the code.
#include "runs/pair_emission.h"

#include <fmt/format.h>

#include "emit/pair_header.h"
#include "ir/expression.h"
#include "runs/emission.h"
#include "system/error.h"

namespace ulpforge::runs {

std::vector<EmittedFile> pair_files(const PairFront& front, const PairEntry& entry) {
  using targets::PairMetric;
  const numbers::ShortFormat format = numbers::parse_short_format(front.format);
  std::vector<std::string> comment = {
      fmt::format("{}: {} of two numbers of {} by operations on integers.", entry.name,
                  system::one_line(front.expression), front.format),
      ""};
  for (std::string& line : figure_lines(front, entry)) comment.push_back(std::move(line));
  comment.push_back(fmt::format(
      "            The unit is 2^(max(e, {}) - {}) where 2^(e-1) <= |f| < 2^e for the exact f.",
      format.row().emin, format.row().precision));
  if (front.set != targets::PairSet::All) {
    comment.push_back("            At other pairs the result means nothing.");
  }
  comment.push_back(fmt::format("Made by     {}: {}", provenance(front.version, front.seed, {}),
                                system::one_line(without_directories(front.command))));
  comment.push_back("");
  comment.push_back("Patterns in, a pattern out. Needs C++17; arrays are best with -O3.");
  const targets::PairFigures& figures = entry.figures;
  return {{entry.name + ".h", emit::emit_pair_header(entry.program, entry.name, comment, format)},
          {entry.name + "_test.cpp",
           emit::emit_pair_test({.name = entry.name,
                                 .expression = front.expression,
                                 .target = ir::parse_expression(front.expression, 2),
                                 .format = format,
                                 .set = static_cast<int>(front.set),
                                 .pairs = figures.pairs,
                                 .misrounded = figures.misrounded,
                                 .max_ulp = figures.in(PairMetric::Ulp).max,
                                 .mean_ulp = figures.mean(PairMetric::Ulp),
                                 .bias_ulp = figures.bias(PairMetric::Ulp),
                                 .special_values = figures.special_values.count,
                                 .zero_signs = figures.zero_signs.count})}};
}

}  // namespace ulpforge::runs
