// The largest absolute value of a polynomial on an interval, enclosed.
#pragma once

#include "targets/exact/ball.h"
#include "targets/exact/series.h"

namespace ulpforge::proof {

/// At least |polynomial(t)| for every t in [centre - radius, centre + radius]: the quadratic part
/// exactly, the rest by its coefficients. `shifted` is the polynomial about the centre.
targets::Ball magnitude_bound(const targets::Series& shifted, const targets::Ball& radius);

/// Halves [from, to] until the bound on every piece is at most `largest` (1 + tolerance), where
/// `largest` grows with the values that the polynomial, less `slack`, takes at the middles of the
/// pieces; returns the largest bound plus `slack`. Ends whenever slack and the radii of the
/// coefficients together are below a quarter of tolerance * largest. `at` becomes the t of
/// `largest` where that grew.
targets::Ball maximum(const targets::Series& polynomial, const targets::Ball& from,
                      const targets::Ball& to, const targets::Ball& slack, double tolerance,
                      targets::Ball& largest, targets::Ball& at, long bits);

/// Upper end of |ball|, and the lower.
targets::Ball upper_magnitude(const targets::Ball& ball);
targets::Ball lower_magnitude(const targets::Ball& ball);

}  // namespace ulpforge::proof
