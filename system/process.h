// Other programs, run to their end.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ulpforge::system {

struct Outcome {
  int exit_code = -1;  ///< 128 + N for a death by signal N
  std::string output;  ///< standard output and standard error, as they came
};

/// Runs arguments[0], looked up in PATH, without standard input, in `directory` (the current one if
/// empty). Throws std::invalid_argument if there is no such program.
Outcome run(const std::vector<std::string>& arguments, const std::filesystem::path& directory = {});

}  // namespace ulpforge::system
