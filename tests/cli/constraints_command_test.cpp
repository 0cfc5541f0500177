// Weights, intervals and constraints as a user asks for them: what the run says, and what becomes
// of it in the other commands.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "ir/evaluate.h"
#include "ir/text.h"
#include "tests/cli/process.h"
#include "tests/scratch.h"

namespace ulpforge::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;

std::string content_of(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> search(std::vector<std::string> arguments, const std::string& out) {
  const std::vector<std::string> all = {"search", "--max-operations",
                                        "6",      "--evaluations",
                                        "200000", "--seed",
                                        "3",      "--quiet",
                                        "--out",  out};
  arguments.insert(arguments.begin(), all.begin(), all.end());
  return arguments;
}

TEST(Constraints, AreSaidByTheRunAndProvenAgain) {
  const Scratch scratch;
  const Outcome outcome = run_program(
      {search({"--target", "sin(x)", "--domain", "[-1,-0.125],[0.125,1]", "--metric", "absolute",
               "--weight", "1+x^2", "--odd", "--monotone", "--constants", "f32"},
              "run"),
       scratch.path()});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out,
              HasSubstr("sin(x) on [-1,-0.125],[0.125,1], absolute error times 1+x^2"));
  const json front = json::parse(content_of(scratch.path() / "run/front.json"));
  EXPECT_EQ(front.at("domain"), "[-1,-0.125],[0.125,1]");
  EXPECT_EQ(front.at("weight"), "1+x^2");
  EXPECT_EQ(front.at("parity"), "odd");
  EXPECT_EQ(front.at("monotone"), true);
  EXPECT_EQ(front.at("constants"), "f32");
  ASSERT_GE(front.at("programs").size(), 2U);
  for (const json& each : front.at("programs")) {
    EXPECT_TRUE(each.at("bound").is_number());
    const ir::Program program = ir::parse(each.at("text").get<std::string>());
    double largest = 0;
    double last = -1;
    for (int i = 0; i <= 2000; ++i) {
      const double x = 0.125 + 0.875 * i / 2000;
      const double y = ir::evaluate(program, x);
      EXPECT_EQ(ir::evaluate(program, -x), -y);
      EXPECT_GE(y, last);
      last = y;
      largest = std::max(largest, (1 + x * x) * std::abs(y - std::sin(x)));
    }
    EXPECT_NEAR(largest, each.at("max_error").get<double>(),
                1e-3 * each.at("max_error").get<double>() + 1e-15);
    EXPECT_GE(each.at("bound").get<double>(), largest - 1e-15);
  }
  const std::string header =
      content_of(scratch.path() / "run/sin_x_on_m1_to_m0p125_and_0p125_to_1.h");
  for (const char* part : {"absolute error times 1+x^2", "odd by its form", "monotone",
                           "constants are numbers of f32", "sin_x_5_on_m1"}) {
    EXPECT_THAT(header, HasSubstr(part));
  }
  const Outcome shown = run_program({{"show", "run"}, scratch.path()});
  EXPECT_THAT(shown.out, HasSubstr("every program: odd by its form"));
  const Outcome proven = run_program({{"prove", "run"}, scratch.path()});
  EXPECT_EQ(proven.exit_code, 0) << proven.err;
  const Outcome checked = run_program({{"check", "run/programs/5.cert.json"}, scratch.path()});
  EXPECT_EQ(checked.exit_code, 0) << checked.err;
  EXPECT_THAT(checked.out, HasSubstr("p is monotone, rising"));
  const Outcome page = run_program({{"report", "run", "-o", "page.html"}, scratch.path()});
  EXPECT_EQ(page.exit_code, 0) << page.err;
}

TEST(Constraints, AProgramThatBreaksThemIsNotProven) {
  const Scratch scratch;
  ASSERT_EQ(
      run_program({search({"--target", "exp", "--exact", "0"}, "run"), scratch.path()}).exit_code,
      0);
  EXPECT_EQ(run_program({{"prove", "run"}, scratch.path()}).exit_code, 0);
  json front = json::parse(content_of(scratch.path() / "run/front.json"));
  for (json& each : front["programs"]) {
    each["text"] = ir::print([&] {
      ir::Program program = ir::parse(each["text"].get<std::string>());
      for (numbers::DoubleDouble& constant : program.constants) {
        constant = constant.hi * (1 + 0x1p-40);
      }
      return program;
    }());
  }
  scratch.file("run/front.json", front.dump());
  const Outcome broken = run_program({{"prove", "run"}, scratch.path()});
  EXPECT_EQ(broken.exit_code, 1);
  EXPECT_THAT(broken.err, HasSubstr("the program is not exact at 0"));
}

TEST(Constraints, BelongToWhatMergedRunsShare) {
  const Scratch scratch;
  const std::vector<std::string> sine = {"--target", "sin(x)", "--domain=-1,1", "--metric",
                                         "absolute"};
  std::vector<std::string> odd = sine;
  odd.push_back("--odd");
  ASSERT_EQ(run_program({search(sine, "free"), scratch.path()}).exit_code, 0);
  ASSERT_EQ(run_program({search(odd, "odd"), scratch.path()}).exit_code, 0);
  const Outcome merged = run_program({{"merge", "free", "odd", "-o", "both"}, scratch.path()});
  EXPECT_EQ(merged.exit_code, 2);
  EXPECT_THAT(merged.err, HasSubstr("what programs satisfy is"));
  EXPECT_EQ(run_program({{"merge", "odd", "-o", "one"}, scratch.path()}).exit_code, 0);
  EXPECT_EQ(json::parse(content_of(scratch.path() / "one/front.json")).at("parity"), "odd");
}

