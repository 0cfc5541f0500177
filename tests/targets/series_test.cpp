// Taylor series against MPFR's values: Taylor's theorem has to hold, with the remainder from the
// series over the interval.
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <thread>

#include "ir/evaluate.h"
#include "ir/expression.h"
#include "targets/exact/series.h"

namespace ulpforge::targets {
namespace {

Ball point(double x) { return Ball(x); }
Ball interval(double lo, double hi) {
  return Ball::interval(numbers::Mpfr(lo), numbers::Mpfr(hi), 64);
}

/// sum of c[k] t^k for k < n, plus remainder t^n.
Ball taylor_sum(const Series& coefficients, const Ball& remainder, const Ball& t, std::size_t n,
                long bits) {
  Ball sum = remainder;
  for (std::size_t k = n; k-- > 0;) {
    arb_mul(sum.get(), sum.get(), t.get(), bits);
    arb_add(sum.get(), sum.get(), coefficients[k].get(), bits);
  }
  return sum;
}

struct Case {
  const char* expression;
  double lo, hi;  ///< where the function is analytic
};

void PrintTo(const Case& row, std::ostream* os) { *os << row.expression; }

class Taylor : public ::testing::TestWithParam<Case> {};

TEST_P(Taylor, TheoremHolds) {
  constexpr long kBits = 160;
  constexpr std::size_t kTerms = 12;
  const auto [text, lo, hi] = GetParam();
  const ir::Program program = ir::parse_expression(text);
  const numbers::MpfrPrecision precision(400);
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> inside(lo, hi);
  for (int i = 0; i < 40; ++i) {
    const double x0 = i == 0 ? lo : inside(random);
    // From narrow to a good part of the interval.
    const double radius = (hi - lo) * std::ldexp(1.0, -3 - i % 12);
    const double from = std::max(lo, x0 - radius);
    const double to = std::min(hi, x0 + radius);
    const Expansion about = taylor(program, point(x0), kTerms, kBits);
    const Expansion over = taylor(program, interval(from, to), kTerms + 1, kBits);
    ASSERT_FALSE(about.undefined || over.undefined || about.clipped || over.clipped) << x0;
    for (std::size_t k = 0; k < kTerms; ++k) {
      ASSERT_TRUE(about.series[k].is_finite()) << text << " at " << x0 << ", coefficient " << k;
      // Sharp: the rounding of a few operations, and some loss to cancellation.
      EXPECT_LT(
          mag_get_d(arb_radref(about.series[k].get())),
          0x1p-100 * (1 + std::fabs(arf_get_d(arb_midref(about.series[k].get()), ARF_RND_NEAR))))
          << text << " at " << x0 << ", coefficient " << k;
      EXPECT_TRUE(arb_overlaps(over.series[k].get(), about.series[k].get()))
          << text << " over [" << from << ", " << to << "], coefficient " << k;
    }
    if (radius < 0.1 * (hi - lo)) {
      ASSERT_TRUE(over.series[kTerms].is_finite()) << text << " [" << from << ", " << to << "]";
    }
    for (const double x : {from, to, 0.3 * from + 0.7 * to}) {
      const numbers::Mpfr exact = ir::evaluate(program, numbers::Mpfr(x));
      Ball truth(exact);
      if (exact != 0) {
        arf_mag_add_ulp(arb_radref(truth.get()), arb_radref(truth.get()), arb_midref(truth.get()),
                        390);
      }
      const Ball t(numbers::Mpfr(numbers::Mpfr(x) - numbers::Mpfr(x0)));
      const Ball sum = taylor_sum(about.series, over.series[kTerms], t, kTerms, kBits);
      EXPECT_TRUE(arb_overlaps(sum.get(), truth.get())) << text << " about " << x0 << " at " << x;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Functions, Taylor,
    ::testing::Values(
        Case{"-x", -1, 1}, Case{"x + x*x - 1/(x + 3)", -1, 1}, Case{"sqrt(x)", 0.1, 4},
        Case{"fma(x, x, x)", -1, 1}, Case{"abs(x)", 0.5, 2}, Case{"abs(x)", -2, -0.5},
        Case{"pi*x + e", -1, 1}, Case{"pow(x, 0.3)", 0.1, 4}, Case{"pow(x, x)", 0.1, 3},
        Case{"pow(x, -3)", -4, -1}, Case{"x^7", -1, 1}, Case{"hypot(x, 1)", -3, 3},
        Case{"cbrt(x)", 0.1, 8}, Case{"cbrt(x)", -8, -0.1}, Case{"exp(x)", -20, 20},
        Case{"exp2(x)", -20, 20}, Case{"exp10(x)", -5, 5}, Case{"expm1(x)", -1, 1},
        Case{"log(x)", 0.1, 10}, Case{"log2(x)", 0.1, 10}, Case{"log10(x)", 0.1, 10},
        Case{"log1p(x)", -0.9, 10}, Case{"sin(x)", -10, 10}, Case{"cos(x)", -10, 10},
        Case{"tan(x)", -1.5, 1.5}, Case{"asin(x)", -0.95, 0.95}, Case{"acos(x)", -0.95, 0.95},
        Case{"atan(x)", -5, 5}, Case{"sinh(x)", -5, 5}, Case{"cosh(x)", -5, 5},
        Case{"tanh(x)", -20, 20}, Case{"asinh(x)", -5, 5}, Case{"acosh(x)", 1.05, 5},
        Case{"atanh(x)", -0.95, 0.95}, Case{"erf(x)", -6, 6}, Case{"erfc(x)", -2, 10},
        Case{"gamma(x)", 0.1, 10}, Case{"gamma(x)", -1.9, -1.1}, Case{"lgamma(x)", 0.1, 20},
        Case{"lgamma(x)", -2.9, -2.1}, Case{"j0(x)", -20, 20}, Case{"j0(x)", -0.1, 0.1},
        Case{"j1(x)", -20, 20}, Case{"j1(x)", 0, 1e-3}, Case{"y0(x)", 0.2, 20},
        Case{"y1(x)", 0.2, 20}, Case{"airy_ai(x)", -10, 10}, Case{"exp(sin(x)) / (2 + x)", -1, 3},
        Case{"j0(exp(x))", -1, 1}, Case{"tan(x*x/3)", 0, 2}, Case{"tanh(1/x)", 0.5, 3},
        Case{"log1p(exp(x))", -10, 10}, Case{"acos(x*x/2)", -1.2, 1.2}, Case{"rsqrt(x)", 0.1, 4},
        Case{"sinpi(x)", -4, 4}, Case{"cospi(x)", -4, 4}, Case{"tanpi(x)", -0.45, 0.45},
        Case{"asinpi(x)", -0.95, 0.95}, Case{"acospi(x)", -0.95, 0.95}, Case{"atanpi(x)", -5, 5},
        Case{"atan2pi(x, 2)", -5, 5}, Case{"exp2m1(x)", -2, 2}, Case{"exp10m1(x)", -1, 1},
        Case{"log2p1(x)", -0.9, 10}, Case{"log10p1(x)", -0.9, 10}, Case{"compound(x, 5)", -0.9, 2},
        Case{"compound(x, 100)", -0.4, 0.5}, Case{"pown(x, 7)", -2, -1}, Case{"pown(x, -2)", 1, 3},
        Case{"rootn(x, 3)", -8, -1}, Case{"rootn(x, 4)", 1, 8}, Case{"rootn(x, -2)", 1, 8},
        Case{"powr(x, 2.5)", 0.5, 3}, Case{"erfcx(x)", -2, 6}, Case{"erfcx(x)", 2, 50},
        Case{"expint(x)", 0.2, 10}, Case{"digamma(x)", 0.5, 10}, Case{"lambertw(x)", -0.2, 10},
        Case{"j2(x)", -10, 10}, Case{"y2(x)", 0.5, 10}, Case{"i2(x)", -5, 5}, Case{"k2(x)", 0.5, 5},
        Case{"jn(-3, x)", 1, 5}, Case{"fmod(x, 3)", 3.1, 5.9}, Case{"remainder(x, 3)", 1.6, 4.4},
        Case{"modf(x)", 1.1, 1.9}, Case{"fdim(x, 1)", 2, 3}, Case{"fmax(x, 1)", 2, 3},
        Case{"ldexp(x, 3)", -1, 1}, Case{"copysign(x, -1)", 1, 2}, Case{"frexp(x)", 2.1, 3.9}));

TEST(TaylorSeries, EveryOperationHasOne) {
  for (const ir::OpInfo& row : ir::operations()) {
    if (row.is_machine()) continue;
    // A function of the numbers of a format, and of no others.
    if (row.op == ir::Op::NextafterF32 || row.op == ir::Op::NextafterF64) continue;
    using ir::Op;
    const bool order = row.op == Op::BesselJ || row.op == Op::BesselY || row.op == Op::BesselI ||
                       row.op == Op::BesselK;
    ir::Program program;
    const ir::Operand x = ir::Operand::input();
    const ir::Operand two = program.add_constant(2);
    program.result = order ? program.add(row.op, two, x) : program.add(row.op, x, two, x);
    const bool steps = row.op >= Op::Trunc;  // the last rows of the table
    const double at = row.op == Op::Acosh ? 1.3 : steps ? 2.25 : 0.3;
    const Expansion expansion = taylor(program, point(at), 6, 128);
    EXPECT_FALSE(expansion.undefined || expansion.clipped) << row.name;
    for (std::size_t k = 0; k < 6; ++k) {
      EXPECT_TRUE(expansion.series[k].is_finite()) << row.name << " " << k;
    }
  }
}

TEST(TaylorSeries, ConstantTermIsThatOfTheBall) {
  // One coefficient is a plain enclosure, ends of domains included.
  const Expansion root = taylor(ir::parse_expression("sqrt(x)"), interval(0, 1), 1, 64);
  EXPECT_TRUE(root.series[0].is_finite());
  const Expansion longer = taylor(ir::parse_expression("sqrt(x)"), interval(0, 1), 4, 64);
  EXPECT_TRUE(longer.series[0].is_finite());
  EXPECT_FALSE(longer.series[1].is_finite());
  EXPECT_FALSE(longer.series[3].is_finite());
}

TEST(TaylorSeries, SingularitiesAreNotFinite) {
  for (const auto& [text, lo, hi] :
       {Case{"1/x", -1, 1}, Case{"sqrt(x)", -0.1, 1}, Case{"log(x)", -0.1, 1},
        Case{"gamma(x)", -0.5, 1}, Case{"lgamma(x)", -1.5, -0.5}, Case{"tan(x)", 1, 2},
        Case{"y0(x)", -1, 1}, Case{"y1(x)", 0, 1}, Case{"atanh(x)", 0.5, 1.5},
        Case{"asin(x)", 0.5, 1}, Case{"acos(x)", 0.5, 1.5}, Case{"acosh(x)", 1, 2},
        Case{"cbrt(x)", -1, 1}, Case{"abs(x)", -1, 1}, Case{"pow(x, 0.5)", 0, 1},
        Case{"pow(x, -2)", -1, 1}, Case{"log1p(x)", -1, 0}, Case{"hypot(x, x)", -1, 1}}) {
    const Expansion over = taylor(ir::parse_expression(text), interval(lo, hi), 5, 64);
    for (std::size_t k = 1; k < 5; ++k) {
      EXPECT_FALSE(over.series[k].is_finite()) << text << " " << k;
    }
  }
  for (const char* text : {"1/x", "log(x)", "gamma(x)", "y0(x)", "pow(x, -1)"}) {
    EXPECT_TRUE(taylor(ir::parse_expression(text), point(0), 5, 64).undefined) << text;
  }
}

TEST(TaylorSeries, OfStepsAroundZeroAndOfNothing) {
  // A corner inside the ball: no slope; a ball about 0 that has none in it: that of the larger.
  Ball around(0.0);
  arb_add_error(around.get(), Ball(0.25).get());
  const Expansion corner = taylor(ir::parse_expression("fmax(x,-x)"), around, 2, 64);
  EXPECT_FALSE(corner.series[1].is_finite());
  const Expansion larger = taylor(ir::parse_expression("fmax(x,1-x)"), around, 2, 64);
  EXPECT_TRUE(arb_equal_si(larger.series[1].get(), -1));
  Ball nothing;
  arb_indeterminate(nothing.get());
  EXPECT_FALSE(taylor(ir::parse_expression("fmax(x,1-x)"), nothing, 2, 64).series[1].is_finite());
}

TEST(TaylorSeries, ZeroTimesASingularityIsNoNumber) {
  ir::Program program;
  const ir::Operand x = ir::Operand::input();
  const auto pole = program.add(ir::Op::Div, program.add_constant(1), x);
  program.result = program.add(ir::Op::Mul, pole, program.add_constant(0));
  const Expansion over = taylor(program, interval(-1, 1), 3, 64);
  EXPECT_FALSE(over.series[0].is_finite() || over.series[2].is_finite());
}

/// The terms of sin about 0 are known.
TEST(TaylorSeries, OfTheSineAboutZero) {
  const Expansion sine = taylor(ir::parse_expression("sin(x)"), point(0), 8, 128);
  const double factorials[] = {1, 1, 2, 6, 24, 120, 720, 5040};
  for (std::size_t k = 0; k < 8; ++k) {
    const double expected = k % 2 == 0 ? 0 : (k % 4 == 1 ? 1 : -1) / factorials[k];
    EXPECT_EQ(arf_get_d(arb_midref(sine.series[k].get()), ARF_RND_NEAR), expected) << k;
    if (k % 2 == 0) {
      EXPECT_TRUE(arb_is_zero(sine.series[k].get())) << k;
    }
  }
}

TEST(TaylorSeries, IsThreadSafe) {
  const ir::Program program = ir::parse_expression("exp(sin(x)) * j0(x) / gamma(x + 3)");
  const Expansion expected = taylor(program, point(0.7), 10, 200);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 50; ++k) {
        const Expansion actual = taylor(program, point(0.7), 10, 200);
        EXPECT_TRUE(arb_poly_equal(actual.series.get(), expected.series.get()));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace ulpforge::targets
