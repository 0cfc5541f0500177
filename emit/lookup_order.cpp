// Lookups between the other instructions.
#include "emit/lookup_order.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace ulpforge::emit {
namespace {

bool is_lookup(const ir::Instruction& step) {
  const ir::OpInfo& row = ir::info(step.op);
  for (std::size_t k = 0; k < row.arity; ++k) {
    if (ir::table_size(row, k) > 0) return true;
  }
  return false;
}

bool reads(const ir::Instruction& step, std::size_t i) {
  const auto operands = step.operands.begin();
  return std::find(operands, operands + step.arity(), ir::Operand::value(i)) !=
         operands + step.arity();
}

/// Before which instruction lookup i goes: the last before its first reader, if its index is there
/// by then.
std::size_t place_of(const ir::Program& program, std::size_t i) {
  std::size_t earliest = 0;
  for (std::size_t k = 0; k < program.code[i].arity(); ++k) {
    const ir::Operand operand = program.code[i].operands[k];
    if (!operand.is_value()) continue;
    if (is_lookup(program.code[operand.index])) return i;
    earliest = std::max<std::size_t>(earliest, operand.index + 1);
  }
  for (std::size_t j = earliest; j < i; ++j) {
    if (program.code[j].op == ir::Op::SelectRare) earliest = j + 1;
  }
  std::size_t reader = i + 1;
  while (reader < program.code.size() && !reads(program.code[reader], i) &&
         program.code[reader].op != ir::Op::SelectRare) {
    ++reader;
  }
  if (reader == program.code.size()) return i;
  if (is_lookup(program.code[reader])) return reader;
  for (std::size_t j = reader; j-- > earliest;) {
    if (!is_lookup(program.code[j])) return j;
  }
  return reader;
}

}  // namespace

ir::Program spread_lookups(const ir::Program& program) {
  using Key = std::tuple<std::size_t, bool, std::size_t>;  // place, no lookup, original place
  std::vector<Key> order;
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    const bool lookup = is_lookup(program.code[i]);
    order.emplace_back(lookup ? place_of(program, i) : i, !lookup, i);
  }
  std::ranges::sort(order);

  std::vector<std::size_t> moved_to(program.code.size());
  for (std::size_t k = 0; k < order.size(); ++k) moved_to[std::get<2>(order[k])] = k;
  ir::Program spread = program;
  const auto moved = [&](ir::Operand operand) {
    return operand.is_value() ? ir::Operand::value(moved_to[operand.index]) : operand;
  };
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    ir::Instruction step = program.code[i];
    for (std::size_t k = 0; k < step.arity(); ++k) step.operands[k] = moved(step.operands[k]);
    spread.code[moved_to[i]] = step;
  }
  spread.result = moved(program.result);
  return spread;
}

}  // namespace ulpforge::emit
