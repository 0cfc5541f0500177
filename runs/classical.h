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

/// The classical approximations (baselines/), in the substitution's t on a domain that is not
/// bounded, over the operations of a search and within its length;
/// those in others are left out.
ClassicalPrograms classical_programs(const targets::Target& target, const evo::SearchConfig& config,
                                     const baselines::Limits& limits);

/// The programs as functions of x, where they are of the substitution's t.
std::vector<evo::KnownProgram> on_whole_domain(std::vector<evo::KnownProgram> programs,
                                               const targets::Target& target);

}  // namespace ulpforge::runs
