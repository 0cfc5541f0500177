// Fronts of many runs joined into one, each program with where it comes from.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runs/run.h"

namespace ulpforge::runs {

struct MergedFile {
  std::filesystem::path name;  ///< in the merged run's directory
  std::string text;
};

struct Merged {
  std::string front_json;
  std::vector<MergedFile> files;  ///< programs, certificates, header, configurations
  std::string table;
};

/// The programs that no other is better than in both cost and error; of equals the first run's.
/// The runs have to be of one regime and to ask for the same function, interval and metric (f32:
/// and instruction set). Throws BadRequest, naming the run that differs.
Merged merge(const std::vector<Run>& runs, const std::string& command_line);

}  // namespace ulpforge::runs
