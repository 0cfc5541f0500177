// Requests that cannot be carried out: exit code 2, one line on standard error, nothing written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/cli/process.h"
#include "tests/scratch.h"

namespace ulpforge::cli {
namespace {

using testing::HasSubstr;

struct BadRequestCase {
  std::vector<std::string> arguments;
  std::string complaint;
};

/// The arguments may be long, or not printable.
void PrintTo(const BadRequestCase& request, std::ostream* out) { *out << request.complaint; }

class BadInputTest : public testing::TestWithParam<BadRequestCase> {};

TEST_P(BadInputTest, IsRefusedInOneLine) {
  const Scratch scratch;
  const Outcome outcome = run_program({GetParam().arguments, scratch.path()});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err.rfind("ulpforge: ", 0), 0U) << outcome.err;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr(GetParam().complaint));
  EXPECT_TRUE(scratch.empty());
}

/// A search that would end soon, were it not for `arguments`.
BadRequestCase bad_search(std::vector<std::string> arguments, std::string complaint) {
  std::vector<std::string> all = {"search", "--evaluations", "1000"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return {all, std::move(complaint)};
}

INSTANTIATE_TEST_SUITE_P(CommandLine, BadInputTest,
                         testing::Values(BadRequestCase{{}, "the commands are search"},
                                         BadRequestCase{{"serach"}, "serach"},
                                         BadRequestCase{{"--frobnicate"}, "--frobnicate"},
                                         BadRequestCase{{"search", "--frobnicate"}, "--frobnicate"},
                                         BadRequestCase{{"search", "--seed"}, "--seed"},
                                         BadRequestCase{{"search", "a.toml", "b.toml"}, "b.toml"},
                                         BadRequestCase{{"search"}, "--target"},
                                         BadRequestCase{{"show"}, "file"},
                                         BadRequestCase{{"baseline"}, "target"},
                                         BadRequestCase{{"targets", "--seed", "1"}, "--seed"}));

INSTANTIATE_TEST_SUITE_P(
    Search, BadInputTest,
    testing::Values(
        bad_search({"--target", "exp22"}, "exp22"),
        bad_search({"--target", "exp2(x", "--domain", "0,1"}, "column"),
        bad_search({"--target", "a\nb"}, "a"), bad_search({"--target", ""}, "--target"),
        bad_search({"--target", "sin(x)"}, "domain"),
        bad_search({"--target", "sin", "--regime", "f32", "--processor", "pentium"},
                   "unknown processor 'pentium'; give zen5 or golden-cove"),
        bad_search({"--target", "sinh", "--regime", "f32", "--schemes", "sum,bits"},
                   "'sinh' has no scheme 'bits'; it has "),
        bad_search({"--target", "sinh", "--regime", "f32", "--schemes", "f65*"},
                   "'sinh' has no scheme 'f65*'; it has "),
        bad_search({"--target", "sinh", "--regime", "f32", "--schemes", "sum,,kept"}, "empty name"),
        bad_search({"--target", "sinh", "--regime", "f32", "--schemes", "sum,sum"}, "listed twice"),
        bad_search({"--target", "exp", "--format-in", "bf16", "--format-out", "f16"},
                   "give format_in f32"),
        bad_search({"--target", "exp", "--regime", "bf16", "--format-in", "f16"},
                   "are two different formats"),
        bad_search({"--target", "exp", "--format-out", "f8e4m3"}, "has no infinities"),
        bad_search({"--target", "exp", "--ulp-of", "bf17"}, "unknown format 'bf17'"),
        bad_search({"--target", "exp", "--format-out", "bf16", "--ulp-of", "f16"},
                   "counted in ULP of bf16"),
        bad_search({"--target", "exp", "--regime", "real", "--ulp-of", "bf16"}, "the regime f32"),
        bad_search({"--target", "exp", "--regime", "f32", "--course", "fronts=64:3", "--seeds",
                    "1..2"},
                   "--seeds: a course is that of one search; leave --course"),
        bad_search({"--target", "exp", "--regime", "f32", "--course", "fronts=64:3", "--forms",
                    "scalar,avx2"},
                   "--forms: a course is that of one search; leave --course"),
        bad_search({"--target", "log", "--domain", "-1,1"}, "log"),
        bad_search({"--target", "exp2", "--domain", "1,0"}, "reversed"),
        bad_search({"--target", "exp2", "--domain", "1,1"}, "empty"),
        bad_search({"--target", "exp2", "--domain", "0,inf"}, "domain"),
        bad_search({"--target", "exp2", "--domain", "0,nan"}, "domain"),
        bad_search({"--target", "exp2", "--domain", "0,1/0"}, "finite"),
        bad_search({"--target", "exp2", "--domain", "zero,one"}, "domain"),
        bad_search({"--target", "exp2", "--domain", ""}, "domain"),
        bad_search({"--target", "exp2", "--metric", "rel"}, "metric"),
        bad_search({"--target", "exp2", "--operations", "+,foo"}, "foo"),
        bad_search({"--target", "exp2", "--operations", "exp"}, "exp"),
        bad_search({"--target", "exp2", "--operations", "rint"}, "rint"),
        bad_search({"--target", "exp2", "--max-operations", "0"}, "1 to 24"),
        bad_search({"--target", "exp2", "--max-operations", "99999999999"}, "1 to 24"),
        bad_search({"--target", "exp2", "--threads", "0"}, "threads"),
        bad_search({"--target", "exp2", "--threads", "-3"}, "threads"),
        bad_search({"--target", "exp2", "--threads", "1000000"}, "threads"),
        bad_search({"--target", "exp2", "--time", "-1"}, "time"),
        bad_search({"--target", "exp2", "--time", "nan"}, "time"),
        bad_search({"--target", "exp2", "--seed", "x"}, "seed"),
        bad_search({"--target", "exp2", "--evaluations", "2"}, "--evaluations"),
        bad_search({"--target", "exp2", "--out", "/proc/run"}, "/proc/run"),
        bad_search({"--target", "exp2", "--out", "/dev/null"}, "not a directory"),
        bad_search({"none.toml"}, "none.toml"), bad_search({"/dev/zero"}, "regular file"),
        bad_search({"."}, "regular file")));

INSTANTIATE_TEST_SUITE_P(
    Others, BadInputTest,
    testing::Values(BadRequestCase{{"baseline", "nothing"}, "nothing"},
                    BadRequestCase{{"baseline", "log", "--domain", "-1,1"}, "log"},
                    BadRequestCase{{"baseline", "exp2", "--max-operations", "-1"},
                                   "max-operations"},
                    BadRequestCase{{"show", "none"}, "none"},
                    BadRequestCase{{"show", "."}, "front.json"},
                    BadRequestCase{{"show", "/dev/zero"}, "regular file"}));

class BadFileTest : public testing::TestWithParam<BadRequestCase> {};

/// The case's arguments: command, file name, content.
TEST_P(BadFileTest, IsRefusedInOneLine) {
  const Scratch scratch;
  const Scratch empty;
  const auto& arguments = GetParam().arguments;
  const std::string file = scratch.file(arguments[1], arguments[2]);
  const Outcome outcome = run_program({{arguments[0], file}, empty.path()});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("ulpforge: " + file));
  EXPECT_THAT(outcome.err, HasSubstr(GetParam().complaint));
  EXPECT_TRUE(empty.empty());
}

