// Plots as an SVG file that stands alone.
#pragma once

#include <span>
#include <string>

#include "report/plot.h"

namespace ulpforge::report {

/// The plots with their titles, one below the other. Series are told apart by their end labels;
/// there is no legend.
std::string drawing(std::span<const Plot> plots);

}  // namespace ulpforge::report
