// Which instructions are needed only where a rare select asks for its first value: code that may be
// skipped while no lane does.
#pragma once

#include <cstddef>
#include <limits>
#include <vector>

#include "ir/program.h"

namespace ulpforge::ir {

/// In the place of a select: the instruction is needed whatever the condition, or by nothing.
inline constexpr std::size_t kAlways = std::numeric_limits<std::size_t>::max();
inline constexpr std::size_t kNever = kAlways - 1;

/// How many instructions from i on, one after the other, are select_rare on one condition and read
/// none of each other: a group, decided together.
inline std::size_t rare_group(const Program& program, std::size_t i) {
  std::size_t end = i;
  const auto belongs = [&](const Instruction& step) {
    if (step.op != Op::SelectRare || step.operands[0] != program.code[i].operands[0]) return false;
    const auto before = [i](Operand from) { return !from.is_value() || from.index < i; };
    return before(step.operands[1]) && before(step.operands[2]);
  };
  while (end < program.code.size() && belongs(program.code[end])) ++end;
  return end - i;
}

/// For each instruction the place of the first select_rare of the group that alone needs it, for
/// values that are rarely taken; kAlways or kNever for all others. What two groups share is needed
/// always, and a select_rare inside another's rare code is a plain select.
inline std::vector<std::size_t> rare_owners(const Program& program) {
  std::vector<std::size_t> owners(program.code.size(), kNever);
  const auto each_operand = [&](std::size_t i, bool rarely, const auto& take) {
    const Instruction& step = program.code[i];
    for (std::size_t k = 0; k < step.arity(); ++k) {
      const bool rare = step.op == Op::SelectRare && k == 1;
      if (step.operands[k].is_value() && (rarely || !rare)) take(step.operands[k].index);
    }
  };
  // Everything that instruction i needs; without `rarely`, but for what a select_rare rarely takes.
  const auto need_always = [&](const auto& self, std::size_t i, bool rarely) -> void {
    if (owners[i] == kAlways) return;
    owners[i] = kAlways;
    each_operand(i, rarely, [&](std::size_t k) { self(self, k, rarely); });
  };
  const auto own = [&](const auto& self, std::size_t i, std::size_t owner) -> void {
    if (owners[i] == kAlways || owners[i] == owner) return;
    if (owners[i] != kNever) return need_always(need_always, i, true);
    owners[i] = owner;
    each_operand(i, true, [&](std::size_t k) { self(self, k, owner); });
  };
  if (program.result.is_value()) need_always(need_always, program.result.index, false);
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    if (owners[i] != kAlways) continue;
    const std::size_t end = i + rare_group(program, i);
    for (std::size_t k = i; k < end; ++k) {
      const Operand rare = program.code[k].operands[1];
      if (owners[k] == kAlways && rare.is_value()) own(own, rare.index, i);
    }
    if (end > i) i = end - 1;
  }
  return owners;
}

/// Those of the group from i on that are needed always.
inline std::vector<std::size_t> rare_members(const Program& program,
                                             const std::vector<std::size_t>& owners,
                                             std::size_t i) {
  std::vector<std::size_t> members;
  const std::size_t end = i + rare_group(program, i);
  for (std::size_t k = i; k < end; ++k) {
    if (owners[k] == kAlways) members.push_back(k);
  }
  return members;
}

}  // namespace ulpforge::ir
