// What a program costs, by LLVM's machine code analyser: the compiled loop, simulated on kTunedFor.
//
// It knows what jit/cost.h does not (how operations are scheduled, what the compiler made of them),
// but needs compiled code: about 10 ms a program, most of it the compiler's. For finalists, and to
// check the prices in jit/processors. Deterministic, and the same on every x86-64 machine.
#pragma once

#include "ir/program.h"
#include "jit/cost.h"

namespace ulpforge::jit {

/// Throughput: cycles per element of 100 turns of the fully optimised loop, constants embedded.
/// Latency: cycles of one turn beyond those of a mere copy. Throws std::invalid_argument for
/// Generic, for AArch64 and for programs that do not compile, as Compiler::compile does; the host
/// need not have the instruction set. Code that calls functions (SSE2 has no fma) is priced without
/// what they do.
Cost simulated_cost(const ir::Program& program, Isa isa);

}  // namespace ulpforge::jit
