// The ULP against what nextafter says, and roundings against MPFR's.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <utility>

#include "numbers/random.h"
#include "targets/exact/real.h"
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

/// By conversions of MPFR's own, which know float and double.
TEST(Rounding, IsMpfrs) {
  numbers::Random random{1};
  constexpr std::pair<Rounding, mpfr_rnd_t> kModes[] = {{Rounding::Nearest, MPFR_RNDN},
                                                        {Rounding::Up, MPFR_RNDU},
                                                        {Rounding::Down, MPFR_RNDD},
                                                        {Rounding::Zero, MPFR_RNDZ}};
  for (int k = 0; k < 20000; ++k) {
    numbers::Mpfr f = real(k % 3 == 0 ? 25U : k % 3 == 1 ? 54U : 100U);
    mpfr_set_si_2exp(numbers::raw(f), static_cast<long>(random.bits()), -64, MPFR_RNDN);
    const int range = k % 2 == 0 ? 320 : 2300;
    mpfr_mul_2si(numbers::raw(f), numbers::raw(f),
                 static_cast<long>(random.below(range) - range / 2), MPFR_RNDN);
    for (const auto& [rounding, direction] : kModes) {
      EXPECT_EQ(round_to(numbers::kBinary32, f, rounding),
                static_cast<double>(mpfr_get_flt(numbers::raw(f), direction)))
          << f;
      EXPECT_EQ(round_to(numbers::kBinary64, f, rounding), mpfr_get_d(numbers::raw(f), direction))
          << f;
    }
  }
}

/// Between two neighbours of a 16-bit format: the nearer one, of two as near the even one.
template <class Format>
void expect_neighbours() {
  for (std::uint32_t bits = 0; bits < Format::kInfinity; ++bits) {
    const double low = static_cast<double>(Format::value(bits));
    const double high =
        bits == Format::kLargest ? Format::kEnd : static_cast<double>(Format::value(bits + 1));
    const double infinite = bits == Format::kLargest ? HUGE_VAL : high;
    for (const double part : {0.0, 0.25, 0.5, 0.75}) {
      const double f = low + part * (high - low);
      const bool up = part > 0.5 || (part == 0.5 && bits % 2 == 1);
      EXPECT_EQ(round_to(Format::kRow, numbers::Mpfr(f)), up ? infinite : low) << f;
      EXPECT_EQ(round_to(Format::kRow, numbers::Mpfr(-f)), up ? -infinite : -low) << f;
      EXPECT_EQ(round_to(Format::kRow, numbers::Mpfr(f), Rounding::Zero), low) << f;
      EXPECT_EQ(round_to(Format::kRow, numbers::Mpfr(f), Rounding::Up), part > 0 ? infinite : low)
          << f;
    }
  }
}

TEST(Rounding, ToShortFormats) {
  expect_neighbours<numbers::Binary16>();
  expect_neighbours<numbers::Bfloat16>();
}

}  // namespace
}  // namespace ulpforge::targets
