// Running the ulpforge program as a user does.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace ulpforge::cli {

struct Outcome {
  int exit_code = -1;  ///< 128 + N for a death by signal N
  std::string out;
  std::string err;
  std::chrono::milliseconds start{};  ///< until its beginning, see Call::beginning
  std::chrono::milliseconds life{};   ///< from there to its end
};

struct Call {
  std::vector<std::string> arguments;
  std::filesystem::path directory;  ///< to run in
  /// Signals to send, one each `interval` after the beginning.
  std::vector<int> signals = {};
  std::chrono::milliseconds interval{1500};
  std::string program = ULPFORGE_PROGRAM;
  /// A file that the program writes when it begins in earnest; without one it begins at its start.
  /// How long a start takes depends on what else the machine does.
  std::filesystem::path beginning = {};
};

/// Runs a program without standard input. A run that takes longer than a minute is killed.
Outcome run_program(const Call& call);

}  // namespace ulpforge::cli
