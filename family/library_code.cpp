// The choice of code.
#include "family/library_code.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <span>

#include "emit/short_header.h"
#include "emit/vector_names.h"

namespace ulpforge::family {
namespace {

using Forms = std::vector<const emit::Form*>;

std::string in_form(const emit::Form& form, const std::string& member, std::string_view suffix) {
  return fmt::format("{}::{}{}", form.library.name, member, suffix);
}

const emit::VectorNames& names_of(std::size_t lanes) {
  return *std::ranges::find(emit::kVectorNames, lanes, &emit::VectorNames::lanes);
}

/// Of forms that the processor runs, the narrowest first: vectors of that width, or half of those
/// of twice the width, or an array.
std::string vector_code(const std::string& member, std::size_t lanes,
                        std::span<const emit::Form* const> runs) {
  for (const emit::Form* form : runs | std::views::reverse) {
    if (form->lanes == lanes) return in_form(*form, member, "_v");
  }
  for (const emit::Form* form : runs | std::views::reverse) {
    if (form->lanes == 2 * lanes && !form->library.doubled.empty()) {
      return in_form(*form, member, "_half");
    }
  }
  return fmt::format("v{}_by_array<{}>", lanes, in_form(*runs.back(), member, "_n"));
}

std::string scalar_code(const std::string& member, std::span<const emit::Form* const> runs) {
  const auto best = std::ranges::find_if(
      runs.rbegin(), runs.rend(), [](const emit::Form* form) { return form->library.scalars; });
  return in_form(**best, member, "");
}

}  // namespace

std::string Kind::code_type(std::string_view number) const {
  switch (of) {
    case Of::Scalar:
      return fmt::format("ScalarCode<{}>", number);
    case Of::Array:
      return fmt::format("ArrayCode<{}>", number);
    case Of::Vector:
      break;
  }
  return fmt::format("V{}Code", lanes);
}

std::string Kind::suffix() const {
  switch (of) {
    case Of::Scalar:
      return "scalar";
    case Of::Array:
      return "array";
    case Of::Vector:
      break;
  }
  return fmt::format("v{}", lanes);
}

std::string number_type(const Function& function) {
  if (function.format.empty()) return "float";
  return emit::pattern_type(numbers::parse_short_format(function.format));
}

std::string by_architecture(const std::function<std::string(jit::Architecture)>& text) {
  std::string all;
  for (const jit::Architecture architecture : jit::kArchitectures) {
    const std::string one = text(architecture);
    if (one.empty()) continue;
    all += fmt::format("#{} defined({})\n{}", all.empty() ? "if" : "elif", jit::macro(architecture),
                       one);
  }
  return all.empty() ? all : all + "#endif\n";
}

std::vector<std::size_t> lanes_of_names() {
  std::vector<std::size_t> lanes;
  for (const emit::VectorNames& names : emit::kVectorNames) {
    if (std::ranges::find(lanes, names.lanes) == lanes.end()) lanes.push_back(names.lanes);
  }
  return lanes;
}

std::string_view vector_type(std::size_t lanes) { return names_of(lanes).type; }

std::string target_attribute(std::size_t lanes) {
  const std::string_view target = names_of(lanes).target;
  return target.empty() ? "" : fmt::format("__attribute__((target(\"{}\"))) ", target);
}

std::vector<Choice> choices(const std::string& member, Kind kind, jit::Architecture architecture) {
  const Forms forms = emit::library_forms(architecture);
  std::vector<Choice> found;
  for (std::size_t count = forms.size(); count > 0; --count) {
    const std::span<const emit::Form* const> runs = std::span(forms).first(count);
    const std::string code = kind.of == Kind::Of::Scalar  ? scalar_code(member, runs)
                             : kind.of == Kind::Of::Array ? in_form(*runs.back(), member, "_n")
                                                          : vector_code(member, kind.lanes, runs);
    // What a lesser processor has too is said there.
    if (!found.empty() && found.back().code == code) found.pop_back();
    found.push_back({runs.back(), code});
  }
  return found;
}

}  // namespace ulpforge::family
