// The vector as a list of its lanes.
#include "validate/lane_finding.h"

#include <fmt/format.h>

#include <cmath>

namespace ulpforge::validate {
namespace {

std::string lane_text(const Point& point, std::size_t inputs) {
  if (inputs == 1) return exact_text(point[0]);
  return fmt::format("({}, {})", exact_text(point[0]), exact_text(point[1]));
}

}  // namespace

std::string exact_text(double value) {
  return std::isnan(value) ? "nan" : fmt::format("{:a}", value);
}

std::string to_text(const LaneFinding& finding, numbers::Format, std::size_t inputs) {
  if (finding.different == 0) return fmt::format("none of {} results", finding.compared);
  std::string text = fmt::format("{} of {} results, such as lane {} of {{", finding.different,
                                 finding.compared, finding.lane);
  for (std::size_t i = 0; i < finding.vector.size(); ++i) {
    text += fmt::format("{}{}", i == 0 ? "" : ", ", lane_text(finding.vector[i], inputs));
  }
  text += fmt::format("}}: {}, alone {}", exact_text(finding.result), exact_text(finding.alone));
  text += std::isnan(finding.error) ? ", a special-value error"
                                    : fmt::format(", error {:.9g} ULP", finding.error);
  return text;
}

nlohmann::ordered_json to_json(const LaneFinding& finding, numbers::Format format,
                               std::size_t inputs) {
  nlohmann::ordered_json json = {{"compared", finding.compared}, {"different", finding.different}};
  if (finding.different == 0) return json;
  const Patterns patterns(format);
  json["lane"] = finding.lane;
  for (const Point& point : finding.vector) {
    nlohmann::ordered_json bits = nlohmann::ordered_json::array();
    for (std::size_t k = 0; k < inputs; ++k) {
      bits.push_back(fmt::format("0x{:0{}x}", patterns.pattern(point[k]),
                                 format == numbers::kBinary64 ? 16 : 8));
    }
    json["vector"].push_back(inputs == 1 ? bits[0] : bits);
    json["vector_values"].push_back(lane_text(point, inputs));
  }
  json["result"] = exact_text(finding.result);
  json["alone"] = exact_text(finding.alone);
  json["ulp"] = std::isfinite(finding.error) ? nlohmann::ordered_json(finding.error)
                                             : nlohmann::ordered_json(nullptr);
  return json;
}

}  // namespace ulpforge::validate
