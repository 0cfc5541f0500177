// The error of a program as it runs in plain double, sampled.
#pragma once

#include <vector>

#include "ir/program.h"
#include "numbers/double_double.h"
#include "targets/target.h"

namespace ulpforge::targets {

/// Holds the target's values at its points. Thread-safe.
class DoubleRun {
 public:
  /// Points of the target's domain, in any order.
  DoubleRun(Target target, std::vector<double> points);

  struct Result {
    double max_error = 0;  ///< infinite where the program is NaN or infinite
    double worst_x = 0;
  };
  /// The largest error of the double result against the exact value, in the target's metric: at the
  /// points, and at the worst of many doubles between them, more around the points where it is
  /// largest, because rounding errors are noise that takes many draws to show its largest values.
  /// The program is one of arithmetic alone; its constants are rounded to double.
  Result operator()(const ir::Program& program) const;

 private:
  Target target_;
  std::vector<double> x_;  ///< ascending
  std::vector<numbers::DoubleDouble> f_;
};

}  // namespace ulpforge::targets
