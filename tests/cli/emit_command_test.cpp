// ulpforge emit: what it writes, and what it refuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "runs/front.h"
#include "tests/cli/process.h"
#include "tests/runs/sample_front.h"
#include "tests/scratch.h"

namespace ulpforge::cli {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Two programs of a search over floats.
runs::Json machine_front(const std::string& domain) {
  const char* const text = "input x: f32\nn = rint(x)\none = 1\ny = scalef(one, n)\nreturn y\n";
  runs::Json json = {{"version", "1.2.3"},
                     {"regime", "f32"},
                     {"target", "exp2"},
                     {"expression", "exp2(x)"},
                     {"domain", domain},
                     {"seed", 7},
                     {"command", "ulpforge search exp2.toml"}};
  json["programs"] = runs::Json::array();
  for (const char* name : {"uf_exp2f_1u", "uf_exp2f_4u"}) {
    json["programs"].push_back({{"name", name},
                                {"scheme", "scalef"},
                                {"max_ulp", 0.81234567},
                                {"worst_input", "0x3f000001"},
                                {"misrounded", 1234},
                                {"above_one_ulp", 0},
                                {"cost_throughput", nullptr},
                                {"text", text}});
  }
  return json;
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Emit : public testing::Test {
 protected:
  void write_run(const runs::Json& front) { scratch_.file("front.json", runs::to_text(front)); }

  Outcome emit(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"emit", "."});
    return run_program({arguments, scratch_.path()});
  }

  fs::path out(const std::string& name) const { return scratch_.path() / "out" / name; }

  Scratch scratch_;
};

