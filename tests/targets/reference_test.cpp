// Reference values against MPFR's own correctly rounded functions, and against brute precision.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <functional>
#include <random>
#include <thread>

#include "ir/evaluate.h"
#include "ir/expression.h"
#include "targets/exact/ball.h"
#include "targets/exact/real.h"
#include "targets/exact/reference.h"

namespace ulpforge::targets {
namespace {

using MpfrUnary = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);

int mpfr_log_abs_gamma(mpfr_ptr out, mpfr_srcptr a, mpfr_rnd_t rounding) {
  int sign = 0;
  return mpfr_lgamma(out, &sign, a, rounding);
}

struct Row {
  const char* name;
  MpfrUnary mpfr;
  double lo, hi;
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

class UnaryFunction : public ::testing::TestWithParam<Row> {};

/// Points all over [lo, hi], and near 0 where it is inside.
std::vector<double> points(double lo, double hi, int count, unsigned seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> inside(lo, hi);
  std::uniform_int_distribution<int> exponent(-60, 0);
  std::vector<double> result;
  for (int i = 0; i < count; ++i) {
    double x = inside(random);
    if (lo <= 0 && hi > 0 && i % 4 == 0) x = std::ldexp(x, exponent(random));
    result.push_back(i % 8 == 1 ? static_cast<double>(static_cast<float>(x)) : x);
  }
  return result;
}

TEST_P(UnaryFunction, IsCorrectlyRounded) {
  ir::Program program;
  program.result = program.add(*ir::find_operation(GetParam().name), ir::Operand::input());
  for (const double x : points(GetParam().lo, GetParam().hi, 60, 7)) {
    const numbers::Mpfr argument = real(x, 53);
    for (const unsigned bits : {24U, 53U, 113U, 200U}) {
      numbers::Mpfr expected = real(bits);
      GetParam().mpfr(numbers::raw(expected), numbers::raw(argument), MPFR_RNDN);
      const numbers::Mpfr actual = reference(program, argument, bits);
      ASSERT_EQ(mpfr_get_prec(numbers::raw(actual)), static_cast<mpfr_prec_t>(bits));
      ASSERT_TRUE(mpfr_equal_p(numbers::raw(actual), numbers::raw(expected)))
          << GetParam().name << "(" << x << ") to " << bits << " bits: " << actual << " and not "
          << expected;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Mpfr, UnaryFunction,
    ::testing::Values(
        Row{"sqrt", mpfr_sqrt, 0, 100}, Row{"neg", mpfr_neg, -1, 1}, Row{"fabs", mpfr_abs, -1, 1},
        Row{"cbrt", mpfr_cbrt, -100, 100}, Row{"exp", mpfr_exp, -700, 700},
        Row{"exp2", mpfr_exp2, -1000, 1000}, Row{"exp10", mpfr_exp10, -300, 300},
        Row{"expm1", mpfr_expm1, -30, 30}, Row{"log", mpfr_log, 0, 1e9},
        Row{"log2", mpfr_log2, 0, 1e3}, Row{"log10", mpfr_log10, 0, 1e3},
        Row{"log1p", mpfr_log1p, -1, 10}, Row{"sin", mpfr_sin, -1e5, 1e5},
        Row{"cos", mpfr_cos, -1e5, 1e5}, Row{"tan", mpfr_tan, -100, 100},
        Row{"asin", mpfr_asin, -1, 1}, Row{"acos", mpfr_acos, -1, 1},
        Row{"atan", mpfr_atan, -100, 100}, Row{"sinh", mpfr_sinh, -100, 100},
        Row{"cosh", mpfr_cosh, -100, 100}, Row{"tanh", mpfr_tanh, -20, 20},
        Row{"asinh", mpfr_asinh, -100, 100}, Row{"acosh", mpfr_acosh, 1, 100},
        Row{"atanh", mpfr_atanh, -1, 1}, Row{"erf", mpfr_erf, -6, 6},
        Row{"erfc", mpfr_erfc, -6, 20}, Row{"tgamma", mpfr_gamma, -20, 100},
        Row{"lgamma", mpfr_log_abs_gamma, -20, 1000}, Row{"j0", mpfr_j0, -30, 30},
        Row{"j1", mpfr_j1, -30, 30}, Row{"y0", mpfr_y0, 0, 30}, Row{"y1", mpfr_y1, 0, 30},
        Row{"airy_ai", mpfr_ai, -10, 10}, Row{"rsqrt", mpfr_rec_sqrt, 0, 100},
        Row{"sinpi", mpfr_sinpi, -100, 100}, Row{"cospi", mpfr_cospi, -100, 100},
        Row{"tanpi", mpfr_tanpi, -100, 100}, Row{"asinpi", mpfr_asinpi, -1, 1},
        Row{"acospi", mpfr_acospi, -1, 1}, Row{"atanpi", mpfr_atanpi, -100, 100},
        Row{"exp2m1", mpfr_exp2m1, -30, 30}, Row{"exp10m1", mpfr_exp10m1, -30, 30},
        Row{"log2p1", mpfr_log2p1, -1, 10}, Row{"log10p1", mpfr_log10p1, -1, 10},
        Row{"expint", mpfr_eint, 0, 30}, Row{"digamma", mpfr_digamma, -10, 30},
        Row{"trunc", mpfr_rint_trunc, -100, 100}, Row{"ceil", mpfr_rint_ceil, -100, 100},
        Row{"real_floor", mpfr_rint_floor, -100, 100}, Row{"round", mpfr_rint_round, -100, 100},
        Row{"roundeven", mpfr_rint_roundeven, -100, 100}, Row{"modf", mpfr_frac, -100, 100}),
    [](const auto& row) { return std::string(row.param.name); });

/// The operation at a point of its domain where it is smooth and not 0; a second argument is 2.
struct Sample {
  ir::Program program;
  double at;
};
Sample sample_of(ir::Op op) {
  using ir::Op;
  Sample sample;
  const ir::Operand x = ir::Operand::input();
  const ir::Operand two = sample.program.add_constant(2);
  const bool order =
      op == Op::BesselJ || op == Op::BesselY || op == Op::BesselI || op == Op::BesselK;
  sample.program.result =
      order ? sample.program.add(op, two, x) : sample.program.add(op, x, two, x);
  const bool steps = op >= Op::Trunc;  // the last rows of the table
  sample.at = op == Op::Acosh ? 1.3 : steps ? 2.25 : 0.3;
  return sample;
}

/// Every operation of the table, also those that will be added.
TEST(Ball, HasEveryOperation) {
  const numbers::MpfrPrecision precision(300);
  for (const ir::OpInfo& row : ir::operations()) {
    if (row.is_machine()) continue;
    const auto [program, at] = sample_of(row.op);
    const numbers::Mpfr expected = ir::evaluate(program, numbers::Mpfr(at));
    const numbers::Mpfr actual = reference(program, numbers::Mpfr(at), 200);
    ASSERT_TRUE(mpfr_number_p(numbers::raw(actual))) << row.name;
    const numbers::Mpfr error = abs(numbers::Mpfr(actual - expected) / expected);
    EXPECT_LT(error.convert_to<double>(), 1e-59) << row.name;
  }
}

/// Interval arguments: the ball holds the value of every point in it.
TEST(Ball, EnclosesTheValuesOverAnInterval) {
  const std::vector<std::pair<const char*, std::pair<double, double>>> cases{
      {"asin(x)", {-1, -0.5}}, {"acos(x)", {0.5, 1}},      {"acosh(x)", {1, 1.5}},
      {"cbrt(x)", {-1, 2}},    {"sqrt(x)", {0, 2}},        {"x^0.3", {0, 2}},
      {"exp2(x)", {-1, 3}},    {"lgamma(x)", {-0.9, -.1}}, {"hypot(x, 1)", {-1, 1}},
      {"abs(x)", {-1, 2}},     {"fma(x, x, 1)", {-1, 1}},  {"tgamma(x)", {0.5, 3}}};
  for (const auto& [text, interval] : cases) {
    const ir::Program program = ir::parse_expression(text);
    const numbers::Mpfr lo = real(interval.first, 53);
    const numbers::Mpfr hi = real(interval.second, 53);
    const Enclosure enclosure = evaluate(program, Ball::interval(lo, hi, 64), 64);
    ASSERT_TRUE(enclosure.value.is_finite()) << text;
    for (int i = 0; i <= 20; ++i) {
      const double x = interval.first + (interval.second - interval.first) * i / 20;
      const Ball value(reference(program, real(x, 53), 100));
      EXPECT_TRUE(arb_contains(enclosure.value.get(), value.get()) ||
                  arb_overlaps(enclosure.value.get(), value.get()))
          << text << " at " << x;
    }
  }
}

class Composed : public ::testing::TestWithParam<const char*> {};

TEST_P(Composed, AgreesWithAThousandBits) {
  const ir::Program program = ir::parse_expression(GetParam());
  const numbers::MpfrPrecision precision(1000);
  for (const double x : points(0, 1, 40, 11)) {
    const numbers::Mpfr wide = ir::evaluate(program, numbers::Mpfr(x));
    for (const unsigned bits : {24U, 53U, 200U}) {
      const numbers::Mpfr expected = real(wide, bits);
      const numbers::Mpfr actual = reference(program, real(x, 53), bits);
      ASSERT_TRUE(mpfr_equal_p(numbers::raw(actual), numbers::raw(expected)))
          << x << " to " << bits;
    }
    const numbers::DoubleDouble pair = reference(program, x);
    ASSERT_EQ(pair.hi, mpfr_get_d(numbers::raw(wide), MPFR_RNDN)) << x;
    const numbers::Mpfr error = abs(numbers::Mpfr(numbers::to_mpfr(pair) - wide) / wide);
    ASSERT_LE(error.convert_to<double>(), 0x1p-106) << x;
  }
}

INSTANTIATE_TEST_SUITE_P(Expressions, Composed,
                         ::testing::Values("log1p(exp(x))", "sqrt(2/(pi*x))*sinh(x)",
                                           "1/(1+exp(-x))", "exp(-x^2)", "x - sin(x)", "1 - cos(x)",
                                           "exp(x) - 1 - x - x^2/2", "x^0.1", "airy_ai(-7*x)",
                                           "erfc(-x/sqrt(2))/2", "e^x^pi"));

TEST(Reference, SurvivesTheTableMakersDilemma) {
  const auto to_double = [](std::string_view text, double x) {
    return reference(ir::parse_expression(text), x);
  };
  // Half an ULP and a little: 1 + 2^-53 + 2^-107 rounds up, 1 - 2^-54 + 2^-109 too.
  EXPECT_EQ(to_double("exp(x)", 0x1p-53).hi, 1 + 0x1p-52);
  EXPECT_EQ(to_double("exp(x)", -0x1p-54).hi, 1);
  // A tie that only the 1961st bit decides.
  const auto rounded = [](std::string_view text, double x) {
    const numbers::Mpfr result = reference(ir::parse_expression(text), real(x, 53), 53);
    return mpfr_get_d(numbers::raw(result), MPFR_RNDN);
  };
  EXPECT_EQ(rounded("1 + x + x^37", 0x1p-53), 1 + 0x1p-52);
  EXPECT_EQ(rounded("1 + x - x^37", 0x1p-53), 1);
  EXPECT_EQ(rounded("1 + x", 0x1p-53), 1) << "an exact tie goes to even";
  EXPECT_EQ(rounded("1 + 3*x", 0x1p-53), 1 + 0x1p-51);
  EXPECT_EQ(rounded("exp(log(1 + x))", 0x1p-53), 1) << "a tie that no precision decides";
  EXPECT_EQ(rounded("exp(log(1 + 3*x))", 0x1p-53), 1 + 0x1p-51);
}

TEST(Reference, FindsExactValuesAndZeros) {
  const auto value = [](std::string_view text, double x) {
    return reference(ir::parse_expression(text), x).hi;
  };
  EXPECT_EQ(value("sin(pi*x)", 1), 0);
  EXPECT_EQ(value("sin(x)^2 + cos(x)^2 - 1", 0.7), 0);
  EXPECT_EQ(value("log2(x)", 0.125), -3);
  EXPECT_EQ(value("exp2(x)", -3), 0.125);
  EXPECT_EQ(value("exp10(x)", 22), 1e22);
  EXPECT_EQ(value("log10(x)", 1000), 3);
  EXPECT_EQ(value("cbrt(x)", -27), -3);
  EXPECT_EQ(value("x^(1/3)", 0), 0);
  EXPECT_EQ(value("x^0", 0), 1);
  EXPECT_EQ(value("0*x", 1), 0);
}

TEST(Reference, IsNanWhereTheFunctionIsNotDefined) {
  const auto undefined = [](std::string_view text, double x) {
    return std::isnan(reference(ir::parse_expression(text), x).hi);
  };
  for (const char* text : {"log(x)", "log2(x)", "log10(x)", "sqrt(x)", "y0(x)", "y1(x)", "acosh(x)",
                           "x^0.5", "tgamma(x)", "lgamma(x)", "log1p(x)", "atanh(x)", "1/(x+1)"}) {
    EXPECT_TRUE(undefined(text, -1)) << text;
  }
  for (const char* text :
       {"log(x)", "1/x", "y0(x)", "tgamma(x)", "sin(1/x)", "x^-0.5", "1/sin(pi*x)"}) {
    EXPECT_TRUE(undefined(text, 0)) << text;
  }
  EXPECT_TRUE(undefined("asin(x)", 1.5));
  EXPECT_TRUE(undefined("exp(x)", std::nan("")));
  EXPECT_FALSE(undefined("log(1 + x)", 1e-300)) << "near the edge, but inside";
}

TEST(Reference, ReachesTheEndsOfTheRange) {
  const auto value = [](std::string_view text, double x) {
    return reference(ir::parse_expression(text), x).hi;
  };
  EXPECT_EQ(value("exp(x)", 1000), std::numeric_limits<double>::infinity());
  EXPECT_EQ(value("exp(x)", -1000), 0);
  EXPECT_EQ(value("exp(x)", -745), 5e-324);
  EXPECT_EQ(value("sin(x)", 0x1p-1060), 0x1p-1060);
  EXPECT_EQ(value("1 - cos(x)", 0x1p-500), 0x1p-1001);
  EXPECT_EQ(value("sin(x)", 1e22), -0.8522008497671888);
}

TEST(Reference, DoesNotReadThePrecisionInForce) {
  const ir::Program program = ir::parse_expression("exp(x)");
  const numbers::Mpfr x = real(0.5, 53);
  const numbers::Mpfr before = reference(program, x, 200);
  for (const unsigned bits : {60U, 1000U}) {
    const numbers::MpfrPrecision precision(bits);
    const numbers::Mpfr inside = reference(program, x, 200);
    EXPECT_EQ(mpfr_get_prec(numbers::raw(inside)), 200);
    EXPECT_TRUE(mpfr_equal_p(numbers::raw(inside), numbers::raw(before)));
  }
}

TEST(Reference, RunsInParallel) {
  const ir::Program program = ir::parse_expression("log1p(exp(x)) + gamma(x+1) + j0(x)");
  constexpr int kPoints = 300;
  const auto at = [](int i) { return static_cast<double>(i) / kPoints; };
  std::vector<numbers::DoubleDouble> serial;
  for (int i = 0; i < kPoints; ++i) serial.push_back(reference(program, at(i)));
  std::vector<std::vector<numbers::DoubleDouble>> parallel(4);
  {
    std::vector<std::jthread> threads;
    for (auto& results : parallel) {
      threads.emplace_back([&] {
        for (int i = 0; i < kPoints; ++i) results.push_back(reference(program, at(i)));
      });
    }
  }
  for (const auto& results : parallel) EXPECT_EQ(results, serial);
}

TEST(RealMachine, AgreesWithTheInterpreter) {
  const numbers::MpfrPrecision precision(300);
  const unsigned bits = numbers::MpfrPrecision::bits();
  for (const ir::OpInfo& row : ir::operations()) {
    if (row.is_machine()) continue;
    ir::Program program;
    const ir::Operand x = ir::Operand::input();
    const ir::Operand c = program.add_constant({0.1, 0x1p-70});
    program.result = program.add(row.op, x, c, x);
    RealMachine machine(program, bits);
    for (const double at : {0.3, -1.7, 0.0, 2.5, HUGE_VAL}) {
      const numbers::Mpfr point(at);
      machine.run(point);
      const numbers::Mpfr expected = ir::evaluate(program, point);
      const bool both_nan =
          mpfr_nan_p(numbers::raw(expected)) && mpfr_nan_p(numbers::raw(machine.result()));
      EXPECT_TRUE(both_nan || mpfr_equal_p(numbers::raw(machine.result()), numbers::raw(expected)))
          << row.name << " at " << at;
    }
  }
}

TEST(RealMachine, HoldsConstantsExactly) {
  const numbers::Mpfr wide = exact({1.0, 0x1p-1074});
  numbers::Mpfr rest = real(53);
  mpfr_sub_ui(numbers::raw(rest), numbers::raw(wide), 1, MPFR_RNDN);
  EXPECT_EQ(mpfr_get_d(numbers::raw(rest), MPFR_RNDN), 0x1p-1074);
}

}  // namespace
}  // namespace ulpforge::targets
