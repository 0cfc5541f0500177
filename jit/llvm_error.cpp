#include "jit/llvm_error.h"

#include <fmt/format.h>
#include <llvm/Support/Error.h>

#include <stdexcept>

namespace ulpforge::jit {

void check(llvm::Error error, const char* doing) {
  if (!error) return;
  throw std::runtime_error(fmt::format("{}: {}", doing, llvm::toString(std::move(error))));
}

}  // namespace ulpforge::jit
