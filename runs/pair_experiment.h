// A search for programs of two arguments of a short format, with everything decided.
#pragma once

#include <string>

#include "evo/pairs/pair_sample.h"
#include "evo/pairs/pair_search.h"
#include "runs/config.h"

namespace ulpforge::runs {

struct PairExperiment {
  std::string what;        ///< the target as it was asked for
  std::string expression;  ///< in x and y
  ir::Program target;
  numbers::ShortFormat format;
  targets::PairSet set = targets::PairSet::All;
  evo::pairs::PairGoal goal;
  evo::pairs::PairSearchConfig search;
  bool known = true;  ///< begins with the known programs; they are compared with in any case
};

/// Whether the options ask for a function of two arguments: its name, or an expression in y.
bool asks_for_pairs(const Options& options);

/// Throws std::invalid_argument: a regime without programs of two arguments, a format that is too
/// large, settings of other searches.
PairExperiment make_pair_experiment(const Options& options);

/// An experiment file that asks for exactly this experiment.
std::string to_toml(const PairExperiment& experiment);

}  // namespace ulpforge::runs
