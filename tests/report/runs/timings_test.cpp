// Times that `ulpforge bench --json` wrote, as the page about a shelf reads them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "report/runs/shelf_report.h"

namespace ulpforge::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Timings, OfLibrariesThatAreCompiledNameTheirCompiler) {
  const std::string xsimd_row = R"json(
      {"function": "exp", "name": "xsimd", "ours": false, "form": "512", "compiler": "g++",
       "flags": "-O3", "code": "xsimd::exp(x)", "ns_per_element": 0.2, "latency_ns": 15.5,
       "quiet": false, "error": {"max_ulp": 2e6, "special_value_errors": 1},
       "error_where_timed": {"max_ulp": 1.3},
       "wrong_values": ["exp(88.5) is inf, not 2.723e+38"]})json";
  const std::string libmvec_row = R"json(
      {"function": "exp", "name": "libmvec", "ours": false, "form": "512", "code": "f of lib",
       "ns_per_element": 0.19, "latency_ns": 11, "quiet": true, "error": null})json";
  const std::string text =
      R"json({"processor": "Zen 5", "rows": [)json" + xsimd_row + "," + libmvec_row + "]}";
  const Timings timings = parse_timings(text, "bench.json");
  EXPECT_EQ(timings.processor, "Zen 5");
  ASSERT_EQ(timings.rows.size(), 1U);  // without an error there is no place in a figure
  const Timing& xsimd = timings.rows[0];
  EXPECT_EQ(xsimd.compilation, "g++ -O3");
  EXPECT_FALSE(xsimd.ours);
  EXPECT_FALSE(xsimd.quiet);
  EXPECT_EQ(xsimd.latency, 15.5);
  EXPECT_EQ(xsimd.max_ulp, 2e6);
  EXPECT_EQ(xsimd.max_ulp_where_timed, 1.3);
  EXPECT_THAT(xsimd.wrong_values, ElementsAre("exp(88.5) is inf, not 2.723e+38"));
}

Timing earlier_row(const std::string& special_value_errors) {
  const std::string before = R"json({"rows": [
      {"function": "exp", "name": "libmvec", "ours": false, "form": "512", "symbol": "f of lib",
       "ns_per_element": 0.19, "latency_ns": 11, "quiet": true,
       "error": {"max_ulp": 2.3, "special_value_errors": )json";
  return parse_timings(before + special_value_errors + "}}]}", "bench.json").rows.at(0);
}

TEST(Timings, OfEarlierVersionsAreRead) {
  EXPECT_EQ(earlier_row("0").max_ulp_where_timed, 2.3);
  EXPECT_EQ(earlier_row("0").compilation, "");
  EXPECT_THAT(earlier_row("0").wrong_values, IsEmpty());
  EXPECT_THAT(earlier_row("3").wrong_values, ElementsAre("special values"));
}

TEST(Timings, OtherFilesAreRefused) {
  try {
    parse_timings("{}", "other.json");
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), HasSubstr("other.json: not what 'ulpforge bench --json' writes"));
  }
}

}  // namespace
}  // namespace ulpforge::report
