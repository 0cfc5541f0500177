// Settings: one row per key, read from flags and from TOML by the same code.
#include "runs/config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <sstream>

#include "evo/requirements.h"
#include "ir/expression.h"
#include "ir/suggest.h"
#include "numbers/short_format.h"
#include "proof/monotone.h"
#include "runs/toml_characters.h"
#include "runs/toml_options.h"
#include "runs/toml_text.h"
#include "system/error.h"
#include "system/files.h"
#include "targets/infinite_domain.h"

namespace ulpforge::runs {
namespace {

constexpr double kDefaultSeconds = 60;

template <class T>
T parse_number(const std::string& text, const std::string& right) {
  T value{};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc::result_out_of_range) {
    throw std::invalid_argument(fmt::format("{} is out of range; {}", text, right));
  }
  if (error != std::errc{} || stop != end) {
    throw std::invalid_argument(fmt::format("'{}' is not a number; {}", text, right));
  }
  return value;
}

std::int64_t parse_integer(const std::string& text, std::int64_t lowest, std::int64_t highest) {
  const std::string right = fmt::format("give a whole number from {} to {}", lowest, highest);
  const auto value = parse_number<std::int64_t>(text, right);
  if (value < lowest || value > highest) {
    throw std::invalid_argument(fmt::format("{} is out of range; {}", text, right));
  }
  return value;
}

double parse_seconds(const std::string& text) {
  const std::string right = "give a positive number of seconds, or inf for no limit";
  const auto value = parse_number<double>(text, right);
  if (!(value > 0)) throw std::invalid_argument(fmt::format("{} is out of range; {}", text, right));
  return value;
}

bool parse_bool(const std::string& text) {
  if (text != "true" && text != "false") {
    throw std::invalid_argument(fmt::format("'{}' is neither true nor false", text));
  }
  return text == "true";
}

std::string candidate_operations() {
  std::vector<std::string> names;
  for (const ir::OpInfo& row : ir::operations()) {
    if (row.arithmetic) names.push_back(spelling(row.op));
  }
  return fmt::format("{}", fmt::join(names, " "));
}

/// Over real numbers, or over integers for programs of two arguments of a short format.
bool may_be_searched_with(const ir::OpInfo& row) {
  return row.arithmetic || ir::contains(row.types, ir::Type::I32);
}

void demand_arithmetic(ir::Op op) {
  if (ir::info(op).arithmetic) return;
  throw std::invalid_argument(fmt::format(
      "operation '{}' is one of integers, for two arguments of a short format; programs "
      "may use {}",
      spelling(op), candidate_operations()));
}

ir::Op parse_operation(const std::string& text) {
  for (const ir::OpInfo& row : ir::operations()) {
    if (text != row.name && text != spelling(row.op)) continue;
    if (may_be_searched_with(row)) return row.op;
    throw std::invalid_argument(
        fmt::format("'{}' is for targets, not for programs; programs may use {}", text,
                    candidate_operations()));
  }
  throw std::invalid_argument(
      fmt::format("unknown operation '{}'; programs may use {}", text, candidate_operations()));
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// What stands between commas, without the blanks around it.
std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream rest(text);
  for (std::string part; std::getline(rest, part, ',');) parts.emplace_back(trim(part));
  return parts;
}

/// Between commas or blanks, as refusals list them.
std::vector<ir::Op> parse_operations(std::string text) {
  std::vector<ir::Op> operations;
  std::ranges::replace(text, ' ', ',');
  for (const std::string& part : split(text)) {
    if (part.empty()) continue;
    const ir::Op op = parse_operation(part);
    if (std::find(operations.begin(), operations.end(), op) != operations.end()) {
      throw std::invalid_argument(fmt::format("operation '{}' is listed twice", part));
    }
    operations.push_back(op);
  }
  if (operations.empty()) {
    throw std::invalid_argument(
        fmt::format("no operation is listed; programs may use {}", candidate_operations()));
  }
  return operations;
}

ir::Costs parse_costs(const std::string& text) {
  ir::Costs costs;
  for (const std::string& part : split(text)) {
    const auto equals = part.rfind('=');
    if (equals == std::string::npos) {
      throw std::invalid_argument(
          fmt::format("'{}' has no weight; give costs as /=4,sqrt=6", part));
    }
    const ir::Op op = parse_operation(std::string(trim(std::string_view(part).substr(0, equals))));
    demand_arithmetic(op);
    const std::string right = "give a positive number as the cost";
    const auto weight =
        parse_number<double>(std::string(trim(std::string_view(part).substr(equals + 1))), right);
    if (!(weight > 0) || !std::isfinite(weight)) {
      throw std::invalid_argument(fmt::format("{} is out of range; {}", part, right));
    }
    if (costs.given().contains(op)) {
      throw std::invalid_argument(fmt::format("'{}' has two costs", spelling(op)));
    }
    costs.set(op, weight);
  }
  if (costs.given().empty()) {
    throw std::invalid_argument("no cost is given; give costs as /=4,sqrt=6");
  }
  return costs;
}

targets::Metric parse_metric(const std::string& text) {
  if (const auto metric = targets::find_metric(text)) return *metric;
  throw std::invalid_argument(
      fmt::format("unknown metric '{}'; give relative, absolute, ulp_f32 or ulp_f64", text));
}

targets::PairSet parse_pairs(const std::string& text) {
  if (const auto set = targets::find_pair_set(text)) return *set;
  throw std::invalid_argument(
      fmt::format("unknown pairs '{}'; give all, finite (finite numbers with a finite exact value) "
                  "or normal (normal numbers, as the exact value, with a factor of two to spare)",
                  text));
}

targets::PairObjective parse_objective(const std::string& text) {
  if (const auto objective = targets::find_pair_objective(text)) return *objective;
  throw std::invalid_argument(
      fmt::format("unknown objective '{}'; give max, mean, rms or bias", text));
}

std::string parse_target(const std::string& text) {
  if (trim(text).empty()) {
    throw std::invalid_argument(
        "is empty; give a name that 'ulpforge targets' lists or an expression in x");
  }
  return text;
}

void set_regime(Options& options, const std::string& text) {
  options.format.reset();
  if (text == "real") {
    options.regime = Regime::Real;
  } else if (text == "f32") {
    options.regime = Regime::F32;
  } else if (numbers::looks_like_short_format(text)) {
    options.format = numbers::parse_short_format(text).name();
    options.regime = Regime::Short;
  } else {
    throw std::invalid_argument(fmt::format(
        "unknown regime '{}'; give real, f32 or a short format: {}", text, numbers::kShortFormats));
  }
}

/// "f32", or the name of a short format.
std::string parse_format(const std::string& text) {
  if (text == "f32" || text == "float") return "f32";
  if (numbers::looks_like_short_format(text)) return numbers::parse_short_format(text).name();
  throw std::invalid_argument(fmt::format("unknown format '{}'; give f32 or a short format: {}",
                                          text, numbers::kShortFormats));
}

double parse_ulp(const std::string& text) {
  const std::string right = "give a positive number of ULP";
  const auto value = parse_number<double>(text, right);
  if (!(value > 0)) throw std::invalid_argument(fmt::format("{} is out of range; {}", text, right));
  return value;
}

constexpr std::pair<evo::Fitting, std::string_view> kFittings[] = {
    {evo::Fitting::LevenbergMarquardt, "lm"},
    {evo::Fitting::CmaEs, "cmaes"},
    {evo::Fitting::None, "none"}};

evo::Fitting parse_fitting(const std::string& text) {
  for (const auto& [fitting, name] : kFittings) {
    if (text == name) return fitting;
  }
  throw std::invalid_argument(fmt::format("unknown fitting '{}'; give lm, cmaes or none", text));
}

std::vector<std::string> parse_names(const std::string& text) {
  std::vector<std::string> names;
  for (const std::string& name : split(text)) {
    if (name.empty()) throw std::invalid_argument("an empty name; give names between commas");
    if (std::ranges::find(names, name) != names.end()) {
      throw std::invalid_argument(fmt::format("'{}' is listed twice", name));
    }
    names.push_back(name);
  }
  if (names.empty()) throw std::invalid_argument("no name is listed; give names between commas");
  return names;
}

std::string parse_weight(const std::string& text) {
  const ir::Program program = ir::parse_expression(text);
  if (!ir::depends_on_input(program)) {
    throw std::invalid_argument(fmt::format(
        "'{}' is a constant, which changes nothing; give an expression in x, such as 1/(1+x^2)",
        text));
  }
  return text;
}

numbers::ConstantFormat parse_constant_format(const std::string& text) {
  if (const auto format = numbers::find_constant_format(text)) return *format;
  throw std::invalid_argument(fmt::format(
      "unknown format '{}'; give {}, such as fixed:2.14 (2 integer bits with the sign, 14 fraction "
      "bits)",
      text, numbers::kConstantFormats));
}

Accuracy parse_accuracy(const std::string& text) {
  constexpr std::string_view kRight = "give a positive number such as 1e-6, or 8bits, or 6digits";
  std::string number = text;
  const auto ends_with = [&](std::string_view unit) {
    if (!number.ends_with(unit)) return false;
    number.resize(number.size() - unit.size());
    while (number.ends_with(' ')) number.pop_back();
    return true;
  };
  const bool bits = ends_with("bits") || ends_with("bit");
  const bool digits = !bits && (ends_with("digits") || ends_with("digit"));
  const auto value = parse_number<double>(number, std::string(kRight));
  const double error = bits ? std::exp2(-value) : digits ? std::pow(10, -value) : value;
  if (!(value > 0) || !(error > 0) || !std::isfinite(error)) {
    throw std::invalid_argument(fmt::format("{} is out of range; {}", text, kRight));
  }
  return {error, text, bits || digits};
}

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

// NOLINTBEGIN(readability-braces-around-statements)
constexpr std::array kKeys = {
    Key{"target", "NAME|EXPR",
        "What to approximate: a name from 'ulpforge targets' or an expression in x",
        [](Options& o, const std::string& text) { o.target = parse_target(text); }},
    Key{"domain", "A,B", "The interval: 0,1 or (0,1] or -pi/2,pi/2; several: [-1,-0.1],[0.1,1]",
        [](Options& o, const std::string& text) { o.domain = targets::parse_domain(text); }},
    Key{"metric", "NAME", "The error to keep small: relative, absolute, ulp_f32 or ulp_f64",
        [](Options& o, const std::string& text) { o.metric = parse_metric(text); }},
    Key{"weight", "EXPR", "What errors are multiplied by: an expression in x, positive",
        [](Options& o, const std::string& text) { o.weight = parse_weight(text); }},
    Key{"exact", "X,...",
        "Points where programs have to equal the target, as emitted too: its value rounded to the "
        "format",
        [](Options& o, const std::string& text) { o.exact = targets::parse_points(text); }},
    Key{"odd", "BOOL", "Programs that are odd by their form, as emitted too",
        [](Options& o, const std::string& text) { o.odd = parse_bool(text); }},
    Key{"even", "BOOL", "Programs that are even by their form, as emitted too",
        [](Options& o, const std::string& text) { o.even = parse_bool(text); }},
    Key{"monotone", "BOOL", "Programs that are monotone as the target is, proven",
        [](Options& o, const std::string& text) { o.monotone = parse_bool(text); }},
    Key{"constants", "FORMAT",
        "Constants are numbers of f64, f32, bf16, f16 or fixed:I.F, the multiples of 2^-F in "
        "[-2^(I-1), 2^(I-1))",
        [](Options& o, const std::string& text) { o.constants = parse_constant_format(text); }},
    Key{"accuracy", "ERROR",
        "The error that is wanted: 1e-6 (of formats in ULP), or 8bits (2^-8), or 6digits; the "
        "cheapest program that is proven to have it",
        [](Options& o, const std::string& text) { o.accuracy = parse_accuracy(text); }},
    Key{"operations", "LIST", "What programs may use, by name or symbol [+,-,*,/]",
        [](Options& o, const std::string& text) { o.operations = parse_operations(text); }, "ops"},
    Key{"costs", "OP=COST,...", "What operations cost, such as /=4,sqrt=6 [1 each]",
        [](Options& o, const std::string& text) { o.costs = parse_costs(text); }},
    Key{"max_operations", "N", "Length of the longest program [12]",
        [](Options& o, const std::string& text) {
          o.max_operations = static_cast<int>(parse_integer(text, 1, evo::kMaxOperations));
        }},
    Key{"pairs", "SET",
        "Two arguments of a short format: at which pairs: all, finite or normal [all]",
        [](Options& o, const std::string& text) { o.pairs = parse_pairs(text); }},
    Key{"objective", "NAME",
        "Two arguments of a short format: which error to keep small: max, mean, rms or bias [max]",
        [](Options& o, const std::string& text) { o.objective = parse_objective(text); }},
    Key{"seed", "N", "Seed of the random numbers [1]",
        [](Options& o, const std::string& text) {
          o.seed = static_cast<std::uint64_t>(parse_integer(text, 0, kMost));
        }},
    Key{"threads", "N", "Threads [one per core]; the result does not depend on it",
        [](Options& o, const std::string& text) {
          o.threads = static_cast<int>(parse_integer(text, 1, 256));
        }},
    Key{"time", "SECONDS", "Time for the search [60, or no limit with --evaluations]",
        [](Options& o, const std::string& text) { o.time = parse_seconds(text); }},
    Key{"evaluations", "N", "Budget in evaluations; a run that ends by it is reproducible",
        [](Options& o, const std::string& text) {
          o.evaluations = static_cast<std::uint64_t>(parse_integer(text, 1, kMost));
        }},
    Key{"course", "TEXT",
        "f32 and short formats: when a search that ended by time did what, as its config.toml says "
        "it; repeats it",
        [](Options& o, const std::string& text) { o.course = evo::parse_course(text); }},
    Key{"baselines", "BOOL", "Compare with the classical approximations",
        [](Options& o, const std::string& text) { o.baselines = parse_bool(text); }},
    Key{"from_nothing", "BOOL", "Search from the empty program alone, not from the classical ones",
        [](Options& o, const std::string& text) { o.from_nothing = parse_bool(text); }},
    Key{"regime", "NAME",
        "What programs compute in: real numbers, f32, or a short format, bf16, f16, f8e4m3, "
        "f8e5m2, tf32 or fEsM (E exponent and M significand bits), by way of f32 [real]",
        [](Options& o, const std::string& text) { set_regime(o, text); }},
    Key{"format_in", "FORMAT",
        "What programs take: f32 or a short format [that of the regime; f32 where it is f32]",
        [](Options& o, const std::string& text) { o.format_in = parse_format(text); }},
    Key{"format_out", "FORMAT",
        "What results are rounded to: f32 or a short format [that of --format-in]",
        [](Options& o, const std::string& text) { o.format_out = parse_format(text); }},
    Key{"ulp_of", "FORMAT",
        "f32: the format whose ULP errors are counted in: with bf16, functions from float to "
        "float that are good to bf16 [that of the results]",
        [](Options& o, const std::string& text) { o.ulp_of = parse_format(text); }},
    Key{"loosest_ulp", "ULP",
        "f32 and short formats: the largest error that a program on the front may have [8192, 16]",
        [](Options& o, const std::string& text) { o.loosest_ulp = parse_ulp(text); }},
    Key{"schemes", "LIST",
        "f32: only these range reductions, by the name that the front's table has; NAME* for all "
        "that begin with NAME [all; for single calls those with tables in memory, for vectors "
        "the others]",
        [](Options& o, const std::string& text) { o.schemes = parse_names(text); }},
    Key{"isa", "NAME",
        "f32: what costs are counted for: scalar or scalar-fma (single calls), sse2, avx2, avx512, "
        "neon, sve [the vectors that pay on the processor, as far as this machine has them]",
        [](Options& o, const std::string& text) { o.isa = text; }},
    Key{"processor", "NAME",
        "f32: whose cycles are counted: zen5, golden-cove, neoverse-v2, apple-m1 [the nearest to "
        "this "
        "that has the isa]",
        [](Options& o, const std::string& text) { o.processor = text; }},
    Key{"cost_model", "NAME",
        "f32 and short formats: what programs cost: cycles of the processor, or steps, one for "
        "each operation, as where they become part of other code [cycles]",
        [](Options& o, const std::string& text) {
          o.cost_model = jit::find_cost_model(text);
          if (o.cost_model) return;
          throw std::invalid_argument(
              fmt::format("unknown cost model '{}'; give cycles or steps", text));
        }},
    Key{"selection", "BOOL", "Ablation: false draws parents and survivors without regard to errors",
        [](Options& o, const std::string& text) { o.selection = parse_bool(text); }},
    Key{"fitting", "NAME", "Ablation: how constants are found: lm, cmaes or none [lm]",
        [](Options& o, const std::string& text) { o.fitting = parse_fitting(text); }},
    Key{"mutation", "BOOL", "Ablation: false makes children at random, without parents",
        [](Options& o, const std::string& text) { o.mutation = parse_bool(text); }},
    Key{"crossover", "BOOL", "Ablation: false never grafts a piece of another program",
        [](Options& o, const std::string& text) { o.crossover = parse_bool(text); }},
    Key{"duplicate_detection", "BOOL", "Ablation: false fits programs that were tried before again",
        [](Options& o, const std::string& text) { o.duplicate_detection = parse_bool(text); }},
};
// NOLINTEND(readability-braces-around-statements)

/// A value as a flag would spell it; a list, or a table of key=value, is joined by commas. Nothing
/// for dates and what is nested.
std::optional<std::string> flag_text(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return fmt::to_string(number->get());
  if (const auto* number = node.as_floating_point()) return fmt::to_string(number->get());
  if (const auto* boolean = node.as_boolean()) return boolean->get() ? "true" : "false";
  if (const auto* table = node.as_table(); table != nullptr && !table->empty()) {
    std::string joined;
    for (const auto& [key, value] : *table) {
      const auto text = value.is_table() || value.is_array() ? std::nullopt : flag_text(value);
      if (!text) return std::nullopt;
      joined += fmt::format("{}{}={}", joined.empty() ? "" : ",", key.str(), *text);
    }
    return joined;
  }
  const auto* list = node.as_array();
  if (list == nullptr) return std::nullopt;
  std::string joined;
  for (const toml::node& element : *list) {
    const bool nested = element.is_array() || element.is_table();
    const auto text = nested ? std::nullopt : flag_text(element);
    if (!text) return std::nullopt;
    if (!joined.empty()) joined += ',';
    joined += *text;
  }
  return joined;
}

std::string where(const std::filesystem::path& file, const toml::source_position& position) {
  return fmt::format("{}:{}:{}", file.string(), position.line, position.column);
}

std::string toml_list(const std::vector<ir::Op>& operations) {
  std::vector<std::string> names;
  for (const ir::Op op : operations) names.push_back(toml_text(spelling(op)));
  return fmt::format("[{}]", fmt::join(names, ", "));
}

}  // namespace

