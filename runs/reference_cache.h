// A file of reference pieces, so that they are made once: for functions whose Taylor series take
// minutes, and for many runs over one function.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "targets/scores/reference.h"

namespace ulpforge::runs {

/// The reference for those ranges from its file in `directory` (made if need be), memory-mapped;
/// where the file is missing, of another version, truncated or damaged (its checksum tells), it is
/// made and written in one step (system/files.h). `note` is told, in one
/// line, when a file was damaged, or cannot be written (a full disk, a directory that refuses):
/// the reference is good all the same, and no half file stays.
targets::FloatReference cached_reference(const ir::Program& program,
                                         const std::vector<targets::FloatRange>& ranges,
                                         const std::filesystem::path& directory,
                                         const std::function<void(const std::string&)>& note = {});

/// The name of that file in its directory: a hash of the program, the ranges and the version.
std::string cache_file_name(const ir::Program& program,
                            const std::vector<targets::FloatRange>& ranges);

}  // namespace ulpforge::runs
