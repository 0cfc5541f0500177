// ulpforge ops: the operation table.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.h"
#include "ir/ops.h"
#include "report/table.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::cli {
namespace {

/// Arithmetic operations make up programs, over machine types together with machine operations;
/// reference operations make up targets.
std::string_view use(const ir::OpInfo& row) {
  if (row.is_machine()) return "machine programs";
  return row.arithmetic ? "programs" : "targets";
}

/// "f32 f64".
std::string types(const ir::OpInfo& row) {
  std::vector<std::string_view> names;
  for (const ir::Type type : {ir::Type::Real, ir::Type::F32, ir::Type::F64, ir::Type::I32,
                              ir::Type::I64, ir::Type::Bool}) {
    if (ir::contains(row.types, type)) names.push_back(ir::name(type));
  }
  return fmt::format("{}", fmt::join(names, " "));
}

std::string to_table(const ir::Costs& costs) {
  report::Table table({{"name"},
                       {"symbol"},
                       {"arguments", report::Align::Right},
                       {"commutes"},
                       {"cost", report::Align::Right},
                       {"used in"},
                       {"types"},
                       {"signature"},
                       {"C++"}});
  for (const ir::OpInfo& row : ir::operations()) {
    table.add({std::string(row.name), row.infix == 0 ? "" : runs::spelling(row.op),
               fmt::to_string(row.arity), row.commutes ? "yes" : "no",
               fmt::format("{:g}", costs.of(row.op)), std::string(use(row)), types(row),
               row.is_machine() ? std::string(row.signature) : "", std::string(row.cpp)});
  }
  return table.text();
}

runs::Json to_json(const ir::Costs& costs) {
  runs::Json json = runs::Json::array();
  for (const ir::OpInfo& row : ir::operations()) {
    json.push_back(
        {{"name", row.name},
         {"symbol", row.infix == 0 ? runs::Json(nullptr) : runs::Json(runs::spelling(row.op))},
         {"arity", row.arity},
         {"commutes", row.commutes},
         {"cost", costs.of(row.op)},
         {"used_in", use(row)},
         {"types", types(row)},
         {"signature", row.signature},
         {"cpp", row.cpp}});
  }
  return json;
}

}  // namespace

void add_ops(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("ops", "The operation table");
  const auto options = std::make_shared<runs::Options>();
  add_flags(*command, {"costs"}, options);
  const auto json = add_json(*command);
  command->footer("Examples: ulpforge ops --json\n          ulpforge ops --costs \"/=4,sqrt=6\"");
  command->callback([options, json, &action] {
    action = [options, json] {
      const ir::Costs costs = options->costs.value_or(ir::Costs{});
      system::print(*json ? runs::to_text(to_json(costs)) : to_table(costs));
      return system::kDone;
    };
  });
}

}  // namespace ulpforge::cli
