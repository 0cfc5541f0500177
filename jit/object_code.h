// Programs as an object file in memory.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "ir/program.h"
#include "jit/options.h"

namespace llvm {
class MemoryBuffer;
class TargetMachine;
}  // namespace llvm

namespace ulpforge::jit {

/// One kernel (jit/kernel.h) per program, in one module; the k-th is called prefix + k.
std::unique_ptr<llvm::MemoryBuffer> compile_object(llvm::TargetMachine& machine,
                                                   const std::string& prefix,
                                                   std::span<const ir::Program> programs,
                                                   const Options& options, Isa isa);

}  // namespace ulpforge::jit
