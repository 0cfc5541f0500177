// The loops over arrays.
#pragma once

#include <string>

#include "emit/machine_header.h"
#include "emit/program_facts.h"

namespace ulpforge::emit {

/// The body of NAME_n: y[i] = f(x[i]) for i < n, in each form.
std::string array_loops(const ProgramFacts& facts, const MachineHeader& header);

/// evaluate_some(x, y, n), out of the way of the other loops: elements that may need rare code.
/// Empty where the program has none.
std::string rare_loops(const ProgramFacts& facts, const MachineHeader& header);

}  // namespace ulpforge::emit
