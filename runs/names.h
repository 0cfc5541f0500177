// What files and functions of a run are called: identifiers.
#pragma once

#include <string>

#include "targets/exact/domain.h"

namespace ulpforge::runs {

/// "exp2", "log1p_exp_x": a target, at most 40 characters.
std::string short_name(const std::string& target);

/// "on_0_to_1", "on_m0p5_to_0p5": an interval; "on_m1_to_m0p1_and_0p1_to_1": several.
std::string interval_name(const targets::Domain& domain);

}  // namespace ulpforge::runs
