// Takes fma apart, and puts it together.
#include "ir/fusion.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "ir/uses.h"

namespace ulpforge::ir {
namespace {

/// Copies a program instruction by instruction; constants are those that are read.
class Copy {
 public:
  explicit Copy(const Program& from) : from_(from), place_(from.code.size()) {
    to_.input_types = from.input_types;
    to_.inputs = from.inputs;
  }

  Operand moved(Operand operand) {
    if (operand.is_constant()) return to_.add_constant(from_.constants[operand.index]);
    return operand.is_value() ? place_[operand.index] : operand;
  }
  Operand negated(Operand constant) { return to_.add_constant(-from_.constants[constant.index]); }
  Operand constant(double value) { return to_.add_constant(value); }
  Operand add(Op op, Operand a, Operand b, Operand c = {}) { return to_.add(op, a, b, c); }
  void place(std::size_t i, Operand operand) { place_[i] = operand; }
  void keep(std::size_t i) {
    Instruction step = from_.code[i];
    for (std::size_t k = 0; k < step.arity(); ++k) step.operands[k] = moved(step.operands[k]);
    to_.code.push_back(step);
    place_[i] = Operand::value(to_.code.size() - 1);
  }
  Program finish() {
    to_.result = moved(from_.result);
    return std::move(to_);
  }

 private:
  const Program& from_;
  Program to_;
  std::vector<Operand> place_;
};

/// How a sum reads a product: as one operand, the other being the addend.
struct Fusion {
  std::size_t product = 0;
  std::size_t side = 0;  ///< of the product in the sum
};

/// Whether the product at `side` of the instruction can be fused without another operation: the
/// sign that a difference gives it, or its addend, has to be a constant's.
bool can_fuse(const Program& program, const Instruction& sum, std::size_t side) {
  const Operand product = sum.operands[side];
  const Operand addend = sum.operands[1 - side];
  if (addend == product) return false;
  if (sum.op == Op::Add) return true;
  if (sum.op != Op::Sub) return false;
  if (side == 0) return addend.is_constant();
  const Instruction& factors = program.code[product.index];
  return factors.operands[0].is_constant() || factors.operands[1].is_constant();
}

}  // namespace

Program split_fma(const Program& program) {
  if (std::ranges::find(program.code, Op::Fma, &Instruction::op) == program.code.end()) {
    return program;
  }
  Copy copy(program);
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    const Instruction& step = program.code[i];
    if (step.op != Op::Fma) {
      copy.keep(i);
      continue;
    }
    const Operand a = copy.moved(step.operands[0]);
    const Operand b = copy.moved(step.operands[1]);
    const Operand product = copy.add(Op::Mul, a, b);
    copy.place(i, copy.add(Op::Add, product, copy.moved(step.operands[2])));
  }
  return copy.finish();
}

Program without_fma(const Program& program) {
  Program apart = program;
  apart.code.clear();
  std::vector<Operand> place;
  const auto moved = [&](Operand operand) {
    return operand.is_value() ? place[operand.index] : operand;
  };
  for (Instruction step : program.code) {
    for (std::size_t k = 0; k < step.arity(); ++k) step.operands[k] = moved(step.operands[k]);
    if (step.op == Op::Fma) {
      const Operand product = apart.add(step.type, Op::Mul, step.operands[0], step.operands[1]);
      place.push_back(apart.add(step.type, Op::Add, product, step.operands[2]));
    } else {
      apart.code.push_back(step);
      place.push_back(Operand::value(apart.code.size() - 1));
    }
  }
  apart.result = moved(program.result);
  return apart;
}

Program fuse(const Program& program, const Costs& costs, std::span<const Op> allowed) {
  const auto has = [&](Op op) { return std::ranges::find(allowed, op) != allowed.end(); };
  const std::size_t length = program.code.size();
  std::vector<std::optional<Fusion>> fused(length);  // by sum
  std::vector<bool> gone(length, false);             // products that nothing reads any more
  for (std::size_t i = 0; i < length; ++i) {
    if (program.code[i].op != Op::Mul) continue;
    const std::vector<Use> readers = uses_of(program, Operand::value(i), i + 1);
    const bool possible = std::ranges::all_of(readers, [&](Use use) {
      return !use.is_result(program) && !fused[use.instruction] &&
             (program.code[use.instruction].op == Op::Add ||
              program.code[use.instruction].op == Op::Sub) &&
             can_fuse(program, program.code[use.instruction], use.side);
    });
    if (!possible || readers.empty()) continue;
    double apart = costs.of(Op::Mul);
    for (const Use use : readers) apart += costs.of(program.code[use.instruction].op);
    const double together = static_cast<double>(readers.size()) * costs.of(Op::Fma);
    if (together > apart || (together == apart && has(Op::Mul))) continue;
    gone[i] = true;
    for (const Use use : readers) fused[use.instruction] = Fusion{i, use.side};
  }
  Copy copy(program);
  for (std::size_t i = 0; i < length; ++i) {
    if (gone[i]) continue;
    const Instruction& step = program.code[i];
    if (fused[i]) {
      const Instruction& product = program.code[fused[i]->product];
      const std::size_t side = fused[i]->side;
      const bool minus_addend = step.op == Op::Sub && side == 0;
      const bool minus_product = step.op == Op::Sub && side == 1;
      std::array<Operand, 2> factors;
      bool negate = minus_product;
      for (std::size_t k = 0; k < 2; ++k) {
        const Operand factor = product.operands[k];
        const bool here = negate && factor.is_constant();
        factors[k] = here ? copy.negated(factor) : copy.moved(factor);
        negate = negate && !here;
      }
      const Operand addend = step.operands[1 - side];
      copy.place(i, copy.add(Op::Fma, factors[0], factors[1],
                             minus_addend ? copy.negated(addend) : copy.moved(addend)));
    } else if (step.op == Op::Mul && !has(Op::Mul)) {
      const Operand a = copy.moved(step.operands[0]);
      const Operand b = copy.moved(step.operands[1]);
      copy.place(i, copy.add(Op::Fma, a, b, copy.constant(0)));
    } else if (step.op == Op::Add && !has(Op::Add)) {
      const bool swapped = step.operands[0].is_constant();
      const Operand a = copy.moved(step.operands[swapped ? 1 : 0]);
      const Operand one = copy.constant(1);
      copy.place(i, copy.add(Op::Fma, a, one, copy.moved(step.operands[swapped ? 0 : 1])));
    } else if (step.op == Op::Sub && !has(Op::Sub)) {
      const Operand b = copy.moved(step.operands[1]);
      const Operand minus = copy.constant(-1);
      copy.place(i, copy.add(Op::Fma, b, minus, copy.moved(step.operands[0])));
    } else {
      copy.keep(i);
    }
  }
  return copy.finish();
}

}  // namespace ulpforge::ir
