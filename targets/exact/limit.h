// Limits: the value of a function where its operations have none, as of sin(x)/x at 0, of
// exp(x^2) erfc(x) at infinity, or of x log(x) at 0. Nothing is guessed: the limit comes from
// series, and there is none where these leave it open.
//
// Next to the point every value of the program is written as
//   exp(P(1/w)) w^v log(1/w)^k (c0 + c1 w + ...),   w -> 0 from above, c0 not 0,
// where x = x0 + w^q or x0 - w^q, or x = +-w^-q at infinity, and P is a polynomial without a
// constant term: a transseries of one level (van der Hoeven, "Transseries and Real Differential
// Algebra", 2006; Gruntz's algorithm for limits is the general one). Coefficients are balls, and
// exact rational numbers as long as all that went into them was rational. That a coefficient is 0
// is believed where it is rational, where equal terms are subtracted (cos(x) - cos(1) at 1), and of
// sines of whole half turns.
//
// How to use it: reference() and exact_value() return limits where the operations have no value.
// For enclosures over an interval around a removable singularity, as proofs need them, taylor() of
// such an interval has no finite coefficients; taylor_around() has.
#pragma once

#include <optional>

#include "ir/program.h"
#include "targets/exact/ball.h"
#include "targets/exact/series.h"

namespace ulpforge::targets {

/// From where the point is approached. Both: the limits have to be one; where the function exists
/// on one side alone (acos(x)/sqrt(1-x) at 1), that side's counts.
enum class Side { Both, Above, Below };

struct Limit {
  enum class Kind {
    None,          ///< there is none, or it is not known
    Number,        ///< `value` holds it
    PlusInfinity,  ///< it grows without bound
    MinusInfinity,
  };
  Kind kind = Kind::None;
  Ball value;
};

/// The limit of the program of one input at x, a finite number, in `bits` bits. Thread-safe.
Limit limit_at(const ir::Program& program, const Ball& x, Side side, long bits);

/// The limit at infinity, or at minus infinity. Thread-safe.
Limit limit_at_infinity(const ir::Program& program, bool negative, long bits);

/// taylor() over a ball around `z`, a point that the ball holds and where divisions of 0 by 0 may
/// be, and poles that cancel (1/sin(x) - 1/x): each value is R(x) / (x - z)^m, m whole and R known
/// by its Taylor coefficients about every point of the ball, from those of the value by the mean
/// value theorem. None finite where that does not help. Thread-safe.
Expansion taylor_around(const ir::Program& program, const Ball& x, const Ball& z,
                        std::size_t length, long bits);

}  // namespace ulpforge::targets
