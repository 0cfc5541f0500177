// ulpforge search in the f32 regime: search, time the finalists, write the run.
#pragma once

#include "runs/run_start.h"

namespace ulpforge::runs {

/// Returns the exit code. Throws BadRequest and std::invalid_argument.
int run_machine_search(const RunStart& start, const SearchRequest& request);

}  // namespace ulpforge::runs
