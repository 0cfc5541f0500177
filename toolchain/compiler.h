// C++ compilers of the system.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ulpforge::toolchain {

struct Compiler {
  std::string command;  ///< "clang++-19"
  std::string version;  ///< the first line that it prints for --version
};

/// Nothing where the command does not run.
std::optional<Compiler> find_compiler(const std::string& command);

/// Whether the compiler knows a flag.
bool accepts(const Compiler& compiler, const std::string& flag);

/// Whether a source file could include the header.
bool finds_header(const Compiler& compiler, const std::vector<std::string>& flags,
                  const std::string& header);

/// Compiles one source file to a shared library, linked with `libraries` ("-lm"). Throws
/// std::invalid_argument that holds the compiler's first error.
void compile_library(const Compiler& compiler, const std::vector<std::string>& flags,
                     const std::filesystem::path& source, const std::filesystem::path& library,
                     const std::vector<std::string>& libraries = {});

/// The first line of a compiler's messages that tells of an error; else the first line.
std::string first_error(const std::string& messages);

}  // namespace ulpforge::toolchain
