// What `ulpforge bench` compares with the functions of libraries.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bench/bench.h"

namespace ulpforge::runs {

struct BenchedFunctions {
  std::filesystem::path source;  ///< an f32 run, its front.json, a shelf, or a package of a family
  std::vector<std::string> select;  ///< functions and programs, by name; empty: all
  bool fast = false;                ///< NAME_fast too
};

/// Throws BadRequest.
std::vector<bench::FunctionRequest> benched_functions(const BenchedFunctions& request);

}  // namespace ulpforge::runs
