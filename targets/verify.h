// The error of a program against its target, as MPFR says it.
#pragma once

#include <string>
#include <vector>

#include "ir/program.h"
#include "targets/target.h"

namespace ulpforge::targets {

struct Verification {
  double max_error = 0;      ///< in real arithmetic, constants as they are; infinity or NaN: broken
  double worst_x = 0;        ///< where
  double max_error_f64 = 0;  ///< run in plain double with constants rounded to double
  double worst_x_f64 = 0;
  std::string defect;        ///< why max_error is not finite (a pole near x = ..., NaN at x = 0)
};

/// Max error of `program` over the target's interval in the target's metric: dense sampling
/// (`points` Chebyshev-spaced points, both closed ends, points that close in on each end
/// geometrically, and the neighbourhood of every zero of every denominator), then local
/// maximisation of every candidate peak, all in MPFR with enough bits for errors far below double.
/// Where the target vanishes at an end, the relative error there is the limit. Holds the reference
/// values of its target, so that many programs can be verified cheaply.
class Verifier {
 public:
  explicit Verifier(const Target& target, int points = 2001);
  Verification operator()(const ir::Program& program) const;

 private:
  Target target_;
  struct Sample;
  std::vector<Sample> samples_;
};

}  // namespace ulpforge::targets
