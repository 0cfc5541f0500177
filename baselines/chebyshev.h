// Chebyshev interpolants: a smooth function on [-1, 1], known to many digits and cheap to evaluate.
//
// After Trefethen, "Approximation Theory and Approximation Practice", chapters 3, 4 and 18
// (interpolation in Chebyshev points, adaptive degree, Clenshaw's recurrence).
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "baselines/polynomial.h"
#include "numbers/mpfr.h"

namespace ulpforge::baselines {

/// Coefficients of T_0, T_1, ... of the interpolant of f in `count` Chebyshev roots (first kind, so
/// that the ends are not evaluated).
std::vector<numbers::Mpfr> chebyshev_coefficients(
    const std::function<numbers::Mpfr(const numbers::Mpfr&)>& f, std::size_t count);

/// The same with the number of points doubled until the tail lies below 1e-60 of the largest
/// coefficient, and the tail cut off; nothing when 1024 points are not enough or a value is not
/// finite.
std::optional<std::vector<numbers::Mpfr>> chebyshev_interpolant(
    const std::function<numbers::Mpfr(const numbers::Mpfr&)>& f);

/// The sum of the series at s, by Clenshaw's recurrence.
numbers::Mpfr chebyshev_sum(const std::vector<numbers::Mpfr>& coefficients, const numbers::Mpfr& s);

/// The series, cut off after T_degree, in the monomial basis.
Polynomial chebyshev_truncation(const std::vector<numbers::Mpfr>& coefficients, std::size_t degree);

}  // namespace ulpforge::baselines
