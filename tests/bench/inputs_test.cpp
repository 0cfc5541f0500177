// Where functions are timed.
#include "bench/inputs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace ulpforge::bench {
namespace {

TEST(Inputs, SpreadOverTheirRange) {
  const std::vector<float> even = draw({-2, 6}, 1000);
  EXPECT_GE(*std::ranges::min_element(even), -2);
  EXPECT_LE(*std::ranges::max_element(even), 6);
  EXPECT_NEAR(static_cast<double>(std::ranges::count_if(even, [](float x) { return x < 2; })), 500,
              80);
  const std::vector<float> logarithmic = draw({0x1p-20, 0x1p20, true}, 1000);
  EXPECT_NEAR(
      static_cast<double>(std::ranges::count_if(logarithmic, [](float x) { return x < 1; })), 500,
      80);
  EXPECT_EQ(draw({-2, 6}, 1000), even);
}

TEST(Inputs, AreInTheDomain) {
  for (const char* function : {"log", "log2", "log10", "rsqrt", "acosh"}) {
    for (const float x : draw(usual_inputs(function), 500)) EXPECT_GT(x, 0) << function;
  }
  for (const char* function : {"asin", "acos", "atanh"}) {
    for (const float x : draw(usual_inputs(function), 500)) EXPECT_LE(std::abs(x), 1) << function;
  }
}

}  // namespace
}  // namespace ulpforge::bench
