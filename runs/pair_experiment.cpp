// Settings of searches over two arguments.
#include "runs/pair_experiment.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "ir/expression.h"
#include "runs/toml_text.h"
#include "targets/catalog.h"

namespace ulpforge::runs {
namespace {

using targets::PairMetric;

constexpr double kDefaultSeconds = 60;
constexpr int kMostBits = 16;  ///< of a format whose pairs can all be tried

/// The expression in x and y that a target stands for.
std::string expression_of_pair(const std::string& target) {
  const targets::PairRow* const row = targets::find_pair(target);
  return row != nullptr ? std::string(row->expression) : target;
}

std::string integer_operation_names() {
  std::vector<std::string> names;
  for (const ir::Op op : evo::pairs::integer_operations()) names.push_back(spelling(op));
  return fmt::format("{}", fmt::join(names, " "));
}

void refuse_other_settings(const Options& options) {
  const auto refuse = [&](bool given, const char* key) {
    if (!given) return;
    throw std::invalid_argument(fmt::format(
        "{} is not for programs of two arguments of {}; leave it out", key, *options.format));
  };
  refuse(options.domain.has_value(), "domain");
  refuse(options.weight.has_value(), "weight");
  refuse(options.costs.has_value(), "costs");
  refuse(options.exact.has_value(), "exact");
  refuse(options.odd || options.even || options.monotone, "a constraint (odd, even, monotone)");
  refuse(options.constants.has_value(), "constants");
  refuse(options.accuracy.has_value(), "accuracy");
  refuse(options.course.has_value(), "course");
  refuse(options.loosest_ulp.has_value(), "loosest_ulp");
  refuse(options.schemes.has_value(), "schemes");
  refuse(options.isa || options.processor, "isa, and processor,");
  refuse(options.selection || options.fitting || options.mutation || options.crossover ||
             options.duplicate_detection,
         "an ablation (selection, fitting, mutation, crossover, duplicate_detection)");
}

PairMetric metric_of(const Options& options) {
  if (!options.metric) return PairMetric::Ulp;
  if (*options.metric == targets::Metric::Relative) return PairMetric::Relative;
  if (*options.metric == targets::Metric::Absolute) return PairMetric::Absolute;
  throw std::invalid_argument(fmt::format(
      "metric {}: of two arguments of {} give relative or absolute, or leave it out for "
      "the ULP of {}",
      targets::name(*options.metric), *options.format, *options.format));
}

std::vector<ir::Op> operations_of(const Options& options) {
  const auto usual = evo::pairs::usual_operations();
  if (!options.operations) return {usual.begin(), usual.end()};
  for (const ir::Op op : *options.operations) {
    const auto all = evo::pairs::integer_operations();
    if (std::ranges::find(all, op) != all.end()) continue;
    throw std::invalid_argument(
        fmt::format("operation '{}' is none of integers; programs of two arguments may use {}",
                    spelling(op), integer_operation_names()));
  }
  return *options.operations;
}

}  // namespace

bool asks_for_pairs(const Options& options) {
  if (!options.target) return false;
  if (targets::find_pair(*options.target) != nullptr) return true;
  try {
    (void)ir::parse_expression(targets::expression_of(*options.target));
    return false;
  } catch (const std::invalid_argument&) {
    // Whoever asked for one argument gets that error, not one about two.
  }
  try {
    (void)ir::parse_expression(*options.target, 2);
  } catch (const std::invalid_argument&) {
    return false;
  }
  return true;
}

PairExperiment make_pair_experiment(const Options& options) {
  if (!options.format) {
    throw std::invalid_argument(fmt::format(
        "'{}' has two arguments, which are searched for in short formats alone; give the regime "
        "f8e4m3, f8e5m2, bf16, f16 or fEsM",
        *options.target));
  }
  refuse_other_settings(options);
  const std::string expression = expression_of_pair(*options.target);
  PairExperiment experiment{.what = *options.target,
                            .expression = expression,
                            .target = ir::parse_expression(expression, 2),
                            .format = numbers::parse_short_format(*options.format),
                            .goal = {},
                            .search = {}};
  if (experiment.format.bits() > kMostBits) {
    throw std::invalid_argument(fmt::format(
        "{} has more than 2^32 pairs, too many to try; give a format of at most {} bits",
        experiment.format.name(), kMostBits));
  }
  experiment.set = options.pairs.value_or(targets::PairSet::All);
  experiment.goal = {metric_of(options), options.objective.value_or(targets::PairObjective::Max)};
  evo::pairs::PairSearchConfig& search = experiment.search;
  search.operations = operations_of(options);
  search.max_operations = static_cast<std::size_t>(
      options.max_operations.value_or(static_cast<int>(search.max_operations)));
  if (search.max_operations > evo::pairs::kMaxPairOperations) {
    throw std::invalid_argument(fmt::format("max_operations {}: of two arguments at most {}",
                                            search.max_operations, evo::pairs::kMaxPairOperations));
  }
  search.seed = options.seed.value_or(search.seed);
  search.threads = options.threads.value_or(search.threads);
  search.evaluations = options.evaluations.value_or(search.evaluations);
  search.seconds = options.time.value_or(
      options.evaluations ? std::numeric_limits<double>::infinity() : kDefaultSeconds);
  experiment.known = options.baselines.value_or(true) && !options.from_nothing.value_or(false);
  return experiment;
}

std::string to_toml(const PairExperiment& experiment) {
  const evo::pairs::PairSearchConfig& search = experiment.search;
  std::string text;
  const auto line = [&](std::string_view key, const std::string& value) {
    text += fmt::format("{} = {}\n", key, value);
  };
  line("regime", toml_text(experiment.format.name()));
  line("target", toml_text(experiment.what));
  line("pairs", toml_text(std::string(targets::name(experiment.set))));
  if (experiment.goal.metric != PairMetric::Ulp) {
    line("metric", toml_text(std::string(targets::name(experiment.goal.metric))));
  }
  line("objective", toml_text(std::string(targets::name(experiment.goal.objective))));
  std::vector<std::string> names;
  for (const ir::Op op : search.operations) names.push_back(toml_text(spelling(op)));
  line("operations", fmt::format("[{}]", fmt::join(names, ", ")));
  line("max_operations", fmt::to_string(search.max_operations));
  line("seed", fmt::to_string(search.seed));
  if (search.threads > 0) line("threads", fmt::to_string(search.threads));
  line("time", toml_text(search.seconds));
  text += evaluations_line(search.evaluations);
  if (!experiment.known) line("from_nothing", "true");
  return text;
}

}  // namespace ulpforge::runs
