// Rounding errors: Gappa's bounds against every float there is, and against sampled doubles.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "ir/evaluate.h"
#include "ir/text.h"
#include "proof/bound.h"
#include "proof/double_bound.h"
#include "proof/exhaustion.h"
#include "proof/gappa.h"
#include "proof/reduction.h"
#include "targets/verify.h"
#include "tests/evo/structures.h"

namespace ulpforge::proof {
namespace {

using testing::HasSubstr;

bool has_gappa() {
  static const bool found = [] {
    try {
      rounding_error(ir::parse("input x; v0 = x + x; return v0"), 1, 2);
      return true;
    } catch (const GappaMissing&) {
      return false;
    }
  }();
  return found;
}

TEST(Gappa, BoundsHoldForEveryFloat) {
  if (!has_gappa()) GTEST_SKIP() << "gappa is not installed";
  const float a = 0.33F;
  const float b = -0.71F;
  const float c = 1.25F;
  ir::Program program;
  const auto x = ir::Operand::input();
  const auto inner = program.add(ir::Op::Add, program.add(ir::Op::Mul, program.add_constant(a), x),
                                 program.add_constant(b));
  program.result =
      program.add(ir::Op::Div, program.add_constant(c), program.add(ir::Op::Fma, inner, x, x));
  double absolute = 0;
  double relative = 0;
  for (float at = 1; at <= 1.0625F; at = std::nextafter(at, 3.0F)) {
    const float computed = c / std::fma(a * at + b, at, at);
    const double exact = c / ((static_cast<double>(a) * at + b) * at + at);
    absolute = std::max(absolute, std::fabs(computed - exact));
    relative = std::max(relative, std::fabs(computed - exact) / std::fabs(exact));
  }
  const RoundingError bound = rounding_error(program, 1, 1.0625, Precision::Float);
  ASSERT_TRUE(bound.absolute && bound.relative);
  // The truth was computed in double.
  constexpr double kSlack = 1e-14;
  EXPECT_GE(*bound.absolute, absolute - kSlack);
  EXPECT_GE(*bound.relative, relative - kSlack);
  EXPECT_LE(*bound.absolute, 4 * absolute);
  EXPECT_LE(*bound.relative, 4 * relative);
}

/// Float programs that are their own targets, so that nothing but rounding is left: Gappa against a
/// run at every float of a binade.
TEST(Gappa, AgreesWithExhaustionOnRoundingAlone) {
  if (!has_gappa()) GTEST_SKIP() << "gappa is not installed";
  const targets::Domain binade{0.5, 1.0, false, true};
  struct Case {
    const char* text;
    const char* expression;
  };
  const Case cases[] = {
      {"a = 0.75\nb = 1.25\nv0 = fma(x, a, b)\nv1 = v0 * v0\n", "(0.75*x + 1.25)^2"},
      {"a = 0.625\nv0 = x + a\nv1 = x / v0\n", "x/(x + 0.625)"},
      {"a = 3.5\nv0 = x * x\nv1 = v0 * x\nv2 = v1 + a\nv3 = sqrt(v2)\n", "sqrt(x^3 + 3.5)"},
      {"a = 1.375\nv0 = x * a\nv1 = v0 + a\nv2 = v1 * x\nv3 = v2 + a\n",
       "(1.375*x + 1.375)*x + 1.375"},
  };
  for (const Case& row : cases) {
    std::string text = std::string("input x: f32\n") + row.text;
    const auto last = text.rfind("\nv") + 1;
    text += "return " + text.substr(last, text.find(' ', last) - last) + "\n";
    const ir::Program program = ir::parse(text);
    const double truth = exhaust(program, float_reference(row.expression, binade)).score.max_ulp;
    const targets::Target goal =
        targets::make_target(row.expression, targets::Domain{0.5, 1.0}, targets::Metric::UlpF32);
    const DoubleBound bound = prove_in_format(as_real(program), goal, Precision::Float);
    ASSERT_TRUE(bound.proven) << bound.obstacle << "\n" << text;
    EXPECT_GE(bound.bound, truth) << text;
    EXPECT_LE(bound.bound, 2.5 * truth) << text;
  }
}

TEST(Gappa, ReadsAnswersExactlyAndUpwards) {
  const RoundingError both = parse_gappa(
      "Results:\n  value - truth in [-3b-53 {-3.3e-16, -2^(-51.4)}, 1b-53 {1.1e-16, 2^(-53)}]\n"
      "  value -/ truth in [0, 606045140433800773b-110 {4.6e-16, 2^(-50.9)}]\n");
  ASSERT_TRUE(both.absolute && both.relative);
  EXPECT_GE(*both.absolute, 0x3p-53);
  EXPECT_LE(*both.absolute, 0x3.00000000001p-53);
  EXPECT_GE(*both.relative, std::ldexp(606045140433800773.0L, -110));
  EXPECT_LE(*both.relative, 4.669e-16);
  const RoundingError one = parse_gappa(
      "Warning: something\nResults:\n  value - truth in [0, 0]\nError: some properties were not "
      "satisfied:\n  REL(value, truth)\n");
  EXPECT_EQ(one.absolute, 0.0);
  EXPECT_FALSE(one.relative);
  for (const char* broken : {"", "value - truth in [", "value - truth in [1b, 2b]",
                             "value - truth in [x, y]", "value - truth in [1b99999, 2b99999]",
                             "value - truth in [1b-53 {1, 2}", "Error: syntax error"}) {
    EXPECT_FALSE(parse_gappa(broken).absolute) << broken;
  }
}

TEST(Gappa, RefusesOtherOperations) {
  EXPECT_THROW(gappa_script(ir::parse("input x; v0 = exp(x); return v0"), 0, 1, Precision::Double),
               std::invalid_argument);
}

/// The largest error in ULP of double that is found.
double sampled(const ir::Program& program, targets::Target goal) {
  goal.metric = targets::Metric::UlpF64;
  return targets::Verifier(goal)(program).max_error_f64;
}

TEST(DoubleBound, IsNotBelowWhatIsFound) {
  if (!has_gappa()) GTEST_SKIP() << "gappa is not installed";
  struct Case {
    ir::Program program;
    const char* target;
    targets::Domain domain;
  };
  const Case cases[] = {
      {test::five_operations(), "exp2", {0, 1}},
      {test::ten_operations(), "exp2", {0, 1}},
      {ir::parse("input x; v0 = x * x; v1 = v0 * -0x1.5555555555555p-3; v2 = v1 + 1; v3 = v2 * x; "
                 "return v3"),
       "sin",
       {0, 0x1p-10}},
      {ir::parse("input x; v0 = x + 1; return v0"), "x + 1", {-1.5, -1.25}},
      {ir::parse("input x; v0 = sqrt(x); v1 = v0 * v0; return v1"), "x + 0", {1, 4}},
  };
  for (const Case& row : cases) {
    const targets::Target goal =
        targets::make_target(row.target, row.domain, targets::Metric::Relative);
    const DoubleBound bound = prove_in_format(row.program, goal);
    ASSERT_TRUE(bound.proven) << bound.obstacle << " " << row.target;
    const double found = sampled(row.program, goal);
    EXPECT_GE(bound.bound, found) << row.target;
    EXPECT_LE(bound.bound, 4 * found + 1) << row.target;
  }
}

TEST(DoubleBound, AbsoluteErrorsWhereTheTargetVanishes) {
  if (!has_gappa()) GTEST_SKIP() << "gappa is not installed";
  const ir::Program program =
      ir::parse("input x; v0 = x * -0.405; v1 = v0 * x; v2 = v1 + 1; return v2");
  const targets::Target goal = targets::make_target(
      "cos(x)", targets::Domain{0, 1.5707963267948966}, targets::Metric::Absolute);
  const DoubleBound bound = prove_in_format(program, goal);
  ASSERT_TRUE(bound.proven) << bound.obstacle;
  const double found = targets::Verifier(goal)(program).max_error_f64;
  EXPECT_GE(bound.bound, found);
  EXPECT_LE(bound.bound, 1.01 * found);
}

TEST(DoubleBound, NeedsConstantsThatAreDoubles) {
  ir::Program program = ir::parse("input x; c = 0x1p0 + 0x1p-60; v0 = x + c; return v0");
  const targets::Target goal = targets::make_target("x + 1", targets::Domain{1, 2}, {});
  EXPECT_THAT(prove_in_format(program, goal).obstacle, HasSubstr("53 bits"));
}

}  // namespace
}  // namespace ulpforge::proof
