// Rational arithmetic, and value numbering for what is not rational.
#include "targets/exact/point_values.h"

#include <fmt/format.h>

#include <map>
#include <string>

namespace ulpforge::targets {
namespace {

using ir::Op;

std::string text_of(const Rational& q) {
  char* const text = fmpq_get_str(nullptr, 10, q.get());
  std::string result = text;
  flint_free(text);
  return result;
}

/// The value of a function at a rational number where it is rational, as far as Arb does not tell.
std::optional<Rational> of_number(Op op, const Rational& a) {
  const bool is_one = fmpq_is_one(a.get()) != 0;
  if ((op == Op::Acos || op == Op::Acosh || op == Op::AcosPi || op == Op::Lgamma) && is_one) {
    return Rational(0);
  }
  if (op == Op::Lgamma && fmpq_cmp_si(a.get(), 2) == 0) return Rational(0);
  if (op == Op::SinPi || op == Op::CosPi || op == Op::TanPi) return of_half_turns(op, a);
  return {};
}

class Numbering {
 public:
  PointValue numbered(PointValue value, const std::string& key) {
    std::string name = key;
    if (value.number) name = text_of(*value.number);
    if (value.half_turns) name = text_of(*value.half_turns) + " pi";
    value.id = known_.try_emplace(name, known_.size() + 1).first->second;
    return value;
  }

  PointValue number(const std::optional<Rational>& q, const std::string& key) {
    PointValue value;
    value.number = q;
    return numbered(value, key);
  }

 private:
  std::map<std::string, std::size_t> known_;
};

/// a / b, a b, a + b, a - b of rational numbers; nothing for a division by 0.
std::optional<Rational> arithmetic(Op op, const Rational& a, const Rational& b) {
  Rational result;
  if (op == Op::Add) fmpq_add(result.get(), a.get(), b.get());
  if (op == Op::Sub) fmpq_sub(result.get(), a.get(), b.get());
  if (op == Op::Mul) fmpq_mul(result.get(), a.get(), b.get());
  if (op == Op::Div) {
    if (b.is_zero()) return {};
    fmpq_div(result.get(), a.get(), b.get());
  }
  return result;
}

bool is_arithmetic(Op op) {
  return op == Op::Add || op == Op::Sub || op == Op::Mul || op == Op::Div;
}

/// The same for multiples of pi, where the result is one: in half turns.
std::optional<Rational> of_multiples(Op op, const PointValue& a, const PointValue& b) {
  if (op == Op::Add || op == Op::Sub) {
    if (a.half_turns && b.half_turns) return arithmetic(op, *a.half_turns, *b.half_turns);
    return {};
  }
  if (op == Op::Mul && a.number && b.half_turns) return arithmetic(op, *a.number, *b.half_turns);
  if (a.half_turns && b.number) return arithmetic(op, *a.half_turns, *b.number);
  return {};
}

}  // namespace

std::optional<Rational> of_half_turns(Op op, const Rational& half_turns) {
  Rational quarters;
  fmpq_mul_2exp(quarters.get(), half_turns.get(), 1);
  if (!quarters.is_integer()) return {};
  const long n = static_cast<long>(fmpz_fdiv_ui(fmpq_numref(quarters.get()), 4));
  constexpr long kSine[] = {0, 1, 0, -1};
  if (op == Op::Sin || op == Op::SinPi) return Rational(kSine[n]);
  if (op == Op::Cos || op == Op::CosPi) return Rational(kSine[(n + 1) % 4]);
  return n % 2 == 0 ? std::optional(Rational(0)) : std::nullopt;
}

std::optional<Rational> rational_of(const Ball& exact) {
  constexpr slong kMostBits = 4096;
  if (!arb_is_exact(exact.get()) || !exact.is_finite()) return {};
  if (arf_cmpabs_2exp_si(arb_midref(exact.get()), kMostBits) > 0) return {};
  if (!arb_is_zero(exact.get()) && arf_cmpabs_2exp_si(arb_midref(exact.get()), -kMostBits) < 0) {
    return {};
  }
  if (arb_bits(exact.get()) > kMostBits) return {};
  Rational result;
  arf_get_fmpq(result.get(), arb_midref(exact.get()));
  return result;
}

std::vector<PointValue> point_values(const ir::Program& program, const Ball& x) {
  constexpr long kBits = 128;
  Numbering numbering;
  const PointValue input = numbering.number(rational_of(x), "x");
  std::vector<PointValue> constants;
  for (std::size_t k = 0; k < program.constants.size(); ++k) {
    constants.push_back(
        numbering.number(rational_of(Ball(program.constants[k])), fmt::format("c{}", k)));
  }
  std::vector<PointValue> values;
  const auto read = [&](ir::Operand operand) -> const PointValue& {
    if (operand.is_input()) return input;
    return operand.is_constant() ? constants[operand.index] : values[operand.index];
  };
  const auto ball = [&](const PointValue& value) {
    Ball result;
    if (value.number) arb_set_fmpq(result.get(), value.number->get(), kBits);
    return result;
  };
  for (const ir::Instruction& step : program.code) {
    std::string key(ir::info(step.op).name);
    bool all_numbers = step.arity() > 0;
    for (std::size_t k = 0; k < step.arity(); ++k) {
      const PointValue& operand = read(step.operands[k]);
      key += fmt::format(" {}", operand.id);
      all_numbers = all_numbers && operand.number.has_value();
    }
    const PointValue& a = read(step.operands[0]);
    const PointValue& b = read(step.operands[1]);
    PointValue value;
    if (step.op == Op::Pi) {
      value.half_turns = Rational(1);
    } else if (is_arithmetic(step.op)) {
      if (a.number && b.number) value.number = arithmetic(step.op, *a.number, *b.number);
      if (!all_numbers) value.half_turns = of_multiples(step.op, a, b);
      if (step.op == Op::Sub && a.id == b.id) value.number = Rational(0);
      if (value.number && value.half_turns) value.half_turns.reset();
      if (value.half_turns && value.half_turns->is_zero()) value = {Rational(0), {}, 0};
    } else if (step.op == Op::Neg && (a.number || a.half_turns)) {
      value = a;
      if (value.number) fmpq_neg(value.number->get(), value.number->get());
      if (value.half_turns) fmpq_neg(value.half_turns->get(), value.half_turns->get());
    } else if (a.half_turns && step.arity() == 1) {
      if (step.op == Op::Sin || step.op == Op::Cos || step.op == Op::Tan) {
        value.number = of_half_turns(step.op, *a.half_turns);
      }
    } else if (all_numbers) {
      value.number = of_number(step.op, *a.number);
      const Ball first = ball(a);
      const Ball second = step.arity() > 1 ? ball(b) : first;
      const bool exact = arb_is_exact(first.get()) && arb_is_exact(second.get());
      if (!value.number && exact && !undefined(step.op, first, second)) {
        Ball result;
        apply(step.op, result, first, second,
              step.arity() > 2 ? ball(read(step.operands[2])) : first, kBits);
        value.number = rational_of(result);
      }
    }
    values.push_back(numbering.numbered(value, key));
  }
  return values;
}

}  // namespace ulpforge::targets
