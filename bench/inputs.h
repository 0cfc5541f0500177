// Arguments to time functions with.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "targets/catalog.h"
#include "targets/scores/pieces.h"

namespace ulpforge::bench {

using Inputs = targets::TimedInputs;

/// Those of a function of the catalog; of any other [-4, 4].
Inputs usual_inputs(std::string_view function);

/// So many of them, always the same.
std::vector<float> draw(const Inputs& inputs, std::size_t count);

/// The floats between its ends.
std::vector<targets::FloatRange> floats_in(const Inputs& inputs);

}  // namespace ulpforge::bench
