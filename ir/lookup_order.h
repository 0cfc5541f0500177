// The order in which a loop looks up its tables.
#pragma once

#include "ir/program.h"

namespace ulpforge::ir {

/// The program, each of its lookups moved to where one instruction is between it and the first that
/// reads it, though over no rare select. One pipe alone permutes, on Intel's processors: it stays
/// busy where the lookups are spread, and has a queue where they come all at once.
Program spread_lookups(const Program& program);

}  // namespace ulpforge::ir
