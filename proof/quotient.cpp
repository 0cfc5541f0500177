// Field operations on numerators and denominators; everything else on the quotient, divided out.
#include "proof/quotient.h"

#include <algorithm>
#include <vector>

namespace ulpforge::proof {
namespace {

using targets::Ball;
using targets::Series;

Pair constant(const Ball& value) { return {Series(value), Series(value)}; }

bool is_one(const Pair& a) {
  return a.point.size() == 1 && a.wide.size() == 1 && arb_is_one(a.point[0].get()) &&
         arb_is_one(a.wide[0].get());
}

Pair apply(ir::Op op, const Pair& a, const Pair& b, std::size_t length, long bits) {
  Pair out;
  targets::apply(op, out.point, a.point, b.point, {}, length, bits);
  targets::apply(op, out.wide, a.wide, b.wide, {}, length, bits);
  return out;
}

Pair multiply(const Pair& a, const Pair& b, std::size_t length, long bits) {
  if (is_one(a)) return b;
  if (is_one(b)) return a;
  return apply(ir::Op::Mul, a, b, length, bits);
}

/// t^n times a.
Pair raise(Pair a, long n, const Frame& frame, std::size_t length) {
  const Pair t{Series::variable(Ball(0.0)), Series::variable(frame.range)};
  for (; n > 0; --n) a = multiply(a, t, length, frame.bits);
  return a;
}

/// Whether the function vanishes at t = 0, exactly.
bool vanishes(const Pair& a) { return arb_is_zero(a.point[0].get()); }

bool is_zero(const Pair& a) { return a.point.size() == 0 && a.wide.size() == 0; }

/// a / t. With a(0) = 0, a(t) / t is the mean of a'(s t) over s in [0,1], so that its coefficient k
/// is a mean of coefficients k + 1 of a.
void lower(Pair& a) {
  arb_poly_shift_right(a.point.get(), a.point.get(), 1);
  arb_poly_shift_right(a.wide.get(), a.wide.get(), 1);
}

/// Cancels powers of t, and divides out where the denominator has no zero.
void normalise(Quotient& q, const Frame& frame) {
  while (!is_zero(q.numerator) && vanishes(q.numerator) && q.length > 1) {
    lower(q.numerator);
    ++q.power;
    --q.length;
  }
  while (!is_zero(q.denominator) && vanishes(q.denominator) && q.length > 1) {
    lower(q.denominator);
    --q.power;
    --q.length;
  }
  if (!is_one(q.denominator) && !q.denominator.wide[0].contains_zero()) {
    q.numerator = apply(ir::Op::Div, q.numerator, q.denominator, q.length, frame.bits);
    q.denominator = constant(Ball(1.0));
  }
}

Quotient sum(const Quotient& a, const Quotient& b, const Frame& frame) {
  Quotient out;
  out.power = std::min(a.power, b.power);
  out.length = std::min(a.length, b.length);
  const auto part = [&](const Quotient& own, const Quotient& other) {
    return raise(multiply(own.numerator, other.denominator, out.length, frame.bits),
                 own.power - out.power, frame, out.length);
  };
  out.numerator = apply(ir::Op::Add, part(a, b), part(b, a), out.length, frame.bits);
  out.denominator = multiply(a.denominator, b.denominator, out.length, frame.bits);
  normalise(out, frame);
  return out;
}

Quotient negative(Quotient a) {
  arb_poly_neg(a.numerator.point.get(), a.numerator.point.get());
  arb_poly_neg(a.numerator.wide.get(), a.numerator.wide.get());
  return a;
}

std::optional<Quotient> inverse(Quotient a, const Frame& frame) {
  if (is_zero(a.numerator)) return std::nullopt;
  std::swap(a.numerator, a.denominator);
  a.power = -a.power;
  normalise(a, frame);
  return a;
}

/// The square root; that of t^v is |t|^(v/2).
std::optional<Quotient> root(const Quotient& a, const Frame& frame) {
  if (a.power % (frame.one_sided ? 2 : 4) != 0 || !is_one(a.denominator)) return std::nullopt;
  if (!arb_is_positive(a.numerator.wide[0].get())) return std::nullopt;
  Quotient out = a;
  out.power = a.power / 2;
  out.numerator = apply(ir::Op::Sqrt, a.numerator, {}, a.length, frame.bits);
  return out;
}

std::optional<Quotient> absolute(const Quotient& a, const Frame& frame) {
  if (!is_one(a.denominator) || (!frame.one_sided && a.power % 2 != 0)) return std::nullopt;
  if (arb_is_nonnegative(a.numerator.wide[0].get())) return a;
  if (arb_is_nonpositive(a.numerator.wide[0].get())) return negative(a);
  return std::nullopt;
}

/// min(a, b) where one of them is the smaller one everywhere.
std::optional<Quotient> smaller(const Quotient& a, const Quotient& b, const Frame& frame) {
  const Quotient difference = sum(a, negative(b), frame);
  if (!is_one(difference.denominator) || (!frame.one_sided && difference.power % 2 != 0)) {
    return std::nullopt;
  }
  if (arb_is_nonpositive(difference.numerator.wide[0].get())) return a;
  if (arb_is_nonnegative(difference.numerator.wide[0].get())) return b;
  return std::nullopt;
}

/// An operation that is analytic at its operands.
std::optional<Quotient> analytic(ir::Op op, const Quotient& a, const Quotient& b,
                                 const Frame& frame) {
  const auto x = a.regular(frame);
  const auto y = b.regular(frame);
  if (!x || !y) return std::nullopt;
  if (targets::undefined(op, x->point[0], y->point[0]) ||
      targets::clips(op, x->wide[0], y->wide[0])) {
    return std::nullopt;
  }
  Quotient out;
  out.length = std::min(a.length, b.length);
  out.numerator = apply(op, *x, *y, out.length, frame.bits);
  out.denominator = constant(Ball(1.0));
  if (!out.numerator.wide[out.length - 1].is_finite()) return std::nullopt;
  normalise(out, frame);
  return out;
}

Quotient leaf(Pair value, const Frame& frame) {
  Quotient q;
  q.numerator = std::move(value);
  q.denominator = constant(Ball(1.0));
  q.length = frame.length;
  normalise(q, frame);
  return q;
}

Quotient scaled(const Quotient& a, double factor, const Frame& frame) {
  return product(a, leaf(constant(Ball(factor)), frame), frame);
}

/// 2 g(sqrt(w / 2)), where w vanishes at t = 0: acos(1 - w) with g = asin, acosh(1 + w) with
/// g = asinh, by the half-angle formulas.
std::optional<Quotient> through_half_angle(ir::Op g, const Quotient& w, const Frame& frame) {
  const auto half = root(scaled(w, 0.5, frame), frame);
  if (!half) return std::nullopt;
  const auto angle = analytic(g, *half, *half, frame);
  return angle ? std::optional(scaled(*angle, 2, frame)) : std::nullopt;
}

/// Inverse functions at the end of their domain, where they are like a square root.
std::optional<Quotient> inverse_function(ir::Op op, const Quotient& a, const Frame& frame) {
  const Quotient one = leaf(constant(Ball(1.0)), frame);
  const bool hyperbolic = op == ir::Op::Acosh;
  const Quotient distance =
      hyperbolic ? sum(a, negative(one), frame) : sum(one, negative(a), frame);
  if (distance.power < 1) return analytic(op, a, a, frame);
  const auto angle = through_half_angle(hyperbolic ? ir::Op::Asinh : ir::Op::Asin, distance, frame);
  if (!angle || op != ir::Op::Asin) return angle;
  Ball quarter;
  arb_const_pi(quarter.get(), frame.bits);
  arb_mul_2exp_si(quarter.get(), quarter.get(), -1);
  return sum(leaf(constant(quarter), frame), negative(*angle), frame);
}

}  // namespace

std::optional<Pair> Quotient::regular(const Frame& frame) const {
  if (is_zero(numerator)) return numerator;
  if (power < 0 || !is_one(denominator)) return std::nullopt;
  return raise(numerator, power, frame, length);
}

std::optional<Evaluation> evaluate(const ir::Program& program, const Pair& x, const Frame& frame) {
  const Quotient input = leaf(x, frame);
  std::vector<Quotient> constants;
  for (const numbers::DoubleDouble& value : program.constants) {
    constants.push_back(leaf(constant(Ball(value)), frame));
  }
  std::vector<Quotient> values;
  Evaluation out;
  const auto read = [&](ir::Operand operand) -> const Quotient& {
    if (operand.is_input()) return input;
    return operand.is_constant() ? constants[operand.index] : values[operand.index];
  };
  for (const ir::Instruction& step : program.code) {
    const Quotient& a = read(step.operands[0]);
    const Quotient& b = read(step.operands[1]);
    const Quotient& c = read(step.operands[2]);
    std::optional<Quotient> value;
    switch (step.op) {
      case ir::Op::Neg:
        value = negative(a);
        break;
      case ir::Op::Add:
        value = sum(a, b, frame);
        break;
      case ir::Op::Sub:
        value = sum(a, negative(b), frame);
        break;
      case ir::Op::Mul:
        value = product(a, b, frame);
        break;
      case ir::Op::Fma:
        value = sum(product(a, b, frame), c, frame);
        break;
      case ir::Op::Div:
        out.divides_by_zero = out.divides_by_zero || b.power > 0;
        out.may_divide_by_zero = out.may_divide_by_zero || b.numerator.wide[0].contains_zero();
        if (const auto reciprocal = inverse(b, frame)) value = product(a, *reciprocal, frame);
        break;
      case ir::Op::Sqrt:
        value = root(a, frame);
        break;
      case ir::Op::Abs:
        value = absolute(a, frame);
        break;
      case ir::Op::Min:
        value = smaller(a, b, frame);
        break;
      case ir::Op::Max:
        value = smaller(negative(a), negative(b), frame);
        if (value) value = negative(*value);
        break;
      case ir::Op::Asin:
      case ir::Op::Acos:
      case ir::Op::Acosh:
      case ir::Op::AsinPi:
      case ir::Op::AcosPi:
        value = inverse_function(step.op, a, frame);
        break;
      // Analytic inside their domains; next to an end where they are not, there is no bound.
      case ir::Op::Pi:
      case ir::Op::E:
      case ir::Op::Pow:
      case ir::Op::Atan2:
      case ir::Op::Hypot:
      case ir::Op::Cbrt:
      case ir::Op::Exp:
      case ir::Op::Exp2:
      case ir::Op::Exp10:
      case ir::Op::Expm1:
      case ir::Op::Log:
      case ir::Op::Log2:
      case ir::Op::Log10:
      case ir::Op::Log1p:
      case ir::Op::Sin:
      case ir::Op::Cos:
      case ir::Op::Tan:
      case ir::Op::Atan:
      case ir::Op::Sinh:
      case ir::Op::Cosh:
      case ir::Op::Tanh:
      case ir::Op::Asinh:
      case ir::Op::Atanh:
      case ir::Op::Erf:
      case ir::Op::Erfc:
      case ir::Op::Tgamma:
      case ir::Op::Lgamma:
      case ir::Op::BesselJ0:
      case ir::Op::BesselJ1:
      case ir::Op::BesselY0:
      case ir::Op::BesselY1:
      case ir::Op::AiryAi:
      case ir::Op::Rsqrt:
      case ir::Op::SinPi:
      case ir::Op::CosPi:
      case ir::Op::TanPi:
      case ir::Op::AtanPi:
      case ir::Op::Atan2Pi:
      case ir::Op::Exp2m1:
      case ir::Op::Exp10m1:
      case ir::Op::Log2p1:
      case ir::Op::Log10p1:
      case ir::Op::Compound:
      case ir::Op::Pown:
      case ir::Op::Rootn:
      case ir::Op::Powr:
      case ir::Op::Erfcx:
      case ir::Op::ExpInt:
      case ir::Op::Digamma:
      case ir::Op::LambertW:
      case ir::Op::BesselJ:
      case ir::Op::BesselY:
      case ir::Op::BesselI:
      case ir::Op::BesselK:
      // Between jumps and corners.
      case ir::Op::Trunc:
      case ir::Op::RealFloor:
      case ir::Op::Ceil:
      case ir::Op::Round:
      case ir::Op::RoundEven:
      case ir::Op::Modf:
      case ir::Op::Frexp:
      case ir::Op::FrexpExponent:
      case ir::Op::Logb:
      case ir::Op::Fmod:
      case ir::Op::Remainder:
      case ir::Op::Fdim:
      case ir::Op::Fmax:
      case ir::Op::Fmin:
      case ir::Op::Ldexp:
      case ir::Op::RealCopysign:
      case ir::Op::NextafterF32:
      case ir::Op::NextafterF64:
        value = analytic(step.op, a, b, frame);
        break;
#include "ir/machine_cases.def"
        return std::nullopt;
    }
    if (!value) return std::nullopt;
    values.push_back(std::move(*value));
  }
  out.value = read(program.result);
  return out;
}

Quotient product(const Quotient& a, const Quotient& b, const Frame& frame) {
  Quotient out;
  out.power = a.power + b.power;
  out.length = std::min(a.length, b.length);
  out.numerator = multiply(a.numerator, b.numerator, out.length, frame.bits);
  out.denominator = multiply(a.denominator, b.denominator, out.length, frame.bits);
  normalise(out, frame);
  return out;
}

Quotient difference(const Quotient& a, const Quotient& b, const Frame& frame) {
  return sum(a, negative(b), frame);
}

std::optional<Quotient> relative_difference(const Quotient& a, const Quotient& b,
                                            const Frame& frame) {
  const auto reciprocal = inverse(b, frame);
  if (!reciprocal) return std::nullopt;
  return product(difference(a, b, frame), *reciprocal, frame);
}

}  // namespace ulpforge::proof
