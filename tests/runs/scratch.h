// A directory of its own for a test.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "system/scratch_directory.h"

namespace ulpforge::runs {

/// Files in a directory that is removed at the end.
class Scratch {
 public:
  const std::filesystem::path& path() const { return directory_.path(); }
  bool empty() const { return std::filesystem::is_empty(path()); }

  /// Writes a file and returns its path.
  std::string file(const std::string& name, std::string_view content) const {
    const std::filesystem::path file = path() / name;
    std::ofstream(file, std::ios::binary) << content;
    return file.string();
  }

 private:
  system::ScratchDirectory directory_;
};

}  // namespace ulpforge::runs
