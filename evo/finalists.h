// The front that is reported: finalists levelled to minimax and verified with MPFR.
#pragma once

#include <vector>

#include "evo/archive.h"
#include "evo/examination.h"
#include "evo/search.h"

namespace ulpforge::evo {

/// For each operation count the archive's best few entries, levelled, then verified in order of
/// their error until one holds what it promised; of these, the ones that no shorter program equals.
std::vector<FrontProgram> choose_front(const targets::Target& target, const Archive& archive,
                                       const DenseNodes& nodes);

}  // namespace ulpforge::evo
