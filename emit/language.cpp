// The table of languages, and how each spells the operations.
#include "emit/language.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace ulpforge::emit {
namespace {

std::string c_literal(double value) {
  if (std::isnan(value)) return "NAN";
  if (std::isinf(value)) return value < 0 ? "-INFINITY" : "INFINITY";
  return fmt::format("{:a}", value);
}

/// Rust has no hexadecimal floats.
std::string rust_literal(double value) {
  return fmt::format("f64::from_bits({:#018x})", std::bit_cast<std::uint64_t>(value));
}

std::string python_literal(double value) {
  if (std::isnan(value)) return "np.nan";
  if (std::isinf(value)) return value < 0 ? "-np.inf" : "np.inf";
  return fmt::format("float.fromhex(\"{:a}\")", value);
}

/// GLSL need not read decimals to the nearest double.
std::string glsl_literal(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  return fmt::format("packDouble2x32(uvec2({:#010x}u, {:#010x}u))",
                     static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32));
}

constexpr std::array<Language, 5> kLanguages{{
    {"c++", ".h", "//", true, c_literal},
    {"c", ".h", "//", true, c_literal},
    {"rust", ".rs", "//", false, rust_literal},
    {"python", ".py", "#", false, python_literal},
    {"glsl", ".glsl", "//", false, glsl_literal},
}};

/// Operations that are no operators, in the languages behind C++, whose spelling ir/ops.def has.
struct Spelling {
  ir::Op op;
  std::array<std::string_view, kLanguages.size() - 1> texts;
};

// clang-format off
constexpr std::array kSpellings = std::to_array<Spelling>({
    //             C                          Rust                                    Python                                      GLSL
    {ir::Op::Neg,  {"-{0}",                   "-{0}",                                 "-{0}",                                     "-{0}"}},
    {ir::Op::Sqrt, {"sqrt({0})",              "{0}.sqrt()",                           "np.sqrt({0})",                             "sqrt({0})"}},
    {ir::Op::Fma,  {"fma({0}, {1}, {2})",     "{0}.mul_add({1}, {2})",                "_fma({0}, {1}, {2})",                      "fma({0}, {1}, {2})"}},
    {ir::Op::Abs,  {"fabs({0})",              "{0}.abs()",                            "np.abs({0})",                              "abs({0})"}},
    {ir::Op::Min,  {"{0} < {1} ? {0} : {1}",  "if {0} < {1} {{ {0} }} else {{ {1} }}",  "np.where({0} < {1}, {0}, {1})[()]",        "{0} < {1} ? {0} : {1}"}},
    {ir::Op::Max,  {"{0} > {1} ? {0} : {1}",  "if {0} > {1} {{ {0} }} else {{ {1} }}",  "np.where({0} > {1}, {0}, {1})[()]",        "{0} > {1} ? {0} : {1}"}},
});
// clang-format on

/// "{0} + {1}" for every operator: there the languages agree.
constexpr std::string_view infix_spelling(char infix) {
  switch (infix) {
    case '+':
      return "{0} + {1}";
    case '-':
      return "{0} - {1}";
    case '*':
      return "{0} * {1}";
    case '/':
      return "{0} / {1}";
    default:
      return {};
  }
}

}  // namespace

std::span<const Language> languages() { return kLanguages; }

const Language& find_language(std::string_view name) {
  const auto row = std::ranges::find(kLanguages, name, &Language::name);
  if (row != kLanguages.end()) return *row;
  std::vector<std::string_view> names;
  names.reserve(kLanguages.size());
  for (const Language& language : kLanguages) names.push_back(language.name);
  throw std::invalid_argument(
      fmt::format("no language '{}'; there are {}", name, fmt::join(names, ", ")));
}

std::string_view spelling(ir::Op op, const Language& language) {
  const ir::OpInfo& info = ir::info(op);
  if (info.infix != 0) return infix_spelling(info.infix);
  const auto column = static_cast<std::size_t>(
      std::ranges::find(kLanguages, language.name, &Language::name) - kLanguages.begin());
  if (column == 0) return info.cpp;
  const auto row = std::ranges::find(kSpellings, op, &Spelling::op);
  return row == kSpellings.end() ? std::string_view() : row->texts[column - 1];
}

bool is_constexpr(ir::Op op) { return spelling(op, kLanguages[0]).find('(') == std::string::npos; }

}  // namespace ulpforge::emit