std::span<const Key> keys() { return kKeys; }

const Key& find_key(std::string_view name) {
  const auto row =
      std::find_if(kKeys.begin(), kKeys.end(), [&](const Key& k) { return k.name == name; });
  if (row == kKeys.end()) throw std::logic_error(fmt::format("no key '{}'", name));
  return *row;
}

Options read_options(const std::filesystem::path& file) {
  return parse_options(system::read_file(file), file);
}

toml::table parse_toml(const std::string& text, const std::filesystem::path& file) {
  if (const auto line = line_of_stray_character(text)) {
    throw system::BadRequest(fmt::format(
        "{}:{}: characters beyond ASCII belong in comments, braces in comments and quotes, control "
        "characters nowhere",
        file.string(), *line));
  }
  if (const auto line = line_of_nameless_table(text)) {
    throw system::BadRequest(
        fmt::format("{}:{}: a table needs a name in its brackets", file.string(), *line));
  }
  try {
    return toml::parse(text, file.string());
  } catch (const toml::parse_error& error) {
    throw system::BadRequest(
        fmt::format("{}: {}", where(file, error.source().begin), error.description()));
  } catch (const BrokenToml& error) {
    throw system::BadRequest(fmt::format("{}: {}", file.string(), error.what()));
  }
}

Options parse_options(const std::string& text, const std::filesystem::path& file) {
  const toml::table table = parse_toml(text, file);
  return options_of(table, file);
}

