// Translation of kernels to the real regime and back, and their normal form.
#include "evo/kernel.h"

#include <utility>

#include "ir/canonical.h"
#include "ir/uses.h"

namespace ulpforge::evo {
namespace {

using ir::Instruction;
using ir::Op;
using ir::Operand;
using ir::Program;
using ir::Type;

/// Appends a binary operation with a constant, if any, on the left: x - c becomes -c + x.
std::optional<Operand> add_binary(Program& to, Op op, Operand a, Operand b) {
  if (a.is_constant() && b.is_constant()) return std::nullopt;
  if (b.is_constant() && (op == Op::Sub || op == Op::Div)) return std::nullopt;
  if (b.is_constant()) std::swap(a, b);
  return to.add(op, a, b);
}

}  // namespace

std::optional<Program> to_real(const Program& kernel) {
  Program real;
  real.constants = kernel.constants;
  std::vector<Operand> place(kernel.code.size());
  std::vector<int> reads(kernel.constants.size(), 0);
  const auto moved = [&](Operand operand) {
    if (operand.is_constant()) ++reads[operand.index];
    return operand.is_value() ? place[operand.index] : operand;
  };
  for (std::size_t i = 0; i < kernel.code.size(); ++i) {
    const Instruction& step = kernel.code[i];
    const bool kink = step.op == Op::Abs || step.op == Op::Min || step.op == Op::Max;
    if (!ir::info(step.op).arithmetic || kink) return std::nullopt;
    const Operand a = moved(step.operands[0]);
    const Operand b = step.arity() > 1 ? moved(step.operands[1]) : Operand{};
    std::optional<Operand> value;
    if (step.op == Op::Fma) {
      const Operand c = moved(step.operands[2]);
      value = add_binary(real, Op::Mul, a, b);
      if (value) value = add_binary(real, Op::Add, *value, c);
    } else if (step.arity() == 1) {
      if (!a.is_constant()) value = real.add(step.op, a);
    } else {
      value = add_binary(real, step.op, a, b);
    }
    if (!value) return std::nullopt;
    place[i] = *value;
  }
  real.result = moved(kernel.result);
  for (const int count : reads) {
    if (count != 1) return std::nullopt;
  }
  if (real.result.is_constant() || real.code.size() > kMaxSteps) return std::nullopt;
  return real;
}

std::optional<Program> to_kernel(const Program& real) {
  if (real.result.is_constant()) return std::nullopt;
  const std::vector<int> uses = ir::count_uses(real);
  Program kernel = empty_kernel();
  kernel.constants = real.constants;
  std::vector<Operand> place(real.code.size());
  const auto moved = [&](Operand operand) {
    return operand.is_value() ? place[operand.index] : operand;
  };
  const auto is_product = [&](Operand operand) {
    return operand.is_value() && real.code[operand.index].op == Op::Mul && uses[operand.index] == 1;
  };
  for (std::size_t i = 0; i < real.code.size(); ++i) {
    const Instruction& step = real.code[i];
    if (!ir::contains(ir::info(step.op).types, Type::F32)) return std::nullopt;
    const Operand a = step.operands[0];
    const Operand b = step.operands[1];
    if (step.op == Op::Add && (is_product(a) || is_product(b))) {
      const Operand product = is_product(a) ? a : b;
      const Instruction& factors = real.code[product.index];
      place[i] = kernel.add(Type::F32, Op::Fma, moved(factors.operands[0]),
                            moved(factors.operands[1]), moved(is_product(a) ? b : a));
    } else {
      place[i] = kernel.add(Type::F32, step.op, moved(a), moved(b));
    }
  }
  kernel.result = moved(real.result);
  return tidy(kernel);
}

Program empty_kernel() {
  Program kernel;
  kernel.input_types[0] = Type::F32;
  return kernel;
}

Program tidy(const Program& kernel) {
  Program tidied = ir::canonical(kernel);
  std::vector<char> read(tidied.constants.size(), 0);
  for (Instruction& step : tidied.code) {
    for (std::size_t k = 0; k < step.arity(); ++k) {
      Operand& operand = step.operands[k];
      if (!operand.is_constant()) continue;
      if (read[operand.index]) {
        operand = tidied.add_constant(tidied.constants[operand.index]);
        read.push_back(1);
      }
      read[operand.index] = 1;
    }
    if (step.op == Op::Sub && step.operands[1].is_constant()) {
      numbers::DoubleDouble& constant = tidied.constants[step.operands[1].index];
      constant = -constant;
      step.op = Op::Add;
    }
    if (step.op == Op::Div && step.operands[1].is_constant()) {
      numbers::DoubleDouble& constant = tidied.constants[step.operands[1].index];
      constant = numbers::DoubleDouble(1.0) / constant;
      step.op = Op::Mul;
    }
  }
  return ir::canonical(tidied);
}

void round_constants(Program& kernel, Type type) {
  for (numbers::DoubleDouble& constant : kernel.constants) {
    constant =
        type == Type::F64 ? constant.hi : static_cast<double>(static_cast<float>(constant.hi));
  }
}

}  // namespace ulpforge::evo
