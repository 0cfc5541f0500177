// Where functions are timed.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace ulpforge::bench {

/// Random inputs, spread over [low, high] evenly, or evenly in their logarithms.
struct Inputs {
  double low, high;
  bool logarithmic = false;
};

/// The usual ones of a function of the catalog; [-4, 4] for any other.
Inputs usual_inputs(std::string_view function);

/// So many of them, always the same.
std::vector<float> draw(const Inputs& inputs, std::size_t count);

}  // namespace ulpforge::bench
