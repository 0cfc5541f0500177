// The loops over arrays.
#pragma once

#include <string>

#include "emit/header_part.h"

namespace ulpforge::emit {

/// The body of NAME_n: y[i] = f(x[i]) for i < n, in each form by the part that has it.
std::string array_loops(const HeaderParts& parts);

/// evaluate_some(x, y, n), out of the way of the other loops: elements that may need rare code.
/// Empty where the program has none, or is for no arrays.
std::string rare_loops(const HeaderPart& part);

}  // namespace ulpforge::emit
