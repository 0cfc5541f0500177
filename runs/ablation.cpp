// Plans from TOML, searches, medians.
#include "runs/ablation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "report/table.h"
#include "runs/toml_options.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::runs {
namespace {

double median(std::vector<double> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  // Errors that a search did not reach are infinite: no mean with those.
  return values.size() % 2 == 1 || std::isinf(values[half])
             ? values[half]
             : std::sqrt(values[half - 1] * values[half]);
}

/// Adds a run: the best error with at most so many operations.
void add_run(Ablation& ablation, int max_operations, const evo::SearchResult& result) {
  double best = std::numeric_limits<double>::infinity();
  for (int operations = 1; operations <= max_operations; ++operations) {
    for (const evo::FrontProgram& program : result.front) {
      if (program.operations <= operations) best = std::min(best, program.max_error);
    }
    ablation.errors[operations].push_back(best);
  }
  ablation.seconds.push_back(result.progress.seconds);
}

}  // namespace

AblationPlan read_plan(const std::filesystem::path& file) {
  toml::table table = parse_toml(system::read_file(file), file);
  const auto refuse = [&](std::string_view what) {
    return system::BadRequest(fmt::format("{}: {}", file.string(), what));
  };
  AblationPlan plan;
  if (const toml::node* seeds = table.get("seeds")) {
    const auto count = seeds->value<std::int64_t>();
    if (!count || *count < 1 || *count > 1000) {
      throw refuse("seeds must be a whole number from 1 to 1000");
    }
    plan.seeds = static_cast<std::uint64_t>(*count);
  }
  const toml::array* list = table["ablation"].as_array();
  const bool tables = list != nullptr && list->is_homogeneous(toml::node_type::table);
  if (!tables) throw refuse("at least one [[ablation]] is needed, each with a name");
  const toml::array variants = *list;
  table.erase("seeds");
  table.erase("ablation");
  const Options common = options_of(table, file);
  if (!common.evaluations && !common.time) {
    throw refuse("equal budgets need evaluations or time");
  }
  plan.first_seed = common.seed.value_or(plan.first_seed);
  for (const toml::node& node : variants) {
    toml::table variant = *node.as_table();
    const auto name = variant["name"].value<std::string>();
    if (!name) throw refuse("an [[ablation]] has no name");
    variant.erase("name");
    plan.ablations.push_back({*name, merge(common, options_of(variant, file)), {}, {}});
    make_experiment(plan.ablations.back().options);  // what is wrong shows before hours have passed
  }
  return plan;
}

void run_ablations(AblationPlan& plan, const AblationWatch& watch, const std::stop_token& stop) {
  for (std::uint64_t k = 0; k < plan.seeds && !stop.stop_requested(); ++k) {
    for (Ablation& ablation : plan.ablations) {
      Experiment experiment = make_experiment(ablation.options);
      experiment.search.seed = plan.first_seed + k;
      watch.begins(fmt::format("{}, seed {}", ablation.name, experiment.search.seed));
      const evo::SearchResult result =
          evo::search(experiment.target, experiment.search, watch.progress, stop);
      if (result.interrupted) break;
      add_run(ablation, experiment.search.max_operations, result);
      watch.ended();
    }
  }
}

std::string ablation_table(const AblationPlan& plan) {
  std::vector<report::Column> columns = {{"", report::Align::Left}};
  for (const auto& [operations, errors] : plan.ablations.front().errors) {
    columns.push_back(
        {report::counted(static_cast<std::size_t>(operations), "op"), report::Align::Right});
  }
  columns.push_back({"seconds", report::Align::Right});
  report::Table table(std::move(columns));
  for (const Ablation& ablation : plan.ablations) {
    std::vector<std::string> row = {ablation.name};
    for (const auto& [operations, unused] : plan.ablations.front().errors) {
      const auto errors = ablation.errors.find(operations);
      const double error = errors == ablation.errors.end() ? NAN : median(errors->second);
      row.push_back(std::isfinite(error) ? fmt::format("{:.2e}", error) : "-");
    }
    row.push_back(ablation.seconds.empty() ? "-" : fmt::format("{:.1f}", median(ablation.seconds)));
    table.add(std::move(row));
  }
  return table.text();
}

Json to_json(const AblationPlan& plan) {
  Json rows = Json::array();
  for (const Ablation& ablation : plan.ablations) {
    Json row = {{"name", ablation.name}, {"seconds", ablation.seconds}, {"errors", Json::object()}};
    for (const auto& [operations, errors] : ablation.errors) {
      row["errors"][fmt::to_string(operations)] = errors;
    }
    rows.push_back(std::move(row));
  }
  return {{"first_seed", plan.first_seed}, {"seeds", plan.seeds}, {"ablations", rows}};
}

}  // namespace ulpforge::runs
