// Fronts of two arguments: names, JSON, table.
#include "runs/pair_front.h"

#include <fmt/format.h>

#include <optional>

#include "evo/pairs/pair_program.h"
#include "ir/expression.h"
#include "ir/json_integer.h"
#include "ir/text.h"
#include "report/table.h"
#include "runs/names.h"
#include "system/error.h"

namespace ulpforge::runs {
namespace {

using targets::PairFigures;
using targets::PairMetric;
using targets::PairObjective;
using targets::PairSet;

constexpr PairMetric kMetrics[] = {PairMetric::Ulp, PairMetric::Relative, PairMetric::Absolute};

/// "mul" for x*y, "atan2" for atan2(y, x), else an identifier from the expression.
std::string base_name(const PairFront& front) {
  const ir::Program target = ir::parse_expression(front.expression, 2);
  const bool plain = target.code.size() == 1 && target.result.is_value() &&
                     target.code[0].arity() == 2 && target.code[0].operands[0].is_input() &&
                     target.code[0].operands[1].is_input();
  return plain ? std::string(ir::info(target.code[0].op).name) : short_name(front.target);
}

/// "largest error in ULP".
std::string measure(const PairFront& front) {
  const std::string_view what = front.objective == PairObjective::Max    ? "largest"
                                : front.objective == PairObjective::Mean ? "mean"
                                : front.objective == PairObjective::Rms  ? "root mean square"
                                                                         : "mean signed";
  return front.metric == PairMetric::Ulp
             ? fmt::format("{} error in ULP of the exact value", what)
             : fmt::format("{} {} error", what, targets::name(front.metric));
}

std::string pair_text(const numbers::ShortFormat& format, std::uint64_t pair) {
  const auto x = static_cast<std::uint32_t>(pair >> format.bits());
  const auto y = static_cast<std::uint32_t>(pair & (format.inputs() - 1));
  return fmt::format("{:.9g}, {:.9g} (0x{:0{}x}, 0x{:0{}x})", format.value(x), format.value(y), x,
                     (format.bits() + 3) / 4, y, (format.bits() + 3) / 4);
}

Json finding_json(const targets::Finding<std::uint64_t>& finding) {
  Json json = {{"count", finding.count}};
  if (finding.count > 0) {
    json["pair"] = finding.input;
    json["result"] = finding.result;
  }
  return json;
}

targets::Finding<std::uint64_t> parse_finding(const Json& json) {
  targets::Finding<std::uint64_t> finding;
  finding.count = ir::integer<std::uint64_t>(json.at("count"));
  finding.input = ir::integer_or(json, "pair", std::uint64_t{0});
  finding.result = ir::integer_or(json, "result", std::uint32_t{0});
  return finding;
}

Json figures_json(const PairFigures& figures) {
  Json json = {{"pairs", figures.pairs},
               {"measured", figures.measured},
               {"misrounded", figures.misrounded},
               {"special_value_errors", finding_json(figures.special_values)},
               {"zero_sign_errors", finding_json(figures.zero_signs)}};
  for (const PairMetric metric : kMetrics) {
    const targets::PairErrors& errors = figures.in(metric);
    json[std::string(targets::name(metric))] = {{"max", errors.max},
                                                {"worst_pair", errors.worst},
                                                {"worst_result", errors.worst_result},
                                                {"mean", figures.mean(metric)},
                                                {"bias", figures.bias(metric)},
                                                {"rms", figures.rms(metric)}};
  }
  return json;
}

PairFigures parse_figures(const Json& json) {
  PairFigures figures;
  figures.pairs = ir::integer<std::uint64_t>(json.at("pairs"));
  figures.measured = ir::integer<std::uint64_t>(json.at("measured"));
  figures.misrounded = ir::integer<std::uint64_t>(json.at("misrounded"));
  figures.special_values = parse_finding(json.at("special_value_errors"));
  figures.zero_signs = parse_finding(json.at("zero_sign_errors"));
  const auto count = static_cast<double>(figures.measured);
  for (const PairMetric metric : kMetrics) {
    const Json& from = json.at(std::string(targets::name(metric)));
    targets::PairErrors& errors = figures.errors[static_cast<std::size_t>(metric)];
    errors.max = from.at("max").get<double>();
    errors.worst = ir::integer<std::uint64_t>(from.at("worst_pair"));
    errors.worst_result = ir::integer<std::uint32_t>(from.at("worst_result"));
    errors.sum_of_sizes = from.at("mean").get<double>() * count;
    errors.sum_of_errors = from.at("bias").get<double>() * count;
    const auto rms = from.at("rms").get<double>();
    errors.sum_of_squares = rms * rms * count;
  }
  return figures;
}

Json entry_json(const PairEntry& entry) {
  return {{"name", entry.name},
          {"operations", entry.operations},
          {"figures", figures_json(entry.figures)},
          {"text", ir::print(entry.program)}};
}

PairEntry parse_entry(const Json& json) {
  PairEntry entry;
  entry.name = json.at("name").get<std::string>();
  entry.program = ir::parse(json.at("text").get<std::string>());
  if (const std::string defect = evo::pairs::find_pair_defect(entry.program); !defect.empty()) {
    throw std::invalid_argument(fmt::format("{}: {}", entry.name, defect));
  }
  entry.operations = evo::pairs::operations_of(entry.program);
  entry.figures = parse_figures(json.at("figures"));
  return entry;
}

template <class Enumeration>
Enumeration word(const Json& json, const char* key,
                 std::optional<Enumeration> (*find)(std::string_view)) {
  const auto text = json.at(key).get<std::string>();
  if (const auto found = find(text)) return *found;
  throw std::invalid_argument(fmt::format("{} '{}'", key, text));
}

std::optional<PairMetric> find_metric(std::string_view name) {
  for (const PairMetric metric : kMetrics) {
    if (targets::name(metric) == name) return metric;
  }
  return std::nullopt;
}

}  // namespace

bool is_sound(const PairFigures& figures, PairSet set) {
  return figures.special_values.count == 0 &&
         (set != PairSet::All || figures.zero_signs.count == 0);
}

void name_programs(PairFront& front) {
  const std::string base = fmt::format("uf_{}_{}", base_name(front), front.format);
  for (PairEntry& entry : front.programs) {
    const bool right = entry.figures.misrounded == 0 && front.set == PairSet::All;
    entry.name = right ? base : fmt::format("{}_{}", base, entry.operations);
  }
}

Json to_json(const PairFront& front) {
  Json json;
  json["version"] = front.version;
  json["regime"] = front.format;
  json["arguments"] = 2;
  json["target"] = front.target;
  json["expression"] = front.expression;
  json["pairs"] = targets::name(front.set);
  json["metric"] = targets::name(front.metric);
  json["objective"] = targets::name(front.objective);
  json["seed"] = front.seed;
  json["evaluations"] = front.evaluations;
  json["seconds"] = front.seconds;
  json["command"] = front.command;
  json["programs"] = Json::array();
  for (const PairEntry& entry : front.programs) json["programs"].push_back(entry_json(entry));
  json["known"] = Json::array();
  for (const PairEntry& entry : front.known) json["known"].push_back(entry_json(entry));
  return json;
}

bool is_pair_front(const Json& json) {
  return json.is_object() && json.value("arguments", Json(1)) == 2;
}

PairFront parse_pair_front(const std::string& text, const std::string& source) {
  try {
    const Json json = Json::parse(text);
    PairFront front;
    front.version = json.value("version", "");
    front.format = numbers::parse_short_format(json.at("regime").get<std::string>()).name();
    front.target = json.at("target").get<std::string>();
    front.expression = json.at("expression").get<std::string>();
    front.set = word<PairSet>(json, "pairs", targets::find_pair_set);
    front.metric = word<PairMetric>(json, "metric", find_metric);
    front.objective = word<PairObjective>(json, "objective", targets::find_pair_objective);
    front.seed = ir::integer_or(json, "seed", std::uint64_t{0});
    front.evaluations = ir::integer_or(json, "evaluations", std::uint64_t{0});
    front.seconds = json.value("seconds", 0.0);
    front.command = json.value("command", "");
    for (const Json& program : json.at("programs")) front.programs.push_back(parse_entry(program));
    for (const Json& program : json.at("known")) front.known.push_back(parse_entry(program));
    return front;
  } catch (const std::exception& error) {
    throw system::BadRequest(
        fmt::format("{}: not a front of programs of two arguments: {}", source, error.what()));
  }
}

std::string front_table(const PairFront& front) {
  const auto table_of = [&](const char* what, const std::vector<PairEntry>& entries) {
    report::Table table({{"ops", report::Align::Right},
                         {what},
                         {"max ULP", report::Align::Right},
                         {"mean", report::Align::Right},
                         {"bias", report::Align::Right},
                         {"misrounded", report::Align::Right},
                         {"max rel.", report::Align::Right},
                         {"mean rel.", report::Align::Right},
                         {"bias rel.", report::Align::Right},
                         {"wrong", report::Align::Right}});
    for (const PairEntry& entry : entries) {
      const PairFigures& f = entry.figures;
      const std::uint64_t zeros = front.set == PairSet::All ? f.zero_signs.count : 0;
      table.add({fmt::to_string(entry.operations), entry.name,
                 fmt::format("{:.4f}", f.in(PairMetric::Ulp).max),
                 fmt::format("{:.5f}", f.mean(PairMetric::Ulp)),
                 fmt::format("{:+.5f}", f.bias(PairMetric::Ulp)), fmt::to_string(f.misrounded),
                 fmt::format("{:.5f}", f.in(PairMetric::Relative).max),
                 fmt::format("{:.6f}", f.mean(PairMetric::Relative)),
                 fmt::format("{:+.6f}", f.bias(PairMetric::Relative)),
                 fmt::to_string(f.special_values.count + zeros)});
    }
    return table.text();
  };
  const std::uint64_t pairs = !front.programs.empty() ? front.programs[0].figures.pairs
                              : !front.known.empty()  ? front.known[0].figures.pairs
                                                      : 0;
  std::string text =
      fmt::format("{} in {} at {}: {} pairs\nfront of operations on integers against {}\n",
                  system::one_line(front.expression), front.format, targets::words(front.set),
                  pairs, measure(front));
  text += front.programs.empty() ? "no program found\n" : table_of("function", front.programs);
  if (!front.known.empty()) text += "\n" + table_of("known program", front.known);
  return text + "wrong: NaN where a number is due, overflows that are missed and the like\n";
}

std::vector<std::string> figure_lines(const PairFront& front, const PairEntry& entry) {
  const numbers::ShortFormat format = numbers::parse_short_format(front.format);
  const PairFigures& f = entry.figures;
  const auto& ulp = f.in(PairMetric::Ulp);
  const auto& relative = f.in(PairMetric::Relative);
  std::vector<std::string> lines = {
      fmt::format("Pairs       {}: {}", targets::words(front.set), f.pairs),
      fmt::format("Max error   {:.6f} ULP at {}", ulp.max, pair_text(format, ulp.worst)),
      fmt::format("Mean, bias  {:.6f}, {:+.6f} ULP", f.mean(PairMetric::Ulp),
                  f.bias(PairMetric::Ulp)),
      fmt::format("Relative    at most {:.6f}, mean {:.6f}, bias {:+.6f}", relative.max,
                  f.mean(PairMetric::Relative), f.bias(PairMetric::Relative)),
      fmt::format("Misrounded  {} pairs", f.misrounded),
      fmt::format("Special     {} wrong; zeros of wrong sign: {}", f.special_values.count,
                  f.zero_signs.count),
      fmt::format("Operations  {}, a minimum or maximum counting as one", entry.operations)};
  return lines;
}

std::string program_text(const PairFront& front, const PairEntry& entry) {
  std::string text =
      fmt::format("# {}: {} in {}\n", entry.name, system::one_line(front.expression), front.format);
  for (const std::string& line : figure_lines(front, entry)) text += fmt::format("# {}\n", line);
  text += fmt::format("# {}\n", provenance(front.version, front.seed, {}));
  return text + ir::print(entry.program);
}

}  // namespace ulpforge::runs
