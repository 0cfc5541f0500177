// What a program costs, by a model: deterministic, the same on every machine, and cheap enough for
// every candidate of a search (about a microsecond).
//
// Each operation is executed by some of a processor's pipes (jit/processors), and a loop's time is
// that of the busiest. And the schedulers hold so many operations that wait for operands: by
// Little's law a loop takes at least operations x latency / that number of cycles a turn, which is
// what limits long chains (a polynomial by Horner's rule next to a table look-up, say). Beside
// these stand the divider, the stores and the front end. Rare code (ir/rare.h) costs nothing.
// LLVM's own simulation (jit/mca.h) needs compiled code, which takes milliseconds a program: too
// long for a search.
#pragma once

#include <optional>
#include <string_view>

#include "ir/program.h"
#include "jit/isa/isa.h"
#include "jit/processor.h"

namespace ulpforge::jit {

struct Cost {
  double throughput = 0;  ///< cycles per element in a long loop of vectors of that instruction set
  double latency = 0;     ///< cycles from the input to the result, along the longest chain
};

/// The cost of a machine program without defects. Throws std::invalid_argument where the processor
/// lacks the instruction set (jit::has). Generic is priced as Sse2, or Neon. Of Scalar and
/// ScalarFma it is that of one call among many that do not wait for each other. Instructions that
/// the result does not need, or that are there twice, count: price canonical programs.
Cost model_cost(const ir::Program& program, Isa isa, Processor processor);

/// What programs are priced by.
enum class CostModel {
  Cycles,  ///< model_cost()
  Steps    ///< step_cost()
};

/// "cycles", "steps".
std::string_view name(CostModel model);
std::optional<CostModel> find_cost_model(std::string_view name);

/// One for each operation on an element, as where a program becomes part of another and nothing is
/// known of what else there is to do: without loads and stores, reinterpretations of bits, signs
/// that fma takes along, and rare code but for one step to see whether it is due. Operations that
/// the instruction set has no instruction for count as those that take their place. Latency is the
/// longest chain of them.
Cost step_cost(const ir::Program& program, Isa isa, Processor processor);

/// A square root of one vector of floats, by the divider.
struct SquareRootCost {
  double operations = 0;  ///< that the pipes execute for it besides
  double meanwhile = 0;   ///< fma that the pipes could execute while the divider is at it
};
SquareRootCost square_root_cost(Isa isa, Processor processor);

}  // namespace ulpforge::jit
