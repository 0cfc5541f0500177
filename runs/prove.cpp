// Programs over real numbers, and the choice between these and machine programs.
#include "runs/prove.h"

#include <fmt/format.h>

#include <cmath>

#include "ir/text.h"
#include "proof/gappa.h"
#include "report/table.h"
#include "runs/front.h"
#include "runs/machine_proofs.h"
#include "runs/proofs.h"
#include "runs/run.h"
#include "shelf/shelf_files.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::runs {
namespace {

Json bound_json(const proof::Bound& bound) { return bound.proven ? number(bound.bound) : nullptr; }

Json proof_json(int operations, const Proof& proof, const std::string& certificate) {
  Json json;
  json["ops"] = operations;
  json["max_error"] = number(proof.max_error);
  json["bound"] = bound_json(proof.bound);
  json["bound_full_constants"] = bound_json(proof.bound_full);
  if (!proof.bound.gaps.empty()) json["bound_but_between"] = gaps_json(proof.bound.gaps);
  json["attained"] = number(proof.bound.attained);
  json["worst_x"] = proof.bound.worst_x;
  json["seconds"] = proof.seconds;
  if (proof.in_double) {
    const proof::DoubleBound& bound = *proof.in_double;
    json["bound_in_double"] = bound.proven ? number(bound.bound) : Json(nullptr);
    json["rounding_in_double"] = bound.proven ? number(bound.rounding) : Json(nullptr);
    json["obstacle_in_double"] = bound.proven ? Json(nullptr) : Json(bound.obstacle);
  }
  json["obstacle"] = proof.bound.proven ? Json(nullptr) : Json(proof.bound.obstacle);
  json["certificate"] = certificate.empty() ? Json(nullptr) : Json(certificate);
  return json;
}

/// Proves programs one after the other, and shows what came of it.
class Report {
 public:
  Report(const targets::Target& target, const evo::Constraints& constraints, bool in_double)
      : target_(target), constraints_(constraints), verifier_(target), in_double_(in_double) {}

  /// Proves and, when that succeeds, writes the certificate.
  void add(const ir::Program& program, int operations, const std::filesystem::path& certificate) {
    Proof proof = prove_program(program, target_, {}, constraints_);
    proof.max_error = verifier_(proof.emitted).max_error;
    std::string written;
    if (in_double_) proof.in_double = bound_in_double(proof.emitted);
    if (proof.bound.proven) {
      system::write_file(certificate, proof::to_text(certificate_of(proof, target_)));
      written = certificate.string();
    } else if (obstacle_.empty()) {
      obstacle_ =
          fmt::format("{}: {}", report::counted(operations, "operation"), proof.bound.obstacle);
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
    if (json) return to_text(json_);
    return fmt::format("{} on {}, {} error{}, constants as in emitted code\n{}", target_.expression,
                       targets::to_string(target_.domain), targets::name(target_.metric),
                       target_.weight ? fmt::format(" times {}", target_.weight->expression) : "",
                       table_.text());
  }
  const Json& json() const { return json_; }
  /// Why a program could not be proven, or "".
  const std::string& obstacle() const { return obstacle_; }

 private:
  /// Without Gappa the real part stands alone, and the user is told once.
  std::optional<proof::DoubleBound> bound_in_double(const ir::Program& program) {
    try {
      return proof::prove_in_format(program, target_);
    } catch (const proof::GappaMissing& missing) {
      if (!told_of_gappa_) {
        system::print_error(fmt::format(
            "{}: no bounds in double, the bounds in real arithmetic alone", missing.what()));
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
  evo::Constraints constraints_;
  targets::Verifier verifier_;
  Json json_ = {{"programs", Json::array()}};
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
std::string with_bounds(const std::string& front, const Json& proofs) {
  Json json = Json::parse(front);
  for (std::size_t i = 0; i < json["programs"].size(); ++i) {
    Json& program = json["programs"][i];
    const Json& proof = proofs["programs"][i];
    for (const char* key : {"bound", "bound_full_constants"}) program[key] = proof[key];
    for (const char* key : {"bound_but_between", "obstacle"}) {
      program.erase(key);
      if (proof.contains(key) && !proof[key].is_null()) program[key] = proof[key];
    }
  }
  return to_text(json);
}

int prove_real_front(const ProofRequest& request) {
  const Front front = parse_front(request.text, request.file.string());
  const targets::Target target = target_of(front);
  const std::filesystem::path directory =
      request.out.empty() ? request.file.parent_path() : request.out;
  Report report(target, front.constraints, request.in_double);
  for (const FrontEntry& entry : front.programs) {
    report.add(entry.program, entry.operations, directory / certificate_name(entry.label()));
  }
  if (request.out.empty())
    system::write_file(request.file, with_bounds(request.text, report.json()));
  system::print(report.text(request.json));
  if (report.obstacle().empty()) return system::kDone;
  system::print_error(report.obstacle());
  return system::kCheckFailed;
}

void refuse_double(const ProofRequest& request) {
  if (!request.in_double) return;
  throw system::BadRequest(
      "--double goes with programs over real numbers; a machine program has its type");
}

int prove_single(const ProofRequest& request) {
  const ir::Program program = parse_program(request.text, request.file.string());
  if (ir::is_machine(program)) {
    refuse_double(request);
    return prove_machine_program(request, program);
  }
  if (!request.options.target) {
    throw system::BadRequest(
        "a program needs --target (and --domain, --metric) to be proven against");
  }
  const targets::Target target = make_target(request.options);
  const evo::Constraints constraints = constraints_of(request.options);
  demand_meaning(target, constraints);
  Report report(target, constraints, request.in_double);
  report.add(program, static_cast<int>(program.code.size()), certificate_file(request));
  if (!report.obstacle().empty()) {
    if (request.json) system::print(report.text(true));
    throw system::BadRequest(fmt::format("{}: {}", request.file.string(), report.obstacle()));
  }
  system::print(report.text(request.json));
  return system::kDone;
}

}  // namespace

int prove(ProofRequest request) {
  std::error_code ignored;
  if (shelf::holds_shelf(request.file)) {
    throw system::BadRequest(fmt::format(
        "'{0}' is a shelf: its programs are proven; 'ulpforge check {0}' proves them once more",
        request.file.string()));
  }
  if (std::filesystem::is_directory(request.file, ignored)) request.file /= "front.json";
  request.text = system::read_file(request.file);
  if (!looks_like_json(request.text)) return prove_single(request);
  const Options& options = request.options;
  if (!(options == Options{})) {
    throw system::BadRequest(
        "a run has its target and its constraints: --target, --domain, --metric and what programs "
        "satisfy go with a program");
  }
  const Json json = Json::parse(request.text, nullptr, false);
  if (!json.is_object() || !is_machine_front(json)) return prove_real_front(request);
  refuse_double(request);
  return prove_machine_front(request);
}

}  // namespace ulpforge::runs
