// Fronts: from a search's result, to and from JSON, and as a table.
#include "runs/front.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "ir/formula.h"
#include "ir/json_integer.h"
#include "ir/text.h"
#include "proof/certificate.h"
#include "proof/certificate_kinds.h"
#include "report/table.h"
#include "runs/version.h"
#include "system/error.h"

namespace ulpforge::runs {
namespace {

Json program_json(const FrontEntry& entry) {
  Json json;
  json["ops"] = entry.operations;
  if (entry.cost) json["cost"] = *entry.cost;
  json["classical"] = entry.method.empty() ? Json(nullptr) : Json(entry.method);
  json["max_error"] = number(entry.max_error);
  json["digits"] = number(digits(entry.max_error));
  json["max_error_f64"] = number(entry.max_error_f64);
  json["text"] = ir::print(entry.program);
  json["constants"] = constants_json(entry.program);
  if (entry.rival) {
    json["best_baseline"] = {{"method", entry.rival->method},
                             {"max_error", number(entry.rival->max_error)}};
  } else {
    json["best_baseline"] = nullptr;
  }
  json["bound"] = entry.proven ? number(entry.proven->bound) : Json(nullptr);
  json["bound_full_constants"] = entry.proven ? number(entry.proven->bound_full) : Json(nullptr);
  if (entry.proven && !entry.proven->gaps.empty()) {
    json["bound_but_between"] = gaps_json(entry.proven->gaps);
  }
  if (!entry.obstacle.empty()) json["obstacle"] = entry.obstacle;
  if (entry.origin) json["origin"] = origin_json(entry.origin);
  return json;
}

FrontEntry parse_program(const Json& json) {
  FrontEntry entry;
  entry.operations = ir::integer<int>(json.at("ops"));
  if (const auto cost = json.find("cost"); cost != json.end()) entry.cost = cost->get<double>();
  if (const auto method = json.find("classical"); method != json.end() && !method->is_null()) {
    entry.method = method->get<std::string>();
  }
  entry.max_error = number(json.at("max_error"));
  entry.max_error_f64 = number(json.at("max_error_f64"));
  entry.program = ir::parse(json.at("text").get<std::string>());
  if (const auto rival = json.find("best_baseline"); rival != json.end() && !rival->is_null()) {
    entry.rival = Rival{rival->at("method").get<std::string>(), number(rival->at("max_error"))};
  }
  if (const auto bound = json.find("bound"); bound != json.end() && !bound->is_null()) {
    entry.proven = Proven{bound->get<double>(), number(json.at("bound_full_constants"))};
    for (const Json& gap : json.value("bound_but_between", Json::array())) {
      entry.proven->gaps.push_back({gap.at(0).get<double>(), gap.at(1).get<double>()});
    }
  }
  if (const auto reason = json.find("obstacle"); reason != json.end() && reason->is_string()) {
    entry.obstacle = reason->get<std::string>();
  }
  entry.origin = parse_origin(json);
  return entry;
}

}  // namespace

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

double number(const Json& json) {
  return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
}

Json domain_end(double end) { return proof::domain_end(end); }

Json gaps_json(const std::vector<proof::Gap>& gaps) {
  Json list = Json::array();
  for (const proof::Gap& gap : gaps) list.push_back({gap.below, gap.above});
  return list;
}

Json origin_json(const std::optional<Origin>& origin) {
  if (!origin) return nullptr;
  return {{"run", origin->run}, {"seed", origin->seed}, {"config", origin->config}};
}

std::optional<Origin> parse_origin(const Json& program) {
  const auto origin = program.find("origin");
  if (origin == program.end() || origin->is_null()) return std::nullopt;
  return Origin{origin->at("run").get<std::string>(),
                ir::integer<std::uint64_t>(origin->at("seed")), origin->value("config", "")};
}

std::string provenance(const std::string& version, std::uint64_t seed,
                       const std::optional<Origin>& origin) {
  const std::string text =
      fmt::format("ulpforge {}, seed {}", version, origin ? origin->seed : seed);
  if (!origin) return text;
  return fmt::format("{}, {}{}", text, system::one_line(origin->run),
                     origin->config.empty() ? "" : ", configuration " + origin->config);
}

Front make_front(const Experiment& experiment, const evo::SearchResult& result) {
  Front front;
  front.version = kVersion;
  front.target = experiment.target.name;
  front.expression = experiment.target.expression;
  front.domain = experiment.target.domain;
  front.metric = targets::name(experiment.target.metric);
  for (const ir::Op op : experiment.search.operations) front.operations.push_back(spelling(op));
  for (const auto& [op, cost] : experiment.search.costs.given()) front.costs[spelling(op)] = cost;
  front.max_operations = experiment.search.max_operations;
  front.seed = experiment.search.seed;
  front.evaluations = result.progress.evaluations;
  front.seconds = result.progress.seconds;
  if (experiment.target.weight) front.weight = experiment.target.weight->expression;
  front.exact = experiment.target.exact;
  front.constraints = experiment.search.constraints;
  front.accuracy = experiment.accuracy;
  for (const evo::FrontProgram& found : result.front) {
    FrontEntry& entry = front.programs.emplace_back(FrontEntry{
        found.program, found.operations, found.max_error, found.max_error_f64, std::nullopt});
    entry.method = found.method;
    if (!front.costs.empty()) entry.cost = found.cost;
  }
  if (result.wanted) front.wanted = front.programs[*result.wanted].label();
  return front;
}

targets::Target target_of(const Front& front) {
  targets::Target target = targets::make_target(front.expression, front.domain,
                                                targets::find_metric(front.metric), front.weight);
  target.exact = front.exact;
  return target;
}

std::vector<std::string> satisfied(const Front& front) {
  std::vector<std::string> phrases;
  const evo::Constraints& constraints = front.constraints;
  if (!front.exact.empty()) {
    phrases.push_back(
        fmt::format("run in double, exact at x = {} (the target's value, rounded to double)",
                    fmt::join(front.exact, ", ")));
  }
  if (constraints.parity != targets::Parity::None) {
    phrases.push_back(
        fmt::format("{} by its form, bit for bit in double", targets::name(constraints.parity)));
  }
  if (constraints.monotone) {
    phrases.emplace_back(
        "monotone as the target is, proven in real arithmetic with the constants as emitted; in "
        "double, two results whose exact values are closer than their rounding errors may come in "
        "the wrong order");
  }
  if (constraints.constants) {
    phrases.push_back(fmt::format("constants are numbers of {}", constraints.constants->name()));
  }
  return phrases;
}

std::string wanted_line(const Front& front) {
  if (!front.accuracy) return "";
  const std::string asked = fmt::format("accuracy {} (error at most {:.3g})", front.accuracy->text,
                                        front.accuracy->error);
  const auto entry = std::ranges::find(front.programs, front.wanted, &FrontEntry::label);
  if (front.wanted.empty() || entry == front.programs.end()) {
    return fmt::format("no program of {} was found\n", asked);
  }
  std::string text =
      fmt::format("{}: the cheapest program has {}, error {:.3e}{}\n", asked,
                  report::counted(entry->operations, "operation"), entry->max_error,
                  entry->proven ? ", proven " + proof::decimals_above(entry->proven->bound) : "");
  for (const std::string& line : ir::formula(entry->program)) text += fmt::format("  {}\n", line);
  return text + "\n";
}

void add_rivals(Front& front, const std::vector<evo::KnownProgram>& classical,
                const ir::Costs& costs) {
  for (FrontEntry& entry : front.programs) {
    const evo::KnownProgram* best = nullptr;
    for (const evo::KnownProgram& program : classical) {
      if (costs.of(program.program) > entry.weight()) continue;
      const auto rank = [&](const evo::KnownProgram& known) {
        return std::pair(known.max_error, costs.of(known.program));
      };
      if (best == nullptr || rank(program) < rank(*best)) best = &program;
    }
    if (best != nullptr) entry.rival = Rival{best->method, best->max_error};
  }
}

std::string FrontEntry::label() const {
  std::string text = cost ? fmt::format("{:.6g}", *cost) : fmt::to_string(operations);
  for (char& c : text) {
    if (c == '.') c = 'p';
    if (c == '+' || c == '-') c = '_';
  }
  return text;
}

double digits(double max_error) { return -std::log10(max_error); }

Json constants_json(const ir::Program& program) {
  Json list = Json::array();
  for (const numbers::DoubleDouble& c : program.constants) list.push_back({c.hi, c.lo});
  return list;
}

Json to_json(const Front& front) {
  Json json;
  json["version"] = front.version;
  json["target"] = front.target;
  json["expression"] = front.expression;
  proof::put_domain(json, front.domain);
  json["regime"] = "real";
  json["metric"] = front.metric;
  if (front.weight) json["weight"] = *front.weight;
  put_constraints(json, front.exact, front.constraints);
  if (front.accuracy) {
    json["accuracy"] = front.accuracy->text;
    json["wanted"] = front.wanted.empty() ? Json(nullptr) : Json(front.wanted);
  }
  json["operations"] = front.operations;
  if (!front.costs.empty()) json["costs"] = front.costs;
  json["max_operations"] = front.max_operations;
  json["seed"] = front.seed;
  json["evaluations"] = front.evaluations;
  json["seconds"] = front.seconds;
  json["programs"] = Json::array();
  for (const FrontEntry& entry : front.programs) json["programs"].push_back(program_json(entry));
  return json;
}

std::string to_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void put_constraints(Json& json, const std::vector<double>& exact,
                     const evo::Constraints& constraints) {
  if (!exact.empty()) json["exact"] = exact;
  if (constraints.parity != targets::Parity::None) {
    json["parity"] = targets::name(constraints.parity);
  }
  if (constraints.monotone) json["monotone"] = true;
  if (constraints.constants) json["constants"] = constraints.constants->name();
}

void read_constraints(const Json& json, std::vector<double>& exact, evo::Constraints& constraints) {
  exact = json.value("exact", std::vector<double>{});
  Options options;
  const auto read = [&](std::string_view key, const std::string& text) {
    find_key(key).set(options, text);
  };
  const std::string parity = json.value("parity", "");
  if (!parity.empty()) read(parity == "odd" ? "odd" : "even", "true");
  if (json.value("monotone", false)) read("monotone", "true");
  if (json.contains("constants")) read("constants", json.at("constants").get<std::string>());
  constraints = constraints_of(options);
}

Front parse_front(const std::string& text, const std::string& source) {
  try {
    const Json json = Json::parse(text);
    Front front;
    front.version = json.value("version", "");
    front.target = json.at("target").get<std::string>();
    front.expression = json.at("expression").get<std::string>();
    if (json.at("domain").is_string()) {
      front.domain = targets::parse_domain(json.at("domain").get<std::string>());
    } else {
      front.domain.lo = proof::domain_end(json.at("domain").at(0));
      front.domain.hi = proof::domain_end(json.at("domain").at(1));
    }
    if (json.contains("domain_open")) {
      front.domain.lo_open = json.at("domain_open").at(0).get<bool>();
      front.domain.hi_open = json.at("domain_open").at(1).get<bool>();
    }
    if (json.contains("weight")) front.weight = json.at("weight").get<std::string>();
    read_constraints(json, front.exact, front.constraints);
    if (json.contains("accuracy")) {
      Options options;
      find_key("accuracy").set(options, json.at("accuracy").get<std::string>());
      front.accuracy = options.accuracy;
    }
    if (const auto wanted = json.find("wanted"); wanted != json.end() && wanted->is_string()) {
      front.wanted = wanted->get<std::string>();
    }
    front.metric = json.at("metric").get<std::string>();
    front.operations = json.value("operations", std::vector<std::string>{});
    front.costs = json.value("costs", std::map<std::string, double>{});
    front.max_operations = ir::integer_or(json, "max_operations", 0);
    front.seed = ir::integer<std::uint64_t>(json.at("seed"));
    front.evaluations = ir::integer<std::uint64_t>(json.at("evaluations"));
    front.seconds = json.at("seconds").get<double>();
    for (const Json& program : json.at("programs")) {
      front.programs.push_back(parse_program(program));
    }
    return front;
  } catch (const nlohmann::json::exception& error) {
    throw system::BadRequest(
        fmt::format("{}: not the front.json of a run: {}", source, error.what()));
  } catch (const ir::TextError& error) {
    throw system::BadRequest(fmt::format("{}: malformed program: {}", source, error.what()));
  } catch (const std::invalid_argument& error) {
    throw system::BadRequest(fmt::format("{}: {}", source, error.what()));
  }
}

namespace {

/// What the column of proofs has no room for: why there is none, and what is left out.
std::string notes_on_proofs(const Front& front) {
  std::string text;
  std::vector<proof::Gap> gaps;
  for (const FrontEntry& entry : front.programs) {
    if (!entry.obstacle.empty()) {
      text += fmt::format("not proven, {}: {}\n", report::counted(entry.operations, "operation"),
                          entry.obstacle);
    }
    if (entry.proven && gaps.empty()) gaps = entry.proven->gaps;
  }
  for (const proof::Gap& gap : gaps) {
    text += fmt::format("proven but for what lies between {} and {}, where the function vanishes\n",
                        gap.below, gap.above);
  }
  return text;
}

}  // namespace

std::string front_table(const Front& front) {
  std::vector<report::Column> columns = {
      {"ops", report::Align::Right},    {"max error", report::Align::Right},
      {"digits", report::Align::Right}, {"in double", report::Align::Right},
      {"proven", report::Align::Right}, {"best baseline", report::Align::Right},
      {"ratio", report::Align::Right},  {"baseline's method", report::Align::Left}};
  if (!front.costs.empty()) columns.insert(columns.begin(), {"cost", report::Align::Right});
  report::Table table(columns);
  bool classical = false;
  for (const FrontEntry& entry : front.programs) {
    const double shown = std::round(10 * digits(entry.max_error)) / 10 + 0.0;  // no "-0.0"
    std::vector<std::string> row = {
        fmt::to_string(entry.operations), fmt::format("{:.2e}", entry.max_error),
        fmt::format("{:.1f}", shown), fmt::format("{:.2e}", entry.max_error_f64),
        entry.proven ? proof::decimals_above(entry.proven->bound) : "-"};
    if (!front.costs.empty()) row.insert(row.begin(), fmt::format("{:g}", entry.weight()));
    classical = classical || !entry.method.empty();
    if (entry.rival) {
      row.push_back(fmt::format("{:.2e}", entry.rival->max_error));
      const double ratio = entry.rival->max_error / entry.max_error;
      row.push_back(!entry.method.empty() ? "*"
                    : std::isnan(ratio)   ? "-"
                                          : fmt::format("{:.3g}", ratio));
      row.push_back(entry.rival->method);
    } else {
      row.insert(row.end(), {"-", "-", "-"});
    }
    table.add(std::move(row));
  }
  std::string text = front.programs.empty() ? "no program found\n" : table.text();
  if (classical) text += "*  the classical program itself: the search found nothing better\n";
  for (const std::string& phrase : satisfied(front))
    text += fmt::format("every program: {}\n", phrase);
  return fmt::format("{}{} on {}, {} error{}\n{}{}", wanted_line(front), front.expression,
                     targets::to_string(front.domain), front.metric,
                     front.weight ? fmt::format(" times {}", *front.weight) : "", text,
                     notes_on_proofs(front));
}

}  // namespace ulpforge::runs
