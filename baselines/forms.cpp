// Writes polynomials and rational functions as programs.
#include "baselines/forms.h"

#include <cmath>
#include <optional>

namespace ulpforge::baselines {

using ir::Op;
using ir::Operand;
using ir::Program;
using numbers::DoubleDouble;
using numbers::Mpfr;

namespace {

/// As a double-double; a low part that is no more than the rounding errors of `value` becomes 0.
DoubleDouble rounded(const Mpfr& value) {
  DoubleDouble result = numbers::to_double_double(value);
  if (std::fabs(result.lo) < std::ldexp(std::fabs(result.hi), -150)) result.lo = 0;
  return result;
}

class Writer {
 public:
  explicit Writer(const Substitution& substitution) : substitution_(substitution) {}

  /// u, made at its first use.
  Operand variable() {
    if (!variable_) {
      switch (substitution_.variable) {
        case Substitution::Variable::X:
          variable_ = Operand::input();
          break;
        case Substitution::Variable::XSquared:
          variable_ = program_.add(Op::Mul, Operand::input(), Operand::input());
          break;
        case Substitution::Variable::XMinusShift:
          variable_ = minus(substitution_.shift);
          break;
      }
    }
    return *variable_;
  }

  /// x - z, in two operations where z has a low part: exact next to z in double.
  Operand minus(const DoubleDouble& z) {
    if (z.hi == 0) return Operand::input();
    Operand result = program_.add(Op::Sub, Operand::input(), program_.add_constant(z.hi));
    if (z.lo != 0) result = program_.add(Op::Sub, result, program_.add_constant(z.lo));
    return result;
  }

  Operand constant(const Mpfr& value) { return program_.add_constant(rounded(value)); }

  Operand add(Operand a, Operand b) {
    if (holds(b, 0)) return a;
    return program_.add(Op::Add, a, b);
  }

  Operand multiply(Operand a, Operand b) {
    if (holds(a, 1)) return b;
    if (holds(b, 1)) return a;
    return program_.add(Op::Mul, a, b);
  }

  Operand divide(Operand a, Operand b) { return program_.add(Op::Div, a, b); }

  Operand horner(const Polynomial& p) {
    std::size_t degree = p.empty() ? 0 : p.size() - 1;
    while (degree > 0 && p[degree] == 0) --degree;
    Operand result = constant(p.empty() ? Mpfr(0) : p[degree]);
    for (std::size_t k = degree; k-- > 0;) {
      result = multiply(result, variable());
      result = add(result, constant(p[k]));
    }
    return result;
  }

  /// The program whose result is f(x), given the operand that holds g(u).
  Program finish(Operand g) {
    switch (substitution_.factor) {
      case Substitution::Factor::One:
        break;
      case Substitution::Factor::X:
        g = multiply(g, Operand::input());
        break;
      case Substitution::Factor::U:
        g = multiply(g, variable());
        break;
      case Substitution::Factor::Zeros:
        for (const targets::Zero& zero : substitution_.zeros) {
          const bool is_variable = substitution_.variable == Substitution::Variable::XMinusShift &&
                                   zero.at == substitution_.shift;
          const Operand difference = is_variable ? variable() : minus(zero.at);
          for (int k = 0; k < zero.order; ++k) g = multiply(g, difference);
        }
        break;
    }
    return square(g);
  }

  /// The program whose result is f(x), given the operand that holds factor g(u).
  Program square(Operand result) {
    for (int k = 0; k < substitution_.squarings; ++k)
      result = program_.add(Op::Mul, result, result);
    program_.result = result;
    drop_unused_constants();
    return std::move(program_);
  }

 private:
  bool holds(Operand operand, double value) const {
    return operand.is_constant() && program_.constants[operand.index] == DoubleDouble(value);
  }

  void drop_unused_constants() {
    std::vector<std::optional<Operand>> moved(program_.constants.size());
    std::vector<DoubleDouble> used;
    const auto keep = [&](Operand& operand) {
      if (!operand.is_constant()) return;
      auto& place = moved[operand.index];
      if (!place) {
        used.push_back(program_.constants[operand.index]);
        place = Operand::constant(used.size() - 1);
      }
      operand = *place;
    };
    for (ir::Instruction& instruction : program_.code) {
      for (std::size_t k = 0; k < instruction.arity(); ++k) keep(instruction.operands[k]);
    }
    keep(program_.result);
    program_.constants = std::move(used);
  }

  Substitution substitution_;
  Program program_;
  std::optional<Operand> variable_;
};

}  // namespace

Program horner_program(const Substitution& substitution, const Polynomial& p) {
  Writer writer(substitution);
  return writer.finish(writer.horner(p));
}

Program quotient_program(const Substitution& substitution, const Rational& r) {
  Writer writer(substitution);
  const Mpfr factor = 1 / r.denominator.back();
  Polynomial denominator = scaled(r.denominator, factor);
  denominator.back() = 1;
  const Operand p = writer.horner(scaled(r.numerator, factor));
  return writer.finish(writer.divide(p, writer.horner(denominator)));
}

Program fraction_program(const Substitution& substitution, const ContinuedFraction& fraction) {
  Writer writer(substitution);
  const bool whole = max_coefficient(fraction.whole) != 0;
  if (substitution.variable == Substitution::Variable::XSquared &&
      substitution.factor == Substitution::Factor::X && !whole && fraction.levels.size() == 1 &&
      fraction.levels[0].denominator.size() == 2) {
    // x b / (x^2 + c) == b / (x + c / x), one operation less
    const auto& level = fraction.levels[0];
    const Operand inverse = writer.divide(writer.constant(level.denominator[0]), Operand::input());
    return writer.square(
        writer.divide(writer.constant(level.numerator), writer.add(Operand::input(), inverse)));
  }
  std::optional<Operand> tail;
  for (auto level = fraction.levels.rbegin(); level != fraction.levels.rend(); ++level) {
    Operand denominator = writer.horner(level->denominator);
    if (tail) denominator = writer.add(denominator, *tail);
    tail = writer.divide(writer.constant(level->numerator), denominator);
  }
  if (!tail) return writer.finish(writer.horner(fraction.whole));
  return writer.finish(whole ? writer.add(writer.horner(fraction.whole), *tail) : *tail);
}

}  // namespace ulpforge::baselines
