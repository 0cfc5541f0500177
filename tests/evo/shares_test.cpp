// Tables of shares against the chains of comparisons that they stand for.
#include "evo/shares.h"

#include <gtest/gtest.h>

#include <cmath>

#include "numbers/random.h"

namespace ulpforge::evo {
namespace {

constexpr Share<char> kTable[] = {{29, 'a'}, {8, 'b'}, {0, 'c'}, {63, 'd'}};

TEST(Shares, SumUp) { EXPECT_EQ(total(kTable), 100); }

TEST(Shares, DivideAtTheDecimals) {
  EXPECT_EQ(choose(kTable, 0.0), 'a');
  EXPECT_EQ(choose(kTable, std::nextafter(0.29, 0.0)), 'a');
  EXPECT_EQ(choose(kTable, 0.29), 'b');
  EXPECT_EQ(choose(kTable, std::nextafter(0.37, 0.0)), 'b');
  EXPECT_EQ(choose(kTable, 0.37), 'd');
  EXPECT_EQ(choose(kTable, std::nextafter(1.0, 0.0)), 'd');
}

TEST(Shares, AreThoseOfTheDraws) {
  constexpr int kDraws = 100'000;
  numbers::Random random{12};
  int counts[4] = {};
  for (int k = 0; k < kDraws; ++k) ++counts[choose(kTable, random.uniform()) - 'a'];
  for (int row = 0; row < 4; ++row) {
    const double expected = kTable[row].percent / 100.0 * kDraws;
    EXPECT_NEAR(counts[row], expected, 5 * std::sqrt(expected)) << kTable[row].choice;
  }
}

}  // namespace
}  // namespace ulpforge::evo
