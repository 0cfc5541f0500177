// Writing programs.
#include "baselines/forms.h"

#include <cmath>
#include <optional>

namespace ulpforge::baselines {

using numbers::DoubleDouble;
using numbers::Mpfr;
using ir::Op;
using ir::Operand;
using ir::Program;

namespace {

/// Double-double, without a low part that only rounding has left.
DoubleDouble rounded(const Mpfr& value) {
  DoubleDouble result = numbers::to_double_double(value);
  if (std::fabs(result.lo) < std::ldexp(std::fabs(result.hi), -150)) result.lo = 0;
  return result;
}

class Writer {
 public:
  explicit Writer(const Frame& frame) : frame_(frame) {}

  /// u, made at its first use.
  Operand variable() {
    if (!variable_) {
      switch (frame_.variable) {
        case Frame::Variable::X:
          variable_ = Operand::input();
          break;
        case Frame::Variable::XSquared:
          variable_ = program_.add(Op::Mul, Operand::input(), Operand::input());
          break;
        case Frame::Variable::XMinusShift:
          variable_ = program_.add(Op::Sub, Operand::input(), program_.add_constant(frame_.shift));
          break;
      }
    }
    return *variable_;
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
    switch (frame_.factor) {
      case Frame::Factor::One:
        break;
      case Frame::Factor::X:
        g = multiply(g, Operand::input());
        break;
      case Frame::Factor::U:
        g = multiply(g, variable());
        break;
    }
    return square(g);
  }

  /// The program whose result is f(x), given the operand that holds factor g(u).
  Program square(Operand result) {
    for (int k = 0; k < frame_.squarings; ++k) result = program_.add(Op::Mul, result, result);
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

  Frame frame_;
  Program program_;
  std::optional<Operand> variable_;
};

}  // namespace

Program horner_program(const Frame& frame, const Polynomial& p) {
  Writer writer(frame);
  return writer.finish(writer.horner(p));
}

Program quotient_program(const Frame& frame, const Rational& r) {
  Writer writer(frame);
  const Mpfr factor = 1 / r.denominator.back();
  Polynomial denominator = scaled(r.denominator, factor);
  denominator.back() = 1;
  const Operand p = writer.horner(scaled(r.numerator, factor));
  return writer.finish(writer.divide(p, writer.horner(denominator)));
}

Program fraction_program(const Frame& frame, const ContinuedFraction& fraction) {
  Writer writer(frame);
  const bool whole = max_coefficient(fraction.whole) != 0;
  if (frame.variable == Frame::Variable::XSquared && frame.factor == Frame::Factor::X && !whole &&
      fraction.levels.size() == 1 && fraction.levels[0].denominator.size() == 2) {
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
