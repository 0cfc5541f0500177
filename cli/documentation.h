// Manual page and shell completions, written from the command line's own definitions, so that they
// say what --help says.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace ulpforge::cli {

/// The manual page in roff, section 1.
std::string manual_page(const CLI::App& app);

/// A completion script. Throws std::invalid_argument for a shell other than bash, zsh and fish.
std::string completions(const CLI::App& app, const std::string& shell);

}  // namespace ulpforge::cli
