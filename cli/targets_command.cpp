// ulpforge targets: the catalog.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.h"
#include "ir/expression.h"
#include "report/table.h"
#include "system/error.h"
#include "system/files.h"
#include "targets/catalog.h"
#include "targets/exact/steps.h"
#include "targets/schemes/scheme.h"

namespace ulpforge::cli {
namespace {

/// The range reductions that the f32 regime has for a target.
std::vector<std::string_view> schemes(std::string_view target) {
  std::vector<std::string_view> names;
  for (const targets::SchemeRow& row : targets::scheme_table()) {
    if (row.target == target) names.push_back(row.name);
  }
  return names;
}

/// The error of a correctly rounded result.
std::string due(std::string_view expression, std::size_t variables) {
  return fmt::format("{}", targets::due_ulp(ir::parse_expression(expression, variables)));
}

std::string to_table() {
  report::Table table({{"name"},
                       {"expression"},
                       {"domain"},
                       {"metric"},
                       {"parity"},
                       {"libm"},
                       {"due ULP", report::Align::Right},
                       {"range reductions"}});
  for (const targets::CatalogRow& row : targets::catalog()) {
    table.add({std::string(row.name), std::string(row.expression), targets::to_string(row.domain),
               std::string(targets::name(row.metric)), std::string(targets::name(row.parity)),
               std::string(row.symbol), due(row.expression, 1),
               fmt::format("{}", fmt::join(schemes(row.name), " "))});
  }
  report::Table pairs({{"of two"}, {"expression"}, {"libm"}, {"due ULP", report::Align::Right}});
  for (const targets::PairRow& row : targets::pair_catalog()) {
    pairs.add({std::string(row.name), std::string(row.expression), std::string(row.symbol),
               due(row.expression, 2)});
  }
  return table.text() + "\n" + pairs.text();
}

runs::Json to_json() {
  runs::Json json = runs::Json::array();
  for (const targets::CatalogRow& row : targets::catalog()) {
    json.push_back({{"name", row.name},
                    {"expression", row.expression},
                    {"domain", {row.domain.lo, row.domain.hi}},
                    {"domain_open", {row.domain.lo_open, row.domain.hi_open}},
                    {"metric", targets::name(row.metric)},
                    {"parity", targets::name(row.parity)},
                    {"libm", row.symbol},
                    {"due_ulp", targets::due_ulp(ir::parse_expression(row.expression))},
                    {"schemes", schemes(row.name)}});
  }
  for (const targets::PairRow& row : targets::pair_catalog()) {
    json.push_back({{"name", row.name},
                    {"expression", row.expression},
                    {"arguments", 2},
                    {"libm", row.symbol},
                    {"due_ulp", targets::due_ulp(ir::parse_expression(row.expression, 2))}});
  }
  return json;
}

std::string family_lines() { return fmt::format("{}\n", fmt::join(targets::family_names(), "\n")); }

}  // namespace

void add_targets(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("targets", "The catalog of targets, with their usual domains");
  const auto family = std::make_shared<bool>(false);
  const auto json = add_json(*command);
  command->add_flag("--family", *family, "Only the names of libufmath's functions, one a line")
      ->excludes("--json");
  command->footer("Examples: ulpforge targets\n          ulpforge targets --json");
  command->callback([family, json, &action] {
    action = [family, json] {
      system::print(*family ? family_lines() : *json ? runs::to_text(to_json()) : to_table());
      return system::kDone;
    };
  });
}

}  // namespace ulpforge::cli
