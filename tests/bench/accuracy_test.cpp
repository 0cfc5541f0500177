// Errors of loops that are known.
#include "bench/accuracy.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "ir/expression.h"
#include "targets/scores/pieces.h"

namespace ulpforge::bench {
namespace {

constexpr std::uint64_t kSamples = 400'000;

float half(float x) { return x * 0.5F; }

/// Halving, but for one bit at the inputs for which `wrong` holds.
template <class Wrong>
Array halving(Wrong wrong) {
  return [wrong](const float* x, float* y, std::size_t n) {
    EXPECT_EQ(n % kBlock, 0U);
    for (std::size_t i = 0; i < n; ++i) {
      y[i] = half(x[i]);
      if (wrong(x[i])) y[i] = std::bit_cast<float>(std::bit_cast<std::uint32_t>(y[i]) + 1);
    }
  };
}

const auto nowhere = [](float) { return false; };
const auto everywhere_in_a_binade = [](float x) { return x >= 3 && x < 3.5F; };
const auto at_infinity = [](float x) { return x == INFINITY; };
const auto at_nan = [](float x) { return std::isnan(x); };

targets::FloatReference reference() {
  return {ir::parse_expression("x/2"), targets::all_finite_floats()};
}

TEST(Accuracy, ASampleSeesEveryBinadeAndTheSpecialValues) {
  const targets::FloatReference exact = reference();
  const Accuracy right = measure_accuracy(exact, halving(nowhere), kSamples);
  EXPECT_LE(right.score.max_ulp, 0.5);  // subnormal results are rounded
  EXPECT_FALSE(right.every_input);
  EXPECT_GT(right.score.inputs, kSamples / 4);
  EXPECT_LT(right.score.inputs, kSamples * 4 + (1U << 25));
  EXPECT_EQ(right.score.special_value_errors, 0U);
  const Accuracy wrong = measure_accuracy(exact, halving(everywhere_in_a_binade), kSamples);
  EXPECT_EQ(wrong.score.max_ulp, 1);
  EXPECT_GT(measure_accuracy(exact, halving(at_infinity), kSamples).score.special_value_errors, 0U);
}

TEST(Accuracy, InsideRangesIsOfTheseAlone) {
  const targets::FloatReference exact = reference();
  // Wrong from 3 to 3.5.
  const Array wrong = halving(everywhere_in_a_binade);
  const auto inside = [&](double low, double high) {
    const std::vector<targets::FloatRange> ranges =
        targets::floats_of(targets::Domain{low, high, false, false});
    const Accuracy accuracy = measure_accuracy(exact, wrong, kSamples, ranges);
    EXPECT_EQ(accuracy.score.max_ulp, 1);
    return *accuracy.inside;
  };
  EXPECT_EQ(inside(-4, 4).max_ulp, 1);
  EXPECT_EQ(inside(-8, 2.5).max_ulp, 0.5);  // of subnormal results
  EXPECT_EQ(inside(3.5, 100).max_ulp, 0);
  // Cut within a binade, nothing is lost or counted twice.
  EXPECT_GT(inside(2, 2.125F).inputs, 0U);
  EXPECT_GT(inside(2.125F, 4).inputs, 0U);
  EXPECT_EQ(inside(2, 2.125F).inputs + inside(std::nextafter(2.125F, 3.0F), 4).inputs,
            inside(2, 4).inputs);
}

TEST(Accuracy, OfAVariantCountsWhereItIsGood) {
  const targets::FloatReference exact = reference();
  // The full function is wrong at subnormal results, which are none of the variant's.
  const Array full = halving([](float x) { return std::fabs(x) < 0x1.8p-126F; });
  const auto error = [&](const Array& variant) {
    return measure_accuracy_of_normal(exact, variant, full, 1000, kSamples).score.max_ulp;
  };
  EXPECT_EQ(error(halving([](float x) { return !(std::fabs(x) <= 1000); })), 0);
  EXPECT_EQ(error(halving([](float x) { return std::fabs(x) < 0x1.8p-126F; })), 0);
  EXPECT_EQ(error(halving(everywhere_in_a_binade)), 1);
}

TEST(Accuracy, BitsAreComparedButForNaNs) {
  const Array right = halving(nowhere);
  EXPECT_TRUE(same_bits(right, right, kSamples));
  EXPECT_FALSE(same_bits(right, halving(everywhere_in_a_binade), kSamples));
  EXPECT_FALSE(same_bits(right, halving(at_infinity), kSamples));
  EXPECT_TRUE(same_bits(right, halving(at_nan), kSamples));
  const Array sign_of_zero = [](const float* x, float* y, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) y[i] = x[i] == 0 ? 0.0F : half(x[i]);
  };
  EXPECT_FALSE(same_bits(right, sign_of_zero, kSamples));
}

}  // namespace
}  // namespace ulpforge::bench
