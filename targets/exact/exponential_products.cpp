// A copy of what the result needs; chains of products are taken apart and put together again.
#include "targets/exact/exponential_products.h"

#include <algorithm>
#include <vector>

namespace ulpforge::targets {
namespace {

using ir::Op;

class Joining {
 public:
  explicit Joining(const ir::Program& program) : program_(program), copies_(program.code.size()) {
    copy_.constants = program.constants;
    copy_.inputs = program.inputs;
    copy_.input_types = program.input_types;
    copy_.result = copied(program.result);
  }

  bool changed() const { return changed_; }
  ir::Program take() { return std::move(copy_); }

 private:
  struct Factor {
    ir::Operand operand;
    bool divides;
  };
  /// A summand of an exponent, or the square of one.
  struct Term {
    ir::Operand operand;
    bool negative;
    bool square;
  };

  const ir::Instruction* step_of(ir::Operand operand) const {
    return operand.is_value() ? &program_.code[operand.index] : nullptr;
  }

  /// The factors of a chain of products and quotients.
  void take_apart(ir::Operand operand, bool divides, std::vector<Factor>& factors) const {
    const ir::Instruction* const step = step_of(operand);
    if (step != nullptr && (step->op == Op::Mul || step->op == Op::Div)) {
      take_apart(step->operands[0], divides, factors);
      take_apart(step->operands[1], divides != (step->op == Op::Div), factors);
    } else {
      factors.push_back({operand, divides});
    }
  }

  /// Whether two operands of the original are computed alike.
  bool equal(ir::Operand a, ir::Operand b) const {
    if (a == b) return true;
    const ir::Instruction* const p = step_of(a);
    const ir::Instruction* const q = step_of(b);
    if (p == nullptr || q == nullptr || p->op != q->op) return false;
    for (std::size_t k = 0; k < p->arity(); ++k) {
      if (!equal(p->operands[k], q->operands[k])) return false;
    }
    return true;
  }

  /// -u and v v as terms of an exponent.
  Term term_of(ir::Operand operand, bool negative) const {
    const ir::Instruction* step = step_of(operand);
    if (step != nullptr && step->op == Op::Neg) return term_of(step->operands[0], !negative);
    if (step != nullptr && step->op == Op::Mul && equal(step->operands[0], step->operands[1])) {
      return {step->operands[0], negative, true};
    }
    return {operand, negative, false};
  }

  void add_term(std::vector<Term>& terms, const Term& term) const {
    const auto opposite = std::ranges::find_if(terms, [&](const Term& other) {
      return other.negative != term.negative && other.square == term.square &&
             equal(other.operand, term.operand);
    });
    if (opposite == terms.end()) {
      terms.push_back(term);
    } else {
      terms.erase(opposite);
    }
  }

  ir::Operand copied(ir::Operand operand) {
    if (!operand.is_value()) return operand;
    if (!copies_[operand.index]) copies_[operand.index] = product_or_copy(operand);
    return *copies_[operand.index];
  }

  ir::Operand product_or_copy(ir::Operand operand) {
    const ir::Instruction& step = program_.code[operand.index];
    if (step.op != Op::Mul && step.op != Op::Div) return plain_copy(step);
    std::vector<Factor> factors;
    take_apart(operand, false, factors);
    const auto exponential = [&](const Factor& factor) {
      const ir::Instruction* const inner = step_of(factor.operand);
      return inner != nullptr &&
             (inner->op == Op::Exp || (inner->op == Op::Erfc && !factor.divides));
    };
    if (std::ranges::count_if(factors, exponential) < 2) return plain_copy(step);
    changed_ = true;
    std::vector<Term> terms;
    std::optional<ir::Operand> product;
    const auto multiply = [&](ir::Operand factor, bool divides) {
      if (!product && !divides) {
        product = factor;
        return;
      }
      const ir::Operand before = product ? *product : copy_.add_constant(1.0);
      product = copy_.add(divides ? Op::Div : Op::Mul, before, factor);
    };
    for (const Factor& factor : factors) {
      if (!exponential(factor)) {
        multiply(copied(factor.operand), factor.divides);
        continue;
      }
      const ir::Instruction& inner = *step_of(factor.operand);
      const ir::Operand argument = inner.operands[0];
      if (inner.op == Op::Exp) {
        add_term(terms, term_of(argument, factor.divides));
      } else {
        multiply(copy_.add(Op::Erfcx, copied(argument)), false);
        add_term(terms, {argument, true, true});
      }
    }
    std::optional<ir::Operand> exponent;
    for (const Term& term : terms) {
      ir::Operand value = copied(term.operand);
      if (term.square) value = copy_.add(Op::Mul, value, value);
      if (exponent) {
        exponent = copy_.add(term.negative ? Op::Sub : Op::Add, *exponent, value);
      } else {
        exponent = term.negative ? copy_.add(Op::Neg, value) : value;
      }
    }
    if (exponent) multiply(copy_.add(Op::Exp, *exponent), false);
    return product ? *product : copy_.add_constant(1.0);
  }

  ir::Operand plain_copy(const ir::Instruction& step) {
    ir::Instruction copy = step;
    for (std::size_t k = 0; k < step.arity(); ++k) copy.operands[k] = copied(step.operands[k]);
    copy_.code.push_back(copy);
    return ir::Operand::value(copy_.code.size() - 1);
  }

  const ir::Program& program_;
  ir::Program copy_;
  std::vector<std::optional<ir::Operand>> copies_;
  bool changed_ = false;
};

}  // namespace

std::optional<ir::Program> with_joined_exponentials(const ir::Program& program) {
  Joining joining(program);
  if (!joining.changed()) return {};
  return joining.take();
}

}  // namespace ulpforge::targets
