// Reports as JSON, text and CSV.
#include "validate/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <limits>
#include <stdexcept>

#include "ir/json_integer.h"
#include "system/processor.h"
#include "targets/exact/exact_value.h"
#include "targets/exact/steps.h"

namespace ulpforge::validate {
namespace {

using targets::Rounding;
using targets::UlpOf;

std::string hex(std::uint32_t bits) { return fmt::format("0x{:08x}", bits); }
double value_of(std::uint32_t bits) { return static_cast<double>(std::bit_cast<float>(bits)); }
/// "0x3f0602e6 (0.5234818)".
std::string describe(std::uint32_t bits) {
  const auto value = std::bit_cast<float>(bits);
  return std::isnan(value) ? fmt::format("{} (nan)", hex(bits))
                           : fmt::format("{} ({})", hex(bits), value);
}

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json to_json(const Finding& finding) {
  Json json = {{"count", finding.count}};
  if (finding.count > 0) {
    json["first_input"] = hex(finding.input);
    json["first_result"] = hex(finding.result);
  }
  return json;
}

std::uint32_t bits_from_json(const Json& json) {
  return static_cast<std::uint32_t>(std::stoul(json.get<std::string>(), nullptr, 16));
}

Finding finding_from_json(const Json& json) {
  Finding finding;
  finding.count = ir::integer<std::uint64_t>(json.at("count"));
  if (finding.count > 0) {
    finding.input = bits_from_json(json.at("first_input"));
    finding.result = bits_from_json(json.at("first_result"));
  }
  return finding;
}

/// The named findings, for all that list them.
template <class F, class Use>
void for_each_finding(F& figures, Use use) {
  use("special_value_errors", figures.special_values);
  use("zero_sign_errors", figures.zero_signs);
  use("zeros_of_open_sign", figures.open_zeros);
  use("range_violations", figures.range);
  use("monotonicity_violations", figures.monotonicity);
  use("symmetry_violations", figures.symmetry);
}

/// Everything that is kept of some floats, to be read back exactly.
Json kept_figures(const Figures& figures) {
  Json json = {{"inputs", figures.inputs},
               {"misrounded", figures.misrounded},
               {"above_one_ulp", figures.above_one_ulp},
               {"max_ulp", number(figures.max_ulp)},
               {"worst_input", hex(figures.worst_input)},
               {"worst_result", hex(figures.worst_result)},
               {"sum_of_sizes", number(figures.sum_of_sizes)},
               {"sum_of_errors", number(figures.sum_of_errors)},
               {"measured", figures.measured},
               {"histogram", figures.histogram.counts},
               {"mpfr_calls", figures.mpfr_calls}};
  for_each_finding(figures, [&](const char* key, const Finding& f) { json[key] = to_json(f); });
  for (const Finding& fault : figures.exception_faults) {
    json["traces"].push_back(to_json(fault));
  }
  return json;
}

Figures figures_from_json(const Json& json) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const auto real = [&](const char* key) {
    return json.at(key).is_null() ? kInfinity : json.at(key).get<double>();
  };
  Figures figures;
  figures.inputs = ir::integer<std::uint64_t>(json.at("inputs"));
  figures.misrounded = ir::integer<std::uint64_t>(json.at("misrounded"));
  figures.above_one_ulp = ir::integer<std::uint64_t>(json.at("above_one_ulp"));
  figures.max_ulp = real("max_ulp");
  figures.worst_input = bits_from_json(json.at("worst_input"));
  figures.worst_result = bits_from_json(json.at("worst_result"));
  figures.sum_of_sizes = real("sum_of_sizes");
  figures.sum_of_errors = real("sum_of_errors");
  figures.measured = ir::integer<std::uint64_t>(json.at("measured"));
  figures.histogram.counts = json.at("histogram");
  figures.mpfr_calls = ir::integer<std::uint64_t>(json.at("mpfr_calls"));
  for_each_finding(figures,
                   [&](const char* key, Finding& f) { f = finding_from_json(json.at(key)); });
  for (std::size_t i = 0; i < kExceptionFaults; ++i) {
    figures.exception_faults[i] = finding_from_json(json.at("traces").at(i));
  }
  return figures;
}

std::string exact_text_at(const Report& report, const Figures& figures) {
  const double x = value_of(figures.worst_input);
  return exact_text(report.program, std::span(&x, 1));
}

double error_at(const Report& report, const ModeReport& mode, const Figures& figures, UlpOf of) {
  const targets::ExactValue exact =
      targets::exact_value(report.program, value_of(figures.worst_input));
  return std::abs(targets::ulp_error(numbers::kBinary32, value_of(figures.worst_result),
                                     exact.value, of, mode.rounding));
}

Json incidents_json(const ModeReport& mode) {
  Json json = Json::array();
  for (const auto& binade : mode.binades) {
    if (!binade) continue;
    for (const FloatIncident& incident : binade->incidents) {
      json.push_back({{"kind", name(incident.kind)},
                      {"input", hex(incident.input)},
                      {"count", incident.count},
                      {"what", incident.what}});
    }
  }
  return json;
}

std::string binade_name(int exponent) {
  if (exponent == 0) return "subnormal";
  return exponent == 255 ? "inf, nan" : fmt::format("2^{}", exponent - 127);
}

Json mode_json(const Report& report, const ModeReport& mode) {
  const Figures all = total(mode);
  Json json = {{"rounding", name(mode.rounding)},          {"complete", mode.complete},
               {"max_ulp", number(all.max_ulp)},           {"worst_input", hex(all.worst_input)},
               {"worst_x", value_of(all.worst_input)},     {"worst_result", hex(all.worst_result)},
               {"worst_exact", exact_text_at(report, all)}};
  const UlpOf other = report.identity.ulp_of == UlpOf::Exact ? UlpOf::Rounded : UlpOf::Exact;
  if (all.max_ulp > 0) {
    json[other == UlpOf::Exact ? "max_in_ulp_of_exact" : "max_in_ulp_of_rounded"] =
        number(error_at(report, mode, all, other));
  }
  json.update(Json{{"inputs", all.inputs},
                   {"misrounded", all.misrounded},
                   {"above_one_ulp", all.above_one_ulp},
                   {"mean_ulp", all.mean()},
                   {"bias_ulp", all.bias()}});
  for_each_finding(all, [&](const char* key, const Finding& f) {
    json[key] = f.count;
    if (f.count > 0) json[std::string("first_of_") + key] = to_json(f);
  });
  if (report.with_exceptions) {
    for (std::size_t i = 0; i < kExceptionFaults; ++i) {
      json["exceptions"][std::string(name(static_cast<ExceptionFault>(i)))] =
          to_json(all.exception_faults[i]);
    }
  }
  if (mode.lanes.compared > 0) {
    json["lane_dependence"] = to_json(mode.lanes, numbers::kBinary32, 1);
  }
  json["incidents"] = incidents_json(mode);
  json["mpfr_calls"] = all.mpfr_calls;
  json["seconds"] = mode.seconds;
  json["histogram"] = histogram_json(all.histogram);
  for (const auto& binade : mode.binades) {
    if (!binade) continue;
    for (const bool negative : {false, true}) {
      const Figures& f = negative ? binade->negative : binade->positive;
      if (f.inputs == 0) continue;
      json["binades"].push_back(
          {{"binade", binade_name(binade->exponent)},
           {"first_input", hex(numbers::Binary32::binade_start(binade->exponent, negative))},
           {"inputs", f.inputs},
           {"max_ulp", number(f.max_ulp)},
           {"worst_input", hex(f.worst_input)},
           {"misrounded", f.misrounded},
           {"mean_ulp", f.mean()},
           {"bias_ulp", f.bias()}});
    }
  }
  return json;
}

}  // namespace

