// A directory of its own for a test.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "system/scratch_directory.h"

namespace ulpforge {

/// A scratch directory, with what tests do in one.
class Scratch : public system::ScratchDirectory {
 public:
  bool empty() const { return std::filesystem::is_empty(path()); }

  /// Writes a file and returns its path.
  std::string file(const std::string& name, std::string_view content) const {
    const std::filesystem::path file = path() / name;
    std::ofstream(file, std::ios::binary) << content;
    return file.string();
  }
};

}  // namespace ulpforge
