// Settings of searches over f32 programs.
#include "runs/machine_experiment.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "evo/kernel_breeder.h"
#include "evo/requirements.h"
#include "ir/expression.h"
#include "numbers/short_format.h"
#include "parallel/parallel.h"
#include "runs/toml_text.h"
#include "targets/catalog.h"
#include "targets/exact/ulp.h"
#include "targets/schemes/composed.h"

namespace ulpforge::runs {
namespace {

constexpr double kDefaultSeconds = 120;

jit::Isa parse_isa(const std::string& text) {
  if (const auto isa = jit::find_isa(text)) return *isa;
  std::vector<std::string_view> known;
  for (const jit::Isa isa : jit::isas()) known.push_back(jit::name(isa));
  throw std::invalid_argument(
      fmt::format("unknown isa '{}'; give {}", text, fmt::join(known, ", ")));
}

jit::Processor parse_processor(const std::string& text) {
  if (const auto processor = jit::find_processor(text)) return *processor;
  throw std::invalid_argument(fmt::format("unknown processor '{}'; give {}", text,
                                          fmt::join(jit::processor_names(), " or ")));
}

/// The vectors that pay, as far as this machine has them: what is found is timed here. Of another
/// architecture none can be.
jit::Isa usual_isa(jit::Processor processor) {
  const jit::Isa preferred = jit::preferred_isa(processor);
  return jit::host_has(preferred) || !jit::has(processor, jit::host_isa()) ? preferred
                                                                           : jit::host_isa();
}

/// The processor whose cycles are counted, and what for: what was said, or what goes with it.
std::pair<jit::Processor, jit::Isa> costs_of(const Options& options) {
  if (!options.processor) {
    const jit::Isa isa = options.isa ? parse_isa(*options.isa) : usual_isa(jit::host_processor());
    return {jit::processor_with(isa, jit::host_processor()), isa};
  }
  const jit::Processor processor = parse_processor(*options.processor);
  const jit::Isa isa = options.isa ? parse_isa(*options.isa) : usual_isa(processor);
  if (!jit::has(processor, isa)) {
    throw std::invalid_argument(fmt::format("processor '{}' has no {}; give {}", *options.processor,
                                            jit::name(isa), jit::processors_with(isa)));
  }
  return {processor, isa};
}

/// Tables in memory are what single numbers are computed by, where there is such a scheme; vectors
/// would have to gather from them, and nearly always have some number for rare code.
void choose_by_isa(std::vector<targets::Scheme>& schemes, jit::Isa isa) {
  const auto is_for = [&](const targets::Scheme& scheme) {
    return targets::is_for_single_calls(scheme) == jit::is_scalar(isa);
  };
  if (std::ranges::none_of(schemes, is_for)) return;
  std::erase_if(schemes, std::not_fn(is_for));
}

/// Keeps those that are named, in the order of the table.
void choose_schemes(std::vector<targets::Scheme>& schemes, const std::vector<std::string>& chosen,
                    const std::string& what) {
  for (const std::string& name : chosen) {
    const auto named = [&](const auto& scheme) { return targets::is_named(name, scheme.name); };
    if (std::ranges::any_of(schemes, named)) continue;
    std::vector<std::string_view> known;
    for (const targets::Scheme& scheme : schemes) known.push_back(scheme.name);
    throw std::invalid_argument(
        fmt::format("'{}' has no scheme '{}'; it has {}", what, name, fmt::join(known, ", ")));
  }
  std::erase_if(schemes, [&](const targets::Scheme& scheme) {
    return std::ranges::none_of(
        chosen, [&](const auto& name) { return targets::is_named(name, scheme.name); });
  });
}

void refuse_real_settings(const Options& options) {
  const auto refuse = [&](bool given, const char* key) {
    if (!given) return;
    throw std::invalid_argument(
        fmt::format("{} belongs to the real regime; leave it out with regime {}", key,
                    options.format.value_or("f32")));
  };
  refuse(options.operations.has_value(), "operations");
  refuse(options.max_operations.has_value(), "max_operations");
  refuse(options.costs.has_value(), "costs");
  refuse(options.weight.has_value(), "weight");
  refuse(options.constants.has_value(), "constants");
  refuse(options.from_nothing.has_value(), "from_nothing");
  refuse(options.selection || options.fitting || options.mutation || options.crossover ||
             options.duplicate_detection,
         "an ablation (selection, fitting, mutation, crossover, duplicate_detection)");
  if (options.pairs || options.objective) {
    throw std::invalid_argument(
        "pairs and objective are for two arguments of a short format; leave them out");
  }
  refuse(options.metric.has_value() && *options.metric != targets::Metric::UlpF32, "metric");
}

/// What is asked of programs has to have a meaning for the target; whether that is monotone, the
/// search sees.
void demand_meaning(const MachineExperiment& experiment) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  targets::Target target;
  target.expression = experiment.expression;
  target.program = experiment.target;
  target.domain = experiment.domain.value_or(targets::Domain{-kInfinity, kInfinity});
  target.metric = targets::Metric::Absolute;
  target.exact = experiment.search.exact;
  evo::check_constraints(target, experiment.search.constraints);
}

/// A search over a short format needs less of the search over real numbers: its kernels are good to
/// a few bits.
constexpr std::uint64_t kShortRealEvaluations = 100'000;
/// 2^-4 of a bf16 value.
constexpr double kShortLoosestUlp = 16;

/// The format that programs take, where that is no float.
std::optional<std::string> short_format_of(const Options& options) {
  std::string regime = regime_of(options) == Regime::F32 ? "f32"
                       : options.format                  ? *options.format
                                                         : options.format_in.value_or("f32");
  if (options.format_in && *options.format_in != regime) {
    throw std::invalid_argument(
        fmt::format("regime {} and format_in {} are two different formats; give one of them",
                    regime, *options.format_in));
  }
  if (regime == "f32") return std::nullopt;
  for (const auto& [key, format] :
       {std::pair("format_out", options.format_out), std::pair("ulp_of", options.ulp_of)}) {
    if (!format || *format == regime) continue;
    throw std::invalid_argument(fmt::format(
        "{} {}: results of programs from {} are {}, too; leave it out, or give format_in f32", key,
        *format, regime, regime));
  }
  return regime;
}

/// Schemes and limits for results that are good to the format of the values.
void suit_short(MachineExperiment& experiment, const targets::ShortValues& values) {
  targets::ArgumentBounds bounds;
  if (!experiment.domain) {
    const targets::SimpleEnds ends = targets::simple_ends(values);
    bounds = {ends.low, ends.high, ends.itself_from};
  }
  experiment.schemes = targets::schemes_in_float(experiment.what, experiment.expression, bounds);
  experiment.search.real_evaluations = kShortRealEvaluations;
  experiment.search.loosest_ulp = kShortLoosestUlp;
}

/// The exact values at every number, and the schemes that suit them.
void prepare_short(MachineExperiment& experiment, const std::string& format, int threads) {
  const numbers::ShortFormat row = numbers::parse_short_format(format);
  experiment.values = parallel::with_threads(threads, [&] {
    return std::make_shared<const targets::ShortValues>(experiment.target, row, experiment.domain);
  });
  if (experiment.values->size() < 2) {
    throw std::invalid_argument(fmt::format("domain {} holds too few numbers of {}",
                                            targets::to_string(*experiment.domain), row.name()));
  }
  suit_short(experiment, *experiment.values);
}

/// Schemes that suit floats whose results are good to a short format: those of that format. Far out
/// a function is as simple as it is there, but for what its results are at the ends themselves.
void prepare_results(MachineExperiment& experiment, int threads) {
  const numbers::ShortFormat row = numbers::parse_short_format(experiment.results.unit());
  const targets::ShortValues values = parallel::with_threads(
      threads, [&] { return targets::ShortValues(experiment.target, row, experiment.domain); });
  suit_short(experiment, values);
}

void demand_numbers(const std::vector<double>& points, const numbers::ShortFormat& format) {
  for (const double x : points) {
    const double nearest = format.value(format.round(x));
    if (nearest == x) continue;
    throw std::invalid_argument(fmt::format(
        "exact: {} is no number of {}; give {}, the nearest one", x, format.name(), nearest));
  }
}

/// The accuracy in ULP of a format. An ULP is at most 2^(1 - precision) of a normal number.
double ulp_of(const Accuracy& accuracy, int precision) {
  const double ulp = accuracy.is_share ? std::ldexp(accuracy.error, precision - 1) : accuracy.error;
  if (ulp >= targets::kCorrectlyRounded) return ulp;
  throw std::invalid_argument(
      accuracy.is_share
          ? fmt::format("accuracy '{}' is more than the format has; give at most {}bits, which is "
                        "correct rounding",
                        accuracy.text, precision)
          : fmt::format("accuracy '{}' is in ULP; give at least 0.5, which is correct rounding",
                        accuracy.text));
}

void demand_floats(const std::vector<double>& points) {
  for (const double x : points) {
    const auto nearest = static_cast<float>(x);
    if (nearest == x) continue;
    throw std::invalid_argument(fmt::format("exact: {} is no float; give {}, the nearest one", x,
                                            static_cast<double>(nearest)));
  }
}

}  // namespace

