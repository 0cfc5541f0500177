// Plots: the numbers end up where they belong, and odd ones nowhere.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <regex>

#include "report/plot.h"

namespace ulpforge::report {
namespace {

using testing::HasSubstr;
using testing::Not;

Plot plot_of(std::vector<Point> points, Scale y = Scale::Linear) {
  Plot plot;
  plot.title = "a plot";
  plot.x = {.label = "x", .lo = 0, .hi = 4};
  plot.y = {
      .label = "y", .scale = y, .lo = y == Scale::Log ? 1e-4 : 0, .hi = y == Scale::Log ? 1 : 4};
  plot.series.push_back({.points = std::move(points), .hue = hue(0), .mark = Mark::Dot});
  return plot;
}

struct Circle {
  double x, y;
};

std::vector<Circle> circles(const std::string& svg) {
  std::vector<Circle> found;
  const std::regex pattern(R"re(<circle class="m" cx="([-0-9.]+)" cy="([-0-9.]+)")re");
  for (std::sregex_iterator at(svg.begin(), svg.end(), pattern), end; at != end; ++at) {
    found.push_back({std::stod((*at)[1]), std::stod((*at)[2])});
  }
  return found;
}

TEST(Plot, PlacesPointsLinearly) {
  const auto at = circles(svg(plot_of({{0, 0}, {1, 1}, {2, 2}, {4, 4}})));
  ASSERT_EQ(at.size(), 4U);
  EXPECT_NEAR(at[3].x - at[0].x, 4 * (at[1].x - at[0].x), 0.5);
  EXPECT_NEAR(at[0].y - at[3].y, 2 * (at[0].y - at[2].y), 0.5);
  EXPECT_GT(at[0].y, at[1].y) << "up is more";
}

TEST(Plot, PlacesPointsByTheirLogarithm) {
  const auto at = circles(svg(plot_of({{1, 1e-4}, {2, 1e-2}, {3, 1}}, Scale::Log)));
  ASSERT_EQ(at.size(), 3U);
  EXPECT_NEAR(at[0].y - at[1].y, at[1].y - at[2].y, 0.2);
}

TEST(Plot, LeavesOutWhatHasNoPlace) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const std::string text =
      svg(plot_of({{1, 1}, {2, NAN}, {3, kInfinity}, {-kInfinity, 2}, {4, 2}, {9, 9}}));
  EXPECT_EQ(circles(text).size(), 2U);
  EXPECT_THAT(text, Not(HasSubstr("nan")));
  EXPECT_THAT(text, Not(HasSubstr("inf")));
  EXPECT_EQ(circles(svg(plot_of({{1, 0}, {2, -1}, {3, 0.5}}, Scale::Log))).size(), 1U);
}

TEST(Plot, BreaksALineWhereAPointIsMissing) {
  const std::string text = svg(plot_of({{0, 1}, {1, 2}, {2, NAN}, {3, 1}, {4, 2}}));
  const std::regex line("class=\"line\" d=\"(M[^\"M]*)(M[^\"M]*)\"");
  EXPECT_TRUE(std::regex_search(text, line));
}

TEST(Plot, SaysThatItIsEmpty) {
  EXPECT_THAT(svg(plot_of({})), HasSubstr("nothing to show"));
  EXPECT_THAT(svg(Plot{}), HasSubstr("nothing to show"));
  EXPECT_THAT(svg(plot_of({{1, NAN}})), HasSubstr("nothing to show"));
}

TEST(Plot, DrawsOnePointAndManyEqualOnes) {
  Plot plot;
  plot.series.push_back({.points = {{2, 5}}, .mark = Mark::Dot});
  EXPECT_EQ(circles(svg(plot)).size(), 1U);
  plot.series[0].points = {{1, 5}, {2, 5}};
  plot.y.scale = Scale::Log;
  EXPECT_EQ(circles(svg(plot)).size(), 2U);
}

TEST(Plot, KeepsEndLabelsApart) {
  Plot plot = plot_of({});
  plot.series.clear();
  for (int k = 0; k < 12; ++k) {
    plot.series.push_back({.points = {{0, 1}, {4, 1 + 0.01 * k}}, .end_label = std::to_string(k)});
  }
  const std::string text = svg(plot);
  const std::regex label(R"re(class="end" x="[^"]*" y="([-0-9.]+)")re");
  std::vector<double> y;
  for (std::sregex_iterator at(text.begin(), text.end(), label), end; at != end; ++at) {
    y.push_back(std::stod((*at)[1]));
  }
  ASSERT_EQ(y.size(), 12U);
  std::sort(y.begin(), y.end());
  for (std::size_t i = 1; i < y.size(); ++i) EXPECT_GE(y[i] - y[i - 1], 11.9);
  EXPECT_GT(y.front(), 0);
  EXPECT_LT(y.back(), plot.height);
}

TEST(Figure, EscapesEveryText) {
  Plot plot = plot_of({{1, 1}});
  plot.title = plot.x.label = plot.series[0].name = plot.series[0].end_label = "<b>&";
  plot.series[0].titles = {"<b>&"};
  plot.series.push_back(plot.series[0]);
  plot.rules.push_back({1, "<b>&"});
  const std::string text = figure(plot, "<b>&");
  EXPECT_THAT(text, HasSubstr("&lt;b&gt;&amp;"));
  EXPECT_THAT(text, Not(HasSubstr("<b>")));
  EXPECT_THAT(text, HasSubstr("class=\"legend\""));
}

}  // namespace
}  // namespace ulpforge::report
