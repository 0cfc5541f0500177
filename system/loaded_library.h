// Shared libraries that are loaded into this process.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace ulpforge::system {

/// A library, with all that its constructors do; closed with its last copy.
class LoadedLibrary {
 public:
  /// Of a file, or of a name as the dynamic linker finds it. Throws std::runtime_error with the
  /// linker's message.
  explicit LoadedLibrary(const std::string& file);

  /// The file, as the linker found it.
  std::filesystem::path path() const;
  /// What it exports by that name; nullptr where it has none. Lives no longer than the library.
  void* find(const std::string& symbol) const;
  /// The same. Throws std::runtime_error where it has none.
  void* symbol(const std::string& symbol) const;

 private:
  std::shared_ptr<void> handle_;
};

/// How far behind the beginning of the library that it is in the code lies; 0 where it is in none.
std::uint64_t offset_in_library(const void* code);

}  // namespace ulpforge::system
