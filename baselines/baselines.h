// The classical approximations that a search has to beat, computed, not tabulated.
#pragma once

#include <string>
#include <vector>

#include "ir/program.h"
#include "targets/target.h"

namespace ulpforge::baselines {

struct Baseline {
  std::string method;   ///< "polynomial minimax (Horner)", ...
  ir::Program program;  ///< over + - * / (and sqrt), one per operation counted
  int operations = 0;
  double max_error = 0;  ///< by targets::Verifier, in the target's metric
};

/// Every method's best program at every operation count up to max_operations (methods that do not
/// apply, or do not converge, are left out). Deterministic.
std::vector<Baseline> compute_baselines(const targets::Target& target, int max_operations);

/// The lowest error among the baselines with at most `operations` operations, or nullptr.
const Baseline* best_baseline(const std::vector<Baseline>& baselines, int operations);
const Baseline* best_baseline(std::vector<Baseline>&& baselines, int operations) = delete;

}  // namespace ulpforge::baselines
