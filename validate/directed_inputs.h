// Inputs where routines tend to go wrong, whatever the function: special values, the ends of the
// format and of every binade, small multiples of the constants of range reductions, and where the
// function itself crosses the ends of the format.
#pragma once

#include <vector>

#include "ir/program.h"
#include "targets/exact/ulp.h"
#include "validate/regions.h"

namespace ulpforge::validate {

/// A few thousand inputs of a program of one or two inputs.
std::vector<Point> directed_inputs(const ir::Program& target, numbers::Format format);

}  // namespace ulpforge::validate
