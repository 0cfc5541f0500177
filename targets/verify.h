// The error of a program against its target, as MPFR says it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ir/program.h"
#include "targets/target.h"

namespace ulpforge::targets {

struct Verification {
  double max_error = 0;  ///< in real arithmetic, constants as they are; infinity: broken
  double worst_x = 0;    ///< where
  /// Run in plain double with constants rounded to double: the double result against the exact
  /// value, at double points. Infinity where it is NaN; NaN for a program over reference
  /// operations.
  double max_error_f64 = 0;
  double worst_x_f64 = 0;
  std::string defect;  ///< why max_error is not finite (a pole near x = ..., NaN at x = 0)
};

/// Max error of `program` over the target's interval in the target's metric: dense sampling
/// (`points` Chebyshev-spaced points, both closed ends, points that close in on each end
/// geometrically, and the neighbourhood of every zero of every denominator), then local
/// maximisation of every candidate peak, all in MPFR with enough bits for errors far below double.
/// The maximum found is good to about 1e-12 of itself; it is a maximum over points, not a proof.
///
/// - Where the target vanishes at a closed end, the relative error there is 0 when the program
///   vanishes too and infinite otherwise; the points next to it show the limit.
/// - So it is next to zeros inside the interval (Target::zeros). A zero that is no double cannot be
///   met by constants of finitely many bits: the numbers between the two doubles that enclose it
///   are left out.
/// - Of a domain with an infinite end the limit belongs to it (targets/infinite_domain.h).
/// - Of several intervals each is verified by itself, and the worst counts.
/// - A target's weight multiplies all errors.
/// - Infinities act as in IEEE arithmetic: c / x at x = 0 is fine when the result is right.
/// - A pole anywhere, between the samples too, or an error that grows without bound towards an end,
///   makes max_error infinite, and `defect` says where.
///
/// Holds the reference values of its target, so that many programs can be verified cheaply.
/// Copies share them. Thread-safe.
class Verifier {
 public:
  /// Throws std::invalid_argument when points < 3. Once `stop` says so, making and verifying end
  /// early; programs have an infinite error then. It is asked from any thread.
  explicit Verifier(const Target& target, int points = 2001, std::function<bool()> stop = {});
  Verification operator()(const ir::Program& program) const;

 private:
  Verification on_parts(const ir::Program& program) const;

  struct Samples;
  std::vector<Verifier> parts_;  ///< of several intervals one for each
  Target target_;                ///< bounded
  ir::Program back_;
  std::function<bool()> stop_;
  std::shared_ptr<const Samples> samples_;
};

}  // namespace ulpforge::targets
