// Programs as C++ functions.
#include "emit/real_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "emit/cpp_text.h"
#include "ir/liveness.h"

namespace ulpforge::emit {
namespace {

std::string literal(double value) {
  if (std::isnan(value)) return "NAN";
  if (std::isinf(value)) return value < 0 ? "-INFINITY" : "INFINITY";
  return fmt::format("{:a}", value);
}

std::string expression_of(const ir::Instruction& instruction) {
  const ir::OpInfo& row = ir::info(instruction.op);
  if (row.cpp.empty()) {
    throw std::invalid_argument(fmt::format("operation {} has no C++ spelling", row.name));
  }
  return fmt::format(fmt::runtime(row.cpp), ir::name_of(instruction.operands[0]),
                     ir::name_of(instruction.operands[1]), ir::name_of(instruction.operands[2]));
}

/// What the result depends on; the rest would give warnings about unused variables.
struct Reads {
  std::vector<char> instructions;
  std::vector<char> constants;
  bool input = false;
};

Reads reads_of(const ir::Program& program) {
  Reads reads{ir::live_instructions(program), std::vector<char>(program.constants.size(), 0)};
  const auto mark = [&](ir::Operand operand) {
    if (operand.is_constant()) reads.constants[operand.index] = 1;
    if (operand.is_input()) reads.input = true;
  };
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    if (!reads.instructions[i]) continue;
    for (std::size_t k = 0; k < program.code[i].arity(); ++k) mark(program.code[i].operands[k]);
  }
  mark(program.result);
  return reads;
}

/// `  const double NAME = VALUE;`, names and comments aligned.
std::string constant_lines(const ir::Program& program, const std::vector<char>& used) {
  struct Line {
    std::string name, value, decimal;
  };
  std::vector<Line> lines;
  std::size_t name_width = 0;
  std::size_t value_width = 0;
  for (std::size_t k = 0; k < program.constants.size(); ++k) {
    if (!used[k]) continue;
    const double value = program.constants[k].hi;
    lines.push_back(
        {ir::name_of(ir::Operand::constant(k)), literal(value), fmt::format("{:.17g}", value)});
    name_width = std::max(name_width, lines.back().name.size());
    value_width = std::max(value_width, lines.back().value.size());
  }
  std::string text;
  for (const Line& line : lines) {
    text += fmt::format("  const double {:<{}} = {:<{}}  // {}\n", line.name, name_width,
                        line.value + ';', value_width + 1, line.decimal);
  }
  return text;
}

std::string value_lines(const ir::Program& program, const std::vector<char>& used) {
  std::string text;
  const std::size_t width =
      program.code.empty() ? 0 : ir::name_of(ir::Operand::value(program.code.size() - 1)).size();
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    if (!used[i]) continue;
    text += fmt::format("  const double {:<{}} = {};\n", ir::name_of(ir::Operand::value(i)), width,
                        expression_of(program.code[i]));
  }
  return text;
}

}  // namespace

std::string emit_function(const ir::Program& program, const std::string& name,
                          const std::vector<std::string>& comment) {
  if (!is_identifier(name)) {
    throw std::invalid_argument(fmt::format("'{}' cannot name a C++ function", name));
  }
  const Reads reads = reads_of(program);
  return comment_block(comment) +
         fmt::format("inline double {}({}double x) {{\n", name,
                     reads.input ? "" : "[[maybe_unused]] ") +
         constant_lines(program, reads.constants) + value_lines(program, reads.instructions) +
         fmt::format("  return {};\n}}\n", ir::name_of(program.result));
}

std::string emit_header(const std::string& guard, const std::vector<std::string>& comment,
                        const std::vector<std::string>& functions) {
  if (!is_identifier(guard)) {
    throw std::invalid_argument(fmt::format("'{}' cannot name an include guard", guard));
  }
  std::string text = opening_comment(comment);
  text += fmt::format("#ifndef {0}\n#define {0}\n\n#include <cmath>\n\n", guard);
  text +=
      "#if defined(__FAST_MATH__)\n"
      "#error \"-ffast-math reorders this arithmetic and voids its error bounds\"\n"
      "#endif\n";
  for (const std::string& function : functions) text += "\n" + function;
  return text + fmt::format("\n#endif  // {}\n", guard);
}

}  // namespace ulpforge::emit
