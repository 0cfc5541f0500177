// ulpforge search --forms: a search for each of several forms, one after the other.
#pragma once

#include "runs/run_start.h"

namespace ulpforge::runs {

/// Searches for a function's programs in each form, in directories of their own; the forms share
/// time, evaluations and the exact values. A set that was stopped goes on with `resume`, each of
/// its searches as one that was never stopped. Returns the exit code. Throws BadRequest and
/// std::invalid_argument.
int search_each_form(const SearchRequest& request);

}  // namespace ulpforge::runs
