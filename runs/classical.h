// The classical approximations as a search takes them.
#pragma once

#include <functional>
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

/// Those of the programs that satisfy the constraints (evo/known_programs.h); on a domain that is
/// not bounded, without moving their constants.
std::vector<evo::KnownProgram> satisfying(std::vector<evo::KnownProgram> programs,
                                          const targets::Target& target,
                                          const evo::Constraints& constraints,
                                          const std::function<bool(const ir::Program&)>& accept);

/// The same of baselines, on any domain, the direction of monotone ones proven.
std::vector<baselines::Baseline> satisfying(std::vector<baselines::Baseline> baselines,
                                            const targets::Target& target,
                                            const evo::Constraints& constraints);

/// The programs as functions of x, where they are of the substitution's t.
std::vector<evo::KnownProgram> on_whole_domain(std::vector<evo::KnownProgram> programs,
                                               const targets::Target& target);

}  // namespace ulpforge::runs
