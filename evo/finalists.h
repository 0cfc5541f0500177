// The front that is reported: finalists levelled to minimax and verified with MPFR.
#pragma once

#include <vector>

#include "evo/archive.h"
#include "evo/examination.h"
#include "evo/search.h"
#include "evo/stop_deadline.h"

namespace ulpforge::evo {

struct Front {
  std::vector<FrontProgram> programs;  ///< by operations, errors strictly falling
  std::vector<int> left_out;           ///< operation counts that there was no time for
};

/// For each operation count the archive's best few entries, levelled, then verified in order of
/// their error until one holds what it promised; of these, the ones that no shorter program equals.
/// Operation counts are left out once the deadline has passed.
Front choose_front(const targets::Target& target, const Archive& archive, const DenseNodes& nodes,
                   const StopDeadline& deadline);

}  // namespace ulpforge::evo