std::string thousands(std::uint64_t value) {
  const std::string digits = fmt::to_string(value);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text.push_back(',');
    text.push_back(digits[i]);
  }
  return text;
}

namespace {

std::string mode_text(const Report& report, const ModeReport& mode) {
  const Figures all = total(mode);
  std::string text;
  const auto row = [&](std::string_view what, const std::string& value) {
    text += fmt::format("  {:<24}{}\n", what, value);
  };
  text += fmt::format("rounding {}{}\n", name(mode.rounding),
                      mode.complete ? "" : ", PARTIAL: stopped before every input was seen");
  row("inputs", thousands(all.inputs));
  row("max ULP", fmt::format("{:.9g} at {}", all.max_ulp, describe(all.worst_input)));
  if (all.max_ulp > 0) {
    row("",
        fmt::format("result {}, exact {}", describe(all.worst_result), exact_text_at(report, all)));
    const UlpOf other = report.identity.ulp_of == UlpOf::Exact ? UlpOf::Rounded : UlpOf::Exact;
    const double by_other = error_at(report, mode, all, other);
    if (by_other != all.max_ulp) {
      row("", fmt::format("in ULPs of the {} value: {:.9g}", name(other), by_other));
    }
  }
  if (targets::due_ulp(report.program) == 0) row("due", "an exact function: no error at all");
  row("not correctly rounded", thousands(all.misrounded));
  row("above 1 ULP", thousands(all.above_one_ulp));
  row("mean error, bias", fmt::format("{:.6f}, {:+.3e} ULP", all.mean(), all.bias()));
  const auto finding = [&](std::string_view what, const Finding& f) {
    row(what, f.count == 0 ? "0"
                           : fmt::format("{}, first {} gives {}", thousands(f.count),
                                         describe(f.input), describe(f.result)));
  };
  finding("special-value errors", all.special_values);
  finding("zeros of wrong sign", all.zero_signs);
  if (all.open_zeros.count > 0) {
    row("zeros of open sign",
        fmt::format("{}, first {}: of an expression either is right; the names of IEEE 754 and C "
                    "(sinpi) have rules",
                    thousands(all.open_zeros.count), describe(all.open_zeros.input)));
  }
  finding("beyond the range", all.range);
  finding("not monotone", all.monotonicity);
  finding("not symmetric", all.symmetry);
  if (mode.lanes.compared > 0) {
    row("depends on other lanes", to_text(mode.lanes, numbers::kBinary32, 1));
  }
  for (std::size_t i = 0; report.with_exceptions && i < kExceptionFaults; ++i) {
    finding(name(static_cast<ExceptionFault>(i)), all.exception_faults[i]);
  }
  std::size_t shown = 0;
  for (const auto& binade : mode.binades) {
    if (!binade) continue;
    for (const FloatIncident& incident : binade->incidents) {
      if (++shown > 20) continue;
      row(std::string(name(incident.kind)),
          fmt::format("at {}{}: {}", describe(incident.input),
                      incident.count > 1 ? fmt::format(" and {} more", incident.count - 1) : "",
                      incident.what));
    }
  }
  if (shown > 20) row("", fmt::format("and {} more incidents", shown - 20));
  text += histogram_text(all.histogram, all.inputs);
  row("calls to MPFR", thousands(all.mpfr_calls));
  row("seconds", fmt::format("{:.1f}", mode.seconds));
  return text;
}

}  // namespace

