// A directory for intermediate files.
#pragma once

#include <filesystem>

namespace ulpforge::system {

/// A fresh directory in `parent`, removed with all that is in it; move-only.
class ScratchDirectory {
 public:
  /// Throws std::runtime_error that names `parent` where none can be made there.
  explicit ScratchDirectory(
      const std::filesystem::path& parent = std::filesystem::temp_directory_path());
  ScratchDirectory(ScratchDirectory&& other) noexcept;
  ScratchDirectory& operator=(ScratchDirectory&&) = delete;
  ~ScratchDirectory();

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace ulpforge::system
