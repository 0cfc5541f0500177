// ulpforge emit: the programs of a run as C++.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "cli/commands.h"
#include "runs/emission.h"
#include "system/error.h"
#include "system/files.h"
#include "runs/machine_emission.h"
#include "runs/machine_proofs.h"
#include "runs/proofs.h"

namespace ulpforge::cli {
namespace {

namespace fs = std::filesystem;

struct Request {
  std::string run;
  std::string out;
  std::vector<std::string> select;
  bool force = false;
  bool fast = false;
  std::string command_line;
};

/// The entries that were asked for by name, or all; name(entry) says what an entry is called.
template <class Entry, class Name>
std::vector<Entry> selected(const std::vector<Entry>& entries,
                            const std::vector<std::string>& wanted, Name name,
                            const std::string& source) {
  if (wanted.empty()) return entries;
  std::vector<Entry> found;
  for (const std::string& want : wanted) {
    const auto entry = std::ranges::find(entries, want, name);
    if (entry == entries.end()) {
      std::vector<std::string> names;
      for (const Entry& other : entries) names.push_back(name(other));
      throw system::BadRequest(
          fmt::format("{} has no program '{}'; it has {}", source, want, fmt::join(names, ", ")));
    }
    found.push_back(*entry);
  }
  return found;
}

std::vector<runs::EmittedFile> files_of_real_run(runs::Front front, const Request& request,
                                           const fs::path& source) {
  front.programs = selected(
      front.programs, request.select,
      [](const runs::FrontEntry& entry) { return fmt::to_string(entry.operations); },
      source.string());
  // What front.json calls proven is called so only where the certificate is there.
  for (runs::FrontEntry& entry : front.programs) {
    if (!runs::has_certificate(source.parent_path(), front, entry)) entry.proven.reset();
  }
  return {{runs::header_name(front), runs::header_text(front, request.command_line)}};
}

std::vector<runs::EmittedFile> files_of_machine_run(const runs::MachineFront& front, const Request& request,
                                              const fs::path& source) {
  std::vector<runs::EmittedFile> files;
  for (const runs::MachineFrontEntry& entry : selected(
           front.programs, request.select, [](const runs::MachineFrontEntry& e) { return e.name; },
           source.string())) {
    const auto certificate = runs::find_certificate(source.parent_path(), front, entry);
    std::ranges::move(runs::machine_files(front, entry, certificate), std::back_inserter(files));
    if (!request.fast) continue;
    if (auto fast = runs::fast_files(front, entry)) {
      std::ranges::move(fast->files, std::back_inserter(files));
    } else {
      system::print_error(fmt::format("{0}: nothing to leave out, no {0}_fast", entry.name));
    }
  }
  return files;
}

std::vector<runs::EmittedFile> files_of(const Request& request) {
  fs::path source = request.run;
  std::error_code ignored;
  if (fs::is_directory(source, ignored)) source /= "front.json";
  const std::string text = system::read_file(source);
  const runs::Json json = runs::Json::parse(text, nullptr, false);
  const bool machine = json.is_object() && runs::is_machine_front(json);
  if (request.fast && !machine) {
    throw system::BadRequest(fmt::format("--fast: '{}' is a run over real numbers; it is for f32 runs",
                                 source.string()));
  }
  if (machine) {
    return files_of_machine_run(runs::parse_machine_front(text, source.string()), request, source);
  }
  return files_of_real_run(runs::parse_front(text, source.string()), request, source);
}

/// Writes all files or, where one cannot be written, none that was not there before.
void write_all(const fs::path& folder, const std::vector<runs::EmittedFile>& files, bool force) {
  std::error_code error;
  for (const runs::EmittedFile& file : files) {
    const fs::path path = folder / file.name;
    if (!force && fs::exists(fs::symlink_status(path, error))) {
      throw system::BadRequest(fmt::format("'{}' already exists; give another -o, or --force to replace it",
                                   path.string()));
    }
  }
  const bool new_folder = fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder)) {
    throw system::BadRequest(fmt::format("cannot make the directory '{}': {}; give another -o",
                                 folder.string(), error ? error.message() : "not a directory"));
  }
  std::vector<fs::path> made;
  try {
    for (const runs::EmittedFile& file : files) {
      const fs::path path = folder / file.name;
      const bool is_new = !fs::exists(fs::symlink_status(path, error));
      system::write_file(path, file.content);
      if (is_new) made.push_back(path);
    }
  } catch (const system::BadRequest&) {
    for (const fs::path& path : made) fs::remove(path, error);
    if (new_folder) fs::remove(folder, error);
    throw;
  }
}

int emit(const Request& request) {
  const std::vector<runs::EmittedFile> files = files_of(request);
  if (files.empty()) throw system::BadRequest(fmt::format("'{}' holds no programs", request.run));
  write_all(request.out, files, request.force);
  std::string text;
  for (const runs::EmittedFile& file : files) {
    text += fmt::format("{}\n", (fs::path(request.out) / file.name).string());
  }
  system::print(text);
  return system::kDone;
}

}  // namespace

void add_emit(CLI::App& app, const std::string& command_line, Action& action) {
  CLI::App* command = app.add_subcommand(
      "emit",
      "The programs of a run as C++ headers; those of an f32 run with tests and benchmarks");
  const auto request = std::make_shared<Request>();
  request->command_line = command_line;
  command->add_option("run", request->run, "Run directory or front.json")
      ->required()
      ->type_name("RUN");
  command->add_option("-o,--out", request->out, "Directory to write to")
      ->required()
      ->type_name("DIR");
  command
      ->add_option(
          "--select", request->select,
          "Programs to emit: names of an f32 run, operation counts of a real one; default: all")
      ->delimiter(',')
      ->type_name("NAME,...");
  command->add_flag("--fast", request->fast,
                    "Of an f32 run also NAME_fast: the same function for finite, normal inputs, without "
                    "the care for others");
  command->add_flag("--force", request->force, "Replace files that exist");
  command->footer("Example: ulpforge emit runs/exp2_f32 -o out --select uf_exp2f_1u");
  command->callback([request, &action] { action = [request] { return emit(*request); }; });
}

}  // namespace ulpforge::cli
