// What is rare, and that skipping it changes nothing.
#include <gtest/gtest.h>

#include "ir/interpret.h"
#include "ir/rare.h"
#include "ir/text.h"

namespace ulpforge::ir {
namespace {

std::vector<std::size_t> owners_of(const char* text) { return rare_owners(parse(text)); }

TEST(Rare, CodeBelongsToTheSelectionThatAloneNeedsIt) {
  EXPECT_EQ(owners_of("input x: f32\n"
                      "size = fabs(x)\n"  // 0
                      "limit = 8\n"
                      "far: bool = less(limit, size)\n"  // 1
                      "a = x * x\n"                      // 2
                      "b = a + limit\n"                  // 3
                      "y = select_rare(far, b, size)\n"  // 4
                      "return y\n"),
            (std::vector<std::size_t>{kAlways, kAlways, 4, 4, kAlways}));
}

TEST(Rare, WhatTheResultNeedsOtherwiseIsNeededAlways) {
  EXPECT_EQ(owners_of("input x: f32\n"
                      "limit = 8\n"
                      "far: bool = less(limit, x)\n"  // 0
                      "a = x * x\n"                   // 1
                      "b = a + limit\n"               // 2
                      "y = select_rare(far, b, a)\n"  // 3
                      "return y\n"),
            (std::vector<std::size_t>{kAlways, kAlways, 3, kAlways}));
}

TEST(Rare, SelectionsOnOneConditionShareTheirCode) {
  EXPECT_EQ(owners_of("input x: f32\n"
                      "limit = 8\n"
                      "far: bool = less(limit, x)\n"  // 0
                      "a = x * x\n"                   // 1
                      "b = a + limit\n"               // 2
                      "y = select_rare(far, a, x)\n"  // 3
                      "z = select_rare(far, b, x)\n"  // 4
                      "w = y + z\n"                   // 5
                      "return w\n"),
            (std::vector<std::size_t>{kAlways, 3, 3, kAlways, kAlways, kAlways}));
}

TEST(Rare, SelectionsThatReadOneAnotherAreNoGroup) {
  const Program program = parse(
      "input x: f32\n"
      "limit = 8\n"
      "far: bool = less(limit, x)\n"  // 0
      "a = x * x\n"                   // 1
      "y = select_rare(far, a, x)\n"  // 2
      "z = select_rare(far, x, y)\n"  // 3
      "return z\n");
  EXPECT_EQ(rare_group(program, 1), 0U);
  EXPECT_EQ(rare_group(program, 2), 1U);
  EXPECT_EQ(rare_group(program, 3), 1U);
}

TEST(Rare, TwoConditionsShareNothing) {
  EXPECT_EQ(
      owners_of("input x: f32\n"
                "limit = 8\n"
                "far: bool = less(limit, x)\n"   // 0
                "near: bool = less(x, limit)\n"  // 1
                "a = x * x\n"                    // 2
                "b = a + limit\n"                // 3
                "y = select_rare(far, a, x)\n"   // 4
                "z = select_rare(near, b, x)\n"  // 5
                "w = y + z\n"                    // 6
                "dead = x + x\n"                 // 7
                "return w\n"),
      (std::vector<std::size_t>{kAlways, kAlways, kAlways, 5, kAlways, kAlways, kAlways, kNever}));
}

TEST(Rare, OneInsideAnotherIsPlain) {
  EXPECT_EQ(owners_of("input x: f32\n"
                      "limit = 8\n"
                      "far: bool = less(limit, x)\n"      // 0
                      "farther: bool = less(x, limit)\n"  // 1
                      "a = x * x\n"                       // 2
                      "b = select_rare(farther, a, x)\n"  // 3
                      "y = select_rare(far, b, x)\n"      // 4
                      "return y\n"),
            (std::vector<std::size_t>{kAlways, 4, 4, 4, kAlways}));
}

}  // namespace
}  // namespace ulpforge::ir
