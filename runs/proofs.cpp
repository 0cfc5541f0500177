// From a program to its proof.
#include "runs/proofs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>

#include "evo/requirements.h"
#include "parallel/parallel.h"
#include "runs/version.h"
#include "system/files.h"

namespace ulpforge::runs {

namespace {

/// Which of the constraints the emitted program does not satisfy, or "".
std::string broken_constraint(Proof& proof, const targets::Target& target,
                              const evo::Constraints& constraints, const proof::Effort& effort) {
  if (!evo::Requirements(target, constraints).holds(proof.emitted)) {
    std::vector<std::string> asked;
    if (!target.exact.empty()) {
      asked.push_back(fmt::format("exact at {}", fmt::join(target.exact, ", ")));
    }
    if (constraints.parity != targets::Parity::None) {
      asked.emplace_back(targets::name(constraints.parity));
    }
    if (constraints.constants) asked.push_back("in " + constraints.constants->name());
    return fmt::format("the program is not {}", fmt::join(asked, " or not "));
  }
  if (!constraints.monotone) return "";
  const proof::Direction direction = proof::monotonicity_of(target).direction;
  const proof::Monotonicity found =
      proof::prove_monotone_program(proof.emitted, target, direction, effort.stop);
  if (!found.proven) return fmt::format("not proven to be monotone: {}", found.obstacle);
  proof.monotone = direction;
  return "";
}

}  // namespace

Proof prove_program(const ir::Program& program, const targets::Target& target,
                    const proof::Effort& effort, const evo::Constraints& constraints) {
  Proof out;
  out.emitted = proof::as_emitted(program);
  const auto start = std::chrono::steady_clock::now();
  out.bound = proof::prove(out.emitted, target, effort);
  out.bound_full = out.emitted == program ? out.bound : proof::prove(program, target, effort);
  out.broken = broken_constraint(out, target, constraints, effort);
  if (!out.broken.empty()) {
    out.bound.proven = out.bound_full.proven = false;
    out.bound.obstacle = out.bound_full.obstacle = out.broken;
  }
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return out;
}

proof::RealCertificate certificate_of(const Proof& proof, const targets::Target& target) {
  proof::RealCertificate out =
      proof::certify(proof.emitted, target, proof.bound, std::string(kVersion));
  out.monotone = proof.monotone;
  if (proof.in_double && proof.in_double->proven) {
    out.in_double = proof::DoubleClaim{proof.in_double->bound, proof.in_double->skips_zero};
  }
  return out;
}

std::filesystem::path certificate_name(const std::string& program) {
  return std::filesystem::path("programs") / fmt::format("{}.cert.json", program);
}

bool has_certificate(const std::filesystem::path& run, const Front& front,
                     const FrontEntry& entry) {
  const std::filesystem::path file = run / certificate_name(entry.label());
  std::error_code ignored;
  if (!entry.proven || !std::filesystem::exists(file, ignored)) return false;
  try {
    const proof::Certificate any = proof::parse_certificate(system::read_file(file), file.string());
    const auto* certificate = std::get_if<proof::RealCertificate>(&any);
    return certificate != nullptr && certificate->expression == front.expression &&
           certificate->domain == front.domain && certificate->weight == front.weight &&
           certificate->monotone.has_value() == front.constraints.monotone &&
           targets::name(certificate->metric) == front.metric &&
           certificate->program == proof::as_emitted(entry.program) &&
           certificate->bound <= entry.proven->bound;
  } catch (const std::exception&) {
    return false;
  }
}

std::vector<CertificateFile> prove_front(Front& front, const targets::Target& target,
                                         const std::function<bool()>& stop) {
  std::vector<Proof> proofs(front.programs.size());
  parallel::for_each_index(std::size_t{0}, proofs.size(), [&](std::size_t k) {
    proofs[k] = prove_program(front.programs[k].program, target, {.stop = stop}, front.constraints);
  });
  std::vector<CertificateFile> files;
  for (std::size_t k = 0; k < proofs.size(); ++k) {
    FrontEntry& entry = front.programs[k];
    const Proof& proof = proofs[k];
    if (!proof.bound.proven || !proof.bound_full.proven) {
      entry.obstacle = proof.bound.proven ? proof.bound_full.obstacle : proof.bound.obstacle;
      continue;
    }
    entry.proven = Proven{proof.bound.bound, proof.bound_full.bound, proof.bound.gaps};
    files.push_back(
        {certificate_name(entry.label()), proof::to_text(certificate_of(proof, target))});
  }
  return files;
}

}  // namespace ulpforge::runs
