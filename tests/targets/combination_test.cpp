// Functions that join waves and other functions, far from 0 and next to removable singularities at
// 0: values and bounds against MPFR, signs of zeros against the rules.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>
#include <vector>

#include "ir/expression.h"
#include "numbers/random.h"
#include "targets/exact/exact_value.h"
#include "targets/scores/reference.h"

namespace ulpforge::targets {
namespace {

struct Row {
  const char* expression;
  double from, to;  ///< sizes of the inputs; both signs where the function has both
  bool both_signs = true;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.expression; }

class Combinations : public testing::TestWithParam<Row> {};

/// What is told of a value holds, by MPFR; and of nearly all values something is told.
TEST_P(Combinations, HoldWhatTheyPromise) {
  const auto& [text, from, to, both_signs] = GetParam();
  const ir::Program program = ir::parse_expression(text);
  numbers::Random random{7};
  std::vector<double> sizes;
  for (int i = 0; i < 24; ++i) {
    sizes.push_back(from * std::pow(to / from, random.uniform()));
  }
  std::size_t known = 0;
  std::size_t asked = 0;
  for (const double size : sizes) {
    for (const std::uint32_t sign : {0u, 0x80000000u}) {
      if (sign != 0 && !both_signs) continue;
      // A binade is prepared, a few of its numbers are looked at.
      const std::uint32_t start = std::bit_cast<std::uint32_t>(static_cast<float>(size)) | sign;
      const PatternRange range{start & 0xff800000, start | 0x7fffff};
      const FloatReference reference(program, {range});
      EXPECT_LE(reference.pieces().size(), 3000u) << text << " at " << size;
      for (int i = 0; i < 20; ++i) {
        const std::uint32_t bits = range.first + random.below(0x800000);
        const float x = std::bit_cast<float>(bits);
        std::array<double, 3> hi{}, lo{};
        const targets::Run run = reference.fill(bits & ~3u, hi, lo);
        const std::size_t at = bits & 3u;
        if (at >= run.count || x == 0) continue;
        ++asked;
        const ExactValue exact = exact_value(program, x);
        const mpfr_srcptr value = numbers::raw(exact.value);
        if (std::isnan(hi[at]) && lo[at] == 0) {
          EXPECT_TRUE(mpfr_nan_p(value)) << text << " at " << x;
          ++known;
          continue;
        }
        if (std::isnan(hi[at])) continue;
        ++known;
        const double error = run.error + run.relative * std::abs(hi[at]);
        if (std::abs(hi[at]) >= kBeyond / 2) {
          EXPECT_EQ(mpfr_sgn(value) > 0, hi[at] > 0) << text << " at " << x;
          EXPECT_GT(std::abs(mpfr_get_d(value, MPFR_RNDN)), 0x1p500) << text << " at " << x;
          continue;
        }
        numbers::Mpfr gap(300);
        mpfr_sub_d(numbers::raw(gap), value, hi[at], MPFR_RNDN);
        mpfr_sub_d(numbers::raw(gap), numbers::raw(gap), lo[at], MPFR_RNDN);
        EXPECT_LE(std::abs(mpfr_get_d(numbers::raw(gap), MPFR_RNDN)), error)
            << text << " at " << x << ": " << hi[at] << " + " << lo[at];
        // Sharp enough to round nearly all results by.
        if (std::abs(hi[at]) > 0x1p-100) {
          EXPECT_LE(error, 0x1p-30 * std::abs(hi[at])) << text << " at " << x;
        }
        if (hi[at] == 0 && lo[at] == 0 && error == 0) {
          EXPECT_TRUE(mpfr_zero_p(value)) << text << " at " << x;
          if (run.zero_sign == ZeroSign::OfValue) {
            EXPECT_EQ(std::signbit(hi[at]), mpfr_signbit(value) != 0) << text << " at " << x;
          } else if (run.zero_sign != ZeroSign::Asked && run.zero_sign != ZeroSign::Open) {
            EXPECT_EQ(negative_zero(run.zero_sign, x), mpfr_signbit(value) != 0)
                << text << " at " << x;
          }
        }
      }
    }
  }
  EXPECT_GT(asked, 100u);
  EXPECT_GE(known, asked - asked / 50) << text;
}

INSTANTIATE_TEST_SUITE_P(
    Expressions, Combinations,
    testing::Values(Row{"sin(pi*x)/(pi*x)", 6, 1e38}, Row{"sinpi(x)/(pi*x)", 6, 1e38},
                    Row{"sinpi(x)*x", 6, 1e38}, Row{"-sinpi(x)/x", 6, 1e9},
                    Row{"cos(pi*x)/x - sin(pi*x)/(pi*x^2)", 6, 1e38}, Row{"sin(x)/x", 17, 1e38},
                    Row{"(sin(x)/x)^2", 17, 1e38}, Row{"cos(x)*exp(-x)", 17, 1e30, false},
                    Row{"sin(x)*exp(x)", 17, 1e30, false}, Row{"(1-cos(x))/x^2", 17, 1e38},
                    Row{"x + sin(x)", 17, 1e38}, Row{"sin(2*pi*x) + cos(x/3)", 50, 1e9},
                    Row{"sqrt(2 + sin(x))", 17, 1e38}, Row{"fabs(sin(x))/log(fabs(x))", 17, 1e38},
                    Row{"1/(2 + cos(x))", 17, 1e38}, Row{"tan(x)/x", 17, 1e38},
                    Row{"j0(x)*x", 40, 1e30, false}, Row{"sin(x)*log(x)", 17, 1e30},
                    Row{"sin(pi*x) - 2*cos(3*pi*x)", 6, 1e6},
                    Row{"sin(pi*x)*exp(-x)", 6, 1e4, false}, Row{"cos(-x/7)", 120, 1e38},
                    Row{"sin(0.1*pi*x)", 60, 1e38}, Row{"cos(x) - sin(x)", 17, 1e38}));

INSTANTIATE_TEST_SUITE_P(
    NextToZero, Combinations,
    testing::Values(Row{"cos(pi*x)/x - sin(pi*x)/(pi*x^2)", 1e-40, 0.1},
                    Row{"1/tanh(x) - 1/x", 1e-40, 0.1}, Row{"1/sin(x) - 1/x", 1e-40, 0.1},
                    Row{"(1-cos(x))/x^2", 1e-40, 0.1}, Row{"expm1(x)/x", 1e-40, 0.1},
                    Row{"(x - sin(x))/x^3", 1e-40, 0.1}, Row{"log1p(x)/x - 1", 1e-40, 0.1}));

}  // namespace
}  // namespace ulpforge::targets
