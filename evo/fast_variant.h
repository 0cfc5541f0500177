// The same function without care for special values: for finite, normal inputs.
#pragma once

#include <optional>

#include "ir/program.h"

namespace ulpforge::evo {

struct FastVariant {
  ir::Program program;
  float largest = 0;  ///< up to this size of x it is the same function
};

/// The program without the selections, clamps and signs that make no difference at any normal x, of
/// a size up to `largest`, where the program's result is normal: at each such float it has the same
/// bits, which compiled code of both shows by trying them all (a second or so for what is left
/// out). Rare code goes too where that leaves a `largest` of at least 1000. Nothing where nothing
/// can be left out.
std::optional<FastVariant> fast_variant(const ir::Program& program);

}  // namespace ulpforge::evo
