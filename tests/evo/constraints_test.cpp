// Weights, several intervals and constraints: programs of small searches against MPFR, enumeration
// and hand computations.
#include "evo/constraints.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "evo/float_requirements.h"
#include "evo/known_programs.h"
#include "evo/requirements.h"
#include "evo/search.h"
#include "ir/evaluate.h"
#include "ir/expression.h"
#include "numbers/random.h"
#include "targets/verify.h"

namespace ulpforge::evo {
namespace {

using numbers::Mpfr;
using targets::Metric;

SearchConfig small_config(int operations) {
  SearchConfig config;
  config.max_operations = operations;
  config.seconds = std::numeric_limits<double>::infinity();
  config.evaluations = 600'000;
  config.seed = 5;
  return config;
}

targets::Target target(const char* expression, const char* domain, Metric metric,
                       std::optional<std::string> weight = {}) {
  return targets::make_target(expression, targets::parse_domain(domain), metric, weight);
}

/// The largest value of error(x, p(x)) over many points of the intervals, in MPFR.
double brute_force(const ir::Program& program, const std::vector<std::pair<double, double>>& parts,
                   const std::function<Mpfr(const Mpfr& x, const Mpfr& p)>& error) {
  const numbers::MpfrPrecision precision(256);
  constexpr int kPoints = 3000;
  double largest = 0;
  for (const auto& [lo, hi] : parts) {
    for (int i = 0; i <= kPoints; ++i) {
      const Mpfr x = Mpfr(lo) + (Mpfr(hi) - Mpfr(lo)) * i / kPoints;
      const Mpfr size = abs(error(x, ir::evaluate<Mpfr>(program, x)));
      largest = std::max(largest, size.convert_to<double>());
    }
  }
  return largest;
}

double best_of(const SearchResult& result, int operations) {
  double best = std::numeric_limits<double>::infinity();
  for (const FrontProgram& each : result.front) {
    if (each.operations <= operations) best = std::min(best, each.max_error);
  }
  return best;
}

TEST(Weight, MultipliesEveryError) {
  const targets::Target weighted = target("exp(x)", "-1,1", Metric::Absolute, "1 + 20*x^2");
  const SearchResult result = search(weighted, small_config(5));
  ASSERT_GE(result.front.size(), 3U);
  for (const FrontProgram& each : result.front) {
    const double expected = brute_force(each.program, {{-1, 1}}, [](const Mpfr& x, const Mpfr& p) {
      return Mpfr((1 + 20 * x * x) * (p - exp(x)));
    });
    EXPECT_LE(expected, each.max_error * (1 + 1e-9));
    EXPECT_GE(expected, each.max_error * (1 - 1e-3)) << each.operations;
  }
}

TEST(Weight, OfAReciprocalMakesAnErrorRelative) {
  // |p - f| / |f|, once as the metric and once as a weight.
  const targets::Target relative = target("exp2(x)", "0,1", Metric::Relative);
  const targets::Target weighted = target("exp2(x)", "0,1", Metric::Absolute, "exp2(-x)");
  ir::Program line;
  line.result = line.add(ir::Op::Add, ir::Operand::input(), line.add_constant(0.97));
  const targets::Verification a = targets::Verifier(relative)(line);
  const targets::Verification b = targets::Verifier(weighted)(line);
  EXPECT_NEAR(a.max_error, b.max_error, 1e-12 * a.max_error);
  EXPECT_NEAR(a.max_error_f64, b.max_error_f64, 1e-12 * a.max_error);
  const SearchResult found = search(weighted, small_config(3));
  // The best constant is 4/3.
  EXPECT_NEAR(best_of(found, 0), 1.0 / 3, 1e-9);
  EXPECT_LE(best_of(found, 3), 8.7e-4);
}

TEST(Weight, HasToBePositive) {
  const auto refusal = [](const char* weight, const char* domain) {
    try {
      target("exp(x)", domain, Metric::Absolute, weight);
    } catch (const std::invalid_argument& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_NE(refusal("x", "0,1").find("not positive at x = 0"), std::string::npos);
  EXPECT_NE(refusal("x^2 - 0.3", "0,1").find("not positive at x"), std::string::npos);
  // Between all points of a sample, at a width of 1e-9.
  EXPECT_NE(refusal("(x - 0.30000123)^2 - 1e-19", "0,1").find("not positive"), std::string::npos);
  EXPECT_NE(refusal("1/x", "(0,1]"), "");
  EXPECT_EQ(refusal("x", "(0,1]"), "");
  EXPECT_EQ(refusal("abs(x) + 0.01", "-1,1"), "");
  EXPECT_EQ(refusal("x^2", "[-1,-0.5],[0.5,1]"), "");
}

TEST(Intervals, CountAloneAndAllOfThem) {
  // |x| as a + b x^2: sqrt(u) on [1,4] by a line, whose error is half of 1.5 - (1 + 1.25/3).
  const targets::Target parts = target("abs(x)", "[-2,-1],[1,2]", Metric::Absolute);
  SearchConfig config = small_config(3);
  config.evaluations = 1'000'000;
  const SearchResult result = search(parts, config);
  // The best constant is 1.5, the best function of the form a + b x^2 has 1/24.
  EXPECT_NEAR(best_of(result, 0), 0.5, 1e-9);
  EXPECT_LE(best_of(result, 3), 1.0 / 24 * (1 + 1e-6));
  for (const FrontProgram& each : result.front) {
    const double expected =
        brute_force(each.program, {{-2, -1}, {1, 2}},
                    [](const Mpfr& x, const Mpfr& p) { return Mpfr(p - abs(x)); });
    EXPECT_NEAR(expected, each.max_error, 1e-4 * each.max_error + 1e-14) << each.operations;
  }
}

TEST(Intervals, PolesBetweenThemAreNoHarm) {
  const targets::Target parts = target("1/x + x", "[-1,-0.01],[0.01,1]", Metric::Relative);
  const SearchResult result = search(parts, small_config(2));
  EXPECT_LE(best_of(result, 2), 1e-14);
}

TEST(Constants, AreTheBestOfTheFormat) {
  // exp(x) on [0,1] as c0 + c1 x with constants k / 16 in [-2, 2): all pairs.
  double best = std::numeric_limits<double>::infinity();
  for (int a = -32; a < 32; ++a) {
    for (int b = -32; b < 32; ++b) {
      double largest = 0;
      for (int i = 0; i <= 2000; ++i) {
        const double x = i / 2000.0;
        largest = std::max(largest, std::abs(a / 16.0 + b / 16.0 * x - std::exp(x)));
      }
      best = std::min(best, largest);
    }
  }
  const targets::Target exponential = target("exp(x)", "0,1", Metric::Absolute);
  SearchConfig config = small_config(2);
  config.operations = {ir::Op::Add, ir::Op::Mul};
  config.constraints.constants = numbers::find_constant_format("fixed:2.4");
  const SearchResult result = search(exponential, config);
  EXPECT_LE(best_of(result, 2), best * (1 + 1e-6));
}

TEST(Constants, OfEveryProgramAreNumbersOfTheFormat) {
  const targets::Target cosine = target("cos(x)", "0,1", Metric::Absolute);
  for (const char* name : {"bf16", "f16", "f32", "fixed:2.14"}) {
    SearchConfig config = small_config(6);
    config.constraints.constants = numbers::find_constant_format(name);
    const SearchResult result = search(cosine, config);
    ASSERT_GE(result.front.size(), 3U) << name;
    for (const FrontProgram& each : result.front) {
      for (const numbers::DoubleDouble& constant : each.program.constants) {
        EXPECT_EQ(constant.lo, 0);
        EXPECT_TRUE(config.constraints.constants->has(constant.hi)) << name << ' ' << constant.hi;
      }
      const double expected = brute_force(
          each.program, {{0, 1}}, [](const Mpfr& x, const Mpfr& p) { return Mpfr(p - cos(x)); });
      EXPECT_NEAR(expected, each.max_error, 1e-3 * each.max_error) << name;
    }
  }
}

TEST(Constants, BeatPlainRounding) {
  // A polynomial of degree 4 for exp(x): the real optimum's constants rounded one by one to bf16,
  // against the descent over the lattice.
  const targets::Target exponential = target("exp(x)", "0,1", Metric::Absolute);
  ir::Program p;
  const double c[] = {1.0000254, 0.9986841, 0.5102575, 0.1399661, 0.0693226};
  ir::Operand value = p.add_constant(c[4]);
  for (int k = 3; k >= 0; --k) {
    value = p.add(ir::Op::Mul, value, ir::Operand::input());
    value = p.add(ir::Op::Add, value, p.add_constant(c[k]));
  }
  p.result = value;
  const Constraints constraints{.constants = numbers::find_constant_format("bf16")};
  ir::Program plain = p;
  for (numbers::DoubleDouble& constant : plain.constants) {
    constant = constraints.constants->round(constant.hi);
  }
  const targets::Verifier verify(exponential);
  const auto known =
      that_satisfy({{"Horner", p, 0, 0, 0}}, Examination(exponential, {}, constraints), verify, {});
  ASSERT_EQ(known.size(), 1U);
  EXPECT_LT(known[0].max_error, 0.5 * verify(plain).max_error);
}

TEST(Exact, AsItRunsInDouble) {
  targets::Target exponential = target("exp(x)", "0,1", Metric::Relative);
  exponential.exact = {0, 1};
  const SearchResult result = search(exponential, small_config(7));
  ASSERT_GE(result.front.size(), 3U);
  for (const FrontProgram& each : result.front) {
    EXPECT_EQ(ir::evaluate(each.program, 0.0), 1.0) << each.operations;
    EXPECT_EQ(ir::evaluate(each.program, 1.0), 0x1.5bf0a8b145769p+1) << each.operations;
    for (const numbers::DoubleDouble& constant : each.program.constants) EXPECT_EQ(constant.lo, 0);
  }
  // Two points cost two constants, not the accuracy.
  EXPECT_LE(best_of(result, 7), 2e-5);
}

TEST(Parity, IsThatOfTheFormBitForBit) {
  numbers::Random random{7, 7, 7};
  for (const auto& [expression, parity] :
       {std::pair("sin(x)", targets::Parity::Odd), std::pair("cos(x)", targets::Parity::Even)}) {
    const targets::Target function = target(expression, "-1,1", Metric::Absolute);
    SearchConfig config = small_config(6);
    config.constraints.parity = parity;
    const SearchResult result = search(function, config);
    ASSERT_GE(result.front.size(), 2U) << expression;
    for (const FrontProgram& each : result.front) {
      for (int k = 0; k < 300; ++k) {
        const double x = random.uniform();
        const double mirrored = ir::evaluate(each.program, -x);
        EXPECT_EQ(ir::evaluate(each.program, x),
                  parity == targets::Parity::Odd ? -mirrored : mirrored);
      }
    }
    EXPECT_LE(best_of(result, 6), 2e-4) << expression;
  }
}

TEST(Parity, IsRefusedWhereTheTargetHasNone) {
  const auto refuses = [](const char* expression, const char* domain, targets::Parity parity) {
    try {
      check_constraints(target(expression, domain, Metric::Absolute), {.parity = parity});
    } catch (const std::invalid_argument&) {
      return true;
    }
    return false;
  };
  EXPECT_TRUE(refuses("exp(x)", "-1,1", targets::Parity::Odd));
  EXPECT_TRUE(refuses("cos(x)", "-1,1", targets::Parity::Odd));
  EXPECT_TRUE(refuses("sin(x)", "-1,2", targets::Parity::Odd));
  EXPECT_TRUE(refuses("sin(x)", "[-2,-1],[1,3]", targets::Parity::Odd));
  EXPECT_FALSE(refuses("sin(x)", "[-2,-1],[1,2]", targets::Parity::Odd));
  // Odd, though its operations do not tell.
  EXPECT_FALSE(refuses("1/(1 + exp(-x)) - 1/2", "-1,1", targets::Parity::Odd));
}

TEST(Accuracy, EndsTheSearchWithTheCheapest) {
  const targets::Target exponential = target("exp(x)", "0,1", Metric::Relative);
  SearchConfig config = small_config(12);
  config.evaluations = 50'000'000;
  config.accuracy = 0x1p-8;
  const SearchResult result = search(exponential, config);
  ASSERT_TRUE(result.wanted);
  EXPECT_LT(result.progress.evaluations, 10'000'000U);
  const FrontProgram& wanted = result.front[*result.wanted];
  EXPECT_LE(wanted.max_error, 0x1p-8);
  for (std::size_t k = 0; k < *result.wanted; ++k) {
    EXPECT_GT(result.front[k].max_error, 0x1p-8);
  }
}

TEST(Constraints, GiveTheSameFrontAtAnyThreadCount) {
  targets::Target sine = target("sin(x)", "-1,1", Metric::Absolute);
  sine.exact = {0};
  std::vector<SearchResult> results;
  for (const int threads : {1, 3}) {
    SearchConfig config = small_config(6);
    config.evaluations = 300'000;
    config.threads = threads;
    config.constraints = {.constants = numbers::find_constant_format("f32"), .monotone = true};
    results.push_back(search(sine, config));
  }
  ASSERT_EQ(results[0].front.size(), results[1].front.size());
  for (std::size_t k = 0; k < results[0].front.size(); ++k) {
    EXPECT_EQ(results[0].front[k].program, results[1].front[k].program);
  }
}

/// The floats of an interval with the identity as their target, and routines with planted defects.
class FloatRequirement : public testing::Test {
 protected:
  static targets::FloatReference reference(const char* domain) {
    std::vector<targets::FloatRange> floats = targets::floats_of(targets::parse_domain(domain));
    std::ranges::sort(floats, {}, &targets::FloatRange::first);
    return {ir::parse_expression("x"), floats};
  }
  static targets::FloatRoutine planted(float at, float value) {
    return [=](std::span<const float> x, std::span<float> y) {
      for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] == at ? value : x[i];
    };
  }
};

TEST_F(FloatRequirement, MonotonyIsSeenFromEachFloatToTheNext) {
  // Far from 0 on both sides, and around it. Ends of chunks are multiples of 2^16 from the first.
  for (const auto& [domain, places] :
       {std::pair("1,1.02", std::vector{1.0000002F, 0x1.010002p0F, 0x1.01p0F, 0x1.020002p0F}),
        std::pair("-1.02,-1", std::vector{-1.0000002F, -0x1.010002p0F, -0x1.01p0F, -1.0F}),
        std::pair("-1e-40,1e-40", std::vector{0x1p-149F, -0x1p-149F, 0x1p-135F})}) {
    const targets::FloatReference line = reference(domain);
    const FloatRequirements monotone(line, {.monotone = true}, {});
    EXPECT_FALSE(monotone.find_break(planted(5, 5))) << domain;
    for (const float at : places) {
      const float below = std::nextafter(std::nextafter(at, -3.0F), -3.0F);
      EXPECT_TRUE(monotone.find_break(planted(at, below))) << domain << ' ' << at;
    }
  }
}

TEST_F(FloatRequirement, ParityIsThatOfTheBits) {
  const targets::FloatReference line = reference("[-1.02,-1],[1,1.02]");
  const FloatRequirements odd(line, {.parity = targets::Parity::Odd}, {});
  EXPECT_FALSE(odd.find_break(planted(3.0F, 3.0F)));
  EXPECT_TRUE(odd.find_break(planted(1.01F, 1.0100001F)));
  EXPECT_TRUE(odd.find_break(planted(-1.01F, -1.0100001F)));
}

TEST_F(FloatRequirement, PointsAreRoundedCorrectly) {
  const targets::FloatReference line = reference("1,2");
  const std::vector<double> points = {1, 2};
  const FloatRequirements exact(line, {}, points);
  EXPECT_FALSE(exact.find_break(planted(1.5F, 7.0F)));
  EXPECT_TRUE(exact.find_break(planted(1.0F, 0x1.000002p0F)));
}

TEST_F(FloatRequirement, ATargetThatTurnsIsRefused) {
  const targets::FloatReference parabola{ir::parse_expression("x^2 + 1"),
                                         targets::floats_of(targets::parse_domain("-1,1"))};
  EXPECT_THROW(FloatRequirements(parabola, {.monotone = true}, {}), std::invalid_argument);
}

}  // namespace
}  // namespace ulpforge::evo
