// ulpforge prove: bounds on the errors of a program, or of a run's, with certificates.
#pragma once

#include "runs/machine_proofs.h"

namespace ulpforge::runs {

/// Proves what `request.file` holds, or front.json in it where it is a directory; `request.text` is
/// read from there. Prints what came of it and returns the exit code. Throws BadRequest and
/// std::invalid_argument.
int prove(ProofRequest request);

}  // namespace ulpforge::runs
