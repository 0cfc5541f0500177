// ulpforge validate: how accurate an existing routine is.
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "cli/commands.h"
#include "system/error.h"
#include "system/files.h"
#include "runs/front.h"
#include "cli/hunt_command.h"
#include "system/interrupt.h"
#include "runs/progress.h"
#include "report/table.h"
#include "emit/machine_header.h"
#include "ir/text.h"
#include "targets/catalog.h"
#include "ir/expression.h"
#include "targets/scores/pieces.h"
#include "validate/compiled_header.h"
#include "validate/error_plot.h"
#include "validate/exhaustive_run.h"
#include "validate/library.h"
#include "validate/report.h"
#include "validate/resume.h"

namespace ulpforge::cli {
namespace {

using numbers::Binary32;
using validate::Report;

struct ValidateRequest {
  std::string library;
  std::string symbol;
  std::string header;
  std::string program;
  std::string signature;
  std::string target;
  std::string domain;
  std::vector<std::string> rounding = {"nearest"};
  std::string ulp_of = "exact";
  std::vector<std::string> compare;
  std::string resume;
  std::string csv;
  std::string html;
  double max_ulp = std::numeric_limits<double>::infinity();
  double timeout = 5;
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  std::uint64_t audit = 1000000;
  std::uint64_t seed = 1;
  double hunt_seconds = 0;
  std::uint64_t hunt_evaluations = 0;
  std::string known;
  bool all = false;
  bool flags = false;
  bool quiet = false;
  std::shared_ptr<bool> json;
};

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// What is to be measured.
struct Subject {
  validate::Callee callee;
  std::shared_ptr<const void> owner;  ///< keeps a compiled library
  std::string source;
  std::string shown_symbol;
};

Subject subject_of_header(const std::filesystem::path& header, const std::string& name,
                          const std::string& source) {
  auto compiled = std::make_shared<validate::CompiledHeader>(header, name);
  return {compiled->callee(), compiled, source, name};
}

/// A machine program, by way of its header.
Subject subject_of_program(const std::string& file) {
  ir::Program program;
  try {
    program = ir::parse(system::read_file(file));
  } catch (const ir::TextError& error) {
    throw system::BadRequest(fmt::format("{}: {}", file, error.what()));
  }
  if (!ir::is_machine(program)) {
    throw system::BadRequest(fmt::format(
        "{}: a program over reals; emit it as a header, or `ulpforge prove` it", file));
  }
  std::string pattern = (std::filesystem::temp_directory_path() / "ulpforge-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw system::BadRequest("no temporary directory can be made");
  const std::filesystem::path header = std::filesystem::path(pattern) / "program.h";
  system::write_file(header, emit::emit_machine_header(program, {.name = "uf_program", .comment = {}}));
  const auto remove = [&] { std::filesystem::remove_all(pattern); };
  try {
    Subject subject = subject_of_header(header, "uf_program", file);
    remove();
    return subject;
  } catch (...) {
    remove();
    throw;
  }
}

Subject subject_of_library(const ValidateRequest& request, const std::string& symbol) {
  if (request.library.empty() || symbol.empty()) {
    throw system::BadRequest("what is to be validated? --lib FILE with --symbol NAME or --all, --header "
                     "FILE, or --program FILE");
  }
  Subject subject;
  subject.callee.library = validate::locate_library(request.library);
  subject.callee.symbol = subject.shown_symbol = symbol;
  const auto name = validate::read_symbol_name(symbol);
  if (!request.signature.empty()) {
    subject.callee.signature = validate::parse_signature(request.signature);
  } else if (name) {
    subject.callee.signature = name->signature;
  } else {
    throw system::BadRequest(fmt::format(
        "the name {} tells no signature; give --signature, such as float(float)", symbol));
  }
  return subject;
}

/// The catalog's row of that libm function, or nullptr.
const targets::CatalogRow* row_of_function(std::string_view function) {
  for (const targets::CatalogRow& row : targets::catalog()) {
    if (row.symbol == function && !function.empty()) return &row;
  }
  return nullptr;
}

struct Truth {
  std::string name;
  std::string expression;
  ir::Program program;
  targets::Parity parity = targets::Parity::None;
};

/// Of a function of two numbers: a name of the catalog or an expression in x and y.
Truth truth_of_pair(const std::string& target, const std::string& symbol) {
  Truth truth;
  truth.name = target;
  if (target.empty()) {
    const auto name = validate::read_symbol_name(symbol);
    truth.name = name ? name->function : symbol;
  }
  const targets::PairRow* const pair = targets::find_pair(truth.name);
  if (pair == nullptr && target.empty()) {
    throw system::BadRequest(fmt::format(
        "no target is known for {}; give --target: pow, atan2, hypot or an expression in x and y",
        symbol));
  }
  truth.expression = pair != nullptr ? std::string(pair->expression) : truth.name;
  truth.program = ir::parse_expression(truth.expression, 2);
  return truth;
}

Truth truth_of(const std::string& target, const std::string& symbol) {
  Truth truth;
  truth.name = target;
  if (target.empty()) {
    const auto name = validate::read_symbol_name(symbol);
    const targets::CatalogRow* row = name ? row_of_function(name->function) : nullptr;
    if (row == nullptr) {
      throw system::BadRequest(fmt::format(
          "no target is known for {}; give --target, a name of `ulpforge targets` or an expression",
          symbol));
    }
    truth.name = row->name;
  }
  if (const targets::CatalogRow* row = targets::find_in_catalog(truth.name)) {
    truth.expression = row->expression;
    truth.parity = row->parity;
  } else {
    if (truth.name.find('x') == std::string::npos) {
      // Its message names what is near.
      (void)targets::make_target(truth.name, targets::Domain{0, 1, false, false});
    }
    truth.expression = truth.name;
    for (const targets::CatalogRow& known : targets::catalog()) {
      if (known.expression == truth.expression) truth.parity = known.parity;
    }
  }
  truth.program = ir::parse_expression(truth.expression);
  return truth;
}

targets::UlpOf parse_ulp_of(const std::string& text) {
  if (text == "exact") return targets::UlpOf::Exact;
  if (text == "rounded") return targets::UlpOf::Rounded;
  throw system::BadRequest(fmt::format("--ulp-of {}; there are exact and rounded", text));
}

/// Progress with time left.
class Meter {
 public:
  Meter(bool quiet, std::string what) : view_(quiet, 0), what_(std::move(what)) {}

  void show(int done, int all) {
    if (done_at_start_ < 0) done_at_start_ = done - 1;
    const double seconds = seconds_now() - start_;
    const int fresh = done - done_at_start_;
    const double left = fresh > 0 ? seconds / fresh * (all - done) : 0;
    view_.show(seconds, fmt::format("{}: {:.0f} %, {:.0f} s, about {:.0f} s left", what_,
                                    100.0 * done / all, seconds, left),
               "");
  }
  void end() { view_.end(); }

 private:
  runs::ProgressView view_;
  std::string what_;
  double start_ = seconds_now();
  int done_at_start_ = -1;
};

validate::Identity identify(const Subject& subject, const Truth& truth,
                            const ValidateRequest& request) {
  const validate::LibraryFile file = validate::read_library(subject.callee.library);
  const validate::Symbol& symbol =
      validate::require_function(file, subject.callee.symbol, subject.callee.signature);
  validate::Identity id;
  // What was compiled for the occasion has a path that means nothing.
  id.library = subject.source.empty() ? file.path.string() : subject.source;
  id.sha256 = file.sha256;
  id.soname = file.soname;
  id.build_id = file.build_id;
  id.version = file.version;
  id.release = file.release;
  id.source = subject.source;
  id.symbol = subject.shown_symbol;
  id.signature = validate::to_string(subject.callee.signature);
  id.indirect = symbol.kind == validate::Symbol::Kind::Indirect;
  id.cpu = validate::describe_cpu();
  const char* const tunables = std::getenv("GLIBC_TUNABLES");
  id.tunables = tunables == nullptr ? "" : tunables;
  id.target = truth.name;
  id.expression = truth.expression;
  id.domain = request.domain;
  id.ulp_of = parse_ulp_of(request.ulp_of);
  return id;
}

/// Ranges of magnitudes for the domain, checked.
void apply_domain(const std::string& text, validate::ExhaustiveOptions& options) {
  if (text.empty()) return;
  const targets::Domain domain = targets::parse_domain(text);
  constexpr double kMost = std::numeric_limits<float>::max();
  if (std::abs(domain.lo) > kMost || std::abs(domain.hi) > kMost) {
    throw system::BadRequest(fmt::format("domain {} reaches beyond the numbers of float, 3.4028235e38",
                                 targets::to_string(domain)));
  }
  options.positive.reset();
  options.negative.reset();
  for (const targets::FloatRange& range : targets::floats_of(domain)) {
    const bool negative = Binary32::is_negative(range.first);
    (negative ? options.negative : options.positive) =
        targets::FloatRange{Binary32::magnitude(range.first), Binary32::magnitude(range.last)};
  }
  if (!options.positive && !options.negative) {
    throw system::BadRequest(fmt::format("domain {} holds no float", targets::to_string(domain)));
  }
}

std::vector<targets::FloatRange> finite_ranges(const validate::ExhaustiveOptions& options) {
  std::vector<targets::FloatRange> ranges;
  if (options.positive) {
    ranges.push_back({options.positive->first, std::min(options.positive->last, Binary32::kLargest)});
  }
  if (options.negative) {
    ranges.push_back({options.negative->first | Binary32::kSign,
                      std::min(options.negative->last, Binary32::kLargest) | Binary32::kSign});
  }
  return ranges;
}

Report measure_floats(const Subject& subject, const Truth& truth, const ValidateRequest& request,
                      const std::stop_token& stop) {
  const double start = seconds_now();
  Report report;
  report.identity = identify(subject, truth, request);
  report.program = truth.program;
  report.with_exceptions = request.flags;
  validate::ExhaustiveOptions options;
  options.ulp_of = report.identity.ulp_of;
  options.parity = truth.parity;
  options.exceptions = request.flags;
  apply_domain(request.domain, options);
  std::optional<validate::ResumeFile> place;
  if (!request.resume.empty()) {
    runs::Json what = validate::to_json(report.identity);
    what["flags"] = request.flags;
    place.emplace(request.resume, what);
  }
  // First of all: does it load?
  report.identity.code_offset = validate::Worker(subject.callee, request.timeout).code_offset();
  const targets::FloatReference reference(truth.program, finite_ranges(options));
  for (const std::string& rounding : request.rounding) {
    options.rounding = validate::parse_rounding(rounding);
    validate::ModeReport mode;
    mode.rounding = options.rounding;
    const double mode_start = seconds_now();
    double before = 0;
    if (place) {
      mode.binades = place->done(options.rounding);
      before = place->seconds(options.rounding);
    }
    Meter meter(request.quiet, fmt::format("{}, {}", subject.shown_symbol, rounding));
    int done = static_cast<int>(std::ranges::count_if(
        mode.binades, [](const auto& binade) { return binade.has_value(); }));
    validate::ExhaustiveRequest work;
    work.callee = subject.callee;
    work.options = options;
    work.timeout = request.timeout;
    work.threads = request.threads;
    work.stop = stop;
    work.on_binade = [&](const validate::BinadeFigures& binade) {
      if (place) place->add(options.rounding, binade, before + seconds_now() - mode_start);
      meter.show(++done, validate::kBinades);
    };
    mode.complete = validate::measure(reference, work, mode.binades);
    if (mode.complete) {
      validate::Worker worker(subject.callee, request.timeout);
      mode.edges = validate::monotonicity_at_edges(reference, worker, options);
    }
    meter.end();
    mode.seconds = before + seconds_now() - mode_start;
    report.modes.push_back(std::move(mode));
    if (stop.stop_requested()) break;
  }
  if (!stop.stop_requested() && request.audit > 0) {
    report.audited = validate::audit(reference, request.audit, request.seed, request.threads);
  }
  report.seconds = seconds_now() - start;
  return report;
}

int verdict(const Report& report, const ValidateRequest& request) {
  const bool failed_audit = report.audited.failures > 0;
  const double worst = validate::worst(report);
  return !failed_audit && worst <= request.max_ulp ? system::kDone : system::kCheckFailed;
}

void write_pages(const Report& report, const ValidateRequest& request) {
  if (!request.csv.empty()) system::write_file(request.csv, validate::to_csv(report));
  if (!request.html.empty()) system::write_file(request.html, validate::to_html(report));
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

int validate_all(const ValidateRequest& request, const system::Interrupt& interrupt) {
  if (request.library.empty()) throw system::BadRequest("--all needs --lib");
  const validate::LibraryFile file =
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
  for (const validate::Symbol& symbol : file.symbols) {
    const auto name = validate::read_symbol_name(symbol.name);
    if (!name || name->signature.element != validate::Element::Float ||
        name->signature.inputs != 1 || row_of_function(name->function) == nullptr ||
        !validate::missing_instruction_set(symbol.name, name->signature).empty()) {
      continue;
    }
    const Subject subject = subject_of_library(request, symbol.name);
    const Report report =
        measure_floats(subject, truth_of("", symbol.name), request, interrupt.token());
    const validate::Figures all = validate::total(report.modes.front());
    table.add({symbol.name, fmt::format("{:.9g}", all.max_ulp),
               fmt::format("0x{:08x}", all.worst_input), fmt::to_string(all.misrounded),
               fmt::to_string(all.above_one_ulp), fmt::to_string(all.special_values.count),
               fmt::format("{:.1f}", report.seconds)});
    routines.push_back(validate::to_json(report));
    code = std::max(code, verdict(report, request));
    if (interrupt.requested()) break;
  }
  if (routines.empty()) {
    throw system::BadRequest(fmt::format("{} exports no float function of the catalog", request.library));
  }
  system::print(*request.json ? runs::to_text(runs::Json{{"routines", routines}}) : table.text());
  return interrupt.requested() ? system::kInterrupted : code;
}

/// Too many inputs to try them all.
int hunt_one(const Subject& subject, const ValidateRequest& request, const system::Interrupt& interrupt) {
  const bool pair = subject.callee.signature.inputs == 2;
  const Truth truth = pair ? truth_of_pair(request.target, subject.shown_symbol)
                           : truth_of(request.target, subject.shown_symbol);
  for (const auto& [flag, given] :
       {std::pair{"--domain", !request.domain.empty()}, {"--flags", request.flags},
        {"--csv", !request.csv.empty()}, {"--html", !request.html.empty()},
        {"--resume", !request.resume.empty()}}) {
    if (!given) continue;
    throw system::BadRequest(fmt::format("{} is for float(float), which is measured at every input; {} is {}",
                                 flag, subject.shown_symbol,
                                 validate::to_string(subject.callee.signature)));
  }
  HuntRequest hunt;
  hunt.callee = subject.callee;
  hunt.identity = identify(subject, truth, request);
  hunt.program = truth.program;
  hunt.rounding = validate::parse_rounding(request.rounding.front());
  hunt.seconds = request.hunt_seconds;
  hunt.evaluations = request.hunt_evaluations;
  hunt.seed = request.seed;
  hunt.threads = request.threads;
  hunt.timeout = request.timeout;
  hunt.known = request.known;
  hunt.quiet = request.quiet;
  hunt.stop = interrupt.token();
  const validate::HuntReport report = hunt_routine(hunt);
  system::print(*request.json ? runs::to_text(validate::to_json(report)) : validate::to_text(report));
  if (interrupt.requested()) return system::kInterrupted;
  return report.result.audit_failures == 0 && validate::worst(report) <= request.max_ulp
             ? system::kDone
             : system::kCheckFailed;
}

int validate_one(const ValidateRequest& request, const system::Interrupt& interrupt) {
  Subject subject;
  if (!request.header.empty()) {
    const std::string name = request.symbol.empty()
                                 ? std::filesystem::path(request.header).stem().string()
                                 : request.symbol;
    subject = subject_of_header(request.header, name, request.header);
  } else if (!request.program.empty()) {
    subject = subject_of_program(request.program);
  } else {
    subject = subject_of_library(request, request.symbol);
  }
  const validate::Signature& signature = subject.callee.signature;
  validate::require_function(validate::read_library(subject.callee.library), subject.callee.symbol,
                             signature);
  if (signature.element != validate::Element::Float || signature.inputs != 1) {
    return hunt_one(subject, request, interrupt);
  }
  const Truth truth = truth_of(request.target, subject.shown_symbol);
  const Report report = measure_floats(subject, truth, request, interrupt.token());
  write_pages(report, request);
  system::print(*request.json ? runs::to_text(validate::to_json(report)) : validate::to_text(report));
  return interrupt.requested() ? system::kInterrupted : verdict(report, request);
}

int validate_routine(const ValidateRequest& request) {
  if (!request.compare.empty()) return compare_reports(request.compare);
  for (const std::string& rounding : request.rounding) validate::parse_rounding(rounding);
  parse_ulp_of(request.ulp_of);
  const system::Interrupt interrupt([] { system::print_error("stopping; what was established follows"); });
  return request.all ? validate_all(request, interrupt) : validate_one(request, interrupt);
}

}  // namespace

void add_validate(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "validate", "How accurate an existing routine is: every float, or a hunt for the worst double");
  const auto request = std::make_shared<ValidateRequest>();
  const auto text = [&](const char* flag, std::string& value, const char* help, const char* type) {
    return command->add_option(flag, value, help)->type_name(type);
  };
  text("--lib", request->library, "Shared library, as the dynamic linker finds it", "LIB");
  text("--symbol", request->symbol, "Function of the library or header", "NAME");
  command->add_flag("--all", request->all, "Every float function of the catalog that LIB exports");
  text("--header", request->header, "Emitted header; compiled with $CXX [c++]", "FILE");
  text("--program", request->program, "Text of an f32 program of Ulpforge", "FILE");
  text("--signature", request->signature,
       "float(float), void(const float*, float*, size_t), float8(float8) [by the symbol's name]",
       "TYPE");
  text("--target", request->target,
       "Exact function: catalog name or expression [by the symbol's name]", "TARGET");
  text("--domain", request->domain, "Measure these inputs alone [every float]", "LO,HI");
  command->add_option("--rounding", request->rounding, "nearest, up, down, zero [nearest]")
      ->delimiter(',')
      ->type_name("MODE,...");
  text("--ulp-of", request->ulp_of, "Whose binade gives the ULP: exact or rounded value [exact]",
       "VALUE");
  command->add_flag("--flags", request->flags, "Check exceptions and errno too; slow");
  command->add_option("--max-ulp", request->max_ulp,
                      "Exit code 1 if an error is larger, or a special value wrong")
      ->type_name("ULP");
  command->add_option("--timeout", request->timeout, "Seconds for 1024 results [5]")
      ->check(CLI::PositiveNumber)
      ->type_name("SECONDS");
  command->add_option("--threads", request->threads, "Threads, each with a process [all]")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  command->add_option("--audit", request->audit, "Random inputs that MPFR checks [1000000]")
      ->type_name("N");
  command->add_option("--seed", request->seed, "Of the hunt and of the audit's inputs [1]")->type_name("N");
  command->add_option("--time", request->hunt_seconds,
                      "double and two arguments: seconds of the hunt [60]")
      ->check(CLI::PositiveNumber)
      ->type_name("SECONDS");
  command->add_option("--evaluations", request->hunt_evaluations,
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
      ->type_name("A.json B.json");
  command->add_flag("--quiet", request->quiet, "No progress");
  request->json = add_json(*command);
  command->footer(
      "Examples: ulpforge validate --lib libm.so.6 --symbol expf --max-ulp 1\n"
      "          ulpforge validate --lib libm.so.6 --symbol exp --time 60 --seed 1");
  command->callback([request, &action] { action = [request] { return validate_routine(*request); }; });
}

}  // namespace ulpforge::cli
