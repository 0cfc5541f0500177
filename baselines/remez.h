// Minimax approximation by polynomials and rational functions: Remez's second algorithm.
//
// On a reference of m + n + 2 points the levelled error E and the denominator Q of
//   w(s) (f(s) - P(s) / Q(s)) = +-E, alternating
// are an eigenpair of a symmetric definite pencil of order n + 1, once P is eliminated by the
// divided differences that annihilate it; at most one eigenvector has a Q without sign change on
// the reference. So each reference is solved exactly and without a starting guess; n = 0 is the
// polynomial case. See Powell, "Approximation Theory and Methods", chapters 8-10; Pachon and
// Trefethen, "Barycentric-Remez algorithms", BIT 49 (2009); Filip, Nakatsukasa, Trefethen,
// Beckermann, "Rational minimax approximation via adaptive barycentric representations", SISC 40
// (2018), section 4.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "baselines/polynomial.h"
#include "numbers/mpfr.h"

namespace ulpforge::baselines {

/// The function at one point of [-1, 1]. An approximation p has the error (value - p) / tolerance.
struct Sample {
  numbers::Mpfr s;
  numbers::Mpfr value;
  numbers::Mpfr tolerance;
  int piece = 0;     ///< the tolerance is smooth where neighbours have the same piece
  int interval = 0;  ///< of several, the one that s belongs to
};

/// What is approximated: samples on a dense grid of [-1, 1], or of several intervals of it,
/// ascending in s, and anywhere between.
struct Problem {
  std::vector<Sample> grid;
  std::function<Sample(const numbers::Mpfr&)> at;
};

struct Minimax {
  Rational function;                     ///< in s
  numbers::Mpfr error;                   ///< the largest error's magnitude
  std::vector<numbers::Mpfr> reference;  ///< the m + n + 2 points of alternation, ascending
};

/// The best approximation with numerator degree m and denominator degree n, from a starting
/// reference (m + n + 2 ascending points of [-1, 1]); nothing when the exchange does not converge,
/// for want of normality (a defect), a pole, or a bad start.
std::optional<Minimax> minimax(const Problem& problem, int m, int n,
                               const std::vector<numbers::Mpfr>& start);

/// The usual start for the problem: extrema of the Chebyshev polynomial T_{count - 1}; on several
/// intervals, points that are distributed as those of the grid.
std::vector<numbers::Mpfr> usual_start(const Problem& problem, std::size_t count);

/// The extrema of the Chebyshev polynomial T_{count - 1}.
std::vector<numbers::Mpfr> chebyshev_extrema(std::size_t count);

/// `count` points distributed like `reference`: the start that a lower degree suggests.
std::vector<numbers::Mpfr> stretch(const std::vector<numbers::Mpfr>& reference, std::size_t count);

/// max over the grid of |value - r| / tolerance; infinity where r has a pole between grid points.
numbers::Mpfr grid_error(const Problem& problem, const Rational& r);

}  // namespace ulpforge::baselines
