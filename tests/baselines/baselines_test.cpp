// The table as users see it: known errors, honest counts, and errors that brute force confirms.
#include "baselines/baselines.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <numbers>
#include <set>

#include "baselines/series.h"
#include "baselines/substitution.h"
#include "ir/evaluate.h"
#include "targets/exact/reference.h"
#include "targets/exact/ulp.h"
#include "tests/baselines/support.h"

namespace ulpforge::baselines {
namespace {

using numbers::Mpfr;
using targets::Metric;
using targets::Target;

Target target(const char* expression, const char* domain, Metric metric) {
  return targets::make_target(expression, targets::parse_domain(domain), metric);
}

/// Lowest error of a method by operation count.
std::map<int, double> errors_of(const std::vector<Baseline>& baselines, const std::string& method) {
  std::map<int, double> result;
  for (const Baseline& baseline : baselines) {
    if (baseline.method == method) result[baseline.operations] = baseline.max_error;
  }
  return result;
}

/// Largest error over Chebyshev points (an error may be largest, or have its limit, next to an
/// end), each against its own reference value.
double brute_force(const Target& t, const ir::Program& program) {
  const numbers::MpfrPrecision precision(256);
  constexpr int kPoints = 4000;
  Mpfr largest(0);
  for (int i = 0; i <= kPoints; ++i) {
    if ((i == 0 && t.domain.lo_open) || (i == kPoints && t.domain.hi_open)) continue;
    const double fraction = std::pow(std::sin(std::numbers::pi / 2 * i / kPoints), 2);
    const Mpfr x = Mpfr(t.domain.lo) + (Mpfr(t.domain.hi) - Mpfr(t.domain.lo)) * fraction;
    const Mpfr exact = targets::reference(t.program, x, 200);
    Mpfr error = abs(ir::evaluate<Mpfr>(program, x) - exact);
    if (error == 0) continue;
    if (t.metric == Metric::Relative) error /= abs(exact);
    if (t.metric == Metric::UlpF32) {
      error = ldexp(error,
                    -targets::ulp_exponent(numbers::kBinary32, mpfr_get_exp(numbers::raw(exact))));
    }
    if (error > largest) largest = error;
  }
  return to_double(largest);
}

/// Every instruction contributes to the result, and their number is the count.
void expect_honest_count(const Baseline& baseline) {
  const ir::Program& program = baseline.program;
  EXPECT_EQ(find_defect(program), std::nullopt);
  EXPECT_EQ(baseline.operations, static_cast<int>(program.code.size())) << baseline.method;
  EXPECT_EQ(ir::cost(program), baseline.operations) << baseline.method;
  std::set<std::size_t> needed;
  if (program.result.is_value()) needed.insert(program.result.index);
  for (std::size_t i = program.code.size(); i-- > 0;) {
    EXPECT_TRUE(needed.contains(i)) << baseline.method << " " << baseline.operations;
    for (std::size_t k = 0; k < program.code[i].arity(); ++k) {
      const ir::Operand operand = program.code[i].operands[k];
      if (operand.is_value()) needed.insert(operand.index);
    }
  }
}

const std::vector<Baseline>& exp2_baselines() {
  static const std::vector<Baseline> result =
      compute_baselines(target("exp2(x)", "[0,1]", Metric::Relative), 12);
  return result;
}

void expect_errors(const std::map<int, double>& got, const std::map<int, double>& want) {
  for (const auto& [operations, error] : want) {
    ASSERT_TRUE(got.contains(operations)) << operations;
    EXPECT_NEAR(got.at(operations) / error, 1, 0.02) << operations;
  }
}

// Errors to two or three digits, found with another program (Levenberg-Marquardt fits, checked in
// quadruple precision).
TEST(Baselines, Exp2Polynomials) {
  expect_errors(
      errors_of(exp2_baselines(), "polynomial minimax (Horner)"),
      {{2, 2.98e-2}, {4, 1.725e-3}, {6, 7.48e-5}, {8, 2.593e-6}, {10, 7.494e-8}, {12, 1.856e-9}});
}

TEST(Baselines, Exp2Quotients) {
  expect_errors(errors_of(exp2_baselines(), "rational minimax (Horner P/Q)"),
                {{4, 8.67e-4}, {6, 2.5e-5}, {8, 4.34e-7}, {10, 7.5e-9}, {12, 9.3e-11}});
}

TEST(Baselines, Exp2BestClassical) {
  std::vector<Baseline> direct;  // in x itself: that program did not know the symmetric forms
  std::ranges::copy_if(exp2_baselines(), std::back_inserter(direct), [](const Baseline& baseline) {
    return !baseline.method.starts_with("symmetric");
  });
  const std::map<int, double> want{{1, 3.56e-2}, {2, 2.98e-2},    {3, 8.67e-4},   {4, 2.17e-4},
                                   {5, 2.5e-5},  {6, 4.34e-7},    {7, 2.71e-8},   {8, 1.695e-9},
                                   {9, 9.3e-11}, {10, 1.455e-12}, {11, 2.27e-14}, {12, 3.55e-16}};
  for (const auto& [operations, error] : want) {
    const Baseline* best = best_baseline(direct, operations);
    ASSERT_NE(best, nullptr);
    EXPECT_EQ(best->operations, operations);
    EXPECT_NEAR(best->max_error / error, 1, 0.02) << operations << " " << best->method;
  }
}

TEST(Baselines, OneRowPerMethodAndCountWithinTheBudget) {
  std::set<std::pair<std::string, int>> seen;
  for (const Baseline& baseline : exp2_baselines()) {
    EXPECT_TRUE(seen.emplace(baseline.method, baseline.operations).second) << baseline.method;
    EXPECT_LE(baseline.operations, 12);
    EXPECT_TRUE(std::isfinite(baseline.max_error));
  }
  for (const char* method :
       {"Taylor (Horner)", "Chebyshev series (Horner)", "Pade (Horner P/Q)",
        "Pade (continued fraction)", "rational minimax (continued fraction)", "single operation",
        "polynomial minimax (Horner) + squarings", "Pade (continued fraction) + squarings"}) {
    EXPECT_FALSE(errors_of(exp2_baselines(), method).empty()) << method;
  }
}

TEST(Baselines, MinimaxIsBestAmongItsKind) {
  const auto best = errors_of(exp2_baselines(), "polynomial minimax (Horner)");
  for (const char* method : {"Taylor (Horner)", "Chebyshev series (Horner)"}) {
    for (const auto& [operations, error] : errors_of(exp2_baselines(), method)) {
      ASSERT_TRUE(best.contains(operations));
      EXPECT_LT(best.at(operations), error) << method << " " << operations;
    }
  }
}

TEST(Baselines, DeterministicForTheSameTarget) {
  const Target t = target("log2(x)", "[1,2]", Metric::Absolute);
  const auto once = compute_baselines(t, 6), again = compute_baselines(t, 6);
  ASSERT_EQ(once.size(), again.size());
  for (std::size_t i = 0; i < once.size(); ++i) {
    EXPECT_EQ(once[i].method, again[i].method);
    EXPECT_EQ(once[i].program, again[i].program);
    EXPECT_EQ(once[i].max_error, again[i].max_error);
  }
}

struct Case {
  const char* expression;
  const char* domain;
  Metric metric;
};

void PrintTo(const Case& row, std::ostream* out) { *out << row.expression << " on " << row.domain; }

class EveryBaseline : public ::testing::TestWithParam<Case> {};

TEST_P(EveryBaseline, CountsHonestlyAndReportsTheErrorThatBruteForceFinds) {
  const Target t = target(GetParam().expression, GetParam().domain, GetParam().metric);
  const std::vector<Baseline> baselines = compute_baselines(t, 8);
  EXPECT_GT(baselines.size(), 10U);
  for (const Baseline& baseline : baselines) {
    expect_honest_count(baseline);
    const double error = brute_force(t, baseline.program);
    EXPECT_LE(error, baseline.max_error * (1 + 1e-9)) << baseline.method << baseline.operations;
    EXPECT_GE(error, baseline.max_error * (1 - 1e-3)) << baseline.method << baseline.operations;
  }
}

INSTANTIATE_TEST_SUITE_P(Targets, EveryBaseline,
                         ::testing::Values(Case{"exp2(x)", "[0,1]", Metric::Relative},
                                           Case{"cos(x)", "[0,pi/2]", Metric::Absolute},
                                           Case{"tanh(x)", "[0,1]", Metric::Relative},
                                           Case{"erf(x)", "(0,2]", Metric::Relative},
                                           Case{"log2(x)", "[1,2]", Metric::Relative},
                                           Case{"log1p(x)", "[0,1]", Metric::Relative},
                                           Case{"exp(-x)", "[0,4]", Metric::Absolute},
                                           Case{"1-cos(x)", "[0,1]", Metric::Relative},
                                           Case{"sin(x)", "[1/4,3]", Metric::UlpF32},
                                           Case{"airy_ai(-7*x)", "(0,1]", Metric::Absolute}),
                         [](const auto& test) {
                           return std::string(1, static_cast<char>('A' + test.index));
                         });

// Abramowitz and Stegun, "Handbook of Mathematical Functions": 4.3.100 (even polynomial of degree
// 10 with constant term 1, |error| <= 2e-9) and 4.4.47 (odd polynomial of degree 9, |error| <=
// 1e-5). The best ones cannot be worse, and not much better.
TEST(Baselines, ParityFormsAgainstPublishedPolynomials) {
  const auto cosine =
      errors_of(compute_baselines(target("cos(x)", "[0,pi/2]", Metric::Absolute), 11),
                "polynomial minimax (Horner)");
  ASSERT_TRUE(cosine.contains(11));  // t = x x, then degree 5 in t
  EXPECT_LE(cosine.at(11), 2e-9);
  EXPECT_GE(cosine.at(11), 2e-10);
  const auto arctangent =
      errors_of(compute_baselines(target("atan(x)", "[0,1]", Metric::Absolute), 10),
                "polynomial minimax (Horner)");
  ASSERT_TRUE(arctangent.contains(10));  // t = x x, degree 4 in t, times x
  EXPECT_LE(arctangent.at(10), 1.2e-5);
  EXPECT_GE(arctangent.at(10), 5e-6);
}

// About the middle of the interval the best [m/m] of an exponential in the relative error is
// symmetric, R(-u) == 1 / R(u), but for the square of its error: the same error as without the
// symmetry, in 2 m + 1 operations instead of 3 m, and one more for a shift.
TEST(Baselines, VanishWithTheTarget) {
  const auto best = [](const Target& goal, int operations) {
    const std::vector<Baseline> all = compute_baselines(goal, operations);
    const Baseline* found = best_baseline(all, operations);
    return found != nullptr ? found->max_error : INFINITY;
  };
  // (x - 1) P(x - 1), apart from the project (cases.md).
  const Target log = target("log(x)", "1,2", Metric::Relative);
  EXPECT_LE(best(log, 6), 2.835e-3);
  EXPECT_LE(best(log, 8), 3.94e-4);
  // Inside, between doubles, several, multiple: each needs a form of its own, and none vanishes by
  // accident.
  EXPECT_LT(best(target("log(x)", "0.5,2", Metric::Relative), 4), 0.1);
  EXPECT_LT(best(target("j0(x)", "2,3", Metric::Relative), 6), 1e-2);
  EXPECT_LT(best(target("lgamma(x)", "0.75,2.5", Metric::Relative), 8), 0.1);
  EXPECT_LT(best(target("sin(x)", "-pi,pi", Metric::Relative), 10), 0.1);
  EXPECT_LT(best(target("sin(x) - x", "-1,1", Metric::Relative), 7), 1e-3);
}

TEST(Baselines, SymmetricExponentialsSaveOperations) {
  const auto baselines = compute_baselines(target("exp(x)", "[-1,1]", Metric::Relative), 9);
  const auto plain = errors_of(baselines, "rational minimax (continued fraction)");
  const auto symmetric = errors_of(baselines, "symmetric rational minimax (continued fraction)");
  EXPECT_NEAR(symmetric.at(5) / plain.at(6), 1, 1e-3);
  EXPECT_NEAR(symmetric.at(7) / plain.at(9), 1, 1e-5);
  EXPECT_LT(symmetric.at(7), errors_of(baselines, "Pade (continued fraction)").at(7) / 10);

  const auto shifted =
      errors_of(exp2_baselines(), "symmetric rational minimax (continued fraction)");
  const auto unshifted = errors_of(exp2_baselines(), "rational minimax (continued fraction)");
  EXPECT_NEAR(shifted.at(8) / unshifted.at(9), 1, 1e-6);
  EXPECT_NEAR(shifted.at(10) / unshifted.at(12), 1, 1e-6);
}

TEST(Baselines, ExactFunctionsAreFoundExactly) {
  const auto baselines = compute_baselines(target("x*x+1", "[0,1]", Metric::Relative), 4);
  const Baseline* polynomial = best_baseline(baselines, 4);
  ASSERT_NE(polynomial, nullptr);
  EXPECT_EQ(polynomial->operations, 2);
  EXPECT_LT(polynomial->max_error, 1e-30);
}

TEST(Baselines, BestOfNothingIsNothing) {
  const std::vector<Baseline> nothing;
  EXPECT_EQ(best_baseline(nothing, 10), nullptr);
  EXPECT_EQ(best_baseline(exp2_baselines(), -1), nullptr);
}

// cos on [0, 3] in t = x^2 about the middle, t = 4.5 + 4.5 s: the precision has to last through
// twenty differentiations, and the substitution's map.
TEST(View, GivesTaylorCoefficientsInFullPrecision) {
  const numbers::MpfrPrecision precision(320);
  const auto view =
      View::make(target("cos(x)", "[0,3]", Metric::Absolute),
                 Substitution{Substitution::Variable::XSquared, Substitution::Factor::One});
  ASSERT_TRUE(view);
  const auto zero = view->zero();
  ASSERT_TRUE(zero);
  EXPECT_EQ(*zero, -1);
  const Polynomial c =
      taylor([&](const Mpfr& s) { return view->exact(s); }, *zero, ldexp(Mpfr(1), -24), 20);
  Mpfr exact(1);  // (-1)^k 4.5^k / (2k)!
  for (int k = 0; k < 20; ++k) {
    EXPECT_LT(to_double(abs(c[k] / exact - 1)), 1e-30) << k;
    exact *= Mpfr(-4.5) / ((2 * k + 1) * (2 * k + 2));
  }
}

TEST(Shape, IsSeenInTheValues) {
  const numbers::MpfrPrecision precision(320);
  const auto shape = [](const char* expression, const char* domain) {
    return find_shape(target(expression, domain, Metric::Absolute));
  };
  EXPECT_TRUE(shape("cos(x)", "[0,1]").even);
  EXPECT_FALSE(shape("cos(x)", "[0,1]").odd);
  EXPECT_EQ(shape("cos(x)", "[0,1]").order_at_zero, 0);
  EXPECT_TRUE(shape("erf(x)", "(0,2]").odd);
  EXPECT_EQ(shape("erf(x)", "(0,2]").order_at_zero, 1);
  EXPECT_EQ(shape("1-cos(x)", "[-1,1]").order_at_zero, 2);
  EXPECT_EQ(shape("log1p(x)", "[0,1]").order_at_zero, 1);
  EXPECT_FALSE(shape("log1p(x)", "[0,1]").odd);
  EXPECT_EQ(shape("log2(x)", "[1,2]").order_at_lo, 1);
  EXPECT_EQ(shape("sqrt(x)", "[0,1]").order_at_zero, 0);
  EXPECT_TRUE(shape("exp2(x)", "[0,1]").exponential);
  EXPECT_TRUE(shape("exp(-3*x)", "[-1,1]").exponential);
  EXPECT_FALSE(shape("exp(x+1)", "[0,1]").exponential);
  EXPECT_FALSE(shape("sinh(x)", "[0,1]").exponential);
}

}  // namespace
}  // namespace ulpforge::baselines
