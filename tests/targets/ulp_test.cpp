// The ULP against what nextafter says.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "targets/exact/ulp.h"

namespace ulpforge::targets {
namespace {

TEST(Ulp, IsTheDistanceOfNeighboursUpwards) {
  for (const double f : {1.0, 1.5, 3.999, 0.1, 1e300, 2.2250738585072014e-308, 1e-310, 5e-324}) {
    EXPECT_EQ(ulp_f64(f), std::nextafter(f, std::numeric_limits<double>::infinity()) - f) << f;
    EXPECT_EQ(ulp_f64(-f), ulp_f64(f));
  }
  for (const float f : {1.0F, 1.5F, 3.999F, 0.1F, 1e38F, 1.17549435e-38F, 1e-40F, 1e-45F}) {
    EXPECT_EQ(ulp_f32(f), std::nextafter(f, std::numeric_limits<float>::infinity()) - f) << f;
  }
}

TEST(Ulp, OfZeroIsThatOfSubnormals) {
  EXPECT_EQ(ulp_f64(0), std::numeric_limits<double>::denorm_min());
  EXPECT_EQ(ulp_f32(0), std::numeric_limits<float>::denorm_min());
}

TEST(Ulp, BelongsToTheExactValueBelowAPowerOfTwo) {
  EXPECT_EQ(ulp_f32(0x1.fffffffffp-1), 0x1p-24);
  EXPECT_EQ(ulp_f32(1.0), 0x1p-23);
}

}  // namespace
}  // namespace ulpforge::targets
