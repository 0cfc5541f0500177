// What a program costs, by a model: deterministic, the same on every machine, and cheap enough for
// every candidate of a search (about a microsecond).
//
// The model is the ports of Zen 4, whose scheduling model jit/mca.h follows too. Four pipes execute
// vector operations; each operation may go to some of them, and a 512-bit one holds its pipe for
// two cycles. A loop's time is the largest of, over every set of pipes, the work that only they can
// do divided among them; the divider's; the stores'; and six operations in a cycle at the front
// end. Rare code (ir/rare.h) costs nothing. LLVM's own simulation (jit/mca.h) needs compiled code, and that takes milliseconds a
// program: too long for a search, but right for finalists.
#pragma once

#include "ir/program.h"
#include "jit/isa.h"

namespace ulpforge::jit {

struct Cost {
  double throughput = 0;  ///< cycles per element in a long loop of vectors of that instruction set
  double latency = 0;     ///< cycles from the input to the result, along the longest chain
};

/// The cost of a machine program without defects. Generic is priced as Sse2. Instructions that the
/// result does not need, or that are there twice, count: price canonical programs.
Cost model_cost(const ir::Program& program, Isa isa);

/// Whether the table has a price for the operation over that type.
bool has_price(ir::Op op, ir::Type type);

}  // namespace ulpforge::jit
