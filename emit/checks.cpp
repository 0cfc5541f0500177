// Filling in the programs of emit/templates/.
#include "emit/checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ranges>
#include <span>
#include <stdexcept>
#include <string_view>

#include "emit/cpp_text.h"
#include "emit/embedded.h"
#include "emit/form.h"
#include "emit/header_part.h"
#include "emit/short_header.h"
#include "emit/template.h"
#include "emit/vector_names.h"

namespace ulpforge::emit {
namespace {

void require_name(const std::string& name) {
  if (!is_identifier(name)) {
    throw std::invalid_argument(fmt::format("'{}' cannot name a C++ function", name));
  }
}

/// The MPFR function of an operation.
std::string_view mpfr_function(ir::Op op) {
  switch (op) {
#define ARITHMETIC(enumerator, name, ...) \
  case ir::Op::enumerator:                \
    return ir::Op::enumerator == ir::Op::Abs ? "mpfr_abs" : "mpfr_" #name;
#define MACHINE(enumerator, ...) \
  case ir::Op::enumerator:       \
    break;
#define REFERENCE(enumerator, name, arity, cost, cpp, mpfr) \
  case ir::Op::enumerator:                                  \
    return #mpfr;
#include "ir/ops.def"
#undef ARITHMETIC
#undef MACHINE
#undef REFERENCE
  }
  throw std::invalid_argument("a target is a program over real numbers");
}

/// Where v_ has an operand: the inputs first, values, constants.
std::size_t place_of(const ir::Program& program, ir::Operand operand) {
  if (operand.is_input()) return operand.index;
  if (operand.is_value()) return program.inputs + operand.index;
  return program.inputs + program.code.size() + operand.index;
}

/// Statements that compute the program at x (and y) in v_.
std::string mpfr_statements(const ir::Program& program) {
  const auto place = [&](ir::Operand operand) { return place_of(program, operand); };
  std::string text;
  for (std::size_t k = 0; k < program.inputs; ++k) {
    text += fmt::format("    mpfr_set_flt(v_[{}], {}, MPFR_RNDN);\n", k,
                        ir::name_of(ir::Operand::input(k)));
  }
  for (std::size_t k = 0; k < program.constants.size(); ++k) {
    const numbers::DoubleDouble& c = program.constants[k];
    const std::size_t to = place(ir::Operand::constant(k));
    text += fmt::format("    mpfr_set_d(v_[{}], {:a}, MPFR_RNDN);\n", to, c.hi);
    if (c.lo != 0)
      text += fmt::format("    mpfr_add_d(v_[{0}], v_[{0}], {1:a}, MPFR_RNDN);\n", to, c.lo);
  }
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    const ir::Instruction& step = program.code[i];
    const std::size_t to = place(ir::Operand::value(i));
    if (step.op == ir::Op::Pi) {
      text += fmt::format("    mpfr_const_pi(v_[{}], MPFR_RNDN);\n", to);
    } else if (step.op == ir::Op::E) {
      text += fmt::format(
          "    mpfr_set_ui(v_[{0}], 1, MPFR_RNDN);\n"
          "    mpfr_exp(v_[{0}], v_[{0}], MPFR_RNDN);\n",
          to);
    } else if (step.op == ir::Op::Lgamma) {
      text += fmt::format("    int sign = 0;\n    mpfr_lgamma(v_[{}], &sign, v_[{}], MPFR_RNDN);\n",
                          to, place(step.operands[0]));
    } else {
      std::string arguments;
      for (std::size_t k = 0; k < step.arity(); ++k) {
        arguments += fmt::format("v_[{}], ", place(step.operands[k]));
      }
      text += fmt::format("    {}(v_[{}], {}MPFR_RNDN);\n", mpfr_function(step.op), to, arguments);
    }
  }
  return text;
}

std::size_t result_place(const ir::Program& program) { return place_of(program, program.result); }

std::size_t places(const ir::Program& program) {
  return program.inputs + program.code.size() + program.constants.size();
}

/// Whether the C library's double function is the target, and accurate wherever it is not 0: the
/// GNU manual has errors of a few ULP. Those with zeros that are no simple numbers are not.
bool has_estimate(const ir::Program& target) {
  if (target.code.size() != 1 || !target.result.is_value()) return false;
  const ir::Instruction& step = target.code[0];
  const ir::OpInfo& row = ir::info(step.op);
  if (row.arity != 1 || !step.operands[0].is_input() || row.cpp.empty()) return false;
  if (!row.is_reference()) return step.op == ir::Op::Sqrt;
  for (const ir::Op op : {ir::Op::Lgamma, ir::Op::Tgamma, ir::Op::BesselJ0, ir::Op::BesselJ1,
                          ir::Op::BesselY0, ir::Op::BesselY1}) {
    if (step.op == op) return false;
  }
  return true;
}

const TemplateFile& exhaustive_test() {
  static const TemplateFile file(kExhaustiveTestText);
  return file;
}

/// What the header says of calls and of arrays, as the preprocessor chooses.
std::string claims(const EmittedTest& test) {
  std::vector<std::string> calls, arrays;
  for (const auto& [max_ulp, misrounded, program] : test.claims) {
    const std::string figures = fmt::format(
        "{{{}, {}, {}}};\n", max_ulp, misrounded ? fmt::to_string(*misrounded) : "-1", program);
    calls.push_back("const Claim claim_of_calls = " + figures);
    arrays.push_back("const Claim claim_of_arrays = " + figures);
  }
  return by_call(test.name, calls) + by_array(test.name, arrays);
}

std::string domain_test(const EmittedTest& test) {
  if (!test.domain) return exhaustive_test().fill("every_input");
  return exhaustive_test().fill("interval", {{"LOW", fmt::format("{:a}", test.domain->first)},
                                             {"HIGH", fmt::format("{:a}", test.domain->second)}});
}

std::string estimate(const ir::Program& target) {
  if (!has_estimate(target)) return exhaustive_test().fill("no_estimate");
  return exhaustive_test().fill(
      "estimate", {{"VALUE", fmt::format(fmt::runtime(ir::info(target.code[0].op).cpp),
                                         "static_cast<double>(x)")}});
}

std::string estimate_text(const ir::Program& target) {
  return exhaustive_test().fill(has_estimate(target) ? "estimate_text" : "no_estimate_text");
}

/// The vectors that peers are called with: those of the form that is compiled.
std::string peer_vectors(const TemplateFile& file, const std::string& name) {
  std::string text;
  for (const Form& form : vector_forms()) {
    // Vectors without a size are in no array.
    if (!form.is_sized()) continue;
    const bool of_x86 = jit::architecture(form.isa) == jit::Architecture::X86_64;
    const std::span<const VectorNames> all =
        of_x86 ? std::span<const VectorNames>(kVectorNames) : kVectorNamesOfAArch64;
    const auto names =
        std::ranges::find(all | std::views::reverse, form.lanes, &VectorNames::lanes);
    text += file.fill("peer_vectors", {{"IF", text.empty() ? "if" : "elif"},
                                       {"MACRO", upper(fmt::format("{}_{}", name, form.name))},
                                       {"NAME", name},
                                       {"FORM", std::string(form.name)},
                                       {"BITS", fmt::to_string(form.bits())},
                                       {"PREFIX", std::string(names->prefix)},
                                       {"LANES", fmt::to_string(form.lanes)}});
  }
  return text + "#endif\n";
}

}  // namespace

