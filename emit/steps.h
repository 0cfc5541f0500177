// Several vectors in step: each operation is done for all of them before the next one is. The
// processor looks but so far ahead, and would find little that can start in the chain of a single
// vector.
#pragma once

#include <cstddef>
#include <string>

#include "emit/form.h"
#include "emit/header_part.h"

namespace ulpforge::emit {

/// Whether operations are marked as steps, for several vectors in step.
bool is_in_steps(const HeaderPart& part);

/// How many vectors of a form the loop takes in step: half as many of four where most values are of
/// 64 bits, two registers each.
std::size_t in_step(const HeaderPart& part, const Form& form);

/// What marks a step where there is but one vector, which has no need of it; empty where no
/// operation is marked.
std::string single_step(const HeaderPart& part);

/// Together<Form>, the form of several vectors of `form`; empty where the loop takes one at a time.
std::string together(const HeaderPart& part, const Form& form);

}  // namespace ulpforge::emit
