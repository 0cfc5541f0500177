// ulpforge family and ulpforge bench: what they write, and what they refuse.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "runs/front.h"
#include "tests/cli/process.h"
#include "tests/runs/sample_front.h"
#include "tests/runs/sample_machine_front.h"
#include "tests/scratch.h"

namespace ulpforge::cli {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string kExp2 = FAMILY_RUNS "/exp2_f32.json";
const std::string kLog = FAMILY_RUNS "/log_f32.json";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Family : public testing::Test {
 protected:
  Outcome call(std::vector<std::string> arguments) {
    return run_program({std::move(arguments), scratch_.path()});
  }
  void expect_refusal(const std::vector<std::string>& arguments, const std::string& words) {
    const Outcome outcome = call(arguments);
    EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr(words));
    EXPECT_EQ(outcome.out, "");
  }
  fs::path path(const std::string& name) const { return scratch_.path() / name; }

  Scratch scratch_;
};

TEST_F(Family, WritesSources) {
  const Outcome outcome = call({"family", "-o", "lib", "--sources-only", kExp2, kLog});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(
      outcome.out,
      AllOf(HasSubstr("uf_exp2f_1u, uf_exp2f_4u, uf_exp2f_64u, uf_exp2f_r11, uf_exp2f "),
            HasSubstr("uf_logf_4u, uf_logf_64u, uf_logf_r11 "),
            HasSubstr("uf_logf_cr (correctly rounded)"), HasSubstr("No run of: exp, exp10")));
  EXPECT_THAT(read(path("lib/ufmath.h")),
              AllOf(HasSubstr("float uf_exp2f_4u(float x)"), HasSubstr("uf_logf_n("),
                    Not(HasSubstr("uf_sinf"))));
  EXPECT_THAT(read(path("lib/functions/uf_logf_1u.h")), HasSubstr("every float"));
  EXPECT_THAT(read(path("lib/tests/uf_logf_4u_test.cpp")), HasSubstr("mpfr_log"));
  const runs::Json manifest = runs::Json::parse(read(path("lib/family.json")));
  EXPECT_EQ(manifest.at("functions").size(), 3U);
  // Nothing of the making is left.
  EXPECT_EQ(std::distance(fs::directory_iterator(scratch_.path()), {}), 1);
}

