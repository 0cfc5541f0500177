// A program as an LLVM function.
#pragma once

#include <string>

#include "ir/program.h"
#include "jit/options.h"

namespace llvm {
class Module;
}

namespace ulpforge::jit {

/// Points in one turn of a kernel's loop.
inline std::size_t block_size(const Options& options, Isa isa) {
  return std::size_t{lanes(isa)} * options.interleave;
}

/// Adds to the module a function
///   void symbol(const void* constants, const X* x, Y* y, int64_t blocks)
/// that evaluates the program at blocks * block_size points; blocks > 0. constants is a
/// frame (jit/constant_frame.h), unread if they are embedded.
void add_kernel(llvm::Module& module, const std::string& symbol, const ir::Program& program,
                const Options& options, Isa isa);

}  // namespace ulpforge::jit
