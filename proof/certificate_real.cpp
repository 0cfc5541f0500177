// Certificates about programs in real arithmetic.
#include <fmt/format.h>

#include "ir/json_integer.h"
#include "ir/text.h"
#include "proof/certificate_kinds.h"
#include "proof/double_bound.h"
#include "proof/gappa.h"

namespace ulpforge::proof {

namespace {

/// " but those between 3.14 and 3.15", where a bound leaves numbers out.
std::string exceptions(const std::vector<Gap>& gaps) {
  std::string text;
  for (const Gap& gap : gaps) {
    text += fmt::format("{} {} and {}", text.empty() ? " but those between" : ", between",
                        gap.below, gap.above);
  }
  return text;
}

}  // namespace

RealCertificate certify(const ir::Program& program, const targets::Target& target,
                        const Bound& bound, std::string version) {
  if (!bound.proven) throw std::invalid_argument("no certificate without a proof");
  RealCertificate out;
  out.version = std::move(version);
  out.expression = target.expression;
  out.domain = target.domain;
  out.metric = target.metric;
  out.program = program;
  out.bound = bound.bound;
  out.attained = bound.attained;
  out.worst_x = bound.worst_x;
  out.bits = bound.bits;
  out.cells = bound.cells;
  out.gaps = bound.gaps;
  if (target.weight) out.weight = target.weight->expression;
  return out;
}

std::string statement_of(const RealCertificate& certificate) {
  const char* error = "";
  switch (certificate.metric) {
    case targets::Metric::Relative:
      error = "|p(x) - f(x)| / |f(x)|";
      break;
    case targets::Metric::Absolute:
      error = "|p(x) - f(x)|";
      break;
    case targets::Metric::UlpF32:
      error = "|p(x) - f(x)| / ulp_f32(f(x))";
      break;
    case targets::Metric::UlpF64:
      error = "|p(x) - f(x)| / ulp_f64(f(x))";
      break;
  }
  return fmt::format(
             "{}{} <= {} for every x in {}{}, f(x) = {}, {}p the program in real arithmetic with "
             "its constants exactly as written",
             certificate.weight ? "w(x) " : "", error, decimals_above(certificate.bound),
             targets::to_string(certificate.domain), exceptions(certificate.gaps),
             certificate.expression,
             certificate.weight ? fmt::format("w(x) = {}, ", *certificate.weight) : "") +
         (certificate.monotone
              ? fmt::format("; p is monotone, {}, on each interval", name(*certificate.monotone))
              : "");
}

std::string statement_in_double(const RealCertificate& certificate) {
  if (!certificate.in_double) return "";
  const bool absolute = certificate.metric == targets::Metric::Absolute;
  return fmt::format(
      "{} <= {} for every double x in {}{}, y the program run in double, each operation rounded to "
      "nearest even",
      absolute ? "|y - f(x)|" : "|y - f(x)| / ulp_f64(f(x))",
      decimals_above(certificate.in_double->bound), targets::to_string(certificate.domain),
      certificate.in_double->skips_zero ? " but those closer to 0 than 2^-400" : "");
}

Json fields(const RealCertificate& certificate) {
  Json json;
  json["target"] = certificate.expression;
  put_domain(json, certificate.domain);
  json["metric"] = targets::name(certificate.metric);
  if (certificate.weight) json["weight"] = *certificate.weight;
  if (certificate.monotone) json["monotone"] = name(*certificate.monotone);
  json["program"] = ir::print(certificate.program);
  json["bound"] = certificate.bound;
  json["attained"] = certificate.attained;
  json["worst_x"] = certificate.worst_x;
  json["bits"] = certificate.bits;
  json["expansions"] = certificate.cells;
  if (!certificate.gaps.empty()) {
    json["but_between"] = Json::array();
    for (const Gap& gap : certificate.gaps) json["but_between"].push_back({gap.below, gap.above});
  }
  if (certificate.in_double) {
    json["in_double"] = {{"statement", statement_in_double(certificate)},
                         {"bound", certificate.in_double->bound},
                         {"skips_zero", certificate.in_double->skips_zero}};
  }
  return json;
}

RealCertificate read_real(const Json& json) {
  RealCertificate out;
  out.expression = json.at("target").get<std::string>();
  out.domain = read_domain(json);
  const auto metric = targets::find_metric(json.at("metric").get<std::string>());
  if (!metric) throw std::invalid_argument("unknown metric");
  out.metric = *metric;
  if (json.contains("weight")) out.weight = json.at("weight").get<std::string>();
  if (json.contains("monotone")) {
    const auto direction = json.at("monotone").get<std::string>();
    if (direction != name(Direction::Rising) && direction != name(Direction::Falling)) {
      throw std::invalid_argument("unknown direction");
    }
    out.monotone = direction == name(Direction::Rising) ? Direction::Rising : Direction::Falling;
  }
  out.program = ir::parse(json.at("program").get<std::string>());
  out.bound = json.at("bound").get<double>();
  out.attained = json.at("attained").get<double>();
  out.worst_x = json.at("worst_x").get<double>();
  out.bits = ir::integer<long>(json.at("bits"));
  out.cells = ir::integer<std::size_t>(json.at("expansions"));
  if (json.contains("but_between")) {
    for (const Json& gap : json.at("but_between")) {
      out.gaps.push_back({gap.at(0).get<double>(), gap.at(1).get<double>()});
    }
  }
  if (json.contains("in_double")) {
    const Json& claim = json.at("in_double");
    out.in_double =
        DoubleClaim{claim.at("bound").get<double>(), claim.at("skips_zero").get<bool>()};
  }
  return out;
}

namespace {

Verdict check_real(const RealCertificate& certificate, const targets::Target& target) {
  Bound found;
  // A bound that is close to the largest error takes a finer proof.
  for (const double tolerance : {0x1p-10, 0x1p-16, 0x1p-24}) {
    found = prove(certificate.program, target, {.tolerance = tolerance});
    if (!found.proven) return {false, found.obstacle};
    if (found.gaps != certificate.gaps) {
      return {false, fmt::format("the claim cannot be confirmed: it is proven for every x{}",
                                 exceptions(found.gaps))};
    }
    if (found.bound <= certificate.bound) {
      return {true, fmt::format("proven again: the error is at most {} and reaches {:.4g} near x = "
                                "{:.6g}",
                                decimals_above(found.bound), found.attained, found.worst_x)};
    }
    if (found.attained > certificate.bound) {
      return {false,
              fmt::format("the claim is false: the error near x = {:.17g} is at least {:.6g}, "
                          "above the claimed {:.6g}",
                          found.worst_x, found.attained, certificate.bound)};
    }
  }
  return {false, fmt::format("the claim cannot be confirmed: {:.9g} is proven, {:.9g} is claimed",
                             found.bound, certificate.bound)};
}

Verdict check_in_double(const RealCertificate& certificate, const targets::Target& target) {
  try {
    const DoubleBound found = prove_in_format(certificate.program, target);
    if (!found.proven) return {false, found.obstacle};
    if (found.skips_zero && !certificate.in_double->skips_zero) {
      return {false, "arguments near 0 are not covered by the proof in double"};
    }
    if (found.bound > certificate.in_double->bound) {
      return {false,
              fmt::format("the claim in double cannot be confirmed: {:.9g} is proven, {:.9g} "
                          "is claimed",
                          found.bound, certificate.in_double->bound)};
    }
    return {true, "in double too"};
  } catch (const GappaMissing& missing) {
    return {false, fmt::format("the claim in double cannot be checked: {}", missing.what())};
  }
}

}  // namespace

Verdict check_again(const RealCertificate& certificate) {
  const targets::Target target = targets::make_target(certificate.expression, certificate.domain,
                                                      certificate.metric, certificate.weight);
  Verdict verdict = check_real(certificate, target);
  if (verdict.holds && certificate.monotone) {
    const Monotonicity found =
        prove_monotone_program(certificate.program, target, *certificate.monotone);
    if (!found.proven) return {false, fmt::format("not monotone: {}", found.obstacle)};
  }
  if (!verdict.holds || !certificate.in_double) return verdict;
  const Verdict rounding = check_in_double(certificate, target);
  verdict.reason = rounding.holds ? verdict.reason + "; " + rounding.reason : rounding.reason;
  verdict.holds = rounding.holds;
  return verdict;
}

}  // namespace ulpforge::proof
