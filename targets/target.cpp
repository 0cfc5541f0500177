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
#include "targets/exact/real.h"
#include "targets/exact/reference.h"
#include "targets/infinite_domain.h"

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

numbers::Mpfr value_at(const Target& target, const numbers::Mpfr& x, unsigned bits) {
  return target.values ? (*target.values)(x, bits) : reference(target.program, x, bits);
}

numbers::DoubleDouble value_at(const Target& target, double x) {
  constexpr unsigned kBits = 170;  // as reference() over doubles
  return numbers::to_double_double(value_at(target, real(x, 53), kBits));
}

namespace {

/// The end of the domain that is `end` in the variable that bounded() looks at.
double end_in_x(const Domain& domain, double end) {
  if (domain.is_bounded()) return end;
  const bool both = std::isinf(domain.lo) && std::isinf(domain.hi);
  if (both) return end < 0 ? domain.lo : domain.hi;
  const double infinite = std::isinf(domain.lo) ? domain.lo : domain.hi;
  return end == 0 ? infinite : std::isinf(domain.lo) ? domain.hi : domain.lo;
}

}  // namespace

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
  // With an infinite end the function of t is looked at (targets/infinite_domain.h).
  target.metric = Metric::Absolute;
  const Target seen = bounded(target);
  if (const auto singularity = find_singularity(seen.program, seen.domain)) {
    const std::string variable =
        domain->is_bounded() ? ""
                             : fmt::format(" (x is t here, {})", substitution_for(*domain).text);
    throw std::invalid_argument(
        fmt::format("{} on {}: the function {}{}; choose a domain without it",
                    ir::printable(target.expression), interval, *singularity, variable));
  }
  if (std::isfinite(domain->lo) && std::isfinite(domain->hi) && domain->lo < domain->hi) {
    target.values = std::make_shared<const ExactValues>(target.program, domain->lo, domain->hi);
  }
  if (metric == Metric::Absolute) {
    target.metric = *metric;
    return target;
  }
  if (const std::optional<double> end = find_fast_decay(seen.program, seen.domain)) {
    if (metric) {
      throw std::invalid_argument(fmt::format(
          "{} on {}: the function falls faster than any power as x approaches {}, where no program "
          "of arithmetic has a bounded relative error; use the metric absolute",
          ir::printable(target.expression), interval, end_in_x(*domain, *end)));
    }
    target.metric = Metric::Absolute;
    return target;
  }
  const std::optional<double> zero = metric && *metric != Metric::Relative
                                         ? std::nullopt
                                         : find_interior_zero(seen.program, seen.domain);
  if (zero && !metric) {
    target.metric = Metric::Absolute;
    return target;
  }
  target.metric = metric.value_or(Metric::Relative);
  const std::optional<std::vector<Zero>> zeros = find_zeros(seen.program, seen.domain);
  const auto is_inside = [&](const Zero& each) {
    return each.at.hi >= seen.domain.lo && each.at.hi <= seen.domain.hi;
  };
  if (zero && !(zeros && std::ranges::any_of(*zeros, is_inside))) {
    throw std::invalid_argument(fmt::format(
        "{} on {}: the function vanishes near x = {:.6g}, and not at a few points that can be "
        "told, as a relative error asks for; use the metric absolute, or a domain without it",
        ir::printable(target.expression), interval, *zero));
  }
  if (zeros && domain->is_bounded()) target.zeros = *zeros;
  return target;
}

}  // namespace ulpforge::targets
