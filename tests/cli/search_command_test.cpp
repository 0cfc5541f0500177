// Searches as a user starts them: what they leave behind, and that they can be repeated.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/cli/process.h"
#include "tests/scratch.h"

namespace ulpforge::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;

/// Enough for a few programs, little enough for a test.
const std::vector<std::string> kShort = {
    "search",        "--target", "exp2",           "--max-operations", "6",
    "--evaluations", "100000",   "--no-baselines", "--seed",           "3"};

std::vector<std::string> with(std::vector<std::string> arguments,
                              const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

std::string read(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// front.json without the time it took.
json front_of(const fs::path& run) {
  json front = json::parse(read(run / "front.json"));
  front.erase("seconds");
  return front;
}

TEST(Search, LeavesACompleteRun) {
  const Scratch scratch;
  const Outcome outcome = run_program({kShort, scratch.path()});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const fs::path run = scratch.path() / "runs" / "exp2";
  EXPECT_THAT(outcome.out, HasSubstr("exp2(x) on [0,1], relative error"));

  const json front = json::parse(read(run / "front.json"));
  for (const char* key : {"target", "expression", "domain", "regime", "metric", "seed",
                          "evaluations", "seconds", "programs"}) {
    EXPECT_TRUE(front.contains(key)) << key;
  }
  EXPECT_GE(front.at("evaluations"), 100000);
  ASSERT_GE(front.at("programs").size(), 2U);
  int last_operations = -1;
  double last_error = std::numeric_limits<double>::infinity();
  for (const json& program : front.at("programs")) {
    const int operations = program.at("ops");
    EXPECT_GT(operations, last_operations);
    EXPECT_LT(program.at("max_error").get<double>(), last_error);
    last_operations = operations;
    last_error = program.at("max_error");
    EXPECT_TRUE(fs::exists(run / "programs" / (std::to_string(operations) + ".txt")));
    EXPECT_THAT(read(run / "exp2_on_0_to_1.h"),
                HasSubstr("double exp2_" + std::to_string(operations) + "_on_0_to_1("));
  }
  std::ifstream log(run / "log.jsonl");
  int lines = 0;
  for (std::string line; std::getline(log, line); ++lines) {
    const json state = json::parse(line);
    for (const char* key :
         {"seconds", "evaluations", "fits", "fits_per_second", "duplicates", "best_error"}) {
      EXPECT_TRUE(state.contains(key)) << key;
    }
  }
  EXPECT_GE(lines, 1);
  for (const auto& entry : fs::recursive_directory_iterator(run)) {
    EXPECT_EQ(entry.path().string().find(".tmp"), std::string::npos) << entry.path();
  }
}

TEST(Search, DoesNotDependOnThreads) {
  const Scratch scratch;
  ASSERT_EQ(
      run_program({with(kShort, {"--threads", "1", "--out", "one"}), scratch.path()}).exit_code, 0);
  ASSERT_EQ(
      run_program({with(kShort, {"--threads", "2", "--out", "two"}), scratch.path()}).exit_code, 0);
  EXPECT_EQ(front_of(scratch.path() / "one"), front_of(scratch.path() / "two"));
}

TEST(Search, IsReplayedByItsConfig) {
  const Scratch scratch;
  ASSERT_EQ(run_program({with(kShort, {"--out", "one", "--domain", "(0, pi/4]"}), scratch.path()})
                .exit_code,
            0);
  ASSERT_EQ(run_program({{"search", "one/config.toml", "--out", "two"}, scratch.path()}).exit_code,
            0);
  EXPECT_EQ(front_of(scratch.path() / "one"), front_of(scratch.path() / "two"));
}

TEST(Search, IsReplayedWhenItEndedByTime) {
  const Scratch scratch;
  ASSERT_EQ(run_program({{"search", "--target", "exp2", "--time", "2", "--max-operations", "5",
                          "--no-baselines", "--out", "one"},
                         scratch.path()})
                .exit_code,
            0);
  ASSERT_EQ(run_program({{"search", "one/config.toml", "--out", "two"}, scratch.path()}).exit_code,
            0);
  EXPECT_EQ(front_of(scratch.path() / "one"), front_of(scratch.path() / "two"));
}

TEST(Search, PrintsNothingButJsonWithJson) {
  const Scratch scratch;
  const Outcome outcome = run_program({with(kShort, {"--json", "--quiet"}), scratch.path()});
  ASSERT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.out, read(scratch.path() / "runs" / "exp2" / "front.json"));
}

TEST(Search, ReplacesARunOnlyWhenForced) {
  const Scratch scratch;
  ASSERT_EQ(run_program({with(kShort, {"--out", "run"}), scratch.path()}).exit_code, 0);
  const std::string front = read(scratch.path() / "run" / "front.json");
  const Outcome refused = run_program({with(kShort, {"--out", "run"}), scratch.path()});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("--force"));
  EXPECT_EQ(read(scratch.path() / "run" / "front.json"), front);
  const Outcome forced =
      run_program({{"search", "--target", "log2", "--max-operations", "3", "--evaluations", "20000",
                    "--no-baselines", "--out", "run", "--force"},
                   scratch.path()});
  EXPECT_EQ(forced.exit_code, 0) << forced.err;
  EXPECT_FALSE(fs::exists(scratch.path() / "run" / "exp2_on_0_to_1.h"));
  EXPECT_TRUE(fs::exists(scratch.path() / "run" / "log2_on_1_to_2.h"));
  EXPECT_FALSE(fs::exists(scratch.path() / "run" / "programs" / "6.txt"));
}

