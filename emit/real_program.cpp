// Filling in the templates of a language.
#include "emit/real_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string_view>

#include "emit/arithmetic.h"
#include "emit/cpp_text.h"
#include "emit/embedded.h"
#include "emit/template.h"
#include "ir/liveness.h"
#include "ir/uses.h"

namespace ulpforge::emit {
namespace {

constexpr std::string_view kProduct = "ulpforge_product";
constexpr std::string_view kPythonFma = "_fma";

std::string fill_in(const Language& language, std::string_view part,
                    std::initializer_list<Replacement> replacements = {}) {
  static const TemplateFile file(kRealProgramText);
  return file.fill(fmt::format("{} {}", language.name, part), replacements);
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

/// Whether a compiler that contracts could fuse value i with what reads it: a product that does not
/// go into products, quotients and roots alone. The caller of the function may have a sum, too.
bool could_be_fused(const ir::Program& program, std::size_t i) {
  if (program.code[i].op != ir::Op::Mul) return false;
  const auto reads_it = [&](ir::Operand operand) { return operand == ir::Operand::value(i); };
  return std::ranges::any_of(ir::uses_if(program, i + 1, reads_it), [&](ir::Use use) {
    if (use.is_result(program)) return true;
    const ir::Op reader = program.code[use.instruction].op;
    return reader != ir::Op::Mul && reader != ir::Op::Div && reader != ir::Op::Sqrt;
  });
}

std::string expression_of(const ir::Program& program, std::size_t i, const Language& language) {
  const ir::Instruction& instruction = program.code[i];
  std::string_view pattern = spelling(instruction.op, language);
  if (pattern.empty()) {
    throw std::invalid_argument(fmt::format("operation {} has no spelling in {}",
                                            ir::info(instruction.op).name, language.name));
  }
  const std::string product = fmt::format("{}({{0}}, {{1}})", kProduct);
  if (language.c_arithmetic && could_be_fused(program, i)) pattern = product;
  return fmt::format(fmt::runtime(pattern), ir::name_of(instruction.operands[0]),
                     ir::name_of(instruction.operands[1]), ir::name_of(instruction.operands[2]));
}

/// A line for each constant, names and comments aligned.
std::string constant_lines(const ir::Program& program, const std::vector<char>& used,
                           const Language& language) {
  struct Line {
    std::string name, value, decimal;
  };
  std::vector<Line> lines;
  std::size_t name_width = 0;
  std::size_t value_width = 0;
  for (std::size_t k = 0; k < program.constants.size(); ++k) {
    if (!used[k]) continue;
    const double value = program.constants[k].hi;
    lines.push_back({ir::name_of(ir::Operand::constant(k)), language.literal(value),
                     fmt::format("{:.17g}", value)});
    name_width = std::max(name_width, lines.back().name.size());
    value_width = std::max(value_width, lines.back().value.size());
  }
  std::string text;
  for (const Line& line : lines) {
    text += fill_in(language, "constant",
                    {{"NAME", fmt::format("{:<{}}", line.name, name_width)},
                     {"VALUE", line.value},
                     {"PAD", std::string(value_width - line.value.size(), ' ')},
                     {"DECIMAL", line.decimal}});
  }
  return text;
}

std::string value_lines(const ir::Program& program, const std::vector<char>& used,
                        const Language& language) {
  std::string text;
  const std::size_t width =
      program.code.empty() ? 0 : ir::name_of(ir::Operand::value(program.code.size() - 1)).size();
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    if (!used[i]) continue;
    text += fill_in(language, "value",
                    {{"NAME", fmt::format("{:<{}}", ir::name_of(ir::Operand::value(i)), width)},
                     {"VALUE", expression_of(program, i, language)}});
  }
  return text;
}

bool allows_constexpr(const ir::Program& program, const std::vector<char>& used) {
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    if (used[i] && !is_constexpr(program.code[i].op)) return false;
  }
  return true;
}

/// Helpers that the functions call.
std::string needs(const std::vector<std::string>& functions, const Language& language) {
  const auto calls = [&](std::string_view name) {
    return std::ranges::any_of(functions, [&](const std::string& text) {
      return text.find(fmt::format(" {}(", name)) != std::string::npos;
    });
  };
  if (language.c_arithmetic) return calls(kProduct) ? "\n" + product_text(language) : "";
  if (language.name == "python" && calls(kPythonFma)) return fill_in(language, "fma");
  return "";
}

}  // namespace

std::string emit_function(const ir::Program& program, const std::string& name,
                          const std::vector<std::string>& comment, const Language& language) {
  if (!is_identifier(name)) {
    throw std::invalid_argument(fmt::format("'{}' cannot name a function", name));
  }
  const Reads reads = reads_of(program);
  return fill_in(
      language, "function",
      {{"COMMENT", comment_block(comment, language.comment)},
       {"QUALIFIER", allows_constexpr(program, reads.instructions) ? "constexpr" : "inline"},
       {"NAME", name},
       {"UNUSED", reads.input ? "" : fill_in(language, "unused")},
       {"CONSTANTS", constant_lines(program, reads.constants, language)},
       {"VALUES", value_lines(program, reads.instructions, language)},
       {"RESULT", ir::name_of(program.result)}});
}

std::string emit_file(const std::string& guard, const std::vector<std::string>& comment,
                      const std::vector<std::string>& functions, const Language& language) {
  if (!is_identifier(guard)) {
    throw std::invalid_argument(fmt::format("'{}' cannot name an include guard", guard));
  }
  std::string all;
  for (const std::string& function : functions) all += "\n" + function;
  return fill_in(language, "file",
                 {{"COMMENT", opening_comment(comment, language.comment)},
                  {"GUARD", guard},
                  {"BEGIN", arithmetic_begin(Rounding::Double)},
                  {"NEEDS", needs(functions, language)},
                  {"FUNCTIONS", all},
                  {"END", arithmetic_end()}});
}

}  // namespace ulpforge::emit
