// A page about runs: fronts, their history, every program.
#pragma once

#include <string>
#include <vector>

#include "experiments/run.h"

namespace ulpforge::experiments {

/// One self-contained HTML page. Runs that ask the same question (regime, target, interval, metric)
/// share a plot. Throws BadRequest and std::invalid_argument for a front that cannot be evaluated.
std::string run_report(const std::vector<Run>& runs);

}  // namespace ulpforge::experiments
