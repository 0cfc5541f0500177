// The error of a program over the interval, for drawing.
#pragma once

#include <memory>
#include <vector>

#include "ir/program.h"
#include "targets/target.h"

namespace ulpforge::report {

struct ErrorPoint {
  double x = 0;
  double error = 0;  ///< signed, in the target's metric; NaN where there is none
};

struct ErrorCurve {
  std::vector<ErrorPoint> points;  ///< ascending, closer together towards the ends
  /// The largest error of each stretch of one sign, where it is within kLevel of the largest of
  /// all: a best approximation has one more of these than it has free constants (Chebyshev).
  std::vector<ErrorPoint> alternation;
};

/// How far an extremum may be below the largest error and still count, of that.
inline constexpr double kLevel = 0.02;

/// What is drawn of an interval: of one without an end, the part next to the end that it has, or to
/// 0.
targets::Domain part_shown(targets::Domain domain);

/// Curves of programs in real arithmetic against one target: its values are computed once, by Arb.
class ErrorCurves {
 public:
  /// `smallest`: the smallest maximum error of a program that will be asked for, which sets the
  /// precision.
  ErrorCurves(const targets::Target& target, double smallest);
  ~ErrorCurves();
  ErrorCurves(ErrorCurves&&) noexcept;
  ErrorCurves& operator=(ErrorCurves&&) = delete;

  ErrorCurve operator()(const ir::Program& program) const;

 private:
  struct Samples;
  std::unique_ptr<const Samples> samples_;
};

}  // namespace ulpforge::report
