// A search for several forms: a directory with a run for each, and forms.json, which names them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace ulpforge::runs {

/// What forms.json says.
struct FormSet {
  std::vector<std::string> forms;  ///< names of instruction sets, which their runs are called, too
  std::vector<std::string> done;   ///< whose searches went to their end
};

/// Whether a directory holds forms.json, and no run of its own.
bool holds_form_set(const std::filesystem::path& directory);
/// Throws BadRequest.
FormSet read_form_set(const std::filesystem::path& directory);
void write_form_set(const std::filesystem::path& directory, const FormSet& set);

/// What forms there are: the names of instruction sets.
std::vector<std::string_view> form_names();

/// "scalar,avx2" as a list: names of instruction sets, each once. Throws std::invalid_argument.
std::vector<std::string> parse_forms(const std::string& text);

}  // namespace ulpforge::runs
