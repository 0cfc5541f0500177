// Taylor and Pade coefficients that are known exactly.
#include "baselines/series.h"

#include <gtest/gtest.h>

#include "tests/baselines/support.h"

namespace ulpforge::baselines {
namespace {

using numbers::Mpfr;

using Series = MpfrTest;

Mpfr factorial(int k) {
  Mpfr result(1);
  for (int i = 2; i <= k; ++i) result *= i;
  return result;
}

TEST_F(Series, TaylorOfExpAtAnyCentre) {
  for (const double centre : {-1.0, 0.0, 0.625}) {
    const Polynomial c =
        taylor([](const Mpfr& x) { return Mpfr(exp(x)); }, Mpfr(centre), ldexp(Mpfr(1), -24), 20);
    ASSERT_EQ(c.size(), 20U);
    for (int k = 0; k < 20; ++k) {
      const Mpfr exact = exp(Mpfr(centre)) / factorial(k);
      EXPECT_LT(to_double(abs(c[k] / exact - 1)), 1e-60) << centre << " " << k;
    }
  }
}

TEST_F(Series, TaylorOfSinAtZero) {
  const Polynomial c =
      taylor([](const Mpfr& x) { return Mpfr(sin(x)); }, Mpfr(0), ldexp(Mpfr(-1), -24), 14);
  for (int k = 0; k < 14; ++k) {
    const Mpfr exact = k % 2 == 0 ? Mpfr(0) : Mpfr((k % 4 == 1 ? 1 : -1) / factorial(k));
    EXPECT_LT(to_double(abs(c[k] - exact)), 1e-60) << k;
  }
}

TEST_F(Series, PadeOfExp) {
  Polynomial c;
  for (int k = 0; k <= 10; ++k) c.push_back(1 / factorial(k));
  const auto linear = pade(c, 1, 1);  // (1 + x/2) / (1 - x/2)
  ASSERT_TRUE(linear);
  EXPECT_NEAR(to_double(linear->numerator[0]), 1, 1e-16);
  EXPECT_NEAR(to_double(linear->numerator[1]), 0.5, 1e-16);
  EXPECT_NEAR(to_double(linear->denominator[0]), 1, 1e-16);
  EXPECT_NEAR(to_double(linear->denominator[1]), -0.5, 1e-16);
  // [m/n]: numerator coefficients (m+n-j)! m! / ((m+n)! j! (m-j)!) (Pade, 1892).
  const int m = 4, n = 3;
  const auto r = pade(c, m, n);
  ASSERT_TRUE(r);
  for (int j = 0; j <= m; ++j) {
    const Mpfr exact =
        factorial(m + n - j) * factorial(m) / (factorial(m + n) * factorial(j) * factorial(m - j));
    EXPECT_LT(to_double(abs(r->numerator[j] - exact)), 1e-80) << j;
  }
  for (int j = 0; j <= n; ++j) {
    const Mpfr exact = factorial(m + n - j) * factorial(n) /
                       (factorial(m + n) * factorial(j) * factorial(n - j)) * (j % 2 == 0 ? 1 : -1);
    EXPECT_LT(to_double(abs(r->denominator[j] - exact)), 1e-80) << j;
  }
}

TEST_F(Series, NoPadeWhereTheEquationsAreSingular) {
  EXPECT_FALSE(pade(polynomial({1, 0, -0.5}), 1, 1));  // cos
  EXPECT_TRUE(pade(polynomial({1, 0, -0.5}), 0, 2));
}

}  // namespace
}  // namespace ulpforge::baselines
