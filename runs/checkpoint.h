// Checkpoints: the file from which a stopped run goes on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "runs/progress.h"
#include "runs/run_directory.h"

namespace ulpforge::runs {

struct Checkpoint {
  std::string command;  ///< that began the run
  std::string config;   ///< the experiment, as TOML, with the budgets that the run began with
  std::uint64_t log_size = 0;  ///< bytes of log.jsonl at that time
  std::string state;           ///< of the search (evo/continuation.h)
};

/// Its bytes: a line that names the format and its version, the length and a checksum of the rest,
/// the parts.
std::string encode(const Checkpoint& checkpoint);
/// Reads what encode() wrote. Throws BadRequest that names `source`: not a checkpoint, of another
/// version, cut off, changed.
Checkpoint decode_checkpoint(std::string_view bytes, const std::string& source);

/// What a run directory says about going on: the checkpoint or, when the run was stopped before its
/// first, its configuration without a state. Throws BadRequest.
Checkpoint read_checkpoint(const std::filesystem::path& run);

/// Writes the checkpoints of a run. A disk that is full, or that cannot be written, does not end
/// the search: it is reported, once until it works again, and the last good checkpoint stays.
class CheckpointWriter {
 public:
  CheckpointWriter(RunDirectory& directory, ProgressView& view, Checkpoint checkpoint);
  void operator()(std::string_view state);

 private:
  RunDirectory& directory_;
  ProgressView& view_;
  Checkpoint checkpoint_;
  bool failing_ = false;
};

}  // namespace ulpforge::runs
