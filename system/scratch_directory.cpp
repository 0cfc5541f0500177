// mkdtemp and remove_all.
#include "system/scratch_directory.h"

#include <fmt/format.h>

#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace ulpforge::system {

ScratchDirectory::ScratchDirectory(const std::filesystem::path& parent) {
  std::string pattern = (parent / ".ulpforge-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) {
    throw std::runtime_error(fmt::format("no directory can be made in '{}'", parent.string()));
  }
  path_ = pattern;
}

ScratchDirectory::ScratchDirectory(ScratchDirectory&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace ulpforge::system
