// From least squares to minimax: constants that level the error's extrema.
#pragma once

#include "evo/examination.h"
#include "evo/levenberg_marquardt.h"

namespace ulpforge::evo {

/// Lowers the largest error over the dense nodes by Lawson's reweighting (Lawson 1961, as iterated
/// least squares), then by Newton steps on the equations of equioscillation (Remez exchange).
/// Improves `constants` in place and returns the largest error over the nodes.
double minimise_largest_error(const DenseNodes& nodes, const Tape& tape, Constants& constants);

/// The same for the error between the nodes too: repeats the exchange on new nodes that crowd
/// around the extrema, ends of the interval included. For constants that are levelled on `nodes`
/// already.
void refine_extrema(const targets::Target& target, const DenseNodes& nodes, const Tape& tape,
                    Constants& constants);

}  // namespace ulpforge::evo
