// SplitMix64 against its published numbers, and streams against those that seeds have always had.
#include "numbers/random.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>

#include "numbers/hash.h"

namespace ulpforge::numbers {
namespace {

TEST(SplitMix64, GivesThePublishedNumbers) {
  // Of seed 1234567, as Vigna's splitmix64.c and Rosetta Code's table have them.
  constexpr std::array<std::uint64_t, 5> kPublished = {6457827717110365317U, 3203168211198807973U,
                                                       9817491932198370423U, 4593380528125082431U,
                                                       16408922859458223821U};
  std::uint64_t state = 1234567;
  for (const std::uint64_t published : kPublished) {
    EXPECT_EQ(mix(state), published);
    state += kGoldenGamma;
    EXPECT_EQ(mix_bits(state), published);
  }
}

TEST(SplitMix64, HashesAsItAlwaysDid) {
  EXPECT_EQ(mix_bits(0), 0U);
  EXPECT_EQ(mix(0), 0xe220a8397b1dcdafU);
  EXPECT_EQ(mix(12345), 0x22118258a9d111a0U);
  EXPECT_EQ(hash_pair(1, 2), 0xabafd032cf6b0f7aU);
  EXPECT_EQ(hash_pair(2, 1), 0xa217c5308b5e73bdU);
}

// Fronts and hunts of a seed are published; they must come out again.
TEST(Random, KeepsTheStreamsOfSeeds) {
  Random search{1, 2, 3};
  EXPECT_EQ(search.bits(), 0x214d4c07ecfeaac5U);
  EXPECT_EQ(search.bits(), 0x6ff419cb83dfe1e6U);
  EXPECT_EQ(search.bits(), 0xf475ff91157f0556U);
  EXPECT_EQ(search.below(1000), 275);
  EXPECT_EQ(search.uniform(), 0x1.d7f124bd7031fp-1);
  EXPECT_DOUBLE_EQ(search.normal(), -0x1.7f4085443e84ap-4);
  // A hunt begins with the second number of its stream.
  Random hunt{3, 1, 4};
  hunt.bits();
  EXPECT_EQ(hunt.bits(), 0x536c47a44eeb545bU);
  EXPECT_EQ(hunt.bits(), 0xd38d59407767eefcU);
  Random again{3, 1, 4};
  again.bits();
  EXPECT_EQ(again.below(std::uint64_t{1000000007}), 325870971U);
  EXPECT_EQ(again.below(std::uint64_t{1} << 63), 7621969223567538046U);
}

TEST(Random, IsBelowCountsOfEveryType) {
  Random random{6};
  for (int k = 0; k < 1000; ++k) {
    EXPECT_EQ(random.below(1), 0);
    const int die = random.below(6);
    EXPECT_TRUE(0 <= die && die < 6);
    EXPECT_LT(random.below(std::size_t{3}), 3U);
  }
  // The upper half is drawn as often as the lower one, where a product of 64 bits would not know
  // it.
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  int upper = 0;
  for (int k = 0; k < 1000; ++k) upper += random.below(kMost) > kMost / 2 ? 1 : 0;
  EXPECT_NEAR(upper, 500, 80);
}

TEST(Random, CountsOfAllTypesDrawAlike) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Random narrow{seed};
    Random wide{seed};
    EXPECT_EQ(static_cast<std::uint64_t>(narrow.below(12345)), wide.below(std::uint64_t{12345}));
  }
}

}  // namespace
}  // namespace ulpforge::numbers
