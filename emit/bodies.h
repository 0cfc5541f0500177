// The function that every form evaluates, as a template over the form.
#pragma once

#include <string>

#include "emit/program_facts.h"

namespace ulpforge::emit {

/// evaluate<Form>(x), and common<Form>(x, y) where the program has rare code (rare_code.h). With
/// `in_steps` operations are marked, for several vectors in step (steps.h).
std::string bodies(const ProgramFacts& facts, bool in_steps);

}  // namespace ulpforge::emit