TEST_F(Emit, WritesHeaderTestAndBenchmarkOfEachProgram) {
  write_run(machine_front("all"));
  const Outcome outcome = emit({"-o", "out"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(read(out("uf_exp2f_1u.h")),
              AllOf(HasSubstr("static inline float uf_exp2f_1u(float x)"),
                    HasSubstr("static inline void uf_exp2f_1u_n("), HasSubstr("0.812346 ULP"),
                    HasSubstr("1234 inputs"), HasSubstr("every float"), HasSubstr("seed 7"),
                    HasSubstr("ulpforge search exp2.toml")));
  EXPECT_THAT(read(out("uf_exp2f_1u_test.cpp")),
              AllOf(HasSubstr("claim_of_calls = {0.812346, 1234, 0};"),
                    HasSubstr("claim_of_arrays = {0.812346, 1234, 0};"), HasSubstr("mpfr_exp2")));
  EXPECT_THAT(read(out("uf_exp2f_4u_bench.cpp")), HasSubstr("exp2f"));
  EXPECT_EQ(std::distance(fs::directory_iterator(scratch_.path() / "out"), {}), 6);
}

TEST_F(Emit, SaysWhatIsCorrectlyRounded) {
  runs::Json front = machine_front("all");
  for (runs::Json& program : front["programs"]) program["inputs"] = 4294967296;
  front["programs"][1]["max_ulp"] = 0.5;
  front["programs"][1]["misrounded"] = 0;
  write_run(front);
  EXPECT_EQ(emit({"-o", "out"}).exit_code, 0);
  EXPECT_THAT(read(out("uf_exp2f_1u.h")), Not(HasSubstr("correctly rounded")));
  EXPECT_THAT(read(out("uf_exp2f_4u.h")), HasSubstr("0.500000 ULP, correctly rounded."));
}

TEST_F(Emit, SelectsProgramsAndSaysWhereTheyHold) {
  write_run(machine_front("[-1,1]"));
  EXPECT_EQ(emit({"-o", "out", "--select", "uf_exp2f_4u"}).exit_code, 0);
  EXPECT_FALSE(fs::exists(out("uf_exp2f_1u.h")));
  EXPECT_THAT(read(out("uf_exp2f_4u.h")), HasSubstr("[-1,1]; elsewhere the result means nothing"));
  EXPECT_THAT(read(out("uf_exp2f_4u_test.cpp")), HasSubstr("x >= -0x1p+0 && x <= 0x1p+0"));
  const Outcome unknown = emit({"-o", "other", "--select", "uf_logf"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("no program 'uf_logf'; it has uf_exp2f_1u, uf_exp2f_4u"));
  EXPECT_FALSE(fs::exists(scratch_.path() / "other"));
}

TEST_F(Emit, TakesRunsOverRealNumbers) {
  write_run(runs::to_json(runs::sample_front()));
  EXPECT_EQ(emit({"-o", "out", "--select", "2"}).exit_code, 0);
  EXPECT_THAT(read(out("exp2_on_0_to_1.h")),
              AllOf(HasSubstr("double exp2_2_on_0_to_1(double x)"), Not(HasSubstr("exp2_3"))));
}

TEST_F(Emit, WritesOtherLanguages) {
  write_run(runs::to_json(runs::sample_front()));
  const std::vector<std::pair<const char*, const char*>> expected = {
      {"c", "static inline double exp2_2_on_0_to_1(double x)"},
      {"rust", "pub fn exp2_2_on_0_to_1(x: f64) -> f64"},
      {"python", "def exp2_2_on_0_to_1(x):"},
      {"glsl", "double exp2_2_on_0_to_1(double x)"}};
  for (const auto& [language, line] : expected) {
    const Outcome outcome = emit({"-o", "out", "--language", language, "--force"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    const std::string file = outcome.out.substr(0, outcome.out.find('\n'));
    EXPECT_THAT(read(scratch_.path() / file), HasSubstr(line)) << file;
  }
  const Outcome unknown = emit({"-o", "out", "--language", "basic"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("python"));
}

TEST_F(Emit, GivesFunctionsTheNameThatIsAskedFor) {
  write_run(runs::to_json(runs::sample_front()));
  EXPECT_EQ(emit({"-o", "out", "--name", "mine"}).exit_code, 0);
  EXPECT_THAT(read(out("mine.h")), HasSubstr("double mine_2(double x)"));
  EXPECT_EQ(emit({"-o", "one", "--name", "mine", "--select", "2"}).exit_code, 0);
  EXPECT_THAT(read(scratch_.path() / "one" / "mine.h"), HasSubstr("double mine(double x)"));
  const Outcome bad = emit({"-o", "out", "--name", "2x", "--force"});
  EXPECT_EQ(bad.exit_code, 2);
  EXPECT_THAT(bad.err, HasSubstr("_2x"));
  EXPECT_EQ(emit({"-o", "advised", "--name", "_2x"}).exit_code, 0);
}

/// Two intervals, two files for different processors: nothing hides anything else.
TEST_F(Emit, HeadersOfDifferentIntervalsAndProcessorsLiveTogether) {
  runs::Front front = runs::sample_front();
  write_run(runs::to_json(front));
  ASSERT_EQ(emit({"-o", "out", "--select", "2"}).exit_code, 0);
  front.domain = targets::parse_domain("-1/2,1/2");
  front.programs.front().program.constants.front().hi += 1;
  write_run(runs::to_json(front));
  ASSERT_EQ(emit({"-o", "out", "--select", "2"}).exit_code, 0);
  scratch_.file("a.cpp",
                "#include \"out/exp2_on_0_to_1.h\"\n#include \"out/exp2_on_m0p5_to_0p5.h\"\n"
                "double other();\n"
                "int main() { return exp2_2_on_0_to_1(0.25) != exp2_2_on_m0p5_to_0p5(0.25) &&"
                " other() == exp2_2_on_0_to_1(0.25) ? 0 : 1; }\n");
  scratch_.file("b.cpp",
                "#include \"out/exp2_on_0_to_1.h\"\n"
                "double other() { return exp2_2_on_0_to_1(0.25); }\n");
  const std::vector<std::vector<std::string>> commands = {
      {"-std=c++17", "-Wall", "-Wextra", "-Werror", "-march=haswell", "-c", "b.cpp", "-o", "b.o"},
      {"-std=c++17", "-Wall", "-Wextra", "-Werror", "a.cpp", "b.o", "-o", "use"}};
  for (const auto& arguments : commands) {
    const Outcome outcome = run_program({arguments, scratch_.path(), {}, {}, "c++"});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  }
  EXPECT_EQ(
      run_program({.arguments = {}, .directory = scratch_.path(), .program = "./use"}).exit_code,
      0);
}

TEST_F(Emit, ReplacesNothingUnlessForced) {
  write_run(machine_front("all"));
  fs::create_directory(scratch_.path() / "out");
  scratch_.file("out/uf_exp2f_4u.h", "mine");
  const Outcome refused = emit({"-o", "out"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("uf_exp2f_4u.h"), HasSubstr("--force")));
  EXPECT_EQ(read(out("uf_exp2f_4u.h")), "mine");
  EXPECT_FALSE(fs::exists(out("uf_exp2f_1u.h")));
  EXPECT_EQ(emit({"-o", "out", "--force"}).exit_code, 0);
  EXPECT_THAT(read(out("uf_exp2f_4u.h")), HasSubstr("ULP"));
}

TEST_F(Emit, SaysWhatHasNoFastVariant) {
  write_run(machine_front("all"));
  const Outcome outcome = emit({"-o", "out", "--fast", "--select", "uf_exp2f_4u"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.err, HasSubstr("uf_exp2f_4u: nothing to leave out"));
  EXPECT_TRUE(fs::exists(out("uf_exp2f_4u.h")));
  EXPECT_FALSE(fs::exists(out("uf_exp2f_4u_fast.h")));
}

TEST_F(Emit, BadRunsLeaveNothing) {
  runs::Json bad_name = machine_front("all");
  bad_name["programs"][1]["name"] = "../evil";
  runs::Json bad_program = machine_front("all");
  bad_program["programs"][1]["text"] = "input x: f32\nv = x +\nreturn v";
  runs::Json bad_target = machine_front("all");
  bad_target["expression"] = "exp2(";
  runs::Json empty = machine_front("all");
  empty["programs"] = runs::Json::array();
  for (const runs::Json& front : {bad_name, bad_program, bad_target, empty, runs::Json(3)}) {
    write_run(front);
    const Outcome outcome = emit({"-o", "out"});
    EXPECT_EQ(outcome.exit_code, 2) << front;
    EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
    EXPECT_FALSE(fs::exists(scratch_.path() / "out")) << front;
  }
  scratch_.file("a_file", "");
  write_run(machine_front("all"));
  EXPECT_EQ(emit({"-o", "a_file"}).exit_code, 2);
}

}  // namespace
}  // namespace ulpforge::cli