Options options_of(const toml::table& table, const std::filesystem::path& file) {
  Options options;
  for (const auto& [key, node] : table) {
    const std::string place = where(file, key.source().begin);
    const auto row = std::find_if(kKeys.begin(), kKeys.end(), [&](const Key& k) {
      return k.name == key.str() || (!k.alias.empty() && k.alias == key.str());
    });
    if (row == kKeys.end()) {
      std::vector<std::string_view> names;
      for (const Key& known : kKeys) names.push_back(known.name);
      throw system::BadRequest(fmt::format("{}: unknown key '{}'; the keys are {}", place,
                                           key.str(), fmt::join(names, ", ")));
    }
    const auto value = flag_text(node);
    if (!value) {
      throw system::BadRequest(fmt::format(
          "{}: {}: must be text, a number, true, false or a list of such", place, row->name));
    }
    try {
      row->set(options, *value);
    } catch (const std::invalid_argument& error) {
      throw system::BadRequest(fmt::format("{}: {}: {}", place, row->name, error.what()));
    }
  }
  return options;
}

Options merge(const Options& base, const Options& over) {
  Options merged = base;
  const auto take = [&](auto... member) {
    ((over.*member ? void(merged.*member = over.*member) : void()), ...);
  };
  take(&Options::costs, &Options::from_nothing, &Options::pairs, &Options::objective);
  take(&Options::weight, &Options::exact, &Options::odd, &Options::even, &Options::monotone,
       &Options::constants, &Options::accuracy);
  take(&Options::target, &Options::domain, &Options::metric, &Options::operations,
       &Options::max_operations, &Options::seed, &Options::threads, &Options::time,
       &Options::evaluations, &Options::course, &Options::baselines, &Options::regime,
       &Options::format_in, &Options::format_out, &Options::ulp_of, &Options::loosest_ulp,
       &Options::schemes, &Options::isa, &Options::processor, &Options::cost_model,
       &Options::selection, &Options::fitting, &Options::mutation, &Options::crossover,
       &Options::duplicate_detection);
  if (over.regime) merged.format = over.format;
  return merged;
}

