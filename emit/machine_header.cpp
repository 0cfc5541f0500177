// Machine programs as C++ headers: one body, compiled for scalars and for vectors.
#include "emit/machine_header.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>

#include "emit/arithmetic.h"
#include "emit/bodies.h"
#include "emit/cpp_text.h"
#include "emit/embedded.h"
#include "emit/form_source.h"
#include "emit/header_part.h"
#include "emit/lookup_order.h"
#include "emit/loops.h"
#include "emit/program_facts.h"
#include "emit/steps.h"
#include "emit/template.h"
#include "ir/canonical.h"

namespace ulpforge::emit {
namespace {

const TemplateFile& header_templates() {
  static const TemplateFile file(kMachineHeaderText);
  return file;
}

/// The structs that the bodies are compiled for, each with its operations.
std::string form_structs(const HeaderPart& part) {
  const auto of_vectors = [&](const Form& form) {
    return vector_operations(part.facts, form) + form_struct(part.facts, form) +
           together(part, form);
  };
  const std::string vectors = by_form(part, of_vectors, "");
  return form_struct(part.facts, plain_form()) + (vectors.empty() ? "" : "\n" + vectors);
}

std::string part_text(const HeaderPart& part) {
  return header_templates().fill("part",
                                 {{"SCOPE", part.scope},
                                  {"SCALAR_OPERATIONS", operations(part.facts, plain_form())},
                                  {"SINGLE_STEP", single_step(part)},
                                  {"TABLES", tables(part.facts)},
                                  {"FORMS", form_structs(part)},
                                  {"BODIES", bodies(part.facts, is_in_steps(part))},
                                  {"RARE_LOOPS", rare_loops(part)}});
}

/// What a single call does; rare code stays a function of its own.
std::string call_of(const HeaderPart& part) {
  if (!part.facts.has_rare_code()) return header_templates().fill("call", {{"SCOPE", part.scope}});
  return header_templates().fill(
      "rare_call",
      {{"SCOPE", part.scope}, {"TO", std::string(scalar_source().spelling(part.facts.to))}});
}

/// What the preprocessor has to find for calls with fma.
std::string fma_condition() {
  std::vector<std::string> macros;
  for (const std::string_view extension : jit::extensions(jit::Isa::ScalarFma)) {
    macros.push_back(fmt::format("defined(__{}__)", upper(std::string(extension))));
  }
  return fmt::format("({}) || defined({})", fmt::join(macros, " && "),
                     jit::macro(jit::Architecture::AArch64));
}

/// Where a part is needed: for calls, or for arrays in the form that is compiled.
std::string condition_of(const HeaderPart& part, bool calls_differ) {
  const std::string& name = part.header.name;
  const auto is_for = [&](jit::Isa isa) {
    return std::ranges::find(part.isas, isa) != part.isas.end();
  };
  const bool with_fma = is_for(jit::Isa::ScalarFma), without = is_for(jit::Isa::Scalar);
  std::vector<std::string> any;
  if (with_fma && without) return "1";
  if (with_fma) any.push_back(fmt::format("defined({})", fma_macro(name)));
  if (without && calls_differ) any.push_back(fmt::format("!defined({})", fma_macro(name)));
  std::vector<std::string> none_of;
  for (const Form& form : vector_forms()) {
    if (part.has(form)) any.push_back(fmt::format("defined({})", macro(part.header, form)));
    none_of.push_back(fmt::format("!defined({})", macro(part.header, form)));
  }
  if (part.has(plain_form())) any.push_back(fmt::format("({})", fmt::join(none_of, " && ")));
  return fmt::format("{}", fmt::join(any, " || \\\n    "));
}

/// "For single calls with x86-64-v3, arrays with AVX2".
std::string title_of(const HeaderPart& part) {
  std::vector<std::string> uses;
  for (const jit::Isa isa : part.isas) {
    if (jit::is_scalar(isa)) {
      uses.push_back(fmt::format("single calls, {}", isa == jit::Isa::Scalar
                                                         ? "what every processor has"
                                                         : "AVX2 with FMA, or AArch64"));
    } else {
      uses.push_back(fmt::format("arrays, {}", jit::title(isa)));
    }
  }
  if (part.has(plain_form())) uses.emplace_back("plain loops");
  return fmt::format("The program for {}", fmt::join(uses, "; "));
}

std::string parts_text(const HeaderParts& parts, bool calls_differ) {
  if (parts.size() == 1) return part_text(parts.front());
  const MachineHeader& header = parts.front().header;
  std::string text;
  if (calls_differ) {
    text += header_templates().fill(
        "fma", {{"CONDITION", fma_condition()}, {"MACRO", fma_macro(header.name)}});
  }
  text += "\n";
  std::vector<std::string> aliases;
  for (const HeaderPart& part : parts) {
    text += header_templates().fill("several", {{"TITLE", title_of(part)},
                                                {"CONDITION", condition_of(part, calls_differ)},
                                                {"PART", part_text(part)}});
  }
  for (const jit::Isa isa : header_isas()) {
    const auto part = std::ranges::find_if(parts, [isa](const HeaderPart& one) {
      return std::ranges::find(one.isas, isa) != one.isas.end();
    });
    aliases.push_back(
        header_templates().fill("arrays", {{"NAME", header.name}, {"SCOPE", part->scope}}));
  }
  return text + by_array(header.name, aliases);
}

std::string header_text(const HeaderParts& parts) {
  const MachineHeader& header = parts.front().header;
  const ProgramFacts& facts = parts.front().facts;
  std::vector<std::string> calls;
  for (const jit::Isa isa : header_isas()) {
    const auto part = std::ranges::find_if(parts, [isa](const HeaderPart& one) {
      return std::ranges::find(one.isas, isa) != one.isas.end();
    });
    calls.push_back(call_of(*part));
  }
  const bool calls_differ = calls[0] != calls[1];
  return header_templates().fill(
      "header",
      {{"COMMENT", opening_comment(header.comment)},
       {"GUARD", upper(header.name) + "_H"},
       {"NAME", header.name},
       {"FROM", std::string(scalar_source().spelling(facts.from))},
       {"TO", std::string(scalar_source().spelling(facts.to))},
       {"ARITHMETIC_BEGIN", arithmetic_begin(Rounding::Float)},
       {"ARITHMETIC_END", arithmetic_end()},
       {"CHOICE_OF_FORM", choice_of_form(header)},
       {"PARTS", parts_text(parts, calls_differ)},
       {"CALL", by_call(header.name, calls)},
       {"OTHER_BITS",
        parts.size() == 1 ? "" : "\n// By the array form's own program: the last bits may differ."},
       {"LOOPS", array_loops(parts)}});
}

}  // namespace

std::string emit_machine_header(const ir::Program& program, const MachineHeader& header) {
  const std::vector<ir::Program> programs(header_isas().size(), program);
  return emit_machine_header(programs, header);
}

std::string emit_machine_header(std::span<const ir::Program> programs,
                                const MachineHeader& header) {
  if (!is_identifier(header.name)) {
    throw std::invalid_argument(fmt::format("'{}' cannot name a C++ function", header.name));
  }
  if (programs.size() != header_isas().size()) {
    throw std::invalid_argument(fmt::format("{} programs for the {} instruction sets of a header",
                                            programs.size(), header_isas().size()));
  }
  std::vector<std::pair<ir::Program, std::vector<jit::Isa>>> distinct;
  for (std::size_t k = 0; k < programs.size(); ++k) {
    ir::Program clean = program_of_header(programs[k]);
    auto same = std::ranges::find(distinct, clean, [](const auto& one) { return one.first; });
    if (same == distinct.end())
      same = distinct.emplace(distinct.end(), std::move(clean), std::vector<jit::Isa>());
    same->second.push_back(header_isas()[k]);
  }
  HeaderParts parts;
  for (const auto& [program, isas] : distinct) {
    const HeaderPart& part = parts.emplace_back(header, program, isas);
    if (part.facts.from != parts.front().facts.from || part.facts.to != parts.front().facts.to) {
      throw std::invalid_argument("the programs of a header have one type of input and result");
    }
  }
  return header_text(parts);
}

}  // namespace ulpforge::emit
