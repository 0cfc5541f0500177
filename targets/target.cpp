// Making a target out of what the user wrote, and refusing what cannot be approximated.
#include "targets/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "ir/expression.h"
#include "ir/suggest.h"
#include "targets/catalog.h"
#include "targets/domain_check.h"

namespace ulpforge::targets {
namespace {

constexpr std::array<std::pair<Metric, std::string_view>, 4> kMetrics{
    {{Metric::Relative, "relative"},
     {Metric::Absolute, "absolute"},
     {Metric::UlpF32, "ulp_f32"},
     {Metric::UlpF64, "ulp_f64"}}};

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

Target make_target(std::string_view what, std::optional<Domain> domain,
                   std::optional<Metric> metric) {
  const std::string_view spelled = ir::trim(what);
  Target target;
  target.name = std::string(spelled);
  target.expression = expression_of(spelled);
  if (const CatalogRow* row = find_in_catalog(spelled)) {
    if (!domain) domain = row->domain;
    if (!metric) metric = row->metric;
  } else if (target.expression == spelled && is_name(spelled) && spelled != "x" &&
             spelled != "pi" && spelled != "e" &&
             spelled.find_first_not_of("0123456789") != std::string_view::npos) {
    const std::vector<std::string_view> names = catalog_names();
    throw std::invalid_argument(fmt::format(
        "unknown target '{}'{}; `ulpforge targets` lists them, and an expression needs x, such as "
        "exp(x)",
        ir::printable(spelled), ir::did_you_mean(spelled, names)));
  }
  target.program = ir::parse_expression(target.expression);
  if (!ir::depends_on_input(target.program)) {
    throw std::invalid_argument(
        fmt::format("target '{}' is a constant: an expression needs x, such as exp(x)",
                    ir::printable(spelled)));
  }
  if (!domain) {
    throw std::invalid_argument(fmt::format(
        "target '{}' is an expression and needs a domain, such as 0,1", ir::printable(spelled)));
  }
  target.domain = *domain;
  const std::string interval = to_string(*domain);
  if (const auto defect = find_defect(*domain)) {
    throw std::invalid_argument(fmt::format("domain {}: {}", interval, *defect));
  }
  if (!domain->is_bounded()) {
    throw std::invalid_argument(fmt::format(
        "domain {}: in real arithmetic both ends have to be finite; choose an interval, or regime "
        "f32 and validate, which take every number up to infinity",
        interval));
  }
  if (const auto singularity = find_singularity(target.program, *domain)) {
    throw std::invalid_argument(fmt::format("{} on {}: the function {}; choose a domain without it",
                                            ir::printable(target.expression), interval,
                                            *singularity));
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
                    ir::printable(target.expression), interval, *zero));
  }
  target.metric = zero ? Metric::Absolute : Metric::Relative;
  return target;
}

}  // namespace ulpforge::targets
