// The commands that only look.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "runs/front.h"
#include "tests/cli/process.h"
#include "tests/runs/sample_front.h"
#include "tests/scratch.h"

namespace ulpforge::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

Outcome run_in_scratch(const std::vector<std::string>& arguments) {
  const Scratch scratch;
  const Outcome outcome = run_program({arguments, scratch.path()});
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_TRUE(scratch.empty());
  return outcome;
}

TEST(Show, PrintsARun) {
  const Scratch scratch;
  scratch.file("front.json", runs::to_text(runs::to_json(runs::sample_front())));
  const Outcome of_run = run_in_scratch({"show", scratch.path().string()});
  EXPECT_THAT(of_run.out, AllOf(HasSubstr("max error"), HasSubstr("polynomial minimax (Horner)"),
                                HasSubstr("-3 / (x - 3.5)"), HasSubstr("return v1")));
  const Outcome of_file = run_in_scratch({"show", (scratch.path() / "front.json").string()});
  EXPECT_EQ(of_file.out, of_run.out);
}

TEST(Show, PrintsAndMeasuresAProgram) {
  const Scratch scratch;
  const std::string file = scratch.file("p.txt", "# a line\ninput x\nv0 = x + 1\nreturn v0\n");
  EXPECT_THAT(run_in_scratch({"show", file}).out,
              AllOf(HasSubstr("1 operation, 1 constant"), HasSubstr("  x + 1\n")));
  // 1 + x against 2^x on [0, 1] is worst where d/dx (1 + x) 2^-x = 0, at x = 1 / log(2) - 1.
  EXPECT_THAT(run_in_scratch({"show", file, "--target", "exp2"}).out,
              AllOf(HasSubstr("6.148e-02"), HasSubstr("x = 0.442695")));
}

TEST(Show, BearsAnythingThatParses) {
  const Scratch scratch;
  const std::string file = scratch.file("p.txt", "input x\nv0 = x / 0\nv1 = exp(v0)\nreturn v1\n");
  EXPECT_THAT(run_in_scratch({"show", file}).out, HasSubstr("exp(x / 0)"));
}

TEST(Targets, AreListed) {
  EXPECT_THAT(run_in_scratch({"targets"}).out, HasSubstr("exp2(x)"));
  EXPECT_GT(nlohmann::json::parse(run_in_scratch({"targets", "--json"}).out).size(), 17U);
}

TEST(Ops, AreListed) {
  EXPECT_THAT(run_in_scratch({"ops"}).out, HasSubstr("std::sqrt"));
  const auto json = nlohmann::json::parse(run_in_scratch({"ops", "--json"}).out);
  EXPECT_EQ(json.at(1).at("symbol"), "+");
}

TEST(Baselines, AreListed) {
  const std::vector<std::string> arguments = {"baseline",         "exp2", "--domain", "0,1",
                                              "--max-operations", "4"};
  EXPECT_THAT(run_in_scratch(arguments).out, AllOf(HasSubstr("polynomial"), HasSubstr("*")));
  std::vector<std::string> as_json = arguments;
  as_json.emplace_back("--json");
  const auto json = nlohmann::json::parse(run_in_scratch(as_json).out);
  EXPECT_EQ(json.at("target"), "exp2");
  EXPECT_GE(json.at("baselines").size(), 2U);
}

TEST(Help, IsThereForAll) {
  EXPECT_THAT(run_in_scratch({"--version"}).out, HasSubstr("ulpforge "));
  const std::string manual = run_in_scratch({"manual"}).out;
  const std::vector<std::string> scripts = {run_in_scratch({"completions", "bash"}).out,
                                            run_in_scratch({"completions", "zsh"}).out,
                                            run_in_scratch({"completions", "fish"}).out};
  // The commands as the program lists them: an indented name, then what it does.
  const std::string help = run_in_scratch({"--help"}).out;
  const std::regex row(R"(\n  ([a-z]+) +\S)");
  std::vector<std::string> commands;
  const std::string listed = help.substr(help.find("Subcommands:"));
  for (std::sregex_iterator at(listed.begin(), listed.end(), row), end; at != end; ++at) {
    commands.push_back((*at)[1]);
  }
  EXPECT_THAT(commands, testing::IsSupersetOf({"search", "baseline", "emit", "show", "report",
                                               "merge", "prove", "check", "targets", "ops"}));
  for (const std::string& command : commands) {
    const std::string text = run_in_scratch({command, "--help"}).out;
    EXPECT_THAT(text, testing::ContainsRegex("Examples?: ulpforge " + command));
    EXPECT_THAT(manual, HasSubstr(".SS ulpforge " + command));
    // Every option has a description, in the manual too, and is completed.
    const std::regex option(R"(\n  (?:-\w,)?--([-a-z0-9]+)([^\n]*)\n( {10,}\S)?)");
    for (std::sregex_iterator at(text.begin(), text.end(), option), end; at != end; ++at) {
      const std::string rest = (*at)[2];
      EXPECT_TRUE((*at)[3].matched || rest.find("  ") != std::string::npos)
          << command << ' ' << *at->begin();
      std::string name = (*at)[1];
      for (const std::string& script : scripts) EXPECT_THAT(script, HasSubstr(name)) << command;
      for (auto dash = name.find('-'); dash != std::string::npos; dash = name.find('-', dash + 2)) {
        name.insert(dash, "\\");
      }
      EXPECT_THAT(manual, HasSubstr(name)) << command;
    }
  }
}

}  // namespace
}  // namespace ulpforge::cli
