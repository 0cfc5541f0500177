// Jumps over rare code, and the body without it.
#include "emit/rare_code.h"

#include <fmt/format.h>

#include <set>
#include <vector>

#include "emit/embedded.h"
#include "emit/statements.h"
#include "emit/template.h"

namespace ulpforge::emit {
namespace {

/// Which values the common body needs: the result and the conditions, and what those read.
std::vector<char> needed_in_common(const ProgramFacts& facts) {
  const ir::Program& program = facts.program;
  std::vector<char> needed(program.code.size(), 0);
  const auto need = [&](ir::Operand operand) {
    if (operand.is_value()) needed[operand.index] = 1;
  };
  need(program.result);
  for (std::size_t i = program.code.size(); i-- > 0;) {
    if (!facts.is_common(i)) continue;
    const ir::Instruction& step = program.code[i];
    if (facts.is_rare_select(i)) {
      const auto sized = facts.size_condition(step.operands[0]);
      need(sized ? sized->number : step.operands[0]);
      if (needed[i] != 0) need(step.operands[2]);
      continue;
    }
    if (needed[i] == 0) continue;
    for (std::size_t k = 0; k < step.arity(); ++k) need(step.operands[k]);
  }
  return needed;
}

/// The parts of the common body as they are written down, in the program's order.
struct CommonBody {
  const ProgramFacts& facts;
  bool in_steps;
  std::set<std::size_t> constants = {};  ///< that it reads
  std::string values = {}, conditions = {};

  void read(ir::Operand operand) {
    if (operand.is_constant() && facts.single_constants().contains(operand.index)) {
      constants.insert(operand.index);
    }
  }

  void add_value(std::size_t i) {
    const ir::Instruction& step = facts.program.code[i];
    for (std::size_t k = 0; k < step.arity(); ++k) read(step.operands[k]);
    values += "  " + computed_line(facts, i, in_steps);
  }

  void add_common_value(std::size_t i) {
    const ir::Operand common = facts.program.code[i].operands[2];
    read(common);
    values += "  " + value_line(facts, i, ir::name_of(common));
  }

  /// A condition that several selects have counts once.
  void add_condition(ir::Operand condition) {
    std::string test = fmt::format("any({})", ir::name_of(condition));
    if (const auto sized = facts.size_condition(condition)) {
      read(sized->limit);
      test =
          fmt::format("any_larger({}, {})", ir::name_of(sized->number), ir::name_of(sized->limit));
    } else {
      read(condition);
    }
    if (conditions.find(test) != std::string::npos) return;
    conditions += (conditions.empty() ? "" : " || ") + test;
  }
};

}  // namespace

std::string rare_jump(const ProgramFacts& facts, std::size_t i, bool in_steps) {
  const ir::Program& program = facts.program;
  std::string text, chosen;
  for (const std::size_t j : facts.members_of_group(i)) {
    const std::string value = ir::name_of(ir::Operand::value(j));
    text += fmt::format("  auto {} = {};\n", value, ir::name_of(program.code[j].operands[2]));
    chosen += fmt::format("    {} = {};\n", value, call(facts, j));
  }
  text += fmt::format("  if (any({})) {{\n", ir::name_of(program.code[i].operands[0]));
  for (std::size_t j = 0; j < i; ++j) {
    if (facts.owner(j) == i) text += "    " + computed_line(facts, j, in_steps);
  }
  return text + chosen + "  }\n";
}

std::string common_body(const ProgramFacts& facts, bool in_steps) {
  static const TemplateFile file(kBodiesText);
  const std::vector<char> needed = needed_in_common(facts);
  CommonBody body{facts, in_steps};
  for (std::size_t i = 0; i < facts.program.code.size(); ++i) {
    if (!facts.is_common(i)) continue;
    if (!facts.is_rare_select(i)) {
      if (needed[i] != 0) body.add_value(i);
      continue;
    }
    if (needed[i] != 0) body.add_common_value(i);
    body.add_condition(facts.program.code[i].operands[0]);
  }
  return file.fill("common", {{"FROM", upper(facts.from)},
                              {"TO", upper(facts.to)},
                              {"CONSTANTS", constant_lines(facts, body.constants)},
                              {"VALUES", body.values},
                              {"RESULT", ir::name_of(facts.program.result)},
                              {"CONDITIONS", body.conditions}});
}

}  // namespace ulpforge::emit
