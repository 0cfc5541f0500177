// The verifier against brute force, known optima and programs made to deceive it.
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <numbers>

#include "ir/evaluate.h"
#include "ir/expression.h"
#include "targets/exact/real.h"
#include "targets/exact/reference.h"
#include "targets/verify.h"

namespace ulpforge::targets {
namespace {

using ir::Op;
using ir::Operand;
using ir::Program;

Target target(std::string_view what, std::string_view domain = "",
              std::optional<Metric> metric = {}) {
  return make_target(what, domain.empty() ? std::nullopt : std::optional(parse_domain(domain)),
                     metric);
}

Verification verify(const Target& against, std::string_view program) {
  return Verifier(against)(ir::parse_expression(program));
}

Verification verify_exp2(std::string_view program) {
  static const Verifier verifier(target("exp2"));
  return verifier(ir::parse_expression(program));
}

/// c4 / (v + c2) + c5 to the 8th, v = u + c1 / u, u = x + c3 / x: the published ten operations for
/// 2^x, with the constants that minimise the largest relative error on [0,1].
Program ten_operations() {
  Program p;
  const Operand x = Operand::input();
  const Operand u =
      p.add(Op::Add, x,
            p.add(Op::Div, p.add_constant({0x1.6978660788aep+12, -0x1.6e3c1db4aee41p-44}), x));
  const Operand v =
      p.add(Op::Add, u,
            p.add(Op::Div, p.add_constant({0x1.d92f720321384p+13, 0x1.426a8cc13fc33p-41}), u));
  const Operand shifted =
      p.add(Op::Add, v, p.add_constant({-0x1.f51ab0009e0dfp+7, -0x1.8c3e00360d52p-48}));
  const Operand quotient =
      p.add(Op::Div, p.add_constant({-0x1.f51ab000c3258p+8, -0x1.143d59967adcdp-46}), shifted);
  Operand y =
      p.add(Op::Add, quotient, p.add_constant({-0x1.ffffffffffffep-1, 0x1.dee8f4649adc2p-55}));
  for (int k = 0; k < 3; ++k) y = p.add(Op::Mul, y, y);
  p.result = y;
  return p;
}

/// Max relative error against 2^x over `count` + 1 evenly spaced points.
double brute_force(const Program& program, int count) {
  const numbers::MpfrPrecision precision(200);
  double worst = 0;
  for (int i = 0; i <= count; ++i) {
    const numbers::Mpfr x(static_cast<double>(i) / count);
    numbers::Mpfr f;
    mpfr_exp2(numbers::raw(f), numbers::raw(x), MPFR_RNDN);
    const numbers::Mpfr error = abs(numbers::Mpfr(ir::evaluate(program, x) - f)) / f;
    worst = std::max(worst, error.convert_to<double>());
  }
  return worst;
}

TEST(Verify, FindsAtLeastWhatBruteForceFinds) {
  const Verifier verifier(target("exp2"));
  for (const Program& program :
       {ir::parse_expression("1+x"), ir::parse_expression("1+0.6951786*x+0.2276*x^2+0.0773*x^3"),
        ir::parse_expression("18.1/(x+25.1/x-9.05)+1"), ten_operations(),
        ir::parse_expression("1/(1-0.69*x+0.235*x^2-0.04*x^3)"),
        ir::parse_expression("1+0.7*x+0.3*x^2+0.001/(1+1e6*(x-0.3217)^2)")}) {
    constexpr int kCount = 100000;
    const double brute = brute_force(program, kCount);
    const Verification found = verifier(program);
    EXPECT_GE(found.max_error, brute * (1 - 1e-13));
    EXPECT_LE(found.max_error, brute * (1 + 1e-4)) << "brute force looks every 1e-5";
    EXPECT_EQ(found.defect, "");
  }
}

TEST(Verify, KnowsTheAnswersThatPaperKnows) {
  EXPECT_DOUBLE_EQ(verify(target("sin"), "x").max_error, 1 / std::sin(1.0) - 1);
  EXPECT_EQ(verify(target("sin"), "x").worst_x, 1);
  // 1 + x against 2^x: stationary where 1 + x = 1 / ln 2.
  const double at = 1 / std::numbers::ln2 - 1;
  const Verification linear = verify_exp2("1+x");
  EXPECT_NEAR(linear.max_error, (1 + at) / std::exp2(at) - 1, 4e-16);
  EXPECT_NEAR(linear.worst_x, at, 1e-8);
  // Chebyshev: x^2 - (x - 1/8) equioscillates with 1/8; T5 reaches 1 six times.
  EXPECT_DOUBLE_EQ(verify(target("x^2", "0,1", Metric::Absolute), "x-0.125").max_error, 0.125);
  EXPECT_DOUBLE_EQ(verify(target("16*x^5-20*x^3+5*x+3", "-1,1", Metric::Absolute), "3").max_error,
                   1);
  EXPECT_EQ(verify(target("exp"), "x*0").max_error, 1);
}

TEST(Verify, MeasuresThePublishedProgram) {
  const Verification found = Verifier(target("exp2"))(ten_operations());
  EXPECT_NEAR(found.max_error, 2.19e-15, 0.005e-15);
  EXPECT_EQ(found.defect, "") << "c / x at 0 carries infinity to the right limit";
  EXPECT_GT(found.max_error_f64, 2.19e-15) << "double adds rounding errors";
  EXPECT_LT(found.max_error_f64, 1e-14);
}

TEST(Verify, SeesErrorsFarBelowDouble) {
  const Verifier verifier(target("1/(x+1)", "0,1"));
  Program p = ir::parse_expression("1/(x+1)");
  p.result = p.add(Op::Add, p.result, p.add_constant(1e-30));
  EXPECT_NEAR(verifier(p).max_error, 2e-30, 1e-43);
  EXPECT_LT(verifier(p).max_error_f64, 3e-16);
  // A constant's low part is part of it.
  Program q;
  q.result = q.add(Op::Mul, Operand::input(), q.add_constant({1, 0x1p-90}));
  EXPECT_DOUBLE_EQ(Verifier(target("x", "1,2"))(q).max_error, 0x1p-90);
  EXPECT_EQ(Verifier(target("x", "1,2"))(q).max_error_f64, 0);
  EXPECT_DOUBLE_EQ(verify_exp2("exp2(x)*(1+1e-40*x)").max_error, 1e-40);
}

TEST(Verify, MeasuresInUlps) {
  // A relative error of 2^-24: one ULP of a float just below a power of two, half an ULP above.
  const Verification f32 = verify(target("x", "1,2", Metric::UlpF32), "x*(1+0x1p-24)");
  EXPECT_NEAR(f32.max_error, 1, 1e-9);
  const Verification f64 = verify(target("x", "1,1.5", Metric::UlpF64), "x+0x1p-52");
  EXPECT_DOUBLE_EQ(f64.max_error, 1);
}

TEST(Verify, MeasuresDoubleArithmetic) {
  // One correctly rounded division: no error in real arithmetic, half an ULP in double.
  const Verification division = verify(target("x/3", "1,2", Metric::UlpF64), "x/3");
  EXPECT_LT(division.max_error, 1e-40);
  EXPECT_DOUBLE_EQ(division.max_error_f64, 1.0 / 3) << "a third of an integer is never nearer";
  // Cancellation ruins double, not real arithmetic.
  const Verification cancels = verify(target("x", "1,2"), "(x+2^60)-2^60");
  EXPECT_EQ(cancels.max_error, 0);
  EXPECT_GE(cancels.max_error_f64, 0.5);
  EXPECT_EQ(verify(target("x", "1,2"), "x*0x1p600*0x1p600/0x1p600/0x1p600").max_error_f64,
            std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(verify_exp2("exp2(x)").max_error_f64)) << "no such operation in double";
}

struct Pole {
  const char* program;
  double x;
};

void PrintTo(const Pole& pole, std::ostream* os) { *os << pole.program; }

class HasPole : public ::testing::TestWithParam<Pole> {};

TEST_P(HasPole, IsFound) {
  const Verification found = verify_exp2(GetParam().program);
  EXPECT_EQ(found.max_error, std::numeric_limits<double>::infinity());
  EXPECT_TRUE(found.defect.starts_with("pole near x = ")) << found.defect;
  EXPECT_NEAR(found.worst_x, GetParam().x, 1e-12);
}

constexpr double kThird = 1.0 / 3;

INSTANTIATE_TEST_SUITE_P(
    Verify, HasPole,
    ::testing::Values(Pole{"1/(x-1/3)", kThird}, Pole{"1+x+1e-40/(x-1/3)", kThird},
                      Pole{"(1+x)*((x-1/3)/(x-1/3-1e-9))", kThird + 1e-9},
                      Pole{"(1+x)*((x-1/3)/(x-1/3-1e-25))", kThird},
                      Pole{"1+x+1e-20/(x-1/3)^2", kThird},  // no sign change
                      Pole{"1+x+1e-30/((x-1/3)^2-1e-14)", kThird - 1e-7},
                      Pole{"1+x/(1+1e-14/(x-0.7))", 0.7 - 1e-14},  // a pole beside a removable one
                      Pole{"1+x+1e-9/x", 0}, Pole{"1+x+1e-9/sqrt(x)", 0},
                      Pole{"1+x+1e-9/sqrt(sqrt(x))", 0}, Pole{"1+x+1e-9/(1-x)", 1},
                      Pole{"1+x+1e-30/sqrt(abs(x-1/3))", kThird}, Pole{"1/(x-x)", 0}));

TEST(Verify, NarrowFeaturesWithoutPolesAreMeasured) {
  // Height 1 over a width of 1e-6 and of 1e-20.
  for (const char* program : {"1+x+1e-12/((x-1/3)^2+1e-12)", "1+x+1e-40/((x-1/3)^2+1e-40)",
                              "1+x+1e-24/((x-1/3)^4+1e-24)"}) {
    const Verification found = verify_exp2(program);
    EXPECT_NEAR(found.max_error, (4.0 / 3 + 1) / std::exp2(kThird) - 1, 1e-8) << program;
    EXPECT_NEAR(found.worst_x, kThird, 1e-7);
  }
}

TEST(Verify, RemovableSingularitiesPass) {
  // x - 1/3 in a denominator inside a denominator: the value there is 1 + x.
  const Verification simple = verify_exp2("1+x+0.01/(1+x+0.2/(x-1/3))");
  EXPECT_EQ(simple.defect.substr(0, 4), "pole") << "x + 1 + 0.2/(x - 1/3) has a zero of its own";
  for (const char* program :
       {"1+x+0.01/(x+2+0.9/(x-1/3))", "1+x+0.01/(x+2+1.1/(x-0.5))", "1+1/(1+1/x)",
        "1+x*((x-1/3)/(x-1/3))", "1+x+0.01/(5+1/(x+0.9/(x-1/3)))"}) {
    const Verification found = verify_exp2(program);
    EXPECT_EQ(found.defect, "") << program;
    EXPECT_LT(found.max_error, 0.3) << program;
  }
}

TEST(Verify, NansAreFound) {
  EXPECT_EQ(verify_exp2("1+x*x/x").defect, "NaN at x = 0");
  EXPECT_EQ(verify_exp2("1+x*((1-x)/(1-x))").defect, "NaN at x = 1");
  EXPECT_EQ(verify_exp2("1+x*((x-0.3125)/(x-0.3125))").defect, "NaN at x = 0.3125");
  EXPECT_TRUE(verify_exp2("sqrt(x-0.001)").defect.starts_with("NaN at x = 0"));
  // Negative over a width of 2e-7, between the samples.
  EXPECT_TRUE(verify_exp2("1+sqrt((x-1/3)^2-1e-14)").defect.starts_with("NaN at x = 0.33333"));
  EXPECT_EQ(verify_exp2("1+sqrt((x-1/3)^2)").defect, "");
}

TEST(Verify, RelativeErrorWhereTheTargetVanishes) {
  // (x + x^3/3 - tan x) / tan x tends to 0 at 0, (1.5 x - sin x) / sin x to 0.5.
  EXPECT_EQ(verify(target("tan"), "x+x^3/3").worst_x, 1);
  EXPECT_NEAR(verify(target("sin", "0,0.1"), "0.5*x").max_error, 0.5, 1e-15);
  EXPECT_DOUBLE_EQ(verify(target("sin", "0,1e-3"), "1.5*x-x^3").max_error, 0.5);
  const Verification shifted = verify(target("expm1"), "x+1e-30");
  EXPECT_EQ(shifted.defect, "the target vanishes, but the program does not, at x = 0");
  EXPECT_EQ(shifted.max_error, std::numeric_limits<double>::infinity());
  EXPECT_EQ(verify(target("log", "1,2", Metric::Relative), "x-1+1e-30").worst_x, 1);
  // Open ends are approached, not evaluated.
  const Verification open = verify(target("erf"), "x+1e-30");
  EXPECT_EQ(open.max_error, std::numeric_limits<double>::infinity());
  EXPECT_EQ(open.defect, "the error grows without bound towards x = 0");
  EXPECT_FALSE(verify(target("log", "(1,2]", Metric::Relative), "x-1+1e-25").defect.empty());
  EXPECT_EQ(verify(target("erf"), "1.128*x").defect, "");
}

TEST(Verify, RelativeErrorAcrossZeros) {
  // (c (x - 1) - log x) / log x: c - 1 at 1, and at the ends what paper says.
  const Target log = target("log(x)", "0.5,2", Metric::Relative);
  EXPECT_NEAR(verify(log, "1.4*(x-1)").max_error, 1.4 / std::log(2) - 1, 1e-12);
  EXPECT_NEAR(verify(log, "0.6*(x-1)/sqrt(x)").max_error, 0.4, 1e-12);
  EXPECT_EQ(verify(log, "(x-1)+1e-30").defect,
            "the target vanishes, but the program does not, at x = 1");
  const Target square = target("log(x)^2", "0.5,2", Metric::Relative);
  EXPECT_EQ(verify(square, "(x-1)*1e-9").defect, "the error grows without bound towards x = 1");
  EXPECT_TRUE(std::isfinite(verify(square, "(x-1)*(x-1)").max_error));
  // pi is no double: with both parts it is met, between the doubles nothing is asked.
  const Target sine = target("sin(x)", "1,4", Metric::Relative);
  const double met =
      verify(sine, "(3.141592653589793115997963468544185161590576171875-x)+1.2246467991473532e-16")
          .max_error;
  EXPECT_NEAR(met, std::max((M_PI - 1) / std::sin(1.0) - 1, (4 - M_PI) / -std::sin(4.0) - 1),
              1e-12);
  EXPECT_GT(verify(sine, "3.141592653589793115997963468544185161590576171875-x").max_error, 0.99);
}

TEST(Verify, OpenEndsMayBeUndefined) {
  const Verification root = verify(target("bessel_i_half"), "sqrt(0.6366*x)*(1+x^2/6)");
  EXPECT_EQ(root.defect, "");
  EXPECT_LT(root.max_error, 0.01);
  EXPECT_EQ(verify(target("sqrt(x)", "(0,1]"), "x/sqrt(x)").defect, "") << "0/0 at the open end";
  EXPECT_EQ(verify(target("sqrt(x)", "[0,1]"), "x/sqrt(x)").defect, "NaN at x = 0");
}

TEST(Verify, ConstantAndEmptyPrograms) {
  EXPECT_DOUBLE_EQ(verify_exp2("1").max_error, 0.5);
  EXPECT_DOUBLE_EQ(Verifier(target("exp2"))(Program{}).max_error, 1);
  const Verification zero_everywhere = verify_exp2("1+x+1/(1/(x-x))");
  EXPECT_NEAR(zero_everywhere.max_error, 0.0614757, 1e-6) << "1/0 is infinite, 1/inf is 0";
}

TEST(Verify, PointsHaveToBeEnough) {
  EXPECT_THROW(Verifier(target("exp2"), 2), std::invalid_argument);
  EXPECT_NEAR(Verifier(target("exp2"), 9)(ir::parse_expression("1+x")).max_error, 0.0614757, 1e-6);
}

TEST(Verify, DoesNotReadThePrecisionInForceAndRepeats) {
  const Verifier verifier(target("exp2"));
  const Verification first = verifier(ten_operations());
  const numbers::MpfrPrecision precision(60);
  const Verification second = verifier(ten_operations());
  EXPECT_EQ(first.max_error, second.max_error);
  EXPECT_EQ(first.worst_x, second.worst_x);
  EXPECT_EQ(first.max_error_f64, second.max_error_f64);
}

TEST(Verify, IsQuick) {
  const Verifier verifier(target("exp2"));
  const Program program = ten_operations();
  double best = 1;
  for (int i = 0; i < 5; ++i) {
    const auto start = std::chrono::steady_clock::now();
    verifier(program);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    best = std::min(best, taken.count());
  }
  EXPECT_LT(best, 0.06);
}

/// No Chebyshev point of this interval is 0, where x / x is NaN.
TEST(Verify, LooksAtZeroInsideTheInterval) {
  const Verification found = verify(target("x + 2", "-1,1.3"), "x/x+1+x");
  EXPECT_TRUE(std::isinf(found.max_error));
  EXPECT_TRUE(std::isinf(found.max_error_f64));
  EXPECT_EQ(found.worst_x_f64, 0);
}

/// Where rounding dominates, the figure for double is within 5 % of a dense scan's.
TEST(Verify, RoundingNoiseIsFoundInDouble) {
  const Target goal = target("exp2(x)", "0,1");
  const ir::Program program = ten_operations();
  const double found = Verifier(goal)(program).max_error_f64;
  constexpr int kPoints = 400'000;
  double dense = 0;
  for (int i = 1; i <= kPoints; ++i) {
    const double x[] = {static_cast<double>(i) / kPoints};
    double y[1];
    ir::evaluate<double>(program, std::span<const double>(x), std::span<double>(y));
    const long double f = std::exp2(static_cast<long double>(x[0]));
    dense = std::max(dense, static_cast<double>(std::fabs((y[0] - f) / f)));
  }
  EXPECT_LE(dense, 1.05 * found);
  EXPECT_GE(dense, 0.95 * found);
}

}  // namespace
}  // namespace ulpforge::targets
