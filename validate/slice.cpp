// An input becomes a constant.
#include "validate/slice.h"

namespace ulpforge::validate {

ir::Program slice(const ir::Program& program, std::size_t axis, double fixed) {
  if (program.inputs == 1) return program;
  ir::Program result = program;
  const ir::Operand constant = result.add_constant(fixed);
  const auto replace = [&](ir::Operand& operand) {
    if (operand.is_input()) operand = operand.index == axis ? ir::Operand::input() : constant;
  };
  for (ir::Instruction& step : result.code) {
    for (std::size_t k = 0; k < step.arity(); ++k) replace(step.operands[k]);
  }
  replace(result.result);
  result.inputs = 1;
  return result;
}

}  // namespace ulpforge::validate
