// ulpforge manual, ulpforge completions: what the build installs.
#include "cli/commands.h"
#include "cli/documentation.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::cli {

void add_documentation(CLI::App& app, Action& action) {
  CLI::App* manual = app.add_subcommand("manual", "The manual page, in roff");
  manual->footer("Example: ulpforge manual | man -l -");
  manual->callback([&app, &action] {
    action = [&app] {
      system::print(manual_page(app));
      return system::kDone;
    };
  });
  CLI::App* command = app.add_subcommand("completions", "A completion script for a shell");
  const auto shell = std::make_shared<std::string>();
  command->add_option("shell", *shell, "bash, zsh or fish")->required()->type_name("SHELL");
  command->footer("Example: ulpforge completions bash > /etc/bash_completion.d/ulpforge");
  command->callback([&app, shell, &action] {
    action = [&app, shell] {
      system::print(completions(app, *shell));
      return system::kDone;
    };
  });
}

}  // namespace ulpforge::cli
