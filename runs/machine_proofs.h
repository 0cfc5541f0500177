// Certificates of the programs of an f32 run, and proofs of machine programs one by one.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "proof/certificate.h"
#include "runs/config.h"
#include "runs/machine_front.h"
#include "runs/proofs.h"

namespace ulpforge::runs {

/// The certificate of what a run at every float of the front's domain gave.
proof::ExhaustiveCertificate certificate_of(const MachineFront& front, const ir::Program& program,
                                            const proof::Exhaustion& run);

/// The text of the certificate in the run's directory, where there is one that says of the entry's
/// program what the entry says.
std::optional<std::string> find_certificate(const std::filesystem::path& run,
                                            const MachineFront& front,
                                            const MachineFrontEntry& entry);

/// What `ulpforge prove` was asked for.
struct ProofRequest {
  std::filesystem::path file;  ///< front.json, or a program's text
  std::string text = {};       ///< what it holds
  std::filesystem::path out;  ///< for a run a directory, else a certificate; empty: beside the file
  Options options;            ///< target, domain and metric of a single program
  bool json = false;
  bool in_double = false;  ///< also bound programs over real numbers as they run in double
};

/// Where the certificate of a single program goes.
std::filesystem::path certificate_file(const ProofRequest& request);

/// ulpforge prove for the front of an f32 run. Returns the exit code: kCheckFailed where a program
/// does not do what the front says. Throws BadRequest.
int prove_machine_front(const ProofRequest& request);

/// The same for one machine program: over f32 by exhaustion, over f64 by Taylor models and Gappa;
/// where Gappa is missing the real-arithmetic part alone, without a certificate. Throws BadRequest
/// and std::invalid_argument.
int prove_machine_program(const ProofRequest& request, const ir::Program& program);

}  // namespace ulpforge::runs
