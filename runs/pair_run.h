// Runs of searches over two arguments.
#pragma once

#include "runs/run_start.h"

namespace ulpforge::runs {

/// Searches, measures what was found at every pair, and writes the run directory. Returns the exit
/// code.
int run_pair_search(const RunStart& start, const SearchRequest& request);

}  // namespace ulpforge::runs
