// Subjects from libraries, headers and programs; exact functions from the catalog and expressions.
#include "validate/subject.h"

#include <fmt/format.h>

#include <cstdlib>
#include <stdexcept>

#include "emit/machine_header.h"
#include "emit/pair_header.h"
#include "ir/expression.h"
#include "ir/text.h"
#include "system/files.h"
#include "targets/parity.h"
#include "validate/library.h"

namespace ulpforge::validate {
namespace {

Subject compiled_subject(const std::filesystem::path& header, const std::string& name,
                         const std::string& source) {
  const auto compiled = std::make_shared<CompiledHeader>(header, name);
  return {compiled->callee(), compiled, source, name};
}

/// What the symbol's name says that it computes, or "".
std::string function_of(const std::string& symbol) {
  const auto name = read_symbol_name(symbol);
  return name ? name->function : "";
}

ExactFunction exact_pair(const std::string& target, const std::string& symbol, Element element) {
  ExactFunction exact;
  exact.name = target.empty() ? function_of(symbol) : target;
  if (exact.name.empty()) exact.name = symbol;
  const targets::PairRow* const pair = targets::find_pair(exact.name);
  if (pair == nullptr && target.empty()) {
    throw std::invalid_argument(fmt::format(
        "no target is known for {}; give --target: a function of two arguments that `ulpforge "
        "targets` lists, or an expression in x and y",
        symbol));
  }
  exact.expression = pair != nullptr ? std::string(pair->expression) : exact.name;
  // The one function that depends on the format.
  if (exact.name == "nextafter" && element == Element::Float) exact.expression = "nextafterf(x, y)";
  exact.program = ir::parse_expression(exact.expression, 2);
  return exact;
}

ExactFunction exact_single(const std::string& target, const std::string& symbol) {
  ExactFunction exact;
  exact.name = target;
  if (target.empty()) {
    const targets::CatalogRow* const row = targets::find_by_symbol(function_of(symbol));
    if (row == nullptr) {
      throw std::invalid_argument(fmt::format(
          "no target is known for {}; give --target, a name of `ulpforge targets` or an expression",
          symbol));
    }
    exact.name = row->name;
  }
  exact.expression = targets::expression_of(exact.name);
  if (exact.expression.find('x') == std::string::npos) {
    // Its message names what is near.
    (void)targets::make_target(exact.name, targets::Domain{0, 1, false, false});
  }
  exact.program = ir::parse_expression(exact.expression);
  exact.parity = targets::parity_of(exact.program);
  return exact;
}

/// Which result, or which order, the target means.
void choose_part(Signature& signature, const std::string& symbol, const std::string& target) {
  using Extra = Signature::Extra;
  // Result by result.
  const auto choose = [&](std::string_view first, std::string_view second) {
    signature.part = target == second ? 1 : 0;
    if (target.empty() || target == first || target == second) return;
    throw std::invalid_argument(
        fmt::format("{} has two results; give --target {} or --target {}", symbol, first, second));
  };
  if (signature.extra == Extra::IntOut) choose("frexp", "frexp_exponent");
  if (signature.extra == Extra::RealOut) choose("modf", "trunc");
  if (signature.extra == Extra::TwoOut) {
    choose("sin", "cos");
    if (target.empty()) {
      throw std::invalid_argument(
          fmt::format("{} has two results; give --target sin or --target cos", symbol));
    }
  }
  if (signature.extra != Extra::IntFirst) return;
  if (!target.empty()) {
    const ir::Program program = ir::parse_expression(targets::expression_of(target));
    if (program.result.is_value()) {
      const ir::Operand order = program.code[program.result.index].operands[0];
      if (order.is_constant()) {
        signature.order = static_cast<int>(program.constants[order.index].hi);
        return;
      }
    }
  }
  const char kind = symbol.front();
  throw std::invalid_argument(fmt::format(
      "{0} is measured at one order; give --target {1}2 for order 2, or --target \"{1}n(-2, x)\"",
      symbol, kind));
}

}  // namespace

Subject library_subject(const std::string& library, const std::string& symbol,
                        const std::string& signature, const std::string& target) {
  Subject subject;
  subject.callee.library = locate_library(library);
  subject.callee.symbol = subject.symbol = symbol;
  const auto name = read_symbol_name(symbol);
  if (!signature.empty()) {
    subject.callee.signature = parse_signature(signature);
  } else if (name) {
    subject.callee.signature = name->signature;
  } else {
    throw std::invalid_argument(fmt::format(
        "the name {} tells no signature; give --signature, such as float(float)", symbol));
  }
  require_function(read_library(subject.callee.library), symbol, subject.callee.signature);
  choose_part(subject.callee.signature, symbol, target);
  return subject;
}

Subject header_subject(const std::filesystem::path& header, std::string name) {
  if (name.empty()) name = header.stem().string();
  return compiled_subject(header, name, header.string());
}

Subject program_subject(const std::filesystem::path& file,
                        const std::optional<numbers::ShortFormat>& format) {
  ir::Program program;
  try {
    program = ir::parse(system::read_file(file));
  } catch (const ir::TextError& error) {
    throw std::invalid_argument(fmt::format("{}: {}", file.string(), error.what()));
  }
  if (!ir::is_machine(program)) {
    throw std::invalid_argument(fmt::format(
        "{}: a program over reals; emit it as a header, or `ulpforge prove` it", file.string()));
  }
  constexpr const char* kName = "uf_program";
  const system::ScratchDirectory scratch;
  const std::filesystem::path header = scratch.path() / "program.h";
  const bool pair = program.inputs == 2 && format;
  system::write_file(header,
                     pair ? emit::emit_pair_header(program, kName, {}, *format)
                          : emit::emit_machine_header(program, {.name = kName, .comment = {}}));
  return compiled_subject(header, kName, file.string());
}

std::vector<std::string> catalog_symbols(const LibraryFile& library) {
  std::vector<std::string> symbols;
  for (const Symbol& symbol : library.symbols) {
    const auto name = read_symbol_name(symbol.name);
    if (name && name->signature.element == Element::Float && name->signature.inputs == 1 &&
        name->signature.extra == Signature::Extra::None &&
        targets::find_by_symbol(name->function) != nullptr &&
        missing_instruction_set(symbol.name, name->signature).empty()) {
      symbols.push_back(symbol.name);
    }
  }
  return symbols;
}

ExactFunction exact_function(const std::string& target, const Subject& subject) {
  return subject.callee.signature.inputs == 2
             ? exact_pair(target, subject.symbol, subject.callee.signature.element)
             : exact_single(target, subject.symbol);
}

Identity identify(const Subject& subject, const ExactFunction& exact, const std::string& domain,
                  targets::UlpOf ulp_of) {
  const LibraryFile file = read_library(subject.callee.library);
  const Symbol& symbol = require_function(file, subject.callee.symbol, subject.callee.signature);
  Identity id;
  // What was compiled for the occasion has a path that means nothing.
  id.library = subject.source.empty() ? file.path.string() : subject.source;
  id.sha256 = file.sha256;
  id.soname = file.soname;
  id.build_id = file.build_id;
  id.version = file.version;
  id.release = file.release;
  id.source = subject.source;
  id.symbol = subject.symbol;
  id.signature = to_string(subject.callee.signature);
  id.indirect = symbol.kind == Symbol::Kind::Indirect;
  id.cpu = describe_cpu();
  const char* const tunables = std::getenv("GLIBC_TUNABLES");
  id.tunables = tunables == nullptr ? "" : tunables;
  id.target = exact.name;
  id.expression = exact.expression;
  id.domain = domain;
  id.ulp_of = ulp_of;
  return id;
}

}  // namespace ulpforge::validate
