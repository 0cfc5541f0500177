// Bounds against brute force in MPFR: never below what is found at any point, never far above.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "ir/expression.h"
#include "ir/simplify.h"
#include "ir/text.h"
#include "proof/bound.h"
#include "proof/certificate.h"
#include "targets/exact/real.h"
#include "targets/exact/reference.h"
#include "targets/exact/ulp.h"
#include "targets/verify.h"
#include "tests/evo/structures.h"
#include "tests/ir/random_programs.h"
#include "tests/proof/published_programs.h"

namespace ulpforge::proof {
namespace {

using targets::Metric;
using targets::Target;
using testing::HasSubstr;

Target target(const char* what, targets::Domain domain, Metric metric = Metric::Relative) {
  return targets::make_target(what, domain, metric);
}

/// The target's values at points all over its domain, both ends among them.
struct Samples {
  static constexpr unsigned kBits = 200;
  Target goal;
  std::vector<numbers::Mpfr> x;
  std::vector<numbers::Mpfr> f;

  Samples(Target about, int count) : goal(std::move(about)) {
    for (int i = 0; i < count; ++i) {
      const double at =
          std::min(goal.domain.lo + goal.domain.width() * i / (count - 1), goal.domain.hi);
      numbers::Mpfr value = targets::reference(goal.program, targets::real(at, kBits), kBits);
      if (!mpfr_number_p(numbers::raw(value)) || mpfr_zero_p(numbers::raw(value))) continue;
      x.push_back(targets::real(at, kBits));
      f.push_back(std::move(value));
    }
  }

