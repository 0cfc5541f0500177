// Machine fronts: names, JSON, table.
#include "runs/machine_front.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <set>

#include "evo/short_sample.h"
#include "ir/json_integer.h"
#include "ir/text.h"
#include "numbers/short_format.h"
#include "report/table.h"
#include "system/error.h"

namespace ulpforge::runs {
namespace {

/// "all floats", "all bf16 numbers", or the interval.
std::string everywhere(const MachineFront& front) {
  if (front.domain != "all") return front.domain;
  return front.format.empty() ? "all floats" : fmt::format("all {} numbers", front.format);
}

/// "0p83", "37": rounded up, so that the name is a bound.
std::string rounded_up(double ulp) {
  if (ulp >= 10) return fmt::format("{:.0f}", std::ceil(ulp));
  const auto hundredths = static_cast<long>(std::ceil(ulp * 100));
  return fmt::format("{}p{:02}", hundredths / 100, hundredths % 100);
}

/// A figure that need not be there.
double measured(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found == json.end() ? std::nan("") : number(*found);
}

}  // namespace

std::string hex_input(const MachineFront& front, std::uint32_t bits) {
  if (front.format.empty()) return fmt::format("0x{:08x} ({:a})", bits, std::bit_cast<float>(bits));
  const numbers::ShortFormat format = numbers::parse_short_format(front.format);
  return fmt::format("0x{:0{}x} ({:a})", bits, (format.bits() + 3) / 4, format.value(bits));
}

MachineFrontEntry scored_entry(std::string scheme, ir::Program program, const targets::Score& score,
                               const jit::Cost& cost) {
  MachineFrontEntry entry;
  entry.scheme = std::move(scheme);
  entry.program = std::move(program);
  entry.max_ulp = score.max_ulp;
  entry.worst_input = score.worst_input;
  entry.inputs = score.inputs;
  entry.misrounded = score.misrounded;
  entry.above_one_ulp = score.above_one_ulp;
  entry.mpfr_calls = score.mpfr_calls;
  entry.cost_throughput = cost.throughput;
  entry.cost_latency = cost.latency;
  entry.ns_per_element = std::nan("");
  entry.ratio = std::nan("");
  return entry;
}

void name_programs(MachineFront& front) {
  const bool is_short = !front.format.empty();
  const std::string& rounded_to = front.results.format_out;
  const std::string base =
      is_short             ? fmt::format("uf_{}_{}", short_name(front.target), front.format)
      : rounded_to.empty() ? fmt::format("uf_{}f_", short_name(front.target))
                           : fmt::format("uf_{}f_to_{}", short_name(front.target), rounded_to);
  const auto domain = domain_of(front);
  const std::string end = domain ? "_" + interval_name(*domain) : "";
  std::set<double> taken;
  std::set<std::string> names;
  for (MachineFrontEntry& entry : front.programs) {
    std::string tier;
    for (const double limit : {1.0, 4.0}) {
      const double above = limit == 1.0 ? 0.0 : 1.0;
      if (entry.max_ulp <= limit && entry.max_ulp > above && taken.insert(limit).second) {
        tier = fmt::format("{:g}u", limit);
      }
    }
    if (tier.empty()) tier = rounded_up(entry.max_ulp) + "u";
    // The plain name is that of correctly rounded results.
    if (is_short || !rounded_to.empty()) tier = entry.misrounded == 0 ? "" : "_" + tier;
    if (!front.results.ulp_of.empty()) tier += "_of_" + front.results.ulp_of;
    entry.name = base + tier + end;
    for (int k = 2; !names.insert(entry.name).second; ++k) {
      entry.name = fmt::format("{}{}_{}{}", base, tier, k, end);
    }
  }
}

double claimed_ulp(const MachineFrontEntry& entry) { return std::ceil(entry.max_ulp * 1e6) / 1e6; }

double ranked_error(const MachineFront& front, const MachineFrontEntry& entry) {
  if (front.format.empty() || entry.max_ulp >= 1) return entry.max_ulp;
  return evo::short_merit(static_cast<double>(entry.misrounded), static_cast<double>(entry.inputs));
}

std::string regime_name(const MachineFront& front) {
  return front.format.empty() ? "f32" : front.format;
}

std::string numbers_text(const MachineFront& front) {
  return front.results.format_out.empty() ? regime_name(front)
                                          : "f32 to " + front.results.format_out;
}

std::string cost_text(const MachineFront& front, const MachineFrontEntry& entry) {
  const bool steps = front.cost_model == jit::CostModel::Steps;
  std::string text;
  if (std::isfinite(entry.cost_throughput)) {
    text += steps ? fmt::format("{:g} steps an element", entry.cost_throughput)
                  : fmt::format("{:.3f} cycles an element", entry.cost_throughput);
  }
  if (std::isfinite(entry.cost_latency)) {
    text += fmt::format("{}latency {:.0f} {}", text.empty() ? "" : ", ", entry.cost_latency,
                        jit::name(front.cost_model));
  }
  if (text.empty()) return text;
  return text + (steps ? ", one for each operation"
                       : fmt::format(", by a model of {}{}", front.processor,
                                     front.isa.empty() ? "" : " with " + front.isa));
}

std::string unit_text(const MachineFront& front) {
  return front.results.is_float() ? "ULP" : "ULP of " + front.results.unit();
}

void require_float(const MachineFront& front, const std::string& source, std::string_view what) {
  if (front.format.empty() && front.results.is_float()) return;
  if (front.format.empty()) {
    throw system::BadRequest(fmt::format("'{}' is a run of {} in {}; {} takes runs in ULP of float",
                                         source, numbers_text(front), unit_text(front), what));
  }
  throw system::BadRequest(fmt::format("'{}' is a run of {}; {} takes runs with regime = \"f32\"",
                                       source, front.format, what));
}

std::optional<targets::Domain> domain_of(const MachineFront& front) {
  if (front.domain == "all") return std::nullopt;
  return targets::parse_domain(front.domain);
}

std::vector<std::string> satisfied(const MachineFront& front) {
  std::vector<std::string> phrases;
  if (!front.exact.empty()) {
    phrases.push_back(fmt::format("correctly rounded at x = {}", fmt::join(front.exact, ", ")));
  }
  if (front.constraints.parity != targets::Parity::None) {
    phrases.push_back(fmt::format("{}, bit for bit at every {}",
                                  targets::name(front.constraints.parity),
                                  front.format.empty() ? "float" : front.format + " number"));
  }
  if (front.constraints.monotone) {
    phrases.push_back(
        fmt::format("monotone from each {} to the next, which is proven by all of them",
                    front.format.empty() ? "float" : front.format + " number"));
  }
  return phrases;
}

std::string wanted_line(const MachineFront& front) {
  if (!(front.accuracy_ulp > 0)) return "";
  const std::string asked = fmt::format("accuracy {} (at most {:g} {})", front.accuracy,
                                        front.accuracy_ulp, unit_text(front));
  const auto entry = std::ranges::find(front.programs, front.wanted, &MachineFrontEntry::name);
  if (front.wanted.empty() || entry == front.programs.end()) {
    return fmt::format("no program of {} was found\n", asked);
  }
  return fmt::format("{}: the cheapest program is {}, {:g} {}, at most {:.6f} {}{}\n", asked,
                     entry->name, entry->cost_throughput, jit::name(front.cost_model),
                     claimed_ulp(*entry), unit_text(front), entry->proven ? ", proven" : "");
}

Json to_json(const MachineFront& front) {
  Json json;
  json["version"] = front.version;
  json["regime"] = regime_name(front);
  if (!front.results.format_out.empty()) json["format_out"] = front.results.format_out;
  if (!front.results.ulp_of.empty()) json["ulp_of"] = front.results.ulp_of;
  json["target"] = front.target;
  json["expression"] = front.expression;
  json["domain"] = front.domain;
  put_constraints(json, front.exact, front.constraints);
  if (front.accuracy_ulp > 0) {
    json["accuracy"] = front.accuracy;
    json["accuracy_ulp"] = front.accuracy_ulp;
    json["wanted"] = front.wanted.empty() ? Json(nullptr) : Json(front.wanted);
  }
  json["isa"] = front.isa;
  json["processor"] = front.processor;
  if (front.cost_model != jit::CostModel::Cycles) {
    json["cost_model"] = std::string(jit::name(front.cost_model));
  }
  json["seed"] = front.seed;
  json["evaluations"] = front.evaluations;
  json["seconds"] = front.seconds;
  json["command"] = front.command;
  json["programs"] = Json::array();
  for (const MachineFrontEntry& entry : front.programs) {
    json["programs"].push_back({{"name", entry.name},
                                {"scheme", entry.scheme},
                                {"max_ulp", entry.max_ulp},
                                {"worst_input", fmt::format("0x{:08x}", entry.worst_input)},
                                {"inputs", entry.inputs},
                                {"misrounded", entry.misrounded},
                                {"above_one_ulp", entry.above_one_ulp},
                                {"mpfr_calls", entry.mpfr_calls},
                                {"bound", entry.proven ? Json(entry.max_ulp) : Json(nullptr)},
                                {"cost_throughput", entry.cost_throughput},
                                {"cost_latency", entry.cost_latency},
                                {"ns_per_element", number(entry.ns_per_element)},
                                {"ratio_to_copy", number(entry.ratio)},
                                {"text", ir::print(entry.program)}});
    if (entry.origin) json["programs"].back()["origin"] = origin_json(entry.origin);
  }
  return json;
}

bool is_machine_front(const Json& json) {
  const auto regime = json.find("regime");
  const bool one_argument = !json.contains("arguments");  // runs/pair_front.h has those of two
  return one_argument && regime != json.end() && regime->is_string() && *regime != "real";
}

MachineFront parse_machine_front(const std::string& text, const std::string& source) {
  try {
    const Json json = Json::parse(text);
    MachineFront front;
    front.version = json.value("version", "");
    const auto regime = json.at("regime").get<std::string>();
    if (regime != "f32") front.format = numbers::parse_short_format(regime).name();
    front.results = {json.value("format_out", ""), json.value("ulp_of", "")};
    targets::result_format(front.results);
    front.target = json.at("target").get<std::string>();
    front.expression = json.at("expression").get<std::string>();
    front.domain = json.value("domain", "all");
    read_constraints(json, front.exact, front.constraints);
    front.accuracy = json.value("accuracy", "");
    front.accuracy_ulp = json.value("accuracy_ulp", 0.0);
    if (const auto wanted = json.find("wanted"); wanted != json.end() && wanted->is_string()) {
      front.wanted = wanted->get<std::string>();
    }
    front.isa = json.value("isa", "");
    front.processor = json.value("processor", "zen5");  // which early versions did not name
    front.cost_model =
        jit::find_cost_model(json.value("cost_model", "cycles")).value_or(jit::CostModel::Cycles);
    front.seed = ir::integer_or(json, "seed", std::uint64_t{0});
    front.evaluations = ir::integer_or(json, "evaluations", std::uint64_t{0});
    front.seconds = json.value("seconds", 0.0);
    front.command = json.value("command", "");
    for (const Json& program : json.at("programs")) {
      MachineFrontEntry entry;
      entry.name = program.at("name").get<std::string>();
      entry.scheme = program.value("scheme", "");
      entry.program = ir::parse(program.at("text").get<std::string>());
      entry.max_ulp = program.at("max_ulp").get<double>();
      entry.worst_input = static_cast<std::uint32_t>(
          std::stoul(program.value("worst_input", std::string("0")), nullptr, 16));
      entry.inputs = ir::integer_or(program, "inputs", std::uint64_t{0});  // 0: not known
      entry.misrounded = ir::integer<std::uint64_t>(program.at("misrounded"));
      entry.above_one_ulp = ir::integer<std::uint64_t>(program.at("above_one_ulp"));
      entry.mpfr_calls = ir::integer_or(program, "mpfr_calls", std::uint64_t{0});
      entry.cost_throughput = measured(program, "cost_throughput");
      entry.cost_latency = measured(program, "cost_latency");
      entry.ns_per_element = measured(program, "ns_per_element");
      entry.ratio = measured(program, "ratio_to_copy");
      entry.proven = program.contains("bound") && !program.at("bound").is_null();
      entry.origin = parse_origin(program);
      front.programs.push_back(std::move(entry));
    }
    return front;
  } catch (const std::exception& error) {
    throw system::BadRequest(
        fmt::format("{}: not a front of f32 programs: {}", source, error.what()));
  }
}

std::string front_table(const MachineFront& front) {
  report::Table table({{"function"},
                       {"scheme"},
                       {"max ULP", report::Align::Right},
                       {"proven", report::Align::Right},
                       {"misrounded", report::Align::Right},
                       {std::string(jit::name(front.cost_model)), report::Align::Right},
                       {"latency", report::Align::Right},
                       {"ns", report::Align::Right},
                       {"/ copy", report::Align::Right},
                       {"worst input"}});
  const auto cell = [](double value, const char* format) {
    return std::isfinite(value) ? fmt::format(fmt::runtime(format), value) : std::string("-");
  };
  for (const MachineFrontEntry& entry : front.programs) {
    table.add({entry.name, entry.scheme, fmt::format("{:.4f}", entry.max_ulp),
               entry.proven ? fmt::format("{:.6f}", claimed_ulp(entry)) : "-",
               fmt::to_string(entry.misrounded), cell(entry.cost_throughput, "{:.3f}"),
               cell(entry.cost_latency, "{:.0f}"), cell(entry.ns_per_element, "{:.3f}"),
               cell(entry.ratio, "{:.2f}"), hex_input(front, entry.worst_input)});
  }
  std::string text = front.programs.empty() ? "no program found\n" : table.text();
  for (const std::string& phrase : satisfied(front)) {
    text += fmt::format("every program: {}\n", phrase);
  }
  if (!front.results.ulp_of.empty()) {
    text += fmt::format("misrounded are results more than half an {} off\n", unit_text(front));
  }
  if (!front.format.empty() || !front.results.format_out.empty()) {
    text += std::string(jit::name(front.cost_model)) +
            ", latency and ns are those of the float program, without conversions\n";
  }
  return fmt::format("{}{} in {} on {}, error in {} of the exact value, every input\n{}",
                     wanted_line(front), system::one_line(front.expression), numbers_text(front),
                     everywhere(front), unit_text(front), text);
}

std::string program_text(const MachineFront& front, const MachineFrontEntry& entry) {
  return fmt::format(
      "# {}: {} in {} on {}, range reduction '{}'\n"
      "# max error {:.6f} {} (of the exact value) at {}, over {} inputs{}\n"
      "# {} inputs {}\n"
      "# {}\n{}",
      entry.name, system::one_line(front.expression), numbers_text(front), everywhere(front),
      entry.scheme, claimed_ulp(entry), unit_text(front), hex_input(front, entry.worst_input),
      entry.inputs,
      entry.proven ? fmt::format(" (proven, programs/{}.cert.json)", entry.name)
                   : ", decided by MPFR",
      entry.misrounded,
      front.results.ulp_of.empty() ? "not correctly rounded" : "more than half of that off",
      provenance(front.version, front.seed, entry.origin), ir::print(entry.program));
}

}  // namespace ulpforge::runs
