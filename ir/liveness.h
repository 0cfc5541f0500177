// Which instructions the result needs.
#pragma once

#include <vector>

#include "ir/program.h"

namespace ulpforge::ir {

/// 1 for each instruction that the result depends on.
inline std::vector<char> live_instructions(const Program& program) {
  std::vector<char> live(program.code.size(), 0);
  if (program.result.is_value()) live[program.result.index] = 1;
  for (std::size_t i = program.code.size(); i-- > 0;) {
    if (!live[i]) continue;
    for (std::size_t k = 0; k < program.code[i].arity(); ++k) {
      const Operand operand = program.code[i].operands[k];
      if (operand.is_value()) live[operand.index] = 1;
    }
  }
  return live;
}

/// What the operand needs, as a program of its own.
inline Program part_of(const Program& program, Operand operand) {
  Program part = program;
  part.result = operand;
  const std::vector<char> live = live_instructions(part);
  part.code.clear();
  std::vector<std::size_t> moved(live.size());
  const auto follow = [&](Operand& read) {
    if (read.is_value()) read = Operand::value(moved[read.index]);
  };
  for (std::size_t i = 0; i < live.size(); ++i) {
    if (!live[i]) continue;
    moved[i] = part.code.size();
    part.code.push_back(program.code[i]);
    for (std::size_t k = 0; k < part.code.back().arity(); ++k) {
      follow(part.code.back().operands[k]);
    }
  }
  follow(part.result);
  return part;
}

}  // namespace ulpforge::ir
