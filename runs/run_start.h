// How a search begins: from an experiment, or from where a stopped run was.
#pragma once

#include <filesystem>
#include <string>

#include "runs/checkpoint.h"
#include "runs/config.h"
#include "runs/run_directory.h"

namespace ulpforge::runs {

/// What `ulpforge search` was asked for.
struct SearchRequest {
  Options flags = {};
  std::string file;                 ///< the experiment; empty: flags alone
  std::string resume;               ///< the run to go on with; empty: a new run
  std::string out;                  ///< empty: runs/NAME
  std::string cache;                ///< directory of reference files; empty: none
  double checkpoint_interval = 20;  ///< seconds
  bool no_prove = false;
  bool force = false;
  bool quiet = false;
  bool json = false;
  std::string seeds;         ///< a search for each; empty: one search
  std::string forms;         ///< a search for each; empty: one search
  std::string reach;         ///< levels whose times are told, with seeds
  std::string add_to;        ///< shelf that gets what is found; empty: none
  bool print_result = true;  ///< on standard output
  std::string command_line;
};

struct RunStart {
  Options options;
  std::string command;  ///< that began the run
  std::string state;    ///< of the search; empty: from the beginning
  std::uint64_t log_size = 0;
  std::filesystem::path directory;
  bool resumed = false;
};

/// Reads the experiment file, or the checkpoint; flags override. Throws BadRequest, also for flags
/// that a run cannot change on its way.
RunStart start_run(const SearchRequest& request);

/// Throws BadRequest for flags that a run, or a set of runs, cannot change on its way.
void refuse_other_experiment(const SearchRequest& request);

/// Makes the run's directory, or opens that of the stopped run. Throws BadRequest.
RunDirectory open_directory(const RunStart& start, bool force);

/// The checkpoint that the run writes, still without a state. `config` asks for its experiment.
Checkpoint first_checkpoint(const RunStart& start, std::string config);

}  // namespace ulpforge::runs
