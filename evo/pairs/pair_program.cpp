// Contraction and expansion of minima and maxima, and what nothing reads.
#include "evo/pairs/pair_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "evo/pairs/pair_lanes.h"
#include "ir/ops.h"

namespace ulpforge::evo::pairs {
namespace {

using ir::Instruction;
using ir::Op;
using ir::Operand;
using ir::Program;
using ir::Type;

bool is_order(Op op) { return op == Op::Less || op == Op::LessEqual; }

/// How many operands read each value; the result counts.
std::vector<std::size_t> readers(const Program& program) {
  std::vector<std::size_t> count(program.code.size(), 0);
  const auto note = [&](Operand operand) {
    if (operand.is_value()) ++count[operand.index];
  };
  for (const Instruction& step : program.code) {
    for (std::size_t k = 0; k < step.arity(); ++k) note(step.operands[k]);
  }
  note(program.result);
  return count;
}

}  // namespace

Program empty_program() {
  Program program;
  program.inputs = 2;
  program.input_types = {Type::I32, Type::I32, Type::Real};
  program.result = Operand::input(0);
  return program;
}

Type pair_type(const Program& program, Operand operand) {
  if (!operand.is_value()) return Type::I32;
  const Instruction& step = program.code[operand.index];
  return ir::result_type(ir::info(step.op), step.type);
}

std::string find_pair_defect(const Program& program) {
  if (program.inputs != 2 || program.input_types[0] != Type::I32 ||
      program.input_types[1] != Type::I32) {
    return "a program of two patterns begins with 'input x: i32, y: i32'";
  }
  if (const auto defect = ir::find_defect(program)) return *defect;
  for (const Instruction& step : program.code) {
    // Truth values are for choices: nothing is computed with them.
    if (std::ranges::find(integer_operations(), step.op) == integer_operations().end() ||
        step.type != Type::I32) {
      return fmt::format("{} over {} is no operation of programs of two patterns",
                         ir::info(step.op).name, ir::name(step.type));
    }
  }
  if (pair_type(program, program.result) != Type::I32) return "the result is no i32";
  return "";
}

Program contracted(const Program& program) {
  // A constant that is written twice is one, so that operands can be compared.
  Program result = cleaned(program);
  for (Instruction& step : result.code) {
    if (step.op != Op::Select || !step.operands[0].is_value()) continue;
    const Instruction& condition = result.code[step.operands[0].index];
    if (!is_order(condition.op) || condition.type != Type::I32) continue;
    const Operand a = condition.operands[0], b = condition.operands[1];
    const bool is_min = step.operands[1] == a && step.operands[2] == b;
    const bool is_max = step.operands[1] == b && step.operands[2] == a;
    if (!is_min && !is_max) continue;
    step = {is_min ? Op::Min : Op::Max, {a, b, Operand{}}, Type::I32, 0};
  }
  return cleaned(result);
}

Program expanded(const Program& program) {
  Program result = program;
  result.code.clear();
  std::vector<Operand> values;
  const auto moved = [&](Operand operand) {
    return operand.is_value() ? values[operand.index] : operand;
  };
  for (Instruction step : program.code) {
    for (std::size_t k = 0; k < step.arity(); ++k) step.operands[k] = moved(step.operands[k]);
    if (step.op == Op::Min || step.op == Op::Max) {
      const Operand a = step.operands[0], b = step.operands[1];
      const Operand less = result.add(Type::I32, Op::Less, a, b);
      values.push_back(step.op == Op::Min ? result.add(Type::I32, Op::Select, less, a, b)
                                          : result.add(Type::I32, Op::Select, less, b, a));
    } else {
      result.code.push_back(step);
      values.push_back(Operand::value(result.code.size() - 1));
    }
  }
  result.result = moved(program.result);
  return result;
}

std::size_t operations_of(const Program& program) { return contracted(program).code.size(); }

Program cleaned(const Program& program) {
  std::vector<std::size_t> count = readers(program);
  for (std::size_t i = program.code.size(); i-- > 0;) {
    if (count[i] > 0) continue;
    const Instruction& step = program.code[i];
    for (std::size_t k = 0; k < step.arity(); ++k) {
      if (step.operands[k].is_value()) --count[step.operands[k].index];
    }
  }
  Program result = empty_program();
  std::vector<Operand> values(program.code.size());
  const auto moved = [&](Operand operand) {
    if (operand.is_value()) return values[operand.index];
    if (operand.is_input()) return operand;
    const numbers::DoubleDouble& value = program.constants[operand.index];
    for (std::size_t k = 0; k < result.constants.size(); ++k) {
      if (result.constants[k] == value) return Operand::constant(k);
    }
    return result.add_constant(value);
  };
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    if (count[i] == 0) continue;
    Instruction step = program.code[i];
    for (std::size_t k = 0; k < step.arity(); ++k) step.operands[k] = moved(step.operands[k]);
    for (std::size_t k = step.arity(); k < 3; ++k) step.operands[k] = Operand{};
    result.code.push_back(step);
    values[i] = Operand::value(result.code.size() - 1);
  }
  result.result = moved(program.result);
  return result;
}

}  // namespace ulpforge::evo::pairs
