// Making a target out of what the user wrote, and refusing what cannot be approximated.
#include "targets/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "targets/catalog.h"
#include "targets/domain_check.h"
#include "targets/expression.h"
#include "targets/exact/reference.h"
#include "targets/suggest.h"

namespace ulpforge::targets {
namespace {

constexpr std::array<std::pair<Metric, std::string_view>, 4> kMetrics{
    {{Metric::Relative, "relative"},
     {Metric::Absolute, "absolute"},
     {Metric::UlpF32, "ulp_f32"},
     {Metric::UlpF64, "ulp_f64"}}};

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

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
  throw std::invalid_argument(fmt::format("domain '{}': {}", printable(text), message));
}

double parse_end(std::string_view text, std::string_view end, std::string_view which) {
  constexpr std::array<std::string_view, 4> kNotFinite{"inf", "infinity", "oo", "nan"};
  std::string_view bare = trim(end);
  if (!bare.empty() && (bare.front() == '-' || bare.front() == '+')) bare.remove_prefix(1);
  if (std::find(kNotFinite.begin(), kNotFinite.end(), bare) != kNotFinite.end()) {
    fail_domain(text, fmt::format("the {} end has to be a finite number", which));
  }
  ir::Program program;
  try {
    program = parse_expression(end);
  } catch (const ExpressionError& error) {
    fail_domain(text, fmt::format("{} end: {}", which, error.what()));
  }
  if (depends_on_input(program)) {
    fail_domain(text, fmt::format("the {} end has to be a constant, such as -pi/2, not '{}'", which,
                                  printable(trim(end))));
  }
  const double value = reference(program, 0.0).hi;
  if (!std::isfinite(value)) {
    fail_domain(text,
                fmt::format("the {} end '{}' is not a finite number", which, printable(trim(end))));
  }
  return value;
}

/// What is wrong with the interval itself, or nothing.
std::optional<std::string> find_defect(const Domain& domain) {
  if (!std::isfinite(domain.lo) || !std::isfinite(domain.hi)) {
    return "both ends have to be finite numbers";
  }
  if (domain.lo > domain.hi) {
    return fmt::format("the ends are reversed; write {}",
                       to_string({domain.hi, domain.lo, domain.hi_open, domain.lo_open}));
  }
  if (domain.lo == domain.hi) return "the interval is empty or a single point";
  if (!std::isfinite(domain.width())) return "the interval is too wide for double";
  return std::nullopt;
}

bool is_name(std::string_view text) {
  return !text.empty() && text.find_first_not_of(
                              "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") ==
                              std::string_view::npos;
}

}  // namespace

std::string_view name(Metric metric) {
  for (const auto& [value, text] : kMetrics) {
    if (value == metric) return text;
  }
  return {};
}

std::optional<Metric> find_metric(std::string_view name) {
  for (const auto& [value, text] : kMetrics) {
    if (text == name) return value;
  }
  return std::nullopt;
}

Domain parse_domain(std::string_view text) {
  const std::string_view all = trim(text);
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

Target make_target(std::string_view what, std::optional<Domain> domain,
                   std::optional<Metric> metric) {
  const std::string_view spelled = trim(what);
  Target target;
  target.name = std::string(spelled);
  if (const CatalogRow* row = find_in_catalog(spelled)) {
    target.expression = std::string(row->expression);
    if (!domain) domain = row->domain;
    if (!metric) metric = row->metric;
  } else if (is_name(spelled) && spelled != "x" && spelled != "pi" && spelled != "e" &&
             spelled.find_first_not_of("0123456789") != std::string_view::npos) {
    const std::vector<std::string_view> names = catalog_names();
    throw std::invalid_argument(fmt::format(
        "unknown target '{}'{}; `ulpforge targets` lists them, and an expression needs x, such as "
        "exp(x)",
        printable(spelled), did_you_mean(spelled, names)));
  } else {
    target.expression = std::string(spelled);
  }
  target.program = parse_expression(target.expression);
  if (!depends_on_input(target.program)) {
    throw std::invalid_argument(fmt::format(
        "target '{}' is a constant: an expression needs x, such as exp(x)", printable(spelled)));
  }
  if (!domain) {
    throw std::invalid_argument(fmt::format(
        "target '{}' is an expression and needs a domain, such as 0,1", printable(spelled)));
  }
  target.domain = *domain;
  const std::string interval = to_string(*domain);
  if (const auto defect = find_defect(*domain)) {
    throw std::invalid_argument(fmt::format("domain {}: {}", interval, *defect));
  }
  if (const auto singularity = find_singularity(target.program, *domain)) {
    throw std::invalid_argument(fmt::format("{} on {}: the function {}; choose a domain without it",
                                            printable(target.expression), interval, *singularity));
  }
  if (metric && *metric != Metric::Relative) {
    target.metric = *metric;
    return target;
  }
  const std::optional<double> zero = find_interior_zero(target.program, *domain);
  if (zero && metric) {
    throw std::invalid_argument(
        fmt::format("{} on {}: the function vanishes near x = {:.6g}, where a relative error has "
                    "no meaning; use "
                    "the metric absolute, or a domain that ends there",
                    printable(target.expression), interval, *zero));
  }
  target.metric = zero ? Metric::Absolute : Metric::Relative;
  return target;
}

}  // namespace ulpforge::targets
