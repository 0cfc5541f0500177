// Filling in the templates of programs of two patterns.
#include "emit/pair_header.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <map>
#include <stdexcept>

#include "emit/checks.h"
#include "emit/cpp_text.h"
#include "emit/embedded.h"
#include "emit/form.h"
#include "emit/literal.h"
#include "emit/operation_source.h"
#include "emit/short_header.h"
#include "emit/template.h"

namespace ulpforge::emit {
namespace {

using numbers::ShortFormat;

/// The operations that a program uses, each once, in the order of their file.
std::string operations_of(const ir::Program& program) {
  const OperationSource& source = scalar_source();
  std::map<std::pair<std::size_t, std::string>, std::string> functions;
  for (const ir::Instruction& step : program.code) {
    const ir::OpInfo& row = ir::info(step.op);
    std::vector<std::string> parameters;
    for (std::size_t k = 0; k < row.arity; ++k) {
      parameters.emplace_back(source.spelling(ir::operand_type(row, step.type, k)));
    }
    const auto function = source.find(row.name, parameters);
    functions[{function.block, fmt::format("{}", fmt::join(parameters, ","))}] = function.text;
  }
  std::string text;
  for (const auto& [place, function] : functions) text += function;
  return text;
}

std::string statements_of(const ir::Program& program) {
  std::string text;
  const std::vector<std::uint64_t> bits = ir::constant_bits(program);
  for (std::size_t k = 0; k < bits.size(); ++k) {
    text +=
        fmt::format("  const std::int32_t {} = {};  // {}\n", ir::name_of(ir::Operand::constant(k)),
                    literal(bits[k], ir::Type::I32), remark(bits[k], ir::Type::I32));
  }
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    const ir::Instruction& step = program.code[i];
    std::vector<std::string> arguments;
    for (std::size_t k = 0; k < step.arity(); ++k) {
      arguments.push_back(ir::name_of(step.operands[k]));
    }
    if (step.op == ir::Op::Ternary) arguments.push_back(fmt::format("{:#04x}", step.immediate));
    text += fmt::format("  const {} {} = {}({});\n",
                        scalar_source().spelling(ir::type_of(program, ir::Operand::value(i))),
                        ir::name_of(ir::Operand::value(i)), ir::info(step.op).name,
                        fmt::join(arguments, ", "));
  }
  return text;
}

bool reads(const ir::Program& program, std::size_t input) {
  const auto is_it = [&](ir::Operand operand) {
    return operand.is_input() && operand.index == input;
  };
  for (const ir::Instruction& step : program.code) {
    for (std::size_t k = 0; k < step.arity(); ++k) {
      if (is_it(step.operands[k])) return true;
    }
  }
  return is_it(program.result);
}

bool is_product(const ir::Program& target) {
  return target.code.size() == 1 && target.result.is_value() && target.code[0].op == ir::Op::Mul &&
         target.code[0].operands[0].is_input() && target.code[0].operands[1].is_input();
}

std::string unused(const ir::Program& program, std::size_t input) {
  return reads(program, input) ? "" : "[[maybe_unused]] ";
}

}  // namespace

std::string emit_pair_header(const ir::Program& program, const std::string& name,
                             const std::vector<std::string>& comment, const ShortFormat& format) {
  if (!is_identifier(name)) {
    throw std::invalid_argument(fmt::format("'{}' cannot name a C++ function", name));
  }
  if (program.inputs != 2 || program.input_types[0] != ir::Type::I32 ||
      program.input_types[1] != ir::Type::I32 || ir::result_type(program) != ir::Type::I32) {
    throw std::invalid_argument(fmt::format("{}: no program of two patterns", name));
  }
  for (const ir::Instruction& step : program.code) {
    if (step.type == ir::Type::I32 &&
        ir::info(step.op).signature.find('#') == std::string_view::npos)
      continue;
    throw std::invalid_argument(
        fmt::format("{}: {} over {}; programs of two patterns have operations on i32 alone", name,
                    ir::info(step.op).name, ir::name(step.type)));
  }
  const TemplateFile file(kPairHeaderText);
  return file.fill("header", {{"COMMENT", opening_comment(comment)},
                              {"GUARD", upper(name) + "_H"},
                              {"NAME", name},
                              {"TYPE", pattern_type(format)},
                              {"OPERATIONS", operations_of(program)},
                              {"UNUSED_X", unused(program, 0)},
                              {"UNUSED_Y", unused(program, 1)},
                              {"STATEMENTS", statements_of(program)},
                              {"RESULT", ir::name_of(program.result)},
                              {"MASK", fmt::format("{:#x}", format.inputs() - 1)}});
}

std::string emit_pair_test(const EmittedPairTest& test) {
  const TemplateFile file(kPairTestText);
  const ShortFormat& format = test.format;
  const bool product = is_product(test.target);
  std::string exact;
  if (product) {
    const auto name = [&](std::size_t k) { return ir::name_of(test.target.code[0].operands[k]); };
    exact = file.fill("product", {{"A", name(0)}, {"B", name(1)}});
  } else {
    const MpfrStatements statements = mpfr_statements_of(test.target);
    exact = file.fill("mpfr", {{"VALUES", fmt::to_string(statements.values)},
                               {"EVALUATE", statements.text},
                               {"RESULT", fmt::to_string(statements.place)}});
  }
  constexpr std::string_view kSets[] = {
      "every pair of patterns", "every pair of finite numbers whose exact value is finite",
      "every pair of normal numbers whose exact value is one with a factor of two to spare"};
  return file.fill("test", {{"NAME", test.name},
                            {"EXPRESSION", plain(test.expression)},
                            {"PAIRS_TEXT", std::string(kSets[test.set])},
                            {"LIBRARIES", product ? "" : " -lmpfr -lgmp"},
                            {"MPFR", product ? "" : "#include <mpfr.h>\n\n"},
                            {"TERMS", std::string(kTerms)},
                            {"TYPE", pattern_type(format)},
                            {"SET", fmt::to_string(test.set)},
                            {"PAIRS", fmt::to_string(test.pairs)},
                            {"MISROUNDED", fmt::to_string(test.misrounded)},
                            {"MAX_ULP", fmt::format("{}", test.max_ulp)},
                            {"MEAN_ULP", fmt::format("{}", test.mean_ulp)},
                            {"BIAS_ULP", fmt::format("{}", test.bias_ulp)},
                            {"SPECIAL", fmt::to_string(test.special_values)},
                            {"ZERO_SIGNS", fmt::to_string(test.zero_signs)},
                            {"INPUTS", fmt::to_string(format.inputs())},
                            {"SIGN", fmt::format("{:#x}", format.sign())},
                            {"LARGEST", fmt::format("{:#x}", format.largest())},
                            {"HAS_INFINITIES", format.has_infinities() ? "true" : "false"},
                            {"PRECISION", fmt::to_string(format.row().precision)},
                            {"EMIN", fmt::to_string(format.row().emin)},
                            {"EMAX", fmt::to_string(format.row().emax)},
                            {"EXACT", exact}});
}

}  // namespace ulpforge::emit
