// ulpforge search: from an experiment to run directories.
#pragma once

#include "runs/run_start.h"

namespace ulpforge::runs {

/// Runs the search, or one for each seed that is asked for, and prints what it found. Returns the
/// exit code. Throws BadRequest and std::invalid_argument.
int search(const SearchRequest& request);

}  // namespace ulpforge::runs
