// ulpforge search over real numbers: search, compare with the classical baselines, prove, write the
// run.
#pragma once

#include "runs/run_start.h"

namespace ulpforge::runs {

/// Returns the exit code. Throws BadRequest and std::invalid_argument.
int run_real_search(const RunStart& start, const SearchRequest& request);

}  // namespace ulpforge::runs