  /// The largest error found.
  double brute_force(const ir::Program& program) const {
    targets::RealMachine machine(program, kBits);
    double largest = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      machine.run(x[i]);
      numbers::Mpfr error = targets::real(kBits);
      mpfr_sub(numbers::raw(error), numbers::raw(machine.result()), numbers::raw(f[i]), MPFR_RNDN);
      if (goal.metric == Metric::Relative) {
        mpfr_div(numbers::raw(error), numbers::raw(error), numbers::raw(f[i]), MPFR_RNDN);
      } else if (goal.metric != Metric::Absolute) {
        const auto format = goal.metric == Metric::UlpF32 ? numbers::kBinary32 : numbers::kBinary64;
        mpfr_mul_2si(numbers::raw(error), numbers::raw(error),
                     -targets::ulp_exponent(format, mpfr_get_exp(numbers::raw(f[i]))), MPFR_RNDN);
      }
      const double size = std::abs(mpfr_get_d(numbers::raw(error), MPFR_RNDN));
      if (!(size <= largest)) largest = size;
    }
    return largest;
  }
};

TEST(Bound, OfRandomProgramsIsNeverBelowBruteForce) {
  constexpr int kPrograms = 1000;
  ir::test::RandomPrograms random(20);
  const char* functions[] = {"exp(x)",  "1/(x + 9)",   "cos(x/3) + 2",  "erf(x) + 3",
                             "x*x + 1", "atan(x) + 2", "log1p(exp(x))", "tanh(x)*x + 1"};
  const ir::Op operations[] = {ir::Op::Add, ir::Op::Sub, ir::Op::Mul,  ir::Op::Div, ir::Op::Mul,
                               ir::Op::Add, ir::Op::Neg, ir::Op::Sqrt, ir::Op::Abs, ir::Op::Fma};
  constexpr int kTargets = 60;
  std::vector<Samples> samples;
  for (int i = 0; i < kTargets; ++i) {
    const double lo = random.chance(0.2) ? 0 : random.uniform(-3, 3);
    const double hi = lo + std::exp2(random.uniform(-6, 2));
    const Metric metrics[] = {Metric::Relative, Metric::Absolute, Metric::UlpF32};
    samples.emplace_back(
        target(functions[random.below(std::size(functions))], {lo, hi}, metrics[random.below(3)]),
        60);
  }
  int proven = 0;
  int refused = 0;
  for (int i = 0; i < kPrograms; ++i) {
    // Simplified: programs that subtract a value from itself are not what a front holds.
    const ir::Program program = ir::simplify(
        random.program(1 + random.below(9), operations, ir::test::RandomPrograms::Constants::Any));
    const Samples& sample = samples[random.below(samples.size())];
    const Target& goal = sample.goal;
    const Bound bound = prove(program, goal, {.max_cells = 3000});
    const auto context = [&] {
      return ir::print(program) + goal.expression + " on " + to_string(goal.domain) + " " +
             std::string(targets::name(goal.metric)) + " " + bound.obstacle;
    };
    if (!bound.proven) {
      ASSERT_FALSE(bound.obstacle.empty());
      // Something is to be found wrong there: a pole, a NaN, an infinity. Else it is a weakness.
      const targets::Verification verified = targets::Verifier(goal, 101)(program);
      const bool fine = std::isfinite(verified.max_error) && verified.max_error < 1e6;
      if (fine) ++refused;
      continue;
    }
    ++proven;
    ASSERT_LE(sample.brute_force(program), bound.bound) << context();
    ASSERT_LE(bound.attained, bound.bound) << context();
    if (goal.metric != Metric::UlpF32) {
      ASSERT_LE(bound.bound, 1.01 * bound.attained + 1e-59) << context();
    }
  }
  EXPECT_GT(proven, kPrograms / 2);
  EXPECT_LE(refused, kPrograms / 100);
}

/// Claims about one program: the bound lies in [truth, 1.002 truth], and the truth is the
/// verifier's.
void expect_tight(const ir::Program& program, const Target& goal) {
  const Bound bound = prove(program, goal);
  ASSERT_TRUE(bound.proven) << bound.obstacle << "\n" << ir::print(program);
  const double sampled = targets::Verifier(goal)(program).max_error;
  EXPECT_GE(bound.bound, sampled * (1 - 1e-9));
  EXPECT_LE(bound.bound, sampled * 1.002);
  EXPECT_LE(bound.attained, bound.bound);
}

TEST(Bound, GoesThroughTheInfinityAtZero) {
  // c / x at x = 0, which IEEE carries to the limit.
  const Target goal = target("exp2", {0, 1});
  expect_tight(test::five_operations(), goal);
  expect_tight(test::ten_operations(), goal);
  expect_tight(test::nested_ten_operations(), goal);
  expect_tight(test::ten_operations(), target("exp2", {-0.5, 0.5}));
}

/// f10 with the constants of the paper; its own proof said 5.4e-15. Towards 0 the program tends to
/// the eighth power of c5, whose last place is therefore seen.
TEST(Bound, OfThePublishedProgram) {
  ir::Program program = test::published_ten_operations();
  const Target goal = target("exp2", {0, 1});
  expect_tight(program, goal);
  const Bound bound = prove(program, goal);
  ASSERT_TRUE(bound.proven);
  EXPECT_LE(bound.bound, 3.6e-15);
  EXPECT_GE(bound.bound, 3.55e-15);
  RealCertificate certificate = certify(program, goal, bound, "1");
  EXPECT_TRUE(check(certificate).holds);
  double& c5 = certificate.program.constants.at(4).hi;
  ASSERT_EQ(c5, -0.99999999999999956);
  c5 = std::nextafter(c5, 0);
  EXPECT_FALSE(check(certificate).holds);
}

TEST(Bound, GoesThroughAnInfinityInside) {
  // 1 / (x - 1.3) is infinite inside, 1 + 1 / (1 + 1 / (x - 1.3)) is not.
  expect_tight(ir::parse("input x; v0 = x - 1.3; v1 = 1 / v0; v2 = v1 + 7; v3 = 1 / v2; return v3"),
               target("x/9 + 1", {1.25, 1.4}));
}

TEST(Bound, AtAZeroOfTheTarget) {
  expect_tight(
      ir::parse("input x; v0 = x * x; v1 = v0 * -0.16; v2 = v1 + 1; v3 = v2 * x; return v3"),
      target("sin", {0, 1}));
  expect_tight(ir::parse("input x; v0 = x - 1; v1 = v0 + 1.2; v2 = v0 / v1; return v2"),
               target("log(x)", {1, 1.5}));
  expect_tight(ir::parse("input x; v0 = x + 0; v1 = v0 * 1.1; return v1"),
               target("erf(x)", {0, 1, true, false}));
  // The upper end.
  expect_tight(ir::parse("input x; v0 = 1 - x; v1 = v0 * 1.1; return v1"),
               target("sin(1 - x)", {0, 1}));
}

TEST(Bound, AcrossZerosOfTheTarget) {
  const auto bound = [](const char* expression, const char* program, targets::Domain domain) {
    return prove(ir::parse_expression(program), target(expression, domain));
  };
  // The limits on paper: c - 1 at the zero, and the error at the far end.
  const Bound log = bound("log(x)", "0.6*(x-1)", {0.5, 1.5});
  ASSERT_TRUE(log.proven) << log.obstacle;
  EXPECT_TRUE(log.gaps.empty());
  const double worst = 1 - 0.6 * 0.5 / std::log(2.0);
  EXPECT_NEAR(log.bound, worst, worst * 0x1p-9);
  EXPECT_GE(log.bound, worst * (1 - 1e-15));
  const Bound square = bound("1-cos(x)", "0.45*x*x", {-1, 1});
  ASSERT_TRUE(square.proven) << square.obstacle;
  EXPECT_NEAR(square.bound, 0.1, 1e-3);
  const Bound gamma = bound("lgamma(x)", "0.4*(x-1)*(x-2)", {0.75, 2.5});
  ASSERT_TRUE(gamma.proven) << gamma.obstacle;
  EXPECT_NEAR(gamma.bound, 1 - 0.4 * 0.25 * 1.25 / std::lgamma(0.75), 1e-3);

  // pi is no double: the bound is for all numbers but those between its neighbours.
  const Bound sine =
      bound("sin(x)",
            "0.9*((3.141592653589793115997963468544185161590576171875-x)+1.2246467991473532e-16)",
            {3, 3.5});
  ASSERT_TRUE(sine.proven) << sine.obstacle;
  ASSERT_EQ(sine.gaps.size(), 1U);
  EXPECT_EQ(sine.gaps[0].below, M_PI);
  EXPECT_EQ(sine.gaps[0].above, std::nextafter(M_PI, 4));
  EXPECT_NEAR(sine.bound, 0.1, 2e-4);

  // A zero beside the target's is none.
  EXPECT_FALSE(bound("log(x)", "x-1.0000001", {0.5, 1.5}).proven);
  EXPECT_FALSE(bound("log(x)^2", "x-1", {0.5, 1.5}).proven);
}

TEST(Bound, GoesToInfinity) {
  const auto bound = [](const char* what, const char* domain, const char* program) {
    const Target goal = targets::make_target(what, targets::parse_domain(domain), Metric::Absolute);
    return prove(ir::parse_expression(program), goal);
  };
  // Largest at the finite end, or in the limit.
  const Bound arc = bound("atan(x)", "1,inf", "1.5 - 0.75/x");
  ASSERT_TRUE(arc.proven) << arc.obstacle;
  EXPECT_NEAR(arc.bound, 2 * std::atan(1.0) - 1.5, 1e-4);
  const Bound tangent = bound("tanh(x)", "1,inf", "1");
  ASSERT_TRUE(tangent.proven) << tangent.obstacle;
  EXPECT_NEAR(tangent.bound, 1 - std::tanh(1.0), 1e-3);
  const Bound whole = bound("tanh(x)", "-inf,inf", "x/(1 + abs(x))");
  ASSERT_TRUE(whole.proven) << whole.obstacle;
  double largest = 0;
  for (double x = 0; x < 50; x += 1e-3) {
    largest = std::max(largest, std::abs(std::tanh(x) - x / (1 + x)));
  }
  EXPECT_NEAR(whole.bound, largest, 1e-3 * largest);
  EXPECT_GE(whole.bound, largest);
  EXPECT_FALSE(bound("atan(x)", "1,inf", "x").proven);
}

TEST(Bound, WhereASlopeIsInfinite) {
  const auto bound = [](const char* expression, const char* program) {
    return prove(ir::parse_expression(program), target(expression, {0, 1}, Metric::Absolute));
  };
  for (const auto& [expression, program] :
       {std::pair{"sqrt(x)", "x"}, std::pair{"x", "sqrt(x)"},
        std::pair{"sqrt(sqrt(sqrt(x)))", "sqrt(x)"}, std::pair{"cbrt(x)", "sqrt(x)"},
        std::pair{"sqrt(x)", "sqrt(x + sqrt(x))"}}) {
    const Bound found = bound(expression, program);
    EXPECT_TRUE(found.proven) << expression << ", " << program << ": " << found.obstacle;
    const Samples samples(target(expression, {0, 1}, Metric::Absolute), 4001);
    const double least = samples.brute_force(ir::parse_expression(program));
    EXPECT_GE(found.bound, least * (1 - 1e-12));
    EXPECT_LE(found.bound, least * 1.01);
  }
}

TEST(Bound, AtARootAtTheEnd) {
  expect_tight(ir::parse("input x; v0 = sqrt(x); v1 = v0 * 0.9; return v1"),
               target("sqrt(x)", {0, 1}));
  expect_tight(ir::parse("input x; v0 = sqrt(x); v1 = sqrt(v0); v2 = v1 * 0.9; return v2"),
               target("sqrt(sqrt(x)) * cos(x)", {0, 1, true, false}));
  expect_tight(ir::parse("input x; v0 = x * 0.9; return v0"),
               target("acos(x)", {0, 1}, Metric::Absolute));
}

TEST(Bound, OfInverseFunctionsAtTheEndOfTheirDomain) {
  // The usual kernels: a square root times a polynomial.
  expect_tight(ir::parse("input x; v0 = 1 - x; v1 = sqrt(v0); v2 = x * -0.15; v3 = v2 + 1.57; "
                         "v4 = v1 * v3; return v4"),
               target("acos(x)", {0.25, 1}));
  expect_tight(ir::parse("input x; v0 = x - 1; v1 = sqrt(v0); v2 = x * -0.1; v3 = v2 + 1.5; "
                         "v4 = v1 * v3; return v4"),
               target("acosh(x)", {1, 1.5}));
  expect_tight(ir::parse("input x; v0 = 1 - x; v1 = sqrt(v0); v2 = v1 * -1.45; v3 = v2 + 1.57; "
                         "return v3"),
               target("asin(x)", {0.5, 1}));
}

TEST(Bound, OfProgramsThatAreExactIsNextToNothing) {
  const Bound bound = prove(ir::parse("input x; v0 = x * x; v1 = v0 + x; return v1"),
                            target("x + x^2 + 0", {1, 2}));
  ASSERT_TRUE(bound.proven) << bound.obstacle;
  EXPECT_LT(bound.bound, 1e-25);
}

TEST(Bound, RaisesItsPrecision) {
  // Cancellation of 150 bits: (x + 2^75)^2 - 2^150 - 2^76 x = x^2.
  const ir::Program program = ir::parse(
      "input x; v0 = x + 0x1p75; v1 = v0 * v0; v2 = v1 - 0x1p150; v3 = x * 0x1p76; v4 = v2 - v3; "
      "v5 = v4 + 1e-9; return v5");
  const Bound bound = prove(program, target("x^2", {1, 2}));
  ASSERT_TRUE(bound.proven) << bound.obstacle;
  EXPECT_GT(bound.bound, 0.999e-9);
  EXPECT_LT(bound.bound, 1.002e-9);
  const Bound starved = prove(program, target("x^2", {1, 2}), {.max_bits = 128});
  EXPECT_FALSE(starved.proven);
}

TEST(Bound, NamesWhatStandsInTheWay) {
  const auto obstacle = [](const char* program, const Target& goal) {
    const Bound bound = prove(ir::parse(std::string("input x; ") + program), goal);
    EXPECT_FALSE(bound.proven) << program;
    return bound.obstacle;
  };
  const Target goal = target("exp2", {0, 2});
  EXPECT_THAT(obstacle("v0 = 1 - x; v1 = 1 / v0; return v1", goal), HasSubstr("pole at x = 1"));
  EXPECT_THAT(obstacle("v0 = x - 1.3; v1 = 1 / v0; return v1", goal), HasSubstr("pole at x = 1.3"));
  EXPECT_THAT(obstacle("v0 = x * x; v1 = v0 - 2; v2 = 1 / v1; return v2", goal),
              HasSubstr("pole near x = 1.41421356"));
  EXPECT_THAT(obstacle("v0 = 1 / x; return v0", goal), HasSubstr("pole at x = 0"));
  // 0 / 0 and infinity - infinity: the limits exist, but IEEE arithmetic gives NaN.
  EXPECT_THAT(obstacle("v0 = x * x; v1 = v0 / x; v2 = v1 + 1; return v2", goal),
              HasSubstr("at x = 0 the program divides by 0"));
  EXPECT_THAT(obstacle("v0 = 1 / x; v1 = v0 - v0; return v1", goal),
              HasSubstr("at x = 0 the program divides by 0"));
  EXPECT_THAT(obstacle("v0 = 1.5 - x; v1 = sqrt(v0); return v1", goal),
              HasSubstr("not defined at x = "));
  EXPECT_THAT(obstacle("v0 = x + 0.001; return v0", target("sin", {0, 1})),
              HasSubstr("the target vanishes near x = "));
}

TEST(Bound, IsThatOfTheConstantsAsEmitted) {
  ir::Program program = ir::parse("input x; c = 0x1p0 + 0x1p-60; v0 = x + c; return v0");
  const Target goal = target("x + 1", {0, 1}, Metric::Absolute);
  EXPECT_LT(prove(as_emitted(program), goal).bound, 0x1p-190);
  EXPECT_NEAR(prove(program, goal).bound, 0x1p-60, 0x1p-69);
}

}  // namespace
}  // namespace ulpforge::proof
