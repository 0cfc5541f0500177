// Measurements on functions whose times are known to differ by far. (No bound on any time.)
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "jit/measure.h"

namespace ulpforge::jit {
namespace {

/// A chain of `steps` additions for each point.
BatchFunction additions(int steps) {
  return [steps](std::span<const float> x, std::span<float> y) {
    for (std::size_t i = 0; i < x.size(); ++i) {
      volatile float value = x[i];
      for (int k = 0; k < steps; ++k) value = value + 1.0F;
      y[i] = value;
    }
  };
}

const MeasureOptions kFew{.samples = 5, .max_samples = 15, .sample_microseconds = 50};

TEST(Measure, TellsMuchWorkFromLittle) {
  const std::vector<BatchFunction> functions = {additions(4), additions(64), additions(4)};
  const std::vector<float> x(64, 1.0F);
  for (const auto& measure : {measure_throughput, measure_latency}) {
    const std::vector<Measurement> results = measure(functions, x, kFew);
    ASSERT_EQ(results.size(), 3U);
    EXPECT_DOUBLE_EQ(results[0].ratio, 1);
    EXPECT_GT(results[1].ratio, 2);
    EXPECT_GT(results[1].nanoseconds, results[2].nanoseconds);
    EXPECT_GE(results[1].samples, 1U);
    EXPECT_LE(results[1].samples, 15U);
  }
}

TEST(Measure, GivesEachFunctionEveryPoint) {
  std::vector<float> seen;
  const BatchFunction spy = [&](std::span<const float> x, std::span<float> y) {
    seen.assign(x.begin(), x.end());
    std::copy(x.begin(), x.end(), y.begin());
  };
  std::vector<float> x(33);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i);
  measure_throughput(std::vector{spy}, x, kFew);
  EXPECT_EQ(seen, x);
  measure_latency(std::vector{spy}, x, kFew);
  EXPECT_EQ(seen, std::vector<float>(x.begin() + 16, x.begin() + 32));
}

TEST(Measure, RefusesNothing) {
  const std::vector<float> x(64, 1.0F);
  EXPECT_THROW(measure_throughput({}, x), std::invalid_argument);
  EXPECT_THROW(measure_throughput(std::vector{additions(1)}, {}), std::invalid_argument);
  EXPECT_THROW(measure_latency(std::vector{additions(1)}, std::span(x).first(15)),
               std::invalid_argument);
}

}  // namespace
}  // namespace ulpforge::jit
