// Reads polynomials off a program, divides them, writes the fraction down.
#include "evo/continued_fraction.h"

#include <cmath>
#include <optional>

#include "ir/uses.h"
#include "numbers/double_double.h"

namespace ulpforge::evo {
namespace {

using ir::Op;
using ir::Operand;
using numbers::DoubleDouble;

/// Of a polynomial, the constant first; none for 0. The last one is not 0.
using Coefficients = std::vector<DoubleDouble>;

constexpr std::size_t kMostCoefficients = 13;
/// A leading coefficient this small against the largest one is rounding errors.
constexpr double kNoise = 1e-24;

double largest(const Coefficients& p) {
  double size = 0;
  for (const DoubleDouble& c : p) size = std::max(size, std::abs(c.hi));
  return size;
}

void trim(Coefficients& p, double level) {
  while (!p.empty() && !(std::abs(p.back().hi) > level)) p.pop_back();
}

Coefficients sum(const Coefficients& a, const Coefficients& b, double sign) {
  Coefficients result(std::max(a.size(), b.size()));
  for (std::size_t k = 0; k < a.size(); ++k) result[k] = a[k];
  for (std::size_t k = 0; k < b.size(); ++k) result[k] = result[k] + b[k] * DoubleDouble(sign);
  trim(result, 0);
  return result;
}

Coefficients product(const Coefficients& a, const Coefficients& b) {
  if (a.empty() || b.empty()) return {};
  Coefficients result(a.size() + b.size() - 1);
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t k = 0; k < b.size(); ++k) result[i + k] = result[i + k] + a[i] * b[k];
  }
  trim(result, 0);
  return result;
}

/// The operand as a polynomial in `base`, of what instructions before `end` compute.
std::optional<Coefficients> polynomial_of(const ir::Program& program, Operand operand,
                                          Operand base) {
  if (operand == base) return Coefficients{0.0, 1.0};
  if (operand.is_constant()) {
    Coefficients p{program.constants[operand.index]};
    trim(p, 0);
    return p;
  }
  if (!operand.is_value()) return std::nullopt;
  const ir::Instruction& step = program.code[operand.index];
  std::optional<Coefficients> a = polynomial_of(program, step.operands[0], base);
  if (!a) return std::nullopt;
  if (step.op == Op::Neg) return sum({}, *a, -1);
  if (step.arity() != 2) return std::nullopt;
  const std::optional<Coefficients> b = polynomial_of(program, step.operands[1], base);
  if (!b || a->size() + b->size() > kMostCoefficients) return std::nullopt;
  switch (step.op) {
    case Op::Add:
      return sum(*a, *b, 1);
    case Op::Sub:
      return sum(*a, *b, -1);
    case Op::Mul:
      return product(*a, *b);
    case Op::Div:
      if (b->size() != 1) return std::nullopt;
      return product(*a, {DoubleDouble(1) / b->front()});
    default:
      return std::nullopt;
  }
}

/// Replaces `a` by its remainder modulo `b` and returns the quotient.
Coefficients divide(Coefficients& a, const Coefficients& b) {
  if (a.size() < b.size()) return {};
  const double level = kNoise * largest(a);
  Coefficients quotient(a.size() - b.size() + 1);
  while (a.size() >= b.size()) {
    const std::size_t shift = a.size() - b.size();
    const DoubleDouble factor = a.back() / b.back();
    quotient[shift] = factor;
    for (std::size_t k = 0; k + 1 < b.size(); ++k) {
      a[shift + k] = a[shift + k] - factor * b[k];
    }
    a.pop_back();
    // The next coefficients may be 0 but for rounding errors.
    trim(a, level);
  }
  return quotient;
}

Coefficients scaled(Coefficients p, const DoubleDouble& factor) {
  for (DoubleDouble& c : p) c = c * factor;
  return p;
}

/// q0 and (b1, q1), (b2, q2), ...
struct Fraction {
  struct Level {
    DoubleDouble numerator;
    Coefficients denominator;
  };
  Coefficients whole;
  std::vector<Level> levels;
};

