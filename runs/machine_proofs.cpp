// Running machine programs at every float, and what is written about it.
#include "runs/machine_proofs.h"

#include <fmt/format.h>

#include <bit>
#include <chrono>

#include "evo/float_requirements.h"
#include "evo/short_sample.h"
#include "ir/expression.h"
#include "ir/interpret.h"
#include "jit/compiler.h"
#include "report/table.h"
#include "runs/machine_experiment.h"
#include "runs/version.h"
#include "system/error.h"
#include "system/files.h"
#include "targets/catalog.h"

namespace ulpforge::runs {
namespace {

namespace fs = std::filesystem;

/// A program at every number, and how long that took.
struct TimedRun {
  proof::Exhaustion found;
  double seconds = 0;
};

template <class ExactValues>
TimedRun timed_run(const ir::Program& program, const ExactValues& reference) {
  const auto start = std::chrono::steady_clock::now();
  TimedRun out{proof::exhaust(program, reference)};
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return out;
}

bool sound(const targets::Score& score) {
  return score.special_value_errors == 0 && score.zero_sign_errors == 0;
}

/// Rows for people and for programs.
class Report {
 public:
  explicit Report(const MachineFront& front) : front_(&front) {}

  void add(const std::string& name, std::size_t operations, std::optional<double> claimed,
           const TimedRun& run, const fs::path& certificate) {
    const targets::Score& score = run.found.score;
    json_["programs"].push_back({{"name", name},
                                 {"ops", operations},
                                 {"max_error", claimed ? Json(*claimed) : Json(score.max_ulp)},
                                 {"bound", score.max_ulp},
                                 {"seconds", run.seconds},
                                 {"worst_input", fmt::format("0x{:08x}", score.worst_input)},
                                 {"inputs", score.inputs},
                                 {"misrounded", score.misrounded},
                                 {"special_value_errors", score.special_value_errors},
                                 {"zero_sign_errors", score.zero_sign_errors},
                                 {"decided_by_mpfr", score.mpfr_calls},
                                 {"certificate", certificate.string()}});
    table_.add({name, proof::decimals_above(score.max_ulp), hex_input(*front_, score.worst_input),
                fmt::to_string(score.inputs), fmt::to_string(score.misrounded),
                fmt::to_string(score.special_value_errors + score.zero_sign_errors),
                fmt::to_string(score.mpfr_calls), fmt::format("{:.1f}", run.seconds),
                certificate.string()});
  }

  std::string text(const std::string& what, bool json) const {
    return json ? to_text(json_) : fmt::format("{}\n{}", what, table_.text());
  }

