// ulpforge emit: the programs of a run as files of C++.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runs/machine_emission.h"

namespace ulpforge::runs {

struct EmissionRequest {
  /// Directories or front.json files; several f32 runs, or one of several forms, or a shelf, are
  /// emitted as functions that have in each form the best of their programs.
  std::vector<std::filesystem::path> runs;
  std::vector<std::string> select;  ///< names of an f32 run, patterns of several runs or of a
                                    ///< shelf, operation counts of a real run; empty: all
  bool fast = false;                ///< of an f32 run also NAME_fast
  bool same_bits = false;           ///< of several f32 runs: one program for all forms
  /// Name of a file: of f32 runs one header with all functions, and no other file.
  std::string one_header = {};
  std::string language = {};  ///< of a real run, a name of emit/language.h; empty: C++
  std::string name = {};      ///< of a real run: what to call the functions (SourceStyle)
  std::string command_line;
};

/// Headers, or files in another language; of an f32 run also tests and benchmarks, and certificates
/// where the run has them. Throws BadRequest.
std::vector<EmittedFile> emitted_files(const EmissionRequest& request);

/// Writes all files or, where one cannot be written, none that was not there before. Throws
/// BadRequest, without `force` also where a file exists.
void write_files(const std::filesystem::path& folder, const std::vector<EmittedFile>& files,
                 bool force);

}  // namespace ulpforge::runs
