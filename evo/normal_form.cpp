// Canonical programs of allowed operations.
#include "evo/normal_form.h"

#include <algorithm>

#include "ir/fusion.h"
#include "ir/simplify.h"

namespace ulpforge::evo {
namespace {

bool has(std::span<const ir::Op> operations, ir::Op op) {
  return std::ranges::find(operations, op) != operations.end();
}

/// x + c is x - (-c).
bool is_allowed(const ir::Instruction& step, std::span<const ir::Op> operations) {
  if (has(operations, step.op)) return true;
  const bool reads_constant = step.operands[0].is_constant() || step.operands[1].is_constant();
  return step.op == ir::Op::Add && reads_constant && has(operations, ir::Op::Sub);
}

}  // namespace

std::vector<ir::Op> drawn_operations(std::span<const ir::Op> operations) {
  std::vector<ir::Op> drawn(operations.begin(), operations.end());
  if (std::erase(drawn, ir::Op::Fma) == 0) return drawn;
  for (const ir::Op op : {ir::Op::Add, ir::Op::Mul}) {
    if (!has(drawn, op)) drawn.push_back(op);
  }
  return drawn;
}

std::optional<ir::Program> normal_form(const ir::Program& raw, const SearchConfig& config) {
  ir::Program program = ir::simplify(ir::split_fma(raw), ir::Folding::Rounded);
  if (has(config.operations, ir::Op::Fma)) {
    program = ir::fuse(program, config.costs, config.operations);
  }
  const bool allowed = std::ranges::all_of(program.code, [&](const ir::Instruction& step) {
    return is_allowed(step, config.operations);
  });
  if (!allowed) return std::nullopt;
  return program;
}

}  // namespace ulpforge::evo
