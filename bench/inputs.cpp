// Ranges, and numbers of them.
#include "bench/inputs.h"

#include <cmath>
#include <random>

namespace ulpforge::bench {
Inputs usual_inputs(std::string_view function) {
  const targets::CatalogRow* const row = targets::find_in_catalog(function);
  return row != nullptr ? row->timed_on : Inputs{-4, 4};
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

std::vector<targets::FloatRange> floats_in(const Inputs& inputs) {
  return targets::floats_of(targets::Domain{inputs.low, inputs.high, false, false});
}

}  // namespace ulpforge::bench
