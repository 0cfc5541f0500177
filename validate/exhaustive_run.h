// An exhaustive measurement by several threads, each with a worker process.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <stop_token>

#include "validate/exhaustive.h"

namespace ulpforge::validate {

inline constexpr int kBinades = numbers::Binary32::kExponentFields;

/// What is measured so far, by exponent field.
using Measured = std::array<std::optional<BinadeFigures>, kBinades>;

struct ExhaustiveRequest {
  Callee callee;
  ExhaustiveOptions options;
  double timeout = 5;  ///< seconds for 1024 results
  unsigned threads = 1;
  std::stop_token stop;
  /// Called after each binade, from one thread at a time.
  std::function<void(const BinadeFigures&)> on_binade;
};

/// Measures the binades that `progress` lacks. Returns whether all are there (false after a stop).
/// Throws what Worker's constructor throws. Any division into calls gives the same.
bool measure(const targets::FloatReference& reference, const ExhaustiveRequest& request,
             Measured& progress);

/// Everything together. Floats that are not measured yet are left out.
Figures sum(const Measured& progress);

/// How the fast evaluation compares with MPFR at random floats of the reference's (zeros aside): so
/// many were beyond its bound.
struct Audit {
  std::uint64_t inputs = 0;
  std::uint64_t failures = 0;
  std::uint32_t first_failure = 0;
};
/// After a stop, of those that were looked at. `progress`, if any, is called with the share that is
/// done, from one thread at a time.
Audit audit(const targets::FloatReference& reference, std::uint64_t inputs, std::uint64_t seed,
            unsigned threads, const std::stop_token& stop = {},
            const std::function<void(double)>& progress = {});

}  // namespace ulpforge::validate