Regime regime_of(const Options& options) {
  if (options.regime) return *options.regime;
  if (options.format_in && options.format_in != "f32") return Regime::Short;
  return options.format_in || options.format_out || options.ulp_of ? Regime::F32 : Regime::Real;
}

targets::Target make_target(const Options& options) {
  if (!options.target) {
    throw std::invalid_argument(
        "no target; give --target, a name that 'ulpforge targets' lists or an "
        "expression in x");
  }
  targets::Target target =
      targets::make_target(*options.target, options.domain, options.metric, options.weight);
  if (options.exact) target.exact = *options.exact;
  return target;
}

evo::Constraints constraints_of(const Options& options) {
  evo::Constraints constraints;
  const bool odd = options.odd.value_or(false);
  const bool even = options.even.value_or(false);
  if (odd && even) throw std::invalid_argument("odd and even exclude each other; give one of them");
  if (odd) constraints.parity = targets::Parity::Odd;
  if (even) constraints.parity = targets::Parity::Even;
  constraints.monotone = options.monotone.value_or(false);
  constraints.constants = options.constants;
  return constraints;
}

void demand_meaning(const targets::Target& target, const evo::Constraints& constraints) {
  evo::check_constraints(target, constraints);
  if (!target.exact.empty() && !target.domain.is_bounded()) {
    throw std::invalid_argument(
        fmt::format("exact: the programs of {} go through a substitution, which rounds; give a "
                    "domain with finite ends",
                    targets::to_string(target.domain)));
  }
  if (constraints.constants && !target.domain.is_bounded()) {
    throw std::invalid_argument(
        fmt::format("constants: the programs of {} go through a substitution, whose constants are "
                    "its own; give "
                    "a domain with finite ends",
                    targets::to_string(target.domain)));
  }
  if (!constraints.monotone) return;
  const proof::Monotonicity found = proof::monotonicity_of(target);
  if (found.proven) return;
  throw std::invalid_argument(fmt::format(
      "monotone: {} on {} is not known to be: {}{}; leave it out, or choose a domain on one side",
      ir::printable(target.expression), targets::to_string(target.domain), found.obstacle,
      target.domain.is_bounded()
          ? ""
          : fmt::format(" (x is t here, {})", targets::substitution_for(target.domain).text)));
}

