// What the cost model knows of a processor: which pipes execute an operation, for how long.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "ir/program.h"
#include "jit/processor.h"

namespace ulpforge::jit {

/// Operations of one register, by the sets of pipes that can execute them. What the sets are, each
/// processor says for itself.
struct Work {
  static constexpr std::size_t kPipeSets = 6;

  std::array<double, kPipeSets> pipes = {};
  double divide = 0;   ///< cycles of the divider, for 256 bits
  double latency = 0;  ///< cycles

  /// Operations that wait for operands: all of them, and a division is one.
  double operations() const;
  void add(const Work& more, double count);
};

/// The price of an operation over these types, with the instructions of AVX-512, of AVX2, of SSE2.
/// A price is for each register of T.
struct Price {
  ir::Op op;
  ir::TypeSet types;
  Work avx512, avx2, sse2;
  constexpr Price(ir::Op o, ir::TypeSet t, Work everywhere) : Price(o, t, everywhere, everywhere) {}
  constexpr Price(ir::Op o, ir::TypeSet t, Work a, Work b) : Price(o, t, a, b, b) {}
  constexpr Price(ir::Op o, ir::TypeSet t, Work a, Work b, Work c)
      : op(o), types(t), avx512(a), avx2(b), sse2(c) {}
};

struct ProcessorModel {
  std::span<const Price> prices;
  double (*busiest_pipe)(const Work& work);  ///< cycles that the operations of one turn take
  double scheduled;                          ///< operations that wait for operands
  double front_end;                          ///< operations in a cycle
  double turn;                               ///< cycles that a turn of a loop takes besides
  Work test;                                 ///< of a condition's lanes, for a jump
};

ProcessorModel zen5_model();
ProcessorModel golden_cove_model();

}  // namespace ulpforge::jit
