// Certificates about programs that were run at every float.
#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "ir/expression.h"
#include "ir/json_integer.h"
#include "ir/text.h"
#include "numbers/short_format.h"
#include "proof/certificate_kinds.h"

namespace ulpforge::proof {
namespace {

/// The bound in decimals, not below what it was rounded from; a scan does not rank what is
/// negligible.
std::string ulp_above(double value) {
  return fmt::format("{:.9g}", std::max(value, targets::Score::kNegligible) * (1 + 0x1p-29));
}

std::string pattern(std::uint32_t bits) { return fmt::format("0x{:08x}", bits); }

std::uint32_t read_pattern(const std::string& text) {
  std::size_t end = 0;
  const unsigned long bits = std::stoul(text, &end, 16);
  if (end != text.size() || bits > 0xffffffffUL) {
    throw std::invalid_argument("worst_input is no pattern of a float");
  }
  return static_cast<std::uint32_t>(bits);
}

Json reference_json(const ReferenceFacts& reference) {
  return {{"method",
           "Taylor polynomials whose errors are bounded in ball arithmetic (Arb); MPFR where these "
           "bounds do not decide"},
          {"pieces", reference.pieces},
          {"pieces_without_bound", reference.without_bound},
          {"largest_bound_ulp", reference.largest_bound}};
}

void put_provenance(Json& json, const std::optional<Provenance>& found) {
  if (!found) return;
  json["found_by"] = {{"ulpforge", found->version},
                      {"command", found->command},
                      {"form", found->form},
                      {"processor", found->processor},
                      {"range_reduction", found->scheme},
                      {"seed", found->seed},
                      {"evaluations", found->evaluations},
                      {"seconds", found->seconds}};
}

std::optional<Provenance> read_provenance(const Json& json) {
  const auto found = json.find("found_by");
  if (found == json.end()) return std::nullopt;
  return Provenance{found->at("ulpforge").get<std::string>(),
                    found->at("command").get<std::string>(),
                    found->at("form").get<std::string>(),
                    found->at("processor").get<std::string>(),
                    found->at("range_reduction").get<std::string>(),
                    ir::integer<std::uint64_t>(found->at("seed")),
                    ir::integer<std::uint64_t>(found->at("evaluations")),
                    found->at("seconds").get<double>()};
}

/// The input with the largest error, a number of the certificate's format.
double worst_value(const ExhaustiveCertificate& certificate) {
  const std::uint32_t bits = certificate.run.score.worst_input;
  if (certificate.format.empty()) return static_cast<double>(std::bit_cast<float>(bits));
  return numbers::parse_short_format(certificate.format).value(bits);
}

/// Whether another run gave every figure that is claimed.
Verdict compared(const ExhaustiveCertificate& certificate, const Exhaustion& found) {
  const targets::Score& claimed = certificate.run.score;
  const targets::Score& score = found.score;
  std::string difference;
  const auto compare = [&](const char* what, const auto& claim, const auto& truth) {
    if (claim == truth || !difference.empty()) return;
    difference = fmt::format("the claim is false: {} {} claimed, {} found", what, claim, truth);
  };
  compare("max ULP", claimed.max_ulp, score.max_ulp);
  compare("worst input", pattern(claimed.worst_input), pattern(score.worst_input));
  compare("inputs", claimed.inputs, score.inputs);
  compare("misrounded", claimed.misrounded, score.misrounded);
  compare("above 1 ULP", claimed.above_one_ulp, score.above_one_ulp);
  compare("wrong special values", claimed.special_value_errors, score.special_value_errors);
  compare("zeros of the wrong sign", claimed.zero_sign_errors, score.zero_sign_errors);
  compare("decided by MPFR", claimed.mpfr_calls, score.mpfr_calls);
  compare("pieces of the reference", certificate.run.reference.pieces, found.reference.pieces);
  compare("pieces without bound", certificate.run.reference.without_bound,
          found.reference.without_bound);
  compare("bound of the reference", certificate.run.reference.largest_bound,
          found.reference.largest_bound);
  if (!difference.empty()) return {false, difference};
  return {true, fmt::format("run again at {} inputs, {} of them decided by MPFR: max {:.6f} ULP at "
                            "{} ({:a})",
                            score.inputs, score.mpfr_calls, score.max_ulp,
                            pattern(score.worst_input), worst_value(certificate))};
}

}  // namespace

namespace {

/// How many results are not as good as can be.
std::string misrounded_text(std::uint64_t count, const targets::ResultChoice& results) {
  return results.format_out.empty() && !results.ulp_of.empty()
             ? fmt::format("{} are off by more than half of that", count)
             : fmt::format("{} are not correctly rounded", count);
}

}  // namespace

std::string statement_of(const ExhaustiveCertificate& certificate) {
  const targets::Score& score = certificate.run.score;
  const bool is_float = certificate.format.empty();
  const std::string& rounded_to = is_float ? certificate.results.format_out : certificate.format;
  const std::string numbers = is_float ? "float" : certificate.format + " number";
  return fmt::format(
      "|y - f(x)| / ulp_{}(f(x)) <= {} for {}, {} of them, f(x) = {}, y the program run in "
      "float, each operation rounded to nearest even{}; {}, {} give NaN "
      "or an infinity where that is wrong, {} a zero of the wrong sign",
      is_float ? certificate.results.unit() : certificate.format, ulp_above(score.max_ulp),
      certificate.domain
          ? fmt::format("every {} x in {}", numbers, targets::to_string(*certificate.domain))
          : fmt::format("every {} x, infinities and NaN included", numbers),
      score.inputs, certificate.expression,
      rounded_to.empty() ? std::string() : fmt::format(", and the result to {}", rounded_to),
      misrounded_text(score.misrounded, certificate.results), score.special_value_errors,
      score.zero_sign_errors);
}

Json fields(const ExhaustiveCertificate& certificate) {
  const targets::Score& score = certificate.run.score;
  const std::string program = ir::print(certificate.program);
  Json json;
  json["target"] = certificate.expression;
  if (!certificate.format.empty()) json["format_of_numbers"] = certificate.format;
  if (!certificate.results.format_out.empty()) {
    json["format_of_results"] = certificate.results.format_out;
  }
  if (!certificate.results.ulp_of.empty()) json["ulp_of"] = certificate.results.ulp_of;
  put_optional_domain(json, certificate.domain);
  json["program"] = program;
  json["program_hash"] = hash(program);
  json["inputs"] = score.inputs;
  json["max_ulp"] = score.max_ulp;
  json["worst_input"] = pattern(score.worst_input);
  json["misrounded"] = score.misrounded;
  json["above_one_ulp"] = score.above_one_ulp;
  json["special_value_errors"] = score.special_value_errors;
  json["zero_sign_errors"] = score.zero_sign_errors;
  json["decided_by_mpfr"] = score.mpfr_calls;
  if (!certificate.format.empty()) {
    json["reference"] = {{"method", "MPFR at every number"}};
  } else {
    json["reference"] = reference_json(certificate.run.reference);
  }
  put_provenance(json, certificate.found_by);
  return json;
}

ExhaustiveCertificate read_exhaustive(const Json& json) {
  ExhaustiveCertificate out;
  out.expression = json.at("target").get<std::string>();
  out.domain = read_optional_domain(json);
  out.program = ir::parse(json.at("program").get<std::string>());
  targets::Score& score = out.run.score;
  score.inputs = ir::integer<std::uint64_t>(json.at("inputs"));
  score.max_ulp = json.at("max_ulp").get<double>();
  score.worst_input = read_pattern(json.at("worst_input").get<std::string>());
  score.misrounded = ir::integer<std::uint64_t>(json.at("misrounded"));
  score.above_one_ulp = ir::integer<std::uint64_t>(json.at("above_one_ulp"));
  score.special_value_errors = ir::integer<std::uint64_t>(json.at("special_value_errors"));
  score.zero_sign_errors = ir::integer<std::uint64_t>(json.at("zero_sign_errors"));
  score.mpfr_calls = ir::integer<std::uint64_t>(json.at("decided_by_mpfr"));
  out.found_by = read_provenance(json);
  if (const auto format = json.find("format_of_numbers"); format != json.end()) {
    out.format = numbers::parse_short_format(format->get<std::string>()).name();
    return out;
  }
  out.results = {json.value("format_of_results", ""), json.value("ulp_of", "")};
  targets::result_format(out.results);
  const Json& reference = json.at("reference");
  out.run.reference = {ir::integer<std::uint64_t>(reference.at("pieces")),
                       ir::integer<std::uint64_t>(reference.at("pieces_without_bound")),
                       reference.at("largest_bound_ulp").get<double>()};
  return out;
}

Verdict check_again(const ExhaustiveCertificate& certificate) {
  if (certificate.format.empty()) {
    return check(certificate,
                 float_reference(certificate.expression, certificate.domain, certificate.results));
  }
  const targets::ShortValues values(ir::parse_expression(certificate.expression),
                                    numbers::parse_short_format(certificate.format),
                                    certificate.domain);
  return compared(certificate, exhaust(certificate.program, values));
}

Verdict check(const ExhaustiveCertificate& certificate, const targets::FloatReference& reference) {
  return compared(certificate, exhaust(certificate.program, reference));
}

}  // namespace ulpforge::proof
