// A program as an LLVM function.
#pragma once

#include <span>
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

/// Throws std::invalid_argument, naming the program by its place, if one has no kernel: a defect,
/// real arithmetic, other than one input, a truth value as result; or if the options ask for what
/// there is not.
void require_compilable(std::span<const ir::Program> programs, const Options& options);

/// Adds to the module a function
///   void symbol(const void* constants, const X* x, Y* y, int64_t blocks)
/// that evaluates the program at blocks * block_size points; blocks > 0. constants is a
/// frame (jit/constant_frame.h), unread if they are embedded.
void add_kernel(llvm::Module& module, const std::string& symbol, const ir::Program& program,
                const Options& options, Isa isa);

}  // namespace ulpforge::jit
