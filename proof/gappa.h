// Rounding errors of programs in float or double, bounded by Gappa
// (https://gappa.gitlabpages.inria.fr), a tool of its own that is run as one.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>

#include "ir/program.h"

namespace ulpforge::proof {

/// The program gappa cannot be run; what() says so and names the package.
struct GappaMissing : std::runtime_error {
  using std::runtime_error::runtime_error;
};

enum class Precision { Float, Double };

/// Bounds for every number x of the precision in an interval, of the program run in it (constants
/// as their high parts, round to nearest even, no contraction) against the program in real
/// arithmetic; absolute and relative to the latter. Nothing where Gappa finds none.
struct RoundingError {
  std::optional<double> absolute;
  std::optional<double> relative;
};

/// The question as a Gappa script; lo <= x <= hi. Throws std::invalid_argument for an operation
/// other than + - * / sqrt, fma, fabs and negation.
std::string gappa_script(const ir::Program& program, double lo, double hi, Precision precision);

/// The bounds in what Gappa answers to such a script; numbers are read exactly and rounded up.
RoundingError parse_gappa(const std::string& answer);

/// What Gappa answers to a script. Throws GappaMissing, and std::runtime_error where it cannot be
/// run otherwise.
std::string run_gappa(const std::string& script);

/// The larger size of the ends in "NAME in [a, b]", on a line of its own of such an answer; read
/// exactly and rounded up. Nothing where Gappa has no bound.
std::optional<double> bound_of(const std::string& answer, const std::string& name);

/// Runs Gappa. Throws GappaMissing, and std::runtime_error where it fails otherwise.
RoundingError rounding_error(const ir::Program& program, double lo, double hi,
                             Precision precision = Precision::Double);

}  // namespace ulpforge::proof
