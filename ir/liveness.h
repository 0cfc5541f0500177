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

}  // namespace ulpforge::ir
