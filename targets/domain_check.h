// Whether a function is finite on an interval, and where it vanishes.
#pragma once

#include <optional>
#include <string>

#include "ir/program.h"
#include "targets/target.h"

namespace ulpforge::targets {

/// Why the program is not a bounded function on the domain ("is not finite at x = -1", "grows
/// without bound as x approaches 0"), or nothing. An open end need not be finite itself, but the
/// values have to stay bounded next to it. Enclosures over subintervals find what lies between
/// points.
std::optional<std::string> find_singularity(const ir::Program& program, const Domain& domain);

/// A point of the domain where the program is not positive, or cannot be shown to be; or nothing.
/// An open end does not belong to it.
std::optional<double> find_not_positive(const ir::Program& program, const Domain& domain);

/// A point strictly inside the domain where the program changes sign or touches 0, or nothing.
std::optional<double> find_interior_zero(const ir::Program& program, const Domain& domain);

/// An open end towards which the function falls faster than any power of the distance, as exp(-1/x)
/// does at 0: next to it no program of arithmetic has a bounded relative error. By its values at
/// three distances.
std::optional<double> find_fast_decay(const ir::Program& program, const Domain& domain);

}  // namespace ulpforge::targets
