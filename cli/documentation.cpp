// Documentation from definitions.
#include "cli/documentation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <stdexcept>

#include "runs/version.h"

namespace ulpforge::cli {
namespace {

std::vector<const CLI::App*> commands(const CLI::App& app) { return app.get_subcommands(nullptr); }

std::vector<const CLI::Option*> options(const CLI::App& command, bool positional) {
  return command.get_options([positional](const CLI::Option* option) {
    const bool flag = !option->get_lnames().empty() || !option->get_snames().empty();
    return flag != positional;
  });
}

bool takes_value(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

/// "-o", "--out"
std::vector<std::string> spellings(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  return names;
}

std::string roff(std::string_view text) {
  std::string out;
  bool line_begins = true;
  for (const char c : text) {
    if (line_begins && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    line_begins = c == '\n';
  }
  return out;
}

std::string manual_options(const CLI::App& command) {
  std::string text;
  for (const CLI::Option* option : options(command, true)) {
    text += fmt::format(".TP\n.I {}\n{}\n", roff(option->get_type_name()),
                        roff(option->get_description()));
  }
  for (const CLI::Option* option : options(command, false)) {
    text += fmt::format(
        ".TP\n.B {}{}\n{}\n", roff(fmt::format("{}", fmt::join(spellings(*option), ", "))),
        takes_value(*option) ? fmt::format(" \\fI{}\\fR", roff(option->get_type_name())) : "",
        roff(option->get_description()));
  }
  return text;
}

/// One word of a shell in single quotes.
std::string shell_word(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return fmt::format("'{}'", out);
}

std::vector<std::string> all_spellings(const CLI::App& command) {
  std::vector<std::string> words;
  for (const CLI::Option* option : options(command, false)) {
    for (std::string& name : spellings(*option)) words.push_back(std::move(name));
  }
  return words;
}

std::string bash(const CLI::App& app) {
  std::vector<std::string> names;
  std::string cases;
  for (const CLI::App* command : commands(app)) {
    names.push_back(command->get_name());
    cases += fmt::format("    {}) words='{}' ;;\n", command->get_name(),
                         fmt::join(all_spellings(*command), " "));
  }
  return fmt::format(
      "# bash completion of ulpforge\n"
      "_ulpforge() {{\n"
      "  local words current=${{COMP_WORDS[COMP_CWORD]}}\n"
      "  case ${{COMP_WORDS[1]}} in\n{}    *) words='{} {}' ;;\n"
      "  esac\n"
      "  ((COMP_CWORD == 1)) && words='{} {}'\n"
      "  # Arguments that are no flags are files, which bash completes by itself.\n"
      "  [[ $COMP_CWORD == 1 || $current == -* ]] && COMPREPLY=($(compgen -W \"$words\" -- "
      "\"$current\"))\n"
      "}}\n"
      "complete -o default -F _ulpforge ulpforge\n",
      cases, fmt::join(names, " "), fmt::join(all_spellings(app), " "), fmt::join(names, " "),
      fmt::join(all_spellings(app), " "));
}

std::string zsh(const CLI::App& app) {
  std::string list;
  std::string cases;
  for (const CLI::App* command : commands(app)) {
    list += fmt::format("    {}\n", shell_word(fmt::format("{}:{}", command->get_name(),
                                                           command->get_description())));
    cases += fmt::format("    {})\n      _arguments", command->get_name());
    for (const CLI::Option* option : options(*command, false)) {
      std::string help = option->get_description();
      // Brackets and colons separate the parts of a specification.
      for (const char c : {'[', ']', ':'}) {
        for (auto at = help.find(c); at != std::string::npos; at = help.find(c, at + 2)) {
          help.insert(at, 1, '\\');
        }
      }
      for (const std::string& name : spellings(*option)) {
        cases += fmt::format(" \\\n        {}",
                             shell_word(fmt::format("{}[{}]{}", name, help,
                                                    takes_value(*option) ? ":value:_files" : "")));
      }
    }
    cases += " \\\n        '*:file:_files'\n      ;;\n";
  }
  return fmt::format(
      "#compdef ulpforge\n"
      "_ulpforge() {{\n  local -a commands=(\n{}  )\n"
      "  if ((CURRENT == 2)); then\n    _describe command commands\n    return\n  fi\n"
      "  local command=$words[2]\n"
      "  shift words\n  ((CURRENT--))\n"
      "  case $command in\n{}  esac\n}}\n_ulpforge \"$@\"\n",
      list, cases);
}

std::string fish(const CLI::App& app) {
  std::string text = "# fish completion of ulpforge\n";
  for (const CLI::App* command : commands(app)) {
    text += fmt::format("complete -c ulpforge -n __fish_use_subcommand -a {} -d {}\n",
                        command->get_name(), shell_word(command->get_description()));
    for (const CLI::Option* option : options(*command, false)) {
      std::string names;
      for (const std::string& name : option->get_snames()) names += " -s " + name;
      for (const std::string& name : option->get_lnames()) names += " -l " + name;
      text += fmt::format("complete -c ulpforge -n '__fish_seen_subcommand_from {}'{}{} -d {}\n",
                          command->get_name(), names, takes_value(*option) ? " -r" : "",
                          shell_word(option->get_description()));
    }
  }
  return text;
}

}  // namespace

std::string manual_page(const CLI::App& app) {
  std::string text = fmt::format(
      ".TH ULPFORGE 1 \"\" \"ulpforge {}\" \"User Commands\"\n"
      ".SH NAME\nulpforge \\- evolutionary search for mathematical programs\n"
      ".SH SYNOPSIS\n.B ulpforge\n.I COMMAND\n[\\fIOPTION\\fR]...\n"
      ".SH DESCRIPTION\n{}\n.SH COMMANDS\n",
      runs::kVersion, roff(app.get_description()));
  for (const CLI::App* command : commands(app)) {
    text += fmt::format(".SS ulpforge {}\n{}.\n{}", roff(command->get_name()),
                        roff(command->get_description()), manual_options(*command));
    if (!command->get_footer().empty()) {
      text += fmt::format(".PP\n.nf\n{}\n.fi\n", roff(command->get_footer()));
    }
  }
  return text +
         ".SH EXIT STATUS\n"
         ".TP\n0\ndone\n.TP\n1\na check failed\n.TP\n2\na bad request, said in one line\n"
         ".TP\n130\ninterrupted; what was found has been written\n";
}

std::string completions(const CLI::App& app, const std::string& shell) {
  if (shell == "bash") return bash(app);
  if (shell == "zsh") return zsh(app);
  if (shell == "fish") return fish(app);
  throw std::invalid_argument(
      fmt::format("no completions for '{}'; give bash, zsh or fish", shell));
}

}  // namespace ulpforge::cli