targets::ResultChoice results_of(const Options& options) {
  const auto choice = [](const std::optional<std::string>& format) {
    return format && *format != "f32" ? *format : std::string();
  };
  targets::ResultChoice results{choice(options.format_out), choice(options.ulp_of)};
  if (options.ulp_of == "f32" && !results.format_out.empty()) {
    throw std::invalid_argument(
        fmt::format("ulp_of f32: results of {} are counted in ULP of {}; leave it out",
                    results.format_out, results.format_out));
  }
  if (results.ulp_of == results.format_out) results.ulp_of.clear();
  targets::result_format(results);
  return results;
}

MachineExperiment make_machine_experiment(const Options& options) {
  if (!options.target) {
    throw std::invalid_argument(
        "no target; give --target, a name that 'ulpforge targets' lists or an expression in x");
  }
  refuse_real_settings(options);
  MachineExperiment experiment;
  experiment.what = *options.target;
  experiment.domain = options.domain;
  experiment.expression = targets::expression_of(experiment.what);
  experiment.target = ir::parse_expression(experiment.expression);
  if (const auto format = short_format_of(options)) {
    prepare_short(experiment, *format, options.threads.value_or(0));
  } else if (experiment.results = results_of(options); !experiment.results.is_float()) {
    prepare_results(experiment, options.threads.value_or(0));
  } else {
    experiment.schemes = targets::schemes_of(experiment.what);
  }
  // A program for an unbounded interval as a whole would need a substitution.
  if (experiment.domain && experiment.domain->is_bounded()) {
    const targets::Target target =
        targets::make_target(experiment.what, experiment.domain, targets::Metric::Relative);
    experiment.schemes.push_back(targets::whole_function(target));
  }
  if (experiment.schemes.empty()) {
    throw std::invalid_argument(
        experiment.domain
            ? fmt::format(
                  "'{}' has no range reduction to all floats; give --domain two finite ends",
                  experiment.what)
            : fmt::format("'{}' has no range reduction to all floats; give the interval with "
                          "--domain",
                          experiment.what));
  }
  const auto [processor, isa] = costs_of(options);
  if (options.schemes) {
    choose_schemes(experiment.schemes, *options.schemes, experiment.what);
    experiment.all_schemes = false;
  } else {
    choose_by_isa(experiment.schemes, isa);
  }
  if (experiment.values) {
    experiment.schemes.push_back(evo::whole_programs_scheme(experiment.schemes.front()));
  }
  evo::MachineConfig& search = experiment.search;
  search.constraints = constraints_of(options);
  search.exact = options.exact.value_or(std::vector<double>{});
  if (experiment.values) {
    demand_numbers(search.exact, experiment.values->format());
  } else {
    demand_floats(search.exact);
  }
  demand_meaning(experiment);
  search.seed = options.seed.value_or(search.seed);
  search.threads = options.threads.value_or(search.threads);
  search.children = options.evaluations.value_or(search.children);
  search.course = options.course;
  search.seconds = options.time.value_or(options.evaluations || options.course
                                             ? std::numeric_limits<double>::infinity()
                                             : kDefaultSeconds);
  search.loosest_ulp = options.loosest_ulp.value_or(search.loosest_ulp);
  if (options.accuracy) {
    const int precision = experiment.values
                              ? experiment.values->format().row().precision
                              : targets::result_format(experiment.results).row.precision;
    experiment.accuracy = options.accuracy;
    search.accuracy = ulp_of(*options.accuracy, precision);
    // The front leaves out what has exactly that error.
    search.loosest_ulp = std::max(search.loosest_ulp, 2 * search.accuracy);
  }
  search.isa = isa;
  search.cost_model = options.cost_model.value_or(search.cost_model);
  search.processor = processor;
  return experiment;
}

