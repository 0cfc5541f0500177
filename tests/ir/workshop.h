// A directory to compile and run emitted code in.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace ulpforge::ir::test {

/// A directory of its own, removed at the end.
class Workshop {
 public:
  Workshop() {
    std::string pattern = (std::filesystem::temp_directory_path() / "ulpforge-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
    folder_ = pattern;
  }
  ~Workshop() { std::filesystem::remove_all(folder_); }
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;

  std::filesystem::path path(const std::string& name) const { return folder_ / name; }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  /// Whether main.cpp compiles to `program`, without any warning. The compiler is the build's
  /// unless said otherwise.
  bool compile(const std::string& flags, const std::string& compiler = ULPFORGE_CXX) const {
    return std::system(fmt::format("{0} -Wall -Wextra -Wconversion -Wshadow -Werror {1} "
                                   "{2}/main.cpp -o {2}/program > {2}/log 2>&1",
                                   compiler, flags, folder_.string())
                           .c_str()) == 0;
  }

  /// What the compiler said.
  std::string log() const { return read("log"); }

  /// Runs the program in the directory; returns what it prints.
  std::string run() const {
    EXPECT_EQ(std::system(fmt::format("cd {0} && ./program > output", folder_.string()).c_str()),
              0);
    return read("output");
  }

  std::string read(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace ulpforge::ir::test
