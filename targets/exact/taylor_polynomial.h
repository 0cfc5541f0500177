// A function of one variable on a short interval: its Taylor polynomial in doubles, the first two
// coefficients as pairs, with a proven bound on everything it misses.
//
// With s = (x - centre) / radius in [-1, 1],
//   f(x) = c0 + c1 s + c[0] s^2 + ... + c[kTail - 1] s^(kTail + 1)   up to `error`.
#pragma once

#include <array>
#include <optional>

#include "ir/program.h"
#include "numbers/double_double.h"
#include "targets/exact/ball.h"
#include "targets/exact/horner.h"

namespace ulpforge::targets {

struct TaylorPolynomial {
  static constexpr int kTail = 11;
  numbers::DoubleDouble c0;
  numbers::DoubleDouble c1;
  std::array<double, kTail> c{};
  /// |value_at(s) - f| <= error for every s in [-1, 1], rounding errors included.
  double error = 0;
  /// least <= |f| <= most, without `error`; least may be negative.
  double least = 0;
  double most = 0;
};

/// When not to go on.
struct TaylorGoal {
  /// Nothing is returned when Lagrange's remainder exceeds this times the larger of |f| and
  /// `floor`.
  double relative;
  double floor;
};

/// About `centre`; the radius is a power of two of either sign; x holds [centre - |radius|,
/// centre + |radius|]. The function is multiplied by 2^scale. The error is that at multiples s of
/// 2^-log_steps only, if that is given: c0 + c1 s may need no rounding there. Thread-safe.
std::optional<TaylorPolynomial> taylor_polynomial(const ir::Program& program, const Ball& x,
                                                  double centre, double radius, TaylorGoal goal,
                                                  int scale = 0, std::optional<int> log_steps = {});

/// The same from the function's expansion about 0, which may be a removable singularity: next to
/// it cancel, over any interval, the terms of cos(x)/x - sin(x)/x^2. Nothing where there is no such
/// expansion. Thread-safe.
std::optional<TaylorPolynomial> taylor_polynomial_from_zero(const ir::Program& program,
                                                            double centre, double radius,
                                                            TaylorGoal goal,
                                                            std::optional<int> log_steps = {});

/// The polynomial at s, normalised: hi alone is the nearest double.
[[gnu::always_inline]] inline numbers::DoubleDouble value_at(
    const numbers::DoubleDouble& c0, const numbers::DoubleDouble& c1,
    const std::array<double, TaylorPolynomial::kTail>& c, double s) {
  const double tail = horner(c, s);
  const double linear = c1.hi * s;
  const double linear_rest = __builtin_fma(c1.hi, s, -linear);
  double small = __builtin_fma(c1.lo, s, c0.lo);
  small = __builtin_fma(tail, s * s, small) + linear_rest;
  const double high = c0.hi + linear;
  const double t = high - c0.hi;
  const double rest = (c0.hi - (high - t)) + (linear - t);
  const double low = rest + small;
  const double sum = high + low;
  const double u = sum - high;
  return {sum, (high - (sum - u)) + (low - u)};
}

/// Whether a + b s is a double for every multiple s of 2^-log_steps in [-1, 1].
bool sums_exactly(double a, double b, int log_steps);

/// A bound on the magnitude of every number in the ball, rounded up.
double magnitude_bound(const Ball& ball);

}  // namespace ulpforge::targets
