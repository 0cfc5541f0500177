// Compilers as processes.
#include "toolchain/compiler.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "system/process.h"
#include "system/scratch_directory.h"

namespace ulpforge::toolchain {

std::optional<Compiler> find_compiler(const std::string& command) {
  try {
    const system::Outcome outcome = system::run({command, "--version"});
    if (outcome.exit_code != 0) return std::nullopt;
    return Compiler{command, outcome.output.substr(0, outcome.output.find('\n'))};
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
}

bool accepts(const Compiler& compiler, const std::string& flag) {
  return system::run({compiler.command, flag, "-x", "c++", "-E", "/dev/null"}).exit_code == 0;
}

bool finds_header(const Compiler& compiler, const std::vector<std::string>& flags,
                  const std::string& header) {
  // Only looked for: what it includes and checks is not asked here.
  const system::ScratchDirectory directory;
  const std::filesystem::path source = directory.path() / "header.cpp";
  std::ofstream(source) << fmt::format("#if !__has_include(<{}>)\n#error\n#endif\n", header);
  std::vector<std::string> arguments = {compiler.command, "-E"};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  arguments.push_back(source.string());
  return system::run(arguments).exit_code == 0;
}

std::string first_error(const std::string& messages) {
  const std::size_t error = messages.find("error:");
  const std::size_t begin =
      error == std::string::npos || error == 0 ? 0 : messages.rfind('\n', error) + 1;
  return messages.substr(begin, messages.find('\n', begin) - begin);
}

void compile_library(const Compiler& compiler, const std::vector<std::string>& flags,
                     const std::filesystem::path& source, const std::filesystem::path& library,
                     const std::vector<std::string>& libraries) {
  std::vector<std::string> arguments = {compiler.command};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  for (const char* argument : {"-shared", "-fPIC", "-o"}) arguments.push_back(argument);
  arguments.push_back(library.string());
  arguments.push_back(source.string());
  arguments.insert(arguments.end(), libraries.begin(), libraries.end());
  const system::Outcome outcome = system::run(arguments);
  if (outcome.exit_code != 0) {
    throw std::invalid_argument(
        fmt::format("{} failed: {}", compiler.command, first_error(outcome.output)));
  }
}

}  // namespace ulpforge::toolchain