TEST(Search, ComparesWithBaselines) {
  const Scratch scratch;
  const Outcome outcome = run_program({{"search", "--target", "exp2", "--max-operations", "4",
                                        "--evaluations", "50000", "--json", "--quiet"},
                                       scratch.path()});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const json programs = json::parse(outcome.out).at("programs");
  ASSERT_FALSE(programs.empty());
  EXPECT_TRUE(programs.back().at("best_baseline").at("method").is_string());
}

TEST(Search, TakesAnExpression) {
  const Scratch scratch;
  const Outcome outcome =
      run_program({{"search", "--target", "-x + log1p(exp(x))", "--domain", "-1,1",
                    "--max-operations", "3", "--evaluations", "20000", "--no-baselines"},
                   scratch.path()});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(fs::exists(scratch.path() / "runs" / "x_log1p_exp_x"));
}

class CompilerTest : public testing::TestWithParam<std::string> {};

TEST_P(CompilerTest, TakesTheHeaderAndRefusesFastMath) {
  const std::string compiler = GetParam();
  const Scratch scratch;
  if (run_program({{"--version"}, scratch.path(), {}, {}, compiler}).exit_code != 0) {
    GTEST_SKIP() << compiler << " is not here";
  }
  ASSERT_EQ(run_program({with(kShort, {"--out", "run"}), scratch.path()}).exit_code, 0);
  scratch.file("use.cpp",
               "#include \"run/exp2_on_0_to_1.h\"\nint main() { return exp2_3_on_0_to_1(0.5) > 1 ? "
               "0 : 1; }\n");
  const std::vector<std::string> flags = {"-std=c++17", "-O2",          "-Wall",   "-Wextra",
                                          "-Wpedantic", "-Wconversion", "-Werror", "use.cpp",
                                          "-o",         "use"};
  const Outcome plain = run_program({flags, scratch.path(), {}, {}, compiler});
  EXPECT_EQ(plain.exit_code, 0) << plain.err;
  EXPECT_EQ(
      run_program({.arguments = {}, .directory = scratch.path(), .program = "./use"}).exit_code, 0);
  const Outcome fast =
      run_program({with(flags, {"-ffast-math"}), scratch.path(), {}, {}, compiler});
  EXPECT_NE(fast.exit_code, 0);
  EXPECT_THAT(fast.err, HasSubstr("fast-math"));
}

INSTANTIATE_TEST_SUITE_P(All, CompilerTest, testing::Values("g++", "clang++-19"));

TEST(Interruption, KeepsTheFront) {
  const Scratch scratch;
  for (const int signal : {SIGINT, SIGTERM}) {
    const std::string out = "run" + std::to_string(signal);
    const Outcome outcome = run_program({.arguments = {"search", "--target", "exp2", "--time", "50",
                                                       "--no-baselines", "--out", out},
                                         .directory = scratch.path(),
                                         .signals = {signal},
                                         .beginning = out + "/config.toml"});
    EXPECT_EQ(outcome.exit_code, 130) << outcome.err;
    EXPECT_GE(front_of(scratch.path() / out).at("programs").size(), 2U);
    EXPECT_THAT(outcome.out, HasSubstr("exp2(x) on [0,1]"));
  }
}

TEST(Interruption, SecondSignalAborts) {
  const Scratch scratch;
  const Outcome outcome =
      run_program({{"search", "--target", "exp2", "--time", "50", "--out", "run"},
                   scratch.path(),
                   {SIGINT, SIGINT},
                   std::chrono::milliseconds(20)});
  EXPECT_EQ(outcome.exit_code, 130);
}

}  // namespace
}  // namespace ulpforge::cli