std::string exact_text(const ir::Program& program, std::span<const double> x) {
  const targets::ExactValue exact = targets::exact_value(program, x);
  std::array<char, 64> text{};
  mpfr_snprintf(text.data(), text.size(), "%.25Rg", numbers::raw(exact.value));
  return text.data();
}

std::string histogram_text(const Histogram& histogram, std::uint64_t inputs) {
  std::string text = "  error in ULP, share of inputs\n";
  for (std::size_t i = 0; i < Histogram::kBins; ++i) {
    const std::uint64_t count = histogram.counts[i];
    if (count == 0) continue;
    const double share = static_cast<double>(count) / static_cast<double>(inputs);
    text += fmt::format("    up to {:<8}{:>14}  {:10.6f} %  {}\n",
                        fmt::format("{:g}", Histogram::upper(i)), thousands(count), 100 * share,
                        std::string(static_cast<std::size_t>(std::lround(40 * share)), '#'));
  }
  return text;
}

Json histogram_json(const Histogram& histogram) {
  Json json = Json::array();
  for (std::size_t i = 0; i < Histogram::kBins; ++i) {
    json.push_back({{"up_to_ulp", number(Histogram::upper(i))}, {"count", histogram.counts[i]}});
  }
  return json;
}

std::string describe_cpu() {
  std::string text = system::processor_model();
  for (const char* set : {"avx", "avx2", "fma", "fma4", "avx512f"}) {
    if (system::processor_has(set)) text += fmt::format(" {}", set);
  }
  return text;
}

