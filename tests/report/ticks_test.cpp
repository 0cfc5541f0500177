// Ticks: inside the axis, evenly spaced, labels that say where they are.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "report/ticks.h"

namespace ulpforge::report {
namespace {

using testing::ElementsAre;

std::vector<std::string> labels(const Ticks& ticks) {
  std::vector<std::string> found;
  for (const Tick& tick : ticks.ticks) {
    if (!tick.label.empty()) found.push_back(tick.label);
  }
  return found;
}

TEST(LinearTicks, AreRoundNumbers) {
  EXPECT_THAT(labels(linear_ticks(0, 1, 5)), ElementsAre("0.0", "0.2", "0.4", "0.6", "0.8", "1.0"));
  EXPECT_THAT(labels(linear_ticks(-2.5, 12, 8, true)),
              ElementsAre("−2", "0", "2", "4", "6", "8", "10", "12"));
  EXPECT_THAT(labels(linear_ticks(0, 2.4, 10, true)), ElementsAre("0", "1", "2"));
}

TEST(LinearTicks, LeaveOutACommonPowerOfTen) {
  const Ticks ticks = linear_ticks(-2.6e-14, 2.6e-14, 6);
  EXPECT_EQ(ticks.exponent, -14);
  EXPECT_THAT(labels(ticks), ElementsAre("−2", "−1", "0", "1", "2"));
}

TEST(LinearTicks, LieInsideEvenlyForAnyRange) {
  for (const double lo : {-1e300, -7.3, -1e-200, 0.0, 3e-9, 5.0}) {
    for (const double width : {1e-3, 1.0, 17.0, 1e290}) {
      const double hi = lo + width;
      if (!(hi > lo)) continue;
      const Ticks ticks = linear_ticks(lo, hi, 8);
      ASSERT_GE(ticks.ticks.size(), 2U) << lo << ' ' << hi;
      EXPECT_LE(ticks.ticks.size(), 10U);
      const double slack = 1e-6 * width;
      EXPECT_GE(ticks.ticks.front().at, lo - slack);
      EXPECT_LE(ticks.ticks.back().at, hi + slack);
    }
  }
}

TEST(LogTicks, LabelPowersOfTen) {
  EXPECT_THAT(labels(log_ticks(0.5, 2e3, 10)), ElementsAre("1", "10¹", "10²", "10³"));
  const Ticks many = log_ticks(1e-22, 1, 8);
  EXPECT_LE(labels(many).size(), 9U);
  EXPECT_EQ(many.ticks.size(), 23U);
}

TEST(LogTicks, LabelSomethingWithinADecade) {
  EXPECT_THAT(labels(log_ticks(1.5, 7, 8)), ElementsAre("2", "5"));
}

TEST(Numbers, AreForPeople) {
  EXPECT_EQ(superscript(-120), "⁻¹²⁰");
  EXPECT_EQ(scientific(2.734e-7), "2.73×10⁻⁷");
  EXPECT_EQ(scientific(-0.0312), "−0.0312");
  EXPECT_EQ(scientific(46571), "46571");
  EXPECT_EQ(scientific(0), "0");
  EXPECT_EQ(scientific(INFINITY), "∞");
  EXPECT_EQ(scientific(NAN), "–");
}

}  // namespace
}  // namespace ulpforge::report
