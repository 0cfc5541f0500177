// Infix formulas with as few parentheses as the operators need.
#include "ir/formula.h"

#include <fmt/format.h>

#include "ir/uses.h"

namespace ulpforge::ir {
namespace {

enum Precedence { kSum = 1, kProduct = 2, kAtom = 3 };

struct Term {
  std::string text;
  int precedence = kAtom;
};

std::string grouped(const Term& term, int least) {
  return term.precedence < least ? "(" + term.text + ")" : term.text;
}

class Writer {
 public:
  explicit Writer(const ir::Program& program)
      : program_(program), uses_(count_uses(program)), values_(program.code.size()) {}

  std::vector<std::string> lines() {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < program_.code.size(); ++i) {
      if (uses_[i] == 0) continue;
      values_[i] = term(program_.code[i]);
      if (uses_[i] == 1) continue;
      const std::string name = fmt::format("u{}", ++named_);
      lines.push_back(fmt::format("{} = {}", name, values_[i].text));
      values_[i] = {name, kAtom};
    }
    lines.push_back(take(program_.result).text);
    return lines;
  }

 private:
  /// What the operand reads; a value that is used once is moved out.
  Term take(ir::Operand operand) {
    if (operand.is_input()) return {"x", kAtom};
    if (operand.is_value()) {
      return uses_[operand.index] == 1 ? std::move(values_[operand.index]) : values_[operand.index];
    }
    return {fmt::format("{:.6g}", program_.constants[operand.index].hi), kAtom};
  }

  Term term(const ir::Instruction& instruction) {
    const ir::OpInfo& row = ir::info(instruction.op);
    if (row.infix == 0) {
      std::string arguments;
      for (std::size_t k = 0; k < row.arity; ++k) {
        arguments += (k == 0 ? "" : ", ") + take(instruction.operands[k]).text;
      }
      return {row.arity == 0 ? std::string(row.name) : fmt::format("{}({})", row.name, arguments),
              kAtom};
    }
    const int own = row.infix == '+' || row.infix == '-' ? kSum : kProduct;
    const Term a = take(instruction.operands[0]);
    const Term b = take(instruction.operands[1]);
    if (instruction.op == ir::Op::Add && instruction.operands[1].is_constant() &&
        b.text.front() == '-') {
      return {fmt::format("{} - {}", a.text, b.text.substr(1)), own};
    }
    const bool negative = b.text.front() == '-';
    const int least = negative ? kAtom + 1 : row.commutes ? own : own + 1;
    return {fmt::format("{} {} {}", grouped(a, own), row.infix, grouped(b, least)), own};
  }

  const ir::Program& program_;
  std::vector<int> uses_;
  std::vector<Term> values_;
  int named_ = 0;
};

}  // namespace

std::vector<std::string> formula(const ir::Program& program) { return Writer(program).lines(); }

}  // namespace ulpforge::ir
