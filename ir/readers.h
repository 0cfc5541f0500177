// Where a program reads a value, and changes of what it reads.
#pragma once

#include <cstddef>
#include <vector>

#include "ir/program.h"

namespace ulpforge::ir {

/// A place that reads: operand `side` of an instruction or, behind the last one, the result.
struct Reader {
  std::size_t instruction = 0;  ///< program.code.size(): the result
  std::size_t side = 0;

  bool is_result(const Program& program) const { return instruction == program.code.size(); }
};

/// What stands at that place.
inline Operand& operand_at(Program& program, Reader reader) {
  return reader.is_result(program) ? program.result
                                   : program.code[reader.instruction].operands[reader.side];
}

/// The places from instruction `first` on whose operand has the property, in the order of the
/// program, the result last.
template <class Property>
std::vector<Reader> readers_if(const Program& program, std::size_t first, Property property) {
  std::vector<Reader> readers;
  for (std::size_t i = first; i < program.code.size(); ++i) {
    for (std::size_t k = 0; k < program.code[i].arity(); ++k) {
      if (property(program.code[i].operands[k])) readers.push_back({i, k});
    }
  }
  if (property(program.result)) readers.push_back({program.code.size(), 0});
  return readers;
}

/// The places from instruction `first` on that read the operand.
inline std::vector<Reader> readers_of(const Program& program, Operand operand,
                                      std::size_t first = 0) {
  return readers_if(program, first, [&](Operand read) { return read == operand; });
}

/// For each instruction how many places read its value.
inline std::vector<int> count_readers(const Program& program) {
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
inline void replace_reads(Program& program, Operand old, Operand value, std::size_t first) {
  for (const Reader reader : readers_of(program, old, first)) operand_at(program, reader) = value;
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
