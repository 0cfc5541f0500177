// Measured times of a front's programs.
#pragma once

#include "bench/inputs.h"
#include "runs/machine_front.h"

namespace ulpforge::runs {

/// Where the front's functions are timed: in their domain, or where functions of their kind usually
/// are.
bench::Inputs timed_on(const MachineFront& front);

/// Fills in ns_per_element and ratio: compiled with full optimisation, constants embedded, timed in
/// turn with a copy (jit/measure.h). Leaves NaN where the host lacks the instruction set.
void time_programs(MachineFront& front, jit::Isa isa);

}  // namespace ulpforge::runs
