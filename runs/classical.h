// The classical approximations as a search takes them.
#pragma once

#include <vector>

#include "baselines/baselines.h"
#include "evo/search.h"
#include "targets/target.h"

namespace ulpforge::runs {

struct ClassicalPrograms {
  std::vector<evo::KnownProgram> programs;
  bool complete = true;  ///< not cut short
};

/// The classical approximations (baselines/) over the operations of a search and within its length;
/// those in others are left out.
ClassicalPrograms classical_programs(const targets::Target& target, const evo::SearchConfig& config,
                                     const baselines::Limits& limits);

}  // namespace ulpforge::runs