TEST_F(Family, TakesTheShelfOfTheDirectoryWhereNoRunIsGiven) {
  const fs::path shelf = fs::path(FAMILY_RUNS) / "../../functions";
  fs::create_directories(path("functions"));
  fs::copy(shelf / "shelf.json", path("functions/shelf.json"));
  fs::copy(shelf / "log2", path("functions/log2"), fs::copy_options::recursive);
  fs::copy(shelf / "tanh_bf16", path("functions/tanh_bf16"), fs::copy_options::recursive);
  const Outcome outcome = call({"family", "-o", "lib", "--sources-only", "--json"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  const runs::Json functions = runs::Json::parse(outcome.out).at("functions");
  EXPECT_EQ(functions.at(0).at("name"), "uf_log2f_cr");
  std::set<std::string> names;
  for (const runs::Json& function : functions) names.insert(function.at("function"));
  EXPECT_EQ(names, (std::set<std::string>{"log2", "tanh_bf16"}));
  scratch_.file("functions/log2/cr/stray.txt", "");
  expect_refusal({"family", "-o", "lib2", "--sources-only"}, "no certificate");
}

TEST_F(Family, PutsNothingIntoADirectoryThatIsNotEmpty) {
  fs::create_directory(path("lib"));
  scratch_.file("lib/mine", "precious");
  expect_refusal({"family", "-o", "lib", "--sources-only", kExp2}, "--force");
  EXPECT_FALSE(fs::exists(path("lib/ufmath.h")));
  EXPECT_EQ(call({"family", "-o", "lib", "--sources-only", "--force", kExp2, kLog}).exit_code, 0);
  EXPECT_TRUE(fs::exists(path("lib/functions/log.cpp")));
  // What an earlier family had goes, what is not a family's stays.
  EXPECT_EQ(call({"family", "-o", "lib", "--sources-only", "--force", kExp2}).exit_code, 0);
  EXPECT_FALSE(fs::exists(path("lib/functions/log.cpp")));
  EXPECT_EQ(read(path("lib/mine")), "precious");
  expect_refusal({"family", "-o", "lib/mine", "--sources-only", "--force", kExp2}, "no directory");
}

TEST_F(Family, RefusesWhatCannotBeInAFamily) {
  const std::string real =
      scratch_.file("real.json", runs::to_text(runs::to_json(runs::sample_front())));
  expect_refusal({"family", "-o", "lib", "--sources-only", real}, "run over real numbers");
  runs::MachineFront interval = runs::sample_machine_front();
  const std::string narrow = scratch_.file("narrow.json", runs::to_text(runs::to_json(interval)));
  expect_refusal({"family", "-o", "lib", "--sources-only", narrow}, "[-0.125,0.125] only");
  expect_refusal({"family", "-o", "lib", kExp2, "--compiler", "no-such-compiler"},
                 "'no-such-compiler' does not run");
  expect_refusal({"family", "-o", "lib", kExp2, "--same-bits", "--isa", "mmx"},
                 "unknown instruction set 'mmx'");
  expect_refusal({"family", "-o", "lib", kExp2, "--isa", "avx2"}, "give --same-bits with it");
  expect_refusal({"family", "-o", "lib", kExp2, "--processor", "pentium"},
                 "unknown processor 'pentium'");
  expect_refusal({"family", "-o", "lib", "no-such-run"}, "no-such-run");
  EXPECT_FALSE(fs::exists(path("lib")));
}

TEST_F(Family, ABuildThatFailsLeavesNothing) {
  scratch_.file("failing", "#!/bin/sh\nexit 1\n");
  scratch_.file("version", "");
  // A compiler that says its version and does nothing else.
  scratch_.file("half", "#!/bin/sh\n[ \"$1\" = --version ] && echo half 1.0 && exit 0\nexit 1\n");
  fs::permissions(path("half"), fs::perms::owner_all);
  const Outcome outcome = call({"family", "-o", "lib", kExp2, "--compiler", path("half").string()});
  EXPECT_EQ(outcome.exit_code, 1) << outcome.err;
  EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
  EXPECT_FALSE(fs::exists(path("lib")));
}

TEST_F(Family, BenchTimesARun) {
  const Outcome outcome =
      call({"bench", kExp2, "--against", "glibc,libmvec", "--compiler", "c++", "--forms", "plain",
            "--flags", "-O1", "--flags", "-O2 -march=native", "--samples", "20000", "--json",
            "b.json", "--svg", "b.svg"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("uf_exp2f_1u"), HasSubstr("glibc (exp2)"),
                    HasSubstr("libmvec (exp2)"), HasSubstr("at a sample of the inputs")));
  runs::Json rows = runs::Json::parse(read(path("b.json"))).at("rows");
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[3].at("code"), "_ZGVbN4v_exp2f of libmvec.so.1");
  EXPECT_GT(rows[3].at("error").at("max_ulp").get<double>(), 0.5);
  rows.erase(3);
  for (const runs::Json& row : rows) {
    EXPECT_EQ(row.at("wrong_values").size(), 0U);
    EXPECT_GT(row.at("ns_per_element").get<double>(), 0);
    EXPECT_GT(row.at("latency_ns").get<double>(), 0);
    EXPECT_LE(row.at("error").at("max_ulp").get<double>(), 0.8784);
    EXPECT_GT(row.at("error").at("max_ulp").get<double>(), 0.45);
  }
  EXPECT_EQ(rows[0].at("flags"), "-O1");
  EXPECT_EQ(rows[1].at("same_bits_as_first"), true);
  EXPECT_GT(rows[1].at("ratios").at("glibc").get<double>(), 0);
  EXPECT_GT(rows[1].at("ratio_to_fastest").at("ratio").get<double>(), 0);
  EXPECT_THAT(read(path("b.svg")), AllOf(HasSubstr("<svg xmlns"), HasSubstr("glibc")));
}

TEST_F(Family, BenchRefusesPeersThatAreNotThere) {
  const auto refuse = [&](const std::string& against, const std::string& why) {
    expect_refusal({"bench", kExp2, "--compiler", "c++", "--forms", "plain", "--against", against,
                    "--flags", "-O1 -nostdinc"},
                   why);
  };
  refuse("mkl", "unknown library 'mkl'; there are glibc, libmvec");
  // With these flags no compiler finds headers.
  refuse("glibc,xsimd", "xsimd: not installed; Debian's libxsimd-dev has it");
  refuse("library:libm.so.6:f:1", "lacks {f}");
  refuse("library:libm.so.6:{f}f:3", "'3' is no number of lanes");
  refuse("library:./none.so:{f}f:1", "./none.so: cannot open");
  refuse("library:libm.so.6:no_{f}:1", "has none of no_exp2");
  refuse("library:libm.so.6:{f}f:4", "exp2f takes single floats, and not vectors of 4 floats");
  refuse("library:libm.so.6:{f}f:8", "vectors of 8 floats stand beside none of --forms plain");
}

TEST_F(Family, FastVariantsAreThereAndTimed) {
  runs::Json front = runs::Json::parse(read(kExp2));
  runs::Json program = front.at("programs").at(0);
  program["text"] =
      "input x: f32\nlow = -152\nx0 = max(low, x)\nn = rint(x0)\none = 1\n"
      "y = scalef(one, n)\nreturn y\n";
  front["programs"] = runs::Json::array({program});
  std::ofstream(path("clamped.json")) << front;
  ASSERT_EQ(call({"family", "-o", "lib", "--sources-only", "--fast", "clamped.json"}).exit_code, 0);
  EXPECT_THAT(read(path("lib/ufmath.h")),
              AllOf(HasSubstr("float uf_exp2f_1u_fast(float x)"),
                    HasSubstr("float uf_exp2f_fast(float x)"), HasSubstr("void uf_exp2f_fast_n(")));
  EXPECT_THAT(read(path("lib/functions/exp2_preload.cpp")), Not(HasSubstr("_fast")));
  for (const std::string source : {"clamped.json", "lib"}) {
    const Outcome outcome = call({"bench", source, "--fast", "--against", "glibc", "--compiler",
                                  "c++", "--forms", "plain", "--flags", "-O1", "--samples", "20000",
                                  "--select", "uf_exp2f_1u_fast", "--json", "b.json"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_THAT(outcome.out,
                HasSubstr("*: of a fast variant, at normal inputs with normal results"));
    const runs::Json rows = runs::Json::parse(read(path("b.json"))).at("rows");
    ASSERT_EQ(rows.size(), 3U) << source;
    EXPECT_EQ(rows[1].at("name"), rows[0].at("name").get<std::string>() + "_fast");
    EXPECT_GE(rows[1].at("normal_inputs_up_to").get<double>(), 1000);
    EXPECT_LE(rows[1].at("error").at("max_ulp").get<double>(),
              rows[0].at("error").at("max_ulp").get<double>());
  }
}

/// No C library has a sigmoidf, but one that had would be asked for by that name.
TEST_F(Family, BenchAsksLibrariesForWhatCLacks) {
  runs::Json front = runs::Json::parse(read(kExp2));
  front["target"] = "sigmoid";
  front["expression"] = "1/(1 + exp(-x))";
  std::ofstream(path("sigmoid.json")) << front;
  const Outcome outcome = call({"bench", "sigmoid.json", "--against", "glibc", "--compiler", "c++",
                                "--forms", "plain", "--flags", "-O1", "--skip-accuracy"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("glibc: has no sigmoidf"));
}

TEST_F(Family, BenchRefusals) {
  expect_refusal({"bench", kExp2, "--against", "mkl"}, "unknown library 'mkl'");
  expect_refusal({"bench", kExp2, "--forms", "1024"}, "unknown form '1024'");
  ASSERT_EQ(call({"family", "-o", "lib", "--sources-only", kExp2}).exit_code, 0);
  expect_refusal({"bench", "lib", "--fast"},
                 "has no fast variants; 'ulpforge family --fast' makes them");
  expect_refusal({"bench", kExp2, "--compiler", "no-such-compiler"}, "does not run");
  expect_refusal({"bench", kExp2, "--select", "uf_sinf_1u"}, "has none of uf_sinf_1u");
  expect_refusal(
      {"bench", kExp2, "--compiler", "c++", "--forms", "plain", "--flags", "-O2 -ffast-math"},
      "-ffast-math and its parts change this arithmetic");
}

TEST_F(Family, BenchTakesAPackage) {
  ASSERT_EQ(call({"family", "-o", "lib", "--sources-only", kExp2, kLog}).exit_code, 0);
  const Outcome outcome =
      call({"bench", "lib", "--against", "glibc", "--compiler", "c++", "--forms", "plain",
            "--flags", "-O2", "--select", "uf_logf_4u", "--skip-accuracy"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("uf_logf_4u"), Not(HasSubstr("uf_logf_1u"))));
}

}  // namespace
}  // namespace ulpforge::cli
