// Reports of hunts.
#include "validate/hunt_report.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace ulpforge::validate {
namespace {

double largest(const HuntResult& result) {
  return result.records.empty() ? 0 : std::abs(result.records.back().error);
}

std::string hex_float(double value) { return exact_text(value); }

/// "0x1p+0", "y = 0x1p+0, x = -0x0p+0".
std::string arguments(const HuntReport& report, const Point& point) {
  if (report.inputs == 1) return hex_float(point[0]);
  return fmt::format("{} = {}, {} = {}", report.names[0], hex_float(point[0]), report.names[1],
                     hex_float(point[1]));
}

/// The bit pattern, as in reports on floats; of two inputs both.
Json bits(const HuntReport& report, const Point& point) {
  const Patterns patterns(report.format);
  const auto one = [&](double value) {
    return fmt::format("0x{:0{}x}", patterns.pattern(value),
                       report.format == numbers::kBinary64 ? 16 : 8);
  };
  if (report.inputs == 1) return one(point[0]);
  return Json::array({one(point[0]), one(point[1])});
}

Json specials(const HuntReport& report, const std::vector<HuntSpecial>& list, std::uint64_t count) {
  Json json = {{"count", count}, {"examples", Json::array()}};
  for (const HuntSpecial& special : list) {
    json["examples"].push_back({{"input", bits(report, special.point)},
                                {"input_value", arguments(report, special.point)},
                                {"result", hex_float(special.result)},
                                {"right", hex_float(special.right)}});
  }
  return json;
}

void list(std::string& text, const HuntReport& report, std::string_view title,
          const std::vector<HuntSpecial>& examples, std::uint64_t count) {
  text += fmt::format("{:26}{}\n", title, count);
  constexpr std::size_t kShown = 4;
  for (std::size_t i = 0; i < std::min(kShown, examples.size()); ++i) {
    text += fmt::format("  {}({}) = {}, right is {}\n", report.identity.symbol,
                        arguments(report, examples[i].point), hex_float(examples[i].result),
                        hex_float(examples[i].right));
  }
}

}  // namespace

double worst(const HuntReport& report) {
  if (report.result.special_error_count > 0 || report.incident_count > 0) {
    return std::numeric_limits<double>::infinity();
  }
  return largest(report.result);
}

Json to_json(const HuntReport& report) {
  const HuntResult& result = report.result;
  Json json = to_json(report.identity);
  json["method"] = "hunt";
  if (report.inputs == 2) json["arguments"] = report.names;
  json["rounding"] = name(report.rounding);
  json["seed"] = report.seed;
  json["max_ulp"] = largest(result);
  json["max_ulp_is"] = "a lower bound";
  json["max_ulp_by_other_ulp"] = report.by_other_ulp;
  if (!result.records.empty()) {
    const HuntRecord& record = result.records.back();
    json["worst_input"] = bits(report, record.point);
    json["worst_input_value"] = arguments(report, record.point);
    json["worst_result"] = hex_float(record.result);
  }
  json["inputs"] = result.evaluations;
  // Counts over all inputs are not known.
  json["misrounded"] = nullptr;
  json["above_one_ulp"] = nullptr;
  json["special_value_errors"] =
      specials(report, result.special_errors, result.special_error_count);
  json["zero_sign_errors"] = specials(report, result.wrong_zeros, result.wrong_zero_count);
  if (report.lanes.compared > 0) {
    json["lane_dependence"] = to_json(report.lanes, report.format, report.inputs);
  }
  if (report.traces.inputs > 0) {
    Json& exceptions = json["exceptions"];
    exceptions["inputs"] = report.traces.inputs;
    for (const TraceFinding& found : report.traces.faults) {
      exceptions[std::string(name(found.fault))] = {
          {"count", found.count},
          {"first_input", bits(report, found.point)},
          {"first_input_value", arguments(report, found.point)},
          {"first_result", hex_float(found.result)}};
    }
  }
  json["incidents"] = {{"count", report.incident_count}, {"examples", Json::array()}};
  for (const HuntIncident& incident : report.incidents) {
    json["incidents"]["examples"].push_back(
        {{"what", incident.what}, {"input", bits(report, incident.point)}});
  }
  json["mpfr_calls"] = result.exact_calls;
  json["audit"] = {{"inputs", result.audited}, {"failures", result.audit_failures}};
  json["growth"] = Json::array();
  for (const HuntRecord& record : result.records) {
    json["growth"].push_back({{"seconds", record.seconds},
                              {"inputs", record.evaluations},
                              {"ulp", std::abs(record.error)},
                              {"input", bits(report, record.point)},
                              {"input_value", arguments(report, record.point)}});
  }
  json["seconds"] = result.seconds;
  json["partial"] = result.stopped;
  return json;
}

