// Filling in family/package/ufmath.h.in.
#include "family/public_headers.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "emit/cpp_text.h"
#include "emit/template.h"
#include "emit/vector_names.h"
#include "family/embedded.h"
#include "family/library_code.h"
#include "family/selection.h"

namespace ulpforge::family {
namespace {

const emit::TemplateFile& templates() {
  static const emit::TemplateFile file(kPublicHeaderText);
  return file;
}

/// "uint16_t".
std::string c_type(const Function& f) {
  const std::string type = number_type(f);
  return type.starts_with("std::") ? type.substr(5) : type;
}

/// What is promised of a member.
std::string promise(const Function& f) {
  const std::string names = fmt::format("{}", fmt::join(f.names, ", "));
  if (f.variant) {
    return templates().fill("variant", {{"NAMES", names},
                                        {"FULL", f.variant->full},
                                        {"LARGEST", fmt::format("{:a}", f.variant->largest)}});
  }
  if (f.programs.size() == 1) {
    return templates().fill("accuracy", {{"NAMES", names},
                                         {"MAX_ULP", fmt::format("{:.6f}", f.max_ulp())},
                                         {"MISROUNDED", fmt::to_string(f.misrounded())},
                                         {"BITS", fmt::to_string(bits_of(f.format))}});
  }
  std::string programs;
  for (const Function::Program& program : f.programs) {
    programs +=
        templates().fill("program", {{"FORMS", fmt::format("{}", fmt::join(program.forms, ", "))},
                                     {"MAX_ULP", fmt::format("{:.6f}", program.max_ulp)},
                                     {"MISROUNDED", fmt::to_string(program.misrounded)}});
  }
  return templates().fill(
      "programs",
      {{"NAMES", names}, {"MAX_ULP", fmt::format("{:.6f}", f.max_ulp())}, {"PROGRAMS", programs}});
}

/// The vector names of one kind, for all functions.
std::string declarations(const emit::VectorNames& row, const std::vector<Group>& groups,
                         std::string_view convention = "", std::string_view mask = "") {
  std::string text;
  for (const Group& group : groups) {
    for (const Function* f : group.members) {
      if (!f->format.empty()) continue;
      for (const std::string& name : f->names) {
        text +=
            fmt::format("{3}{0} {1}{2}({0}{4});\n", row.type, row.prefix, name, convention, mask);
      }
    }
  }
  return text;
}

}  // namespace

std::string public_header(const std::string& version, const std::vector<Group>& groups) {
  std::string functions;
  for (const Group& group : groups) {
    std::string function;
    for (const Function* f : group.members) {
      if (f->function != function) {
        functions += templates().fill(
            "function", {{"EXPRESSION", f->format.empty()
                                            ? f->expression
                                            : fmt::format("{} in {}", f->expression, f->format)}});
        function = f->function;
      }
      functions += promise(*f);
      for (const std::string& name : f->names) {
        functions += f->format.empty()
                         ? templates().fill("name", {{"NAME", name}})
                         : templates().fill("short_name", {{"NAME", name}, {"TYPE", c_type(*f)}});
      }
    }
  }
  return templates().fill(
      "header",
      {{"VERSION", version}, {"TERMS", std::string(emit::kTerms)}, {"FUNCTIONS", functions}});
}

std::string vectors_header(const std::vector<Group>& groups) {
  std::string text, open, of_aarch64;  // the macro whose #if is open
  const auto demand = [&](std::string_view macro) {
    if (macro == open) return;
    if (!open.empty()) text += "#endif\n";
    if (!macro.empty()) text += fmt::format("#if defined({})\n", macro);
    open = macro;
  };
  for (const emit::VectorNames& row : emit::kVectorNames) {
    demand(row.macro);
    text += declarations(row, groups);
  }
  demand("");
  std::swap(text, of_aarch64);
  for (const emit::VectorNames& row : emit::kVectorNamesOfAArch64) {
    demand(row.macro);
    const auto forms = emit::library_forms(jit::Architecture::AArch64);
    const auto form = std::ranges::find_if(
        forms, [&](const emit::Form* one) { return one->library.prefix == row.prefix; });
    text += declarations(row, groups, (*form)->library.convention, (*form)->library.mask);
  }
  demand("");
  return templates().fill("vectors", {{"TERMS", std::string(emit::kTerms)},
                                      {"DECLARATIONS", of_aarch64},
                                      {"AARCH64_DECLARATIONS", text}});
}

}  // namespace ulpforge::family
