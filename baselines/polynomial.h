// Polynomials over Mpfr in the monomial basis: the little algebra that the classical methods share.
#pragma once

#include <vector>

#include "numbers/mpfr.h"

namespace ulpforge::baselines {

/// c[0] + c[1] u + c[2] u^2 + ...; the empty vector is the zero polynomial.
using Polynomial = std::vector<numbers::Mpfr>;

/// p(u) by Horner's rule.
numbers::Mpfr evaluate(const Polynomial& p, const numbers::Mpfr& u);

/// p(scale u + shift) as a polynomial in u.
Polynomial compose_affine(const Polynomial& p, const numbers::Mpfr& scale,
                          const numbers::Mpfr& shift);

/// factor p.
Polynomial scaled(Polynomial p, const numbers::Mpfr& factor);

/// Removes leading coefficients of magnitude at most `threshold`.
void trim(Polynomial& p, const numbers::Mpfr& threshold);

/// Makes coefficients of magnitude at most `threshold` exactly 0.
void flush(Polynomial& p, const numbers::Mpfr& threshold);

/// Largest magnitude among the coefficients.
numbers::Mpfr max_coefficient(const Polynomial& p);

/// a == quotient b + remainder with deg remainder < deg b. The leading coefficient of b is not 0.
struct Division {
  Polynomial quotient;
  Polynomial remainder;
};
Division divide(const Polynomial& a, const Polynomial& b);

/// The polynomial of degree below points.size() through (points[i], values[i]), by Newton's divided
/// differences. The points are distinct.
Polynomial interpolate(const std::vector<numbers::Mpfr>& points,
                       const std::vector<numbers::Mpfr>& values);

/// numerator / denominator; a polynomial has denominator {1}.
struct Rational {
  Polynomial numerator;
  Polynomial denominator;
};
numbers::Mpfr evaluate(const Rational& r, const numbers::Mpfr& u);
Rational compose_affine(const Rational& r, const numbers::Mpfr& scale, const numbers::Mpfr& shift);

}  // namespace ulpforge::baselines
