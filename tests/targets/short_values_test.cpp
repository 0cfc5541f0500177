// Exact values at every number of a short format and the scores next to them, against MPFR at 448
// bits and the general definition of the ULP.
#include "targets/scores/short_values.h"

#include <gtest/gtest.h>

#include <cmath>
#include <ostream>
#include <string>
#include <vector>

#include "ir/expression.h"
#include "numbers/random.h"
#include "targets/exact/exact_value.h"
#include "targets/exact/ulp.h"

namespace ulpforge::targets {
namespace {

using numbers::parse_short_format;
using numbers::RoundTo;
using numbers::ShortFormat;

constexpr std::pair<RoundTo, Rounding> kModes[] = {{RoundTo::NearestEven, Rounding::Nearest},
                                                   {RoundTo::Up, Rounding::Up},
                                                   {RoundTo::Down, Rounding::Down},
                                                   {RoundTo::TowardZero, Rounding::Zero}};

/// The format's number of that pattern as a result.
double result(const ShortFormat& format, std::uint32_t y) {
  return static_cast<double>(format.value(y));
}

struct Case {
  std::string expression;
  std::string format;
};

class ShortValuesTest : public testing::TestWithParam<Case> {};

TEST_P(ShortValuesTest, AreMpfrsAndSoAreTheErrors) {
  const ShortFormat format = parse_short_format(GetParam().format);
  const ir::Program program = ir::parse_expression(GetParam().expression);
  const ShortValues values(program, format);
  ASSERT_TRUE(values.complete());
  ASSERT_EQ(values.size(), format.inputs());
  numbers::Random random{7, 11};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double x = result(format, static_cast<std::uint32_t>(i));
    const ExactValue exact = exact_value(program, x);
    const OddValue& f = values.values()[i];
    for (const auto& [mode, rounding] : kModes) {
      const ShortJudge judge(format, mode);
      const double due = round_to(format.row(), exact.value, rounding);
      const std::uint32_t correct = judge.correct(f);
      if (std::isnan(due)) {
        ASSERT_TRUE(format.is_nan(correct)) << x;
        continue;
      }
      ASSERT_EQ(result(format, correct), due) << x << " " << numbers::name(mode);
      if (due != 0 || exact.zero_sign_known) {
        ASSERT_EQ(format.is_negative(correct), std::signbit(due)) << x;
      }
      // The result, a neighbour, and anything.
      for (const std::uint32_t y : {correct, format.next_up(correct), format.next_down(correct),
                                    static_cast<std::uint32_t>(random.bits()) % format.inputs()}) {
        const double value = result(format, y);
        const double error = ulp_error(format.row(), value, exact.value, UlpOf::Exact, rounding);
        const ShortJudge::Verdict verdict = judge(f, y);
        const double ours = verdict.error;
        ASSERT_EQ(verdict.special, std::isnan(error)) << x << " " << value;
        if (std::isnan(error) || std::isnan(ours)) {
          ASSERT_TRUE(std::isnan(error) && std::isnan(ours)) << x << " " << value;
          continue;
        }
        ASSERT_NEAR(ours, error, 0x1p-36 * std::max(1.0, std::abs(error))) << x << " " << value;
        ASSERT_EQ(verdict.above_one, std::abs(ulp_error_to_odd(format.row(), value, exact.value,
                                                               UlpOf::Exact, rounding)) > 1)
            << x << " " << value;
        const bool same_zero = value != 0 || due != 0 || !exact.zero_sign_known ||
                               std::signbit(value) == std::signbit(due);
        ASSERT_EQ(verdict.right, value == due && same_zero) << x << " " << value;
      }
    }
  }
}

void PrintTo(const Case& tested, std::ostream* out) {
  *out << tested.expression << " in " << tested.format;
}

INSTANTIATE_TEST_SUITE_P(
    Functions, ShortValuesTest,
    testing::Values(Case{"exp(x)", "f5s6"}, Case{"sin(x)", "f8s3"}, Case{"log(x)", "f8e5m2"},
                    Case{"1/x", "f8s4"}, Case{"tanh(x)", "f8s3"}, Case{"sqrt(x)", "f5s6"},
                    Case{"x*erfc(-x/sqrt(2))/2", "f5s5"}, Case{"sin(pi*x)", "f4s5"},
                    Case{"x", "f8e5m2"}, Case{"x + 2^(-30)", "f8e5m2"}, Case{"1/(x-1)", "f3s4"}),
    [](const auto& tested) { return tested.param.format + "_" + std::to_string(tested.index); });

TEST(ShortPairs, AreMpfrs) {
  const ShortFormat format = parse_short_format("f8s7");
  numbers::Random random{3, 1, 4};
  for (const char* expression : {"x*y", "x/y", "y/x", "x+y", "y-x", "hypot(x,y)", "atan2(x,y)"}) {
    const ir::Program program = ir::parse_expression(expression, 2);
    for (int k = 0; k < 2000; ++k) {
      double inputs[2];
      for (double& input : inputs) {
        input = result(format, static_cast<std::uint32_t>(random.bits()) % format.inputs());
      }
      // Also such as cancel or are far from one another.
      if (k % 4 == 0) inputs[1] = std::ldexp(-inputs[0], random.below(3) - 1);
      constexpr double kSpecial[] = {0.0, -0.0, HUGE_VAL, -HUGE_VAL, NAN};
      if (k % 5 == 0) inputs[random.below(2)] = kSpecial[random.below(5)];
      if (k % 20 == 0) inputs[random.below(2)] = kSpecial[random.below(5)];
      // What is lost beside the larger number is more than MPFR is asked for there.
      if (std::abs(std::log2(std::abs(inputs[0] / inputs[1]))) > 200 && expression[0] == 'h')
        continue;
      const OddValue f = odd_value(program, inputs);
      const ExactValue exact = exact_value(program, inputs);
      for (const auto& [mode, rounding] : kModes) {
        const double due = round_to(format.row(), exact.value, rounding);
        const double ours = result(format, ShortJudge(format, mode).correct(f));
        ASSERT_TRUE((std::isnan(due) && std::isnan(ours)) || due == ours)
            << expression << " " << inputs[0] << " " << inputs[1] << " " << ours << " " << due;
        if (due == 0 && exact.zero_sign_known) {
          ASSERT_TRUE(f.zero_sign_known && std::signbit(ours) == std::signbit(due))
              << expression << " " << inputs[0] << " " << inputs[1];
        }
      }
    }
  }
}

std::vector<std::uint32_t> correct_results(const ShortValues& values) {
  const ShortJudge judge(values.format(), RoundTo::NearestEven);
  std::vector<std::uint32_t> y;
  for (const OddValue& f : values.values()) y.push_back(judge.correct(f));
  return y;
}

TEST(ShortScores, CountAndRank) {
  // 1.5 x of f3s4, whose results are x by mistake in one place and one too many in another.
  const ShortFormat format = parse_short_format("f3s4");
  const ShortValues values(ir::parse_expression("1.5*x"), format);
  std::vector<std::uint32_t> y = correct_results(values);
  ShortScore right = score(values, y);
  EXPECT_EQ(right.inputs, 256U);
  EXPECT_EQ(right.misrounded, 0U);
  EXPECT_EQ(right.max_ulp, 0.5);
  EXPECT_TRUE(right.is_sound());
  const std::uint32_t one = format.round(1);
  y[one] = one;  // 1 for 1.5, whose ULP is 1/16: 8
  y[format.round(2)] += 1;
  y[0] = format.sign();
  y[format.round(4)] = format.nan();
  const ShortScore wrong = score(values, y);
  EXPECT_EQ(wrong.misrounded, 4U);
  EXPECT_EQ(wrong.above_one_ulp, 1U);
  EXPECT_EQ(wrong.max_ulp, 8);
  EXPECT_EQ(wrong.worst_input, one);
  EXPECT_EQ(wrong.zero_signs.count, 1U);
  EXPECT_EQ(wrong.special_values.count, 1U);
  EXPECT_EQ(wrong.special_values.input, format.round(4));
  EXPECT_FALSE(wrong.is_sound());
}

TEST(ShortScores, SaturationIsRight) {
  const ShortFormat format = parse_short_format("f8e4m3");
  const ShortValues values(ir::parse_expression("exp(x)"), format);
  std::vector<std::uint32_t> y = correct_results(values);
  const ShortScore right = score(values, y);
  EXPECT_EQ(right.misrounded, 0U);
  EXPECT_LE(right.max_ulp, 0.5);
  EXPECT_EQ(y[format.round(100)], format.largest());
  y[format.round(100)] = format.largest() - 1;
  EXPECT_EQ(score(values, y).special_values.count, 1U);
}

}  // namespace
}  // namespace ulpforge::targets
