// Errors by binade, and which binades to measure first.
#include "evo/critical_binades.h"

#include <algorithm>
#include <bit>

#include "ir/interpret.h"
#include "targets/scores/pieces.h"

namespace ulpforge::evo {

void add_errors(BinadeErrors& errors, const FloatSample& sample, const ir::Program& program,
                double largest) {
  std::vector<float> y(sample.size());
  ir::interpret<float, float>(program, sample.x(), y);
  for (std::size_t i = 0; i < y.size(); ++i) {
    double& error = errors[std::bit_cast<std::uint32_t>(sample.x()[i]) >> 23];
    error = std::max(error, sample.error(i, y[i]) / largest);
  }
}

std::vector<targets::FloatRange> largest_errors(const BinadeErrors& errors,
                                                std::span<const targets::FloatRange> ranges,
                                                double least, std::size_t most) {
  const auto error_of = [&](const targets::FloatRange& part) { return errors[part.first >> 23]; };
  std::vector<targets::FloatRange> parts = targets::binades<numbers::Binary32>(ranges);
  std::erase_if(parts, [&](const targets::FloatRange& part) { return !(error_of(part) > least); });
  std::ranges::stable_sort(parts, std::ranges::greater(), error_of);
  if (parts.size() > most) parts.resize(most);
  return parts;
}

}  // namespace ulpforge::evo
