// A page about runs: fronts, their history, every program.
#pragma once

#include <string>
#include <vector>

#include "runs/run.h"

namespace ulpforge::report {

/// One self-contained HTML page. Runs that ask the same question (regime, target, interval, metric)
/// share a plot. Throws BadRequest and std::invalid_argument for a front that cannot be evaluated.
std::string run_report(const std::vector<runs::Run>& runs);

}  // namespace ulpforge::report
