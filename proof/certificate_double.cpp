// Certificates about machine programs over double.
#include <fmt/format.h>

#include "ir/text.h"
#include "proof/certificate_kinds.h"

namespace ulpforge::proof {

std::string statement_of(const DoubleCertificate& certificate) {
  const MachineDoubleBound& found = certificate.found;
  return fmt::format(
      "|y - f(x)| / ulp_f64(f(x)) <= {} for every double x{}{}, and <= {} where |f(x)| >= 2^-1021, "
      "f(x) = {}, y the program run in double, each operation rounded to nearest even",
      decimals_above(found.bound),
      certificate.domain ? " in " + targets::to_string(*certificate.domain)
                         : std::string(", infinities and NaN included"),
      found.skips_zero ? " but those closer to 0 than 2^-400" : "",
      decimals_above(found.bound_normal), certificate.expression);
}

Json fields(const DoubleCertificate& certificate) {
  const MachineDoubleBound& found = certificate.found;
  const std::string program = ir::print(certificate.program);
  Json json;
  json["target"] = certificate.expression;
  put_optional_domain(json, certificate.domain);
  json["program"] = program;
  json["program_hash"] = hash(program);
  json["bound"] = found.bound;
  json["bound_normal"] = found.bound_normal;
  json["approximation"] = found.approximation;
  json["rounding"] = found.rounding;
  json["reduced_argument"] = found.reduced;
  json["argument_error"] = found.argument_error;
  json["skips_zero"] = found.skips_zero;
  return json;
}

DoubleCertificate read_double(const Json& json) {
  DoubleCertificate out;
  out.expression = json.at("target").get<std::string>();
  out.domain = read_optional_domain(json);
  out.program = ir::parse(json.at("program").get<std::string>());
  MachineDoubleBound& found = out.found;
  found.proven = true;
  found.bound = json.at("bound").get<double>();
  found.bound_normal = json.at("bound_normal").get<double>();
  found.approximation = json.at("approximation").get<double>();
  found.rounding = json.at("rounding").get<double>();
  found.reduced = json.at("reduced_argument").get<double>();
  found.argument_error = json.at("argument_error").get<double>();
  found.skips_zero = json.at("skips_zero").get<bool>();
  return out;
}

Verdict check_again(const DoubleCertificate& certificate) {
  const MachineDoubleBound found =
      prove_machine_double(certificate.program, certificate.expression, certificate.domain);
  if (!found.proven) return {false, "the claim cannot be confirmed: " + found.obstacle};
  const MachineDoubleBound& claimed = certificate.found;
  if (found.skips_zero && !claimed.skips_zero) {
    return {false, "arguments near 0 are not covered by the proof"};
  }
  std::string obstacle;
  const auto compare = [&](const char* what, double claim, double truth) {
    if (truth <= claim || !obstacle.empty()) return;
    obstacle = fmt::format("the claim cannot be confirmed: {} {:.9g} is proven, {:.9g} is claimed",
                           what, truth, claim);
  };
  compare("bound", claimed.bound, found.bound);
  compare("bound for normal results", claimed.bound_normal, found.bound_normal);
  compare("approximation error", claimed.approximation, found.approximation);
  compare("rounding error", claimed.rounding, found.rounding);
  compare("reduced argument", claimed.reduced, found.reduced);
  compare("error of the reduced argument", claimed.argument_error, found.argument_error);
  if (!obstacle.empty()) return {false, obstacle};
  return {true, fmt::format("proven again: at most {} ULP", decimals_above(found.bound))};
}

}  // namespace ulpforge::proof
