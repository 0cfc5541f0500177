// Files of either regime, and writing them.
#include "runs/emission_request.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fnmatch.h>

#include <algorithm>
#include <iterator>

#include "emit/cpp_text.h"
#include "runs/emission.h"
#include "runs/family_members.h"
#include "runs/form_set.h"
#include "runs/machine_proofs.h"
#include "runs/pair_emission.h"
#include "runs/proofs.h"
#include "runs/run.h"
#include "shelf/shelf_files.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::runs {
namespace {

namespace fs = std::filesystem;

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

std::vector<EmittedFile> files_of_real_run(Front front, const EmissionRequest& request,
                                           const fs::path& source) {
  front.programs = selected(
      front.programs, request.select, [](const FrontEntry& entry) { return entry.label(); },
      source.string());
  // What front.json calls proven is called so only where the certificate is there.
  for (FrontEntry& entry : front.programs) {
    if (!has_certificate(source.parent_path(), front, entry)) entry.proven.reset();
  }
  const SourceStyle style{
      request.language.empty() ? emit::languages()[0] : emit::find_language(request.language),
      request.name};
  if (!style.name.empty() && !emit::is_identifier(style.name)) {
    throw system::BadRequest(fmt::format("--name '{0}': no identifier; {1} is one", style.name,
                                         emit::identifier(style.name)));
  }
  return {{source_name(front, style), source_text(front, request.command_line, style)}};
}

std::vector<EmittedFile> files_of_machine_run(const MachineFront& front,
                                              const EmissionRequest& request,
                                              const fs::path& source) {
  std::vector<EmittedFile> files;
  for (const MachineFrontEntry& entry : selected(
           front.programs, request.select, [](const MachineFrontEntry& e) { return e.name; },
           source.string())) {
    const auto certificate = find_certificate(source.parent_path(), front, entry);
    std::ranges::move(machine_files(front, entry, certificate), std::back_inserter(files));
    if (!request.fast) continue;
    if (auto fast = fast_files(front, entry)) {
      std::ranges::move(fast->files, std::back_inserter(files));
    } else {
      system::print_error(fmt::format("{0}: nothing to leave out, no {0}_fast", entry.name));
    }
  }
  return files;
}

std::vector<EmittedFile> files_of_pair_run(const PairFront& front, const EmissionRequest& request,
                                           const fs::path& source) {
  for (const auto& [given, option] : {std::pair{request.fast, "--fast"},
                                      {!request.language.empty(), "--language"},
                                      {!request.name.empty(), "--name"}}) {
    if (!given) continue;
    throw system::BadRequest(
        fmt::format("{}: '{}' is a run over two arguments, of which there are C++ headers under "
                    "their own names alone; leave it out",
                    option, source.string()));
  }
  std::vector<EmittedFile> files;
  for (const PairEntry& entry : selected(
           front.programs, request.select, [](const PairEntry& e) { return e.name; },
           source.string())) {
    std::ranges::move(pair_files(front, entry), std::back_inserter(files));
  }
  return files;
}

/// A function of several runs.
struct Named {
  /// In C, the first is its header's; and the last in mathematics.
  std::vector<std::string> names;
  const family::Member* member = nullptr;
};

/// Those one of whose names ("exp", "uf_expf_1u") a pattern of the shell fits, in the order of
/// `all`; without any pattern all. A name that is given as it is, is what the function is called.
std::vector<Named> chosen(std::vector<Named> all, const std::vector<std::string>& patterns,
                          const std::string& source) {
  if (patterns.empty()) return all;
  std::vector<char> fits(all.size(), 0);
  for (const std::string& pattern : patterns) {
    bool any = false;
    for (std::size_t k = 0; k < all.size(); ++k) {
      const bool one = std::ranges::any_of(all[k].names, [&](const std::string& name) {
        return fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
      });
      any = any || one;
      fits[k] = fits[k] || one;
      const auto asked = std::ranges::find(all[k].names, pattern);
      const bool is_of_code = asked != all[k].names.end() && std::next(asked) != all[k].names.end();
      if (is_of_code) std::iter_swap(all[k].names.begin(), asked);
    }
    if (any) continue;
    std::vector<std::string> names;
    for (const Named& other : all) names.push_back(other.names.front());
    throw system::BadRequest(
        fmt::format("{} has no program '{}'; it has {}", source, pattern, fmt::join(names, ", ")));
  }
  std::vector<Named> found;
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (fits[k]) found.push_back(all[k]);
  }
  return found;
}

