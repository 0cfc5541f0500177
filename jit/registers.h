// Vectors as the registers that hold them, for instructions that LLVM knows only at the width of a
// register.
#pragma once

#include <initializer_list>

#include "jit/lowering.h"

namespace ulpforge::jit {

/// Elements of that type in a register of the instruction set.
unsigned register_elements(Isa isa, ir::Type type);

/// An LLVM intrinsic of that number over whole registers, with these further arguments. The number
/// depends on the type and instruction set.
llvm::Value* by_registers(const Site& site, unsigned intrinsic,
                          std::initializer_list<llvm::Value*> operands,
                          std::initializer_list<llvm::Value*> further = {});

/// A number for each instruction set of x86-64 and width of type; 0 where there is no such
/// intrinsic.
struct IntrinsicTable {
  unsigned sse2_f32, sse2_f64, avx2_f32, avx2_f64, avx512_f32, avx512_f64;
  unsigned find(Isa isa, ir::Type type) const;
};

/// "Round as the mode says", the last argument of AVX-512 intrinsics.
llvm::Value* current_rounding(const Site& site);

}  // namespace ulpforge::jit
