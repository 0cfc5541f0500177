// Proofs of the programs of a front, and the files that carry them.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "proof/certificate.h"
#include "proof/double_bound.h"
#include "runs/front.h"
#include "targets/verify.h"

namespace ulpforge::runs {

/// What is proven about one program.
struct Proof {
  ir::Program emitted;      ///< constants as in emitted code
  double max_error = 0;     ///< sampled, of the emitted program in real arithmetic
  proof::Bound bound;       ///< of the emitted program
  proof::Bound bound_full;  ///< with the constants that the search found, hi + lo
  double seconds = 0;       ///< for both proofs
  std::optional<proof::DoubleBound> in_double = {};  ///< where it was asked for
  std::optional<proof::Direction> monotone = {};     ///< proven of the emitted program
  std::string broken = {};  ///< which constraint the emitted program does not satisfy, or ""
};

/// Without the sampled error. Where the program does not satisfy the constraints, that stands in
/// the way of the proof.
Proof prove_program(const ir::Program& program, const targets::Target& target,
                    const proof::Effort& effort = {}, const evo::Constraints& constraints = {});

/// The certificate about the emitted program; the proof has to have succeeded.
proof::RealCertificate certificate_of(const Proof& proof, const targets::Target& target);

/// programs/10.cert.json, programs/uf_exp2f_1u.cert.json
std::filesystem::path certificate_name(const std::string& program);

/// Whether the run's directory holds the certificate of the entry's bound.
bool has_certificate(const std::filesystem::path& run, const Front& front, const FrontEntry& entry);

struct CertificateFile {
  std::filesystem::path name;  ///< in the run's directory
  std::string text;
};

/// Proves every program of the front, notes in it the bounds or why there are none, and returns the
/// certificates; ends early, with what there is, when `stop` says so, which is asked from several
/// threads.
std::vector<CertificateFile> prove_front(Front& front, const targets::Target& target,
                                         const std::function<bool()>& stop);

}  // namespace ulpforge::runs
