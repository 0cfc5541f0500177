// Reading schemes and filling them.
#include "targets/schemes/scheme.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "ir/expression.h"
#include "ir/text.h"

namespace ulpforge::targets {
namespace {

constexpr std::string_view kHole = " = kernel(";

[[noreturn]] void fail(const SchemeRow& row, const std::string& message) {
  throw std::invalid_argument(fmt::format("scheme {}/{}: {}", row.target, row.name, message));
}

/// The text before the hole, the names of the hole's value and argument, of the argument's size and
/// sign, the text after it.
struct Parts {
  std::string before, value, argument, size, sign, after;
};

Parts split(const SchemeRow& row) {
  const std::string text(row.text);
  const std::size_t at = text.find(kHole);
  if (at == std::string::npos || text.find(kHole, at + 1) != std::string::npos) {
    fail(row, "needs exactly one line 'k = kernel(r)'");
  }
  const std::size_t begin = text.rfind('\n', at) + 1;
  const std::size_t close = text.find(')', at);
  const std::size_t end = text.find('\n', at);
  if (close == std::string::npos || end == std::string::npos || close > end) {
    fail(row, "the line of the hole is 'k = kernel(r)' or 'k = kernel(r; s, q)'");
  }
  const std::size_t inner = at + kHole.size();
  Parts parts{text.substr(0, begin),
              text.substr(begin, at - begin),
              text.substr(inner, close - inner),
              "",
              "",
              text.substr(end + 1)};
  const std::size_t semicolon = parts.argument.find("; ");
  if (semicolon == std::string::npos) return parts;
  const std::string rest = parts.argument.substr(semicolon + 2);
  const std::size_t comma = rest.find(", ");
  if (comma == std::string::npos) fail(row, "the hole has no sign: 'k = kernel(r; s, q)'");
  parts.argument.resize(semicolon);
  parts.size = rest.substr(0, comma);
  parts.sign = rest.substr(comma + 2);
  return parts;
}

/// The first line is "input x: f32"; the kernel's value becomes a second input.
std::string with_second_input(const SchemeRow& row, const std::string& text,
                              const std::string& name, ir::Type type) {
  const std::size_t end = text.find('\n');
  if (text.substr(0, end) != "input x: f32") fail(row, "begins with 'input x: f32'");
  return fmt::format("input x: f32, {}: {}{}", name, ir::name(type), text.substr(end));
}

}  // namespace

bool is_named(std::string_view pattern, std::string_view scheme) {
  const bool any_end = pattern.ends_with('*');
  if (any_end) pattern.remove_suffix(1);
  const auto fits = [&](std::string_view name) {
    return any_end ? name.starts_with(pattern) : name == pattern;
  };
  return fits(scheme) || std::ranges::any_of(former_scheme_names(), [&](const FormerName& row) {
           return row.name == scheme && fits(row.former);
         });
}

Scheme make_scheme(const SchemeRow& row) {
  const Parts parts = split(row);
  Scheme scheme;
  scheme.name = row.name;
  ir::Program prologue;
  const auto value_of = [&](const std::string& name) {
    return ir::parse(parts.before + "return " + name + "\n").result;
  };
  try {
    prologue = ir::parse(parts.before + "return " + parts.argument + "\n");
    scheme.type = ir::result_type(prologue);
    if (!ir::is_float(scheme.type)) fail(row, "the kernel's argument is neither f32 nor f64");
    if (!parts.size.empty()) scheme.split = {value_of(parts.size), value_of(parts.sign)};
    scheme.program =
        ir::parse(with_second_input(row, parts.before, parts.value, scheme.type) + parts.after);
  } catch (const ir::TextError& error) {
    fail(row, error.what());
  }
  // The program begins with the prologue, instruction by instruction, so that the operand is the
  // same in both.
  scheme.argument = prologue.result;
  // Not make_target, which would refuse the removable singularities at 0.
  scheme.kernel = {std::string(row.kernel), std::string(row.kernel),
                   ir::parse_expression(row.kernel), parse_domain(row.domain), Metric::Absolute};
  scheme.weight = ir::parse_expression(row.weight);
  return scheme;
}

std::vector<Scheme> schemes_of(std::string_view target) {
  std::vector<Scheme> schemes;
  for (const SchemeRow& row : scheme_table()) {
    if (row.target == target) schemes.push_back(make_scheme(row));
  }
  return schemes;
}

bool reads_memory(const Scheme& scheme) {
  return std::ranges::any_of(scheme.program.code, [](const ir::Instruction& step) {
    return ir::info(step.op).name.starts_with("lookup");
  });
}

bool is_for_single_calls(const Scheme& scheme) {
  return reads_memory(scheme) || scheme.name.ends_with("_again");
}

Scheme whole_function(const Target& target) {
  Scheme scheme;
  scheme.name = "none";
  scheme.program = ir::parse("input x: f32, k: f32\nreturn k\n");
  scheme.argument = ir::Operand::input();
  scheme.kernel = target;
  scheme.kernel.metric = Metric::Absolute;
  scheme.weight = ir::parse_expression(fmt::format("1/({})", target.expression));
  return scheme;
}

namespace {

/// How many instructions a kernel begins with that take its argument apart: its bits, the sign
/// among them, its size. 3, or 0 where it begins in another way.
std::size_t split_by_sign(const ir::Program& kernel) {
  constexpr std::size_t kSteps = 3;
  if (kernel.code.size() < kSteps) return 0;
  const ir::Instruction& bits = kernel.code[0];
  const ir::Instruction& sign = kernel.code[1];
  const ir::Instruction& size = kernel.code[2];
  const bool begins = bits.op == ir::Op::Bits && bits.operands[0].is_input() &&
                      sign.op == ir::Op::ShiftRightLogical &&
                      sign.operands[0] == ir::Operand::value(0) && sign.operands[1].is_constant() &&
                      kernel.constants[sign.operands[1].index] == ir::integer_constant(31) &&
                      size.op == ir::Op::Abs && size.operands[0].is_input();
  if (!begins) return 0;
  // Nothing else may read what is taken apart.
  for (std::size_t i = kSteps; i < kernel.code.size(); ++i) {
    for (std::size_t k = 0; k < kernel.code[i].arity(); ++k) {
      const ir::Operand operand = kernel.code[i].operands[k];
      if (operand.is_input() || operand == ir::Operand::value(0)) return 0;
    }
  }
  return kernel.result.is_value() && kernel.result.index >= kSteps ? kSteps : 0;
}

}  // namespace

ir::Program fill_hole(const Scheme& scheme, const ir::Program& kernel) {
  ir::Program whole;
  whole.input_types = scheme.program.input_types;
  whole.inputs = 1;
  whole.constants = scheme.program.constants;
  const std::size_t offset = whole.constants.size();
  whole.constants.insert(whole.constants.end(), kernel.constants.begin(), kernel.constants.end());

  std::vector<ir::Operand> place(scheme.program.code.size());
  ir::Operand kernel_value;
  bool filled = false;
  const auto insert_kernel = [&] {
    const ir::Operand argument =
        scheme.argument.is_value() ? place[scheme.argument.index] : scheme.argument;
    const std::size_t known = scheme.split ? split_by_sign(kernel) : 0;
    const std::size_t base = whole.code.size() - known;
    const auto moved = [&](ir::Operand operand) {
      if (operand.is_input()) return argument;
      if (operand.is_constant()) return ir::Operand::constant(offset + operand.index);
      if (operand.index >= known) return ir::Operand::value(base + operand.index);
      return place[(operand.index == 1 ? scheme.split->sign : scheme.split->size).index];
    };
    for (std::size_t i = known; i < kernel.code.size(); ++i) {
      ir::Instruction step = kernel.code[i];
      if (step.type == ir::Type::F32) step.type = scheme.type;
      for (std::size_t k = 0; k < step.arity(); ++k) step.operands[k] = moved(step.operands[k]);
      whole.code.push_back(step);
    }
    kernel_value = moved(kernel.result);
    filled = true;
  };
  const auto outer = [&](ir::Operand operand) {
    if (operand.is_value()) return place[operand.index];
    return operand == ir::Operand::input(1) ? kernel_value : operand;
  };
  const std::size_t hole = scheme.argument.is_value() ? scheme.argument.index + 1U : 0U;
  for (std::size_t i = 0; i <= scheme.program.code.size(); ++i) {
    if (i == hole && !filled) insert_kernel();
    if (i == scheme.program.code.size()) break;
    ir::Instruction step = scheme.program.code[i];
    for (std::size_t k = 0; k < step.arity(); ++k) step.operands[k] = outer(step.operands[k]);
    whole.code.push_back(step);
    place[i] = ir::Operand::value(whole.code.size() - 1);
  }
  whole.result = outer(scheme.program.result);
  return whole;
}

}  // namespace ulpforge::targets
