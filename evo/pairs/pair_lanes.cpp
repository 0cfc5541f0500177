// One loop an operation, which compilers make vectors of.
#include "evo/pairs/pair_lanes.h"

#include <stdexcept>
#include <type_traits>

#include "ir/portable.h"

namespace ulpforge::evo::pairs {
namespace {

namespace portable = ir::portable;
using ir::Op;
using Row = PairLanes::Row;

/// Over a block: out = function(a, b, c), of which the operation reads as many as it has operands.
using Kernel = void (*)(const Row& a, const Row& b, const Row& c, Row& out,
                        const ir::Instruction& step);

template <class Function>
void map(const Row& a, const Row& b, const Row& c, Row& out, Function function) {
  for (std::size_t i = 0; i < kPairLanes; ++i) {
    if constexpr (std::is_invocable_v<Function, std::int32_t>) {
      out[i] = function(a[i]);
    } else if constexpr (std::is_invocable_v<Function, std::int32_t, std::int32_t>) {
      out[i] = function(a[i], b[i]);
    } else {
      out[i] = function(a[i], b[i], c[i]);
    }
  }
}

/// The kernel of a function of integers that needs nothing of the instruction.
template <auto function>
void each(const Row& a, const Row& b, const Row& c, Row& out, const ir::Instruction&) {
  map(a, b, c, out, function);
}

using I = std::int32_t;

/// The operations of pair programs, a row each. Truth values are 0 and 1.
struct Operation {
  Op op;
  Kernel run;
};
constexpr std::array kOperations = {
    Operation{Op::Add, each<[](I p, I q) { return portable::add(p, q); }>},
    Operation{Op::Sub, each<[](I p, I q) { return portable::sub(p, q); }>},
    Operation{Op::Min, each<[](I p, I q) { return p < q ? p : q; }>},
    Operation{Op::Max, each<[](I p, I q) { return p < q ? q : p; }>},
    Operation{Op::BitAnd, each<[](I p, I q) { return portable::bit_and(p, q); }>},
    Operation{Op::BitOr, each<[](I p, I q) { return portable::bit_or(p, q); }>},
    Operation{Op::BitXor, each<[](I p, I q) { return portable::bit_xor(p, q); }>},
    Operation{Op::ShiftLeft, each<[](I p, I q) { return portable::shift_left(p, q); }>},
    Operation{Op::ShiftRight, each<[](I p, I q) { return portable::shift_right(p, q); }>},
    Operation{Op::ShiftRightLogical,
              each<[](I p, I q) { return portable::shift_right_logical(p, q); }>},
    Operation{Op::BitNot, each<[](I p) { return portable::bit_not(p); }>},
    Operation{Op::Less, each<[](I p, I q) { return I{portable::less(p, q)}; }>},
    Operation{Op::LessEqual, each<[](I p, I q) { return I{portable::less_equal(p, q)}; }>},
    Operation{Op::Equal, each<[](I p, I q) { return I{portable::equal(p, q)}; }>},
    Operation{Op::Select, each<[](I p, I q, I r) { return portable::select(p != 0, q, r); }>},
    // Only where they are asked for.
    Operation{Op::Mul, each<[](I p, I q) { return portable::mul(p, q); }>},
    Operation{Op::Ternary,
              [](const Row& a, const Row& b, const Row& c, Row& out, const ir::Instruction& step) {
                map(a, b, c, out,
                    [&](I p, I q, I r) { return portable::ternary(p, q, r, step.immediate); });
              }},
};
constexpr std::size_t kUsual = kOperations.size() - 2;

constexpr auto kNames = [] {
  std::array<Op, kOperations.size()> names{};
  for (std::size_t k = 0; k < names.size(); ++k) names[k] = kOperations[k].op;
  return names;
}();

/// By the operation; null for others.
constexpr auto kKernels = [] {
  std::array<Kernel, 256> kernels{};
  for (const Operation& row : kOperations) kernels[static_cast<std::size_t>(row.op)] = row.run;
  return kernels;
}();

}  // namespace

std::span<const Op> integer_operations() { return kNames; }
std::span<const Op> usual_operations() { return std::span(kNames).first(kUsual); }

void PairLanes::load(const ir::Program& program) {
  if (program.code.size() > kMaxPairOperations || program.constants.size() > kMaxPairConstants) {
    throw std::logic_error("a pair program of too many operations");
  }
  program_ = &program;
  for (std::size_t k = 0; k < program.constants.size(); ++k) {
    constants_[k].fill(static_cast<std::int32_t>(ir::integer_value(program.constants[k])));
  }
}

const Row& PairLanes::row(ir::Operand operand, const Row& x, const Row& y) const {
  if (operand.is_input()) return operand.index == 0 ? x : y;
  return operand.is_constant() ? constants_[operand.index] : values_[operand.index];
}

const Row& PairLanes::run(const Row& x, const Row& y) {
  for (std::size_t i = 0; i < program_->code.size(); ++i) {
    const ir::Instruction& step = program_->code[i];
    kKernels[static_cast<std::size_t>(step.op)](row(step.operands[0], x, y),
                                                row(step.operands[1], x, y),
                                                row(step.operands[2], x, y), values_[i], step);
  }
  return row(program_->result, x, y);
}

}  // namespace ulpforge::evo::pairs