namespace {

void demand_sense(const Experiment& experiment) {
  demand_meaning(experiment.target, experiment.search.constraints);
  const targets::Metric metric = experiment.target.metric;
  const bool in_ulp = metric == targets::Metric::UlpF32 || metric == targets::Metric::UlpF64;
  if (experiment.accuracy && experiment.accuracy->is_share && in_ulp) {
    throw std::invalid_argument(fmt::format(
        "accuracy '{}': the metric {} counts ULP; give a number of them, or the metric relative",
        experiment.accuracy->text, targets::name(metric)));
  }
}

/// The lines of an experiment file with what programs have to satisfy.
std::string constraint_lines(const targets::Target& target, const evo::Constraints& constraints,
                             const std::optional<Accuracy>& accuracy) {
  std::string text;
  if (target.weight) text += fmt::format("weight = {}\n", toml_text(target.weight->expression));
  if (!target.exact.empty()) {
    text += fmt::format("exact = {}\n", toml_text(fmt::format("{}", fmt::join(target.exact, ","))));
  }
  if (constraints.parity != targets::Parity::None) {
    text += fmt::format("{} = true\n", targets::name(constraints.parity));
  }
  if (constraints.monotone) text += "monotone = true\n";
  if (constraints.constants) {
    text += fmt::format("constants = {}\n", toml_text(constraints.constants->name()));
  }
  if (accuracy) text += fmt::format("accuracy = {}\n", toml_text(accuracy->text));
  return text;
}

}  // namespace

