// Functions of installed libraries, and those that are not there.
#include "bench/peers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace ulpforge::bench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Peers, TheCLibraryIsThere) {
  const Peers peers = find_peers({"glibc"}, "expf", 256);
  ASSERT_EQ(peers.found.size(), 1U);
  EXPECT_EQ(peers.found[0].name, "glibc");
  EXPECT_FALSE(peers.found[0].vector);
  const auto f = reinterpret_cast<float (*)(float)>(peers.found[0].function);
  EXPECT_EQ(f(0), 1);
  EXPECT_NEAR(f(1), std::exp(1.0F), 1e-6);
}

TEST(Peers, WhatIsMissingIsSaid) {
  EXPECT_THAT(find_peers({"glibc", "libmvec", "sleef"}, "nosuchf", 512).missing,
              ElementsAre(HasSubstr("glibc: libm.so.6 has no nosuchf"), HasSubstr("libmvec"),
                          HasSubstr("SLEEF")));
  EXPECT_THAT(find_peers({"libmvec"}, "", 256).missing, ElementsAre(HasSubstr("no such function")));
}

TEST(Peers, SleefHasWhatTheCLibraryLacks) {
  if (find_peers({"sleef"}, "expf", 256).found.empty()) GTEST_SKIP() << "SLEEF is not installed";
  const Peers peers = find_peers({"glibc", "sleef"}, "sinpif", 256);
  EXPECT_THAT(peers.missing, ElementsAre(HasSubstr("glibc: libm.so.6 has no sinpif")));
  ASSERT_EQ(peers.found.size(), 1U);
  EXPECT_EQ(peers.found[0].symbol, "Sleef_sinpif8_u05");
  EXPECT_EQ(peer_symbol("", "sinpi"), "sinpif");
  EXPECT_EQ(peer_symbol("tgammaf", "gamma"), "tgammaf");
}

TEST(Peers, UnknownLibrary) {
  EXPECT_THROW(find_peers({"mkl"}, "expf", 256), std::invalid_argument);
}

}  // namespace
}  // namespace ulpforge::bench
