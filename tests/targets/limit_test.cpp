// Limits against values worked out by hand, and Taylor series around removable singularities
// against exact values beside them.
#include "targets/exact/limit.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "ir/expression.h"
#include "targets/exact/exact_value.h"
#include "targets/exact/real.h"
#include "targets/exact/reference.h"

namespace ulpforge::targets {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct Case {
  const char* expression;
  double x;
  double limit;  ///< infinite: it grows; NaN: there is none
};

void PrintTo(const Case& row, std::ostream* os) { *os << row.expression << " at " << row.x; }

class LimitCase : public testing::TestWithParam<Case> {};

TEST_P(LimitCase, IsTheOneByHand) {
  const auto& [expression, x, expected] = GetParam();
  const ir::Program program = ir::parse_expression(expression);
  const Limit limit = std::isinf(x) ? limit_at_infinity(program, x < 0, 128)
                                    : limit_at(program, Ball(x), Side::Both, 128);
  if (std::isnan(expected)) {
    EXPECT_EQ(limit.kind, Limit::Kind::None);
  } else if (std::isinf(expected)) {
    EXPECT_EQ(limit.kind, expected > 0 ? Limit::Kind::PlusInfinity : Limit::Kind::MinusInfinity);
  } else {
    ASSERT_EQ(limit.kind, Limit::Kind::Number);
    const double value = arf_get_d(arb_midref(limit.value.get()), ARF_RND_NEAR);
    EXPECT_NEAR(value, expected, 1e-15 * std::abs(expected));
    EXPECT_LT(mag_get_d(arb_radref(limit.value.get())), 1e-25);
    // The same by way of everybody's door.
    const numbers::Mpfr exact = exact_value(program, x).value;
    EXPECT_NEAR(mpfr_get_d(numbers::raw(exact), MPFR_RNDN), expected, 1e-15 * std::abs(expected));
  }
}

INSTANTIATE_TEST_SUITE_P(
    AtNumbers, LimitCase,
    testing::Values(
        Case{"expm1(x)/x", 0, 1}, Case{"(exp(x)-1)/x", 0, 1}, Case{"sin(pi*x)/(pi*x)", 0, 1},
        Case{"(1-cos(x))/x^2", 0, 0.5}, Case{"log1p(x)/x", 0, 1}, Case{"x/(exp(x)-1)", 0, 1},
        Case{"log(x)/(x-1)", 1, 1}, Case{"(x^2-4)/(x-2)", 2, 4},
        Case{"(cos(x)-cos(1))/(x-1)", 1, -0.8414709848078965}, Case{"1/x-1/sin(x)", 0, 0},
        Case{"(tan(x)-sin(x))/x^3", 0, 0.5}, Case{"(x-sin(x)-x^3/6)/x^5", 0, -1.0 / 120},
        Case{"sin(x)^2/x^2", 0, 1}, Case{"x*log(x)", 0, 0}, Case{"sin(sqrt(x))/sqrt(x)", 0, 1},
        Case{"acos(x)/sqrt(1-x)", 1, std::numbers::sqrt2}, Case{"x*tgamma(x)", 0, 1},
        Case{"x*digamma(x)", 0, -1}, Case{"lgamma(x)+log(x)", 0, 0},
        Case{"tan(pi*x)*(x-0.5)", 0.5, -1 / kPi}, Case{"tanpi(x)*(x-0.5)", 0.5, -1 / kPi},
        Case{"sin(pi*x)/(x-1)", 1, -kPi}, Case{"(sqrt(x)-2)/(x-4)", 4, 0.25},
        Case{"j1(x)/x", 0, 0.5}, Case{"erf(x)/x", 0, 2 / std::sqrt(kPi)},
        Case{"(exp(x)-exp(2))/(x-2)", 2, 7.38905609893065}, Case{"exp(-1/x^2)", 0, 0},
        Case{"(1+x)*log1p(x)", -1, 0}, Case{"sin(x)/abs(x)", 0, kNan}, Case{"1/x", 0, kNan},
        Case{"1/x^2", 0, kInfinity}, Case{"sin(1/x)", 0, kNan}, Case{"log(x)", 0, -kInfinity},
        Case{"x*sin(1/x)", 0, 0}, Case{"atan(1/x)", 0, kNan}, Case{"sqrt(x-2)", 1, kNan}));

INSTANTIATE_TEST_SUITE_P(
    AtInfinity, LimitCase,
    testing::Values(Case{"x*exp(-x)", kInfinity, 0}, Case{"exp(x^2)*erfc(x)", kInfinity, 0},
                    Case{"x*exp(x^2)*erfc(x)", kInfinity, 1 / std::sqrt(kPi)},
                    Case{"log1p(exp(x))-x", kInfinity, 0}, Case{"log1p(exp(x))", -kInfinity, 0},
                    Case{"atan(x)", kInfinity, kPi / 2}, Case{"atan(x)", -kInfinity, -kPi / 2},
                    Case{"x*(atan(x)-pi/2)", kInfinity, -1},
                    Case{"(1+1/x)^x", kInfinity, std::numbers::e}, Case{"log(x)/x", kInfinity, 0},
                    Case{"sin(x)/x", kInfinity, 0}, Case{"x*sin(1/x)", kInfinity, 1},
                    Case{"sqrt(x^2+x)-x", kInfinity, 0.5}, Case{"tanh(x)*x/(1+x)", kInfinity, 1},
                    Case{"1/(1+exp(-x))", kInfinity, 1}, Case{"1/(1+exp(-x))", -kInfinity, 0},
                    Case{"x*erfc(-x)", -kInfinity, 0}, Case{"(x^2+1)/(2*x^2-x)", kInfinity, 0.5},
                    Case{"exp(x)/(exp(x)+x^9)", kInfinity, 1},
                    Case{"asinh(x)/log(x)", kInfinity, 1}, Case{"x/asinh(exp(x))", kInfinity, 1},
                    Case{"x-log(x)", kInfinity, kInfinity}, Case{"x-x^2", kInfinity, -kInfinity},
                    Case{"sin(x)", kInfinity, kNan}, Case{"x*sin(x)", kInfinity, kNan}));

TEST(ExactValue, TakesTheSideOfAZerosSignWhereTheSidesDisagree) {
  const ir::Program program = ir::parse_expression("exp(-1/x)/x");
  EXPECT_TRUE(mpfr_zero_p(numbers::raw(exact_value(program, 0.0).value)));
  EXPECT_FALSE(mpfr_number_p(numbers::raw(exact_value(program, -0.0).value)));
}

TEST(ExactValue, IsExactly0AtTheZerosOfSinc) {
  const ir::Program program = ir::parse_expression("sin(pi*x)/(pi*x)");
  for (const double x : {1.0, -3.0, 1e6}) {
    EXPECT_TRUE(mpfr_zero_p(numbers::raw(exact_value(program, x).value))) << x;
  }
}

TEST(TaylorAround, HoldsTheFunctionAndItsSlope) {
  struct Row {
    const char* expression;
    double z, radius;
  };
  for (const auto& [text, z, radius] :
       {Row{"expm1(x)/x", 0, 0x1p-8}, Row{"sin(pi*x)/(pi*x)", 0, 0.125},
        Row{"(1-cos(x))/x^2", 0, 0.125}, Row{"log(x)/(x-1)", 1, 0.125},
        Row{"x/(exp(x)-1)", 0, 0.125}, Row{"(x^2-4)/(x-2)", 2, 0.5},
        Row{"(cos(x)-cos(1))/(x-1)", 1, 0.125}, Row{"exp(log1p(x)/x)", 0, 0.125},
        Row{"1/sin(x) - 1/x", 0, 0.125}, Row{"1/tanh(x) - 1/x", 0, 0.015625},
        Row{"cos(pi*x)/x - sin(pi*x)/(pi*x^2)", 0, 0.015625}, Row{"1/log(x) - 1/(x-1)", 1, 0.125},
        Row{"1/sin(x)^2 - 1/x^2", 0, 0.125}, Row{"1/(1/x - 1/sin(x))*x", 0, 0.125},
        Row{"x/(1/x + 1/tan(x))", 0, 0.125}, Row{"exp(1/tanh(x) - 1/x)", 0, 0.015625}}) {
    const ir::Program program = ir::parse_expression(text);
    Ball x(z);
    arb_add_error(x.get(), Ball(radius).get());
    EXPECT_FALSE(taylor(program, x, 3, 128).series[1].is_finite()) << text;
    const Expansion expansion = taylor_around(program, x, Ball(z), 3, 128);
    ASSERT_FALSE(expansion.undefined) << text;
    for (int i = -4; i <= 4; ++i) {
      const double at = z + radius * i / 4;
      const double h = radius * 0x1p-20;
      const double value = reference(program, at).hi;
      const double slope =
          (reference(program, at + h).hi - reference(program, at - h).hi) / (2 * h);
      Ball near(value);
      arb_add_error(near.get(), Ball(1e-15).get());
      EXPECT_TRUE(arb_overlaps(expansion.series[0].get(), near.get())) << text << " at " << at;
      near = Ball(slope);
      arb_add_error(near.get(), Ball(1e-6).get());
      EXPECT_TRUE(arb_overlaps(expansion.series[1].get(), near.get())) << text << " at " << at;
    }
    // Narrow enough to be of use.
    EXPECT_LT(mag_get_d(arb_radref(expansion.series[0].get())), 20 * radius) << text;
  }
  // There is nothing to remove.
  Ball x(0.0);
  arb_add_error(x.get(), Ball(0.125).get());
  EXPECT_FALSE(
      taylor_around(ir::parse_expression("cos(x)/x"), x, Ball(0.0), 2, 64).series[0].is_finite());
}

}  // namespace
}  // namespace ulpforge::targets