Experiment make_experiment(const Options& options) {
  if (options.course) {
    throw std::invalid_argument(
        "course: searches over real numbers have none; leave it out, or give the regime f32 or a "
        "short format");
  }
  if (options.cost_model) {
    throw std::invalid_argument(
        "cost_model belongs to programs of floats; give costs, or the regime f32");
  }
  if (options.format_in || options.format_out || options.ulp_of) {
    throw std::invalid_argument(
        "format_in, format_out and ulp_of belong to programs of floats; leave them out, or give "
        "the regime f32");
  }
  Experiment experiment;
  experiment.target = make_target(options);
  experiment.what = *options.target;
  evo::SearchConfig& search = experiment.search;
  if (options.operations) {
    std::ranges::for_each(*options.operations, demand_arithmetic);
    search.operations = *options.operations;
  }
  if (options.pairs || options.objective) {
    throw std::invalid_argument(
        "pairs and objective are for two arguments of a short format; leave them out");
  }
  if (options.costs) search.costs = *options.costs;
  search.max_operations = options.max_operations.value_or(search.max_operations);
  search.seed = options.seed.value_or(search.seed);
  search.threads = options.threads.value_or(search.threads);
  search.evaluations = options.evaluations.value_or(search.evaluations);
  search.seconds = options.time.value_or(
      options.evaluations ? std::numeric_limits<double>::infinity() : kDefaultSeconds);
  evo::Parts& parts = search.parts;
  parts.selection = options.selection.value_or(parts.selection);
  parts.fitting = options.fitting.value_or(parts.fitting);
  parts.mutation = options.mutation.value_or(parts.mutation);
  parts.crossover = options.crossover.value_or(parts.crossover);
  parts.duplicate_detection = options.duplicate_detection.value_or(parts.duplicate_detection);
  experiment.baselines = options.baselines.value_or(true);
  experiment.from_nothing = options.from_nothing.value_or(false);
  search.constraints = constraints_of(options);
  experiment.accuracy = options.accuracy;
  if (options.accuracy) search.accuracy = options.accuracy->error;
  demand_sense(experiment);
  return experiment;
}