std::optional<Fraction> expand(Coefficients numerator, Coefficients denominator) {
  Fraction fraction;
  fraction.whole = divide(numerator, denominator);
  while (!numerator.empty()) {
    // With both made monic: n / d == (top / bottom) / (quotient + remainder / n).
    const DoubleDouble top = numerator.back();
    const DoubleDouble bottom = denominator.back();
    const DoubleDouble ratio = top / bottom;
    if (!std::isfinite(ratio.hi) || ratio.hi == 0) return std::nullopt;
    numerator = scaled(std::move(numerator), DoubleDouble(1) / top);
    denominator = scaled(std::move(denominator), DoubleDouble(1) / bottom);
    numerator.back() = 1;
    denominator.back() = 1;
    Coefficients quotient = divide(denominator, numerator);
    quotient.back() = 1;
    fraction.levels.push_back({ratio, std::move(quotient)});
    std::swap(numerator, denominator);
  }
  return fraction;
}

/// Puts instructions in front of instruction `position`.
class Writer {
 public:
  Writer(ir::Program& program, std::size_t position, Operand base)
      : program_(program), position_(position), base_(base) {}

  Operand add(Op op, Operand a, Operand b) {
    return ir::insert_instruction(program_, position_++, {op, {a, b, {}}});
  }
  Operand constant(const DoubleDouble& value) { return program_.add_constant(value); }
  /// By Horner's rule, a factor 1 left out.
  Operand horner(const Coefficients& p) {
    Operand result = constant(p.back());
    for (std::size_t k = p.size() - 1; k-- > 0;) {
      const bool one = k + 2 == p.size() && p.back() == DoubleDouble(1);
      result = one ? base_ : add(Op::Mul, result, base_);
      if (p[k].hi != 0) result = add(Op::Add, result, constant(p[k]));
    }
    return result;
  }
  std::size_t position() const { return position_; }

 private:
  ir::Program& program_;
  std::size_t position_;
  Operand base_;
};

}  // namespace

std::vector<Operand> quotient_bases(const ir::Program& program, std::size_t t) {
  std::vector<Operand> bases;
  const ir::Instruction& step = program.code[t];
  if (step.op != Op::Div) return bases;
  const auto try_base = [&](Operand base) {
    if (base == step.operands[0] || base == step.operands[1]) return;
    const auto numerator = polynomial_of(program, step.operands[0], base);
    const auto denominator = polynomial_of(program, step.operands[1], base);
    if (numerator && denominator && numerator->size() > 1 && denominator->size() > 1) {
      bases.push_back(base);
    }
  };
  try_base(Operand::input());
  for (std::size_t i = 0; i < t; ++i) try_base(Operand::value(i));
  return bases;
}

bool expand_as_continued_fraction(ir::Program& program, std::size_t t, Operand base) {
  const ir::Instruction step = program.code[t];
  const auto numerator = polynomial_of(program, step.operands[0], base);
  const auto denominator = polynomial_of(program, step.operands[1], base);
  if (!numerator || !denominator || denominator->empty()) return false;
  const std::optional<Fraction> fraction = expand(*numerator, *denominator);
  if (!fraction || fraction->levels.empty()) return false;
  Writer writer(program, t, base);
  std::optional<Operand> tail;
  for (auto level = fraction->levels.rbegin(); level != fraction->levels.rend(); ++level) {
    Operand below = writer.horner(level->denominator);
    if (tail) below = writer.add(Op::Add, below, *tail);
    tail = writer.add(Op::Div, writer.constant(level->numerator), below);
  }
  if (!fraction->whole.empty()) {
    tail = writer.add(Op::Add, writer.horner(fraction->whole), *tail);
  }
  const std::size_t old = writer.position();
  ir::replace_uses(program, Operand::value(old), *tail, old + 1);
  return true;
}

}  // namespace ulpforge::evo
