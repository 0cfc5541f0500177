// How a program is compiled.
#pragma once

#include <cstdint>
#include <optional>

#include "jit/isa/isa.h"

namespace ulpforge::jit {

/// Fast compiles in little time, for screening; Full optimises, for timing and final scoring. Both
/// compute the same bits.
enum class OptimisationLevel : std::uint8_t { Fast, Full };

struct Options {
  OptimisationLevel level = OptimisationLevel::Fast;
  std::optional<Isa> isa = {};   ///< the host's widest where empty
  bool embed_constants = false;  ///< as immediates, as emitted code has them, instead of arguments
  unsigned interleave = 1;       ///< vectors in flight in one turn of the loop
};

}  // namespace ulpforge::jit
