// Log lines and progress.
#include "runs/progress.h"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

namespace ulpforge::runs {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

evo::Progress sample() {
  return {.seconds = 2,
          .evaluations = 3000,
          .fits = 100,
          .children = 40,
          .duplicates = 10,
          .best_error = {kInfinity, 0.5, 0.25, 0.3, 0.125}};
}

TEST(LogLine, IsJson) {
  const auto json = nlohmann::json::parse(log_line(sample()));
  EXPECT_EQ(json.at("fits_per_second"), 50);
  EXPECT_EQ(json.at("duplicates"), 10);
  EXPECT_EQ(json.at("best_error").size(), 4U);
  EXPECT_EQ(json.at("best_error").at("3"), 0.3);
}

TEST(LogLine, BearsTheFirstMoment) {
  EXPECT_EQ(nlohmann::json::parse(log_line({})).at("fits_per_second"), 0);
}

TEST(SavingLine, TellsTheShare) {
  EXPECT_EQ(saving_line({2, 0.0125, 5.0}), "2 checkpoints: 0.013 s, 0.25 % of the search");
  EXPECT_EQ(saving_line({1, 0.5, 2.0}), "1 checkpoint: 0.500 s, 25.00 % of the search");
}

TEST(ProgressLine, ShowsRatesAndTheLimit) {
  EXPECT_EQ(progress_line(sample(), 60),
            "2/60 s (58 s left), 3e+03 evaluations (1.5e+03/s), 50 fits/s, 25% duplicates");
  EXPECT_EQ(progress_line(sample(), kInfinity).substr(0, 4), "2 s,");
}

TEST(ProgressFront, ShowsWhatIsBetterThanAllShorterPrograms) {
  EXPECT_EQ(progress_front(sample()), "1:5.0e-01 2:2.5e-01 4:1.2e-01");
}

TEST(RecentGains, MarksRowsThatChangedLately) {
  RecentGains gains;
  EXPECT_EQ(gains.rows(1, "1:0.5 2:0.25"),
            (std::vector<std::string>{"       1        0.5  * 0 s ago",
                                      "       2       0.25  * 0 s ago"}));
  EXPECT_EQ(gains.rows(40, "1:0.5 2:0.125"),
            (std::vector<std::string>{"       1        0.5", "       2      0.125  * 0 s ago"}));
  EXPECT_EQ(gains.rows(50, "1:0.5 2:0.125")[1], "       2      0.125  * 10 s ago");
}

TEST(Wrap, BreaksAtSpaces) {
  EXPECT_EQ(wrap("aa bb cc dddddddd", 5), (std::vector<std::string>{"aa bb", "cc", "ddddd"}));
  EXPECT_TRUE(wrap("", 5).empty());
}

}  // namespace
}  // namespace ulpforge::runs
