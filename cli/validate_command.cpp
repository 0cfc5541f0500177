// ulpforge validate: how accurate an existing routine is.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <thread>

#include "cli/commands.h"
#include "report/table.h"
#include "runs/progress.h"
#include "system/error.h"
#include "system/files.h"
#include "system/interrupt.h"
#include "targets/exact/steps.h"
#include "validate/error_plot.h"
#include "validate/hunt_run.h"
#include "validate/library.h"
#include "validate/measurement.h"
#include "validate/report.h"
#include "validate/short_audit.h"
#include "validate/subject.h"

namespace ulpforge::cli {
namespace {

struct ValidateRequest {
  std::string library;
  std::string symbol;
  std::string header;
  std::string program;
  std::string signature;
  std::string target;
  std::string domain;
  std::string format;
  std::string pairs;
  std::vector<std::string> rounding = {"nearest"};
  std::string ulp_of = "exact";
  std::vector<std::string> compare;
  std::string resume;
  std::string csv;
  std::string html;
  double max_ulp = std::numeric_limits<double>::infinity();
  double timeout = 5;
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  std::optional<std::uint64_t> audit;
  std::uint64_t seed = 1;
  double hunt_seconds = 0;
  std::uint64_t hunt_evaluations = 0;
  std::string known;
  bool all = false;
  bool flags = false;
  bool quiet = false;
  std::shared_ptr<bool> json;
};

std::vector<targets::Rounding> roundings_of(const ValidateRequest& request) {
  std::vector<targets::Rounding> roundings;
  for (const std::string& text : request.rounding) {
    roundings.push_back(validate::parse_rounding(text));
  }
  return roundings;
}

/// Of --format: all directions of rounding to a short format.
std::vector<numbers::RoundTo> short_roundings_of(const ValidateRequest& request) {
  std::vector<numbers::RoundTo> roundings;
  for (const std::string& text : request.rounding) {
    const auto rounding = numbers::find_round_to(text);
    if (!rounding) {
      throw std::invalid_argument(fmt::format(
          "rounding '{}'; of short formats there are nearest, zero, up, down, away and odd", text));
    }
    roundings.push_back(*rounding);
  }
  return roundings;
}

/// Of --format and two arguments: where the routine is asked.
targets::PairSet pairs_of(const ValidateRequest& request) {
  if (request.pairs.empty()) return targets::PairSet::All;
  if (const auto set = targets::find_pair_set(request.pairs)) return *set;
  throw std::invalid_argument(
      fmt::format("unknown pairs '{}'; give all, finite (finite numbers with a finite exact value) "
                  "or normal (normal numbers, as the exact value, with a factor of two to spare)",
                  request.pairs));
}

validate::Subject subject_of(const ValidateRequest& request) {
  if (!request.header.empty()) return validate::header_subject(request.header, request.symbol);
  if (!request.program.empty()) {
    return request.format.empty()
               ? validate::program_subject(request.program)
               : validate::program_subject(request.program,
                                           numbers::parse_short_format(request.format));
  }
  if (request.library.empty() || request.symbol.empty()) {
    throw system::BadRequest(
        "what is to be validated? --lib FILE with --symbol NAME or --all, --header FILE, or "
        "--program FILE");
  }
  std::string signature = request.signature;
  if (!request.format.empty() && signature.empty() && !validate::read_symbol_name(request.symbol)) {
    signature = validate::usual_signature(numbers::parse_short_format(request.format),
                                          request.symbol, request.target);
  }
  return validate::library_subject(request.library, request.symbol, signature, request.target);
}

/// The largest error that is no failure: what was asked for, or 0 of an exact function, whose right
/// result has none.
double allowed_ulp(const ValidateRequest& request, const ir::Program& exact) {
  if (std::isfinite(request.max_ulp)) return request.max_ulp;
  return targets::due_ulp(exact) == 0 ? 0 : request.max_ulp;
}

/// Progress with time left, one step after the other.
class Meter {
 public:
  Meter(bool quiet, std::string symbol) : quiet_(quiet), symbol_(std::move(symbol)) {}

