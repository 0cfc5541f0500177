// Domains, metrics, and the lines that say what is wrong with a target.
#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <numbers>

#include "targets/target.h"

namespace ulpforge::targets {
namespace {

std::string error(const std::function<void()>& action) {
  try {
    action();
  } catch (const std::invalid_argument& caught) {
    EXPECT_EQ(std::string_view(caught.what()).find('\n'), std::string_view::npos);
    return caught.what();
  }
  return "accepted";
}

std::string target_error(std::string_view what, std::string_view domain = "",
                         std::optional<Metric> metric = {}) {
  return error([&] {
    make_target(what, domain.empty() ? std::nullopt : std::optional(parse_domain(domain)), metric);
  });
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(DomainText, Parses) {
  EXPECT_EQ(parse_domain("0,1"), (Domain{0, 1, false, false}));
  EXPECT_EQ(parse_domain(" ( 0 , 1 ] "), (Domain{0, 1, true, false}));
  EXPECT_EQ(parse_domain("[0,1)"), (Domain{0, 1, false, true}));
  EXPECT_EQ(parse_domain("(1+1),4"), (Domain{2, 4, false, false}));
  EXPECT_EQ(parse_domain("[pow(2,-3), sqrt(2)]"),
            (Domain{0.125, std::numbers::sqrt2, false, false}));
  EXPECT_EQ(parse_domain("[-pi/2, pi/2]"),
            (Domain{-std::numbers::pi / 2, std::numbers::pi / 2, false, false}));
  EXPECT_EQ(parse_domain("0.1,1e3").lo, 0.1);
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(parse_domain("1,inf"), (Domain{1, infinity, false, false}));
  EXPECT_EQ(parse_domain("(-infinity, +oo)"), (Domain{-infinity, infinity, true, true}));
  EXPECT_FALSE(parse_domain("-inf,0").is_bounded());
}

TEST(DomainText, RoundTrips) {
  for (const Domain& domain :
       {Domain{0, 1, true, false}, Domain{-0.1, 1e300, false, true}, Domain{1.0 / 3, 5, true, true},
        Domain{1, std::numeric_limits<double>::infinity(), false, false}}) {
    EXPECT_EQ(parse_domain(to_string(domain)), domain) << to_string(domain);
  }
  EXPECT_EQ(to_string({0, 0.1, true, false}), "(0,0.1]");
}

TEST(DomainText, SaysWhatIsWrong) {
  const auto why = [](std::string_view text) { return error([&] { parse_domain(text); }); };
  EXPECT_EQ(why("1,0"), "domain '1,0': the ends are reversed; write [0,1]");
  EXPECT_EQ(why("1,1"), "domain '1,1': the interval is empty or a single point");
  EXPECT_EQ(why("inf,inf"), "domain 'inf,inf': the interval is empty or a single point");
  EXPECT_EQ(why("inf,0"), "domain 'inf,0': the ends are reversed; write [0,inf]");
  EXPECT_EQ(why("nan,0"), "domain 'nan,0': the lower end has to be a number or inf");
  EXPECT_EQ(why("0,1/0"),
            "domain '0,1/0': the upper end '1/0' is not a finite number; an end without bound is "
            "written inf or -inf");
  EXPECT_EQ(why("0"), "domain '0': expected two ends with a comma, such as 0,1 or (0, pi/2]");
  EXPECT_EQ(why("0,1,2"), "domain '0,1,2': expected two ends, not three");
  EXPECT_EQ(why("0,x"), "domain '0,x': the upper end has to be a constant, such as -pi/2, not 'x'");
  EXPECT_EQ(why("0,"),
            "domain '0,': upper end: expression, column 1: expected an expression in x, "
            "such as log1p(exp(x))");
  EXPECT_EQ(why("-1.7*10^308, 1.7*10^308"),
            "domain '-1.7*10^308, 1.7*10^308': the interval is too wide for double; write -inf,inf "
            "for all numbers");
}

TEST(DomainText, HasSeveralIntervals) {
  const Domain domain = parse_domain("[0.01,1], [-1,-0.01)");
  ASSERT_EQ(domain.parts.size(), 2U);
  EXPECT_EQ(domain.parts[0], (Domain{-1, -0.01, false, true}));
  EXPECT_EQ(domain.parts[1], (Domain{0.01, 1, false, false}));
  EXPECT_EQ(to_string(domain), "[-1,-0.01),[0.01,1]");
  EXPECT_EQ(parse_domain(to_string(domain)), domain);
  EXPECT_EQ(domain.width(), 2);
  EXPECT_TRUE(domain.contains(-0.5));
  EXPECT_FALSE(domain.contains(-0.01));
  EXPECT_FALSE(domain.contains(0));
  // What overlaps or touches is one.
  EXPECT_EQ(parse_domain("[0,1],[0.5,2)"), (Domain{0, 2, false, true}));
  EXPECT_EQ(parse_domain("[0,1),[1,2]"), (Domain{0, 2, false, false}));
  EXPECT_EQ(parse_domain("[0,3],[1,2]"), (Domain{0, 3, false, false}));
  EXPECT_EQ(parse_domain("(0,1),[0,1]"), (Domain{0, 1, false, false}));
  EXPECT_EQ(parse_domain("[0,1),(1,2]").parts.size(), 2U);
  // Ends in brackets are no intervals.
  EXPECT_EQ(parse_domain("(1/2),(3/4)"), (Domain{0.5, 0.75, false, false}));
  const auto why = [](std::string_view text) { return error([&] { parse_domain(text); }); };
  EXPECT_EQ(why("[0,1],[2,inf]"),
            "domain '[0,1],[2,inf]': of several intervals each has two finite ends, not [2,inf]");
  EXPECT_TRUE(contains(why("[0,1],[3,2]"), "the ends are reversed; write [2,3]"));
  EXPECT_TRUE(contains(why("[0,1],2"), "expected two ends"));
}

TEST(Points, AreSortedOnce) {
  EXPECT_EQ(parse_points("1, 0, -pi/2,1"), (std::vector{-std::numbers::pi / 2, 0.0, 1.0}));
  EXPECT_TRUE(contains(error([] { parse_points("0,,1"); }), "is no number"));
  EXPECT_TRUE(contains(error([] { parse_points("x"); }), "depends on x"));
  EXPECT_TRUE(contains(error([] { parse_points("1/0"); }), "is not finite"));
}

TEST(MetricName, RoundTrips) {
  for (const Metric metric : {Metric::Relative, Metric::Absolute, Metric::UlpF32, Metric::UlpF64}) {
    EXPECT_EQ(find_metric(name(metric)), metric);
  }
  EXPECT_EQ(find_metric("rel"), std::nullopt);
}

TEST(MakeTarget, TakesTheCatalogsDomainAndMetric) {
  const Target target = make_target("log2");
  EXPECT_EQ(target.domain, (Domain{1, 2}));
  EXPECT_EQ(target.metric, Metric::Absolute);
  EXPECT_EQ(target.expression, "log2(x)");
}

TEST(MakeTarget, ChoosesTheMetricOfAnExpression) {
  const auto metric = [](std::string_view what, std::string_view domain) {
    return make_target(what, parse_domain(domain)).metric;
  };
  EXPECT_EQ(metric("exp(x)", "0,1"), Metric::Relative);
  EXPECT_EQ(metric("sin(x)", "0,1"), Metric::Relative) << "a zero at an end";
  EXPECT_EQ(metric("sin(x)", "-1,1"), Metric::Absolute);
  EXPECT_EQ(metric("x - sin(x)", "0,1"), Metric::Relative) << "a triple zero at an end";
  EXPECT_EQ(metric("(x-1/3)^2", "0,1"), Metric::Absolute) << "touches 0";
  EXPECT_EQ(metric("(x-1/3)^2+1e-9", "0,1"), Metric::Relative) << "comes close to 0";
}

TEST(MakeTarget, RefusesWhatIsNoTarget) {
  EXPECT_EQ(
      target_error("expp"),
      "unknown target 'expp'; did you mean 'exp' or 'exp2'?; `ulpforge targets` lists them, and "
      "an expression needs x, such as exp(x)");
  EXPECT_TRUE(contains(target_error("florp"), "unknown target 'florp'; `ulpforge targets`"));
  EXPECT_TRUE(contains(target_error("exp(x)"), "needs a domain"));
  EXPECT_TRUE(contains(target_error("pi/2", "0,1"), "is a constant: an expression needs x"));
  EXPECT_TRUE(contains(target_error("exp(x", "0,1"), "expression, column 6: expected ')'"));
  EXPECT_TRUE(contains(target_error("", "0,1"), "expected an expression"));
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_TRUE(
      contains(error([&] { make_target("exp", Domain{0, infinity}); }), "grows without bound"));
  EXPECT_TRUE(contains(error([&] { make_target("exp", Domain{1, 0}); }), "reversed; write [0,1]"));
  EXPECT_TRUE(contains(error([&] { make_target("exp", Domain{1, 1}); }), "empty"));
}

TEST(MakeTarget, RefusesIntervalsWhereTheFunctionIsNotFinite) {
  EXPECT_TRUE(contains(target_error("log", "-1,1"), "not finite at x = -1"));
  EXPECT_TRUE(contains(target_error("sqrt(x)", "-1,1"), "not finite at x = -1"));
  EXPECT_TRUE(contains(target_error("log", "[0,1]"), "not finite at x = 0"));
  EXPECT_TRUE(contains(target_error("1/x", "-1,1"), "not finite at x = 0"));
  EXPECT_TRUE(contains(target_error("gamma(x)", "-3.5,-2.5"), "not finite at x = -3"));
  EXPECT_TRUE(contains(target_error("asin(x)", "0,1.001"), "not finite at x = 1.001"));
}

TEST(MakeTarget, TakesRemovableSingularitiesAsValues) {
  for (const auto& [text, domain] :
       {std::pair{"expm1(x)/x", "-1/512,1/512"}, std::pair{"sin(pi*x)/(pi*x)", "-0.7,0.9"},
        std::pair{"(1-cos(x))/x^2", "0,1"}, std::pair{"log1p(x)/x", "-0.5,2"},
        std::pair{"x/(exp(x)-1)", "-3,2"}, std::pair{"log(x)/(x-1)", "0.3,2.5"},
        std::pair{"(x^2-4)/(x-2)", "0,3"}, std::pair{"(cos(x)-cos(1))/(x-1)", "0.7,1.6"},
        std::pair{"acos(x)/sqrt(1-x)", "0,1"}, std::pair{"x*log(x)", "0,0.5"}}) {
    EXPECT_EQ(target_error(text, domain), "accepted") << text;
  }
  EXPECT_TRUE(contains(target_error("(x^2-3)/(x-2)", "0,3"), "not finite at x = 2"));
  EXPECT_TRUE(contains(target_error("cos(x)/x", "-1,1"), "not finite at x = 0"));
}

TEST(MakeTarget, FindsPolesThatNoSampleHits) {
  EXPECT_TRUE(contains(target_error("tan", "0,3"), "not finite near x = 1.5707963267948966"));
  EXPECT_TRUE(contains(target_error("1/(x-1/3)", "0,1"), "not finite near x = 0.3333333333333333"));
  EXPECT_TRUE(
      contains(target_error("1/(x-1/3)^2", "0,1"), "not finite near x = 0.333333333333333"));
  EXPECT_TRUE(
      contains(target_error("log(abs(x-1/3))", "0,1"), "not finite near x = 0.333333333333"));
  EXPECT_TRUE(contains(target_error("sqrt((x-1/3)^2-1e-20)", "0,1"), "not finite"));
  // pi/2 lies between these two doubles.
  EXPECT_EQ(target_error("tan(x)", "0,1.5707963267948966"), "accepted");
  EXPECT_TRUE(contains(target_error("tan(x)", "0,1.5707963267948968"), "not finite near"));
}

TEST(MakeTarget, RefusesUnboundedOpenEnds) {
  EXPECT_TRUE(contains(target_error("log(x)", "(0,1]"), "grows without bound as x approaches 0"));
  EXPECT_TRUE(contains(target_error("1/sqrt(x)", "(0,1]"), "grows without bound"));
  EXPECT_TRUE(contains(target_error("log(1-x)", "[0,1)"), "grows without bound as x approaches 1"));
  EXPECT_TRUE(contains(target_error("y0(x)", "(0,1]"), "grows without bound"));
}

TEST(MakeTarget, AcceptsBoundedOpenEnds) {
  EXPECT_EQ(target_error("bessel_i_half"), "accepted");
  EXPECT_EQ(target_error("bessel_i_half", "[0,1]"), "accepted") << "the limit at 0 is a value";
  EXPECT_TRUE(contains(target_error("1/sqrt(x)", "[0,1]"), "not finite at x = 0"));
  for (const char* text : {"sin(x)/x", "x*log(x)", "x^x", "x/(exp(x)-1)", "sin(1/x)"}) {
    EXPECT_EQ(target_error(text, "(0,1]"), "accepted") << text;
  }
}

TEST(MakeTarget, AcceptsFunctionsThatEndWithTheInterval) {
  EXPECT_EQ(target_error("asin(x)", "-1,1"), "accepted");
  EXPECT_EQ(target_error("acos(x)", "0,1"), "accepted");
  EXPECT_EQ(target_error("acosh(x)", "1,2"), "accepted");
  EXPECT_EQ(target_error("sqrt(1-x^2)", "-1,1"), "accepted");
  EXPECT_EQ(target_error("x^(1/3)", "0,1"), "accepted");
  EXPECT_EQ(target_error("cbrt(x)", "-1,1"), "accepted");
}

TEST(MakeTarget, TakesARelativeErrorAcrossZeros) {
  EXPECT_EQ(target_error("sin", "-1,1"), "accepted");
  EXPECT_EQ(target_error("cos(x)", "0,3", Metric::Relative), "accepted");
  const Target log = make_target("log(x)", parse_domain("0.5,2"), Metric::Relative);
  ASSERT_EQ(log.zeros.size(), 1U);
  EXPECT_EQ(log.zeros[0], (Zero{1, 1, true}));
  EXPECT_TRUE(make_target("log(x)", parse_domain("0.5,2"), Metric::Absolute).zeros.empty());
  EXPECT_EQ(
      target_error("sin(100*x)", "-1,1", Metric::Relative),
      "sin(100*x) on [-1,1]: the function vanishes near x = -0.973894, and not at a few points "
      "that can be told, as a relative error asks for; use the metric absolute, or a domain "
      "without it");
  EXPECT_EQ(target_error("cos(x)", "0,3", Metric::UlpF32), "accepted");
  EXPECT_EQ(target_error("log", "1,2", Metric::Relative), "accepted");
}

}  // namespace
}  // namespace ulpforge::targets