std::string_view name(Rounding rounding) {
  switch (rounding) {
    case Rounding::Nearest:
      return "nearest";
    case Rounding::Up:
      return "up";
    case Rounding::Down:
      return "down";
    case Rounding::Zero:
      break;
  }
  return "zero";
}

Rounding parse_rounding(std::string_view text) {
  for (const Rounding r : {Rounding::Nearest, Rounding::Up, Rounding::Down, Rounding::Zero}) {
    if (name(r) == text) return r;
  }
  throw std::invalid_argument(
      fmt::format("rounding '{}'; there are nearest, up, down and zero", text));
}

std::string_view name(UlpOf of) { return of == UlpOf::Exact ? "exact" : "rounded"; }

UlpOf parse_ulp_of(std::string_view text) {
  for (const UlpOf of : {UlpOf::Exact, UlpOf::Rounded}) {
    if (name(of) == text) return of;
  }
  throw std::invalid_argument(fmt::format("--ulp-of {}; there are exact and rounded", text));
}

Figures total(const ModeReport& mode) {
  Figures all = sum(mode.binades);
  if (mode.edges.count > 0) {
    Finding both = mode.edges;
    if (all.monotonicity.count > 0 && all.monotonicity.input < both.input) {
      both.input = all.monotonicity.input;
      both.result = all.monotonicity.result;
    }
    both.count += all.monotonicity.count;
    all.monotonicity = both;
  }
  return all;
}

double worst(const Report& report) {
  double most = 0;
  for (const ModeReport& mode : report.modes) {
    const Figures all = total(mode);
    most = std::max(most, all.max_ulp);
    bool incident = all.special_values.count > 0 || all.zero_signs.count > 0;
    for (const auto& binade : mode.binades) {
      incident = incident || (binade && !binade->incidents.empty());
    }
    if (incident) most = std::numeric_limits<double>::infinity();
  }
  return most;
}

bool depends_on_lanes(const Report& report) {
  return std::ranges::any_of(report.modes,
                             [](const ModeReport& mode) { return mode.lanes.different > 0; });
}

Json to_json(const Identity& identity) {
  return {{"library", identity.library},
          {"sha256", identity.sha256},
          {"soname", identity.soname},
          {"build_id", identity.build_id},
          {"version", identity.version},
          {"release", identity.release},
          {"source", identity.source},
          {"symbol", identity.symbol},
          {"signature", identity.signature},
          {"picked_by_cpu", identity.indirect},
          {"code_offset", fmt::format("{:#x}", identity.code_offset)},
          {"cpu", identity.cpu},
          {"glibc_tunables", identity.tunables},
          {"ftz", false},
          {"daz", false},
          {"target", identity.target},
          {"expression", identity.expression},
          {"domain", identity.domain},
          {"ulp_of", name(identity.ulp_of)}};
}

Json to_json(const Report& report) {
  Json json = to_json(report.identity);
  Json modes = Json::array();
  for (const ModeReport& mode : report.modes) modes.push_back(mode_json(report, mode));
  json["audit"] = {{"inputs", report.audited.inputs}, {"failures", report.audited.failures}};
  if (modes.empty()) return json;
  json.update(modes.front());
  if (modes.size() > 1) json["modes"] = modes;
  json["seconds"] = report.seconds;
  return json;
}

std::string to_text(const Report& report) {
  const Identity& id = report.identity;
  std::string text = fmt::format("{} of {} against {}, {}\n", id.symbol, id.library, id.expression,
                                 id.domain.empty() ? "every float" : id.domain);
  text += fmt::format("  SHA-256 {}\n", id.sha256);
  if (!id.source.empty()) text += fmt::format("  from {}\n", id.source);
  text += fmt::format("  {}{}{}{}\n", id.soname, id.version.empty() ? "" : ", version ", id.version,
                      id.build_id.empty() ? "" : ", build " + id.build_id);
  if (!id.release.empty()) text += fmt::format("  {}\n", id.release);
  text += fmt::format("  {}, code at {:#x}{}\n", id.signature, id.code_offset,
                      id.indirect ? " (picked by the CPU)" : "");
  text += fmt::format("  CPU {}; no FTZ, no DAZ{}{}\n", id.cpu,
                      id.tunables.empty() ? "" : "; GLIBC_TUNABLES=", id.tunables);
  for (const ModeReport& mode : report.modes) text += fmt::format("\n{}", mode_text(report, mode));
  if (report.audited.inputs > 0) {
    text += fmt::format("\naudit: {} random inputs against MPFR, {} beyond the screen's bound\n",
                        thousands(report.audited.inputs), thousands(report.audited.failures));
  }
  return text;
}