std::string plain(const std::string& expression) {
  std::string text;
  for (const char c : expression) {
    if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '%' || c == '@') {
      text += ' ';
    } else {
      text += c;
    }
  }
  return text;
}

MpfrStatements mpfr_statements_of(const ir::Program& program) {
  return {mpfr_statements(program), result_place(program), places(program)};
}

std::string emit_exhaustive_test(const EmittedTest& test) {
  require_name(test.name);
  if (test.claims.size() != header_isas().size()) {
    throw std::invalid_argument(fmt::format("{} claims for the {} instruction sets of a header",
                                            test.claims.size(), header_isas().size()));
  }
  const std::string judged = test.patterns                     ? "rounded"
                             : test.unit == numbers::kBinary32 ? "float"
                                                               : "measured";
  const auto hex = [](std::uint32_t pattern) { return fmt::format("0x{:x}u", pattern); };
  const std::uint32_t infinity = ((std::uint32_t{1} << (test.unit.bits - test.unit.precision)) - 1)
                                 << (test.unit.precision - 1);
  return exhaustive_test().fill(
      "test",
      {{"NAME", test.name},
       {"PRECISION", fmt::to_string(test.unit.precision)},
       {"EMIN", fmt::to_string(test.unit.emin)},
       {"EMAX", fmt::to_string(test.unit.emax)},
       {"JUDGE", exhaustive_test().fill("judge_" + judged,
                                        {{"SIGN", hex(std::uint32_t{1} << (test.unit.bits - 1))},
                                         {"INFINITY", hex(infinity)}})},
       {"MISROUNDED", exhaustive_test().fill("misrounded_" + judged)},
       {"MISROUNDED_TEXT", judged == "measured" ? "above 1/2  " : "misrounded "},
       {"RESULT_TYPE", test.patterns ? pattern_type(test.unit.bits) : std::string("float")},
       {"VALUE_OF", test.patterns ? "value_of" : ""},
       {"TERMS", std::string(kTerms)},
       {"EXPRESSION", plain(test.expression)},
       {"INPUTS_TEXT", test.domain ? fmt::format("every float in [{}, {}]", test.domain->first,
                                                 test.domain->second)
                                   : "all 2^32 inputs"},
       {"ESTIMATE_TEXT", estimate_text(test.target)},
       {"ESTIMATE", estimate(test.target)},
       {"DOMAIN_TEST", domain_test(test)},
       {"CLAIMS", claims(test)},
       {"EVALUATE", mpfr_statements(test.target)},
       {"RESULT", fmt::format("{}", result_place(test.target))},
       {"VALUES", fmt::to_string(places(test.target))}});
}

std::string emit_fast_test(const std::string& name, float largest) {
  require_name(name);
  return fill(
      kFastTestText,
      {{"NAME", name}, {"LARGEST", fmt::format("{:a}", largest)}, {"TERMS", std::string(kTerms)}});
}

std::string emit_benchmark(const EmittedBenchmark& benchmark) {
  require_name(benchmark.name);
  const std::string low = fmt::format("{:a}", benchmark.low);
  const std::string high = fmt::format("{:a}", benchmark.high);
  const std::string input =
      benchmark.logarithmic
          ? fmt::format("{} * std::exp2(t * {:a})", low, std::log2(benchmark.high / benchmark.low))
          : fmt::format("{} + t * ({} - {})", low, high, low);
  const TemplateFile file(kBenchmarkText);
  return file.fill("benchmark",
                   {{"NAME", benchmark.name},
                    {"PEER_VECTORS", peer_vectors(file, benchmark.name)},
                    {"EXPRESSION", plain(benchmark.expression)},
                    {"SYMBOL", plain(benchmark.symbol)},
                    {"ROUNDS", "101"},
                    {"INPUT", input},
                    {"INPUTS_TEXT", fmt::format("random, {} in [{}, {}]",
                                                benchmark.logarithmic ? "log-uniform" : "uniform",
                                                benchmark.low, benchmark.high)},
                    {"TERMS", std::string(kTerms)}});
}

}  // namespace ulpforge::emit
