// Programs as formulas for people to read.
#pragma once

#include <string>
#include <vector>

#include "ir/program.h"

namespace ulpforge::ir {

/// The program as infix lines: a definition "u = x + 0.5 / x" for each value that is used more than
/// once, then the result. Constants are shown with 6 digits.
std::vector<std::string> formula(const ir::Program& program);

}  // namespace ulpforge::ir
