// The source package libufmath: functions of a family as libraries.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "family/manifest.h"

namespace ulpforge::family {

struct File {
  std::filesystem::path name;  ///< in the package
  std::string content;
};

struct PackagedFunction {
  Function function;
  std::string header;  ///< NAME.h, by emit/machine_header.h
  std::string test;    ///< NAME_test.cpp, by emit/checks.h
  /// For each of the function's programs a header that has it alone, of the function NAME_K.
  std::vector<std::string> references = {};
  std::vector<File> certificates = {};
};

/// Everything that CMake needs to build and install the package:
///
///   CMakeLists.txt  README.md  family.json  ufmath.h  ufmath_vectors.h  dispatch.h
///   ufmath.pc.in  ufmath.map.in, ufmath_preload.map: the symbols of the shared libraries
///   functions/      each function: the emitted headers, its forms (compiled once for each
///                   instruction set), its public names, its names in libm
///   tests/          forms_test.cpp, with a header of each program; exhaustive tests
///   certificates/
///
/// The first name of a Function is that of its header's function; `readme` is README.md.
std::vector<File> package_files(const Manifest& manifest,
                                const std::vector<PackagedFunction>& functions,
                                const std::string& readme);

}  // namespace ulpforge::family