INSTANTIATE_TEST_SUITE_P(
    All, BadFileTest,
    testing::Values(BadRequestCase{{"search", "a.toml", "target = 'exp2'\nsede = 1\n"},
                                   ":2:1: unknown key 'sede'"},
                    BadRequestCase{{"search", "a.toml", "target = 'exp2'\nseed = \n"}, ":2:"},
                    BadRequestCase{{"search", "a.toml", "target = 'exp22'\n"}, "exp22"},
                    BadRequestCase{{"search", "a.toml", ""}, "target"},
                    BadRequestCase{{"search", "a.toml", std::string("\0\xff\xfe", 3)}, ":1:"},
                    BadRequestCase{{"search", "a.toml", "a = " + std::string(100'000, '[')}, ":1:"},
                    BadRequestCase{{"show", "p.txt", "input x\nv0 = x ? 1\nreturn v0\n"}, "line 2"},
                    BadRequestCase{{"show", "p.txt", ""}, "p.txt"},
                    BadRequestCase{{"show", "p.txt", std::string("\0\xff\xfe", 3)}, "p.txt"},
                    BadRequestCase{{"show", "f.json", "{"}, "not the front.json"},
                    BadRequestCase{{"show", "f.json", std::string(1'000'000, '{')},
                                   "not the front.json"}));

TEST(OutputTest, FullStandardOutputIsAnError) {
  const Scratch scratch;
  const Outcome outcome =
      run_program({.arguments = {"-c", std::string(ULPFORGE_PROGRAM) + " ops >/dev/full"},
                   .directory = scratch.path(),
                   .program = "sh"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("standard output"));
}

}  // namespace
}  // namespace ulpforge::cli
