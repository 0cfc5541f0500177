// Results of floats that are rounded to a short format, or counted in its ULP, against MPFR.
#include "targets/scores/result_format.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <stdexcept>

#include "ir/expression.h"
#include "numbers/short_format.h"
#include "targets/exact/exact_value.h"
#include "targets/scores/score.h"

namespace ulpforge::targets {
namespace {

using numbers::Binary32;

/// Floats next to all numbers of the format and to the middles between them, and some of all sizes.
std::vector<float> telling_floats(const numbers::ShortFormat& format) {
  std::vector<float> x;
  const auto add = [&](double value) {
    const std::uint32_t bits = Binary32::bits(static_cast<float>(value));
    for (const std::uint32_t near : {bits - 1, bits, bits + 1}) x.push_back(Binary32::value(near));
  };
  for (std::uint32_t pattern = 1; pattern < format.largest(); ++pattern) {
    const double here = static_cast<double>(format.value(pattern));
    const double next = static_cast<double>(format.value(pattern + 1));
    add(here);
    add(here + (next - here) / 2);
  }
  add(format.end());
  add(format.largest_value() + (format.end() - format.largest_value()) / 2);
  for (std::uint64_t bits = 0; bits < std::uint64_t{1} << 32; bits += 65521) {
    x.push_back(Binary32::value(static_cast<std::uint32_t>(bits)));
  }
  return x;
}

class ResultFormats : public testing::TestWithParam<const char*> {};

TEST_P(ResultFormats, RoundAsConversionsDo) {
  const numbers::ShortFormat format = numbers::parse_short_format(GetParam());
  for (const float x : telling_floats(format)) {
    for (const float value : {x, -x}) {
      float y = value;
      round_results(rounded_to(format.row()), {&y, 1});
      const float due = format.value(format.round(static_cast<double>(value)));
      if (std::isnan(due) && std::isnan(y)) continue;
      ASSERT_EQ(Binary32::bits(y), Binary32::bits(due)) << fmt::format("{:a}", value);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, ResultFormats,
                         testing::Values("bf16", "f16", "f8e5m2", "f6s9", "f2s1", "tf32"),
                         [](const auto& format) { return std::string(format.param); });

struct ScoreCase {
  const char* name;
  const char* expression;
  const char* format;
  bool rounded;
  float first;  ///< 30,000 floats from there on
};

void PrintTo(const ScoreCase& one, std::ostream* out) { *out << one.name; }

class ResultScores : public testing::TestWithParam<ScoreCase> {};

/// Off by up to 2^-8.5 of the value, and now and then not at all.
float sloppy(const ir::Program& program, float x) {
  const numbers::Mpfr exact = exact_value(program, x).value;
  const double value = mpfr_get_d(numbers::raw(exact), MPFR_RNDN);
  return static_cast<float>(value * (1 + std::sin(1e4 * static_cast<double>(x)) * 0x1p-9));
}

/// |y - f| in 2^(max(e, emin) - precision), infinite results as 2^emax, by MPFR.
double error_by_definition(const numbers::Format& row, double y, const numbers::Mpfr& f) {
  const long e = mpfr_zero_p(numbers::raw(f)) != 0 ? row.emin : mpfr_get_exp(numbers::raw(f));
  if (std::isinf(y)) {
    if (e > row.emax) return 0;
    y = std::copysign(std::ldexp(1.0, row.emax), y);
  }
  mpfr_t error;
  mpfr_init2(error, 200);
  mpfr_d_sub(error, y, numbers::raw(f), MPFR_RNDN);
  mpfr_mul_2si(error, error, row.precision - std::max<long>(e, row.emin), MPFR_RNDN);
  const double size = std::abs(mpfr_get_d(error, MPFR_RNDN));
  mpfr_clear(error);
  return size;
}

TEST_P(ResultScores, AgreeWithBruteForce) {
  const ScoreCase& one = GetParam();
  const ir::Program program = ir::parse_expression(one.expression);
  const numbers::ShortFormat format = numbers::parse_short_format(one.format);
  const std::uint32_t first = Binary32::bits(one.first);
  const PatternRange range{first, first + 30000};
  const ResultFormat results = one.rounded ? rounded_to(format.row()) : measured_in(format.row());
  const FloatReference reference = FloatReference(program, {range}).with_results(results);
  const Score found = score<Binary32>(
      reference,
      [&](std::span<const float> x, std::span<float> y) {
        for (std::size_t i = 0; i < x.size(); ++i) y[i] = sloppy(program, x[i]);
      },
      range);
  Score due;
  for (std::uint32_t bits = range.first; bits <= range.last; ++bits) {
    const float x = Binary32::value(bits);
    float y = sloppy(program, x);
    if (one.rounded) y = format.value(format.round(static_cast<double>(y)));
    const numbers::Mpfr truth = exact_value(program, x).value;
    const double error = error_by_definition(results.row, static_cast<double>(y), truth);
    ++due.inputs;
    due.above_one_ulp += error > 1;
    if (error > due.max_ulp) {
      due.max_ulp = error;
      due.worst_input = bits;
    }
    due.misrounded +=
        one.rounded ? static_cast<double>(y) != round_to(format.row(), truth) : error > 0.5;
  }
  EXPECT_GT(due.max_ulp, 0);
  EXPECT_EQ(found.max_ulp, due.max_ulp);
  EXPECT_EQ(found.worst_input, due.worst_input);
  EXPECT_EQ(found.inputs, due.inputs);
  EXPECT_EQ(found.misrounded, due.misrounded);
  EXPECT_EQ(found.above_one_ulp, due.above_one_ulp);
  EXPECT_EQ(found.special_value_errors, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Functions, ResultScores,
    testing::Values(ScoreCase{"exp_bf16", "exp(x)", "bf16", true, 1.0F},
                    ScoreCase{"exp_of_bf16", "exp(x)", "bf16", false, 1.0F},
                    ScoreCase{"sin_f16", "sin(x)", "f16", true, 3.0F},
                    ScoreCase{"sin_of_f16", "sin(x)", "f16", false, 3.0F},
                    // Subnormal results of the format.
                    ScoreCase{"small_f16", "exp(x)", "f16", true, -10.0F},
                    ScoreCase{"small_of_f16", "exp(x)", "f16", false, -10.0F},
                    // Into its overflow, which floats that stay floats do not have.
                    ScoreCase{"large_f16", "exp(x)", "f16", true, 0x1.62e1p+3F},
                    ScoreCase{"large_of_f16", "exp(x)", "f16", false, 0x1.62e1p+3F},
                    ScoreCase{"tanh_f6s9", "tanh(x)", "f6s9", true, 0.5F},
                    ScoreCase{"tanh_of_f6s9", "tanh(x)", "f6s9", false, 0.5F}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(ResultChoices, AreRefusedWhereTheyMeanNothing) {
  EXPECT_TRUE(result_format({}).row == Binary32::kRow);
  EXPECT_TRUE(result_format({"bf16", ""}).rounded);
  EXPECT_FALSE(result_format({"", "bf16"}).rounded);
  EXPECT_EQ(result_format({"", "f16"}).row.emax, Binary32::kRow.emax);
  EXPECT_THROW(result_format({"bf16", "f16"}), std::invalid_argument);
  EXPECT_THROW(result_format({"f8e4m3", ""}), std::invalid_argument);
  EXPECT_THROW(result_format({"", "bf17"}), std::invalid_argument);
}

}  // namespace
}  // namespace ulpforge::targets
