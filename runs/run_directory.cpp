// Run directories: claimed before a search, filled after it.
#include "runs/run_directory.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "evo/search.h"
#include "runs/config.h"
#include "runs/emission.h"
#include "runs/front.h"
#include "runs/machine_front.h"
#include "runs/machine_proofs.h"
#include "runs/proofs.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::runs {
namespace {

namespace fs = std::filesystem;

constexpr std::array kMarks = {"front.json", "config.toml", "log.jsonl", kCheckpointFile};

bool holds_run(const fs::path& path) {
  return std::any_of(kMarks.begin(), kMarks.end(), [&](const char* mark) {
    std::error_code error;
    return fs::exists(fs::symlink_status(path / mark, error));
  });
}

void remove_files(const fs::path& path, const std::vector<fs::path>& files) {
  for (const fs::path& file : files) {
    std::error_code error;
    fs::remove(path / file, error);
    if (error && error != std::errc::not_a_directory) {
      throw system::BadRequest(
          fmt::format("cannot replace '{}': {}", (path / file).string(), error.message()));
    }
  }
}

/// The front that a run left in `path`, and what was written beside it; nothing else.
std::vector<fs::path> results_of(const fs::path& path) {
  std::vector<fs::path> files = {"front.json"};
  for (int n = 0; n <= evo::kMaxOperations; ++n) {
    files.push_back(fs::path("programs") / fmt::format("{}.txt", n));
    files.push_back(certificate_name(fmt::to_string(n)));
  }
  try {
    const fs::path front = path / "front.json";
    const std::string text = system::read_file(front);
    if (is_machine_front(Json::parse(text, nullptr, false))) {
      for (const auto& entry : parse_machine_front(text, front.string()).programs) {
        files.push_back(fs::path("programs") / (short_name(entry.name) + ".txt"));
        files.push_back(certificate_name(short_name(entry.name)));
      }
    } else {
      const Front parsed = parse_front(text, front.string());
      files.push_back(source_name(parsed));
      for (const FrontEntry& entry : parsed.programs) {
        files.push_back(fs::path("programs") / (entry.label() + ".txt"));
        files.push_back(certificate_name(entry.label()));
      }
    }
  } catch (const system::BadRequest&) {
    // Without a readable front there is no telling what its files were called.
  }
  return files;
}

/// All files of a run.
void remove_run(const fs::path& path) {
  std::vector<fs::path> files = results_of(path);
  files.insert(files.end(), kMarks.begin(), kMarks.end());
  remove_files(path, files);
}

}  // namespace

RunDirectory::RunDirectory(fs::path path, bool force) : path_(std::move(path)) {
  std::error_code error;
  const fs::file_status status = fs::status(path_, error);
  if (fs::exists(status) && !fs::is_directory(status)) {
    throw system::BadRequest(
        fmt::format("output '{}' is not a directory; give another --out", path_.string()));
  }
  const bool used = holds_run(path_);
  if (used && !force) {
    throw system::BadRequest(
        fmt::format("output '{}' already holds a run; give another --out, or --force to replace it",
                    path_.string()));
  }
  try {
    make_usable();
    if (used) remove_run(path_);
    const fs::path log = path_ / "log.jsonl";
    log_.reset(std::fopen(log.c_str(), "wb"));
    if (!log_) {
      const std::error_code reason(errno, std::generic_category());
      throw system::BadRequest(
          fmt::format("cannot write '{}': {}", log.string(), reason.message()));
    }
    made_.push_back(log);
  } catch (const std::exception&) {
    remove_made();
    throw;
  }
}

RunDirectory::RunDirectory(fs::path path, std::uint64_t log_size)
    : path_(std::move(path)), kept_(true) {
  make_usable();
  const fs::path log = path_ / "log.jsonl";
  std::error_code error;
  if (fs::file_size(log, error) > log_size && !error) fs::resize_file(log, log_size, error);
  log_.reset(std::fopen(log.c_str(), "ab"));
  if (!log_ || std::fseek(log_.get(), 0, SEEK_END) != 0) {
    const std::error_code reason(errno, std::generic_category());
    throw system::BadRequest(fmt::format("cannot write '{}': {}", log.string(), reason.message()));
  }
}

/// The programs' folder is made and a file written: what follows can then be expected to work.
void RunDirectory::make_usable() {
  make_directory(path_);
  make_directory(path_ / "programs");
  system::write_file(path_ / "programs" / "writable", "");
  fs::remove(path_ / "programs" / "writable");
}

RunDirectory::~RunDirectory() {
  if (!kept_) remove_made();
}

void RunDirectory::write(const fs::path& name, std::string_view content) {
  const fs::path file = path_ / name;
  make_directory(file.parent_path());
  system::write_file(file, content);
  if (!kept_) made_.push_back(file);
}

bool RunDirectory::log(const std::string& line) {
  return std::fputs((line + "\n").c_str(), log_.get()) >= 0 && std::fflush(log_.get()) == 0;
}

std::uint64_t RunDirectory::log_size() const {
  const long position = std::ftell(log_.get());
  return position < 0 ? 0 : static_cast<std::uint64_t>(position);
}

void RunDirectory::remove_results() { remove_files(path_, results_of(path_)); }

void RunDirectory::make_directory(const fs::path& path) {
  std::error_code error;
  if (path.empty() || fs::is_directory(path, error)) return;
  make_directory(path.parent_path());
  if (fs::create_directory(path, error)) {
    made_.push_back(path);
  } else if (error) {
    throw system::BadRequest(fmt::format("cannot make the directory '{}': {}; give another --out",
                                         path.string(), error.message()));
  }
}

void RunDirectory::remove_made() noexcept {
  std::error_code ignored;
  for (auto made = made_.rbegin(); made != made_.rend(); ++made) fs::remove(*made, ignored);
  made_.clear();
}

std::string how_to_emit(const RunDirectory& directory) {
  return fmt::format(
      "\nwritten to {0}: front.json, programs/; 'ulpforge emit {0} -o DIR' writes the C++\n",
      directory.path().string());
}

void write_results(RunDirectory& directory, const std::string& front_json,
                   const std::function<void()>& write) {
  try {
    write();
  } catch (const system::BadRequest& error) {
    system::print(front_json);
    directory.keep();
    throw system::BadRequest(
        fmt::format("{}; the front is on standard output instead", error.what()));
  }
  directory.keep();
}

}  // namespace ulpforge::runs
