// log1p(exp(u)) where exp(u) is large: u + log1p(exp(-u)) is the same, with nothing in it that is
// too wide for a ball. For u from 1024 to 2048, exp(u) has every order of magnitude from e^1024 to
// e^2048, and a ball that holds them holds 0, too.
#pragma once

#include <optional>

#include "ir/program.h"

namespace ulpforge::targets {

/// The program with every log1p(exp(u)) in it written as u + log1p(exp(-u)); nothing where it has
/// none.
std::optional<ir::Program> with_small_exponentials(const ir::Program& program);

}  // namespace ulpforge::targets
