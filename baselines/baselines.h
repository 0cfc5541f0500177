// The classical approximations that a search has to beat, computed, not tabulated.
#pragma once

#include <functional>
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
  double worst_x = 0;
  double max_error_f64 = 0;  ///< of the program in double
};

/// Every method's best program at every operation count up to max_operations (methods that do not
/// apply, or do not converge, are left out). Deterministic.
std::vector<Baseline> compute_baselines(const targets::Target& target, int max_operations);

/// When the computation ends early; asked from several threads.
struct Limits {
  std::function<bool()> enough;  ///< nothing more is to be found
  std::function<bool()> abort;   ///< nor verified
};
struct Computed {
  std::vector<Baseline> baselines;
  bool complete = true;
};
/// The same within limits; with `fuses` in programs of fma too, of which each is one operation.
Computed compute_baselines(const targets::Target& target, int max_operations, bool fuses,
                           const Limits& limits);

/// The lowest error among the baselines with at most `operations` operations, or nullptr.
const Baseline* best_baseline(const std::vector<Baseline>& baselines, int operations);
const Baseline* best_baseline(std::vector<Baseline>&& baselines, int operations) = delete;

}  // namespace ulpforge::baselines
