// A package on disk: written, built, installed.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "family/package.h"

namespace ulpforge::family {

/// Writes the files below `directory`, which is made. Throws std::runtime_error that names the
/// file.
void write_package(const std::vector<File>& files, const std::filesystem::path& directory);

struct BuildOptions {
  std::string cxx = {};  ///< C++ compiler; empty: CMake's choice ($CXX, or the system's)
  unsigned jobs = 2;
};

/// Builds the package in `source` by CMake, in `build`, and installs it below `prefix`, libraries
/// in lib/. Throws std::runtime_error with the first message of an error.
void build_package(const std::filesystem::path& source, const std::filesystem::path& build,
                   const std::filesystem::path& prefix, const BuildOptions& options);

/// Moves what is in `from` into `to`, file by file, over files that are there; both have to be on
/// one file system.
void move_into(const std::filesystem::path& from, const std::filesystem::path& to);

/// Makes the source package in `to`, if there is one, that in `from`, by moves: removes files that
/// `from` lacks from the folders that a package has at its top, and leaves what is the same as it
/// is, so that only what changed is compiled again.
void renew_sources(const std::filesystem::path& from, const std::filesystem::path& to);

/// Removes what an earlier package of a family left below `prefix`, nothing else.
void remove_package(const std::filesystem::path& prefix);

}  // namespace ulpforge::family
