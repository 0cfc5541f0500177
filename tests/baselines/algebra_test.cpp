// Polynomials, Chebyshev interpolants, the pencil and continued fractions, against direct
// evaluation.
#include <gtest/gtest.h>

#include "baselines/chebyshev.h"
#include "baselines/continued_fraction.h"
#include "baselines/pencil.h"
#include "tests/baselines/support.h"

namespace ulpforge::baselines {
namespace {

using numbers::Mpfr;

using Algebra = MpfrTest;

TEST_F(Algebra, ComposesWithAnAffineMap) {
  // (2u - 3)^2 + 5 (2u - 3) + 7 == 4 u^2 - 2 u + 1
  EXPECT_EQ(compose_affine(polynomial({7, 5, 1}), Mpfr(2), Mpfr(-3)), polynomial({1, -2, 4}));
}

TEST_F(Algebra, DividesWithRemainder) {
  // u^3 + 2 u + 5 == (u - 1) (u^2 + u) + 3 u + 5
  const Division division = divide(polynomial({5, 2, 0, 1}), polynomial({0, 1, 1}));
  EXPECT_EQ(division.quotient, polynomial({-1, 1}));
  EXPECT_EQ(division.remainder, polynomial({5, 3}));
}

TEST_F(Algebra, InterpolatesACubicExactly) {
  const Polynomial cubic = polynomial({3, -1, 4, 2});
  std::vector<Mpfr> points, values;
  for (const int x : {-2, 0, 1, 5}) {
    points.emplace_back(x);
    values.push_back(evaluate(cubic, points.back()));
  }
  EXPECT_EQ(interpolate(points, values), cubic);
}

TEST_F(Algebra, ChebyshevInterpolantOfExpIsExactToManyDigits) {
  const auto series = chebyshev_interpolant([](const Mpfr& s) { return Mpfr(exp(s)); });
  ASSERT_TRUE(series);
  // The coefficients are 2 I_k(1), I_k the modified Bessel functions.
  EXPECT_NEAR(to_double((*series)[0]), 1.2660658777520083356, 1e-15);
  EXPECT_NEAR(to_double((*series)[3]), 2 * 0.022168424924331902476, 1e-16);
  for (const double s : {-1.0, -0.3, 0.0, 0.77, 1.0}) {
    EXPECT_LT(to_double(abs(chebyshev_sum(*series, Mpfr(s)) - exp(Mpfr(s)))), 1e-58);
  }
  EXPECT_LT(series->size(), 60U);
}

TEST_F(Algebra, NoInterpolantWhereTheFunctionIsNotSmooth) {
  EXPECT_FALSE(chebyshev_interpolant([](const Mpfr& s) { return Mpfr(sqrt(Mpfr(1 + s))); }));
}

TEST_F(Algebra, ChebyshevTruncationIsInTheMonomialBasis) {
  // T_0 + 2 T_1 + 3 T_2 + 4 T_3 == -2 - 10 s + 6 s^2 + 16 s^3; without T_3: -2 + 2 s + 6 s^2
  const std::vector<Mpfr> series{Mpfr(1), Mpfr(2), Mpfr(3), Mpfr(4)};
  EXPECT_EQ(chebyshev_truncation(series, 3), polynomial({-2, -10, 6, 16}));
  EXPECT_EQ(chebyshev_truncation(series, 2), polynomial({-2, 2, 6}));
}

TEST_F(Algebra, PencilSolutionsSatisfyTheirEquation) {
  const std::size_t n = 5;
  Matrix a(n, std::vector<Mpfr>(n)), b = a;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      a[i][j] = Mpfr(static_cast<int>((i + 1) * (j + 1) % 7) - 3);
      b[i][j] = Mpfr(1) / Mpfr(i + j + 1);  // Hilbert: definite, badly conditioned
    }
  }
  const auto pairs = solve_pencil(a, b);
  ASSERT_TRUE(pairs);
  ASSERT_EQ(pairs->size(), n);
  Mpfr sum(0);
  for (const Eigenpair& pair : *pairs) {
    sum += pair.value;
    Mpfr size(0);
    for (const Mpfr& v : pair.vector) size += abs(v);
    ASSERT_GT(size, 0);
    for (std::size_t i = 0; i < n; ++i) {
      Mpfr residual(0);
      for (std::size_t j = 0; j < n; ++j) {
        residual += (a[i][j] - pair.value * b[i][j]) * pair.vector[j];
      }
      EXPECT_LT(abs(residual), 1e-70 * size);
    }
  }
  b[0][0] = -1;
  EXPECT_FALSE(solve_pencil(a, b));
}

TEST_F(Algebra, ContinuedFractionIsTheSameFunction) {
  const Rational r{polynomial({1.5, -2, 0.75, 3}), polynomial({2, 0.5, 1.25, 0.875})};
  const auto fraction = continued_fraction(r);
  ASSERT_TRUE(fraction);
  EXPECT_EQ(fraction->whole.size(), 1U);
  EXPECT_EQ(fraction->levels.size(), 3U);
  for (const double u : {-0.9, 0.0, 0.3, 1.7, 12.0}) {
    const Mpfr exact = evaluate(r, Mpfr(u));
    EXPECT_LT(abs(evaluate(*fraction, Mpfr(u)) - exact), 1e-85 * (1 + abs(exact))) << u;
  }
}

TEST_F(Algebra, ContinuedFractionOfUnequalAndDegenerateDegrees) {
  // (u^4 + 1) / (u^2 + 1) == u^2 - 1 + 2 / (u^2 + 1): a quadratic partial denominator
  const Rational r{polynomial({1, 0, 0, 0, 1}), polynomial({1, 0, 1})};
  const auto fraction = continued_fraction(r);
  ASSERT_TRUE(fraction);
  EXPECT_EQ(fraction->whole, polynomial({-1, 0, 1}));
  ASSERT_EQ(fraction->levels.size(), 1U);
  EXPECT_EQ(fraction->levels[0].numerator, 2);
  EXPECT_EQ(fraction->levels[0].denominator, polynomial({1, 0, 1}));
}

TEST_F(Algebra, NoContinuedFractionWhenALeadingCoefficientMayBeZero) {
  // Numerator and denominator almost proportional: what is left is neither zero nor safe.
  Rational r{polynomial({1, 2, 1}), polynomial({1, 2, 1})};
  r.numerator[1] += Mpfr("1e-50");
  EXPECT_FALSE(continued_fraction(r));
}

}  // namespace
}  // namespace ulpforge::baselines