/// Functions of several runs, by the tiers of a family, each form's best program in them.
std::vector<EmittedFile> files_of_several(const std::vector<Run>& runs,
                                          const EmissionRequest& request) {
  if (!request.language.empty() || !request.name.empty()) {
    throw system::BadRequest(
        "--language and --name are for a run over real numbers; several f32 runs are given");
  }
  const jit::Processor processor = jit::host_processor();
  const FamilySource source = family_source(
      runs, request.same_bits ? std::vector(1, jit::preferred_isa(processor)) : each_form(),
      processor);
  const family::Selection selection = select_from(source);
  if (selection.members.empty()) {
    throw system::BadRequest(
        fmt::format("no program of these runs keeps a tier's promise at every float{}{}",
                    selection.refused.empty() ? "" : "; of the first: ",
                    selection.refused.empty() ? std::string() : selection.refused.front().reason));
  }
  std::vector<Named> all;
  for (const family::Member& member : selection.members) {
    std::vector<std::string> names = names_of(member);
    names.push_back(member.function);
    all.push_back({std::move(names), &member});
  }
  std::string place;
  for (const fs::path& path : request.runs) {
    place += (place.empty() ? "" : ", ") + path.string();
  }
  std::vector<EmittedFile> files;
  for (const Named& one : chosen(all, request.select, place)) {
    const std::string& name = one.names.front();
    const std::vector<FormProgram> programs = programs_of(runs, source, *one.member);
    std::ranges::move(files_of_forms(name, programs), std::back_inserter(files));
    if (!request.fast || !one.member->format.empty()) continue;
    if (auto fast = fast_files_of_forms(name, programs)) {
      std::ranges::move(fast->files, std::back_inserter(files));
    } else {
      system::print_error(fmt::format("{0}: nothing to leave out, no {0}_fast", name));
    }
  }
  if (request.same_bits) system::print(cost_of_same_bits(runs, source, selection));
  return files;
}

/// All headers in one. Each has a guard of its own.
std::vector<EmittedFile> one_header(const std::vector<EmittedFile>& files,
                                    const std::string& name) {
  std::string text;
  for (const EmittedFile& file : files) {
    if (file.name.extension() == ".h") text += (text.empty() ? "" : "\n") + file.content;
  }
  if (text.empty()) {
    throw system::BadRequest("--one-header: only f32 functions come as headers of their own");
  }
  return {{name, text}};
}

std::vector<EmittedFile> all_files(const EmissionRequest& request) {
  if (request.runs.size() > 1 || holds_form_set(request.runs.front()) ||
      shelf::holds_shelf(request.runs.front())) {
    std::vector<Run> runs;
    for (const fs::path& path : request.runs) {
      std::ranges::move(read_runs(path), std::back_inserter(runs));
    }
    return files_of_several(runs, request);
  }
  if (request.same_bits) {
    throw system::BadRequest(
        "--same-bits: a single run's functions have one program for all forms");
  }
  fs::path source = request.runs.front();
  std::error_code ignored;
  if (fs::is_directory(source, ignored)) source /= "front.json";
  const std::string text = system::read_file(source);
  const Json json = Json::parse(text, nullptr, false);
  if (is_pair_front(json)) {
    return files_of_pair_run(parse_pair_front(text, source.string()), request, source);
  }
  const bool machine = json.is_object() && is_machine_front(json);
  const auto refuse = [&](bool given, std::string_view option, bool for_machine) {
    if (!given || machine == for_machine) return;
    throw system::BadRequest(fmt::format("{}: '{}' is {}; it is for {}", option, source.string(),
                                         machine ? "an f32 run" : "a run over real numbers",
                                         for_machine ? "f32 runs" : "runs over real numbers"));
  };
  refuse(request.fast, "--fast", true);
  refuse(!request.language.empty(), "--language", false);
  refuse(!request.name.empty(), "--name", false);
  if (machine) {
    return files_of_machine_run(parse_machine_front(text, source.string()), request, source);
  }
  return files_of_real_run(parse_front(text, source.string()), request, source);
}

}  // namespace

std::vector<EmittedFile> emitted_files(const EmissionRequest& request) {
  std::vector<EmittedFile> files = all_files(request);
  return request.one_header.empty() ? files : one_header(files, request.one_header);
}

void write_files(const fs::path& folder, const std::vector<EmittedFile>& files, bool force) {
  std::error_code error;
  for (const EmittedFile& file : files) {
    const fs::path path = folder / file.name;
    if (!force && fs::exists(fs::symlink_status(path, error))) {
      throw system::BadRequest(fmt::format(
          "'{}' already exists; give another -o, or --force to replace it", path.string()));
    }
  }
  const bool new_folder = fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder)) {
    throw system::BadRequest(fmt::format("cannot make the directory '{}': {}; give another -o",
                                         folder.string(),
                                         error ? error.message() : "not a directory"));
  }
  std::vector<fs::path> made;
  try {
    for (const EmittedFile& file : files) {
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

}  // namespace ulpforge::runs
