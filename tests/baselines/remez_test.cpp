// The exchange against theory: equioscillation, and minimax errors that are known in closed form or
// published.
#include <gtest/gtest.h>

#include <cmath>

#include "baselines/substitution.h"
#include "tests/baselines/support.h"

namespace ulpforge::baselines {
namespace {

using numbers::Mpfr;

using Remez = MpfrTest;

Minimax fit(const Problem& problem, int m, int n) {
  auto found = minimax(problem, m, n, chebyshev_extrema(m + n + 2));
  if (!found) throw std::runtime_error("no minimax approximation");
  return *found;
}

/// m + n + 2 points in order at which the error alternates with equal magnitude, which nowhere on a
/// fine grid is exceeded: the characterisation of the best approximation (Chebyshev; Achieser).
void expect_equioscillation(const Problem& problem, const Minimax& found, int m, int n) {
  ASSERT_EQ(found.reference.size(), static_cast<std::size_t>(m + n + 2));
  const auto error = [&](const Mpfr& s) {
    const Sample sample = problem.at(s);
    return Mpfr((sample.value - evaluate(found.function, s)) / sample.tolerance);
  };
  for (std::size_t i = 0; i < found.reference.size(); ++i) {
    const Mpfr here = error(found.reference[i]);
    EXPECT_LT(abs(abs(here) - found.error), 1e-6 * found.error)
        << "[" << m << "/" << n << "] " << i;
    if (i == 0) continue;
    EXPECT_LT(found.reference[i - 1], found.reference[i]);
    EXPECT_NE(here > 0, error(found.reference[i - 1]) > 0) << "[" << m << "/" << n << "] " << i;
  }
  for (int k = -1500; k <= 1500; ++k) {
    EXPECT_LT(abs(error(Mpfr(k) / 1500)), found.error * (1 + 1e-6)) << k;
  }
}

TEST_F(Remez, PowersHaveTheErrorOfChebyshevPolynomials) {
  for (const int n : {2, 3, 5, 8, 12}) {
    const auto power = [n](const Mpfr& s) { return Mpfr(pow(s, n)); };
    const Minimax found = fit(absolute_problem(power), n - 1, 0);
    EXPECT_NEAR(to_double(found.error) * std::ldexp(1.0, n - 1), 1, 1e-8) << n;
  }
}

TEST_F(Remez, EquioscillatesForPolynomialsAndRationals) {
  const Problem problem = absolute_problem([](const Mpfr& s) { return Mpfr(exp(s)); });
  for (const auto& [m, n] :
       {std::pair{1, 0}, {4, 0}, {11, 0}, {0, 1}, {1, 1}, {3, 2}, {2, 4}, {6, 6}}) {
    expect_equioscillation(problem, fit(problem, m, n), m, n);
  }
}

TEST_F(Remez, EquioscillatesInTheWeightedError) {
  Problem problem = absolute_problem([](const Mpfr& s) { return Mpfr(log(s + 3)); });
  const auto weigh = [](Sample sample) {
    sample.tolerance = abs(sample.value);
    return sample;
  };
  for (Sample& sample : problem.grid) sample = weigh(sample);
  problem.at = [weigh, at = problem.at](const Mpfr& s) { return weigh(at(s)); };
  for (const auto& [m, n] : {std::pair{3, 0}, {2, 2}, {4, 3}}) {
    expect_equioscillation(problem, fit(problem, m, n), m, n);
  }
}

// The best linear approximation of sqrt on [0, 1] is x + 1/8.
TEST_F(Remez, LinearApproximationOfTheSquareRoot) {
  const auto view = View::make(
      targets::make_target("sqrt(x)", targets::parse_domain("0,1"), targets::Metric::Absolute),
      Substitution{});
  ASSERT_TRUE(view);
  const Minimax found = fit(view->problem(), 1, 0);
  EXPECT_NEAR(to_double(found.error), 0.125, 1e-9);
  const Rational r = view->in_u(found.function);
  EXPECT_NEAR(to_double(r.numerator[0] / r.denominator[0]), 0.125, 1e-4);
  EXPECT_NEAR(to_double(r.numerator[1] / r.denominator[0]), 1, 1e-4);
}

// Varga, Ruttan and Carpenter, "Numerical results on best uniform rational approximation of |x| on
// [-1, 1]", 1991: E_{2n,2n}(|x|), which is E_{n,n} of sqrt on [0, 1].
TEST_F(Remez, RationalApproximationsOfTheSquareRoot) {
  const auto view = View::make(
      targets::make_target("sqrt(x)", targets::parse_domain("0,1"), targets::Metric::Absolute),
      Substitution{});
  ASSERT_TRUE(view);
  EXPECT_NEAR(to_double(fit(view->problem(), 1, 1).error), 4.3689e-2, 1e-6);
  EXPECT_NEAR(to_double(fit(view->problem(), 2, 2).error), 8.5015e-3, 1e-7);
  EXPECT_NEAR(to_double(fit(view->problem(), 3, 3).error), 2.2821e-3, 1e-7);
  EXPECT_NEAR(to_double(fit(view->problem(), 4, 4).error), 7.3657e-4, 1e-8);
}

// Cody, Fraser and Hart (1968) and later: for the rational minimax error of exp on [-1, 1],
// Meinardus' asymptotics n! m! / (2^(m+n) (m+n)! (m+n+1)!), whose relative correction falls like
// 1/(m+n).
TEST_F(Remez, ExponentialFollowsMeinardus) {
  const Problem problem = absolute_problem([](const Mpfr& s) { return Mpfr(exp(s)); });
  for (const int n : {3, 5, 7}) {
    const double predicted = 2 * std::lgamma(n + 1) - 2 * n * std::log(2.0) -
                             std::lgamma(2 * n + 1) - std::lgamma(2 * n + 2);
    EXPECT_NEAR(std::log(to_double(fit(problem, n, n).error)), predicted, 0.1) << n;
  }
}

TEST_F(Remez, FindsNothingFalseWhereDegenerate) {
  // Of an even function on [-1, 1] the best [1/1] is the best constant: three points of
  // alternation, one too few for the exchange.
  const Problem problem = absolute_problem([](const Mpfr& s) { return Mpfr(cos(s)); });
  const auto found = minimax(problem, 1, 1, chebyshev_extrema(4));
  if (found) {
    EXPECT_NEAR(to_double(found->error), to_double(fit(problem, 0, 0).error), 1e-9);
  }
}

TEST_F(Remez, RootProblemLevelsThePower) {
  // g^4 against exp(2 + 3 s), relative; [1/1] has an error of some per cent, where the power's
  // curvature shows.
  Problem problem = absolute_problem([](const Mpfr& s) { return Mpfr(exp(Mpfr(2 + 3 * s))); });
  const auto weigh = [](Sample sample) {
    sample.tolerance = sample.value;
    return sample;
  };
  for (Sample& sample : problem.grid) sample = weigh(sample);
  problem.at = [weigh, at = problem.at](const Mpfr& s) { return weigh(at(s)); };

  Minimax found = fit(root_problem(problem, 2, Mpfr(0)), 1, 1);
  for (int pass = 0; pass < 4; ++pass) found = fit(root_problem(problem, 2, found.error), 1, 1);
  EXPECT_GT(found.error, 1e-3);
  bool above = false;
  for (std::size_t i = 0; i < found.reference.size(); ++i) {
    const Sample sample = problem.at(found.reference[i]);
    const Mpfr error = pow(evaluate(found.function, sample.s), 4) / sample.value - 1;
    EXPECT_NEAR(to_double(abs(error) / found.error), 1, 1e-6);
    if (i > 0) {
      EXPECT_NE(error > 0, above);
    }
    above = error > 0;
  }
}

}  // namespace
}  // namespace ulpforge::baselines
