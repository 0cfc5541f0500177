// Conversions to and from short formats against MPFR, whose precision and exponent range are set to
// the format's, and against the compiled formats and the processor.
#include "numbers/short_format.h"

#include <gtest/gtest.h>
#include <mpfr.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#ifdef __F16C__
#include <immintrin.h>
#endif

#include "numbers/format.h"
#include "numbers/random.h"

namespace ulpforge::numbers {
namespace {

const std::vector<std::string> kNames = {"bf16", "f16",  "f8e4m3", "f8e5m2", "f2s1", "f2s13",
                                         "f8s7", "f3s4", "f8s1",   "f6s9",   "tf32"};

mpfr_rnd_t mpfr_mode(RoundTo mode) {
  switch (mode) {
    case RoundTo::NearestEven:
      return MPFR_RNDN;
    case RoundTo::TowardZero:
    case RoundTo::Odd:
      return MPFR_RNDZ;
    case RoundTo::Up:
      return MPFR_RNDU;
    case RoundTo::Down:
      return MPFR_RNDD;
    case RoundTo::AwayFromZero:
      break;
  }
  return MPFR_RNDA;
}

/// x rounded by MPFR to the precision, then to the range with subnormals.
double rounded_by_mpfr(const ShortFormat& format, double x, RoundTo mode) {
  const mpfr_exp_t least = mpfr_get_emin();
  const mpfr_exp_t most = mpfr_get_emax();
  mpfr_t y;
  mpfr_init2(y, format.row().precision);
  mpfr_set_emin(format.row().emin - format.row().precision + 1);
  mpfr_set_emax(format.row().emax);
  int inexact = mpfr_set_d(y, x, mpfr_mode(mode));
  inexact = mpfr_check_range(y, inexact, mpfr_mode(mode));
  inexact = mpfr_subnormalize(y, inexact, mpfr_mode(mode));
  double result = mpfr_get_d(y, MPFR_RNDN);
  mpfr_clear(y);
  mpfr_set_emin(least);
  mpfr_set_emax(most);
  const double largest = format.largest_value();
  if (!format.has_infinities() && std::abs(x) >= largest) return std::copysign(largest, x);
  if (mode == RoundTo::Odd && std::isfinite(x) && inexact != 0 && (format.round(result) & 1) == 0) {
    result = static_cast<double>(
        format.value(format.round(result) + 1));  // one further away from 0, of the same sign
  }
  return result;
}

bool same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || (a == b && std::signbit(a) == std::signbit(b));
}

class ShortFormatTest : public testing::TestWithParam<std::string> {};

TEST_P(ShortFormatTest, EveryNumberComesBack) {
  const ShortFormat format = parse_short_format(GetParam());
  for (std::uint32_t bits = 0; bits < format.inputs(); ++bits) {
    const float value = format.value(bits);
    for (const RoundTo mode : rounding_directions()) {
      const std::uint32_t back = format.round(static_cast<double>(value), mode);
      if (format.is_nan(bits)) {
        ASSERT_TRUE(std::isnan(value) && format.is_nan(back)) << bits;
        ASSERT_EQ(format.is_negative(back), format.is_negative(bits));
      } else {
        ASSERT_EQ(back, bits) << value;
      }
    }
  }
}

TEST_P(ShortFormatTest, NumbersAscendAndNeighboursAreNeighbours) {
  const ShortFormat format = parse_short_format(GetParam());
  for (std::uint32_t bits = 0; bits < format.largest(); ++bits) {
    ASSERT_LT(format.value(bits), format.value(bits + 1));
    ASSERT_EQ(format.next_up(bits), bits + 1);
    ASSERT_EQ(format.next_down(bits + 1), bits == 0 && format.magnitude(bits) == 0 ? 0 : bits);
    ASSERT_EQ(format.value(bits | format.sign()), -format.value(bits));
  }
  EXPECT_EQ(format.next_up(format.sign()), 1U);
  EXPECT_EQ(format.next_down(0), format.sign() | 1U);
}

TEST_P(ShortFormatTest, RoundsAsMpfrDoes) {
  const ShortFormat format = parse_short_format(GetParam());
  std::vector<double> points = {0.0,
                                0x1p-1074,
                                0x1p-200,
                                0x1p1000,
                                0x1.fffffffffffffp+1023,
                                std::numeric_limits<double>::infinity()};
  // The numbers, the middles between them, and what is next to both; beyond the largest, too.
  const std::uint32_t step = format.bits() > 16 ? 127 : format.bits() > 12 ? 13 : 1;
  for (std::uint32_t bits = 0; bits <= format.largest(); bits += step) {
    const double here = format.value(bits);
    const double next = bits < format.largest()
                            ? static_cast<double>(format.value(bits + 1))
                            : here + (here - static_cast<double>(format.value(bits - 1)));
    const double middle = (here + next) / 2;
    for (const double at : {here, middle}) {
      points.push_back(std::nextafter(at, 0.0));
      points.push_back(at);
      points.push_back(std::nextafter(at, HUGE_VAL));
    }
  }
  Random random{2024, 11, 30};
  for (int k = 0; k < 4000; ++k) {
    points.push_back(std::ldexp(1 + random.uniform(), random.below(300) - 160));
  }
  for (const double size : points) {
    for (const double x : {size, -size}) {
      for (const RoundTo mode : rounding_directions()) {
        const auto ours = static_cast<double>(format.value(format.round(x, mode)));
        ASSERT_TRUE(same(ours, rounded_by_mpfr(format, x, mode)))
            << x << " " << name(mode) << ": " << ours << ", not "
            << rounded_by_mpfr(format, x, mode);
      }
    }
  }
}

TEST_P(ShortFormatTest, StochasticRoundingHasTheRightShares) {
  const ShortFormat format = parse_short_format(GetParam());
  constexpr int kBits = 6;
  for (const std::uint32_t bits : {std::uint32_t{1}, format.largest() / 2, format.largest() - 1}) {
    const double here = format.value(bits);
    const double next = format.value(bits + 1);
    for (int part = 0; part < 4 * (1 << kBits); ++part) {
      // Quarters of the smallest probability round down to the one below.
      const double x = here + (next - here) * part / (4.0 * (1 << kBits));
      int ups = 0;
      for (std::uint32_t random = 0; random < 1U << kBits; ++random) {
        const std::uint32_t y = format.round_stochastically(x, random, kBits);
        ASSERT_TRUE(y == bits || y == bits + 1);
        ups += y == bits + 1 ? 1 : 0;
        ASSERT_EQ(format.round_stochastically(-x, random, kBits), y | format.sign());
      }
      ASSERT_EQ(ups, part / 4) << here;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, ShortFormatTest, testing::ValuesIn(kNames),
                         [](const auto& tested) { return tested.param; });

TEST(ShortFormats, AreTheCompiledOnes) {
  const ShortFormat bf16 = parse_short_format("bf16");
  const ShortFormat f16 = parse_short_format("f16");
  for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
    ASSERT_TRUE(same(bf16.value(bits), Bfloat16::value(bits)));
    ASSERT_TRUE(same(f16.value(bits), Binary16::value(bits)));
  }
  EXPECT_EQ(bf16.infinity(), Bfloat16::kInfinity);
  EXPECT_EQ(f16.nan(), Binary16::kInfinity | Binary16::kQuiet);
  // By hand, from the OCP specification: 448 = 2^8 1.75, the smallest 2^-9; 57344, 2^-16.
  const ShortFormat e4m3 = parse_short_format("f8e4m3");
  EXPECT_EQ(e4m3.value(0x7e), 448);
  EXPECT_EQ(e4m3.value(0x01), 0x1p-9F);
  EXPECT_TRUE(e4m3.is_nan(0x7f) && e4m3.is_nan(0xff));
  EXPECT_EQ(e4m3.round(1e9), 0x7eU);
  EXPECT_EQ(e4m3.round(-std::numeric_limits<double>::infinity()), 0xfeU);
  const ShortFormat e5m2 = parse_short_format("f8e5m2");
  EXPECT_EQ(e5m2.value(0x7b), 57344);
  EXPECT_EQ(e5m2.value(0x7c), std::numeric_limits<float>::infinity());
  EXPECT_EQ(e5m2.value(0x01), 0x1p-16F);
}

#ifdef __F16C__
TEST(ShortFormats, HalfRoundsAsTheProcessorDoes) {
  const ShortFormat f16 = parse_short_format("f16");
  Random random{1, 2, 3};
  for (std::uint64_t k = 0; k < 1U << 21; ++k) {
    const float x = Binary32::value(static_cast<std::uint32_t>(random.bits()));
    if (std::isnan(x)) continue;
    ASSERT_EQ(f16.round(static_cast<double>(x)), _cvtss_sh(x, _MM_FROUND_TO_NEAREST_INT)) << x;
    ASSERT_EQ(f16.round(static_cast<double>(x), RoundTo::Up), _cvtss_sh(x, _MM_FROUND_TO_POS_INF));
  }
}
#endif

TEST(ShortFormats, OthersAreRefused) {
  const auto refusal = [](const std::string& name) {
    try {
      parse_short_format(name);
    } catch (const std::invalid_argument& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_NE(refusal("f9s3").find("9 exponent bits; give 2 to 8"), std::string::npos);
  EXPECT_NE(refusal("f5s11").find("11 significand bits"), std::string::npos);
  EXPECT_NE(refusal("f5s0").find("0 significand bits"), std::string::npos);
  for (const char* name : {"bf17", "f32", "fp8", "", "f5s", "fs3", "f5s10x", "f-5s3"}) {
    EXPECT_NE(refusal(name).find("unknown format"), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace ulpforge::numbers
