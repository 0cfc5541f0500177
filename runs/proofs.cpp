// From a program to its proof.
#include "runs/proofs.h"

#include <fmt/format.h>

#include <chrono>

#include "parallel/parallel.h"
#include "runs/version.h"
#include "system/files.h"

namespace ulpforge::runs {

Proof prove_program(const ir::Program& program, const targets::Target& target,
                    const proof::Effort& effort) {
  Proof out;
  out.emitted = proof::as_emitted(program);
  const auto start = std::chrono::steady_clock::now();
  out.bound = proof::prove(out.emitted, target, effort);
  out.bound_full = out.emitted == program ? out.bound : proof::prove(program, target, effort);
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return out;
}

proof::RealCertificate certificate_of(const Proof& proof, const targets::Target& target) {
  proof::RealCertificate out =
      proof::certify(proof.emitted, target, proof.bound, std::string(kVersion));
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
           certificate->domain == front.domain &&
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
    proofs[k] = prove_program(front.programs[k].program, target, {.stop = stop});
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
