// A page about runs: fronts, their history, every program; and a drawing of the fronts alone.
#pragma once

#include <string>
#include <vector>

#include "runs/run.h"

namespace ulpforge::report {

/// One self-contained HTML page. Runs that ask the same question (regime, target, interval, metric)
/// share a plot. Throws BadRequest and std::invalid_argument for a front that cannot be evaluated.
std::string run_report(const std::vector<runs::Run>& runs);

/// The fronts alone, a plot for each question, as an SVG file that stands alone.
std::string front_drawing(const std::vector<runs::Run>& runs);

}  // namespace ulpforge::report
