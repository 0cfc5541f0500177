// ulpforge search in the f32 regime: search, time the finalists, write the run.
#pragma once

#include <filesystem>
#include <string>

#include "experiments/config.h"

namespace ulpforge::experiments {

struct MachineRequest {
  Options options;
  std::filesystem::path out;
  std::string command_line;
  bool force = false;
  bool quiet = false;
  bool json = false;
  bool print_result = true;
};

/// Returns the exit code. Throws BadRequest and std::invalid_argument.
int run_machine_search(const MachineRequest& request);

}  // namespace ulpforge::experiments
