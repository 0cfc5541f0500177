// Changes of a program's dress: the same function in real arithmetic, written differently.
#pragma once

#include <utility>
#include <vector>

#include "ir/program.h"
#include "tests/ir/random_programs.h"

namespace ulpforge::ir::test {

/// Copies `program`, rewriting each instruction with probability `p` in one of the ways in which
/// people and mutations write the same thing. Needs the operations of kRealOps.
inline Program redressed(const Program& program, RandomPrograms& random, double p) {
  Program result;
  result.constants = program.constants;
  std::vector<Operand> moved(program.code.size());
  const auto move = [&](Operand operand) {
    return operand.is_value() ? moved[operand.index] : operand;
  };
  const auto number = [&](double value) { return result.add_constant(value); };
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    const Op op = program.code[i].op;
    Operand a = move(program.code[i].operands[0]);
    Operand b = move(program.code[i].operands[1]);
    const bool unary = info(op).arity == 1;
    if (info(op).commutes && random.chance(p)) std::swap(a, b);
    Operand value{};
    if (op == Op::Sub && random.chance(p)) {
      value = random.chance(0.5) ? result.add(Op::Neg, result.add(Op::Sub, b, a))
                                 : result.add(Op::Add, result.add(Op::Neg, b), a);
    } else if (op == Op::Add && b.is_constant() && random.chance(p)) {
      // v + c = (v + 0.75 c) + 0.25 c; powers of two keep the splitting exact.
      const numbers::DoubleDouble c = result.constants[b.index];
      const numbers::DoubleDouble quarter{c.hi / 4, c.lo / 4};
      const Operand first = result.add(Op::Add, a, result.add_constant(c - quarter));
      value = result.add(Op::Add, first, result.add_constant(quarter));
    } else if (op == Op::Mul && b.is_constant() && random.chance(p)) {
      const numbers::DoubleDouble c = result.constants[b.index];
      value = random.chance(0.5)
                  ? result.add(Op::Mul,
                               result.add(Op::Mul, a, result.add_constant({c.hi / 4, c.lo / 4})),
                               number(4))
                  : result.add(Op::Div, a, result.add_constant(numbers::DoubleDouble(1) / c));
    } else {
      value = unary ? result.add(op, a) : result.add(op, a, b);
    }
    if (random.chance(p / 4)) value = result.add(Op::Add, value, number(0));
    if (random.chance(p / 4)) value = result.add(Op::Mul, number(1), value);
    if (random.chance(p / 4)) value = result.add(Op::Div, value, number(1));
    if (random.chance(p / 4)) value = result.add(Op::Sub, value, number(0));
    if (random.chance(p / 4)) value = result.add(Op::Neg, result.add(Op::Neg, value));
    moved[i] = value;
  }
  result.result = move(program.result);
  return result;
}

/// Copies the program, computing the value of one instruction once more for one of its readers.
inline Program with_duplicate(const Program& program, RandomPrograms& random) {
  Program result = program;
  if (program.code.empty()) return result;
  const std::size_t chosen = random.below(program.code.size());
  // Appended copies must precede their readers: shift everything after the chosen one by one.
  result.code.insert(result.code.begin() + static_cast<std::ptrdiff_t>(chosen) + 1,
                     program.code[chosen]);
  bool duplicate_read = false;
  const auto shift = [&](Operand& operand) {
    if (!operand.is_value() || operand.index < chosen) return;
    if (operand.index > chosen) {
      ++operand.index;
    } else if (!std::exchange(duplicate_read, true) || random.chance(0.5)) {
      ++operand.index;
    }
  };
  for (std::size_t i = chosen + 2; i < result.code.size(); ++i) {
    for (std::size_t k = 0; k < result.code[i].arity(); ++k) shift(result.code[i].operands[k]);
  }
  shift(result.result);
  return result;
}

}  // namespace ulpforge::ir::test
