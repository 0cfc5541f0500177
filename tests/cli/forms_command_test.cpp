// Searches for several forms at once, and functions that have a program for each.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "tests/cli/process.h"
#include "tests/scratch.h"

namespace ulpforge::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

const std::string kExp2Run = FAMILY_RUNS "/exp2_f32.json";
const std::string kLogRun = FAMILY_RUNS "/log_f32.json";
const std::string kScalar = FAMILY_RUNS "/exp_scalar_f32.json";
const std::string kScalarFma = FAMILY_RUNS "/exp_scalar_fma_f32.json";

class Forms : public testing::Test {
 protected:
  Outcome call(std::vector<std::string> arguments) {
    return run_program({std::move(arguments), scratch_.path()});
  }
  void expect_refusal(const std::vector<std::string>& arguments, const std::string& words) {
    const Outcome outcome = call(arguments);
    EXPECT_EQ(outcome.exit_code, 2) << outcome.out;
    EXPECT_THAT(outcome.err, HasSubstr(words));
  }
  fs::path path(const std::string& name) const { return scratch_.path() / name; }
  std::string read(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  json programs_of(const std::string& run) const {
    json programs = json::parse(read(run + "/front.json")).at("programs");
    for (json& program : programs) {
      for (const char* measured : {"ns_per_element", "ratio_to_copy"}) program.erase(measured);
    }
    return programs;
  }

  Scratch scratch_;
};

/// On few floats, so that it takes no time to measure them all.
const std::vector<std::string> kSearch = {"search",   "--regime",  "f32",       "--target",
                                          "exp2",     "--schemes", "lookup128", "--domain",
                                          "1,1.0005", "--quiet"};

std::vector<std::string> with(std::vector<std::string> arguments,
                              const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

/// Each form's search is that of the form alone with its share of the evaluations.
TEST_F(Forms, EachIsSearchedAsIfAlone) {
  const Outcome set =
      call(with(kSearch, {"--forms", "scalar,scalar-fma", "--evaluations", "20", "--out", "set"}));
  ASSERT_EQ(set.exit_code, 0) << set.err;
  EXPECT_THAT(set.out, AllOf(HasSubstr("form scalar\n"), HasSubstr("form scalar-fma\n")));
  for (const std::string form : {"scalar", "scalar-fma"}) {
    const Outcome alone =
        call(with(kSearch, {"--isa", form, "--evaluations", "10", "--out", form}));
    ASSERT_EQ(alone.exit_code, 0) << alone.err;
    EXPECT_TRUE(programs_of("set/" + form) == programs_of(form)) << form;
    EXPECT_FALSE(programs_of(form).empty());
  }
  EXPECT_FALSE(programs_of("scalar") == programs_of("scalar-fma"));
  // A set that is at its end has nothing to go on with.
  const Outcome again = call({"search", "--resume", "set", "--quiet"});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(again.out, set.out);
  // Nor does it become another set.
  expect_refusal({"search", "--resume", "set", "--quiet", "--target", "log"},
                 "--resume goes on with a run as it was begun");
  expect_refusal(with(kSearch, {"--forms", "scalar", "--evaluations", "9", "--out", "set"}),
                 "already holds a run");

  expect_refusal({"merge", "set", "scalar", "-o", "both"}, "set/scalar");
  // Functions by tiers take any argument.
  expect_refusal({"emit", "set", "-o", "out"}, "only");
}

TEST_F(Forms, ASetIsEmittedAsOneFunction) {
  for (const char* form : {"scalar", "scalar-fma"}) fs::create_directories(path("set") / form);
  fs::copy(kScalar, path("set/scalar/front.json"));
  fs::copy(kScalarFma, path("set/scalar-fma/front.json"));
  scratch_.file("set/forms.json", R"({"forms": ["scalar", "scalar-fma", "avx2"], "done": []})");
  const Outcome emitted = call({"emit", "set", "-o", "out", "--select", "uf_expf_1u,uf_expf_cr"});
  ASSERT_EQ(emitted.exit_code, 0) << emitted.err;
  EXPECT_THAT(read("out/uf_expf_1u.h"),
              AllOf(HasSubstr("#if defined(UF_EXPF_1U_FMA)"), HasSubstr("of set/scalar,"),
                    HasSubstr("of set/scalar-fma,"), HasSubstr("270705 misrounded")));
  EXPECT_THAT(read("out/uf_expf_cr.h"), HasSubstr("the same bits in every form"));
  expect_refusal({"emit", "set", "-o", "out2", "--select", "uf_expf_9u"}, "it has uf_expf_cr");
  const Outcome family = call({"family", "set", "-o", "lib", "--sources-only"});
  ASSERT_EQ(family.exit_code, 0) << family.err;
  EXPECT_THAT(read("lib/ufmath.h"), HasSubstr(" *   scalar: 0.501744 ULP, 270705 of 2^32"));
  EXPECT_TRUE(fs::exists(path("lib/tests/uf_expf_cr_0.h")));
}

TEST_F(Forms, RefusesWhatTheyCannotBe) {
  expect_refusal(with(kSearch, {"--forms", "scalar,mmx"}), "unknown form 'mmx'");
  expect_refusal(with(kSearch, {"--forms", "scalar,scalar"}), "twice");
  expect_refusal(with(kSearch, {"--forms", "scalar", "--isa", "avx2"}), "--isa");
  expect_refusal(with(kSearch, {"--forms", "scalar,avx2", "--time", "inf"}), "--evaluations");
  expect_refusal({"search", "--target", "exp2", "--forms", "scalar"}, "--regime f32");
  EXPECT_TRUE(fs::is_empty(scratch_.path()));
  fs::create_directory(path("set"));
  scratch_.file("set/forms.json", "{\"forms\": 3}");
  expect_refusal({"search", "--resume", "set"}, "set/forms.json");
  scratch_.file("set/forms.json", "{\"forms\": [\"scalar\"], \"done\": []}");
  expect_refusal({"emit", "set", "-o", "out"}, "--resume set");
}

TEST_F(Forms, SeveralRunsAreEmittedTogether) {
  const Outcome each = call({"emit", kExp2Run, kLogRun, "-o", "out"});
  ASSERT_EQ(each.exit_code, 0) << each.err;
  EXPECT_TRUE(fs::exists(path("out/uf_exp2f_1u.h")));
  EXPECT_TRUE(fs::exists(path("out/uf_logf_1u_test.cpp")));
  const Outcome same = call({"emit", kExp2Run, kLogRun, "-o", "same", "--same-bits"});
  ASSERT_EQ(same.exit_code, 0) << same.err;
  EXPECT_THAT(same.out, HasSubstr("One program for all forms costs"));
  EXPECT_EQ(read("same/uf_logf_1u.h").find("_FMA)"), std::string::npos);
  expect_refusal({"emit", kExp2Run, "-o", "one", "--same-bits"}, "one program for all forms");
}

}  // namespace
}  // namespace ulpforge::cli
