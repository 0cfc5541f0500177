// Reading a program from end to end.
#include "emit/program_facts.h"

#include <algorithm>
#include <span>

#include "ir/rare.h"

namespace ulpforge::emit {
namespace {

ir::Type type_of_value(const ir::Instruction& step) {
  return ir::result_type(ir::info(step.op), step.type);
}

/// The one select that reads value i as one of its choices, and nothing else does.
struct Choice {
  ir::Operand other;  ///< the other choice
};
std::optional<Choice> only_choice(const ir::Program& program, std::size_t i) {
  std::optional<Choice> choice;
  if (program.result == ir::Operand::value(i)) return {};
  for (std::size_t j = i + 1; j < program.code.size(); ++j) {
    const ir::Instruction& reader = program.code[j];
    for (std::size_t k = 0; k < reader.arity(); ++k) {
      if (reader.operands[k] != ir::Operand::value(i)) continue;
      if (choice || reader.op != ir::Op::Select || k == 0) return {};
      choice = Choice{reader.operands[3 - k]};
    }
  }
  return choice;
}

}  // namespace

ProgramFacts::ProgramFacts(const ir::Program& canonical)
    : program(canonical),
      from(canonical.input_types[0]),
      to(ir::result_type(canonical)),
      constant_types_(ir::constant_types(canonical)),
      constant_bits_(ir::constant_bits(canonical)),
      owners_(ir::rare_owners(canonical)) {
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    const ir::Instruction& step = program.code[i];
    const bool is_product = step.op == ir::Op::Mul && ir::is_float(step.type);
    product_of_sum_.push_back(is_product && feeds_sum(i) ? 1 : 0);
    note_constants(step);
  }
}

void ProgramFacts::note_constants(const ir::Instruction& step) {
  for (std::size_t k = 0; k < step.arity(); ++k) {
    const ir::Operand operand = step.operands[k];
    if (const std::size_t entries = ir::table_size(ir::info(step.op), k); entries > 0) {
      std::size_t& size = tables_[operand.index];
      size = std::max(size, entries);
    } else if (operand.is_constant()) {
      single_constants_.insert(operand.index);
    }
  }
}

bool ProgramFacts::feeds_sum(std::size_t i) const {
  if (program.result == ir::Operand::value(i)) return true;
  for (std::size_t j = i + 1; j < program.code.size(); ++j) {
    const ir::Instruction& reader = program.code[j];
    for (std::size_t k = 0; k < reader.arity(); ++k) {
      if (reader.operands[k] != ir::Operand::value(i)) continue;
      if (reader.op == ir::Op::Add || reader.op == ir::Op::Sub) return true;
      if (reader.op == ir::Op::Neg && feeds_sum(j)) return true;
      // Without rare code it is its common value.
      if (reader.op == ir::Op::SelectRare && k == 2 && feeds_sum(j)) return true;
    }
  }
  return false;
}

std::set<ir::Type> ProgramFacts::types() const {
  std::set<ir::Type> found = {from, to};
  for (const ir::Type type : constant_types_) found.insert(type);
  for (const ir::Instruction& step : program.code) found.insert(type_of_value(step));
  found.erase(ir::Type::Bool);
  found.erase(ir::Type::Real);
  return found;
}

bool ProgramFacts::has_truth_values() const {
  return std::ranges::any_of(program.code, [](const ir::Instruction& step) {
    return type_of_value(step) == ir::Type::Bool;
  });
}

bool ProgramFacts::uses(ir::Op op) const {
  return std::ranges::find(program.code, op, &ir::Instruction::op) != program.code.end();
}

bool ProgramFacts::reads_input() const {
  if (program.result.is_input()) return true;
  for (const ir::Instruction& step : program.code) {
    for (std::size_t k = 0; k < step.arity(); ++k) {
      if (step.operands[k].is_input()) return true;
    }
  }
  return false;
}

bool ProgramFacts::result_varies() const {
  std::vector<char> varies;
  const auto does = [&](ir::Operand operand) {
    return operand.is_input() || (operand.is_value() && varies[operand.index] != 0);
  };
  for (const ir::Instruction& step : program.code) {
    const auto operands = std::span(step.operands).first(step.arity());
    varies.push_back(std::ranges::any_of(operands, does) ? 1 : 0);
  }
  return does(program.result);
}

bool ProgramFacts::is_mostly_wide() const {
  std::size_t wide = 0, narrow = 0;
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    if (!is_common(i)) continue;
    const ir::Type type = type_of_value(program.code[i]);
    ++(type == ir::Type::F64 || type == ir::Type::I64 ? wide : narrow);
  }
  return wide > narrow;
}

std::set<ir::Type> ProgramFacts::types_of_constants() const {
  std::set<ir::Type> types;
  for (const std::size_t k : single_constants_) types.insert(constant_types_[k]);
  return types;
}

std::string_view ProgramFacts::function_of(std::size_t i) const {
  const ir::Op op = program.code[i].op;
  if (is_product_of_sum(i)) return "product";
  return ir::info(op == ir::Op::SelectRare ? ir::Op::Select : op).name;
}

bool ProgramFacts::is_common(std::size_t i) const { return owners_[i] == ir::kAlways; }

std::vector<std::size_t> ProgramFacts::members_of_group(std::size_t i) const {
  return ir::rare_members(program, owners_, i);
}

bool ProgramFacts::is_rare_select(std::size_t i) const {
  return program.code[i].op == ir::Op::SelectRare && is_common(i);
}

bool ProgramFacts::has_rare_code() const {
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    if (is_rare_select(i)) return true;
  }
  return false;
}

std::optional<ProgramFacts::SizeCondition> ProgramFacts::size_condition(
    ir::Operand condition) const {
  if (!condition.is_value()) return {};
  const ir::Instruction& less = program.code[condition.index];
  if (less.op != ir::Op::Less || !ir::is_float(less.type) || !less.operands[0].is_constant() ||
      !less.operands[1].is_value()) {
    return {};
  }
  const ir::Instruction& size = program.code[less.operands[1].index];
  if (size.op != ir::Op::Abs) return {};
  return SizeCondition{size.operands[0], less.operands[0], less.type};
}

bool ProgramFacts::joins_its_reader(std::size_t i) const {
  const ir::Instruction& step = program.code[i];
  if (!ir::is_float(step.type)) return false;
  if (step.op == ir::Op::Neg) return true;
  if (step.op != ir::Op::Fma && step.op != ir::Op::Mul && step.op != ir::Op::Add &&
      step.op != ir::Op::Sub) {
    return false;
  }
  const std::optional<Choice> choice = only_choice(program, i);
  if (!choice) return false;
  const auto operands = std::span(step.operands).first(step.arity());
  return step.op != ir::Op::Fma || std::ranges::find(operands, choice->other) != operands.end();
}

}  // namespace ulpforge::emit
