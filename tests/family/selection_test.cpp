// Which programs a family has.
#include "family/selection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "targets/catalog.h"

namespace ulpforge::family {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

Candidate candidate(const std::string& function, double max_ulp, double cost,
                    std::uint64_t misrounded = 1000) {
  return {.function = function,
          .run = "runs/" + function,
          .program = "p",
          .domain = "all",
          .inputs = std::uint64_t{1} << 32,
          .max_ulp = max_ulp,
          .misrounded = misrounded,
          .costs = {cost}};
}

/// The candidate that serves a tier of a function, if any.
std::optional<std::size_t> serving(const Selection& selection, std::string_view function,
                                   std::string_view suffix) {
  for (const Member& member : selection.members) {
    if (member.function != function) continue;
    for (const Tier* tier : member.tiers) {
      if (tier->suffix == suffix) return member.candidates.front();
    }
  }
  return std::nullopt;
}

TEST(Selection, TheCheapestThatKeepsThePromise) {
  const Selection selection =
      select({candidate("exp", 0.9, 5), candidate("exp", 0.99, 3), candidate("exp", 3, 2.5),
              candidate("exp", 4096, 1), candidate("exp", 4096.5, 0.5),
              candidate("exp", 0.4999, 20, 0), candidate("exp", 0.5, 1.5, 1)});
  EXPECT_EQ(serving(selection, "exp", "cr"), 5U);  // the other of 0.5 ULP is misrounded once
  EXPECT_EQ(serving(selection, "exp", "1u"), 6U);
  EXPECT_EQ(serving(selection, "exp", "4u"), 6U);
  EXPECT_EQ(serving(selection, "exp", "r11"), 3U);
  EXPECT_TRUE(selection.missing.empty());
}

TEST(Selection, OneProgramServesSeveralTiers) {
  const Selection selection = select({candidate("log", 0.8, 2), candidate("log", 3, 2.5)});
  ASSERT_EQ(selection.members.size(), 1U);
  EXPECT_EQ(selection.members[0].candidates.front(), 0U);
  // 1, 4 and 64 ULP, and 2^-11.
  EXPECT_EQ(selection.members[0].tiers.size(), 4U);
  ASSERT_EQ(selection.missing.size(), 2U);
  EXPECT_EQ(selection.missing[0].tier->suffix, "cr");
  EXPECT_EQ(selection.missing[1].tier->suffix, "0p6u");
}

TEST(Selection, EqualCostGoesToTheMoreAccurateThenToTheFirst) {
  const Selection selection =
      select({candidate("exp", 0.9, 2), candidate("exp", 0.8, 2), candidate("exp", 0.8, 2)});
  EXPECT_EQ(serving(selection, "exp", "1u"), 1U);
}

TEST(Selection, WhatIsNotReachedIsMissingAndNotShipped) {
  const Selection selection = select({candidate("sin", 3.5, 2)});
  EXPECT_EQ(serving(selection, "sin", "1u"), std::nullopt);
  EXPECT_EQ(serving(selection, "sin", "4u"), 0U);
  std::vector<std::string> missing;
  for (const auto& [function, format, tier] : selection.missing)
    missing.push_back(member_name(function, format, *tier));
  EXPECT_THAT(missing, testing::ElementsAre("uf_sinf_cr", "uf_sinf_0p6u", "uf_sinf_1u"));
  EXPECT_THAT(selection.not_found, Contains("cos"));
  EXPECT_THAT(selection.not_found, Not(Contains("sin")));
}

TEST(Selection, FunctionsOfAShortFormatHaveOneProgramAndTheirOwnNumbers) {
  Candidate rounded = candidate("exp_bf16", 0.5, 2.1);
  Candidate loose = candidate("exp_bf16", 0.9, 2);
  Candidate partial = candidate("exp_bf16", 0.6, 1);
  for (Candidate* one : {&rounded, &loose, &partial}) {
    one->format = "bf16";
    one->inputs = 65536;
    one->costs.assign(2, one->costs.front());
  }
  partial.inputs = 65535;
  rounded.misrounded = 0;
  // Of floats single calls would have the first.
  const Selection selection = select({rounded, loose, partial}, {true, false});
  ASSERT_EQ(selection.refused.size(), 1U);
  EXPECT_EQ(selection.refused[0].candidate, 2U);
  EXPECT_EQ(serving(selection, "exp_bf16", "cr"), 0U);
  EXPECT_EQ(serving(selection, "exp_bf16", "1u"), 1U);
  // 2^-11 is a promise of floats.
  EXPECT_EQ(serving(selection, "exp_bf16", "r11"), std::nullopt);
  for (const Member& member : selection.members) {
    EXPECT_EQ(member.candidates[0], member.candidates[1]);
  }
  EXPECT_EQ(member_name("exp_bf16", "bf16", *find_tier("cr")), "uf_exp_bf16");
  EXPECT_EQ(member_name("exp_bf16", "bf16", *find_tier("1u")), "uf_exp_bf16_1u");
}

TEST(Selection, RefusesWhatIsNotMeasuredEverywhere) {
  Candidate interval = candidate("exp", 0.6, 1);
  interval.domain = "[0,1]";
  Candidate partial = candidate("exp", 0.6, 1);
  partial.inputs = 1'000'000;
  Candidate unknown = candidate("exp", 0.6, 1);
  unknown.inputs = 0;
  Candidate unpriced = candidate("exp", 0.6, std::numeric_limits<double>::quiet_NaN());
  const Selection selection =
      select({interval, partial, unknown, unpriced, candidate("exp", 0.9, 5)});
  EXPECT_EQ(serving(selection, "exp", "1u"), 4U);
  ASSERT_EQ(selection.refused.size(), 4U);
  EXPECT_THAT(selection.refused[0].reason, HasSubstr("[0,1]"));
  EXPECT_THAT(selection.refused[1].reason, HasSubstr("1000000 inputs"));
}

/// With the costs in two forms, calls and arrays.
Candidate in_two_forms(double max_ulp, double call, double array, std::uint64_t misrounded = 1000) {
  Candidate one = candidate("exp", max_ulp, 0, misrounded);
  one.costs = {call, array};
  return one;
}

std::vector<std::size_t> programs_of(const Selection& selection, std::string_view suffix) {
  for (const Member& member : selection.members) {
    for (const Tier* tier : member.tiers) {
      if (tier->suffix == suffix) return member.candidates;
    }
  }
  return {};
}

TEST(Selection, EachFormHasItsCheapest) {
  const Selection selection =
      select({in_two_forms(0.9, 5, 1), in_two_forms(0.8, 3, 2), in_two_forms(3, 2, 1.5)});
  EXPECT_THAT(programs_of(selection, "1u"), testing::ElementsAre(1, 0));
  EXPECT_THAT(programs_of(selection, "4u"), testing::ElementsAre(2, 0));
  EXPECT_THAT(programs_of(selection, "r11"), testing::ElementsAre(2, 0));
  EXPECT_EQ(selection.members.size(), 2U);
}

TEST(Selection, CallsAreCorrectlyRoundedWhereThatHardlyCosts) {
  for (const double rounded : {3.29, 3.31}) {
    const Selection selection =
        select({in_two_forms(0.9, 3, 1), in_two_forms(0.5, rounded, 1.01, 0)}, {true, false});
    EXPECT_THAT(programs_of(selection, "cr"), testing::ElementsAre(1, 1));
    // Arrays take the cheapest however near the other is.
    EXPECT_THAT(programs_of(selection, "1u"), testing::ElementsAre(rounded < 1.1 * 3 ? 1 : 0, 0));
  }
}

TEST(Selection, NaNKeepsNoPromise) {
  const Selection selection =
      select({candidate("exp", std::numeric_limits<double>::quiet_NaN(), 1)});
  EXPECT_TRUE(selection.members.empty());
  EXPECT_EQ(selection.missing.size(), tiers().size());
}

TEST(Selection, FunctionsComeInTheFamilysOrderThenOthers) {
  const Selection selection =
      select({candidate("gauss", 0.9, 1), candidate("tanh", 0.9, 1), candidate("exp2", 0.9, 1)});
  ASSERT_EQ(selection.members.size(), 3U);
  EXPECT_EQ(selection.members[0].function, "exp2");
  EXPECT_EQ(selection.members[1].function, "tanh");
  EXPECT_EQ(selection.members[2].function, "gauss");
  EXPECT_EQ(selection.not_found.size(), targets::family_names().size() - 2);
}

}  // namespace
}  // namespace ulpforge::family
