// ulpforge check for a shelf: its programs proven again from nothing, all or some that are drawn.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace ulpforge::runs {

struct ShelfCheck {
  std::filesystem::path directory;
  std::vector<std::string> select = {};  ///< patterns of functions; empty: all
  std::size_t draw = 0;                  ///< so many at random; 0: all
  std::uint64_t seed = 1;                ///< of the draw
  bool json = false;
};

/// Proves each program and prints a line for it. Returns the exit code: kCheckFailed where a claim
/// is false. Throws BadRequest where the shelf cannot be read, or nothing is selected.
int check_shelf(const ShelfCheck& request);

}  // namespace ulpforge::runs
