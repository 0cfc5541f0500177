// The order in which a loop looks up its tables.
#pragma once

#include "ir/program.h"

namespace ulpforge::emit {

/// The program, each of its lookups moved to where one instruction is between it and the first that
/// reads it, though over no rare select. One pipe alone permutes, on Intel's processors: it stays
/// busy where the lookups are spread, and has a queue where they come all at once.
ir::Program spread_lookups(const ir::Program& program);

}  // namespace ulpforge::emit