std::string regime_name(const MachineExperiment& experiment) {
  return experiment.values ? experiment.values->format().name() : "f32";
}

std::string domain_text(const MachineExperiment& experiment) {
  return experiment.domain ? targets::to_string(*experiment.domain) : "all";
}

std::string to_toml(const MachineExperiment& experiment) {
  const evo::MachineConfig& search = experiment.search;
  std::string text;
  const auto line = [&](std::string_view key, const std::string& value) {
    text += fmt::format("{} = {}\n", key, value);
  };
  line("regime", toml_text(regime_name(experiment)));
  if (!experiment.results.format_out.empty()) {
    line("format_out", toml_text(experiment.results.format_out));
  }
  if (!experiment.results.ulp_of.empty()) line("ulp_of", toml_text(experiment.results.ulp_of));
  line("target", toml_text(experiment.what));
  if (experiment.domain) line("domain", toml_text(targets::to_string(*experiment.domain)));
  line("seed", fmt::to_string(search.seed));
  if (search.threads > 0) line("threads", fmt::to_string(search.threads));
  line("time", toml_text(search.seconds));
  text += evaluations_line(search.children);
  if (search.course) line("course", toml_text(evo::to_text(*search.course)));
  line("loosest_ulp", toml_text(search.loosest_ulp));
  if (experiment.accuracy) line("accuracy", toml_text(experiment.accuracy->text));
  if (!search.exact.empty()) {
    line("exact", toml_text(fmt::format("{}", fmt::join(search.exact, ","))));
  }
  if (search.constraints.parity != targets::Parity::None) {
    line(targets::name(search.constraints.parity), "true");
  }
  if (search.constraints.monotone) line("monotone", "true");
  if (!experiment.all_schemes) {
    std::vector<std::string> names;
    for (const targets::Scheme& scheme : experiment.schemes) {
      if (scheme.name != evo::kWholePrograms) names.push_back(toml_text(scheme.name));
    }
    line("schemes", fmt::format("[{}]", fmt::join(names, ", ")));
  }
  line("isa", toml_text(std::string(jit::name(search.isa))));
  line("processor", toml_text(std::string(jit::name(search.processor))));
  if (search.cost_model != jit::CostModel::Cycles) {
    line("cost_model", toml_text(std::string(jit::name(search.cost_model))));
  }
  return text;
}

}  // namespace ulpforge::runs
