// An emitted C++ header as a shared library, made by the system's compiler.
#pragma once

#include <filesystem>
#include <string>

#include "system/scratch_directory.h"
#include "validate/worker.h"

namespace ulpforge::validate {

/// A library in a directory of its own, which goes with it; move-only.
class CompiledHeader {
 public:
  /// Compiles the header's function NAME: its array form NAME_n where the header has one, NAME
  /// itself otherwise. The compiler is $CXX, or c++. Throws std::invalid_argument, with the
  /// compiler's first error, if that fails.
  CompiledHeader(const std::filesystem::path& header, const std::string& name);

  const Callee& callee() const { return callee_; }

 private:
  system::ScratchDirectory directory_;
  Callee callee_;
};

}  // namespace ulpforge::validate
