// From an operation to LLVM instructions: what each row of the operation table becomes.
//
// A value of the program is a vector with an element per point: <N x float> and so on, <N x i1> for
// truth values, N as jit/isa/isa.h has it for floats, whatever the type. The meaning is that of
// ir/portable.h, for every input; where an LLVM instruction has less (poison, undefined NaNs), it
// is not used bare.
#pragma once

#include <array>
#include <cstdint>

#include "ir/ops.h"
#include "jit/isa/isa.h"

namespace llvm {
class IRBuilderBase;
class LLVMContext;
class Type;
class Value;
}  // namespace llvm

namespace ulpforge::jit {

/// An instruction in place: its facts, its operands as LLVM values, and where to write.
struct Site {
  llvm::IRBuilderBase& build;
  Isa isa;
  ir::Type type;                           ///< the T of the operation's signature
  std::uint8_t immediate;                  ///< of ir::Op::Ternary
  std::array<llvm::Value*, 3> operands{};  ///< vectors; a table is a pointer to its entries

  llvm::Value* a() const { return operands[0]; }
  llvm::Value* b() const { return operands[1]; }
  llvm::Value* c() const { return operands[2]; }
};

using Lowering = llvm::Value* (*)(const Site&);

/// The lowering of a row, or nullptr where it has none.
Lowering find_lowering(ir::Op op);

/// The LLVM type of one value, and of a vector of them.
llvm::Type* scalar_type(llvm::LLVMContext& context, ir::Type type);
llvm::Type* vector_type(llvm::LLVMContext& context, ir::Type type, Isa isa);

}  // namespace ulpforge::jit