TEST(Constraints, OfBaselinesLeaveOutWhatBreaksThem) {
  const Scratch scratch;
  const auto methods = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments = {"baseline",         "sin", "--domain=-1,1", "--json",
                                          "--max-operations", "5"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome outcome = run_program({arguments, scratch.path()});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return json::parse(outcome.out).at("baselines");
  };
  const json all = methods({});
  const json odd = methods({"--odd"});
  EXPECT_LT(odd.size(), all.size());
  for (const json& each : odd) {
    const ir::Program program = ir::parse(each.at("text").get<std::string>());
    EXPECT_EQ(ir::evaluate(program, -0.7), -ir::evaluate(program, 0.7));
  }
}

TEST(Accuracy, IsShownFirstAndCanFail) {
  const Scratch scratch;
  const Outcome outcome =
      run_program({{"search", "--target", "exp(-x)", "--domain", "0,1", "--constants", "fixed:2.14",
                    "--accuracy", "8bits", "--quiet", "--out", "run", "--time", "40"},
                   scratch.path()});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(outcome.out.starts_with("accuracy 8bits (error at most 0.00391): the cheapest"))
      << outcome.out;
  const json front = json::parse(content_of(scratch.path() / "run/front.json"));
  const std::string wanted = front.at("wanted");
  bool seen = false;
  for (const json& each : front.at("programs")) {
    if (std::to_string(each.at("ops").get<int>()) != wanted) {
      EXPECT_TRUE(seen || each.at("max_error").get<double>() > 0x1p-8);
      continue;
    }
    seen = true;
    EXPECT_LE(each.at("bound").get<double>(), 0x1p-8);
    for (const json& constant : each.at("constants")) {
      const double scaled = constant.at(0).get<double>() * 0x1p14;
      EXPECT_EQ(scaled, std::floor(scaled));
      EXPECT_LT(std::abs(scaled), 0x1p15 + 1);
    }
  }
  EXPECT_TRUE(seen);
  const Outcome failed =
      run_program({search({"--target", "exp", "--accuracy", "30digits"}, "far"), scratch.path()});
  EXPECT_EQ(failed.exit_code, 1);
  EXPECT_THAT(failed.out, HasSubstr("no program of accuracy 30digits"));
}

TEST(FloatConstraints, HoldFromEachFloatToTheNext) {
  const Scratch scratch;
  const Outcome outcome =
      run_program({{"search", "--regime", "f32", "--target", "exp", "--domain",
                    "[-0.5,-0.48],[1,1.01]", "--exact", "1", "--monotone", "--schemes", "none",
                    "--evaluations", "60", "--quiet", "--out", "run"},
                   scratch.path()});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const json front = json::parse(content_of(scratch.path() / "run/front.json"));
  EXPECT_EQ(front.at("exact"), json::array({1.0}));
  EXPECT_EQ(front.at("monotone"), true);
  EXPECT_GE(front.at("programs").size(), 1U);
  const Outcome proven = run_program({{"prove", "run"}, scratch.path()});
  EXPECT_EQ(proven.exit_code, 0) << proven.err;
}

/// 16 bits are 128 ULP of a float. The search ends by itself, long before its time.
TEST(FloatAccuracy, IsTheCheapestProgramThatHasIt) {
  const Scratch scratch;
  const auto search = [](std::vector<std::string> more) {
    std::vector<std::string> all = {"search",   "--regime", "f32",       "--target",  "exp",
                                    "--domain", "[1,1.01]", "--schemes", "none",      "--quiet",
                                    "--out",    "run",      "--force",   "--threads", "2"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  const Outcome outcome =
      run_program({search({"--accuracy", "16bits", "--evaluations", "1000000"}), scratch.path()});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(outcome.out.starts_with("accuracy 16bits (at most 128 ULP): the cheapest"))
      << outcome.out;
  const json front = json::parse(content_of(scratch.path() / "run/front.json"));
  EXPECT_LT(front.at("evaluations"), 100000);
  bool seen = false;
  for (const json& program : front.at("programs")) {
    const bool wanted = program.at("name") == front.at("wanted");
    seen = seen || wanted;
    EXPECT_EQ(program.at("max_ulp") <= 128, seen) << program.at("name");
  }
  EXPECT_TRUE(seen);
  // No program of so few evaluations is rounded correctly everywhere.
  const Outcome failed = run_program(
      {search({"--accuracy", "0.5", "--evaluations", "10", "--no-prove"}), scratch.path()});
  EXPECT_EQ(failed.exit_code, 1);
  EXPECT_TRUE(failed.out.starts_with("no program of accuracy 0.5 (at most 0.5 ULP)"));
}

}  // namespace
}  // namespace ulpforge::cli
