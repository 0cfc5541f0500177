// Searches over short formats: the figure of merit against brute force, the schemes with accurate
// kernels, and the front's figures.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "evo/accurate_kernel.h"
#include "evo/machine_search.h"
#include "evo/short_sample.h"
#include "ir/expression.h"
#include "ir/interpret.h"
#include "numbers/random.h"
#include "targets/catalog.h"
#include "targets/schemes/composed.h"

namespace ulpforge::evo {
namespace {

using numbers::parse_short_format;
using numbers::ShortFormat;
using targets::ShortValues;

ShortValues values_of(const std::string& target, const std::string& format) {
  return {ir::parse_expression(targets::expression_of(target)), parse_short_format(format)};
}

std::vector<targets::Scheme> schemes_of(const std::string& target, const ShortValues& values) {
  const targets::SimpleEnds ends = targets::simple_ends(values);
  return targets::schemes_in_float(target, targets::expression_of(target),
                                   {ends.low, ends.high, ends.itself_from});
}

TEST(ShortSample, MeritIsThatOfTheRoundedResults) {
  numbers::Random random{5};
  for (const char* format : {"f8e4m3", "f8e5m2", "f5s6", "f8s3"}) {
    for (const char* target : {"exp", "log", "tanh", "sin(pi*x)", "1/x", "gelu"}) {
      const ShortValues values = values_of(target, format);
      const ShortSample sample(values);
      const targets::ShortJudge judge(values.format(), numbers::RoundTo::NearestEven);
      // Right results with more and more that are off, some of them by little.
      std::vector<float> y(values.size());
      for (std::size_t i = 0; i < y.size(); ++i) {
        y[i] = static_cast<float>(values.values()[i].value);
      }
      for (int round = 0; round < 6; ++round) {
        const auto results = targets::rounded_results(values, y);
        const targets::Score score = targets::to_score(targets::score(values, results), 0);
        const double merit = sample.largest_error(y);
        if (score.special_value_errors > 0) {
          EXPECT_FALSE(merit <= 1) << format << " " << target;
        } else if (score.max_ulp < 1 && score.zero_sign_errors == 0) {
          EXPECT_EQ(merit, short_merit(score)) << format << " " << target << " " << round;
        } else {
          EXPECT_GE(merit, 1) << format << " " << target;
        }
        for (std::size_t i = 0; i < y.size(); ++i) {
          if (std::isnan(y[i]) != std::isnan(values.values()[i].value)) continue;
          const bool right = judge(values.values()[i], results[i]).right;
          ASSERT_EQ(sample.error(i, y[i]) <= 0, right)
              << format << " " << target << " at " << values.x()[i] << ": " << y[i];
        }
        const int changes = 1 << (2 * round);
        for (int k = 0; k < changes; ++k) {
          const std::size_t i = static_cast<std::size_t>(random.bits()) % y.size();
          if (std::isfinite(y[i])) {
            y[i] = static_cast<float>(y[i] * (1 + std::ldexp(random.normal(), -random.below(16))));
          }
        }
      }
    }
  }
}

TEST(ShortSample, NanAndMissingInfinitiesAreNeverRight) {
  const ShortValues values = values_of("exp", "bf16");
  const ShortSample sample(values);
  std::vector<float> y(values.size());
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = static_cast<float>(values.values()[i].value);
  EXPECT_EQ(sample.largest_error(y), 0.5);
  const auto with = [&](float x, float result) {
    std::vector<float> changed = y;
    const std::uint32_t at = values.format().round(static_cast<double>(x));
    changed[at] = result;
    return sample.largest_error(changed);
  };
  EXPECT_TRUE(std::isinf(with(1, NAN)));
  EXPECT_TRUE(std::isinf(with(NAN, 1)));
  EXPECT_GT(with(1, HUGE_VALF), 1e6);
  EXPECT_GT(with(200, 1), 100);
  EXPECT_GE(with(-200, -0.0F), 1);
}

class ShortSchemes : public testing::TestWithParam<const char*> {};

/// With an accurate kernel some scheme has to be right, or next to it, at every number.
TEST_P(ShortSchemes, AreRightWithAccurateKernels) {
  const std::string target = GetParam();
  const ShortValues values = values_of(target, "bf16");
  double best = HUGE_VAL;
  for (const targets::Scheme& scheme : schemes_of(target, values)) {
    // Wide kernels are for tables and rational functions, which the search finds.
    const bool whole = scheme.name == "square" || scheme.name == "size" ||
                       scheme.name == "clamped" || scheme.name == "product";
    if (whole) continue;
    const ir::Program kernel =
        scheme.kernel.expression == "x" ? empty_kernel() : accurate_kernel(scheme);
    const ir::Program program = targets::fill_hole(scheme, kernel);
    ASSERT_EQ(ir::find_defect(program), std::nullopt) << target << " " << scheme.name;
    std::vector<float> y(values.size());
    ir::interpret<float, float>(program, values.x(), y);
    const auto score = targets::score(values, targets::rounded_results(values, y));
    const double merit = short_merit(targets::to_score(score, 0));
    best = std::min(best, merit);
    if (best <= 0.75) break;  // others with the same kernel take their time
  }
  EXPECT_LE(best, 0.75) << target;
}

INSTANTIATE_TEST_SUITE_P(Functions, ShortSchemes,
                         testing::Values("silu", "mish", "gelu_tanh", "gelu", "softplus", "sigmoid",
                                         "tanh", "erf", "exp", "reciprocal", "rsqrt", "sqrt",
                                         "sigmoid_derivative", "tanh_derivative",
                                         "silu_derivative"),
                         [](const auto& target) { return std::string(target.param); });

MachineResult run(const ShortValues& values, const std::vector<targets::Scheme>& schemes,
                  int threads, std::uint64_t seed) {
  MachineConfig config;
  config.seed = seed;
  config.threads = threads;
  config.seconds = std::numeric_limits<double>::infinity();
  config.children = 600;
  config.real_evaluations = 0;
  config.loosest_ulp = 16;
  return machine_search(values, schemes, config);
}

TEST(ShortSearch, EndsWithTheAccuracyThatIsWanted) {
  const ShortValues values = values_of("exp2", "f8e4m3");
  MachineConfig config;
  config.threads = 2;
  config.seconds = std::numeric_limits<double>::infinity();
  config.children = 20000;
  config.real_evaluations = 0;
  config.loosest_ulp = 16;
  config.accuracy = 0.6;
  const MachineResult result = machine_search(values, schemes_of("exp2", values), config);
  EXPECT_LT(result.progress.children, config.children);
  ASSERT_TRUE(result.wanted);
  EXPECT_LE(result.front[*result.wanted].score.max_ulp, 0.6);
}

TEST(ShortSearch, FindsCorrectlyRoundedPrograms) {
  const ShortValues values = values_of("exp2", "bf16");
  std::vector<targets::Scheme> schemes = schemes_of("exp2", values);
  schemes.push_back(whole_programs_scheme(schemes.front()));
  const MachineResult result = run(values, schemes, 2, 1);
  ASSERT_FALSE(result.front.empty());
  double before = HUGE_VAL;
  for (const MachineProgram& found : result.front) {
    // Measured again from the program alone.
    std::vector<float> y(values.size());
    ir::interpret<float, float>(found.program, values.x(), y);
    const auto score =
        targets::to_score(targets::score(values, targets::rounded_results(values, y)), 0);
    EXPECT_EQ(score.max_ulp, found.score.max_ulp);
    EXPECT_EQ(score.misrounded, found.score.misrounded);
    EXPECT_EQ(score.worst_input, found.score.worst_input);
    EXPECT_LT(short_merit(score), before);
    before = short_merit(score);
  }
  EXPECT_EQ(result.front.back().score.misrounded, 0U);
  // The same with another number of threads, other programs with another seed.
  const MachineResult again = run(values, schemes, 1, 1);
  ASSERT_EQ(again.front.size(), result.front.size());
  for (std::size_t k = 0; k < again.front.size(); ++k) {
    EXPECT_EQ(again.front[k].program, result.front[k].program);
  }
}

TEST(ShortSearch, KeepsWhatIsAskedFor) {
  const ShortValues values = values_of("tanh", "f8e5m2");
  std::vector<std::uint32_t> y;
  const targets::ShortJudge judge(values.format(), numbers::RoundTo::NearestEven);
  for (const targets::OddValue& f : values.values()) y.push_back(judge.correct(f));
  Constraints odd;
  odd.parity = targets::Parity::Odd;
  Constraints monotone;
  monotone.monotone = true;
  const std::vector<double> one = {1.0};
  EXPECT_EQ(find_short_break(values, y, odd, one), std::nullopt);
  EXPECT_EQ(find_short_break(values, y, monotone, {}), std::nullopt);
  const std::uint32_t at = values.format().round(1);
  y[at] -= 2;
  EXPECT_NE(find_short_break(values, y, {}, one), std::nullopt);
  EXPECT_NE(find_short_break(values, y, odd, {}), std::nullopt);
  EXPECT_NE(find_short_break(values, y, monotone, {}), std::nullopt);
}

}  // namespace
}  // namespace ulpforge::evo
