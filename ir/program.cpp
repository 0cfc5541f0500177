// Building and checking programs.
#include "ir/program.h"

#include <fmt/format.h>

namespace ulpforge::ir {

Operand Program::add_constant(DoubleDouble value) {
  constants.push_back(value);
  return Operand::constant(constants.size() - 1);
}

Operand Program::add(Op op, Operand a, Operand b, Operand c) {
  code.push_back({op, {a, b, c}});
  return Operand::value(code.size() - 1);
}

std::optional<std::string> find_defect(const Program& program) {
  const auto exists = [&](Operand operand, std::size_t values) {
    switch (operand.kind) {
      case Operand::Kind::Input:
        return true;
      case Operand::Kind::Constant:
        return operand.index < program.constants.size();
      case Operand::Kind::Value:
        return operand.index < values;
    }
    return false;
  };
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    for (std::size_t k = 0; k < program.code[i].arity(); ++k) {
      if (!exists(program.code[i].operands[k], i)) {
        return fmt::format("instruction {} ({}) reads an operand that does not exist before it", i,
                           info(program.code[i].op).name);
      }
    }
  }
  if (!exists(program.result, program.code.size())) return "the result does not exist";
  return std::nullopt;
}

std::string name_of(Operand operand) {
  switch (operand.kind) {
    case Operand::Kind::Input:
      return "x";
    case Operand::Kind::Constant:
      return fmt::format("c{}", operand.index);
    case Operand::Kind::Value:
      break;
  }
  return fmt::format("v{}", operand.index);
}

double cost(const Program& program) {
  double total = 0;
  for (const Instruction& instruction : program.code) total += info(instruction.op).cost;
  return total;
}

}  // namespace ulpforge::ir