std::string to_csv(const Report& report) {
  std::string text =
      "rounding,binade,first_input,inputs,max_ulp,worst_input,misrounded,above_one_ulp,mean_ulp,"
      "bias_ulp,special_value_errors,zero_sign_errors,range_violations,monotonicity_violations,"
      "symmetry_violations\n";
  for (const ModeReport& mode : report.modes) {
    for (const auto& binade : mode.binades) {
      if (!binade) continue;
      for (const bool negative : {false, true}) {
        const Figures& f = negative ? binade->negative : binade->positive;
        if (f.inputs == 0) continue;
        text += fmt::format("{},\"{}{}\",{},{},{},{},{},{},{},{},{},{},{},{},{}\n",
                            name(mode.rounding), negative ? "-" : "", binade_name(binade->exponent),
                            hex(numbers::Binary32::binade_start(binade->exponent, negative)),
                            f.inputs, f.max_ulp, hex(f.worst_input), f.misrounded, f.above_one_ulp,
                            f.mean(), f.bias(), f.special_values.count, f.zero_signs.count,
                            f.range.count, f.monotonicity.count, f.symmetry.count);
      }
    }
  }
  return text;
}

std::string compare(const Json& a, const Json& b) {
  constexpr std::array kRows = {"library",
                                "version",
                                "release",
                                "symbol",
                                "expression",
                                "rounding",
                                "ulp_of",
                                "complete",
                                "inputs",
                                "max_ulp",
                                "worst_input",
                                "worst_x",
                                "misrounded",
                                "above_one_ulp",
                                "mean_ulp",
                                "bias_ulp",
                                "special_value_errors",
                                "zero_sign_errors",
                                "range_violations",
                                "monotonicity_violations",
                                "symmetry_violations",
                                "code_offset",
                                "cpu"};
  for (const Json* json : {&a, &b}) {
    if (!json->is_object() || !json->contains("max_ulp") || !json->contains("library")) {
      throw std::invalid_argument("no report of ulpforge validate --json");
    }
  }
  std::string text;
  const auto piece = [](const Json& json, const char* key) -> std::string {
    if (!json.contains(key)) return "-";
    const Json& value = json[key];
    if (value.is_string()) return value.get<std::string>();
    return value.is_number_float() ? fmt::format("{:.9g}", value.get<double>()) : value.dump();
  };
  std::size_t width = 0;
  for (const char* key : kRows) width = std::max(width, piece(a, key).size());
  for (const char* key : kRows) {
    const std::string left = piece(a, key);
    const std::string right = piece(b, key);
    text +=
        fmt::format("{:<26}{:<{}}  {}{}\n", key, left, width, right, left == right ? "" : "   *");
  }
  return text;
}

Json to_json(const BinadeFigures& binade) {
  Json json = {{"exponent", binade.exponent},
               {"positive", kept_figures(binade.positive)},
               {"negative", kept_figures(binade.negative)},
               {"incidents", Json::array()}};
  for (const FloatIncident& incident : binade.incidents) {
    json["incidents"].push_back({{"kind", static_cast<int>(incident.kind)},
                                 {"input", incident.input},
                                 {"count", incident.count},
                                 {"what", incident.what}});
  }
  return json;
}

BinadeFigures binade_from_json(const Json& json) {
  BinadeFigures binade;
  binade.exponent = ir::integer<int>(json.at("exponent"));
  binade.positive = figures_from_json(json.at("positive"));
  binade.negative = figures_from_json(json.at("negative"));
  for (const Json& incident : json.at("incidents")) {
    binade.incidents.push_back({static_cast<Incident::Kind>(ir::integer<int>(incident.at("kind"))),
                                incident.at("input"), incident.at("count"), incident.at("what")});
  }
  return binade;
}

}  // namespace ulpforge::validate
