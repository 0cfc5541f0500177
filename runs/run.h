// A run as the commands that look at results read it: a directory that a search or a merge left, of
// either regime.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "runs/front.h"
#include "runs/machine_front.h"

namespace ulpforge::runs {

struct Run {
  std::filesystem::path directory;  ///< that holds front.json
  std::string text;                 ///< of front.json
  std::variant<Front, MachineFront> front;
  std::string place = {};  ///< what to call it; empty: after its directory

  const Front* real() const { return std::get_if<Front>(&front); }
  const MachineFront* machine() const { return std::get_if<MachineFront>(&front); }
};

/// Whether text is JSON's, and not a program's.
bool looks_like_json(const std::string& text);

/// Reads a run directory or its front.json. Throws BadRequest.
Run read_run(const std::filesystem::path& path);
/// The same, or the runs of a search for several forms (form_set.h), or those of a shelf
/// (shelving.h). Throws BadRequest.
std::vector<Run> read_runs(const std::filesystem::path& path);
/// From the text of `file`, a front.json.
Run parse_run(const std::filesystem::path& file, const std::string& text);

/// The text of programs/NAME.cert.json, or "".
std::string certificate_text(const Run& run, const std::string& name);

struct NamedConfig {
  std::string name;  ///< of the file, in the run's directory
  std::string text;
};

/// The experiment files that repeat the run: its config.toml, or those of the runs that were merged
/// into it. Empty where there are none.
std::vector<NamedConfig> configs_of(const Run& run);

/// A hash of a configuration that names it among others, 12 hexadecimal digits; comments and blank
/// lines do not count.
std::string config_hash(const std::string& toml);

}  // namespace ulpforge::runs