std::string to_text(const HuntReport& report) {
  const HuntResult& result = report.result;
  const Identity& id = report.identity;
  std::string text;
  const auto row = [&](std::string_view title, const std::string& value) {
    text += fmt::format("{:26}{}\n", title, value);
  };
  row("routine", fmt::format("{}, {}", id.symbol, id.signature));
  row("library", fmt::format("{} {}", id.library, id.version));
  if (!id.release.empty()) row("release", id.release);
  row("sha256", id.sha256);
  row("cpu", id.cpu);
  // Names are the target's where it is C's function, as in "atan2(y, x)".
  const bool other_names = report.names[0] != "x" && report.inputs == 2;
  row("exact function", other_names
                            ? fmt::format("{}({}, {})", id.target, report.names[0], report.names[1])
                            : id.expression);
  row("rounding", std::string(name(report.rounding)));
  if (result.stopped) text += "PARTIAL: stopped before its budget was used up\n";
  if (!result.records.empty()) {
    const HuntRecord& record = result.records.back();
    row("max error, at least", fmt::format("{:.9g} ULP", std::abs(record.error)));
    row("at",
        fmt::format("{}, result {}", arguments(report, record.point), hex_float(record.result)));
    if (report.by_other_ulp != std::abs(record.error)) {
      row(id.ulp_of == targets::UlpOf::Exact ? "in ULP of the rounded" : "in ULP of the exact",
          fmt::format("{:.9g} ULP there", report.by_other_ulp));
    }
  }
  list(text, report, "special-value errors", result.special_errors, result.special_error_count);
  list(text, report, "zeros of wrong sign", result.wrong_zeros, result.wrong_zero_count);
  if (report.traces.inputs > 0) {
    row("exceptions, errno", fmt::format("of {} directed inputs", report.traces.inputs));
  }
  for (const TraceFinding& found : report.traces.faults) {
    row(fmt::format("  {}", name(found.fault)),
        fmt::format("{}, first {}({}) = {}", found.count, id.symbol, arguments(report, found.point),
                    hex_float(found.result)));
  }
  if (report.lanes.compared > 0) {
    row("depends on other lanes", to_text(report.lanes, report.format, report.inputs));
  }
  row("incidents", fmt::to_string(report.incident_count));
  for (const HuntIncident& incident : report.incidents) {
    text += fmt::format("  {} at {}\n", incident.what, arguments(report, incident.point));
  }
  row("results looked at", fmt::to_string(result.evaluations));
  row("decided exactly", fmt::to_string(result.exact_calls));
  row("audit of the screen", fmt::format("{} of {} random inputs beyond the bound",
                                         result.audit_failures, result.audited));
  row("seconds", fmt::format("{:.1f}, seed {}", result.seconds, report.seed));
  text += "how it grew:\n";
  constexpr std::size_t kShown = 12;
  const std::size_t count = result.records.size();
  for (std::size_t i = count > kShown ? count - kShown : 0; i < count; ++i) {
    const HuntRecord& record = result.records[i];
    text +=
        fmt::format("  {:8.2f} s {:14} results  {:.6f} ULP at {}\n", record.seconds,
                    record.evaluations, std::abs(record.error), arguments(report, record.point));
  }
  return text;
}

Json to_json(const std::vector<HuntReport>& reports) {
  Json json = to_json(reports.front());
  for (const HuntReport& report : reports) {
    if (reports.size() > 1) json["modes"].push_back(to_json(report));
  }
  return json;
}

std::string to_text(const std::vector<HuntReport>& reports) {
  std::string text;
  for (const HuntReport& report : reports) {
    text += fmt::format("{}{}", text.empty() ? "" : "\n", to_text(report));
  }
  return text;
}

}  // namespace ulpforge::validate
