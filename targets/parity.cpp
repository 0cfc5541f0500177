// Each value is constant, even, odd or neither.
#include "targets/parity.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

namespace ulpforge::targets {
namespace {

using ir::Op;

constexpr std::array kOddFunctions = {
    Op::Neg,    Op::Cbrt,   Op::Sin,   Op::Tan,   Op::Asin,      Op::Atan,  Op::Sinh,
    Op::Tanh,   Op::Asinh,  Op::Atanh, Op::Erf,   Op::BesselJ1,  Op::SinPi, Op::TanPi,
    Op::AsinPi, Op::AtanPi, Op::Trunc, Op::Round, Op::RoundEven, Op::Modf,  Op::Frexp};
constexpr std::array kEvenFunctions = {Op::Abs,   Op::Cos,  Op::Cosh,         Op::BesselJ0,
                                       Op::CosPi, Op::Logb, Op::FrexpExponent};

/// What the operation makes of an odd argument; of an even one it makes an even value.
Parity of_odd(Op op) {
  if (std::ranges::find(kOddFunctions, op) != kOddFunctions.end()) return Parity::Odd;
  return std::ranges::find(kEvenFunctions, op) != kEvenFunctions.end() ? Parity::Even
                                                                       : Parity::None;
}

Parity times(Parity a, Parity b) {
  if (a == Parity::None || b == Parity::None) return Parity::None;
  return a == b ? Parity::Even : Parity::Odd;
}

}  // namespace

Parity parity_of(const ir::Program& program) {
  std::vector<Parity> values;
  const auto read = [&](ir::Operand operand) {
    if (operand.is_input()) return Parity::Odd;
    return operand.is_constant() ? Parity::Even : values[operand.index];
  };
  const auto whole = [&](ir::Operand operand) -> std::optional<long> {
    if (!operand.is_constant()) return {};
    const numbers::DoubleDouble n = program.constants[operand.index];
    constexpr double kMost = 0x1p52;
    if (n.lo != 0 || !(std::abs(n.hi) < kMost) || n.hi != std::rint(n.hi)) return {};
    return static_cast<long>(n.hi);
  };
  for (const ir::Instruction& step : program.code) {
    const Parity a = step.arity() > 0 ? read(step.operands[0]) : Parity::Even;
    const Parity b = step.arity() > 1 ? read(step.operands[1]) : Parity::Even;
    Parity value = Parity::None;
    if (step.op == Op::Add || step.op == Op::Sub) {
      value = a == b ? a : Parity::None;
    } else if (step.op == Op::Mul || step.op == Op::Div) {
      value = times(a, b);
    } else if (step.op == Op::Fma) {
      value = times(a, b) == read(step.operands[2]) ? times(a, b) : Parity::None;
    } else if ((step.op == Op::BesselJ || step.op == Op::BesselI) && b == Parity::Odd) {
      const auto order = whole(step.operands[0]);
      if (order) value = *order % 2 != 0 ? Parity::Odd : Parity::Even;
    } else if ((step.op == Op::Pown || step.op == Op::Rootn) && a == Parity::Odd) {
      const auto n = whole(step.operands[1]);
      if (n && (*n % 2 != 0 || step.op == Op::Pown))
        value = *n % 2 != 0 ? Parity::Odd : Parity::Even;
    } else if (a == Parity::Even && b == Parity::Even) {
      value = Parity::Even;  // whatever is made of the same arguments is the same
    } else if (step.arity() == 1 && a == Parity::Odd) {
      value = of_odd(step.op);
    }
    values.push_back(value);
  }
  return read(program.result);
}

}  // namespace ulpforge::targets
