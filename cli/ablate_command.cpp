// ulpforge ablate: what each part of the search is worth, by searches without it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "cli/commands.h"
#include "system/error.h"
#include "system/files.h"
#include "runs/front.h"
#include "system/interrupt.h"
#include "runs/progress.h"
#include "report/table.h"
#include "runs/toml_options.h"

namespace ulpforge::cli {
namespace {

struct AblateRequest {
  std::string file;
  std::string out;
  bool quiet = false;
  bool json = false;
};

/// One variant of the search, and what its runs reached.
struct Ablation {
  std::string name;
  runs::Options options;
  std::map<int, std::vector<double>> errors;  ///< by operation count, one for each finished seed
  std::vector<double> seconds;
};

struct Plan {
  std::uint64_t first_seed = 1;
  std::uint64_t seeds = 1;
  std::vector<Ablation> ablations;
};

/// The file: settings of all searches, `seeds`, and a table [[ablation]] for each variant, whose
/// `name` stands in the result and whose other keys override.
Plan read_plan(const std::filesystem::path& file) {
  toml::table table = runs::parse_toml(system::read_file(file), file);
  const auto refuse = [&](std::string_view what) {
    return system::BadRequest(fmt::format("{}: {}", file.string(), what));
  };
  Plan plan;
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
  const runs::Options common = runs::options_of(table, file);
  if (!common.evaluations && !common.time) {
    throw refuse("equal budgets need evaluations or time");
  }
  plan.first_seed = common.seed.value_or(plan.first_seed);
  for (const toml::node& node : variants) {
    toml::table variant = *node.as_table();
    const auto name = variant["name"].value<std::string>();
    if (!name) throw refuse("an [[ablation]] has no name");
    variant.erase("name");
    plan.ablations.push_back({*name, runs::merge(common, runs::options_of(variant, file)), {}, {}});
    runs::make_experiment(plan.ablations.back().options);  // what is wrong shows before hours have passed
  }
  return plan;
}

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

std::string table_text(const Plan& plan) {
  std::vector<report::Column> columns = {{"", report::Align::Left}};
  for (const auto& [operations, errors] : plan.ablations.front().errors) {
    columns.push_back({report::counted(static_cast<std::size_t>(operations), "op"), report::Align::Right});
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

runs::Json to_json(const Plan& plan) {
  runs::Json rows = runs::Json::array();
  for (const Ablation& ablation : plan.ablations) {
    runs::Json row = {{"name", ablation.name}, {"seconds", ablation.seconds}, {"errors", runs::Json::object()}};
    for (const auto& [operations, errors] : ablation.errors) {
      row["errors"][fmt::to_string(operations)] = errors;
    }
    rows.push_back(std::move(row));
  }
  return {{"first_seed", plan.first_seed}, {"seeds", plan.seeds}, {"ablations", rows}};
}

int ablate(const AblateRequest& request) {
  Plan plan = read_plan(request.file);
  runs::ProgressView view(request.quiet, std::numeric_limits<double>::infinity());
  const system::Interrupt interrupt([&view] { view.note("stopping; what has ended is reported"); });
  const auto write = [&] {
    if (!request.out.empty()) system::write_file(request.out, runs::to_text(to_json(plan)));
  };
  write();
  // All variants of a seed before the next seed, so that what a stop leaves can be compared.
  for (std::uint64_t k = 0; k < plan.seeds && !interrupt.requested(); ++k) {
    for (Ablation& ablation : plan.ablations) {
      runs::Experiment experiment = runs::make_experiment(ablation.options);
      experiment.search.seed = plan.first_seed + k;
      view.note(fmt::format("{}, seed {}", ablation.name, experiment.search.seed));
      const evo::SearchResult result = evo::search(
          experiment.target, experiment.search,
          [&](const evo::Progress& progress) { view.show(progress); }, interrupt.token());
      if (result.interrupted) break;
      add_run(ablation, experiment.search.max_operations, result);
      write();
    }
  }
  view.end();
  system::print(request.json ? runs::to_text(to_json(plan))
                     : fmt::format("median over seeds of the max error with at most so many "
                                   "operations\n{}",
                                   table_text(plan)));
  return interrupt.requested() ? system::kInterrupted : system::kDone;
}

}  // namespace

void add_ablate(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "ablate", "Search without one part of the search at a time, with equal budgets");
  command->footer("Example: ulpforge ablate experiments/ablations.toml --out ablations.json");
  const auto request = std::make_shared<AblateRequest>();
  command->add_option("plan", request->file, "What to leave out: see experiments/ablations.toml")
      ->type_name("PLAN.toml")
      ->required();
  command->add_option("--out", request->out, "Also write the errors as JSON, after each search")
      ->type_name("FILE");
  command->add_flag("--quiet", request->quiet, "No progress");
  const auto json = add_json(*command);
  command->callback([request, json, &action] {
    request->json = *json;
    action = [request] { return ablate(*request); };
  });
}

}  // namespace ulpforge::cli
