// C++ text as one compiler makes it, loaded.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "emit/form.h"
#include "system/loaded_library.h"
#include "system/scratch_directory.h"
#include "toolchain/compiler.h"

namespace ulpforge::bench {

struct SourceFile {
  std::string name;
  std::string text;
};

/// Move-only; unloads.
class LoadedCode {
 public:
  /// Compiles the first of the files, which may include the others, with these flags and those of
  /// the form. Throws std::invalid_argument, with the compiler's first error.
  LoadedCode(const toolchain::Compiler& compiler, const std::vector<std::string>& flags,
             const emit::Form& form, const std::vector<SourceFile>& files,
             const std::vector<std::string>& linked = {});
  LoadedCode(LoadedCode&&) noexcept = default;
  LoadedCode& operator=(LoadedCode&&) = delete;

  /// Its address. Throws std::logic_error where there is none.
  void* symbol(const std::string& name) const;

 private:
  system::ScratchDirectory directory_;
  system::LoadedLibrary library_;  ///< closed before its file goes
};

/// The flags and what the form adds to them.
std::vector<std::string> flags_for(const toolchain::Compiler& compiler,
                                   const std::vector<std::string>& flags, const emit::Form& form);

/// Floats in the vectors of libraries that are compared with a form: of 128 bits with plain loops,
/// 1 with single calls.
std::size_t peer_lanes(const emit::Form& form);

}  // namespace ulpforge::bench
