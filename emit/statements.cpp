// Lines of emitted bodies.
#include "emit/statements.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "emit/cpp_text.h"
#include "emit/literal.h"

namespace ulpforge::emit {

std::string upper(ir::Type type) { return upper(std::string(ir::name(type))); }

std::string table_name(std::size_t constant) { return fmt::format("table{}", constant); }

std::string constant_lines(const ProgramFacts& facts, const std::set<std::size_t>& constants) {
  struct Line {
    std::string name, value, remark;
  };
  std::vector<Line> lines;
  for (const std::size_t k : constants) {
    const ir::Type type = facts.constant_type(k);
    const std::uint64_t bits = facts.constant_bits(k);
    lines.push_back({ir::name_of(ir::Operand::constant(k)),
                     fmt::format("Form::{}({});", ir::name(type), literal(bits, type)),
                     remark(bits, type)});
  }
  std::size_t longest_name = 0;
  std::size_t longest_value = 0;
  for (const Line& line : lines) {
    longest_name = std::max(longest_name, line.name.size());
    longest_value = std::max(longest_value, line.value.size());
  }
  std::string text;
  for (const Line& line : lines) {
    text += fmt::format("  const auto {:<{}} = {:<{}}  // {}\n", line.name, longest_name,
                        line.value, longest_value, line.remark);
  }
  return text;
}

std::string call(const ProgramFacts& facts, std::size_t i) {
  const ir::Instruction& step = facts.program.code[i];
  const ir::OpInfo& row = ir::info(step.op);
  std::vector<std::string> arguments;
  arguments.reserve(row.arity + 1);
  for (std::size_t k = 0; k < row.arity; ++k) {
    arguments.push_back(ir::table_size(row, k) > 0 ? table_name(step.operands[k].index)
                                                   : ir::name_of(step.operands[k]));
  }
  if (step.op == ir::Op::Ternary) {
    arguments.push_back(fmt::format("std::integral_constant<int, {:#04x}>()", step.immediate));
  }
  return fmt::format("{}({})", facts.function_of(i), fmt::join(arguments, ", "));
}

std::size_t name_width(const ProgramFacts& facts) {
  const std::size_t values = facts.program.code.size();
  return values == 0 ? 0 : ir::name_of(ir::Operand::value(values - 1)).size();
}

std::string value_line(const ProgramFacts& facts, std::size_t i, std::string_view expression) {
  return fmt::format("const auto {:<{}} = {};\n", ir::name_of(ir::Operand::value(i)),
                     name_width(facts), expression);
}

std::string computed_line(const ProgramFacts& facts, std::size_t i, bool in_steps) {
  const bool is_step = in_steps && !facts.joins_its_reader(i);
  return value_line(facts, i, is_step ? fmt::format("step({})", call(facts, i)) : call(facts, i));
}

}  // namespace ulpforge::emit
