// ulpforge prove: rigorous bounds for a program or a whole run. ulpforge check: certificates.
#include <fmt/format.h>

#include <cmath>
#include <filesystem>

#include "cli/commands.h"
#include "system/error.h"
#include "system/files.h"
#include "runs/front.h"
#include "runs/machine_proofs.h"
#include "runs/proofs.h"
#include "report/table.h"
#include "ir/text.h"
#include "proof/gappa.h"

namespace ulpforge::cli {
namespace {

struct ProveRequest {
  std::string file;
  std::string out;
  std::shared_ptr<runs::Options> options = std::make_shared<runs::Options>();
  std::shared_ptr<bool> json;
  bool in_double = false;
};

runs::Json bound_json(const proof::Bound& bound) { return bound.proven ? runs::number(bound.bound) : nullptr; }

runs::Json proof_json(int operations, const runs::Proof& proof, const std::string& certificate) {
  runs::Json json;
  json["ops"] = operations;
  json["max_error"] = runs::number(proof.max_error);
  json["bound"] = bound_json(proof.bound);
  json["bound_full_constants"] = bound_json(proof.bound_full);
  json["attained"] = runs::number(proof.bound.attained);
  json["worst_x"] = proof.bound.worst_x;
  json["seconds"] = proof.seconds;
  if (proof.in_double) {
    const proof::DoubleBound& bound = *proof.in_double;
    json["bound_in_double"] = bound.proven ? runs::number(bound.bound) : runs::Json(nullptr);
    json["rounding_in_double"] = bound.proven ? runs::number(bound.rounding) : runs::Json(nullptr);
    json["obstacle_in_double"] = bound.proven ? runs::Json(nullptr) : runs::Json(bound.obstacle);
  }
  json["obstacle"] = proof.bound.proven ? runs::Json(nullptr) : runs::Json(proof.bound.obstacle);
  json["certificate"] = certificate.empty() ? runs::Json(nullptr) : runs::Json(certificate);
  return json;
}

/// Proves programs one after the other, and shows what came of it.
class Report {
 public:
  Report(const targets::Target& target, bool in_double)
      : target_(target), verifier_(target), in_double_(in_double) {}

  /// Proves and, when that succeeds, writes the certificate.
  void add(const ir::Program& program, int operations, const std::filesystem::path& certificate) {
    runs::Proof proof = runs::prove_program(program, target_, verifier_);
    std::string written;
    if (in_double_) proof.in_double = bound_in_double(proof.emitted);
    if (proof.bound.proven) {
      system::write_file(certificate, proof::to_text(runs::certificate_of(proof, target_)));
      written = certificate.string();
    } else if (obstacle_.empty()) {
      obstacle_ = fmt::format("{}: {}", report::counted(operations, "operation"), proof.bound.obstacle);
    }
    json_["programs"].push_back(proof_json(operations, proof, written));
    const auto cell = [](const proof::Bound& bound) {
      return bound.proven ? proof::decimals_above(bound.bound) : std::string("-");
    };
    table_.add({fmt::to_string(operations), fmt::format("{:.3e}", proof.max_error),
                cell(proof.bound),
                proof.bound.proven ? fmt::format("{:.4f}", proof.bound.bound / proof.max_error)
                                   : std::string("-"),
                cell(proof.bound_full), fmt::format("{:.3f}", proof.seconds),
                proof.in_double ? in_double_cell(*proof.in_double) : "",
                proof.bound.proven ? written : proof.bound.obstacle});
  }

  std::string text(bool json) const {
    if (json) return runs::to_text(json_);
    return fmt::format("{} on {}, {} error, constants as in emitted code\n{}", target_.expression,
                       targets::to_string(target_.domain), targets::name(target_.metric),
                       table_.text());
  }
  const runs::Json& json() const { return json_; }
  /// Why a program could not be proven, or "".
  const std::string& obstacle() const { return obstacle_; }

 private:
  /// Without Gappa the real part stands alone, and the user is told once.
  std::optional<proof::DoubleBound> bound_in_double(const ir::Program& program) {
    try {
      return proof::prove_in_format(program, target_);
    } catch (const proof::GappaMissing& missing) {
      if (!told_of_gappa_) {
        system::print_error(fmt::format("{}: no bounds in double, the bounds in real arithmetic alone",
                                missing.what()));
      }
      told_of_gappa_ = true;
      return std::nullopt;
    }
  }

  std::string in_double_cell(const proof::DoubleBound& bound) const {
    if (!bound.proven) return "-";
    const bool absolute = target_.metric == targets::Metric::Absolute;
    return proof::decimals_above(bound.bound) + (absolute ? "" : " ULP");
  }

