// Certificates to and from JSON.
#include "proof/certificate.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <nlohmann/json.hpp>

#include "ir/text.h"
#include "proof/double_bound.h"
#include "proof/gappa.h"

namespace ulpforge::proof {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kFormat = 1;

std::string_view name(Kind kind) {
  switch (kind) {
    case Kind::Real:
      return "real";
  }
  return "";
}

/// FNV-1a, 64 bits.
std::string hash(const std::string& text) {
  std::uint64_t value = 0xcbf29ce484222325U;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return fmt::format("{:016x}", value);
}

Json to_json(const Certificate& certificate) {
  Json json;
  json["certificate"] = "ulpforge";
  json["format"] = kFormat;
  json["kind"] = name(certificate.kind);
  json["statement"] = statement(certificate);
  json["ulpforge"] = certificate.version;
  json["target"] = certificate.expression;
  json["domain"] = {certificate.domain.lo, certificate.domain.hi};
  json["domain_open"] = {certificate.domain.lo_open, certificate.domain.hi_open};
  json["metric"] = targets::name(certificate.metric);
  json["program"] = ir::print(certificate.program);
  json["bound"] = certificate.bound;
  json["attained"] = certificate.attained;
  json["worst_x"] = certificate.worst_x;
  json["bits"] = certificate.bits;
  json["expansions"] = certificate.cells;
  if (certificate.in_double) {
    json["in_double"] = {{"statement", statement_in_double(certificate)},
                         {"bound", certificate.in_double->bound},
                         {"skips_zero", certificate.in_double->skips_zero}};
  }
  json["hash"] = hash(json.dump());
  return json;
}

targets::Target target_of(const Certificate& certificate) {
  return targets::make_target(certificate.expression, certificate.domain, certificate.metric);
}

/// Throws nlohmann's exceptions where a field is missing or of another type.
Certificate read(const Json& json, const std::string& source) {
  Certificate out;
  const auto kind = json.at("kind").get<std::string>();
  if (kind != name(Kind::Real)) {
    throw CertificateError(
        fmt::format("{}: a certificate of kind '{}'; this version checks 'real'", source, kind));
  }
  out.version = json.at("ulpforge").get<std::string>();
  out.expression = json.at("target").get<std::string>();
  out.domain.lo = json.at("domain").at(0).get<double>();
  out.domain.hi = json.at("domain").at(1).get<double>();
  out.domain.lo_open = json.at("domain_open").at(0).get<bool>();
  out.domain.hi_open = json.at("domain_open").at(1).get<bool>();
  if (!(out.domain.lo < out.domain.hi)) {
    throw CertificateError(fmt::format("{}: the domain is no interval", source));
  }
  const auto metric = targets::find_metric(json.at("metric").get<std::string>());
  if (!metric) throw CertificateError(fmt::format("{}: unknown metric", source));
  out.metric = *metric;
  out.program = ir::parse(json.at("program").get<std::string>());
  out.bound = json.at("bound").get<double>();
  out.attained = json.at("attained").get<double>();
  out.worst_x = json.at("worst_x").get<double>();
  out.bits = json.at("bits").get<long>();
  out.cells = json.at("expansions").get<std::size_t>();
  if (json.contains("in_double")) {
    const Json& claim = json.at("in_double");
    out.in_double =
        DoubleClaim{claim.at("bound").get<double>(), claim.at("skips_zero").get<bool>()};
  }
  return out;
}

}  // namespace

Certificate certify(const ir::Program& program, const targets::Target& target, const Bound& bound,
                    std::string version) {
  if (!bound.proven) throw std::invalid_argument("no certificate without a proof");
  Certificate out;
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
  return out;
}

std::string statement(const Certificate& certificate) {
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
      "{} <= {} for every x in {}, f(x) = {}, p the program in real arithmetic with "
      "its constants exactly as written",
      error, decimals_above(certificate.bound), targets::to_string(certificate.domain),
      certificate.expression);
}

std::string to_text(const Certificate& certificate) {
  return to_json(certificate).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Certificate parse_certificate(const std::string& text, const std::string& source) {
  try {
    const Json json = Json::parse(text);
    if (!json.is_object() || json.value("certificate", "") != "ulpforge") {
      throw CertificateError(
          fmt::format("{}: not a certificate; 'ulpforge prove' makes them", source));
    }
    const int format = json.at("format").get<int>();
    if (format != kFormat) {
      throw CertificateError(
          fmt::format("{}: certificate format {}; this version reads {}", source, format, kFormat));
    }
    Certificate certificate = read(json, source);
    // Every field, the statement and the hash among them, as this version would write it.
    if (to_json(certificate) != json) {
      throw CertificateError(
          fmt::format("{}: the certificate was changed after it was made (its hash or one of its "
                      "fields does not agree with the rest)",
                      source));
    }
    return certificate;
  } catch (const nlohmann::json::exception& error) {
    throw CertificateError(fmt::format("{}: not a whole certificate: {}", source, error.what()));
  } catch (const ir::TextError& error) {
    throw CertificateError(fmt::format("{}: malformed program: {}", source, error.what()));
  }
}

std::string statement_in_double(const Certificate& certificate) {
  if (!certificate.in_double) return "";
  const bool absolute = certificate.metric == targets::Metric::Absolute;
  return fmt::format(
      "{} <= {} for every double x in {}{}, y the program run in double, each operation rounded to "
      "nearest even",
      absolute ? "|y - f(x)|" : "|y - f(x)| / ulp_f64(f(x))",
      decimals_above(certificate.in_double->bound), targets::to_string(certificate.domain),
      certificate.in_double->skips_zero ? " but those closer to 0 than 2^-400" : "");
}

namespace {

Verdict check_real(const Certificate& certificate, const targets::Target& target) {
  Bound found;
  // A bound that is close to the largest error takes a finer proof.
  for (const double tolerance : {0x1p-10, 0x1p-16, 0x1p-24}) {
    found = prove(certificate.program, target, {.tolerance = tolerance});
    if (!found.proven) return {false, found.obstacle};
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

Verdict check_in_double(const Certificate& certificate, const targets::Target& target) {
  try {
    const DoubleBound found = prove_in_double(certificate.program, target);
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

Verdict check(const Certificate& certificate) {
  const targets::Target target = target_of(certificate);
  Verdict verdict = check_real(certificate, target);
  if (!verdict.holds || !certificate.in_double) return verdict;
  const Verdict rounding = check_in_double(certificate, target);
  verdict.reason = rounding.holds ? verdict.reason + "; " + rounding.reason : rounding.reason;
  verdict.holds = rounding.holds;
  return verdict;
}

std::string decimals_above(double value) {
  if (!std::isfinite(value)) return fmt::format("{}", value);
  for (double next = value;; next = std::nextafter(next + std::fabs(value) * 1e-4,
                                                   std::numeric_limits<double>::infinity())) {
    std::string text = fmt::format("{:.3e}", next);
    if (std::strtod(text.c_str(), nullptr) >= value) return text;
  }
}

}  // namespace ulpforge::proof
