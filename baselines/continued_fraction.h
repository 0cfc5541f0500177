// Continued fractions of rational functions: the cheapest way to evaluate them, a division for
// every two multiplications saved.
#pragma once

#include <optional>
#include <vector>

#include "baselines/polynomial.h"

namespace ulpforge::baselines {

/// whole + b0 / (q0 + b1 / (q1 + ...)) with monic q of degree at least 1: for [m/m] with generic
/// coefficients a J-fraction, c0 + c1 / (u + c2 + c3 / (u + c4 + ...)).
struct ContinuedFraction {
  struct Level {
    numbers::Mpfr numerator;
    Polynomial denominator;  ///< monic
  };
  Polynomial whole;
  std::vector<Level> levels;
};

/// By Euclid's algorithm (Hart et al., "Computer Approximations", 1968, section 4.4); nothing when
/// a leading coefficient is too small to be told from 0 by the precision in force.
std::optional<ContinuedFraction> continued_fraction(const Rational& r);

numbers::Mpfr evaluate(const ContinuedFraction& fraction, const numbers::Mpfr& u);

}  // namespace ulpforge::baselines