  void show(const validate::MeasurementProgress& progress) {
    const bool other = progress.step != step_ || progress.rounding != rounding_;
    if (!view_ || other) view_.emplace(quiet_, 0);
    step_ = progress.step;
    rounding_ = progress.rounding;
    std::string state = fmt::format("{}, {}: {:.0f} %", symbol_, name(), 100.0 * progress.share);
    if (progress.share_of_this_run > 0) {
      state += fmt::format(", {:.0f} s, about {:.0f} s left", progress.seconds,
                           progress.seconds / progress.share_of_this_run * (1 - progress.share));
    }
    view_->show(progress.seconds, state, "");
  }

 private:
  std::string_view name() const {
    using Step = validate::MeasurementProgress::Step;
    switch (step_) {
      case Step::Preparation:
        return "preparing exact values";
      case Step::Measurement:
        return validate::name(rounding_);
      case Step::Audit:
        break;
    }
    return "audit";
  }

  bool quiet_;
  std::string symbol_;
  std::optional<runs::ProgressView> view_;
  validate::MeasurementProgress::Step step_{};
  targets::Rounding rounding_{};
};

validate::Report measure(const validate::Subject& subject, const std::string& target,
                         const ValidateRequest& request, const std::stop_token& stop) {
  Meter meter(request.quiet, subject.symbol);
  return validate::measure_routine(
      {.subject = subject,
       .exact = validate::exact_function(target, subject),
       .domain = request.domain,
       .roundings = roundings_of(request),
       .ulp_of = validate::parse_ulp_of(request.ulp_of),
       .exceptions = request.flags,
       .timeout = request.timeout,
       .threads = request.threads,
       .audit = request.audit,
       .seed = request.seed,
       .resume = request.resume,
       .stop = stop,
       .progress = [&](const validate::MeasurementProgress& progress) { meter.show(progress); }});
}

/// Of a report on every float.
system::ExitCode verdict(const validate::Report& report, const ValidateRequest& request) {
  return report.audited.failures == 0 && !validate::depends_on_lanes(report) &&
                 validate::worst(report) <= allowed_ulp(request, report.program)
             ? system::kDone
             : system::kCheckFailed;
}

template <class Report>
void print(const Report& report, const ValidateRequest& request) {
  system::print(*request.json ? runs::to_text(validate::to_json(report))
                              : validate::to_text(report));
}

int measure_one(const validate::Subject& subject, const ValidateRequest& request,
                const system::Interrupt& interrupt) {
  const validate::Report report = measure(subject, request.target, request, interrupt.token());
  if (!request.csv.empty()) system::write_file(request.csv, validate::to_csv(report));
  if (!request.html.empty()) system::write_file(request.html, validate::to_html(report));
  print(report, request);
  return interrupt.requested() ? system::kInterrupted : verdict(report, request);
}

int measure_all(const ValidateRequest& request, const system::Interrupt& interrupt) {
  if (request.library.empty()) throw system::BadRequest("--all needs --lib");
  const validate::LibraryFile library =
      validate::read_library(validate::locate_library(request.library));
  runs::Json routines = runs::Json::array();
  report::Table table({{"symbol"},
                       {"max ULP", report::Align::Right},
                       {"worst input"},
                       {"misrounded", report::Align::Right},
                       {"above 1 ULP", report::Align::Right},
                       {"special", report::Align::Right},
                       {"seconds", report::Align::Right}});
  int code = system::kDone;
  for (const std::string& symbol : validate::catalog_symbols(library)) {
    const validate::Report report =
        measure(validate::library_subject(request.library, symbol, request.signature), "", request,
                interrupt.token());
    const validate::Figures all = validate::total(report.modes.front());
    table.add({symbol, fmt::format("{:.9g}", all.max_ulp), fmt::format("0x{:08x}", all.worst_input),
               fmt::to_string(all.misrounded), fmt::to_string(all.above_one_ulp),
               fmt::to_string(all.special_values.count), fmt::format("{:.1f}", report.seconds)});
    routines.push_back(validate::to_json(report));
    code = std::max<int>(code, verdict(report, request));
    if (interrupt.requested()) break;
  }
  if (routines.empty()) {
    throw system::BadRequest(
        fmt::format("{} exports no float function of the catalog", request.library));
  }
  system::print(*request.json ? runs::to_text(runs::Json{{"routines", routines}}) : table.text());
  return interrupt.requested() ? system::kInterrupted : code;
}

void refuse_flags_of_every_float(const validate::Subject& subject, const ValidateRequest& request) {
  for (const auto& [flag, given] : {std::pair{"--domain", !request.domain.empty()},
                                    {"--csv", !request.csv.empty()},
                                    {"--html", !request.html.empty()},
                                    {"--resume", !request.resume.empty()}}) {
    if (!given) continue;
    throw system::BadRequest(
        fmt::format("{} is for float(float), which is measured at every input; {} is {}", flag,
                    subject.symbol, validate::to_string(subject.callee.signature)));
  }
}

int hunt_one(const validate::Subject& subject, const ValidateRequest& request,
             const system::Interrupt& interrupt) {
  constexpr double kUsualSeconds = 60;
  validate::HuntRequest hunt{.subject = subject,
                             .exact = validate::exact_function(request.target, subject),
                             .options = {},
                             .timeout = request.timeout,
                             .known = request.known};
  refuse_flags_of_every_float(subject, request);
  validate::HuntOptions& options = hunt.options;
  hunt.exceptions = request.flags;
  const std::vector<targets::Rounding> roundings = roundings_of(request);
  const double share = 1 / static_cast<double>(roundings.size());
  options.ulp_of = validate::parse_ulp_of(request.ulp_of);
  options.seed = request.seed;
  if (request.audit) options.audit = *request.audit;
  options.threads = request.threads;
  options.stop = interrupt.token();
  // Several rounding modes share the limits.
  if (request.hunt_evaluations > 0) {
    options.evaluations = std::max<std::uint64_t>(request.hunt_evaluations / roundings.size(), 1);
  }
  const double seconds = request.hunt_seconds > 0 || request.hunt_evaluations > 0
                             ? request.hunt_seconds
                             : kUsualSeconds;
  options.seconds = seconds * share;
  runs::ProgressView view(request.quiet, 0);
  double before = 0;
  hunt.progress = [&](const validate::HuntResult& result) {
    const double done = options.seconds > 0 ? result.seconds / options.seconds
                                            : static_cast<double>(result.evaluations) /
                                                  static_cast<double>(options.evaluations);
    view.show(
        before + result.seconds,
        fmt::format("{}, {}: {:.0f} %, {:.0f} s, {:.3g} results, at least {:.6f} ULP",
                    subject.symbol, validate::name(options.rounding), 100 * std::min(done, 1.0),
                    result.seconds, static_cast<double>(result.evaluations),
                    result.records.empty() ? 0 : std::abs(result.records.back().error)),
        "");
  };
  std::vector<validate::HuntReport> reports;
  bool good = true;
  for (const targets::Rounding rounding : roundings) {
    options.rounding = rounding;
    reports.push_back(validate::hunt_routine(hunt));
    const validate::HuntReport& report = reports.back();
    before += report.result.seconds;
    good = good && report.result.audit_failures == 0 && report.lanes.different == 0 &&
           validate::worst(report) <= allowed_ulp(request, hunt.exact.program);
    if (interrupt.requested()) break;
  }
  view.end();
  print(reports, request);
  if (interrupt.requested()) return system::kInterrupted;
  return good ? system::kDone : system::kCheckFailed;
}

int compare_reports(const std::vector<std::string>& files) {
  std::vector<runs::Json> reports;
  for (const std::string& file : files) {
    reports.push_back(runs::Json::parse(system::read_file(file), nullptr, false));
    if (reports.back().is_discarded()) throw system::BadRequest(fmt::format("{} is no JSON", file));
  }
  system::print(validate::compare(reports[0], reports[1]));
  return system::kDone;
}

int audit_short(const ValidateRequest& request) {
  for (const auto& [flag, given] : {std::pair{"--csv", !request.csv.empty()},
                                    {"--html", !request.html.empty()},
                                    {"--resume", !request.resume.empty()},
                                    {"--known", !request.known.empty()},
                                    {"--flags", request.flags},
                                    {"--all", request.all},
                                    {"--ulp-of", request.ulp_of != "exact"}}) {
    if (given) {
      throw system::BadRequest(
          fmt::format("{} is not for --format, whose every input is measured; leave it out", flag));
    }
  }
  const numbers::ShortFormat format = numbers::parse_short_format(request.format);
  const std::vector<numbers::RoundTo> roundings = short_roundings_of(request);
  const targets::PairSet pairs = pairs_of(request);
  const system::Interrupt interrupt(
      [] { system::print_error("stopping; what was established follows"); });
  const validate::Subject subject = subject_of(request);
  runs::ProgressView view(request.quiet, 0);
  const auto start = std::chrono::steady_clock::now();
  const validate::ShortReport report = validate::audit_short(
      {.subject = subject,
       .exact = validate::exact_function(request.target, subject),
       .format = format,
       .domain = request.domain,
       .pairs = pairs,
       .roundings = roundings,
       .timeout = request.timeout,
       .threads = request.threads,
       .stop = interrupt.token(),
       .progress = [&](double share) {
         const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
         view.show(seconds.count(),
                   fmt::format("{}: {:.1f} %, {:.0f} s, about {:.0f} s left", subject.symbol,
                               100 * share, seconds.count(), seconds.count() / share * (1 - share)),
                   "");
       }});
  view.end();
  print(report, request);
  if (interrupt.requested()) return system::kInterrupted;
  return validate::worst(report) <= allowed_ulp(request, report.program) ? system::kDone
                                                                         : system::kCheckFailed;
}

int validate_routine(const ValidateRequest& request) {
  if (!request.compare.empty()) return compare_reports(request.compare);
  if (!request.format.empty()) return audit_short(request);
  if (!request.pairs.empty()) {
    throw system::BadRequest("--pairs is for two arguments of a short format; give --format too");
  }
  roundings_of(request);  // what is wrong shows before anything is compiled or loaded
  validate::parse_ulp_of(request.ulp_of);
  const system::Interrupt interrupt(
      [] { system::print_error("stopping; what was established follows"); });
  if (request.all) return measure_all(request, interrupt);
  const validate::Subject subject = subject_of(request);
  const validate::Signature& signature = subject.callee.signature;
  const bool every_float = signature.element == validate::Element::Float && signature.inputs == 1;
  return every_float ? measure_one(subject, request, interrupt)
                     : hunt_one(subject, request, interrupt);
}

}  // namespace

void add_validate(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "validate",
      "How accurate an existing routine is: every float, or a hunt for the worst double");
  const auto request = std::make_shared<ValidateRequest>();
  const auto text = [&](const char* flag, std::string& value, const char* help, const char* type) {
    return command->add_option(flag, value, help)->type_name(type);
  };
  text("--lib", request->library, "Shared library, as the dynamic linker finds it", "LIB");
  text("--symbol", request->symbol, "Function of the library or header", "NAME");
  command->add_flag("--all", request->all, "Every float function of the catalog that LIB exports");
  text("--header", request->header, "Emitted header; compiled with $CXX [c++]", "FILE");
  text("--program", request->program,
       "Text of an f32 program of Ulpforge; with --format also one of two patterns, 'input x: i32, "
       "y: i32'",
       "FILE");
  text("--signature", request->signature,
       "float(float), void(const float*, float*, size_t), float8(float8), uint16_t(uint16_t), "
       "__bf16(__bf16) [by the symbol's name; with --format by the format's width]",
       "TYPE");
  text("--target", request->target,
       "Exact function: catalog name or expression [by the symbol's name]", "TARGET");
  text("--domain", request->domain, "Measure these inputs alone [every float]", "LO,HI");
  text("--format", request->format,
       "Every input, or pair of inputs, of a short format: bf16, f16, f8e4m3, f8e5m2, tf32 or "
       "fEsM (E exponent and M significand bits, such as f6s9). The routine "
       "is of its patterns (uint16_t, uint8_t, __bf16, _Float16), or of float: then its results "
       "are rounded to the format",
       "FORMAT");
  text("--pairs", request->pairs,
       "With --format, of two arguments: the pairs that count: all, finite (finite numbers with a "
       "finite exact value) or normal (normal numbers, as the exact value, with a factor of two to "
       "spare) [all]",
       "SET");
  command
      ->add_option("--rounding", request->rounding,
                   "nearest, up, down, zero [nearest]; with --format also away and odd: what is "
                   "due of a routine that is called in rounding to nearest")
      ->delimiter(',')
      ->type_name("MODE,...");
  text("--ulp-of", request->ulp_of, "Whose binade gives the ULP: exact or rounded value [exact]",
       "VALUE");
  command->add_flag("--flags", request->flags,
                    "Check exceptions and errno too; slow; in a hunt at the directed inputs");
  command
      ->add_option("--max-ulp", request->max_ulp,
                   "Exit code 1 if an error is larger, or a special value or the sign of a zero "
                   "wrong [exact functions, such as fmod: 0; others: none]")
      ->type_name("ULP");
  command->add_option("--timeout", request->timeout, "Seconds for 1024 results [5]")
      ->check(CLI::PositiveNumber)
      ->type_name("SECONDS");
  command->add_option("--threads", request->threads, "Threads, each with a process [all]")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  command
      ->add_option("--audit", request->audit,
                   "Random inputs that MPFR checks [a million, or a hundredth of the domain]")
      ->type_name("N");
  command->add_option("--seed", request->seed, "Of the hunt and of the audit's inputs [1]")
      ->type_name("N");
  command
      ->add_option("--time", request->hunt_seconds,
                   "double and two arguments: seconds of the hunt [60]")
      ->check(CLI::PositiveNumber)
      ->type_name("SECONDS");
  command
      ->add_option("--evaluations", request->hunt_evaluations,
                   "The same in results of the routine; repeats exactly")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  text("--known", request->known,
       "File of bad inputs to begin the hunt with; the worst found is added", "FILE");
  text("--resume", request->resume,
       "File that keeps the run's place: made if it is not there, continued if it is", "FILE");
  text("--csv", request->csv, "Write the figures of each binade", "FILE");
  text("--html", request->html, "Write a page with the error over the domain", "FILE");
  command->add_option("--compare", request->compare, "Two reports of --json side by side")
      ->expected(2)
      ->type_name("REPORT");
  command->add_flag("--quiet", request->quiet, "No progress");
  request->json = add_json(*command);
  command->footer(
      "Examples: ulpforge validate --lib libm.so.6 --symbol expf --max-ulp 1\n"
      "          ulpforge validate --lib libm.so.6 --symbol exp --time 60 --seed 1\n"
      "          ulpforge validate --format bf16 --lib ./libmine.so --symbol my_tanh --target "
      "tanh\n"
      "          ulpforge validate --format f8e4m3 --lib ./libmine.so --symbol mul --target 'x*y'\n"
      "          ulpforge validate --format bf16 --program experiments/lmul/lmul_bf16.txt --target "
      "'x*y' --pairs normal");
  command->callback(
      [request, &action] { action = [request] { return validate_routine(*request); }; });
}

}  // namespace ulpforge::cli
