// Making a target out of what the user wrote, and refusing what cannot be approximated.
#include "targets/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "ir/evaluate.h"
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

/// The weight, where it is one on the domain.
Weight make_weight(const std::string& text, const Domain& domain) {
  const std::string shown = ir::printable(text);
  Weight weight{text, {}};
  try {
    weight.program = ir::parse_expression(text);
  } catch (const ir::ExpressionError& error) {
    throw std::invalid_argument(fmt::format("weight: {}", error.what()));
  }
  Target function;
  function.program = weight.program;
  function.domain = domain;
  function.metric = Metric::Absolute;
  const Target seen = bounded(function);
  const auto in_x = [&](double t) {
    return domain.is_bounded() ? t : ir::evaluate(substitution_for(domain).back, t);
  };
  for (const Domain& part : intervals_of(seen.domain)) {
    if (const auto singularity = find_singularity(seen.program, part)) {
      throw std::invalid_argument(fmt::format(
          "weight '{}' {}{}; it has to be positive and bounded on {}", shown, *singularity,
          domain.is_bounded() ? ""
                              : fmt::format(" (x is t here, {})", substitution_for(domain).text),
          to_string(domain)));
    }
    if (const auto x = find_not_positive(seen.program, part)) {
      throw std::invalid_argument(
          fmt::format("weight '{}' is not positive at x = {}; it has to be "
                      "on all of {}, such as abs({})+0.01",
                      shown, in_x(*x), to_string(domain), shown));
    }
  }
  return weight;
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
  if (target.values.empty()) return reference(target.program, x, bits);
  std::size_t k = 0;
  for (; k + 1 < target.values.size(); ++k) {
    if (mpfr_cmp_d(numbers::raw(x), target.domain.parts[k].hi) <= 0) break;
  }
  return (*target.values[k])(x, bits);
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

double weight_at(const Target& target, const numbers::Mpfr& x) {
  constexpr unsigned kBits = 64;
  if (!target.weight) return 1;
  return mpfr_get_d(numbers::raw(reference(target.weight->program, x, kBits)), MPFR_RNDN);
}

double weight_at(const Target& target, double x) {
  return target.weight ? weight_at(target, real(x, 53)) : 1;
}

std::vector<Target> on_each_interval(const Target& target) {
  if (target.domain.parts.empty()) return {target};
  std::vector<Target> targets;
  for (std::size_t k = 0; k < target.domain.parts.size(); ++k) {
    Target& part = targets.emplace_back(target);
    part.domain = target.domain.parts[k];
    part.values.clear();
    if (!target.values.empty()) part.values = {target.values[k]};
  }
  return targets;
}

Target make_target(std::string_view what, std::optional<Domain> domain,
                   std::optional<Metric> metric, const std::optional<std::string>& weight) {
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
  const std::string variable =
      domain->is_bounded() ? "" : fmt::format(" (x is t here, {})", substitution_for(*domain).text);
  for (const Domain& part : intervals_of(seen.domain)) {
    const auto singularity = find_singularity(seen.program, part);
    if (!singularity) continue;
    throw std::invalid_argument(
        fmt::format("{} on {}: the function {}{}; choose a domain without it",
                    ir::printable(target.expression), interval, *singularity, variable));
  }
  if (domain->is_bounded()) {
    for (const Domain& part : intervals_of(*domain)) {
      target.values.push_back(
          std::make_shared<const ExactValues>(target.program, part.lo, part.hi));
    }
  }
  if (weight) target.weight = make_weight(*weight, *domain);
  if (metric == Metric::Absolute) {
    target.metric = *metric;
    return target;
  }
  std::optional<double> zero;
  std::optional<std::vector<Zero>> zeros = std::vector<Zero>{};
  bool is_inside = false;
  for (const Domain& part : intervals_of(seen.domain)) {
    const bool relative = !metric || *metric == Metric::Relative;
    const auto end = relative ? find_fast_decay(seen.program, part) : std::nullopt;
    if (end && metric) {
      throw std::invalid_argument(fmt::format(
          "{} on {}: the function falls faster than any power as x approaches {}, where no program "
          "of arithmetic has a bounded relative error; use the metric absolute",
          ir::printable(target.expression), interval, end_in_x(*domain, *end)));
    }
    if (end) {
      target.metric = Metric::Absolute;
      return target;
    }
    const bool asked = !zero && relative;
    if (asked) zero = find_interior_zero(seen.program, part);
    if (zero && !metric) {
      target.metric = Metric::Absolute;
      return target;
    }
    const auto found = find_zeros(seen.program, part);
    if (!found) zeros.reset();
    for (std::size_t k = 0; zeros && k < found->size(); ++k) {
      const Zero& each = (*found)[k];
      is_inside = is_inside || (each.at.hi >= part.lo && each.at.hi <= part.hi);
      if (std::ranges::find(*zeros, each) == zeros->end()) zeros->push_back(each);
    }
  }
  target.metric = metric.value_or(Metric::Relative);
  if (zero && !is_inside) {
    throw std::invalid_argument(fmt::format(
        "{} on {}: the function vanishes near x = {:.6g}, and not at a few points that can be "
        "told, as a relative error asks for; use the metric absolute, or a domain without it",
        ir::printable(target.expression), interval, *zero));
  }
  if (zeros && domain->is_bounded()) target.zeros = *zeros;
  return target;
}

}  // namespace ulpforge::targets
