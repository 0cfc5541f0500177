// The files that carry a machine front's programs: for each a C++ header, its exhaustive test and
// its benchmark.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "runs/machine_front.h"

namespace ulpforge::runs {

struct EmittedFile {
  std::filesystem::path name;
  std::string content;
};

/// NAME.h, NAME_test.cpp and, for float, NAME_bench.cpp; with a certificate's text NAME.cert.json
/// too, and the header calls its figures proven. Throws std::invalid_argument where the front's
/// target or the entry's name are none.
std::vector<EmittedFile> machine_files(const MachineFront& front, const MachineFrontEntry& entry,
                                       const std::optional<std::string>& certificate);

struct FastFiles {
  std::string name;   ///< of the function, NAME_fast
  float largest = 0;  ///< evo/fast_variant.h
  ir::Program program;
  std::vector<EmittedFile> files;  ///< NAME_fast.h, its test against NAME.h, its benchmark
};
/// Nothing where the program takes no care of special values that could be left out.
std::optional<FastFiles> fast_files(const MachineFront& front, const MachineFrontEntry& entry);

/// The C function of the same meaning, "exp2f"; empty where there is none.
std::string c_function(const MachineFront& front);

}  // namespace ulpforge::runs
