// Exact values of a target: MPFR at increasing precision until the rounding is certain.
#pragma once

#include "ir/mpfr.h"
#include "ir/program.h"

namespace ulpforge::targets {

/// program(x) correctly rounded to `bits` bits (round to nearest), by enclosures in ball arithmetic
/// (Arb) of increasing precision until both ends round alike. NaN where the function is not defined
/// or has a pole at x.
ir::Mpfr reference(const ir::Program& program, const ir::Mpfr& x, unsigned bits);

/// The same as the nearest double and the nearest double to the rest (about 106 bits).
ir::DoubleDouble reference(const ir::Program& program, double x);

}  // namespace ulpforge::targets
