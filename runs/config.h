// What a search is asked to do: flags over an experiment file (TOML) over defaults.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evo/course.h"
#include "evo/search.h"
#include "jit/cost.h"
#include "runs/names.h"
#include "targets/scores/pair_figures.h"
#include "targets/target.h"

namespace ulpforge::runs {

/// What programs compute in: real numbers, floats with every rounding, or floats from and to the
/// numbers of a short format.
enum class Regime { Real, F32, Short };

/// An error that is wanted: a number, or bits or digits (errors of at most 2^-bits, 10^-digits).
struct Accuracy {
  double error = 0;
  std::string text;       ///< as it was given
  bool is_share = false;  ///< bits or digits: of a number, not in ULP

  friend bool operator==(const Accuracy&, const Accuracy&) = default;
};

/// The settings that were given; what is unset has a default.
struct Options {
  std::optional<std::string> target = {};
  std::optional<targets::Domain> domain = {};
  std::optional<targets::Metric> metric = {};
  std::optional<std::vector<ir::Op>> operations = {};
  std::optional<ir::Costs> costs = {};
  std::optional<int> max_operations = {};
  std::optional<std::uint64_t> seed = {};
  std::optional<int> threads = {};
  std::optional<double> time = {};
  std::optional<std::uint64_t> evaluations = {};
  std::optional<evo::Course> course = {};
  std::optional<bool> baselines = {};
  std::optional<bool> from_nothing = {};
  std::optional<Regime> regime = {};
  std::optional<std::string> format = {};  ///< of the short regime, which is called like it: "bf16"
  std::optional<std::string> format_in = {};  ///< "f32" or a short format, as below
  std::optional<std::string> format_out = {};
  std::optional<std::string> ulp_of = {};
  std::optional<double> loosest_ulp = {};
  std::optional<std::vector<std::string>> schemes = {};
  std::optional<std::string> isa = {};
  std::optional<std::string> processor = {};
  std::optional<jit::CostModel> cost_model = {};
  std::optional<bool> selection = {};
  std::optional<evo::Fitting> fitting = {};
  std::optional<bool> mutation = {};
  std::optional<bool> crossover = {};
  std::optional<bool> duplicate_detection = {};
  std::optional<std::string> weight = {};
  std::optional<std::vector<double>> exact = {};
  std::optional<bool> odd = {};
  std::optional<bool> even = {};
  std::optional<bool> monotone = {};
  std::optional<numbers::ConstantFormat> constants = {};
  std::optional<Accuracy> accuracy = {};
  std::optional<targets::PairSet> pairs = {};            ///< of two arguments
  std::optional<targets::PairObjective> objective = {};  ///< likewise

  friend bool operator==(const Options&, const Options&) = default;
};

/// One setting: a key of an experiment file and, with dashes for underscores, a flag.
struct Key {
  std::string_view name;
  std::string_view placeholder;
  std::string_view help;
  /// Reads `text` into the options; throws std::invalid_argument, saying what would be right.
  void (*set)(Options& options, const std::string& text);
  std::string_view alias = {};  ///< another name
};

/// The regime that was asked for; without one that of the formats, or real numbers.
Regime regime_of(const Options& options);

std::span<const Key> keys();
const Key& find_key(std::string_view name);

/// Reads an experiment file. Throws BadRequest with file, line and key.
Options read_options(const std::filesystem::path& file);
/// The same for its text; errors name `file`.
Options parse_options(const std::string& text, const std::filesystem::path& file);

/// `over` where it is set, else `base`.
Options merge(const Options& base, const Options& over);

/// The target that the options name. Throws std::invalid_argument.
targets::Target make_target(const Options& options);

/// What the options ask of every program. Throws std::invalid_argument where they contradict each
/// other.
evo::Constraints constraints_of(const Options& options);

/// Refuses, with std::invalid_argument, what no program can satisfy.
void demand_meaning(const targets::Target& target, const evo::Constraints& constraints);

/// A search with everything decided.
struct Experiment {
  std::string what;  ///< the target as it was asked for
  targets::Target target;
  evo::SearchConfig search;
  bool baselines = true;
  bool from_nothing = false;  ///< the baselines are compared with, and not searched from
  std::optional<Accuracy> accuracy = {};
};

Experiment make_experiment(const Options& options);

/// An experiment file that asks for exactly this experiment.
std::string to_toml(const Experiment& experiment);

/// The line of an experiment file with a budget of evaluations; nothing where there is no limit.
std::string evaluations_line(std::uint64_t budget);

/// Makes the budget of an experiment that of the search as it went, `evaluations` of them in
/// `seconds`: a run that ended by time or by a stop repeats exactly with their number and no limit
/// of time. Returns the comments that config.toml begins with: the command and, for such a run, its
/// end.
std::string settle_budget(const std::string& command, std::uint64_t evaluations, double seconds,
                          std::uint64_t& budget, double& limit);

/// "+", "sqrt": the operator where there is one, else the name.
std::string spelling(ir::Op op);

}  // namespace ulpforge::runs
