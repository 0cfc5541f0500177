// ulpforge validate as a user runs it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <nlohmann/json.hpp>

#include "tests/cli/process.h"
#include "tests/scratch.h"

namespace ulpforge::cli {
namespace {

using testing::HasSubstr;
using Json = nlohmann::json;

/// Measures some thousand floats around 1.5.
Outcome validate(std::vector<std::string> arguments, const Scratch& scratch) {
  std::vector<std::string> all = {"validate", "--domain=1.499,1.501", "--quiet", "--audit", "1000"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return run_program({all, scratch.path()});
}

std::vector<std::string> defective(const std::string& symbol) {
  return {"--lib",        DEFECTIVE_LIBRARY, "--symbol", symbol,     "--signature",
          "float(float)", "--timeout",       "0.3",      "--target", "sqrt(x)"};
}

TEST(ValidateCommand, ReportsAsJson) {
  const Scratch scratch;
  const Outcome outcome =
      validate({"--lib", "libm.so.6", "--symbol", "expf", "--target", "exp", "--json"}, scratch);
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const Json json = Json::parse(outcome.out);
  for (const char* field : {"max_ulp", "worst_input", "misrounded", "above_one_ulp", "inputs",
                            "mpfr_calls", "seconds", "sha256", "cpu", "rounding"}) {
    EXPECT_TRUE(json.contains(field)) << field;
  }
  EXPECT_GT(json["inputs"], 10000);
  EXPECT_GT(json["max_ulp"], 0.49);
  EXPECT_LT(json["max_ulp"], 0.51);
}

TEST(ValidateCommand, ExitCodeTellsWhetherTheLimitIsMet) {
  const Scratch scratch;
  auto arguments = defective("off_by_one");
  EXPECT_EQ(validate(arguments, scratch).exit_code, 0);
  arguments.insert(arguments.end(), {"--max-ulp", "0.5"});
  EXPECT_EQ(validate(arguments, scratch).exit_code, 1);
  arguments[3] = "correct";
  EXPECT_EQ(validate(arguments, scratch).exit_code, 0);
  arguments[3] = "not_a_number";
  arguments.back() = "100";
  EXPECT_EQ(validate(arguments, scratch).exit_code, 1);
}

TEST(ValidateCommand, NamesWhatARoutineDoes) {
  const Scratch scratch;
  for (const auto& [symbol, what] :
       {std::pair{"crashes", "crash"}, std::pair{"loops", "hang"}, std::pair{"exits", "exit"},
        std::pair{"flips_rounding", "rounding mode changed"}}) {
    auto arguments = defective(symbol);
    arguments.insert(arguments.end(), {"--max-ulp", "1"});
    const Outcome outcome = validate(arguments, scratch);
    EXPECT_EQ(outcome.exit_code, 1) << symbol;
    EXPECT_THAT(outcome.out, HasSubstr(what)) << symbol;
    EXPECT_THAT(outcome.out, HasSubstr("0x3fc00000")) << symbol;
  }
}

TEST(ValidateCommand, EveryModeArraysAndVectors) {
  const Scratch scratch;
  const Outcome outcome = validate(
      {"--lib", "libm.so.6", "--symbol", "expf", "--rounding", "nearest,up,down,zero", "--json"},
      scratch);
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const Json json = Json::parse(outcome.out);
  ASSERT_EQ(json["modes"].size(), 4U);
  for (const Json& mode : json["modes"]) EXPECT_LT(mode["max_ulp"], 1.01);
  auto arguments = defective("correct_array");
  arguments[5] = "void(const float*, float*, size_t)";
  EXPECT_EQ(validate(arguments, scratch).exit_code, 0);
  const Outcome vectors =
      validate({"--lib", "libmvec.so.1", "--symbol", "_ZGVbN4v_expf", "--max-ulp", "4"}, scratch);
  EXPECT_EQ(vectors.exit_code, 0) << vectors.err;
}

TEST(ValidateCommand, CompilesAHeader) {
  const Scratch scratch;
  const std::string header = scratch.file(
      "root.h", "#include <cmath>\ninline float root(float x) { return std::sqrt(x); }\n");
  const Outcome outcome =
      validate({"--header", header, "--target", "sqrt", "--json", "--max-ulp", "0.5"}, scratch);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(Json::parse(outcome.out)["misrounded"], 0);
}

TEST(ValidateCommand, WritesPagesAndCompares) {
  const Scratch scratch;
  const std::string html = (scratch.path() / "page.html").string();
  const std::string csv = (scratch.path() / "table.csv").string();
  const Outcome outcome = validate(
      {"--lib", "libm.so.6", "--symbol", "expf", "--json", "--html", html, "--csv", csv}, scratch);
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_GT(std::filesystem::file_size(html), 1000U);
  EXPECT_GT(std::filesystem::file_size(csv), 100U);
  const std::string report = scratch.file("a.json", outcome.out);
  const Outcome compared = run_program({{"validate", "--compare", report, report}, scratch.path()});
  EXPECT_EQ(compared.exit_code, 0) << compared.err;
  EXPECT_THAT(compared.out, HasSubstr("max_ulp"));
}

TEST(ValidateCommand, RefusesInOneLine) {
  const Scratch scratch;
  const std::string foreign = scratch.file("foreign.jsonl", "{\"kind\":\"something else\"}\n");
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{"--lib", "libnothing.so.9", "--symbol", "expf"}, "libnothing.so.9"},
      {{"--lib", "libm.so.6", "--symbol", "nothing_f", "--signature", "float(float)", "--target",
        "exp"},
       "exports no symbol nothing_f"},
      {{"--lib", "libm.so.6", "--symbol", "expf", "--signature", "double(double)"},
       "expf is float(float)"},
      {{"--lib", "libm.so.6", "--symbol", "signgam", "--signature", "float(float)", "--target",
        "exp"},
       "is no function"},
      {{"--lib", "libm.so.6", "--symbol", "expf", "--target", "nonsense"}, "nonsense"},
      {{"--lib", "libm.so.6", "--symbol", "significandf", "--signature", "float(float)"},
       "no target"},
      {{"--lib", "libm.so.6", "--symbol", "expf", "--domain=0,1e50"}, "reaches beyond"},
      {{"--lib", "libm.so.6", "--symbol", "expf", "--rounding", "sideways"}, "sideways"},
      {{"--lib", "libm.so.6", "--symbol", "expf", "--ulp-of", "thing"}, "thing"},
      {{"--lib", "libm.so.6", "--symbol", "expf", "--resume", foreign}, "foreign.jsonl"},
      {{"--lib", "libm.so.6", "--symbol", "expf", "--resume", "/no/such/place"}, "/no/such/place"},
      {{"--lib", "/etc/passwd", "--symbol", "expf"}, "/etc/passwd"},
      {{"--symbol", "expf"}, "--lib"},
  };
  for (const auto& [arguments, complaint] : cases) {
    std::vector<std::string> all = {"validate"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const Outcome outcome = run_program({all, scratch.path()});
    EXPECT_EQ(outcome.exit_code, 2) << complaint;
    EXPECT_EQ(outcome.out, "") << complaint;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr(complaint));
  }
}

TEST(ValidateCommand, AStopPrintsWhatWasEstablished) {
  const Scratch scratch;
  Call call{
      {"validate", "--lib", "libm.so.6", "--symbol", "tanf", "--json", "--quiet", "--threads", "1"},
      scratch.path()};
  call.signals = {SIGINT};
  const Outcome outcome = run_program(call);
  EXPECT_EQ(outcome.exit_code, 130) << outcome.err;
  const Json json = Json::parse(outcome.out);
  EXPECT_EQ(json["complete"], false);
}

}  // namespace
}  // namespace ulpforge::cli