  targets::Target target_;
  targets::Verifier verifier_;
  runs::Json json_ = {{"programs", runs::Json::array()}};
  report::Table table_{{{"ops", report::Align::Right},
                {"sampled", report::Align::Right},
                {"proven", report::Align::Right},
                {"ratio", report::Align::Right},
                {"proven, hi + lo", report::Align::Right},
                {"seconds", report::Align::Right},
                {"in double", report::Align::Right},
                {"certificate", report::Align::Left}}};
  std::string obstacle_;
  bool in_double_;
  bool told_of_gappa_ = false;
};

ir::Program parse_program(const std::string& text, const std::string& source) {
  try {
    return ir::parse(text);
  } catch (const ir::TextError& error) {
    throw system::BadRequest(fmt::format("{}: {}", source, error.what()));
  }
}

/// The text of a front.json with what is proven about its programs.
std::string with_bounds(const std::string& front, const runs::Json& proofs) {
  runs::Json json = runs::Json::parse(front);
  for (std::size_t i = 0; i < json["programs"].size(); ++i) {
    for (const char* key : {"bound", "bound_full_constants"}) {
      json["programs"][i][key] = proofs["programs"][i][key];
    }
  }
  return runs::to_text(json);
}

int prove_front(const ProveRequest& request, const std::filesystem::path& file,
                const std::string& text) {
  const runs::Front front = runs::parse_front(text, file.string());
  const targets::Target target =
      targets::make_target(front.expression, front.domain, targets::find_metric(front.metric));
  const std::filesystem::path directory =
      request.out.empty() ? file.parent_path() : std::filesystem::path(request.out);
  Report report(target, request.in_double);
  for (const runs::FrontEntry& entry : front.programs) {
    report.add(entry.program, entry.operations, directory / runs::certificate_name(entry.operations));
  }
  if (request.out.empty()) system::write_file(file, with_bounds(text, report.json()));
  system::print(report.text(*request.json));
  if (report.obstacle().empty()) return system::kDone;
  system::print_error(report.obstacle());
  return system::kCheckFailed;
}

runs::MachineProofRequest machine_request(const ProveRequest& request, const std::filesystem::path& file,
                                    const std::string& text) {
  return {file, text, request.out, *request.options, *request.json};
}

void refuse_double(const ProveRequest& request) {
  if (!request.in_double) return;
  throw system::BadRequest("--double goes with programs over real numbers; a machine program has its type");
}

int prove_single(const ProveRequest& request, const std::filesystem::path& file,
                 const std::string& text) {
  const ir::Program program = parse_program(text, file.string());
  if (ir::is_machine(program)) {
    refuse_double(request);
    return runs::prove_machine_program(machine_request(request, file, text), program);
  }
  if (!request.options->target) {
    throw system::BadRequest("a program needs --target (and --domain, --metric) to be proven against");
  }
  Report report(runs::make_target(*request.options), request.in_double);
  std::filesystem::path certificate = file;
  certificate.replace_extension(".cert.json");
  if (!request.out.empty()) certificate = request.out;
  report.add(program, static_cast<int>(program.code.size()), certificate);
  if (!report.obstacle().empty()) {
    if (*request.json) system::print(report.text(true));
    throw system::BadRequest(fmt::format("{}: {}", file.string(), report.obstacle()));
  }
  system::print(report.text(*request.json));
  return system::kDone;
}

int prove(const ProveRequest& request) {
  std::filesystem::path file = request.file;
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) file /= "front.json";
  const std::string text = system::read_file(file);
  const auto first = text.find_first_not_of(" \t\r\n");
  const bool front = first != std::string::npos && text[first] == '{';
  if (!front) return prove_single(request, file, text);
  const runs::Options& options = *request.options;
  if (options.target || options.domain || options.metric) {
    throw system::BadRequest("a run has its target: --target, --domain and --metric go with a program");
  }
  const runs::Json json = runs::Json::parse(text, nullptr, false);
  if (json.is_object() && runs::is_machine_front(json)) {
    refuse_double(request);
    return runs::prove_machine_front(machine_request(request, file, text));
  }
  return prove_front(request, file, text);
}

int check(const std::string& file, bool json) {
  const proof::Certificate certificate = proof::parse_certificate(system::read_file(file), file);
  const proof::Verdict verdict = proof::check(certificate);
  if (json) {
    system::print(runs::to_text(runs::Json{{"certificate", file},
                       {"holds", verdict.holds},
                       {"statement", proof::statement(certificate)},
                       {"reason", verdict.reason}}));
  } else if (verdict.holds) {
    const auto* real = std::get_if<proof::RealCertificate>(&certificate);
    const std::string in_double = real == nullptr ? "" : proof::statement_in_double(*real);
    system::print(fmt::format("{}\n{}{}{}\n", proof::statement(certificate), in_double,
                      in_double.empty() ? "" : "\n", verdict.reason));
  }
  if (verdict.holds) return system::kDone;
  system::print_error(fmt::format("{}: {}", file, verdict.reason));
  return system::kCheckFailed;
}

}  // namespace

void add_prove(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "prove",
      "Rigorous bounds on the error of a program or of a run's programs, with certificates");
  const auto request = std::make_shared<ProveRequest>();
  command->add_option("file", request->file, "Run directory, front.json or program text")
      ->required()
      ->type_name("FILE");
  add_flags(*command, {"target", "domain", "metric"}, request->options);
  command
      ->add_option("--out", request->out,
                   "Where to write: a certificate, or for a run the directory that gets programs/ "
                   "[beside what is proven]")
      ->type_name("PATH");
  command->add_flag("--double", request->in_double,
                    "Also bound the error of the emitted code as it runs in double, rounding "
                    "included, with Gappa");
  command->footer(
      "Examples: ulpforge prove runs/exp2_real\n"
      "          ulpforge prove p.txt --target exp2 --domain 0,1 --double");
  request->json = add_json(*command);
  command->callback([request, &action] { action = [request] { return prove(*request); }; });
}

void add_check(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("check", "Prove what a certificate says once more, from nothing");
  const auto file = std::make_shared<std::string>();
  command->add_option("certificate", *file, "Certificate")->required()->type_name("CERT");
  command->footer("Example: ulpforge check runs/exp2_real/programs/10.cert.json");
  const auto json = add_json(*command);
  command->callback(
      [file, json, &action] { action = [file, json] { return check(*file, *json); }; });
}

}  // namespace ulpforge::cli
