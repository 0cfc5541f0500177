// Settings from flags and files.
#include "runs/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "runs/machine_experiment.h"
#include "runs/run_start.h"
#include "runs/toml_characters.h"
#include "system/error.h"
#include "tests/scratch.h"

namespace ulpforge::runs {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Options set(std::string_view key, const std::string& text) {
  Options options;
  find_key(key).set(options, text);
  return options;
}

TEST(Key, ReadsOperationsByNameAndSymbol) {
  using enum ir::Op;
  EXPECT_EQ(set("operations", "+, sub,*,div,sqrt").operations,
            (std::vector{Add, Sub, Mul, Div, Sqrt}));
}

TEST(Key, ReadsLimits) {
  EXPECT_EQ(set("time", "1.5").time, 1.5);
  EXPECT_EQ(set("time", "inf").time, kInfinity);
  EXPECT_EQ(set("seed", "9223372036854775807").seed, 9223372036854775807U);
  EXPECT_EQ(set("threads", "256").threads, 256);
}

struct BadValue {
  std::string key;
  std::string text;
  std::string complaint;
};

void PrintTo(const BadValue& value, std::ostream* out) { *out << value.key << " = " << value.text; }

class BadValueTest : public testing::TestWithParam<BadValue> {};

TEST_P(BadValueTest, IsRefused) {
  const auto& [key, text, complaint] = GetParam();
  EXPECT_THAT([&] { set(key, text); }, ThrowsMessage<std::invalid_argument>(HasSubstr(complaint)));
}

INSTANTIATE_TEST_SUITE_P(
    All, BadValueTest,
    testing::Values(
        BadValue{"threads", "0", "1 to 256"}, BadValue{"threads", "-1", "1 to 256"},
        BadValue{"threads", "two", "not a number"}, BadValue{"threads", "2x", "not a number"},
        BadValue{"threads", "", "not a number"}, BadValue{"threads", "1e3", "not a number"},
        BadValue{"time", "-1", "positive"}, BadValue{"time", "nan", "positive"},
        BadValue{"time", "0", "positive"}, BadValue{"time", "1e999", "out of range"},
        BadValue{"seed", "-1", "0 to"}, BadValue{"seed", "99999999999999999999", "out of range"},
        BadValue{"evaluations", "0", "1 to"}, BadValue{"max_operations", "0", "1 to 24"},
        BadValue{"max_operations", "1000000000", "1 to 24"},
        BadValue{"operations", "+,%", "unknown operation '%'"},
        BadValue{"operations", "exp", "for targets"}, BadValue{"operations", "", "no operation"},
        BadValue{"operations", "+,add", "twice"}, BadValue{"metric", "rel", "unknown metric"},
        BadValue{"domain", "1,0", "reversed"}, BadValue{"domain", "0", "two ends"},
        BadValue{"target", " ", "empty"}, BadValue{"baselines", "1", "true nor false"}));

TEST(ReadOptions, TakesNumbersTextAndLists) {
  const Scratch scratch;
  const Options options =
      read_options(scratch.file("a.toml",
                                "# comment\ntarget = 'cos'\ndomain = [0, 1.5]\noperations = ['+', "
                                "\"mul\"]\ntime = 5\nseed = 7\n"));
  EXPECT_EQ(options.target, "cos");
  EXPECT_EQ(options.domain, (targets::Domain{0, 1.5, false, false}));
  EXPECT_EQ(options.operations, (std::vector{ir::Op::Add, ir::Op::Mul}));
  EXPECT_EQ(options.time, 5);
  EXPECT_EQ(options.seed, 7U);
  EXPECT_FALSE(options.metric);
}

TEST(ReadOptions, NamesFileLineAndKey) {
  const Scratch scratch;
  const auto refused = [&](const std::string& text, const std::string& complaint) {
    const std::string file = scratch.file("bad.toml", text);
    EXPECT_THAT([&] { read_options(file); },
                ThrowsMessage<system::BadRequest>(HasSubstr(file + complaint)));
  };
  refused("target = 'exp2'\nsede = 1\n", ":2:1: unknown key 'sede'; the keys are target, domain");
  refused("threads = 0\n", ":1:1: threads: 0 is out of range");
  refused("seed = 1.5\n", ":1:1: seed: '1.5' is not a number");
  refused("time = nan\n", ":1:1: time: nan is out of range");
  refused("[search]\nseed = 1\n", ":1:2: unknown key 'search'");
  refused("domain = [[0], 1]\n", ":1:1: domain: must be");
  refused("seed = 1979-05-27\n", ":1:1: seed: must be");
  refused("seed = \n", ":1:");
  refused("seed = 1\nseed = 2\n", ":2:");
  refused("# \u00e9\ntarget = 'exp2'\n3gL\u02cc\n", ":3: characters beyond ASCII");
  refused("target = 'exp2'\u00e9\n", ":1: characters beyond ASCII");
  refused("target = 'exp2\n\u00e9\n", ":2: characters beyond ASCII");
  refused("seed = 2r'\u00e9\n", ":1: characters beyond ASCII");
  refused(std::string("seed = 1 # \0\n", 13), ":1: characters beyond ASCII");
  refused("seed=481=-ew-3o 3#,\n", "");  // an assertion of the parser
  refused("seed = [[}\n", ":1: characters beyond ASCII belong in comments, braces");
  refused("\nseed = { a = 1 }\n", ":2: characters beyond ASCII belong in comments, braces");
  EXPECT_THAT([&] { read_options(scratch.path() / "none.toml"); },
              ThrowsMessage<system::BadRequest>(HasSubstr("none.toml")));
  EXPECT_THAT([&] { read_options(scratch.path()); },
              ThrowsMessage<system::BadRequest>(HasSubstr("not a regular file")));
}

TEST(ReadOptions, TakesCharactersBeyondAsciiInComments) {
  for (const std::string_view text :
       {"\ufeffx = 1", "# \u00fc \"\nx = 1", "x = \"\\\"{\"", "x = '}\\'", "x = '''\nu''{\n'''",
        "x = \"\"\"\nu\\\"\"\"\"\"\" # \u00fc"}) {
    EXPECT_EQ(line_of_stray_character(text), std::nullopt) << text;
    EXPECT_EQ(line_of_stray_character(std::string(text) + "\n\u00fc"),
              2 + std::count(text.begin(), text.end(), '\n'))
        << text;
  }
  for (const std::string_view text : {"y = 2\nx = '\u00fc'", "\nx = 1ge'='\u0451P",
                                      "x = '''\n\u00fc'''", "y = \"\"\"a\\\n\ufe7f\"\"\""}) {
    EXPECT_EQ(line_of_stray_character(text), 2) << text;
  }
}

TEST(TomlText, TablesNeedNames) {
  for (const std::string_view text :
       {"", "[a]", " [ \"b\" ]", "[[c]]", "[['d']]", "x = [[[1]]]", "x = [\n[[1]],\n[2]]\n[e-1]",
        "[]", "[", "# [[[", "\"\"\"\n[[[\n\"\"\""}) {
    EXPECT_EQ(line_of_nameless_table(text), std::nullopt) << text;
    for (const std::string_view bad : {"[[[a]]]", "[=]", " [\n]", "[[\t#", "[.a]", "[ [ ,"}) {
      EXPECT_EQ(line_of_nameless_table(std::string(bad) + "\n" + std::string(text)), 1)
          << bad << text;
    }
  }
  const Scratch scratch;
  EXPECT_THROW(read_options(scratch.file("a.toml", "target = \"exp2\"\n[[[\n")),
               system::BadRequest);
}

TEST(Merge, FlagsWinOverTheFile) {
  const Options merged = merge({.target = "exp2", .seed = 1}, {.seed = 2, .threads = 1});
  EXPECT_EQ(merged.target, "exp2");
  EXPECT_EQ(merged.seed, 2U);
  EXPECT_EQ(merged.threads, 1);
}

TEST(MakeExperiment, LimitsTimeUnlessEvaluationsDo) {
  EXPECT_EQ(make_experiment({.target = "exp2"}).search.seconds, 60);
  EXPECT_EQ(make_experiment({.target = "exp2", .evaluations = 10}).search.seconds, kInfinity);
  EXPECT_EQ(make_experiment({.target = "exp2", .time = 3, .evaluations = 10}).search.seconds, 3);
}

TEST(ToToml, ReadsBackToTheSameExperiment) {
  const Scratch scratch;
  Options options{.target = "log1p(exp(x))", .metric = targets::Metric::Absolute};
  options.domain = targets::parse_domain("(-pi/3,0.1]");
  options.operations = {ir::Op::Sqrt, ir::Op::Sub};
  options.max_operations = 9;
  options.seed = 123456789012345678;
  options.evaluations = 1000;
  options.baselines = false;
  const Experiment experiment = make_experiment(options);
  const std::string toml = to_toml(experiment);
  const Experiment again = make_experiment(read_options(scratch.file("config.toml", toml)));
  EXPECT_EQ(again.what, experiment.what);
  EXPECT_EQ(again.target.program, experiment.target.program);
  EXPECT_EQ(again.target.domain, experiment.target.domain);
  EXPECT_EQ(again.target.metric, experiment.target.metric);
  EXPECT_EQ(again.search.operations, experiment.search.operations);
  EXPECT_EQ(again.search.max_operations, experiment.search.max_operations);
  EXPECT_EQ(again.search.seed, experiment.search.seed);
  EXPECT_EQ(again.search.seconds, experiment.search.seconds);
  EXPECT_EQ(again.search.evaluations, experiment.search.evaluations);
  EXPECT_EQ(again.baselines, experiment.baselines);
  EXPECT_EQ(to_toml(again), toml);
}

TEST(ToToml, KeepsWhatProgramsSatisfy) {
  const Scratch scratch;
  Options options{.target = "sin(x)", .metric = targets::Metric::Absolute, .evaluations = 10};
  options.domain = targets::parse_domain("[-1,-0.125],[0.125,1]");
  options.weight = "1 + x^2";
  options.exact = {-0.5, 0.5};
  options.odd = true;
  options.monotone = true;
  options.constants = numbers::find_constant_format("f64");
  find_key("accuracy").set(options, "8bits");
  const Experiment experiment = make_experiment(options);
  EXPECT_EQ(experiment.search.accuracy, 0x1p-8);
  const std::string toml = to_toml(experiment);
  const Options read = read_options(scratch.file("config.toml", toml));
  EXPECT_EQ(read.weight, options.weight);
  EXPECT_EQ(read.domain, options.domain);
  EXPECT_EQ(read.exact, options.exact);
  EXPECT_EQ(read.odd, options.odd);
  EXPECT_EQ(read.monotone, options.monotone);
  EXPECT_EQ(read.constants, options.constants);
  EXPECT_EQ(read.accuracy, options.accuracy);
  EXPECT_EQ(to_toml(make_experiment(read)), toml);
  // As lists and numbers of the file, too.
  const Options listed = read_options(scratch.file("listed.toml",
                                                   "target = \"exp(x)\"\n"
                                                   "domain = [\"[2,3]\", \"[0,1]\"]\n"
                                                   "exact = [0, 1]\naccuracy = 1e-5\n"));
  EXPECT_EQ(listed.domain, targets::parse_domain("[0,1],[2,3]"));
  EXPECT_EQ(listed.exact, (std::vector{0.0, 1.0}));
  EXPECT_EQ(listed.accuracy->error, 1e-5);
}

TEST(ToToml, KeepsWhoseCyclesAreCounted) {
  const Scratch scratch;
  for (const std::string_view name : jit::processor_names()) {
    const std::string processor(name);
    EXPECT_NE(find_key("processor").help.find(processor), std::string::npos) << processor;
    const bool of_x86 = jit::has(*jit::find_processor(name), jit::Isa::Avx2);
    const MachineExperiment experiment = make_machine_experiment({.target = "exp2",
                                                                  .regime = Regime::F32,
                                                                  .isa = of_x86 ? "avx2" : "neon",
                                                                  .processor = processor});
    EXPECT_EQ(jit::name(experiment.search.processor), processor);
    const std::string toml = to_toml(experiment);
    const MachineExperiment again =
        make_machine_experiment(read_options(scratch.file("config.toml", toml)));
    EXPECT_EQ(again.search.processor, experiment.search.processor);
    EXPECT_EQ(again.search.isa, experiment.search.isa);
    EXPECT_EQ(to_toml(again), toml);
  }
}

TEST(ToToml, KeepsTheSchemesThatWereChosen) {
  const Scratch scratch;
  Options options;
  options.target = "sinh";
  options.schemes = {"compensated", "expm1"};
  const MachineExperiment experiment = make_machine_experiment(options);
  ASSERT_EQ(experiment.schemes.size(), 2U);
  EXPECT_EQ(experiment.schemes[0].name, "expm1");  // in the order of the table
  EXPECT_EQ(experiment.schemes[1].name, "compensated");
  const MachineExperiment again =
      make_machine_experiment(read_options(scratch.file("config.toml", to_toml(experiment))));
  EXPECT_EQ(again.schemes.size(), 2U);
  EXPECT_EQ(to_toml(again), to_toml(experiment));
}

TEST(Schemes, ANameMayStandForAllThatBeginLikeIt) {
  const auto chosen = [](const std::string& target, std::vector<std::string> schemes) {
    Options options;
    options.target = target;
    options.schemes = std::move(schemes);
    std::vector<std::string> names;
    for (const auto& scheme : make_machine_experiment(options).schemes) {
      names.emplace_back(scheme.name);
    }
    return names;
  };
  EXPECT_EQ(chosen("sinh", {"f64*"}), (std::vector<std::string>{"f64", "f64_odd"}));
  EXPECT_EQ(chosen("exp2", {"f64*"}), (std::vector<std::string>{"f64"}));
  EXPECT_EQ(chosen("sinh", {"f64", "c*"}), (std::vector<std::string>{"compensated", "f64"}));
  // Names of earlier versions.
  EXPECT_EQ(chosen("expm1", {"kept"}), (std::vector<std::string>{"compensated"}));
  EXPECT_EQ(chosen("expm1", {"kept*"}),
            (std::vector<std::string>{"compensated", "compensated_by_half"}));
  EXPECT_EQ(chosen("sin", {"double", "f64"}), (std::vector<std::string>{"mixed", "f64"}));
  EXPECT_EQ(chosen("sin", {"f64*"}), (std::vector<std::string>{"f64"}));
  EXPECT_EQ(chosen("exp", {"base2", "magic"}), (std::vector<std::string>{"shifter", "base2"}));
  EXPECT_EQ(chosen("log2", {"table_kept"}), (std::vector<std::string>{"table_exact"}));
  EXPECT_EQ(chosen("log2", {"table*"}), (std::vector<std::string>{"table", "table_exact"}));
}

TEST(ShortName, IsAnIdentifier) {
  EXPECT_EQ(short_name("exp2"), "exp2");
  EXPECT_EQ(short_name("log1p(exp(x))"), "log1p_exp_x");
  EXPECT_EQ(short_name("2*x"), "f_2_x");
  EXPECT_LE(short_name(std::string(500, 'a')).size(), 40U);
}

TEST(SettleBudget, MakesARunRepeatable) {
  std::uint64_t budget = 1000;
  double limit = 60;
  EXPECT_EQ(settle_budget("ulpforge search", 1000, 5, budget, limit), "# ulpforge search\n");
  EXPECT_EQ(budget, 1000U);
  EXPECT_EQ(limit, 60);
  EXPECT_EQ(settle_budget("ulpforge search", 0, 5, budget, limit), "# ulpforge search\n");
  EXPECT_EQ(budget, 1000U);
  EXPECT_THAT(settle_budget("ulpforge search", 400, 59.96, budget, limit),
              HasSubstr("# This run ended after 60.0 s (time = 60); what stands here, "));
  EXPECT_EQ(budget, 400U);
  EXPECT_EQ(limit, kInfinity);
}

TEST(StartRun, NamesTheRunAfterItsFileOrTheTargetThatTheFileLeavesOpen) {
  const Scratch scratch;
  SearchRequest request;
  request.file = scratch.file("sine.toml", "target = 'sin'\ndomain = '0,1'\n");
  EXPECT_EQ(start_run(request).directory, "runs/sine");
  request.file = scratch.file("f32.toml", "regime = 'f32'\n");
  request.flags.target = "exp2";
  EXPECT_EQ(start_run(request).directory, "runs/exp2_f32");
  request.out = "elsewhere";
  EXPECT_EQ(start_run(request).directory, "elsewhere");
}

TEST(ExperimentFiles, AreAllValid) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(EXPERIMENT_FILES)) {
    if (entry.path().extension() != ".toml" || entry.path().stem() == "ablations") continue;
    SCOPED_TRACE(entry.path());
    Options options = read_options(entry.path());
    if (entry.path().stem() == "f32") options.target = "exp2";  // of any function
    const Experiment experiment = make_experiment(options);
    EXPECT_TRUE(std::isfinite(experiment.search.seconds));
    ++files;
  }
  EXPECT_GE(files, 8);
}

}  // namespace
}  // namespace ulpforge::runs
