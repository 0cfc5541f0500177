// Prices of operations on one processor: which of its pipes execute them, for how long.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "ir/ops.h"
#include "jit/isa/isa.h"

namespace ulpforge::jit {

/// Operations of one register, by the sets of pipes that can execute them. What the sets are, each
/// processor says for itself.
struct Work {
  static constexpr std::size_t kPipeSets = 6;

  std::array<double, kPipeSets> pipes = {};
  double divide = 0;   ///< cycles of the divider, for as many bits as it takes at a time
  double latency = 0;  ///< cycles
  double integer = 0;  ///< operations of the integer units, which wait in schedulers of their own

  /// Operations of the pipes that wait for operands: all of them, and a division is one.
  double operations() const;
  void add(const Work& more, double count);
};

/// The price of an operation over these types, with the instructions of each set that processors of
/// an architecture have, the richest first: of AVX-512, AVX2, SSE2; of SVE, NEON. A price is for
/// each register of T. In a table of prices of single numbers the second is that with fma, the
/// third that of every x86-64.
struct Price {
  ir::Op op;
  ir::TypeSet types;
  Work first, second, third;
  constexpr Price(ir::Op o, ir::TypeSet t, Work everywhere) : Price(o, t, everywhere, everywhere) {}
  constexpr Price(ir::Op o, ir::TypeSet t, Work a, Work b) : Price(o, t, a, b, b) {}
  constexpr Price(ir::Op o, ir::TypeSet t, Work a, Work b, Work c)
      : op(o), types(t), first(a), second(b), third(c) {}

  /// With the instructions of that set. Generic has those of SSE2, or of NEON.
  const Work& work(Isa isa) const;
};

/// Prices of every operation over every machine type that it has. A table that lacks one, or has
/// two for the same, does not compile; the compiler's message names the operation.
class PriceTable {
 public:
  /// The prices have to outlive the table.
  template <std::size_t kCount>
  consteval PriceTable(const std::array<Price, kCount>& prices) : prices_(prices) {
#define ARITHMETIC(enumerator, name, arity, infix, commutes, cost, machine, ...) \
  require<ir::Op::enumerator>(ir::machine);
#define MACHINE(enumerator, name, signature, commutes, types) \
  require<ir::Op::enumerator>(ir::types);
#define REFERENCE(enumerator, ...) require<ir::Op::enumerator>(0);
#include "ir/ops.def"
#undef ARITHMETIC
#undef MACHINE
#undef REFERENCE
  }

  /// Nothing where the operation does not exist over the type.
  const Price* find(ir::Op op, ir::Type type) const {
    for (const Price& price : prices_) {
      if (price.op == op && ir::contains(price.types, type)) return &price;
    }
    return nullptr;
  }

 private:
  template <ir::Op op>
  consteval void require(ir::TypeSet types) const {
    ir::TypeSet priced = 0;
    for (const Price& price : prices_) {
      if (price.op != op) continue;
      if ((priced & price.types) != 0) throw "two prices over one type";
      priced |= price.types;
    }
    if (priced != types) throw "prices are over other types than the operation";
  }

  std::span<const Price> prices_;
};

}  // namespace ulpforge::jit
