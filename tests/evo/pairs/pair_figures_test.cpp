// Figures over all pairs against the judge of single results, hand computations and MPFR.
#include "targets/scores/pair_figures.h"

#include <gtest/gtest.h>
#include <mpfr.h>

#include <cmath>

#include "evo/pairs/every_pair.h"
#include "ir/expression.h"

namespace ulpforge::targets {
namespace {

using evo::pairs::test::by_row;
using numbers::parse_short_format;
using numbers::RoundTo;
using numbers::ShortFormat;

PairFigures figures(const PairFunction& function, const PairRoutine& routine) {
  return figures_at_every_pair(function, std::span(&routine, 1))->front();
}

/// The product, correctly rounded, but at a few pairs.
std::uint32_t nearly_product(const ShortFormat& format, std::uint32_t x, std::uint32_t y) {
  const std::uint32_t z =
      format.round(static_cast<double>(format.value(x)) * static_cast<double>(format.value(y)));
  if (x % 7 == 3 && y % 5 == 2) return (z + 1) & (format.inputs() - 1);
  if (x % 11 == 1 && y % 13 == 4) return z ^ format.sign();
  return z;
}

class PairFiguresOf : public testing::TestWithParam<const char*> {};

/// Sums by rows and lanes are those of ShortJudge, which decides pair by pair.
TEST_P(PairFiguresOf, AgreeWithTheJudge) {
  const ShortFormat format = parse_short_format(GetParam());
  for (const PairSet set : {PairSet::All, PairSet::Finite, PairSet::Normal}) {
    const PairFunction function(ir::parse_expression("x*y", 2), format, set);
    const auto nearly = [&](std::uint32_t x, std::uint32_t y) {
      return nearly_product(format, x, y);
    };
    const PairFigures found = figures(function, by_row(nearly));
    const ShortJudge judge(format, RoundTo::NearestEven);
    ShortScore score;
    double away = 0;
    for (std::uint32_t x = 0; x < format.inputs(); ++x) {
      for (std::uint32_t y = 0; y < format.inputs(); ++y) {
        const double inputs[2] = {format.value(x), format.value(y)};
        const OddValue f = odd_value(function.program(), inputs);
        if (!function.holds(x, y, f)) continue;
        score.add(judge, (std::uint64_t{x} << format.bits()) + y, f, nearly(x, y));
        const ShortJudge::Verdict verdict = judge(f, nearly(x, y));
        if (!verdict.special) away += f.value < 0 ? -verdict.error : verdict.error;
      }
    }
    EXPECT_EQ(found.pairs, score.inputs) << name(set);
    EXPECT_EQ(found.measured, score.measured);
    EXPECT_EQ(found.misrounded, score.misrounded);
    EXPECT_EQ(found.special_values, score.special_values);
    EXPECT_EQ(found.zero_signs, score.zero_signs);
    EXPECT_EQ(found.in(PairMetric::Ulp).max, score.max_ulp);
    EXPECT_EQ(found.in(PairMetric::Ulp).worst, score.worst_input);
    EXPECT_EQ(found.in(PairMetric::Ulp).worst_result, score.worst_result);
    EXPECT_NEAR(found.mean(PairMetric::Ulp), score.mean(), 1e-12 * score.mean());
    EXPECT_NEAR(found.bias(PairMetric::Ulp), away / static_cast<double>(score.measured), 1e-12);
    EXPECT_GT(score.misrounded, 0U);
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, PairFiguresOf, testing::Values("f8e4m3", "f8e5m2", "f3s2"),
                         [](const auto& format) { return std::string(format.param); });

/// 1.125 * 1.125 = 1.265625 in f8e4m3, whose unit there is 1/8.
TEST(PairFigures, AreThoseOfAHandComputation) {
  const ShortFormat format = parse_short_format("f8e4m3");
  const std::uint32_t one = format.round(1.0);
  const PairFunction function(ir::parse_expression("x*y", 2), format, PairSet::Normal);
  EXPECT_EQ(function.value(one + 1, one + 1).value, 1.265625);
  // Mitchell: 1.25, so that the error is -0.125 units, of the value -0.0123456...
  const PairFigures mitchell = figures(
      function, by_row([&](std::uint32_t x, std::uint32_t y) { return (x + y - one) & 0xff; }));
  // 1.5 * 1.5 = 2.25 becomes 2, by a ninth too small: Mitchell's largest error.
  EXPECT_DOUBLE_EQ(mitchell.in(PairMetric::Relative).max, 1.0 / 9);
  EXPECT_EQ(mitchell.special_values.count, 0U);
  EXPECT_LT(mitchell.bias(PairMetric::Relative), 0);
  EXPECT_DOUBLE_EQ(mitchell.bias(PairMetric::Relative), -mitchell.mean(PairMetric::Relative));
  // Its errors are those of the significands alone, whatever the exponents.
  double worst = 0;
  for (int a = 8; a < 16; ++a) {
    for (int b = 8; b < 16; ++b) {
      const double exact = a * b / 64.0;
      const double logs = (a - 8 + b - 8) / 8.0;
      const double value = logs < 1 ? 1 + logs : 2 * logs;
      const double unit = exact < 2 ? 0.125 : 0.25;
      worst = std::max(worst, std::abs(value - exact) / unit);
    }
  }
  EXPECT_DOUBLE_EQ(mitchell.in(PairMetric::Ulp).max, worst);
}

/// Quotients, roots of sums, powers: correctly rounded results by MPFR have no error.
TEST(PairFigures, FindNothingWhereMpfrRounds) {
  const ShortFormat format = parse_short_format("f8e5m2");
  struct Case {
    const char* expression;
    int (*function)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);
  };
  for (const Case& one : {Case{"x/y", mpfr_div}, Case{"hypot(x, y)", mpfr_hypot},
                          Case{"x+y", mpfr_add}, Case{"atan2(x, y)", mpfr_atan2}}) {
    const PairFunction function(ir::parse_expression(one.expression, 2), format, PairSet::Normal);
    const PairFigures found = figures(function, by_row([&](std::uint32_t x, std::uint32_t y) {
                                        mpfr_t a, b, z;
                                        mpfr_inits2(24, a, b, static_cast<mpfr_ptr>(nullptr));
                                        mpfr_init2(z, 3);
                                        mpfr_set_flt(a, format.value(x), MPFR_RNDN);
                                        mpfr_set_flt(b, format.value(y), MPFR_RNDN);
                                        one.function(z, a, b, MPFR_RNDN);
                                        const double rounded = mpfr_get_d(z, MPFR_RNDN);
                                        mpfr_clears(a, b, z, static_cast<mpfr_ptr>(nullptr));
                                        return format.round(rounded);
                                      }));
    EXPECT_EQ(found.misrounded, 0U) << one.expression;
    EXPECT_LE(found.in(PairMetric::Ulp).max, 0.5) << one.expression;
    EXPECT_GT(found.in(PairMetric::Ulp).max, 0.4) << one.expression;
    EXPECT_GT(found.pairs, 10000U) << one.expression;
  }
}

TEST(PairFigures, StopWhenAsked) {
  const PairFunction function(ir::parse_expression("x*y", 2), parse_short_format("f3s2"),
                              PairSet::All);
  std::stop_source stop;
  stop.request_stop();
  const PairRoutine zero = by_row([](std::uint32_t, std::uint32_t) { return 0U; });
  EXPECT_FALSE(figures_at_every_pair(function, std::span(&zero, 1), stop.get_token()));
}

}  // namespace
}  // namespace ulpforge::targets
