// ulpforge search in the f32 regime: search, time the finalists, write the run.
#pragma once

#include <memory>

#include "runs/run_start.h"
#include "targets/scores/reference.h"

namespace ulpforge::runs {

/// The exact values of a search, for those that come after it.
using SharedReference = std::shared_ptr<const targets::FloatReference>;

/// Returns the exit code. `shared` has the exact values of the same target and domain, or takes
/// them. Throws BadRequest and std::invalid_argument.
int run_machine_search(const RunStart& start, const SearchRequest& request,
                       SharedReference* shared = nullptr);

}  // namespace ulpforge::runs
