// Errors by binade, and their order.
#include "evo/worst_binades.h"

#include <algorithm>

#include "ir/interpret.h"
#include "targets/scores/pieces.h"

namespace ulpforge::evo {
namespace {

using numbers::Binary32;

std::size_t binade_of(Binary32::Bits bits) { return bits >> Binary32::kMantissaBits; }

}  // namespace

void add_errors(BinadeErrors& errors, const FloatSample& sample, const ir::Program& program,
                double largest) {
  std::vector<float> y(sample.size());
  ir::interpret<float, float>(program, sample.x(), y);
  for (std::size_t i = 0; i < y.size(); ++i) {
    double& error = errors[binade_of(Binary32::bits(sample.x()[i]))];
    error = std::max(error, sample.error(i, y[i]) / largest);
  }
}

std::vector<targets::FloatRange> worst_binades(const BinadeErrors& errors,
                                               std::span<const targets::FloatRange> ranges,
                                               double least, std::size_t most) {
  const auto error_of = [&](const targets::FloatRange& part) {
    return errors[binade_of(part.first)];
  };
  std::vector<targets::FloatRange> parts = targets::binades<numbers::Binary32>(ranges);
  std::erase_if(parts, [&](const targets::FloatRange& part) { return !(error_of(part) > least); });
  std::ranges::stable_sort(parts, std::ranges::greater(), error_of);
  if (parts.size() > most) parts.resize(most);
  return parts;
}

}  // namespace ulpforge::evo
