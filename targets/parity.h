// Whether a function is even or odd, as its operations tell.
#pragma once

#include "ir/program.h"
#include "targets/catalog.h"

namespace ulpforge::targets {

/// The parity of the program's value as a function of its one input: what follows from that of the
/// operations (a product of two odd functions is even). None: it does not follow, as for the
/// sigmoid, or there is none.
Parity parity_of(const ir::Program& program);

}  // namespace ulpforge::targets