std::string evaluations_line(std::uint64_t budget) {
  if (budget > static_cast<std::uint64_t>(kMost)) return "";
  return fmt::format("evaluations = {}\n", budget);
}

std::string settle_budget(const std::string& command, std::uint64_t evaluations, double seconds,
                          std::uint64_t& budget, double& limit) {
  std::string text = fmt::format("# {}\n", system::one_line(command));
  if (evaluations == 0 || evaluations >= budget) return text;
  text += fmt::format(
      "# This run ended after {:.1f} s (time = {}); what stands here, without a limit of time, "
      "repeats it.\n",
      seconds, limit);
  budget = evaluations;
  limit = std::numeric_limits<double>::infinity();
  return text;
}

std::string to_toml(const Experiment& experiment) {
  const evo::SearchConfig& search = experiment.search;
  std::string text;
  const auto line = [&](std::string_view key, const std::string& value) {
    text += fmt::format("{} = {}\n", key, value);
  };
  line("target", toml_text(experiment.what));
  line("domain", toml_text(targets::to_string(experiment.target.domain)));
  line("metric", toml_text(std::string(targets::name(experiment.target.metric))));
  text += constraint_lines(experiment.target, search.constraints, experiment.accuracy);
  line("operations", toml_list(search.operations));
  if (!search.costs.given().empty()) {
    std::vector<std::string> costs;
    for (const auto& [op, cost] : search.costs.given()) {
      costs.push_back(fmt::format("{}={}", spelling(op), cost));
    }
    line("costs", toml_text(fmt::format("{}", fmt::join(costs, ","))));
  }
  line("max_operations", fmt::to_string(search.max_operations));
  line("seed", fmt::to_string(search.seed));
  if (search.threads > 0) line("threads", fmt::to_string(search.threads));
  line("time", toml_text(search.seconds));
  text += evaluations_line(search.evaluations);
  line("baselines", experiment.baselines ? "true" : "false");
  if (experiment.from_nothing) line("from_nothing", "true");
  const evo::Parts& parts = search.parts;
  const auto off = [&](bool part, std::string_view key) {
    if (!part) line(key, "false");
  };
  off(parts.selection, "selection");
  if (parts.fitting != evo::Parts{}.fitting) {
    const auto row = std::ranges::find(kFittings, parts.fitting,
                                       &std::pair<evo::Fitting, std::string_view>::first);
    line("fitting", toml_text(std::string(row->second)));
  }
  off(parts.mutation, "mutation");
  off(parts.crossover, "crossover");
  off(parts.duplicate_detection, "duplicate_detection");
  return text;
}

std::string spelling(ir::Op op) {
  const ir::OpInfo& row = ir::info(op);
  return row.infix != 0 ? std::string(1, row.infix) : std::string(row.name);
}

}  // namespace ulpforge::runs
