// Runs.
#include "runs/run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>

#include "numbers/hash.h"
#include "runs/form_set.h"
#include "runs/pair_front.h"
#include "runs/shelving.h"
#include "shelf/shelf_files.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::runs {

namespace fs = std::filesystem;

bool looks_like_json(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first != std::string::npos && text[first] == '{';
}

Run parse_run(const fs::path& file, const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  if (is_pair_front(json)) {
    throw system::BadRequest(fmt::format(
        "'{}' is a run over two arguments, which emit takes, and this does not", file.string()));
  }
  if (json.is_object() && is_machine_front(json)) {
    return {file.parent_path(), text, parse_machine_front(text, file.string())};
  }
  return {file.parent_path(), text, parse_front(text, file.string())};
}

Run read_run(const fs::path& path) {
  std::error_code ignored;
  if (holds_form_set(path)) {
    throw system::BadRequest(
        fmt::format("'{0}' holds a run for each form; give one of them: {0}/{1}", path.string(),
                    fmt::join(read_form_set(path).forms, ", ")));
  }
  if (shelf::holds_shelf(path)) {
    throw system::BadRequest(
        fmt::format("'{}' is a shelf of many programs, and this takes one run", path.string()));
  }
  const fs::path file = fs::is_directory(path, ignored) ? path / "front.json" : path;
  return parse_run(file, system::read_file(file));
}

std::vector<Run> read_runs(const fs::path& path) {
  if (shelf::holds_shelf(path)) return runs_of_shelf(path);
  std::vector<Run> runs;
  if (!holds_form_set(path)) {
    runs.push_back(read_run(path));
    return runs;
  }
  std::error_code ignored;
  for (const std::string& form : read_form_set(path).forms) {
    if (fs::exists(path / form / "front.json", ignored)) runs.push_back(read_run(path / form));
  }
  if (runs.empty()) {
    throw system::BadRequest(
        fmt::format("'{0}': no form's search has ended; 'ulpforge search --resume {0}' goes on",
                    path.string()));
  }
  return runs;
}

std::string certificate_text(const Run& run, const std::string& name) {
  const fs::path file = run.directory / "programs" / fmt::format("{}.cert.json", name);
  std::error_code ignored;
  return fs::exists(file, ignored) ? system::read_file(file) : "";
}

std::vector<NamedConfig> configs_of(const Run& run) {
  std::vector<NamedConfig> configs;
  std::error_code ignored;
  if (fs::exists(run.directory / "config.toml", ignored)) {
    configs.push_back({"config.toml", system::read_file(run.directory / "config.toml")});
  }
  for (const auto& entry : fs::directory_iterator(run.directory / "configs", ignored)) {
    if (entry.path().extension() != ".toml") continue;
    configs.push_back(
        {"configs/" + entry.path().filename().string(), system::read_file(entry.path())});
  }
  std::ranges::sort(configs, {}, &NamedConfig::name);
  return configs;
}

std::string config_hash(const std::string& toml) {
  constexpr std::uint64_t kMask = (std::uint64_t{1} << 48) - 1;
  std::uint64_t hash = 0;
  std::istringstream lines(toml);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    for (const char c : line + "\n") {
      hash = numbers::hash_pair(hash, static_cast<unsigned char>(c));
    }
  }
  return fmt::format("{:012x}", hash & kMask);
}

}  // namespace ulpforge::runs
