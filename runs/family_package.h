// A package of a family, from its files to where it was asked for.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "family/package.h"

namespace ulpforge::runs {

struct PackageRequest {
  std::filesystem::path out;
  std::string compiler = {};  ///< C++ compiler; empty: CMake's choice
  unsigned jobs = 0;          ///< compilers at a time; 0: the processor's threads
  bool sources_only = false;  ///< the source package into `out`, not built
  bool force = false;         ///< into a directory that is not empty
};

/// What has to be there, and what must not. Throws BadRequest.
void demand_room_and_tools(const PackageRequest& request);

/// Writes the package or builds and installs it. What is made stands beside `out` first, and moves
/// there in one step a file. Throws std::runtime_error and BadRequest.
void make_package(const PackageRequest& request, const std::vector<family::File>& files);

}  // namespace ulpforge::runs
