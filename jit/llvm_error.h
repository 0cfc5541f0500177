// LLVM's errors as exceptions: the one place where the two meet.
#pragma once

#include <string>

namespace llvm {
class Error;
template <class T>
class Expected;
}  // namespace llvm

namespace ulpforge::jit {

/// Throws std::runtime_error "doing: what LLVM says" if there is an error.
void check(llvm::Error error, const char* doing);

/// The value, or the same exception.
template <class T>
T value_of(llvm::Expected<T> expected, const char* doing) {
  check(expected.takeError(), doing);
  return std::move(*expected);
}

}  // namespace ulpforge::jit
