// Pruning by null-space flow: a constant that is redundant can be driven to the value at which its
// operation does nothing, while the others move so that the function stays what it is.
#pragma once

#include <optional>
#include <span>

#include "evo/levenberg_marquardt.h"
#include "ir/program.h"
#include "numbers/random.h"

namespace ulpforge::evo {

/// Drives one randomly chosen constant of `program` to the identity of its operation (0 in a sum, 1
/// or -1 in a product) by a fourth-order Runge-Kutta flow along the null space of the Jacobian,
/// with a few corrector iterations after each step. Returns the program without that operation
/// (simplified, constants where the flow left them), or nothing when the error grew beyond
/// `largest_error` on the way. `pins`: as for make_tape().
template <int kBlocks>
std::optional<ir::Program> prune(Fitter<kBlocks>& fitter, const ir::Program& program,
                                 double largest_error, numbers::Random& random,
                                 std::span<const double> pins = {});

}  // namespace ulpforge::evo