 private:
  const MachineFront* front_;
  Json json_ = {{"programs", Json::array()}};
  report::Table table_{{{"program", report::Align::Left},
                        {"max ULP", report::Align::Right},
                        {"at", report::Align::Left},
                        {"inputs", report::Align::Right},
                        {"misrounded", report::Align::Right},
                        {"special", report::Align::Right},
                        {"by MPFR", report::Align::Right},
                        {"seconds", report::Align::Right},
                        {"certificate", report::Align::Left}}};
};

std::string heading(const MachineFront& front) {
  const std::string numbers = front.format.empty() ? "floats" : front.format + " numbers";
  return fmt::format("{} in {} on {}, error in {} of the exact value, by exhaustion",
                     system::one_line(front.expression), numbers_text(front),
                     front.domain == "all" ? "all " + numbers : front.domain, unit_text(front));
}

/// Whether a run gave what the front says; special values have to be right.
bool agrees(const MachineFrontEntry& entry, const targets::Score& score) {
  return entry.max_ulp == score.max_ulp && entry.worst_input == score.worst_input &&
         entry.inputs == score.inputs && entry.misrounded == score.misrounded &&
         entry.above_one_ulp == score.above_one_ulp && sound(score);
}

int prove_float_program(const ProofRequest& request, const ir::Program& program,
                        const std::string& expression) {
  MachineFront front;
  front.expression = expression;
  front.domain = request.options.domain ? targets::to_string(*request.options.domain) : "all";
  front.results = results_of(request.options);
  const TimedRun run =
      timed_run(program, proof::float_reference(expression, request.options.domain, front.results));
  const fs::path certificate = certificate_file(request);
  system::write_file(certificate, proof::to_text(certificate_of(front, program, run.found)));
  Report report(front);
  report.add(request.file.stem().string(), program.code.size(), std::nullopt, run, certificate);
  system::print(report.text(heading(front), request.json));
  return system::kDone;
}

int prove_double_program(const ProofRequest& request, const ir::Program& program,
                         const std::string& expression) {
  const auto start = std::chrono::steady_clock::now();
  const proof::MachineDoubleBound found =
      proof::prove_machine_double(program, expression, request.options.domain);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (!found.proven && !found.gappa_missing) {
    throw system::BadRequest(fmt::format("{}: {}", request.file.string(), found.obstacle));
  }
  fs::path certificate;
  if (found.proven) {
    certificate = certificate_file(request);
    system::write_file(certificate, proof::to_text(proof::DoubleCertificate{
                                        std::string(kVersion), expression, request.options.domain,
                                        program, found}));
  } else {
    system::print_error(
        fmt::format("{}: no bound in ULP, the real-arithmetic part alone", found.obstacle));
  }
  const auto ulp = [&](double value) { return found.proven ? Json(value) : Json(nullptr); };
  const Json json = {
      {"programs",
       {{{"ops", program.code.size()},
         {"bound", ulp(found.bound)},
         {"bound_normal", ulp(found.bound_normal)},
         {"approximation", found.approximation},
         {"rounding", ulp(found.rounding)},
         {"reduced_argument", ulp(found.reduced)},
         {"argument_error", ulp(found.argument_error)},
         {"seconds", seconds},
         {"certificate", found.proven ? Json(certificate.string()) : Json(nullptr)}}}}};
  report::Table table({{"program", report::Align::Left},
                       {"ULP, proven", report::Align::Right},
                       {"normal results", report::Align::Right},
                       {"of it rounding", report::Align::Right},
                       {"kernel, relative", report::Align::Right},
                       {"|r|", report::Align::Right},
                       {"error of r", report::Align::Right},
                       {"seconds", report::Align::Right},
                       {"certificate", report::Align::Left}});
  const auto cell = [&](double value) {
    return found.proven ? proof::decimals_above(value) : std::string("-");
  };
  table.add({request.file.stem().string(), cell(found.bound), cell(found.bound_normal),
             cell(found.rounding), proof::decimals_above(found.approximation), cell(found.reduced),
             cell(found.argument_error), fmt::format("{:.1f}", seconds), certificate.string()});
  system::print(
      request.json
          ? to_text(json)
          : fmt::format("{} in f64 on {}, error in ULP of the exact value, by Taylor models and "
                        "Gappa\n{}",
                        system::one_line(expression),
                        request.options.domain ? targets::to_string(*request.options.domain)
                                               : std::string("all doubles"),
                        table.text()));
  return system::kDone;
}

}  // namespace

fs::path certificate_file(const ProofRequest& request) {
  fs::path file = request.out;
  if (file.empty()) {
    file = request.file;
    file.replace_extension(".cert.json");
  }
  return file;
}

proof::ExhaustiveCertificate certificate_of(const MachineFront& front, const ir::Program& program,
                                            const proof::Exhaustion& run) {
  return {std::string(kVersion), front.expression, domain_of(front), program, run,
          front.format,          front.results};
}

std::optional<std::string> find_certificate(const fs::path& run, const MachineFront& front,
                                            const MachineFrontEntry& entry) {
  const fs::path file =
      run / (entry.certificate.empty() ? certificate_name(entry.name) : entry.certificate);
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return std::nullopt;
  try {
    const proof::Certificate any = proof::read_certificate(file);
    const auto* certificate = std::get_if<proof::ExhaustiveCertificate>(&any);
    const bool fits =
        certificate != nullptr && certificate->expression == front.expression &&
        certificate->domain == domain_of(front) && certificate->format == front.format &&
        certificate->results == front.results && certificate->program == entry.program &&
        agrees(entry, certificate->run.score);
    return fits ? std::optional(proof::to_text(any)) : std::nullopt;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

namespace {

/// What the program does not satisfy, run at every float.
std::optional<std::string> broken_requirement(const ir::Program& program,
                                              const evo::FloatRequirements& requirements) {
  if (!requirements.any()) return std::nullopt;
  jit::Compiler compiler;
  const jit::Function function =
      compiler.compile(program, {.level = jit::OptimisationLevel::Full, .embed_constants = true});
  return requirements.find_break(
      [&](std::span<const float> x, std::span<float> y) { function(x, y); });
}

}  // namespace

namespace {

/// `broken(program)` says what of the front's constraints a program breaks.
template <class ExactValues, class Broken>
int prove_front(MachineFront& front, const ProofRequest& request, const ExactValues& reference,
                const Broken& broken) {
  const fs::path directory = request.out.empty() ? request.file.parent_path() : request.out;
  Report report(front);
  std::string obstacle;
  for (MachineFrontEntry& entry : front.programs) {
    const TimedRun run = timed_run(entry.program, reference);
    entry.proven = agrees(entry, run.found.score);
    if (!entry.proven && obstacle.empty()) {
      obstacle = fmt::format(
          "{}: the front says {:.9g} ULP at 0x{:08x} and {} misrounded, found were {:.9g} ULP at "
          "0x{:08x}, {} misrounded and {} wrong special values",
          entry.name, entry.max_ulp, entry.worst_input, entry.misrounded, run.found.score.max_ulp,
          run.found.score.worst_input, run.found.score.misrounded,
          run.found.score.special_value_errors + run.found.score.zero_sign_errors);
    }
    if (const auto what = broken(entry.program)) {
      entry.proven = false;
      if (obstacle.empty()) obstacle = fmt::format("{}: {}", entry.name, *what);
    }
    const fs::path certificate = directory / certificate_name(entry.name);
    fs::create_directories(certificate.parent_path());
    system::write_file(certificate,
                       proof::to_text(certificate_of(front, entry.program, run.found)));
    report.add(entry.name, entry.program.code.size(), entry.max_ulp, run, certificate);
  }
  if (request.out.empty()) system::write_file(request.file, to_text(to_json(front)));
  system::print(report.text(heading(front), request.json));
  if (obstacle.empty()) return system::kDone;
  system::print_error(obstacle);
  return system::kCheckFailed;
}

}  // namespace

int prove_machine_front(const ProofRequest& request) {
  MachineFront front = parse_machine_front(request.text, request.file.string());
  if (!front.format.empty()) {
    const targets::ShortValues values(ir::parse_expression(front.expression),
                                      numbers::parse_short_format(front.format), domain_of(front));
    return prove_front(front, request, values, [&](const ir::Program& program) {
      std::vector<float> y(values.size());
      ir::interpret<float, float>(program, values.x(), y);
      return evo::find_short_break(values, targets::rounded_results(values, y), front.constraints,
                                   front.exact);
    });
  }
  const targets::FloatReference reference =
      proof::float_reference(front.expression, domain_of(front), front.results);
  const evo::FloatRequirements requirements(reference, front.constraints, front.exact);
  return prove_front(front, request, reference, [&](const ir::Program& program) {
    return broken_requirement(program, requirements);
  });
}

int prove_machine_program(const ProofRequest& request, const ir::Program& program) {
  const Options& options = request.options;
  if (!options.target) {
    throw system::BadRequest(
        "a machine program needs --target (and --domain; without it every number)");
  }
  if (options.metric) {
    throw system::BadRequest("the error of a machine program is in ULP; leave --metric out");
  }
  Options plain;
  plain.target = options.target;
  plain.domain = options.domain;
  plain.format_out = options.format_out;
  plain.ulp_of = options.ulp_of;
  if (!(plain == options)) {
    throw system::BadRequest(
        "what a machine program satisfies is proven with its run; leave --weight, --exact, --odd, "
        "--even, --monotone and --constants out");
  }
  const targets::CatalogRow* row = targets::find_in_catalog(*options.target);
  const std::string expression = row == nullptr ? *options.target : std::string(row->expression);
  const ir::Type type = ir::result_type(program);
  if (program.inputs == 1 && program.input_types[0] == type) {
    if (type == ir::Type::F32) return prove_float_program(request, program, expression);
    if (type == ir::Type::F64) return prove_double_program(request, program, expression);
  }
  throw system::BadRequest(fmt::format(
      "{}: not a program of one f32 with an f32 for its result, nor of one f64 with an f64",
      request.file.string()));
}

}  // namespace ulpforge::runs
