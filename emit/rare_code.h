// Code that few elements need (ir/rare.h): a jump over it in the body, and for loops a body
// without.
#pragma once

#include <cstddef>
#include <string>

#include "emit/program_facts.h"

namespace ulpforge::emit {

/// The group of selects from i on: common values, and a jump over the code that only their rare
/// values need.
std::string rare_jump(const ProgramFacts& facts, std::size_t i, bool in_steps);

/// common<Form>(x, y), for loops, which stay free of jumps over rare code and of what is alive
/// across them.
std::string common_body(const ProgramFacts& facts, bool in_steps);

}  // namespace ulpforge::emit
