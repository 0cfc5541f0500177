// Every figure about a float routine at every float: binade by binade, in one pass for each
// rounding mode.
//
// Everything but the means is exact: what the fast evaluation leaves open goes to MPFR
// (targets/scores/scan.h). The means are sums of doubles, in a fixed order.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "targets/catalog.h"
#include "targets/exact/ulp.h"
#include "targets/scores/error_figures.h"
#include "targets/scores/reference.h"
#include "validate/traces.h"
#include "validate/worker.h"

namespace ulpforge::validate {

using Finding = targets::Finding<std::uint32_t>;
using targets::Histogram;

/// Figures of a run of floats in one rounding mode.
struct Figures : targets::ErrorFigures<std::uint32_t> {
  Finding open_zeros;    ///< zeros of a sign that is open: no error
  Finding range;         ///< results beyond the function's extrema, rounded outward or to nearest
  Finding monotonicity;  ///< neighbours whose results are ordered against the exact values
  Finding symmetry;      ///< f(-x) that are not f(x), or not -f(x), bit for bit
  std::array<Finding, kExceptionFaults> exception_faults{};
  std::uint64_t mpfr_calls = 0;

  /// Takes over figures of higher patterns.
  void merge(const Figures& later);
};

/// An incident at a float.
struct FloatIncident {
  Incident::Kind kind;
  std::uint32_t input;
  std::uint64_t count;
  std::string what;
};

/// The figures of the floats of one binade of either sign; exponent field 0 (zeros and subnormals)
/// to 255 (infinities and NaN).
struct BinadeFigures {
  int exponent = 0;
  Figures positive;
  Figures negative;
  std::vector<FloatIncident> incidents;
};

/// What a function can give: its extrema, rounded in a mode. Nothing for other than elementary
/// functions.
struct ValueRange {
  float least;
  float most;
};
std::optional<ValueRange> value_range(const ir::Program& program, targets::Rounding rounding);

/// Everything on one side of 0, NaN included.
inline constexpr targets::FloatRange kMagnitudes{0, numbers::Binary32::kMagnitude};

struct ExhaustiveOptions {
  targets::UlpOf ulp_of = targets::UlpOf::Exact;
  targets::Rounding rounding = targets::Rounding::Nearest;
  targets::Parity parity = targets::Parity::None;
  bool exceptions = false;  ///< checks floating-point exceptions and errno
  /// What is measured of the numbers of either sign, as magnitudes; NaN included by default.
  std::optional<targets::FloatRange> positive = kMagnitudes;
  std::optional<targets::FloatRange> negative = kMagnitudes;
};

/// So many floats have one exponent field.
inline constexpr std::uint32_t kBinadeSize = numbers::Binary32::kSmallestNormal;

/// Measures one binade, both signs. Deterministic; thread-safe with a worker per thread.
/// The reference has to cover the finite floats that the options ask for. Nothing after a stop.
std::optional<BinadeFigures> measure_binade(const targets::FloatReference& reference,
                                            Worker& worker, int exponent,
                                            const ExhaustiveOptions& options,
                                            const std::stop_token& stop = {});

/// Neighbours in different binades, which measure_binade() does not see: calls the worker at the
/// ends of all binades.
Finding monotonicity_at_edges(const targets::FloatReference& reference, Worker& worker,
                              const ExhaustiveOptions& options);

}  // namespace ulpforge::validate
