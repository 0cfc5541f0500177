// The form of several vectors at a time.
#include "emit/steps.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "emit/embedded.h"
#include "emit/statements.h"
#include "emit/template.h"

namespace ulpforge::emit {
namespace {

const TemplateFile& templates() {
  static const TemplateFile file(kStepsText);
  return file;
}

/// An item for each of `count` vectors, its number put in for {}.
std::string repeated(std::size_t count, std::string_view item, std::string_view separator) {
  std::vector<std::string> items;
  items.reserve(count);
  for (std::size_t k = 0; k < count; ++k) items.push_back(fmt::format(fmt::runtime(item), k));
  return fmt::format("{}", fmt::join(items, separator));
}

/// Whether the divider would take longer for a root than the other steps do, even with those that
/// one root of four takes without it.
bool shares_roots(const HeaderPart& part, const Form& form) {
  const ProgramFacts& facts = part.facts;
  constexpr std::size_t kVectors = 4;
  constexpr double kProducts = 12;  // steps of a root without the divider
  if (in_step(part, form) != kVectors || form.source->block("sqrt_by_products").empty()) {
    return false;
  }
  std::size_t roots = 0, steps = 0;
  for (std::size_t i = 0; i < facts.program.code.size(); ++i) {
    const ir::Instruction& step = facts.program.code[i];
    if (!facts.is_common(i) || facts.joins_its_reader(i)) continue;
    roots += step.op == ir::Op::Sqrt && step.type == ir::Type::F32;
    steps += step.op != ir::Op::Sqrt && step.op != ir::Op::Bits && step.op != ir::Op::FromBits;
    if (step.op == ir::Op::Div || step.type == ir::Type::F64) return false;
  }
  const auto [operations, meanwhile] = part.header.square_root;
  const double all_steps =
      kVectors * static_cast<double>(steps) + (kVectors - 1) * operations + kProducts;
  return roots == 1 && all_steps < kVectors * meanwhile;
}

/// What keeps clang from doing one vector after the other.
std::string kept_steps(const Form& form, std::size_t count) {
  const std::string registers =
      repeated(count, fmt::format("\"+{}\"(a.v[{{}}])", form.constraint), ", ");
  std::string text;
  for (const ir::Type type : {ir::Type::F32, ir::Type::I32}) {
    text += templates().fill("keep_step", {{"TYPE", std::string(form.source->spelling(type))},
                                           {"REGISTERS", registers}});
  }
  return text;
}

/// The program's operations, each over vectors in step.
std::string lifted_operations(const ProgramFacts& facts) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < facts.program.code.size(); ++i) names.insert(facts.function_of(i));
  std::string text;
  for (const std::string_view name : names) {
    text += templates().fill("lifted", {{"NAME", std::string(name)}});
  }
  return text;
}

std::string shared_roots(const Form& form) {
  return form.source->block("sqrt_by_products") +
         templates().fill("shared_roots",
                          {{"TYPE", std::string(form.source->spelling(ir::Type::F32))}});
}

/// Whether any element of any vector is rare; by one comparison where the form has that.
std::string rare_conditions(const Form& form, std::size_t count) {
  const bool joined = count == 4 && !form.source->block("any_larger_of_four").empty();
  return templates().fill(
      "rare_conditions",
      {{"ANY", repeated(count, "any(c.v[{}])", " || ")},
       {"ANY_LARGER",
        joined ? "any_larger_of_four(" + repeated(count, "a.v[{}]", ", ") + ", part<0>(limit))"
               : repeated(count, "any_larger(a.v[{0}], part<{0}>(limit))", " || ")}});
}

/// Constants stay single vectors: g++ would copy those of vectors in step to memory in every turn.
std::string together_struct(const ProgramFacts& facts, std::size_t count) {
  const bool single = facts.result_varies();
  std::string types, constants;
  for (const ir::Type type : facts.types()) {
    types += fmt::format("  using {0} = InStep<typename Form::{0}>;\n", upper(type));
  }
  for (const ir::Type type : facts.types_of_constants()) {
    constants += templates().fill(single ? "single_constant" : "constant",
                                  {{"TYPE", upper(type)},
                                   {"NAME", std::string(ir::name(type))},
                                   {"SCALAR", std::string(scalar_source().spelling(type))},
                                   {"COPIES", repeated(count, "c", ", ")}});
  }
  return templates().fill("together", {{"TYPES", types}, {"CONSTANTS", constants}});
}

}  // namespace

bool is_in_steps(const HeaderPart& part) {
  return part.header.interleaved > 1 && part.has_vectors();
}

std::size_t in_step(const HeaderPart& part, const Form& form) {
  if (!form.is_sized()) return 1;
  const std::size_t count = std::max<std::size_t>(1, part.header.interleaved / form.share);
  return part.facts.is_mostly_wide() && count > 2 ? count / 2 : count;
}

std::string single_step(const HeaderPart& part) {
  return is_in_steps(part) ? templates().fill("single_step") : "";
}

std::string together(const HeaderPart& part, const Form& form) {
  const ProgramFacts& facts = part.facts;
  const std::size_t count = in_step(part, form);
  if (count == 1) return "";
  return templates().fill(
      "in_step", {{"COUNT", fmt::to_string(count)},
                  {"KEPT_STEPS", kept_steps(form, count)},
                  {"PARTS", repeated(count, "f(part<{}>(a)...)", ", ")},
                  {"OPERATIONS", lifted_operations(facts)},
                  {"ROOTS", shares_roots(part, form) ? shared_roots(form) : ""},
                  {"CONDITIONS", facts.has_rare_code() ? rare_conditions(form, count) : ""},
                  {"TOGETHER", together_struct(facts, count)}});
}

}  // namespace ulpforge::emit
