// Infinite ends: the substitutions against their inverses, and errors that paper knows.
#include "targets/infinite_domain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "ir/evaluate.h"
#include "ir/expression.h"
#include "targets/exact/reference.h"
#include "targets/verify.h"

namespace ulpforge::targets {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Substitution, GoesThereAndBack) {
  for (const auto& [lo, hi] : {std::pair{1.0, kInfinity},
                               {0.0, kInfinity},
                               {-5.5, kInfinity},
                               {0.1, kInfinity},
                               {-0.1, kInfinity},
                               {-kInfinity, -2.0},
                               {-kInfinity, 0.0},
                               {-kInfinity, 7.0},
                               {-kInfinity, kInfinity}}) {
    const Substitution substitution = substitution_for({lo, hi});
    EXPECT_TRUE(substitution.domain.is_bounded());
    for (double t = 0.0625; t <= 1; t += 0.0625) {
      for (const double sign : {-1.0, 1.0}) {
        if (sign * t < substitution.domain.lo || std::abs(sign * t) == 1) continue;
        const double x = ir::evaluate(substitution.back, sign * t);
        EXPECT_GE(x, lo);
        EXPECT_LE(x, hi);
        EXPECT_NEAR(ir::evaluate(substitution.forward, x), sign * t, 1e-14);
      }
    }
    // In double nothing overflows on the way to infinity; of the whole line's infinities it is NaN.
    for (double end : {lo, hi}) {
      if (std::isinf(lo) && std::isinf(hi)) end = std::copysign(0x1.fp1023, end);
      const double t = ir::evaluate(substitution.forward, end);
      EXPECT_GE(t, substitution.domain.lo) << end;
      EXPECT_LE(t, substitution.domain.hi) << end;
    }
  }
  EXPECT_EQ(substitution_for({1, kInfinity}).text, "t = 1/x");
  EXPECT_EQ(substitution_for({0, kInfinity}).text, "t = 1/(x + 1)");
  EXPECT_EQ(substitution_for({-kInfinity, 3}).text, "t = 1/(4 - x)");
}

TEST(Substitution, GivesTheSameFunction) {
  const Target target = make_target("atan(x)", parse_domain("2,inf"), Metric::Relative);
  const Target of_t = bounded(target);
  for (const double x : {2.0, 4.0, 1e9}) {
    EXPECT_NEAR(reference(of_t.program, 2 / x).hi, std::atan(x), 1e-15);
  }
  EXPECT_EQ(bounded(make_target("exp2", Domain{0, 1})).domain, (Domain{0, 1}));
}

TEST(Verify, GoesToInfinity) {
  const auto error = [](const char* what, const char* domain, Metric metric, const char* program) {
    return Verifier(make_target(what, parse_domain(domain), metric))(ir::parse_expression(program));
  };
  const double quarter = std::atan(1.0);
  const Verification arc = error("atan(x)", "1,inf", Metric::Absolute, "1.5707963267948966 - 1/x");
  EXPECT_NEAR(arc.max_error, 1 - quarter, 1e-12);
  EXPECT_NEAR(arc.max_error_f64, 1 - quarter, 1e-12);
  EXPECT_EQ(arc.worst_x, 1);
  EXPECT_NEAR(error("tanh(x)", "1,inf", Metric::Relative, "0.9").max_error,
              0.9 / std::tanh(1.0) - 1, 1e-12);
  EXPECT_NEAR(error("atan(x)", "-inf,inf", Metric::Absolute, "0*x").max_error, 2 * quarter, 1e-12);
  // x/(x^2 + 1) has the limit that 1/x has.
  EXPECT_NEAR(error("1/x", "1,inf", Metric::Relative, "x/(x*x + 1)").max_error, 0.5, 1e-12);
  EXPECT_EQ(error("1/x", "1,inf", Metric::Relative, "1/(x*x)").max_error, 1);
  EXPECT_EQ(error("1/x", "1,inf", Metric::Relative, "0.1").max_error, kInfinity);
}

TEST(Substitution, ChoosesAFormThatCanBeEvaluatedNextToInfinity) {
  // erfc(x) exp(x^2) = (1 - 1/(2 x^2) + ...)/(x sqrt(pi)) (DLMF 7.12.1), where exp(x^2) is beyond
  // all numbers.
  const Target scaled = bounded(make_target("erfc(x)*exp(x^2)", parse_domain("1,inf")));
  const double t = 0x1p-190;
  EXPECT_DOUBLE_EQ(reference(scaled.program, t).hi, t / std::sqrt(std::numbers::pi));
  // log1p(exp(x)) - x = log1p(exp(-x)).
  const Target soft = bounded(make_target("log1p(exp(x))-x", parse_domain("0,inf")));
  EXPECT_DOUBLE_EQ(reference(soft.program, 0x1p-8).hi, std::log1p(std::exp(-255.0)));
}

TEST(MakeTarget, TakesFunctionsWithLimitsAtInfinity) {
  for (const char* const text : {"1/(1+exp(-x))", "log1p(exp(-fabs(x)))", "exp(-x^2)"}) {
    EXPECT_EQ(make_target(text, parse_domain("-inf,inf")).metric, Metric::Absolute) << text;
  }
  EXPECT_EQ(make_target("x/(exp(x)-1)", parse_domain("0,inf")).metric, Metric::Absolute);
  EXPECT_EQ(make_target("exp(-1/x)", parse_domain("(0,1]")).metric, Metric::Absolute);
  EXPECT_EQ(make_target("erfc(x)*exp(x^2)", parse_domain("0,inf")).metric, Metric::Relative);
  EXPECT_EQ(make_target("1/x^3", parse_domain("1,inf")).metric, Metric::Relative);
  EXPECT_EQ(make_target("1+exp(-x)", parse_domain("0,inf")).metric, Metric::Relative);
}

TEST(MakeTarget, SaysWhereNoRelativeErrorIsBounded) {
  const auto message = [](const char* text, const char* domain) -> std::string {
    try {
      make_target(text, parse_domain(domain), Metric::Relative);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(message("exp(-x)", "0,inf"), testing::HasSubstr("as x approaches inf,"));
  EXPECT_THAT(message("exp(x)", "-inf,2"), testing::HasSubstr("as x approaches -inf,"));
  EXPECT_THAT(message("1/(1+exp(-x))", "-inf,inf"), testing::HasSubstr("approaches -inf,"));
  EXPECT_THAT(message("exp(-1/x)", "(0,1]"), testing::HasSubstr("as x approaches 0,"));
}

}  // namespace
}  // namespace ulpforge::targets
