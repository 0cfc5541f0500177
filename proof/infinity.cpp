// Every value of a program is a ball or infinite.
#include "proof/infinity.h"

#include <optional>
#include <vector>

#include "targets/exact/real.h"

namespace ulpforge::proof {
namespace {

using targets::Ball;

/// The ball of a value, or nothing where the value is infinite (of either sign).
using Value = std::optional<Ball>;

/// Addition or subtraction, which both carry one infinity.
std::optional<Value> sum(ir::Op op, const Value& a, const Value& b, long bits) {
  if (!a && !b) return std::nullopt;
  if (!a || !b) return Value();
  Ball out;
  targets::apply(op, out, *a, *b, {}, bits);
  return out;
}

std::optional<Value> product(const Value& a, const Value& b, long bits) {
  if (a && b) {
    Ball out;
    targets::apply(ir::Op::Mul, out, *a, *b, {}, bits);
    return out;
  }
  const bool zero = (a && a->contains_zero()) || (b && b->contains_zero());
  return zero ? std::nullopt : std::optional(Value());
}

std::optional<Value> quotient(const Value& a, const Value& b, long bits) {
  if (!b) return a ? std::optional(Value(Ball(0.0))) : std::nullopt;
  if (!a) return Value();  // by 0 too
  if (b->contains_zero()) return a->contains_zero() ? std::nullopt : std::optional(Value());
  Ball out;
  targets::apply(ir::Op::Div, out, *a, *b, {}, bits);
  return out;
}

/// An operation that carries no infinity; nothing where an operand is one, or not in its domain.
std::optional<Value> finite(const ir::Instruction& step, const Value& a, const Value& b,
                            long bits) {
  if (!a || (!b && step.arity() > 1)) return std::nullopt;
  const Ball other = b ? *b : Ball();
  if (targets::undefined(step.op, *a, other)) return std::nullopt;
  Ball out;
  targets::apply(step.op, out, *a, other, {}, bits);
  return out;
}

}  // namespace

bool carries_infinities(const ir::Program& program, const Ball& x, long bits) {
  const Value input = x;
  std::vector<Value> constants;
  for (const numbers::DoubleDouble& value : program.constants) constants.emplace_back(Ball(value));
  std::vector<Value> values(program.code.size());
  const auto read = [&](ir::Operand operand) -> const Value& {
    if (operand.is_input()) return input;
    return operand.is_constant() ? constants[operand.index] : values[operand.index];
  };
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    const ir::Instruction& step = program.code[i];
    const Value& a = read(step.operands[0]);
    const Value& b = read(step.operands[1]);
    std::optional<Value> value;
    switch (step.op) {
      case ir::Op::Add:
      case ir::Op::Sub:
        value = sum(step.op, a, b, bits);
        break;
      case ir::Op::Mul:
        value = product(a, b, bits);
        break;
      case ir::Op::Div:
        value = quotient(a, b, bits);
        break;
      case ir::Op::Fma:
        if (const auto first = product(a, b, bits)) {
          value = sum(ir::Op::Add, *first, read(step.operands[2]), bits);
        }
        break;
      case ir::Op::Neg:
      case ir::Op::Abs:
        value = a ? finite(step, a, b, bits) : std::optional(Value());
        break;
      case ir::Op::Min:
      case ir::Op::Max:
        if (!a || !b) return false;
        value = finite(step, a, b, bits);
        break;
      case ir::Op::Sqrt:
#include "ir/reference_cases.def"
        value = finite(step, a, b, bits);
        break;
#include "ir/machine_cases.def"
        return false;
    }
    if (!value || (*value && !(*value)->is_finite())) return false;
    values[i] = std::move(*value);
  }
  return read(program.result).has_value();
}

bool reaches_limit(const ir::Program& program, double x, const Ball& limit) {
  constexpr unsigned kBits = 400;
  constexpr long kAgree = 60;
  const auto agrees = [&](double start) {
    targets::RealMachine machine(program, kBits);
    const numbers::Mpfr at = targets::real(start, kBits);
    machine.run(at);
    if (!mpfr_number_p(numbers::raw(machine.result()))) return false;
    Ball difference(machine.result());
    arb_sub(difference.get(), difference.get(), limit.get(), kBits);
    Ball allowed;
    arb_abs(allowed.get(), limit.get());
    arb_mul_2exp_si(allowed.get(), allowed.get(), -kAgree);
    arb_abs(difference.get(), difference.get());
    return arb_is_zero(difference.get()) || arb_le(difference.get(), allowed.get());
  };
  return agrees(x) && (x != 0 || agrees(-x));
}

}  // namespace ulpforge::proof
