// A search over f32 programs with everything decided.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "evo/machine_search.h"
#include "runs/config.h"
#include "targets/scores/result_format.h"

namespace ulpforge::runs {

struct MachineExperiment {
  std::string what;        ///< the target as it was asked for
  std::string expression;  ///< of the target
  ir::Program target;
  std::optional<targets::Domain> domain;  ///< nothing: every float
  std::vector<targets::Scheme> schemes;
  bool all_schemes = true;  ///< not a choice of them
  evo::MachineConfig search;
  std::optional<Accuracy> accuracy = {};  ///< that is wanted; search has it in ULP
  /// Of a short format: its numbers and the exact values there. None: float.
  std::shared_ptr<const targets::ShortValues> values = {};
  /// Of floats: what results are judged as.
  targets::ResultChoice results = {};
};

/// "f32", or the short format's name.
std::string regime_name(const MachineExperiment& experiment);

/// Throws std::invalid_argument: no target, a target without a range reduction and without a
/// domain, a scheme, an instruction set or a processor that is not known, settings of the real
/// regime.
MachineExperiment make_machine_experiment(const Options& options);

/// What results of float programs are judged as. Throws std::invalid_argument.
targets::ResultChoice results_of(const Options& options);

/// An experiment file that asks for exactly this experiment.
std::string to_toml(const MachineExperiment& experiment);

/// "all", or the interval.
std::string domain_text(const MachineExperiment& experiment);

}  // namespace ulpforge::runs
