// ulpforge baseline: the classical approximations of a target.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "baselines/baselines.h"
#include "cli/commands.h"
#include "ir/text.h"
#include "proof/certificate_kinds.h"
#include "report/table.h"
#include "runs/classical.h"
#include "runs/front.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::cli {
namespace {

constexpr int kDefaultMaxOperations = 12;

/// A baseline, and whether none with as many operations has a lower error.
struct Row {
  baselines::Baseline baseline;
  bool best = false;
};

/// By operations, then error.
std::vector<Row> compute(const targets::Target& target, int max_operations,
                         const evo::Constraints& constraints) {
  std::vector<Row> rows;
  for (baselines::Baseline& found : runs::satisfying(
           baselines::compute_baselines(target, max_operations), target, constraints)) {
    rows.push_back({std::move(found), false});
  }
  const auto key = [](const Row& row) {
    return std::tie(row.baseline.operations, row.baseline.max_error, row.baseline.method);
  };
  std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) { return key(a) < key(b); });
  int last = -1;
  for (Row& row : rows) {
    row.best = row.baseline.operations != last;
    last = row.baseline.operations;
  }
  return rows;
}

std::string to_table(const std::vector<Row>& rows) {
  report::Table table(
      {{"ops", report::Align::Right}, {"max error", report::Align::Right}, {"best"}, {"method"}});
  for (const Row& row : rows) {
    table.add({fmt::to_string(row.baseline.operations),
               fmt::format("{:.2e}", row.baseline.max_error), row.best ? "*" : "",
               row.baseline.method});
  }
  return table.text();
}

runs::Json to_json(const targets::Target& target, const std::vector<Row>& rows) {
  runs::Json json;
  json["target"] = target.name;
  json["expression"] = target.expression;
  proof::put_domain(json, target.domain);
  json["metric"] = targets::name(target.metric);
  if (target.weight) json["weight"] = target.weight->expression;
  json["baselines"] = runs::Json::array();
  for (const Row& row : rows) {
    json["baselines"].push_back({{"ops", row.baseline.operations},
                                 {"max_error", row.baseline.max_error},
                                 {"method", row.baseline.method},
                                 {"best", row.best},
                                 {"text", ir::print(row.baseline.program)}});
  }
  return json;
}

int baseline(const runs::Options& options, bool json) {
  const targets::Target target = runs::make_target(options);
  const evo::Constraints constraints = runs::constraints_of(options);
  runs::demand_meaning(target, constraints);
  const std::vector<Row> rows =
      compute(target, options.max_operations.value_or(kDefaultMaxOperations), constraints);
  system::print(json ? runs::to_text(to_json(target, rows))
                     : fmt::format("{} on {}, {} error{}\n{}", target.expression,
                                   targets::to_string(target.domain), targets::name(target.metric),
                                   target.weight ? " times " + target.weight->expression : "",
                                   rows.empty() ? "no classical approximation satisfies that\n"
                                                : to_table(rows)));
  return rows.empty() ? system::kCheckFailed : system::kDone;
}

}  // namespace

void add_baseline(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "baseline", "Classical approximations at each operation count, the best marked *");
  const auto options = std::make_shared<runs::Options>();
  const runs::Key& target = runs::find_key("target");
  command
      ->add_option_function<std::string>(
          "target", [options, &target](const std::string& text) { target.set(*options, text); },
          std::string(target.help))
      ->required()
      ->type_name("TARGET");
  command->footer("Example: ulpforge baseline cos --domain 0,pi/2 --metric absolute");
  add_flags(*command, {"domain", "metric", "max_operations", "weight", "exact", "constants"},
            options);
  add_constraint_flags(*command, options);
  const auto json = add_json(*command);
  command->callback(
      [options, json, &action] { action = [options, json] { return baseline(*options, *json); }; });
}

}  // namespace ulpforge::cli
