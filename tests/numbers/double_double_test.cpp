// Double-double operations against MPFR, with the bounds that are published for them.
#include <gtest/gtest.h>

#include "numbers/mpfr.h"
#include "tests/ir/random_programs.h"

namespace ulpforge::numbers {
namespace {

using ir::test::RandomPrograms;

constexpr double kU = 0x1p-53;

class DoubleDoubleTest : public testing::Test {
 protected:
  /// Normalised, with a low part of any smaller size, and a sign.
  DoubleDouble draw() {
    const double hi = std::ldexp(random_.uniform(1, 2) * (random_.chance(0.5) ? 1 : -1),
                                 static_cast<int>(random_.below(60)) - 30);
    const double lo =
        std::ldexp(hi, -54 - static_cast<int>(random_.below(20))) * random_.uniform(-1, 1);
    return random_.chance(0.1) ? DoubleDouble(hi) : two_sum(hi, lo);
  }

  static double relative_error(const DoubleDouble& result, const Mpfr& truth) {
    if (truth == 0) return result.hi == 0 ? 0 : INFINITY;
    return static_cast<double>(abs((to_mpfr(result) - truth) / truth));
  }

  MpfrPrecision precision_{400};
  RandomPrograms random_{3};
};

TEST_F(DoubleDoubleTest, ErrorFreeTransformations) {
  for (int i = 0; i < 20000; ++i) {
    const double a = draw().hi;
    const double b = draw().hi;
    ASSERT_EQ(to_mpfr(two_sum(a, b)), Mpfr(a) + Mpfr(b));
    ASSERT_EQ(to_mpfr(two_product(a, b)), Mpfr(a) * Mpfr(b));
    ASSERT_EQ(two_sum(a, b).hi, a + b);
  }
}

TEST_F(DoubleDoubleTest, PublishedBounds) {
  double worst_sum = 0;
  double worst_product = 0;
  double worst_quotient = 0;
  double worst_root = 0;
  for (int i = 0; i < 50000; ++i) {
    const DoubleDouble a = draw();
    // Nearly equal operands of opposite sign are the hard case of a sum.
    const DoubleDouble b =
        random_.chance(0.3) ? -two_sum(a.hi, a.lo * random_.uniform(-3, 3)) : draw();
    const Mpfr ma = to_mpfr(a);
    const Mpfr mb = to_mpfr(b);
    worst_sum = std::max(worst_sum, relative_error(a + b, ma + mb));
    worst_sum = std::max(worst_sum, relative_error(a - b, ma - mb));
    worst_product = std::max(worst_product, relative_error(a * b, ma * mb));
    worst_quotient = std::max(worst_quotient, relative_error(a / b, ma / mb));
    worst_root = std::max(worst_root, relative_error(sqrt(fabs(a)), sqrt(abs(ma))));
    ASSERT_EQ(to_mpfr(-a), -ma);
    ASSERT_EQ(to_mpfr(fabs(a)), abs(ma));
  }
  EXPECT_LE(worst_sum, 3 * kU * kU * (1 + 8 * kU));
  EXPECT_LE(worst_product, 5 * kU * kU);
  EXPECT_LE(worst_quotient, 15 * kU * kU * (1 + 8 * kU));
  EXPECT_LE(worst_root, 25.0 / 8 * kU * kU * (1 + 8 * kU));
  // The truth has more bits than the result: the errors cannot all be zero.
  EXPECT_GT(std::min({worst_sum, worst_product, worst_quotient, worst_root}), kU * kU / 4);
}

TEST_F(DoubleDoubleTest, SpecialValues) {
  const DoubleDouble inf(INFINITY);
  EXPECT_TRUE(std::isinf((inf + DoubleDouble(1)).hi));
  EXPECT_TRUE(std::isinf((inf * DoubleDouble(-2)).hi));
  EXPECT_TRUE(std::isinf((DoubleDouble(1) / DoubleDouble(0)).hi));
  EXPECT_EQ((DoubleDouble(1) / inf), DoubleDouble(0));
  EXPECT_TRUE(std::isnan(sqrt(DoubleDouble(-1)).hi));
  EXPECT_EQ(sqrt(DoubleDouble(0)), DoubleDouble(0));
  EXPECT_TRUE(std::isnan((inf - inf).hi));
}

}  // namespace
}  // namespace ulpforge::numbers
