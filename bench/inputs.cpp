// The table of ranges.
#include "bench/inputs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace ulpforge::bench {
namespace {

struct Row {
  std::string_view function;
  Inputs inputs;
};

constexpr auto kRows = std::to_array<Row>({
    {"exp", {-80, 80}},
    {"exp2", {-120, 120}},
    {"exp10", {-35, 35}},
    {"expm1", {-15, 80}},
    {"log", {0x1p-126, 0x1p127, true}},
    {"log2", {0x1p-126, 0x1p127, true}},
    {"log10", {0x1p-126, 0x1p127, true}},
    {"log1p", {0x1p-40, 0x1p100, true}},
    {"sqrt", {0x1p-126, 0x1p127, true}},
    {"rsqrt", {0x1p-126, 0x1p127, true}},
    {"cbrt", {0x1p-126, 0x1p127, true}},
    {"sin", {-100, 100}},
    {"cos", {-100, 100}},
    {"tan", {-100, 100}},
    {"sinh", {-80, 80}},
    {"cosh", {-80, 80}},
    {"acosh", {1, 0x1p100, true}},
    {"asin", {-1, 1}},
    {"acos", {-1, 1}},
    {"atanh", {-1, 1}},
});

}  // namespace

Inputs usual_inputs(std::string_view function) {
  const auto row = std::ranges::find(kRows, function, &Row::function);
  return row != kRows.end() ? row->inputs : Inputs{-4, 4};
}

std::vector<float> draw(const Inputs& inputs, std::size_t count) {
  std::mt19937 random(1);
  std::vector<float> x(count);
  for (float& value : x) {
    const double t = static_cast<double>(random()) / 4294967296.0;
    value = static_cast<float>(inputs.logarithmic
                                   ? inputs.low * std::exp2(t * std::log2(inputs.high / inputs.low))
                                   : inputs.low + t * (inputs.high - inputs.low));
  }
  return x;
}

}  // namespace ulpforge::bench
