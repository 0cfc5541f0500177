// The body of evaluate.
#include "emit/bodies.h"

#include "emit/embedded.h"
#include "emit/rare_code.h"
#include "emit/statements.h"
#include "emit/template.h"
#include "ir/rare.h"

namespace ulpforge::emit {
namespace {

/// Every value in order; groups of rare selects as jumps over code of their own.
std::string value_lines(const ProgramFacts& facts, bool in_steps) {
  std::string text;
  for (std::size_t i = 0; i < facts.program.code.size(); ++i) {
    if (!facts.is_common(i)) continue;
    if (const std::size_t group = ir::rare_group(facts.program, i); group > 0) {
      text += rare_jump(facts, i, in_steps);
      i += group - 1;
    } else {
      text += "  " + computed_line(facts, i, in_steps);
    }
  }
  return text;
}

}  // namespace

std::string bodies(const ProgramFacts& facts, bool in_steps) {
  static const TemplateFile file(kBodiesText);
  return file.fill("evaluate", {{"TO", upper(facts.to)},
                                {"FROM", upper(facts.from)},
                                {"UNUSED", facts.reads_input() ? "" : "[[maybe_unused]] "},
                                {"CONSTANTS", constant_lines(facts, facts.single_constants())},
                                {"VALUES", value_lines(facts, in_steps)},
                                {"RESULT", ir::name_of(facts.program.result)}}) +
         (facts.has_rare_code() ? "\n" + common_body(facts, in_steps) : "");
}

}  // namespace ulpforge::emit
