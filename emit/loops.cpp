// Loops over arrays, by vectors and without.
#include "emit/loops.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "emit/embedded.h"
#include "emit/form_source.h"
#include "emit/statements.h"
#include "emit/steps.h"
#include "emit/template.h"

namespace ulpforge::emit {
namespace {

const TemplateFile& templates() {
  static const TemplateFile file(kLoopsText);
  return file;
}

std::string offset(std::size_t k) { return k == 0 ? "" : fmt::format(" + {}", k); }

/// For vectors in step, as long as there are enough; where there is rare code the inner loop ends
/// at vectors that need it, and evaluate_some takes those.
std::string loop_in_step(const HeaderPart& part, const Form& form) {
  const ProgramFacts& facts = part.facts;
  const std::size_t count = in_step(part, form);
  const std::string_view indent = facts.has_rare_code() ? "      " : "    ";
  std::string loads, stores;
  for (std::size_t k = 0; k < count; ++k) {
    loads += fmt::format("{}detail::load(x + i{})", k == 0 ? "" : ", ", offset(k * form.lanes));
    stores +=
        fmt::format("{}detail::store(y + i{}, some.v[{}]);\n", indent, offset(k * form.lanes), k);
  }
  return templates().fill(facts.has_rare_code() ? "in_step_rare_aware" : "in_step",
                          {{"FORM", std::string(form.name)},
                           {"COUNT", fmt::to_string(form.lanes * count)},
                           {"FROM", upper(facts.from)},
                           {"TO", upper(facts.to)},
                           {"LOADS", loads},
                           {"STORES", stores}});
}

/// One vector at a time, the last with as many lanes as there are elements left.
std::string masked_loop(const Form& form, const std::string& scope) {
  return templates().fill("masked",
                          {{"LANES", form.is_sized() ? fmt::to_string(form.lanes)
                                                     : std::string(form.lanes_of_processor)},
                           {"SCOPE", scope},
                           {"FORM", std::string(form.name)}});
}

/// Several vectors at a time, then one, then what is left.
std::string vector_loops(const HeaderPart& part, const Form& form) {
  return templates().fill("vectors", {{"SCOPE", part.scope}}) +
         (in_step(part, form) > 1 ? loop_in_step(part, form) : "") +
         (part.facts.has_rare_code() ? templates().fill("rest_rare_aware")
                                     : masked_loop(form, "detail::"));
}

/// Compilers make vectors of these. Where y is x, their test for overlap would send them down a
/// slow path, hence a loop of its own.
std::string plain_loops(const HeaderPart& part) {
  const ProgramFacts& facts = part.facts;
  const std::string_view loop = facts.has_rare_code()    ? "plain_rare_aware"
                                : facts.from == facts.to ? "plain"
                                                         : "plain_of_other_type";
  return templates().fill(loop, {{"NAME", part.header.name},
                                 {"SCOPE", part.scope},
                                 {"TO", std::string(scalar_source().spelling(facts.to))}});
}

}  // namespace

std::string array_loops(const HeaderParts& parts) {
  const auto part_of = [&](const Form& form) -> const HeaderPart& {
    return *std::ranges::find_if(parts, [&](const HeaderPart& part) { return part.has(form); });
  };
  std::string text;
  for (const Form& form : vector_forms_of(parts.front().header)) {
    text += fmt::format("#{} defined({})\n{}", text.empty() ? "if" : "elif",
                        macro(parts.front().header, form), vector_loops(part_of(form), form));
  }
  if (text.empty()) return plain_loops(part_of(plain_form()));
  return text + "#else\n" + plain_loops(part_of(plain_form())) + "#endif\n";
}

std::string rare_loops(const HeaderPart& part) {
  const ProgramFacts& facts = part.facts;
  if (!facts.has_rare_code()) return "";
  std::vector<std::string> used;
  for (const Form& form : vector_forms()) {
    if (part.has(form)) used.push_back(fmt::format("defined({})", macro(part.header, form)));
  }
  if (used.empty() && !part.has(plain_form())) return "";
  std::string text = templates().fill(
      "evaluate_some", {{"FROM", std::string(scalar_source().spelling(facts.from))},
                        {"TO", std::string(scalar_source().spelling(facts.to))},
                        {"LOOPS", by_form(
                                      part, [](const Form& form) { return masked_loop(form, ""); },
                                      templates().fill("one_by_one"))}});
  // The loops are another program's in forms that this part does not have.
  if (part.has(plain_form())) return text;
  return fmt::format("\n#if {}{}#endif\n", fmt::join(used, " || "), text);
}

}  // namespace ulpforge::emit
