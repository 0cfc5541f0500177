// Files, CMake, and a move at the end.
#include "family/installation.h"

#include <fmt/format.h>

#include <fstream>
#include <stdexcept>

#include "system/files.h"
#include "system/process.h"
#include "toolchain/compiler.h"

namespace ulpforge::family {
namespace {

namespace fs = std::filesystem;

/// What CMake says of an error goes over several lines, with a compiler's message somewhere else.
std::string what_failed(const std::string& output) {
  constexpr std::size_t kMost = 300;
  const std::size_t at = output.find("CMake Error");
  if (at == std::string::npos || output.find(" error: ") != std::string::npos) {
    return toolchain::first_error(output);
  }
  std::string text;
  for (const char c : output.substr(at, kMost)) {
    const bool space = c == ' ' || c == '\n';
    if (!space || (!text.empty() && text.back() != ' ')) text += space ? ' ' : c;
  }
  return text;
}

void run_step(const std::vector<std::string>& arguments, const char* step) {
  const system::Outcome outcome = system::run(arguments);
  if (outcome.exit_code == 0) return;
  throw std::runtime_error(
      fmt::format("{} libufmath failed: {}", step, what_failed(outcome.output)));
}

/// Removes files of `folder` that `other` has none of the same name of.
void keep_common(const fs::path& folder, const fs::path& other) {
  std::vector<fs::path> gone;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (!fs::exists(other / entry.path().filename())) gone.push_back(entry.path());
  }
  for (const fs::path& path : gone) fs::remove_all(path);
}

/// move_into, but for files that are there with the same content.
void move_changed(const fs::path& from, const fs::path& to) {
  fs::create_directories(to);
  for (const fs::directory_entry& entry : fs::directory_iterator(from)) {
    const fs::path target = to / entry.path().filename();
    if (entry.is_directory()) {
      move_changed(entry.path(), target);
    } else if (!fs::exists(target) ||
               system::read_file(entry.path()) != system::read_file(target)) {
      fs::rename(entry.path(), target);
    }
  }
}

}  // namespace

void write_package(const std::vector<File>& files, const fs::path& directory) {
  for (const File& file : files) {
    const fs::path path = directory / file.name;
    fs::create_directories(path.parent_path());
    std::ofstream stream(path, std::ios::binary);
    stream << file.content;
    stream.close();
    if (!stream) throw std::runtime_error(fmt::format("'{}' cannot be written", path.string()));
  }
}

void build_package(const fs::path& source, const fs::path& build, const fs::path& prefix,
                   const BuildOptions& options) {
  std::vector<std::string> configure = {"cmake",
                                        "-S",
                                        source.string(),
                                        "-B",
                                        build.string(),
                                        "-DCMAKE_BUILD_TYPE=Release",
                                        "-DCMAKE_INSTALL_LIBDIR=lib",
                                        "-DCMAKE_INSTALL_PREFIX=" + prefix.string()};
  if (!options.cxx.empty()) configure.push_back("-DCMAKE_CXX_COMPILER=" + options.cxx);
  run_step(configure, "configuring");
  run_step({"cmake", "--build", build.string(), "--parallel", fmt::to_string(options.jobs)},
           "building");
  run_step({"cmake", "--install", build.string()}, "installing");
}

void move_into(const fs::path& from, const fs::path& to) {
  fs::create_directories(to);
  for (const fs::directory_entry& entry : fs::directory_iterator(from)) {
    const fs::path target = to / entry.path().filename();
    if (entry.is_directory() && !entry.is_symlink()) {
      move_into(entry.path(), target);
    } else {
      fs::rename(entry.path(), target);
    }
  }
}

void renew_sources(const fs::path& from, const fs::path& to) {
  if (fs::exists(to / "family.json")) {
    for (const char* folder : {"functions", "tests", "certificates"}) {
      if (fs::is_directory(to / folder)) keep_common(to / folder, from / folder);
    }
  }
  move_changed(from, to);
}

void remove_package(const fs::path& prefix) {
  std::vector<fs::path> old = {prefix / "include/ufmath.h", prefix / "include/ufmath_vectors.h",
                               prefix / "lib/cmake/ufmath", prefix / "lib/pkgconfig/ufmath.pc",
                               prefix / "share/ufmath"};
  if (fs::is_directory(prefix / "lib")) {
    for (const fs::directory_entry& entry : fs::directory_iterator(prefix / "lib")) {
      if (entry.path().filename().string().starts_with("libufmath")) old.push_back(entry.path());
    }
  }
  for (const fs::path& path : old) fs::remove_all(path);
}

}  // namespace ulpforge::family
