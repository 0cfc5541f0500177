// Settings as tables of TOML, for files that hold more than one experiment.
#pragma once

#include <filesystem>
#include <string>

#include "runs/config.h"
#include "runs/toml.h"

namespace ulpforge::runs {

/// Throws BadRequest with file, line and column.
toml::table parse_toml(const std::string& text, const std::filesystem::path& file);

/// The settings of a table, all of whose keys have to be settings. Throws BadRequest with file,
/// line and key.
Options options_of(const toml::table& table, const std::filesystem::path& file);

}  // namespace ulpforge::runs
