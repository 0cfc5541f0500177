// Operations on ends.
#include "targets/exact/wide_interval.h"

#include <array>
#include <span>
#include <vector>

namespace ulpforge::targets {
namespace {

/// The arguments of exponentials are cut off at this size.
constexpr double kExponentCap = 0x1p20;

bool greater(const Ball& a, double b) { return arb_gt(a.get(), Ball(b).get()) != 0; }
bool less(const Ball& a, double b) { return arb_lt(a.get(), Ball(b).get()) != 0; }

Ball apply_one(ir::Op op, const Ball& a, long bits) {
  Ball result;
  apply(op, result, a, a, a, bits);
  return result;
}

bool increases(ir::Op op, const WideInterval& a) {
  using ir::Op;
  switch (op) {
    case Op::Exp:
    case Op::Exp2:
    case Op::Exp10:
    case Op::Expm1:
    case Op::Sinh:
    case Op::Tanh:
    case Op::Erf:
    case Op::Atan:
    case Op::Asinh:
    case Op::Cbrt:
    case Op::Exp2m1:
    case Op::Exp10m1:
    case Op::AtanPi:
    case Op::Trunc:
    case Op::RealFloor:
    case Op::Ceil:
    case Op::Round:
    case Op::RoundEven:
      return true;
    case Op::Cosh:
      return a.bounded_below && !arb_contains_negative(a.lo.get());
    case Op::Tgamma:
    case Op::Lgamma:
      return a.bounded_below && greater(a.lo, 2);
    case Op::Log:
    case Op::Log2:
    case Op::Log10:
    case Op::ExpInt:
    case Op::Digamma:
    case Op::LambertW:
      return a.bounded_below && greater(a.lo, 0);
    case Op::Sqrt:  // at the ends of a domain too, where the slope is infinite
      return a.bounded_below && !arb_contains_negative(a.lo.get());
    case Op::Acosh:
      return a.bounded_below && arb_ge(a.lo.get(), Ball(1.0).get());
    case Op::Asin:
      return a.bounded_below && a.bounded_above && arb_ge(a.lo.get(), Ball(-1.0).get()) &&
             arb_le(a.hi.get(), Ball(1.0).get());
    case Op::Log1p:
    case Op::Log2p1:
    case Op::Log10p1:
      return a.bounded_below && greater(a.lo, -1);
    case Op::Neg:
    case Op::Add:
    case Op::Sub:
    case Op::Mul:
    case Op::Div:
    case Op::Fma:
    case Op::Abs:
    case Op::Min:
    case Op::Max:
    case Op::Pi:
    case Op::E:
    case Op::Pow:
    case Op::Atan2:
    case Op::Hypot:
    case Op::Sin:
    case Op::Cos:
    case Op::Tan:
    case Op::Acos:
    case Op::Atanh:
    case Op::Erfc:
    case Op::BesselJ0:
    case Op::BesselJ1:
    case Op::BesselY0:
    case Op::BesselY1:
    case Op::AiryAi:
    case Op::Rsqrt:
    case Op::SinPi:
    case Op::CosPi:
    case Op::TanPi:
    case Op::AsinPi:
    case Op::AcosPi:
    case Op::Atan2Pi:
    case Op::Compound:
    case Op::Pown:
    case Op::Rootn:
    case Op::Powr:
    case Op::Erfcx:
    case Op::BesselJ:
    case Op::BesselY:
    case Op::BesselI:
    case Op::BesselK:
    case Op::Modf:
    case Op::Frexp:
    case Op::FrexpExponent:
    case Op::Logb:
    case Op::Fmod:
    case Op::Remainder:
    case Op::Fdim:
    case Op::Fmax:
    case Op::Fmin:
    case Op::Ldexp:
    case Op::RealCopysign:
    case Op::NextafterF32:
    case Op::NextafterF64:
#include "ir/machine_cases.def"
      break;
  }
  return false;
}

bool grows_fast(ir::Op op) {
  using ir::Op;
  return op == Op::Exp || op == Op::Exp2 || op == Op::Exp10 || op == Op::Expm1 ||
         op == Op::Exp2m1 || op == Op::Exp10m1 || op == Op::Sinh || op == Op::Cosh ||
         op == Op::Tgamma || op == Op::ExpInt;
}

/// An increasing operation at the ends.
WideInterval from_ends(ir::Op op, WideInterval a, long bits) {
  WideInterval result;
  result.bounded_below = a.bounded_below;
  result.bounded_above = a.bounded_above;
  if (op == ir::Op::Tanh || op == ir::Op::Erf || op == ir::Op::Atan) {
    // The limits, which no value goes beyond.
    Ball limit(1.0);
    if (op == ir::Op::Atan) {
      arb_const_pi(limit.get(), bits);
      arb_mul_2exp_si(limit.get(), limit.get(), -1);
    }
    result.bounded_below = result.bounded_above = true;
    result.hi = a.bounded_above ? apply_one(op, a.hi, bits) : limit;
    arb_neg(limit.get(), limit.get());
    result.lo = a.bounded_below ? apply_one(op, a.lo, bits) : limit;
    return result;
  }
  if (grows_fast(op)) {
    const bool sinks = op == ir::Op::Sinh;
    if (a.bounded_above && greater(a.hi, kExponentCap)) result.bounded_above = false;
    if (greater(a.lo, kExponentCap)) a.lo = Ball(kExponentCap);
    if (less(a.hi, -kExponentCap)) a.hi = Ball(-kExponentCap);
    if (!a.bounded_below || less(a.lo, -kExponentCap)) {
      result.bounded_below = !sinks;
      a.lo = Ball(-kExponentCap);
      if (!sinks) {
        // Arguments without a lower end: the result reaches down to the limit at -infinity.
        if (result.bounded_above) result.hi = apply_one(op, a.hi, bits);
        const bool minus_one = op == ir::Op::Expm1 || op == ir::Op::Exp2m1 || op == ir::Op::Exp10m1;
        result.lo = Ball(minus_one ? -1.0 : 0.0);
        return result;
      }
    }
  }
  if (result.bounded_below) result.lo = apply_one(op, a.lo, bits);
  if (result.bounded_above) result.hi = apply_one(op, a.hi, bits);
  return result;
}

WideInterval negated(const WideInterval& a) {
  WideInterval result{a.hi, a.lo, a.bounded_above, a.bounded_below};
  arb_neg(result.lo.get(), result.lo.get());
  arb_neg(result.hi.get(), result.hi.get());
  return result;
}

/// The smallest and the largest of some points.
WideInterval hull(std::span<const Ball> points, long bits) {
  WideInterval result{points.front(), points.front()};
  for (const Ball& point : points.subspan(1)) {
    arb_min(result.lo.get(), result.lo.get(), point.get(), bits);
    arb_max(result.hi.get(), result.hi.get(), point.get(), bits);
  }
  return result;
}

std::optional<WideInterval> basic(ir::Op op, const WideInterval& a, const WideInterval& b,
                                  long bits) {
  using ir::Op;
  if (op == Op::Add || op == Op::Sub) {
    const WideInterval c = op == Op::Add ? b : negated(b);
    WideInterval result;
    arb_add(result.lo.get(), a.lo.get(), c.lo.get(), bits);
    arb_add(result.hi.get(), a.hi.get(), c.hi.get(), bits);
    result.bounded_below = a.bounded_below && c.bounded_below;
    result.bounded_above = a.bounded_above && c.bounded_above;
    return result;
  }
  if (op == Op::Div && (!b.bounded_above || !b.bounded_below)) {
    // 1 / [b, infinity) = (0, 1 / b]
    if (!b.bounded_below || !greater(b.lo, 0)) return {};
    WideInterval inverse;
    inverse.lo = Ball(0.0);
    arb_inv(inverse.hi.get(), b.lo.get(), bits);
    return basic(Op::Mul, a, inverse, bits);
  }
  if (!a.bounded_above || !a.bounded_below || !b.bounded_above || !b.bounded_below) return {};
  if (op == Op::Div && greater(a.lo, 0) && arb_is_zero(b.lo.get()) && greater(b.hi, 0)) {
    // a / (0, b] = [a / b, infinity)
    WideInterval result;
    arb_div(result.lo.get(), a.lo.get(), b.hi.get(), bits);
    result.bounded_above = false;
    return result;
  }
  if (op == Op::Div && less(a.hi, 0) && arb_is_zero(b.lo.get()) && greater(b.hi, 0)) {
    const auto mirrored = basic(op, negated(a), b, bits);
    return mirrored ? std::optional(negated(*mirrored)) : std::nullopt;
  }
  if (op == Op::Div && !greater(b.lo, 0) && !less(b.hi, 0)) return {};
  std::array<Ball, 4> points;
  std::size_t k = 0;
  for (const Ball* u : {&a.lo, &a.hi}) {
    for (const Ball* v : {&b.lo, &b.hi}) apply(op, points[k++], *u, *v, *v, bits);
  }
  return hull(points, bits);
}

/// A decreasing operation with a limit of 0 at infinity, at the ends.
std::optional<WideInterval> decaying(ir::Op op, const WideInterval& a, long bits) {
  if (!a.bounded_below || less(a.lo, -kExponentCap)) return {};
  WideInterval result;
  if (a.bounded_above) result.lo = apply_one(op, a.hi, bits);
  result.hi = apply_one(op, a.lo, bits);
  return result;
}

/// I and K of a whole order at positive arguments: the one increases, the other decreases to 0.
std::optional<WideInterval> modified_bessel(ir::Op op, const WideInterval& order,
                                            const WideInterval& a, long bits) {
  if (!order.bounded_below || !arb_is_int(order.lo.get()) ||
      !arb_equal(order.lo.get(), order.hi.get()) || !a.bounded_below || !greater(a.lo, 0)) {
    return {};
  }
  // Beyond that the values are beyond, or below, the range of double.
  constexpr double kFar = 0x1p14;
  const auto at = [&](const Ball& end) {
    Ball value;
    apply(op, value, order.lo, greater(end, kFar) ? Ball(kFar) : end, end, bits);
    return value;
  };
  WideInterval result{at(a.lo), at(a.hi), true, true};
  if (op == ir::Op::BesselI) {
    result.bounded_above = a.bounded_above && !greater(a.hi, kFar);
  } else {
    std::swap(result.lo, result.hi);
    if (!a.bounded_above || greater(a.hi, kFar)) result.lo = Ball(0.0);
  }
  return result;
}

std::optional<WideInterval> step_over(const ir::Instruction& step, const WideInterval& a,
                                      const WideInterval& b, const WideInterval& c, long bits) {
  using ir::Op;
  if (step.op == Op::Neg) return negated(a);
  if (step.op == Op::Abs && a.bounded_below && arb_is_nonnegative(a.lo.get())) return a;
  if (step.op == Op::Abs && a.bounded_above && arb_is_nonpositive(a.hi.get())) return negated(a);
  if (step.op == Op::Add || step.op == Op::Sub || step.op == Op::Mul || step.op == Op::Div) {
    return basic(step.op, a, b, bits);
  }
  if (step.op == Op::Cosh && a.bounded_above && less(a.hi, 0)) {
    return from_ends(step.op, negated(a), bits);
  }
  if (step.op == Op::Erfc) {
    WideInterval result;
    if (a.bounded_above) result.lo = apply_one(step.op, a.hi, bits);
    result.hi = a.bounded_below ? apply_one(step.op, a.lo, bits) : Ball(2.0);
    return result;
  }
  if (step.op == Op::Erfcx) return decaying(step.op, a, bits);
  if (step.op == Op::Rsqrt && a.bounded_below && greater(a.lo, 0)) {
    return decaying(step.op, a, bits);
  }
  if (step.op == Op::BesselI || step.op == Op::BesselK) return modified_bessel(step.op, a, b, bits);
  if (increases(step.op, a)) return from_ends(step.op, a, bits);
  const auto ball = [&](const WideInterval& w, Ball& out) {
    if (!w.bounded_above || !w.bounded_below) return false;
    arb_union(out.get(), w.lo.get(), w.hi.get(), bits);
    return true;
  };
  std::array<Ball, 3> operands;
  const std::array<const WideInterval*, 3> all{&a, &b, &c};
  for (std::size_t k = 0; k < step.arity(); ++k) {
    if (!ball(*all[k], operands[k])) return {};
  }
  if (undefined(step.op, operands[0], operands[1]) || clips(step.op, operands[0], operands[1])) {
    return {};
  }
  WideInterval result;
  apply(step.op, result.lo, operands[0], operands[1], operands[2], bits);
  result.hi = result.lo;
  return result;
}

bool is_finite(const WideInterval& w) {
  return (!w.bounded_below || w.lo.is_finite()) && (!w.bounded_above || w.hi.is_finite());
}

/// The sign of an operation's value from those of its operands, 0 where that is not enough.
int sign_of(ir::Op op, int a, int b) {
  using ir::Op;
  switch (op) {
    case Op::Pi:
    case Op::E:
    case Op::Exp:
    case Op::Exp2:
    case Op::Exp10:
    case Op::Erfc:
    case Op::Cosh:
    case Op::Rsqrt:
    case Op::Erfcx:
    case Op::BesselK:
      return 1;
    case Op::Sqrt:
    case Op::Abs:
      return a == 0 ? 0 : 1;
    case Op::Neg:
      return -a;
    case Op::Mul:
    case Op::Div:
      return a * b;
    case Op::Add:
      return a == b ? a : 0;
    case Op::Sub:
      return a == -b ? a : 0;
    case Op::Min:
      return a < 0 || b < 0 ? -1 : std::min(a, b);
    case Op::Max:
      return a > 0 || b > 0 ? 1 : std::max(a, b);
    case Op::Cbrt:
    case Op::Expm1:
    case Op::Log1p:
    case Op::Sinh:
    case Op::Tanh:
    case Op::Asinh:
    case Op::Atan:
    case Op::Erf:
    case Op::Exp2m1:
    case Op::Exp10m1:
    case Op::Log2p1:
    case Op::Log10p1:
    case Op::AtanPi:
    case Op::AsinPi:
    case Op::LambertW:
    case Op::Frexp:
    case Op::Ldexp:
      return a;
    case Op::Fma:
    case Op::Pow:
    case Op::Atan2:
    case Op::Hypot:
    case Op::Log:
    case Op::Log2:
    case Op::Log10:
    case Op::Sin:
    case Op::Cos:
    case Op::Tan:
    case Op::Asin:
    case Op::Acos:
    case Op::Acosh:
    case Op::Atanh:
    case Op::Tgamma:
    case Op::Lgamma:
    case Op::BesselJ0:
    case Op::BesselJ1:
    case Op::BesselY0:
    case Op::BesselY1:
    case Op::AiryAi:
    case Op::SinPi:
    case Op::CosPi:
    case Op::TanPi:
    case Op::AcosPi:
    case Op::Atan2Pi:
    case Op::Compound:
    case Op::Pown:
    case Op::Rootn:
    case Op::Powr:
    case Op::ExpInt:
    case Op::Digamma:
    case Op::BesselJ:
    case Op::BesselY:
    case Op::BesselI:
    case Op::Trunc:
    case Op::RealFloor:
    case Op::Ceil:
    case Op::Round:
    case Op::RoundEven:
    case Op::Modf:
    case Op::FrexpExponent:
    case Op::Logb:
    case Op::Fmod:
    case Op::Remainder:
    case Op::Fdim:
    case Op::Fmax:
    case Op::Fmin:
    case Op::RealCopysign:
    case Op::NextafterF32:
    case Op::NextafterF64:
#include "ir/machine_cases.def"
      break;
  }
  return 0;
}

}  // namespace

std::optional<WideInterval> evaluate_wide(const ir::Program& program, const WideInterval& x,
                                          long bits) {
  free_caches_at_thread_end();
  std::vector<WideInterval> constants;
  for (const numbers::DoubleDouble& value : program.constants) {
    constants.push_back({Ball(value), Ball(value)});
  }
  std::vector<WideInterval> values(program.code.size());
  const auto read = [&](ir::Operand operand) -> const WideInterval& {
    if (operand.is_input()) return x;
    return operand.is_constant() ? constants[operand.index] : values[operand.index];
  };
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    const ir::Instruction& step = program.code[i];
    std::optional<WideInterval> value = step_over(
        step, read(step.operands[0]), read(step.operands[1]), read(step.operands[2]), bits);
    if (!value || !is_finite(*value)) return {};
    values[i] = std::move(*value);
  }
  return read(program.result);
}

