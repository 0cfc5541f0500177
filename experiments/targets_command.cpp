// ulpforge targets: the catalog.
#include <fmt/format.h>

#include "experiments/commands.h"
#include "experiments/error.h"
#include "experiments/files.h"
#include "experiments/front.h"
#include "experiments/table.h"
#include "targets/catalog.h"

namespace ulpforge::experiments {
namespace {

std::string to_table() {
  Table table({{"name"}, {"expression"}, {"domain"}, {"metric"}, {"parity"}, {"libm"}});
  for (const targets::CatalogRow& row : targets::catalog()) {
    table.add({std::string(row.name), std::string(row.expression), targets::to_string(row.domain),
               std::string(targets::name(row.metric)), std::string(targets::name(row.parity)),
               std::string(row.symbol)});
  }
  return table.text();
}

Json to_json() {
  Json json = Json::array();
  for (const targets::CatalogRow& row : targets::catalog()) {
    json.push_back({{"name", row.name},
                    {"expression", row.expression},
                    {"domain", {row.domain.lo, row.domain.hi}},
                    {"domain_open", {row.domain.lo_open, row.domain.hi_open}},
                    {"metric", targets::name(row.metric)},
                    {"parity", targets::name(row.parity)},
                    {"libm", row.symbol}});
  }
  return json;
}

}  // namespace

void add_targets(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("targets", "The catalog of targets, with their usual domains");
  const auto json = add_json(*command);
  command->callback([json, &action] {
    action = [json] {
      print(*json ? to_text(to_json()) : to_table());
      return kDone;
    };
  });
}

}  // namespace ulpforge::experiments
