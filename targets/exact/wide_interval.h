// Intervals by their ends, for ranges over many orders of magnitude: a ball from e^1000 to e^2000
// holds 0, the interval does not.
#pragma once

#include <limits>
#include <optional>

#include "ir/program.h"
#include "targets/exact/ball.h"

namespace ulpforge::targets {

/// [lower end of lo, upper end of hi]; without `bounded` there is no upper or lower end there.
struct WideInterval {
  Ball lo;
  Ball hi;
  bool bounded_below = true;
  bool bounded_above = true;
};

/// The program's values for inputs in `x`, or nothing where that cannot be told this way. Monotone
/// operations and the four basic ones work on ends, the others on balls. Thread-safe.
std::optional<WideInterval> evaluate_wide(const ir::Program& program, const WideInterval& x,
                                          long bits);

/// A function's values that are never reached, but approached: (lo, hi) is open there.
struct OpenRange {
  double lo = -std::numeric_limits<double>::infinity();
  double hi = std::numeric_limits<double>::infinity();
};

/// Limits that the program's last operation keeps away from.
OpenRange open_range(const ir::Program& program);

/// The sign of the program's value, 1 or -1, where the operations alone tell it from the input's,
/// as they do where balls are too wide: x erfc(-x) of x = -10^30. 0: they do not. Real arithmetic,
/// where no value is 0 by rounding. One input, `input` its sign.
int sign_by_operations(const ir::Program& program, int input);

}  // namespace ulpforge::targets
