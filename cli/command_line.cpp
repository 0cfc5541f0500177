// The command line: subcommands, flags, and errors as one line each.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdio>
#include <exception>

#include "cli/commands.h"
#include "evo/state_stream.h"
#include "runs/emission.h"
#include "runs/version.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::cli {
namespace {

int fail(system::ExitCode code, std::string_view message) {
  system::print_error(message);
  return code;
}

/// What is wrong with a command line that names no subcommand.
std::string no_command(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands(nullptr)) names.push_back(command->get_name());
  const std::vector<std::string> rest = app.remaining();
  return fmt::format(
      "{}; the commands are {}",
      rest.empty() ? "no command" : fmt::format("unknown command '{}'", rest.front()),
      fmt::join(names, ", "));
}

/// The subcommand that was being read, for a hint at its help.
std::string help_command(const CLI::App& app) {
  std::string command = "ulpforge";
  for (const CLI::App* chosen : app.get_subcommands()) command += " " + chosen->get_name();
  return command + " --help";
}

}  // namespace

void add_flags(CLI::App& command, std::initializer_list<std::string_view> names,
               const std::shared_ptr<runs::Options>& options) {
  for (const std::string_view name : names) {
    const runs::Key& key = runs::find_key(name);
    std::string flag = fmt::format("--{}", name);
    for (char& c : flag) c = c == '_' ? '-' : c;
    const std::string names_of_flag =
        key.alias.empty() ? flag : fmt::format("{},--{}", flag, key.alias);
    command
        .add_option_function<std::string>(
            names_of_flag,
            [options, &key, flag](const std::string& text) {
              try {
                key.set(*options, text);
              } catch (const std::invalid_argument& error) {
                throw system::BadRequest(fmt::format("{}: {}", flag, error.what()));
              }
            },
            std::string(key.help))
        ->type_name(std::string(key.placeholder));
  }
}

void add_constraint_flags(CLI::App& command, const std::shared_ptr<runs::Options>& options) {
  const auto add = [&](std::string_view name, std::optional<bool> runs::Options::* option) {
    command.add_flag_callback(
        fmt::format("--{}", name), [options, option] { (*options).*option = true; },
        std::string(runs::find_key(name).help));
  };
  add("odd", &runs::Options::odd);
  add("even", &runs::Options::even);
  add("monotone", &runs::Options::monotone);
}

std::shared_ptr<bool> add_json(CLI::App& command) {
  auto json = std::make_shared<bool>(false);
  command.add_flag("--json", *json, "Print JSON instead of a table");
  return json;
}

void print_list(CLI::App& command, std::string (*table)(), runs::Json (*json)(), Action& action) {
  const auto as_json = add_json(command);
  command.callback([=, &action] {
    action = [=] {
      system::print(*as_json ? runs::to_text(json()) : table());
      return system::kDone;
    };
  });
}

int run(int argc, const char* const* argv) {
  std::vector<std::string> arguments(argv, argv + argc);
  if (!arguments.empty()) arguments.front() = "ulpforge";
  Action action;
  CLI::App app("Evolutionary search for small programs that approximate a mathematical function.",
               "ulpforge");
  app.set_version_flag("--version", fmt::format("ulpforge {}", runs::kVersion));
  app.require_subcommand(1);
  add_search(app, runs::quote(arguments), action);
  add_ablate(app, action);
  add_baseline(app, action);
  add_emit(app, runs::quote(arguments), action);
  add_bench(app, action);
  add_family(app, runs::quote(arguments), action);
  add_show(app, action);
  add_report(app, action);
  add_merge(app, runs::quote(arguments), action);
  add_prove(app, action);
  add_check(app, action);
  add_targets(app, action);
  add_validate(app, action);
  add_ops(app, action);
  add_documentation(app, action);
  app.footer(
      "Search:   ulpforge search experiments/exp2_real.toml\n"
      "Use:      ulpforge emit runs/exp2_real -o out\n"
      "Look:     ulpforge report runs/exp2_real\n"
      "Exit codes: 0 done, 1 a check failed, 2 a bad request, 130 interrupted.");
  try {
    app.parse(argc, argv);
    return action();
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    if (app.get_subcommands().empty()) return fail(system::kBadRequest, no_command(app));
    return fail(system::kBadRequest, fmt::format("{}; see '{}'", error.what(), help_command(app)));
  } catch (const system::BadRequest& error) {
    return fail(system::kBadRequest, error.what());
  } catch (const evo::DamagedState& error) {
    return fail(system::kBadRequest, fmt::format("the checkpoint is damaged: {}", error.what()));
  } catch (const std::invalid_argument& error) {
    return fail(system::kBadRequest, error.what());
  } catch (const std::exception& error) {
    return fail(system::kCheckFailed, fmt::format("internal error: {}", error.what()));
  }
}

}  // namespace ulpforge::cli
