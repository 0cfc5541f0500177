// Where a program uses a value (def-use chains), and changes of what it reads.
#pragma once

#include <cstddef>
#include <vector>

#include "ir/program.h"

namespace ulpforge::ir {

/// A use of a value, an input or a constant: operand `side` of an instruction or, behind the last
/// one, the result.
struct Use {
  std::size_t instruction = 0;  ///< program.code.size(): the result
  std::size_t side = 0;

  bool is_result(const Program& program) const { return instruction == program.code.size(); }
};

/// What stands at that place.
inline Operand& operand_at(Program& program, Use use) {
  return use.is_result(program) ? program.result : program.code[use.instruction].operands[use.side];
}

/// The places from instruction `first` on whose operand has the property, in the order of the
/// program, the result last.
template <class Property>
std::vector<Use> uses_if(const Program& program, std::size_t first, Property property) {
  std::vector<Use> uses;
  for (std::size_t i = first; i < program.code.size(); ++i) {
    for (std::size_t k = 0; k < program.code[i].arity(); ++k) {
      if (property(program.code[i].operands[k])) uses.push_back({i, k});
    }
  }
  if (property(program.result)) uses.push_back({program.code.size(), 0});
  return uses;
}

/// The places from instruction `first` on that read the operand.
inline std::vector<Use> uses_of(const Program& program, Operand operand, std::size_t first = 0) {
  return uses_if(program, first, [&](Operand read) { return read == operand; });
}

/// For each instruction how many places read its value.
inline std::vector<int> count_uses(const Program& program) {
  std::vector<int> counts(program.code.size(), 0);
  const auto count = [&](Operand operand) {
    if (operand.is_value()) ++counts[operand.index];
  };
  for (const Instruction& instruction : program.code) {
    for (std::size_t k = 0; k < instruction.arity(); ++k) count(instruction.operands[k]);
  }
  count(program.result);
  return counts;
}

/// What reads `old` from instruction `first` on reads `value` instead.
inline void replace_uses(Program& program, Operand old, Operand value, std::size_t first) {
  for (const Use use : uses_of(program, old, first)) operand_at(program, use) = value;
}

/// Puts an instruction before instruction `position`; later values move up by one. Returns its
/// value.
inline Operand insert_instruction(Program& program, std::size_t position,
                                  const Instruction& instruction) {
  const auto move_up = [&](Operand& operand) {
    if (operand.is_value() && operand.index >= position) ++operand.index;
  };
  for (std::size_t i = position; i < program.code.size(); ++i) {
    for (Operand& operand : program.code[i].operands) move_up(operand);
  }
  move_up(program.result);
  program.code.insert(program.code.begin() + static_cast<std::ptrdiff_t>(position), instruction);
  return Operand::value(position);
}

}  // namespace ulpforge::ir
