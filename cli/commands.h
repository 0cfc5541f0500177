// The subcommands. Each adds itself to the command line, and sets `action` when it is chosen.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "runs/config.h"
#include "runs/front.h"

namespace ulpforge::cli {

/// What to do; returns the exit code.
using Action = std::function<int()>;

void add_search(CLI::App& app, const std::string& command_line, Action& action);
void add_ablate(CLI::App& app, Action& action);
void add_baseline(CLI::App& app, Action& action);
void add_bench(CLI::App& app, Action& action);
void add_emit(CLI::App& app, const std::string& command_line, Action& action);
void add_family(CLI::App& app, const std::string& command_line, Action& action);
void add_merge(CLI::App& app, const std::string& command_line, Action& action);
void add_report(CLI::App& app, Action& action);
void add_show(CLI::App& app, Action& action);
void add_prove(CLI::App& app, Action& action);
void add_check(CLI::App& app, Action& action);
void add_targets(CLI::App& app, Action& action);
void add_validate(CLI::App& app, Action& action);
void add_ops(CLI::App& app, Action& action);
void add_documentation(CLI::App& app, Action& action);

/// Adds the flags of these settings; what is given ends up in `options`.
void add_flags(CLI::App& command, std::initializer_list<std::string_view> names,
               const std::shared_ptr<runs::Options>& options);

/// Adds --odd, --even and --monotone.
void add_constraint_flags(CLI::App& command, const std::shared_ptr<runs::Options>& options);

/// Adds --json.
std::shared_ptr<bool> add_json(CLI::App& command);

/// Makes `command` print a list, as a table or with --json as JSON.
void print_list(CLI::App& command, std::string (*table)(), runs::Json (*json)(), Action& action);

/// Parses the command line and does what it says. Errors become one line on standard error.
int run(int argc, const char* const* argv);

}  // namespace ulpforge::cli
