// A copy of what the result needs, with log1p(exp(u)) replaced on the way.
#include "targets/exact/softplus.h"

#include <vector>

namespace ulpforge::targets {
namespace {

class Rewriting {
 public:
  explicit Rewriting(const ir::Program& program) : program_(program), copies_(program.code.size()) {
    copy_.constants = program.constants;
    copy_.inputs = program.inputs;
    copy_.input_types = program.input_types;
    copy_.result = copied(program.result);
  }

  bool changed() const { return changed_; }
  ir::Program take() { return std::move(copy_); }

 private:
  /// u, if the step is log1p(exp(u)).
  std::optional<ir::Operand> exponent(const ir::Instruction& step) const {
    if (step.op != ir::Op::Log1p || !step.operands[0].is_value()) return {};
    const ir::Instruction& inner = program_.code[step.operands[0].index];
    if (inner.op != ir::Op::Exp) return {};
    return inner.operands[0];
  }

  ir::Operand copied(ir::Operand operand) {
    if (!operand.is_value()) return operand;
    std::optional<ir::Operand>& known = copies_[operand.index];
    if (!known) known = copied(program_.code[operand.index]);
    return *known;
  }

  ir::Operand copied(const ir::Instruction& step) {
    if (const std::optional<ir::Operand> u = exponent(step)) {
      changed_ = true;
      const ir::Operand same = copied(*u);
      const ir::Operand small = copy_.add(ir::Op::Exp, copy_.add(ir::Op::Neg, same));
      return copy_.add(ir::Op::Add, same, copy_.add(ir::Op::Log1p, small));
    }
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

std::optional<ir::Program> with_small_exponentials(const ir::Program& program) {
  Rewriting rewriting(program);
  if (!rewriting.changed()) return {};
  return rewriting.take();
}

}  // namespace ulpforge::targets
