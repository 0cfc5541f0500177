// family.json: writing and reading.
#include "family/manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace ulpforge::family {

using Json = nlohmann::ordered_json;

double Function::max_ulp() const {
  return programs.empty() ? 0 : std::ranges::max(programs, {}, &Program::max_ulp).max_ulp;
}
std::uint64_t Function::misrounded() const {
  return programs.empty() ? 0 : std::ranges::max(programs, {}, &Program::misrounded).misrounded;
}

Json to_json(const Manifest& manifest) {
  Json json = {{"package", "ufmath"},
               {"version", manifest.version},
               {"command", manifest.command},
               {"functions", Json::array()},
               {"missing", manifest.missing}};
  for (const Function& f : manifest.functions) {
    json["functions"].push_back({{"function", f.function},
                                 {"expression", f.expression},
                                 {"symbol", f.symbol},
                                 {"name", f.name},
                                 {"names", f.names},
                                 {"tiers", f.tiers},
                                 {"max_ulp", f.max_ulp()},
                                 {"misrounded", f.misrounded()},
                                 {"programs", Json::array()}});
    for (const Function::Program& program : f.programs) {
      json["functions"].back()["programs"].push_back({{"forms", program.forms},
                                                      {"cycles", program.costs},
                                                      {"max_ulp", program.max_ulp},
                                                      {"misrounded", program.misrounded},
                                                      {"scheme", program.scheme},
                                                      {"origin", program.origin}});
    }
    if (!f.format.empty()) json["functions"].back()["format"] = f.format;
    if (!f.variant) continue;
    json["functions"].back()["fast_variant_of"] = f.variant->full;
    json["functions"].back()["normal_inputs_up_to"] = f.variant->largest;
  }
  return json;
}

Manifest parse_manifest(const std::string& text, const std::string& source) {
  try {
    const Json json = Json::parse(text);
    if (json.at("package") != "ufmath") throw std::invalid_argument("another package");
    Manifest manifest;
    manifest.version = json.at("version").get<std::string>();
    manifest.command = json.value("command", "");
    manifest.missing = json.at("missing").get<std::vector<std::string>>();
    for (const Json& row : json.at("functions")) {
      Function f;
      row.at("function").get_to(f.function);
      f.format = row.value("format", "");
      row.at("expression").get_to(f.expression);
      row.at("symbol").get_to(f.symbol);
      row.at("name").get_to(f.name);
      row.at("names").get_to(f.names);
      row.at("tiers").get_to(f.tiers);
      for (const Json& one : row.at("programs")) {
        f.programs.push_back(
            {one.at("forms").get<std::vector<std::string>>(),
             one.at("cycles").get<std::vector<double>>(), one.at("max_ulp").get<double>(),
             one.at("misrounded").get<std::uint64_t>(), one.at("scheme").get<std::string>(),
             one.at("origin").get<std::string>()});
      }
      if (row.contains("fast_variant_of")) {
        f.variant = {row.at("fast_variant_of").get<std::string>(),
                     row.at("normal_inputs_up_to").get<float>()};
      }
      manifest.functions.push_back(std::move(f));
    }
    return manifest;
  } catch (const std::exception& error) {
    throw std::invalid_argument(
        fmt::format("{}: not the list of a function family: {}", source, error.what()));
  }
}

}  // namespace ulpforge::family
