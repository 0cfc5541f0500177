// Exhaustive scores against brute force with MPFR, and against routines with known defects.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>

#include "ir/expression.h"
#include "targets/exact/exact_value.h"
#include "targets/exact/wide_interval.h"
#include "targets/scores/score.h"

namespace ulpforge::targets {
namespace {

class Scores : public testing::TestWithParam<const char*> {};

/// A sloppy routine: the exact value in double, with a relative error of up to 2^-23.5.
float sloppy(const ir::Program& program, float x) {
  const ExactValue exact = exact_value(program, x);
  const double value = mpfr_get_d(numbers::raw(exact.value), MPFR_RNDN);
  const double bend = std::sin(1e4 * static_cast<double>(x)) * 0x1p-24;
  return static_cast<float>(value * (1 + bend));
}

/// The exact value; where tanh is so close to 1 or -1 that no number of bits tells, one that is
/// nearer to 0.
numbers::Mpfr exact(const ir::Program& program, float x) {
  numbers::Mpfr value = exact_value(program, x).value;
  const bool saturated =
      mpfr_cmp_si(numbers::raw(value), x < 0 ? -1 : 1) == 0 && std::abs(x) > 1000;
  if (program == ir::parse_expression("tanh(x)") && saturated) {
    (x < 0 ? mpfr_nextabove : mpfr_nextbelow)(numbers::raw(value));
  }
  return value;
}

/// The score by its definition, each float's error by MPFR; `result` of a float.
Score brute_force(const ir::Program& program, FloatRange range,
                  const std::function<float(float)>& result) {
  Score score;
  for (std::uint64_t bits = range.first; bits <= range.last; ++bits) {
    const float x = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    const float y = result(x);
    const numbers::Mpfr truth = exact(program, x);
    const double error = std::abs(ulp_error(numbers::kBinary32, y, truth));
    ++score.inputs;
    if (std::isnan(error)) {
      ++score.special_value_errors;
    } else {
      // The error itself above 1, not what it rounds to.
      if (std::abs(ulp_error_to_odd(numbers::kBinary32, y, truth)) > 1) ++score.above_one_ulp;
      if (error > score.max_ulp) {
        score.max_ulp = error;
        score.worst_input = static_cast<std::uint32_t>(bits);
      }
    }
    const double due = round_to(numbers::kBinary32, truth);
    if (!(y == due || (std::isnan(y) && std::isnan(due)))) ++score.misrounded;
  }
  return score;
}

/// `ranked`: whether the largest error is one of those that are told apart.
void expect_agreement(const Score& found, const Score& expected, bool ranked) {
  if (ranked) {
    EXPECT_EQ(found.max_ulp, expected.max_ulp);
    EXPECT_EQ(found.worst_input, expected.worst_input);
  }
  EXPECT_EQ(found.misrounded, expected.misrounded);
  EXPECT_EQ(found.above_one_ulp, expected.above_one_ulp);
  EXPECT_EQ(found.special_value_errors, expected.special_value_errors);
  EXPECT_EQ(found.inputs, expected.inputs);
}

TEST_P(Scores, AgreeWithBruteForce) {
  const ir::Program program = ir::parse_expression(GetParam());
  for (const std::uint32_t first :
       {0x3f000000U, 0x3f7ff000U, 0x00000ff0U, 0x42800000U, 0xbf7ffa00U, 0x50000123U, 0x32000000U,
        0xb3fff000U, 0x48001000U, 0xc9fffc00U, 0x4affff00U}) {
    const FloatRange range{first, first + 1999};
    const FloatReference reference(program, {range});
    const FloatRoutine routine = [&](std::span<const float> x, std::span<float> y) {
      for (std::size_t i = 0; i < x.size(); ++i) y[i] = sloppy(program, x[i]);
    };
    const Score found = score(reference, routine, range);
    const Score expected = brute_force(program, range, [&](float x) { return sloppy(program, x); });
    // Errors below 2^-30 are not ranked.
    const bool ranked = expected.max_ulp >= 0x1p-30;
    SCOPED_TRACE(fmt::format("{:#010x}", first));
    expect_agreement(found, expected, ranked);

    // Any division of the range gives the same.
    const std::uint32_t cut = first + 777;
    Score merged = score(reference, routine, {first, cut});
    merged.merge(score(reference, routine, {cut + 1, range.last}));
    if (ranked) {
      EXPECT_EQ(merged.max_ulp, found.max_ulp);
      EXPECT_EQ(merged.worst_input, found.worst_input);
    } else {
      EXPECT_LT(found.max_ulp, 0x1p-30);
    }
    EXPECT_EQ(merged.misrounded, found.misrounded);
  }
}

INSTANTIATE_TEST_SUITE_P(Functions, Scores,
                         testing::Values("exp(x)", "exp2(x)", "log(x)", "log2(x)", "sin(x)",
                                         "cos(x)", "tan(x)", "tanh(x)", "sin(pi*x)", "cos(pi*x)",
                                         "log1p(exp(x))"));

/// cos(pi x) has the same values again and again; a routine that misses 1, -1 and the others by one
/// float has as many largest errors.
TEST(Score, ErrorsThatComeAgainNeedNoMpfr) {
  for (const char* text : {"cos(pi*x)", "sin(pi*x)"}) {
    const ir::Program program = ir::parse_expression(text);
    constexpr std::uint32_t kLength = 1 << 13;
    for (const std::uint32_t first : {0x48000000U, 0x4a000000U, 0xca80ff00U, 0x4b000000U}) {
      const FloatRange range{first, first + kLength - 1};
      const FloatReference reference(program, {range});
      // By one float towards 0: an error of just 1/2 ULP at 1.
      std::vector<float> results;
      for (std::uint32_t i = 0; i < kLength; ++i) {
        const float x = std::bit_cast<float>(first + i);
        const double f = mpfr_get_d(numbers::raw(exact_value(program, x).value), MPFR_RNDN);
        results.push_back(f == 0 ? 0.0F : std::nextafterf(static_cast<float>(f), 0.0F));
      }
      const FloatRoutine routine = [&](std::span<const float> x, std::span<float> y) {
        std::copy_n(results.begin() + (std::bit_cast<std::uint32_t>(x[0]) - first), x.size(),
                    y.begin());
      };
      const Score found = score(reference, routine, range);
      SCOPED_TRACE(fmt::format("{} {:#010x}", text, first));
      EXPECT_LT(found.mpfr_calls, 200U);
      expect_agreement(
          found,
          brute_force(program, range,
                      [&](float x) { return results[std::bit_cast<std::uint32_t>(x) - first]; }),
          true);
    }
  }
}

/// Beyond, where all floats are whole turns, and below, where the function hardly changes: one
/// result again and again, right or wrong by a float on either side.
TEST(Score, PlateausAreThoseOfTheDefinition) {
  for (const char* text : {"cos(pi*x)", "cos(x)", "exp(x)", "log1p(exp(x))"}) {
    const ir::Program program = ir::parse_expression(text);
    constexpr std::uint32_t kLength = 5000;
    for (const std::uint32_t first : {0x32000000U, 0xb27fff00U, 0x33800000U, 0x10000000U}) {
      const FloatRange range{first, first + kLength - 1};
      const FloatReference reference(program, {range});
      const numbers::Mpfr value = exact_value(program, std::bit_cast<float>(first)).value;
      const float near = mpfr_get_flt(numbers::raw(value), MPFR_RNDN);
      for (const float y : {near, std::nextafterf(near, 0.0F), std::nextafterf(near, 2.0F)}) {
        const FloatRoutine routine = [y](std::span<const float>, std::span<float> out) {
          std::ranges::fill(out, y);
        };
        const Score found = score(reference, routine, range);
        const Score expected = brute_force(program, range, [y](float) { return y; });
        SCOPED_TRACE(fmt::format("{} {:#010x}", text, first));
        expect_agreement(found, expected, expected.max_ulp >= Score::kNegligible);
      }
    }
  }
}

/// gelu is x/2 + x^2 sqrt(1 / 2 pi): x/2 of an odd subnormal lies half way between two floats, and
/// the square, some 2^-290, says on which side.
TEST(Score, HalfWayCasesOfALineNeedNoMpfr) {
  const ir::Program program = ir::parse_expression("x*erfc(-x/sqrt(2))/2");
  for (const std::uint32_t first : {0x00000100U, 0x80012300U, 0x00900000U}) {
    const FloatRange range{first, first + 9999};
    const FloatReference reference(program, {range});
    const FloatRoutine routine = [](std::span<const float> x, std::span<float> y) {
      for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] / 2;
    };
    const Score found = score(reference, routine, range);
    EXPECT_LT(found.mpfr_calls, 200U);
    std::uint64_t misrounded = 0;
    for (std::uint32_t bits = range.first; bits <= range.last; ++bits) {
      const float x = std::bit_cast<float>(bits);
      if (x / 2 != round_to(numbers::kBinary32, exact_value(program, x).value)) ++misrounded;
    }
    EXPECT_EQ(found.misrounded, misrounded);
    EXPECT_GT(misrounded, 1000U);
  }
}

/// A routine that is wrong by 1 + x 2^23 ULP next to 0: every float is worse than the one before,
/// by less than a double shows.
TEST(Score, ErrorsThatGrowBelowTheLastBitNeedNoMpfr) {
  const ir::Program program = ir::parse_expression("exp(x)");
  const FloatReference reference(program, all_finite_floats());
  const FloatRoutine routine = [](std::span<const float>, std::span<float> y) {
    std::ranges::fill(y, 0x1.fffffcp-1F);
  };
  for (const int exponent : {-90, -77, -76, -70, -61, -55}) {
    const auto first = std::bit_cast<std::uint32_t>(std::ldexp(1.0F, exponent));
    const Score found = score(reference, routine, {first, first + 0x7fffff});
    EXPECT_LT(found.mpfr_calls, 20000U) << exponent;
    EXPECT_EQ(found.above_one_ulp, found.inputs);
    // What the last input gives, and the first that gives the same.
    const auto figure = [&](std::uint32_t bits) {
      return std::abs(ulp_error(numbers::kBinary32, 0x1.fffffcp-1,
                                exact_value(program, std::bit_cast<float>(bits)).value));
    };
    EXPECT_EQ(found.max_ulp, figure(first + 0x7fffff)) << exponent;
    EXPECT_EQ(figure(found.worst_input), found.max_ulp) << exponent;
    if (found.worst_input > first) {
      EXPECT_LT(figure(found.worst_input - 1), found.max_ulp) << exponent;
    }
  }
}

/// cos x is below 1, but by so little that the error of 1 - 2^-24 is 1 ULP to any number of bits.
TEST(Score, ErrorsNextToALimitNeedNoMpfr) {
  const FloatReference reference(ir::parse_expression("cos(x)"), all_finite_floats());
  const FloatRoutine routine = [](std::span<const float>, std::span<float> y) {
    std::ranges::fill(y, 0x1.fffffep-1F);
  };
  for (const int exponent : {-120, -60, -52, -49, -45, -30}) {
    const auto first = std::bit_cast<std::uint32_t>(std::ldexp(1.0F, exponent));
    const Score found = score(reference, routine, {first, first + 0x7fffff});
    EXPECT_LT(found.mpfr_calls, 20000U) << exponent;
    EXPECT_EQ(found.above_one_ulp, 0U) << exponent;
    EXPECT_EQ(found.misrounded, found.inputs) << exponent;
    EXPECT_GE(found.max_ulp, 0.999) << exponent;
  }
}

/// tanh x stays below 1, at first by what a pair of doubles tells; the floats on both sides of 1
/// are wrong by less than 1 and by more than 2 ULP.
TEST(Score, ErrorsBesideALimitNeedNoMpfr) {
  const FloatReference reference(ir::parse_expression("tanh(x)"), all_finite_floats());
  for (const float y : {0x1.fffffep-1F, 0x1.000002p+0F}) {
    const FloatRoutine routine = [y](std::span<const float>, std::span<float> out) {
      std::ranges::fill(out, y);
    };
    for (const int exponent : {4, 5, 6, 20, 127}) {
      const auto first = std::bit_cast<std::uint32_t>(std::ldexp(1.0F, exponent));
      const Score found = score(reference, routine, {first, first + 0x7fffff});
      EXPECT_LT(found.mpfr_calls, 1000U) << exponent;
      EXPECT_EQ(found.misrounded, found.inputs) << exponent;
      EXPECT_EQ(found.above_one_ulp, y > 1 ? found.inputs : 0) << exponent;
      EXPECT_NEAR(found.max_ulp, y > 1 ? 2 : 1, 1e-5) << exponent;
    }
  }
}

/// Far out atan x differs from pi/2 by less than a double of the error shows, but by more than a
/// pair of doubles does. The float above pi/2 becomes ever better there, the one below ever worse.
TEST(Score, ErrorsThatHardlyChangeNeedNoMpfr) {
  const ir::Program program = ir::parse_expression("atan(x)");
  const FloatReference reference(program, all_finite_floats());
  for (const float y : {0x1.921fb6p+0F, 0x1.921fb4p+0F}) {
    const FloatRoutine routine = [y](std::span<const float>, std::span<float> out) {
      std::ranges::fill(out, y);
    };
    for (const int exponent : {50, 60, 72, 80, 95, 105}) {
      const auto first = std::bit_cast<std::uint32_t>(std::ldexp(1.0F, exponent));
      const Score found = score(reference, routine, {first, first + 0x7fffff});
      EXPECT_LT(found.mpfr_calls, 5000U) << exponent;
      const auto figure = [&](std::uint32_t bits) {
        return std::abs(ulp_error(numbers::kBinary32, static_cast<double>(y),
                                  exact_value(program, std::bit_cast<float>(bits)).value));
      };
      const std::uint32_t worst = y > 0x1.921fb5p+0F ? first : first + 0x7fffff;
      EXPECT_EQ(found.max_ulp, figure(worst)) << exponent;
      EXPECT_EQ(figure(found.worst_input), found.max_ulp) << exponent;
      if (found.worst_input > first) {
        EXPECT_LT(figure(found.worst_input - 1), found.max_ulp) << exponent;
      }
    }
  }
}

/// 2^x around 2^128, where the ULP goes on, and around 2^129, from where on only the overflow is
/// right.
TEST(Score, MissedOverflowsAreThoseOfTheDefinition) {
  const ir::Program program = ir::parse_expression("exp2(x)");
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  constexpr float kLargest = std::numeric_limits<float>::max();
  std::uint64_t missed = 0;
  std::uint64_t ranked = 0;
  for (const std::uint32_t middle : {0x43000000U, 0x43010000U}) {
    const FloatRange range{middle - 300, middle + 300};
    const FloatReference reference(program, {range});
    for (const float y : {1.0F, kLargest, kInfinity, -kInfinity, std::nanf("")}) {
      const FloatRoutine routine = [y](std::span<const float>, std::span<float> results) {
        std::ranges::fill(results, y);
      };
      for (const Rounding rounding :
           {Rounding::Nearest, Rounding::Up, Rounding::Down, Rounding::Zero}) {
        const Score found = score(reference, routine, range, {.rounding = rounding});
        Score expected;
        for (std::uint32_t bits = range.first; bits <= range.last; ++bits) {
          const ExactValue exact = exact_value(program, std::bit_cast<float>(bits));
          const double error =
              std::abs(ulp_error(numbers::kBinary32, y, exact.value, UlpOf::Exact, rounding));
          if (std::isnan(error)) ++expected.special_value_errors;
          if (error > expected.max_ulp) expected.max_ulp = error;
          if (!(y == round_to(numbers::kBinary32, exact.value, rounding))) ++expected.misrounded;
        }
        EXPECT_EQ(found.special_value_errors, expected.special_value_errors) << y;
        EXPECT_EQ(found.max_ulp, expected.max_ulp) << y;
        EXPECT_EQ(found.misrounded, expected.misrounded) << y;
        if (y == 1) missed += found.special_value_errors;
        if (y == 1 && found.max_ulp > 0x1p23) ++ranked;
      }
    }
  }
  EXPECT_EQ(missed, 4 * 301U);
  EXPECT_EQ(ranked, 8U);
}

/// Whether the pair keeps its bound, against 448 bits.
void expect_bound(const FloatReference& reference, std::uint32_t bits) {
  const float x = std::bit_cast<float>(bits);
  double hi = 0;
  double lo = 0;
  const targets::Run run = reference.fill(bits, {&hi, 1}, {&lo, 1});
  numbers::Mpfr gap = exact_value(reference.program(), x).value;
  if (std::isnan(lo)) return;  // nothing is claimed
  if (!std::isfinite(hi)) {
    const double due = mpfr_get_d(numbers::raw(gap), MPFR_RNDN);
    EXPECT_TRUE(std::isnan(hi) ? std::isnan(due) : hi == due) << x;
    return;
  }
  if (std::abs(hi) >= kBeyond || std::abs(lo) == kBeside) return;
  if (std::abs(hi) == kBeside) {
    EXPECT_EQ(mpfr_signbit(numbers::raw(gap)) != 0, std::signbit(hi)) << x;
    EXPECT_LT(std::abs(mpfr_get_d(numbers::raw(gap), MPFR_RNDN)), kBeside) << x;
    return;
  }
  mpfr_sub_d(numbers::raw(gap), numbers::raw(gap), hi, MPFR_RNDN);
  mpfr_sub_d(numbers::raw(gap), numbers::raw(gap), lo, MPFR_RNDN);
  EXPECT_LE(std::abs(mpfr_get_d(numbers::raw(gap), MPFR_RNDA)),
            run.error + run.relative * std::abs(hi))
      << x;
}

TEST(FloatReference, ValuesKeepTheirBound) {
  for (const char* text : {"exp(x)", "log(x)", "sin(x)", "cos(x)", "tan(x)", "sin(pi*x)"}) {
    SCOPED_TRACE(text);
    const ir::Program program = ir::parse_expression(text);
    const FloatReference reference(program, all_finite_floats());
    std::uint32_t bits = 12345;
    for (int i = 0; i < 4000; ++i) {
      bits = bits * 1664525U + 1013904223U;
      if (std::isfinite(std::bit_cast<float>(bits))) expect_bound(reference, bits);
    }
  }
}

/// x erfc(-x / sqrt 2) / 2 is e^-x^2 far out, which no ball tells from 0: negative it is all the
/// same.
TEST(FloatReference, WhatVanishesFarOutKeepsItsSign) {
  const ir::Program program = ir::parse_expression("x*erfc(-x/sqrt(2))/2");
  const FloatReference reference(program, {{0xc8000000, 0xff7fffff}});
  EXPECT_LT(reference.pieces().size(), 1000U);
  for (const float x : {-0x1p20F, -0x1.234p50F, -0x1.fffffep127F}) {
    double hi = 0;
    double lo = 0;
    reference.fill(std::bit_cast<std::uint32_t>(x), {&hi, 1}, {&lo, 1});
    EXPECT_LT(hi + lo, 0) << x;
    EXPECT_LT(std::abs(hi + lo), 0x1p-149) << x;
  }
}

TEST(SignByOperations, FollowsProductsQuotientsAndMonotoneFunctions) {
  const auto sign = [](const char* text, int input) {
    return sign_by_operations(ir::parse_expression(text), input);
  };
  EXPECT_EQ(sign("x*erfc(-x)", 1), 1);
  EXPECT_EQ(sign("x*erfc(-x)", -1), -1);
  EXPECT_EQ(sign("-tanh(x)/exp(x)", 1), -1);
  EXPECT_EQ(sign("1+exp(x)", -1), 1);
  EXPECT_EQ(sign("1-exp(x)", 1), 0);
  EXPECT_EQ(sign("x+1", -1), 0);
  EXPECT_EQ(sign("x-1", -1), -1);
  EXPECT_EQ(sign("sin(x)", 1), 0);
  EXPECT_EQ(sign("sqrt(abs(x))", -1), 1);
}

/// Where exp(x) is too wide for a ball, log1p(exp(x)) is x and a little more.
TEST(FloatReference, LargeExponentialsAreNoObstacle) {
  for (const char* text : {"log1p(exp(x))", "1+2*log1p(exp(3*x))"}) {
    const FloatReference reference(ir::parse_expression(text), all_finite_floats());
    EXPECT_LT(reference.pieces().size(), 20000U) << text;
    for (const Piece& piece : reference.pieces()) ASSERT_NE(piece.kind, Piece::Kind::Unknown);
    for (const float x : {20.0F, 88.3F, 104.7F, 1000.1F, 0x1.234p20F, -17.0F, -0.3F, 0x1.8p-60F}) {
      expect_bound(reference, std::bit_cast<std::uint32_t>(x));
    }
  }
}

/// What is known of Bessel functions from 64 on, log gamma left of -16 and gamma left of -256.
TEST(FloatReference, FormsForFarOutKeepTheirBound) {
  struct FarOut {
    const char* text;
    targets::FloatRange range;
  };
  for (const FarOut& row :
       {FarOut{"j0(x)", {0x42800000, 0x7f7fffff}}, FarOut{"j1(x)", {0xc2800000, 0xff7fffff}},
        FarOut{"y0(x)", {0x42800000, 0x7f7fffff}}, FarOut{"y1(x)", {0x42800000, 0x7f7fffff}},
        FarOut{"lgamma(x)", {0xc1800000, 0xff7fffff}},
        FarOut{"lgamma(x)", {0xc1800000, 0xcaffffff}}, FarOut{"gamma(x)", {0xc3800000, 0xff7fffff}},
        FarOut{"gamma(x)", {0xc3800000, 0xcaffffff}}}) {
    SCOPED_TRACE(row.text);
    const FloatReference reference(ir::parse_expression(row.text), {row.range});
    for (const Piece& piece : reference.pieces()) ASSERT_NE(piece.kind, Piece::Kind::Unknown);
    std::uint64_t state = 12345;
    for (int i = 0; i < 1500; ++i) {
      state = state * 6364136223846793005U + 1442695040888963407U;
      expect_bound(reference,
                   row.range.first + static_cast<std::uint32_t>((state >> 16) % row.range.size()));
    }
    // Next to a zero or an integer: where |f| is smallest and largest in a run of floats.
    constexpr std::size_t kRun = 1 << 16;
    for (const std::uint32_t from : {0x1800000U, 0x2300000U, 0x8000000U}) {
      const std::uint32_t first = row.range.first + from;
      std::vector<double> hi(kRun), lo(kRun);
      for (std::size_t done = 0; done < kRun;) {
        done += reference
                    .fill(first + static_cast<std::uint32_t>(done), std::span(hi).subspan(done),
                          std::span(lo).subspan(done))
                    .count;
      }
      const auto smaller = [](double a, double b) { return std::abs(a) < std::abs(b); };
      const auto [least, most] = std::ranges::minmax_element(hi, smaller);
      expect_bound(reference, first + static_cast<std::uint32_t>(least - hi.begin()));
      expect_bound(reference, first + static_cast<std::uint32_t>(most - hi.begin()));
    }
  }
}

}  // namespace
}  // namespace ulpforge::targets
