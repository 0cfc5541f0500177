// The directory that a search leaves behind.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ulpforge::runs {

/// Name of the file from which a stopped run goes on (runs/checkpoint.h).
inline constexpr const char* kCheckpointFile = "checkpoint.bin";

/// config.toml, log.jsonl, checkpoint.bin, front.json, programs/N.txt and the emitted header. Until
/// keep() is called, everything that was made is removed again when the object goes.
class RunDirectory {
 public:
  /// Makes the directory where needed and tries whether it can be written. Throws BadRequest, with
  /// nothing left behind, when it cannot or when it holds a run and `force` is not set; with
  /// `force` the old run's files are removed.
  RunDirectory(std::filesystem::path path, bool force);
  /// Opens the directory of a run that was stopped, and cuts its log back to `log_size` bytes.
  /// Throws BadRequest, with nothing changed, when it cannot be written.
  RunDirectory(std::filesystem::path path, std::uint64_t log_size);
  ~RunDirectory();
  RunDirectory(const RunDirectory&) = delete;
  RunDirectory& operator=(const RunDirectory&) = delete;

  /// Writes the file NAME in one step. Throws BadRequest.
  void write(const std::filesystem::path& name, std::string_view content);
  /// Appends a line to log.jsonl; false when that fails (the disk may be full).
  bool log(const std::string& line);
  std::uint64_t log_size() const;
  /// Removes the front and its programs, which a stop has left: others take their place.
  void remove_results();
  void keep() { kept_ = true; }
  const std::filesystem::path& path() const { return path_; }

 private:
  void make_usable();
  void make_directory(const std::filesystem::path& path);
  void remove_made() noexcept;

  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::filesystem::path path_;
  std::vector<std::filesystem::path>
      made_;  ///< files and directories, in the order of their making
  std::unique_ptr<std::FILE, Close> log_;
  bool kept_ = false;
};

/// What a run of machine programs, which has no C++ yet, says at its end: where it lies, and the
/// command that writes the C++.
std::string how_to_emit(const RunDirectory& directory);

/// Calls `write`, and keeps the directory. What a search found must not be lost with the disk:
/// where a file cannot be written, the front goes to standard output, and BadRequest says so.
void write_results(RunDirectory& directory, const std::string& front_json,
                   const std::function<void()>& write);

}  // namespace ulpforge::runs
