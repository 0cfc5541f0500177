// The right answer at one number, special values included.
//
// The rule. Where the exact real value exists, it is the answer, and so is the limit where it does
// not but the limit does (sin(x)/x at 0 is 1). Elsewhere (infinities, NaN, poles, outside the
// domain), and for the sign of a zero, the expression is evaluated operation by operation with IEEE
// 754's infinities and signed zeros, each function as IEEE 754-2019 and C23's Annex F have it (MPFR
// implements them): log(+-0) = -infinity, log1p(-1) = -infinity, log(-1) = NaN, exp(-infinity) =
// +0, sin(-0) = -0, sinpi(1) = +0, gamma(-0) = -infinity, gamma(-1) = NaN, 1/(1 + exp(-x)) at
// -infinity = 1/(1 + infinity) = +0. Where that is NaN at an infinity, but there is a limit, the
// limit is the answer: x exp(-x) at infinity is 0 (and not infinity * 0).
#pragma once

#include <span>

#include "ir/program.h"
#include "numbers/mpfr.h"

namespace ulpforge::targets {

struct ExactValue {
  /// NaN: no value. Infinite: a pole or an infinite limit. Otherwise rounded to kExactBits, which
  /// is enough to tell sin(2^-149) from 2^-149.
  numbers::Mpfr value;
  /// False for a zero whose sign the rule leaves open: either is right. So it is where no operation
  /// of the expression gives a zero (sin(pi x) at x = 1, since pi is no number of any format, but
  /// not sinpi(1)), for limits, and for fmax(-0, +0), of which C says nothing.
  bool zero_sign_known = true;
};

inline constexpr unsigned kExactBits = 448;

/// program(x) by that rule. Thread-safe.
ExactValue exact_value(const ir::Program& program, double x);
/// The same with a value for each of the program's inputs. atan2, pow and hypot are MPFR's where
/// an input is special, which is as Annex F has them: hypot(infinity, NaN) = infinity,
/// pow(1, NaN) = 1, atan2(+-0, -1) = +-pi.
ExactValue exact_value(const ir::Program& program, std::span<const double> inputs);

}  // namespace ulpforge::targets