OpenRange open_range(const ir::Program& program) {
  using ir::Op;
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (!program.result.is_value()) return {};
  switch (program.code[program.result.index].op) {
    case Op::Exp:
    case Op::Exp2:
    case Op::Exp10:
    case Op::Erfcx:
    case Op::BesselK:
    case Op::Rsqrt:
      return {0, kInfinity};
    case Op::AtanPi:
      return {-0.5, 0.5};
    case Op::Exp2m1:
    case Op::Exp10m1:
    case Op::Expm1:
      return {-1, kInfinity};
    case Op::Tanh:
    case Op::Erf:
      return {-1, 1};
    case Op::Erfc:
      return {0, 2};
    // No limit is told that they keep away from.
    case Op::Neg:
    case Op::Add:
    case Op::Sub:
    case Op::Mul:
    case Op::Div:
    case Op::Sqrt:
    case Op::Fma:
    case Op::Abs:
    case Op::Min:
    case Op::Max:
    case Op::Pi:
    case Op::E:
    case Op::Pow:
    case Op::Atan2:
    case Op::Hypot:
    case Op::Cbrt:
    case Op::Log:
    case Op::Log2:
    case Op::Log10:
    case Op::Log1p:
    case Op::Sin:
    case Op::Cos:
    case Op::Tan:
    case Op::Asin:
    case Op::Acos:
    case Op::Atan:
    case Op::Sinh:
    case Op::Cosh:
    case Op::Asinh:
    case Op::Acosh:
    case Op::Atanh:
    case Op::Tgamma:
    case Op::Lgamma:
    case Op::BesselJ0:
    case Op::BesselJ1:
    case Op::BesselY0:
    case Op::BesselY1:
    case Op::AiryAi:
    case Op::SinPi:
    case Op::CosPi:
    case Op::TanPi:
    case Op::AsinPi:
    case Op::AcosPi:
    case Op::Atan2Pi:
    case Op::Log2p1:
    case Op::Log10p1:
    case Op::Compound:
    case Op::Pown:
    case Op::Rootn:
    case Op::Powr:
    case Op::ExpInt:
    case Op::Digamma:
    case Op::LambertW:
    case Op::BesselJ:
    case Op::BesselY:
    case Op::BesselI:
    case Op::Trunc:
    case Op::RealFloor:
    case Op::Ceil:
    case Op::Round:
    case Op::RoundEven:
    case Op::Modf:
    case Op::Frexp:
    case Op::FrexpExponent:
    case Op::Logb:
    case Op::Fmod:
    case Op::Remainder:
    case Op::Fdim:
    case Op::Fmax:
    case Op::Fmin:
    case Op::Ldexp:
    case Op::RealCopysign:
    case Op::NextafterF32:
    case Op::NextafterF64:
#include "ir/machine_cases.def"
      break;
  }
  return {};
}

int sign_by_operations(const ir::Program& program, int input) {
  std::vector<int> signs;
  const auto sign = [&](ir::Operand operand) {
    if (operand.is_input()) return input;
    if (operand.is_value()) return signs[operand.index];
    const double value = program.constants[operand.index].hi;
    return value > 0 ? 1 : value < 0 ? -1 : 0;
  };
  for (const ir::Instruction& step : program.code) {
    const int a = step.arity() > 0 ? sign(step.operands[0]) : 0;
    const int b = step.arity() > 1 ? sign(step.operands[1]) : 0;
    signs.push_back(sign_of(step.op, a, b));
  }
  return sign(program.result);
}

}  // namespace ulpforge::targets
