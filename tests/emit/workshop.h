// A directory to compile and run emitted code in.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include "system/scratch_directory.h"

namespace ulpforge::emit::test {

/// A directory of its own, removed at the end.
class Workshop {
 public:
  Workshop() = default;
  /// Programs run under that command, which may be empty: "qemu-aarch64".
  explicit Workshop(std::string emulator) : emulator_(std::move(emulator)) {}

  std::filesystem::path path(const std::string& name) const { return folder() / name; }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
  }

  /// Whether main.cpp compiles to `program`, without any warning. The compiler is the build's
  /// unless said otherwise.
  bool compile(const std::string& flags, const std::string& compiler = ULPFORGE_CXX,
               const std::string& libraries = "") const {
    return std::system(fmt::format("{0} -Wall -Wextra -Wconversion -Wshadow -Werror {1} "
                                   "{2}/main.cpp -o {2}/program {3} > {2}/log 2>&1",
                                   compiler, flags, folder().string(), libraries)
                           .c_str()) == 0;
  }

  /// Whether a command in the directory ends well.
  bool command(const std::string& line) const {
    return std::system(
               fmt::format("cd {} && {{ {} ; }} 2> log", folder().string(), line).c_str()) == 0;
  }

  /// What the compiler said.
  std::string log() const { return read("log"); }

  /// Runs the program in the directory; returns what it prints. The exit code should be 0.
  std::string run() const {
    EXPECT_EQ(exit_code(""), 0);
    return read("output");
  }

  /// Runs the program with arguments; read("output") is what it prints.
  int exit_code(const std::string& arguments) const {
    const int status = std::system(
        fmt::format("cd {} && {} ./program {} > output", folder().string(), emulator_, arguments)
            .c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  std::string read(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  const std::filesystem::path& folder() const { return directory_.path(); }

  std::string emulator_;
  system::ScratchDirectory directory_;
};

}  // namespace ulpforge::emit::test
