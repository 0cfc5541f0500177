// The files that carry a pair front's programs: for each a C++ header and its exhaustive test.
#pragma once

#include <vector>

#include "runs/machine_emission.h"
#include "runs/pair_front.h"

namespace ulpforge::runs {

/// NAME.h and NAME_test.cpp.
std::vector<EmittedFile> pair_files(const PairFront& front, const PairEntry& entry);

}  // namespace ulpforge::runs
