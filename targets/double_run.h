// The error of a program as it runs in plain double, sampled.
#pragma once

#include <functional>
#include <vector>

#include "ir/program.h"
#include "numbers/double_double.h"
#include "targets/target.h"

namespace ulpforge::targets {

/// Holds the target's values at its points. Thread-safe.
class DoubleRun {
 public:
  /// Points of the target's domain, in any order. Once `stop` says so, what has not been looked at
  /// is left out.
  DoubleRun(Target target, std::vector<double> points, std::function<bool()> stop = {});

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
  bool stopped() const { return stop_ && stop_(); }

  Target target_;
  std::function<bool()> stop_;
  std::vector<double> x_;  ///< ascending
  std::vector<numbers::DoubleDouble> f_;
  std::vector<double> weights_;
};

}  // namespace ulpforge::targets
