// The hunt against routines with planted defects, its screen against MPFR, and that it repeats.
#include "validate/hunt.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>
#include <stop_token>

#include "ir/expression.h"
#include "numbers/random.h"
#include "targets/exact/exact_value.h"
#include "targets/exact/real.h"
#include "tests/scratch.h"
#include "validate/known_inputs.h"
#include "validate/result_line.h"

namespace ulpforge::validate {
namespace {

double rounded(const numbers::Mpfr& value) { return targets::round_to(numbers::kBinary64, value); }

/// exp by MPFR, correctly rounded.
double right_exp(double x) {
  numbers::Mpfr value = targets::real(x, 53);
  mpfr_exp(numbers::raw(value), numbers::raw(value), MPFR_RNDN);
  return rounded(value);
}

/// A routine that takes one number at a time.
template <class Function>
HuntRoutine each(Function function) {
  return [function](std::span<const double> x, std::span<const double>, std::span<double> z) {
    for (std::size_t i = 0; i < x.size(); ++i) z[i] = function(x[i]);
  };
}

HuntOptions budget(std::uint64_t evaluations) {
  HuntOptions options;
  options.evaluations = evaluations;
  options.audit = 500;
  options.threads = 2;
  return options;
}

const ir::Program kSquare = ir::parse_expression("x*x");

TEST(Hunt, FindsAnErrorInANarrowRegion) {
  // 3 ULP off in a region of relative width 2^-20 about a multiple of log(2) / 8, as at the border
  // of a table; elsewhere nothing points to it.
  constexpr double kMiddle = 13 * 0.0866433975699932;
  const auto defective = [](double x) {
    const double y = x * x;
    return std::abs(x - kMiddle) < kMiddle * 0x1p-21 ? y + 3 * targets::ulp_f64(y) : y;
  };
  const HuntResult result = hunt(kSquare, [&] { return each(defective); }, budget(1000000));
  ASSERT_FALSE(result.records.empty());
  EXPECT_GT(std::abs(result.records.back().error), 3);
  EXPECT_NEAR(result.records.back().point[0], kMiddle, 0x1p-20);
  EXPECT_EQ(result.audit_failures, 0U);
}

TEST(Hunt, FindsNothingInACorrectRoutine) {
  const HuntResult result =
      hunt(kSquare, [] { return each([](double x) { return x * x; }); }, budget(3000000));
  ASSERT_FALSE(result.records.empty());
  EXPECT_LE(std::abs(result.records.back().error), 0.5);
  EXPECT_GT(std::abs(result.records.back().error), 0.4999);
  EXPECT_EQ(result.special_error_count, 0U);
  EXPECT_EQ(result.wrong_zero_count, 0U);
}

TEST(Hunt, FindsNaNsAndZerosOfTheWrongSign) {
  const auto defective = [](double x) {
    if (x > 3 && x < 3.0001) return std::nan("");
    return x == 0 ? -0.0 : x * x;
  };
  const HuntResult result = hunt(kSquare, [&] { return each(defective); }, budget(2000000));
  EXPECT_GT(result.special_error_count, 0U);
  ASSERT_FALSE(result.special_errors.empty());
  EXPECT_GT(result.special_errors[0].point[0], 3);
  EXPECT_GT(result.wrong_zero_count, 0U);
}

TEST(Hunt, FindsNothingElseWhereAllIsNaN) {
  const HuntResult result =
      hunt(kSquare, [] { return each([](double) { return std::nan(""); }); }, budget(2000000));
  EXPECT_TRUE(result.records.empty());
  EXPECT_GT(result.special_error_count, 1000U);
}

TEST(Hunt, BeginsWithDistancesFromOne) {
  // 1e-9 of the binade, next to 1; elsewhere the error is at most 0.5.
  const auto defective = [](double x) {
    const double y = x * x;
    return x > 1 + 0x1p-31 && x < 1 + 0x1p-30 ? y + 3 * targets::ulp_f64(y) : y;
  };
  const HuntResult result = hunt(kSquare, [&] { return each(defective); }, budget(1000000));
  ASSERT_FALSE(result.records.empty());
  EXPECT_GE(std::abs(result.records.back().error), 2.5);
}

TEST(Hunt, RecordsAreWhatMpfrSays) {
  const auto off = [](double x) { return right_exp(x) * (1 + 0x1p-52); };
  const ir::Program target = ir::parse_expression("exp(x)");
  const HuntResult result = hunt(target, [&] { return each(off); }, budget(500000));
  ASSERT_FALSE(result.records.empty());
  for (const HuntRecord& record : result.records) {
    numbers::Mpfr f = targets::real(300);
    mpfr_set_d(numbers::raw(f), record.point[0], MPFR_RNDN);
    mpfr_exp(numbers::raw(f), numbers::raw(f), MPFR_RNDN);
    EXPECT_EQ(record.error, targets::ulp_error(numbers::kBinary64, record.result, f));
    EXPECT_EQ(record.result, off(record.point[0]));
  }
  EXPECT_TRUE(std::is_sorted(
      result.records.begin(), result.records.end(),
      [](const auto& a, const auto& b) { return std::abs(a.error) < std::abs(b.error); }));
}

TEST(Hunt, ClimbsToWherePeriodsMeet) {
  // Errors of 400 ULP where four waves along the numbers are at their ends at once, as the errors
  // of four roundings would be. Of N random inputs the worst is about 400 - 100 (24 / N)^(1/4),
  // 395.8 for the budget; 398.4 would take 2.5e8 of them.
  const auto defective = [](double x) {
    const double y = x * x;
    const double p = static_cast<double>(std::bit_cast<std::uint64_t>(x) & 0xffffffff);
    double sum = 0;
    for (const double rate : {0.6180339887, 0.0414213562, 0.0073205081, 0.0001380650}) {
      sum += p * rate - std::floor(p * rate);
    }
    return y + std::rint(100 * sum) * targets::ulp_f64(y);
  };
  const HuntResult result = hunt(kSquare, [&] { return each(defective); }, budget(8000000));
  ASSERT_FALSE(result.records.empty());
  EXPECT_GT(std::abs(result.records.back().error), 398.4);
}

TEST(Hunt, RepeatsAtAnyNumberOfThreads) {
  // A routine of some error everywhere: x^2 by way of a float.
  const auto rough = [](double x) {
    const auto head = static_cast<double>(static_cast<float>(x));
    return head * head + 2 * head * (x - head);
  };
  std::vector<HuntResult> results;
  for (const unsigned threads : {1U, 2U, 3U}) {
    HuntOptions options = budget(3000000);
    options.threads = threads;
    options.seed = 5;
    results.push_back(hunt(kSquare, [&] { return each(rough); }, options));
  }
  for (const HuntResult& result : results) {
    EXPECT_EQ(result.evaluations, results[0].evaluations);
    ASSERT_EQ(result.records.size(), results[0].records.size());
    for (std::size_t i = 0; i < result.records.size(); ++i) {
      EXPECT_EQ(result.records[i].point, results[0].records[i].point);
      EXPECT_EQ(result.records[i].error, results[0].records[i].error);
      EXPECT_EQ(result.records[i].evaluations, results[0].records[i].evaluations);
    }
  }
}

TEST(Hunt, TakesFunctionsOfTwoNumbers) {
  const ir::Program target = ir::parse_expression("x*y", 2);
  const auto routine = [] {
    return [](std::span<const double> x, std::span<const double> y, std::span<double> z) {
      for (std::size_t i = 0; i < x.size(); ++i) {
        z[i] = x[i] * y[i];
        if (x[i] > 1 && x[i] < 2 && y[i] > 1 && y[i] < 2) z[i] += 2 * targets::ulp_f64(z[i]);
      }
    };
  };
  const HuntResult result = hunt(target, routine, budget(4000000));
  ASSERT_FALSE(result.records.empty());
  EXPECT_GT(std::abs(result.records.back().error), 2);
  EXPECT_EQ(result.audit_failures, 0U);
}

/// A few million pairs of floats out of 2^64, along a curve of ordinary results.
TEST(Hunt, FindsABandOfOrdinaryResults) {
  const ir::Program target = ir::parse_expression("pow(x, y)", 2);
  const auto routine = [] {
    return [](std::span<const double> x, std::span<const double> y, std::span<double> z) {
      for (std::size_t i = 0; i < x.size(); ++i) {
        const double right = std::pow(x[i], y[i]);
        z[i] = static_cast<double>(static_cast<float>(right));
        if (x[i] > 1 && x[i] < 1 + 0x1p-12 && right > 1 && right < 2) z[i] += 0x1p-20;
      }
    };
  };
  HuntOptions options = budget(20000000);
  options.format = numbers::kBinary32;
  const HuntResult result = hunt(target, routine, options);
  ASSERT_FALSE(result.records.empty());
  EXPECT_GT(std::abs(result.records.back().error), 4);
  EXPECT_EQ(result.audit_failures, 0U);
}

/// Eight million pairs: those of one binade whose ratio is a power of two.
TEST(Hunt, FindsARatioThatIsAPowerOfTwo) {
  const ir::Program target = ir::parse_expression("hypot(x, y)", 2);
  const auto routine = [] {
    return [](std::span<const double> x, std::span<const double> y, std::span<double> z) {
      for (std::size_t i = 0; i < x.size(); ++i) {
        const double right = std::hypot(x[i], y[i]);
        z[i] = static_cast<double>(static_cast<float>(right));
        if (x[i] >= 1 && x[i] < 2 && y[i] == 0x1p-5 * x[i]) z[i] += 0x1p-20;
      }
    };
  };
  HuntOptions options = budget(30000000);
  options.format = numbers::kBinary32;
  const HuntResult result = hunt(target, routine, options);
  ASSERT_FALSE(result.records.empty());
  EXPECT_GT(std::abs(result.records.back().error), 4);
}

TEST(Hunt, ListsNoPairTwice) {
  const ir::Program target = ir::parse_expression("atan2(x, y)", 2);
  const auto routine = [] {
    return [](std::span<const double> x, std::span<const double> y, std::span<double> z) {
      for (std::size_t i = 0; i < x.size(); ++i) {
        z[i] = std::isnan(x[i]) || std::isnan(y[i]) ? 0.0 : std::abs(std::atan2(x[i], y[i]));
      }
    };
  };
  const HuntResult result = hunt(target, routine, budget(100000));
  ASSERT_GT(result.special_errors.size(), 4U);
  ASSERT_GT(result.wrong_zeros.size(), 4U);
  const Patterns patterns(numbers::kBinary64);
  for (const auto* list : {&result.special_errors, &result.wrong_zeros}) {
    std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
    for (const HuntSpecial& one : *list) {
      EXPECT_TRUE(
          seen.emplace(patterns.pattern(one.point[0]), patterns.pattern(one.point[1])).second);
    }
  }
}

TEST(Hunt, StopsWithinARound) {
  std::stop_source stop;
  HuntOptions options = budget(1000000000);
  options.stop = stop.get_token();
  std::atomic<int> calls = 0;
  const auto routine = [&] {
    return each([&](double x) {
      if (++calls == 20000) stop.request_stop();
      return x * x;
    });
  };
  const HuntResult result = hunt(kSquare, routine, options);
  EXPECT_TRUE(result.stopped);
  EXPECT_LT(calls, 200000);
  EXPECT_EQ(result.audited, 0U);
}

TEST(ResultLine, DrawsResultsOfEveryExponent) {
  // Of (1 + 2^-23)^y the ordinary results lie in some thirty binades of y; 1 - y is 0 or at least
  // 2^-24.
  for (const auto& [text, least] : {std::pair{"pow(1.00000011920928955078125, x)", 250},
                                    std::pair{"1-x", 150}, std::pair{"x/3", 250}}) {
    const ir::Program program = ir::parse_expression(text);
    const ResultLine line(program, numbers::kBinary32);
    ASSERT_FALSE(line.empty());
    numbers::Random random{1, 2};
    const Patterns patterns(numbers::kBinary32);
    std::map<int, int> seen;
    constexpr int kDraws = 30000;
    for (int i = 0; i < kDraws; ++i) {
      const double x = patterns.value(line.draw(random));
      const numbers::Mpfr f = targets::exact_value(program, x).value;
      const double y = targets::round_to(numbers::kBinary32, f);
      if (std::isfinite(y) && y != 0) ++seen[std::ilogb(y)];
    }
    EXPECT_GT(seen.size(), static_cast<std::size_t>(least)) << text;
    for (const auto& [exponent, count] : seen) {
      EXPECT_LT(count, kDraws / 20) << text << " 2^" << exponent;
    }
  }
}

TEST(Hunt, WantsALimit) {
  EXPECT_THROW(hunt(kSquare, [] { return each([](double x) { return x; }); }, {}),
               std::invalid_argument);
}

class Screen : public ::testing::TestWithParam<const char*> {};

TEST_P(Screen, IsWithinItsBound) {
  const ir::Program target = ir::parse_expression(GetParam());
  const Pieces pieces(target, numbers::kBinary64, 1 << 14);
  numbers::Random random{3, 0, 0};
  int decided = 0;
  for (int i = 0; i < 1500; ++i) {
    const std::uint64_t sign = random.below(std::uint64_t{2}) << 63;
    const std::uint64_t exponent =
        i % 3 == 0 ? random.below(std::uint64_t{2047}) : 1000 + random.below(std::uint64_t{40});
    const std::uint64_t pattern = sign | exponent << 52 | random.below(std::uint64_t{1} << 52);
    const double x = pieces.patterns().value(pattern);
    const numbers::Mpfr exact = targets::exact_value(target, x).value;
    // A result of up to a few ULP of error.
    double y = rounded(exact);
    for (int k = random.below(4); k > 0; --k) y = std::nextafter(y, 10);
    const auto piece = pieces.find(pattern);
    double error = 0;
    pieces.errors(*piece, std::span(&x, 1), std::span(&y, 1), std::span(&error, 1));
    if (std::isnan(error)) continue;
    ++decided;
    const double right = targets::ulp_error(numbers::kBinary64, y, exact);
    // Next to a power of two the screen may take the smaller ULP.
    const double off = std::min(std::abs(error - right), std::abs(error / 2 - right));
    ASSERT_LE(off, piece->doubt + 0x1p-48 * std::abs(error)) << GetParam() << " at " << x;
  }
  EXPECT_GT(decided, 500);
}

INSTANTIATE_TEST_SUITE_P(Functions, Screen,
                         ::testing::Values("exp(x)", "log(x)", "sin(x)", "cbrt(x)", "atan(x)",
                                           "tanh(x)", "sqrt(1+x*x)"));

TEST(KnownInputs, AreReadBack) {
  const Scratch scratch;
  const std::filesystem::path file = scratch.path() / "known.txt";
  EXPECT_TRUE(read_known_inputs(file, numbers::kBinary64, "exp(x)", 1).empty());
  for (int twice = 0; twice < 2; ++twice) {
    add_known_input(file, numbers::kBinary64, "pow(x, y)", 2, {0x1.8p+1, -0x1p-1074});
    add_known_input(file, numbers::kBinary64, "exp(x)", 1, {-0x1.4p+3, 0});
  }
  EXPECT_EQ(read_known_inputs(file, numbers::kBinary64, "pow(x,y)", 2),
            (std::vector<Point>{{0x1.8p+1, -0x1p-1074}}));
  EXPECT_EQ(read_known_inputs(file, numbers::kBinary64, "exp(x)", 1),
            (std::vector<Point>{{-0x1.4p+3, 0}}));
  EXPECT_TRUE(read_known_inputs(file, numbers::kBinary32, "exp(x)", 1).empty());
}

using MpfrBinary = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);
struct Pair {
  const char* expression;
  MpfrBinary mpfr;
};
void PrintTo(const Pair& pair, std::ostream* os) { *os << pair.expression; }

class TwoArguments : public ::testing::TestWithParam<Pair> {};

/// Every pair of special and ordinary numbers: the value and the sign of zeros as MPFR has them.
TEST_P(TwoArguments, AreWhatMpfrSays) {
  const ir::Program program = ir::parse_expression(GetParam().expression, 2);
  const double kInfinity = std::numeric_limits<double>::infinity();
  std::vector<double> values{0.0,
                             0x1p-1074,
                             0x1p-1022,
                             1e-5,
                             0.3,
                             0.5,
                             1.0,
                             1 + 0x1p-52,
                             1.5,
                             2.0,
                             3.0,
                             4.0,
                             10.0,
                             1e5,
                             0x1p53,
                             1e300,
                             0x1.fffffffffffffp+1023,
                             kInfinity};
  for (const double x : std::vector<double>(values)) values.push_back(-x);
  values.push_back(std::nan(""));
  for (const double x : values) {
    for (const double y : values) {
      const std::array<double, 2> inputs{x, y};
      const targets::ExactValue exact = targets::exact_value(program, inputs);
      const numbers::Mpfr a = targets::real(x, 53);
      const numbers::Mpfr b = targets::real(y, 53);
      numbers::Mpfr expected = targets::real(targets::kExactBits);
      GetParam().mpfr(numbers::raw(expected), numbers::raw(a), numbers::raw(b), MPFR_RNDN);
      const double right = rounded(expected);
      const double actual = rounded(exact.value);
      ASSERT_TRUE(right == actual || (std::isnan(right) && std::isnan(actual)))
          << GetParam().expression << " at " << x << ", " << y << ": " << actual << " and not "
          << right;
      if (right == 0) {
        ASSERT_TRUE(exact.zero_sign_known) << x << ", " << y;
        ASSERT_EQ(std::signbit(actual), std::signbit(right)) << x << ", " << y;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Mpfr, TwoArguments,
                         ::testing::Values(Pair{"pow(x, y)", mpfr_pow},
                                           Pair{"atan2(x, y)", mpfr_atan2},
                                           Pair{"hypot(x, y)", mpfr_hypot}));

}  // namespace
}  // namespace ulpforge::validate
