// Sets of seeds: what they are, and medians.
#include "runs/seed_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "runs/history.h"
#include "runs/run.h"
#include "tests/scratch.h"

namespace ulpforge::runs {
namespace {

using testing::ElementsAre;

TEST(Seeds, AreListsAndRanges) {
  EXPECT_THAT(parse_seeds("1..3,9"), ElementsAre(1, 2, 3, 9));
  for (const char* text :
       {"", ",", "a", "1..", "..2", "3..1", "1..2..3", "1,1", "1..99999999999", "-1"}) {
    EXPECT_THROW(parse_seeds(text), std::invalid_argument) << text;
  }
}

TEST(Levels, AreByOperationCount) {
  EXPECT_THAT(parse_levels("7:5.7e-10,10:1e-15"),
              ElementsAre(testing::Pair(7, 5.7e-10), testing::Pair(10, 1e-15)));
  for (const char* text : {"", "7", "7:", ":1", "7:x"}) {
    EXPECT_THROW(parse_levels(text), std::invalid_argument) << text;
  }
}

TEST(Spread, IsMinimumMedianMaximum) {
  const Spread odd = spread_of({3, 1, 2});
  EXPECT_THAT((std::vector{odd.least, odd.median, odd.most}), ElementsAre(1, 2, 3));
  const Spread even = spread_of({4, 1, NAN, 2});
  EXPECT_THAT((std::vector{even.least, even.median, even.most}), ElementsAre(1, 3, INFINITY));
}

TEST(History, KeepsImprovementsAndSurvivesACutOffLine) {
  const Scratch scratch;
  scratch.file(
      "log.jsonl",
      "{\"seconds\":1,\"best_error\":{\"3\":0.5}}\n{\"seconds\":2,\"best_error\":{\"3\":0.5}}\n"
      "nonsense\n{\"seconds\":3,\"best_error\":{\"3\":0.25,\"4\":0.1}}\n{\"seconds\":4,\"be");
  const History history = read_history(scratch.path());
  EXPECT_EQ(history.seconds, 3);
  ASSERT_EQ(history.best.at(3).size(), 2U);
  EXPECT_EQ(time_to_reach(history.best.at(3), 0.3), 3);
  EXPECT_EQ(time_to_reach(history.best.at(3), 0.5), 1);
  EXPECT_EQ(time_to_reach(history.best.at(4), 0.01), INFINITY);
  EXPECT_TRUE(read_history(scratch.path() / "nowhere").best.empty());
}

TEST(ConfigHash, IsThatOfTheSettings) {
  EXPECT_EQ(config_hash("# a\nseed = 1\n"), config_hash("seed = 1\n\n"));
  EXPECT_NE(config_hash("seed = 1\n"), config_hash("seed = 2\n"));
  EXPECT_EQ(config_hash("seed = 1\n").size(), 12U);
}

}  // namespace
}  // namespace ulpforge::runs
