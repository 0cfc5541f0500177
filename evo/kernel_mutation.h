// Mutations of kernels: small random changes of an f32 program, among them those that only make
// sense over machine numbers.
#pragma once

#include "ir/program.h"
#include "numbers/random.h"

namespace ulpforge::evo {

/// Changes `kernel` by one to three elementary mutations: lengthen it by a term that starts at 0,
/// insert an operation on an edge, delete one, rewire an operand, fuse a product and a sum or split
/// an fma, reassociate (from Horner's scheme towards Estrin's and back), exchange a division for a
/// product with a reciprocal, change constants, take a piece of `donor`. The result is tidy
/// (evo/kernel.h). False when the draw cannot be applied; the kernel is then left in any state.
bool mutate_kernel(ir::Program& kernel, const ir::Program& donor, numbers::Random& random);

}  // namespace ulpforge::evo
