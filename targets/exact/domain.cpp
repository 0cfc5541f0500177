// Intervals as users write them.
#include "targets/exact/domain.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "ir/expression.h"
#include "ir/suggest.h"
#include "targets/exact/reference.h"

namespace ulpforge::targets {
namespace {

/// The first comma outside all brackets.
std::size_t find_comma(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(' || text[i] == '[') ++depth;
    if (text[i] == ')' || text[i] == ']') --depth;
    if (text[i] == ',' && depth == 0) return i;
  }
  return std::string_view::npos;
}

[[noreturn]] void fail_domain(std::string_view text, const std::string& message) {
  throw std::invalid_argument(fmt::format("domain '{}': {}", ir::printable(text), message));
}

double parse_end(std::string_view text, std::string_view end, std::string_view which) {
  constexpr std::array<std::string_view, 3> kInfinite{"inf", "infinity", "oo"};
  std::string_view bare = ir::trim(end);
  const bool negative = bare.starts_with('-');
  if (negative || bare.starts_with('+')) bare = ir::trim(bare.substr(1));
  if (std::find(kInfinite.begin(), kInfinite.end(), bare) != kInfinite.end()) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    return negative ? -kInfinity : kInfinity;
  }
  if (bare == "nan") fail_domain(text, fmt::format("the {} end has to be a number or inf", which));
  ir::Program program;
  try {
    program = ir::parse_expression(end);
  } catch (const ir::ExpressionError& error) {
    fail_domain(text, fmt::format("{} end: {}", which, error.what()));
  }
  if (ir::depends_on_input(program)) {
    fail_domain(text, fmt::format("the {} end has to be a constant, such as -pi/2, not '{}'", which,
                                  ir::printable(ir::trim(end))));
  }
  const double value = reference(program, 0.0).hi;
  if (!std::isfinite(value)) {
    fail_domain(text, fmt::format("the {} end '{}' is not a finite number; an end without bound is "
                                  "written inf or -inf",
                                  which, ir::printable(ir::trim(end))));
  }
  return value;
}

}  // namespace

std::optional<std::string> find_defect(const Domain& domain) {
  if (std::isnan(domain.lo) || std::isnan(domain.hi)) return "both ends have to be numbers or inf";
  if (domain.lo > domain.hi) {
    return fmt::format("the ends are reversed; write {}",
                       to_string({domain.hi, domain.lo, domain.hi_open, domain.lo_open}));
  }
  if (domain.lo == domain.hi) return "the interval is empty or a single point";
  if (domain.is_bounded() && !std::isfinite(domain.width())) {
    return "the interval is too wide for double; write -inf,inf for all numbers";
  }
  return std::nullopt;
}

Domain parse_domain(std::string_view text) {
  const std::string_view all = ir::trim(text);
  Domain domain;
  std::string_view inner = all;
  std::size_t comma = find_comma(inner);
  if (comma == std::string_view::npos && all.size() >= 2) {
    const char first = all.front();
    const char last = all.back();
    if ((first == '(' || first == '[') && (last == ')' || last == ']')) {
      domain.lo_open = first == '(';
      domain.hi_open = last == ')';
      inner = all.substr(1, all.size() - 2);
      comma = find_comma(inner);
    }
  }
  if (comma == std::string_view::npos) {
    fail_domain(text, "expected two ends with a comma, such as 0,1 or (0, pi/2]");
  }
  const std::string_view rest = inner.substr(comma + 1);
  if (find_comma(rest) != std::string_view::npos) fail_domain(text, "expected two ends, not three");
  domain.lo = parse_end(text, inner.substr(0, comma), "lower");
  domain.hi = parse_end(text, rest, "upper");
  if (const auto defect = find_defect(domain)) fail_domain(text, *defect);
  return domain;
}

std::string to_string(const Domain& domain) {
  return fmt::format("{}{},{}{}", domain.lo_open ? '(' : '[', domain.lo, domain.hi,
                     domain.hi_open ? ')' : ']');
}

}  // namespace ulpforge::targets
