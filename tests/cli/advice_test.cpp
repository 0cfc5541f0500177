// Every refusal's own advice, followed: what the message says would be right is accepted.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "runs/front.h"
#include "tests/cli/process.h"
#include "tests/runs/sample_front.h"
#include "tests/scratch.h"

namespace ulpforge::cli {
namespace {

using Arguments = std::vector<std::string>;

struct Refusal {
  const char* name;
  Arguments refused;
  const char* advice;  ///< part of the message
  Arguments advised;   ///< that follows it
};

void PrintTo(const Refusal& refusal, std::ostream* out) { *out << refusal.name; }

/// Searches end at once.
Arguments search(Arguments arguments) {
  const Arguments all = {"search",     "--evaluations", "2000", "--no-baselines",
                         "--no-prove", "--out",         "new",  "--max-operations",
                         "2",          "--quiet"};
  arguments.insert(arguments.begin(), all.begin(), all.end());
  return arguments;
}

Arguments search_f32(Arguments arguments) {
  const Arguments all = {"search",   "--regime",  "f32",   "--evaluations", "20",     "--no-prove",
                         "--domain", "1.09,1.11", "--out", "new",           "--quiet"};
  arguments.insert(arguments.begin(), all.begin(), all.end());
  return arguments;
}

/// Of one scheme, each of which has a search for its kernel.
Arguments search_exp(Arguments arguments) {
  arguments.insert(arguments.begin(), {"--target", "exp", "--schemes", "scalef"});
  return search_f32(arguments);
}

Arguments validate(Arguments arguments) {
  const Arguments all = {"validate", "--lib", "libm.so.6", "--audit", "100", "--quiet"};
  arguments.insert(arguments.begin(), all.begin(), all.end());
  return arguments;
}

const Arguments kIntoUsed = {"search", "--target",       "exp",        "--evaluations",
                             "2000",   "--no-baselines", "--no-prove", "--max-operations",
                             "2",      "--quiet",        "--out",      "used"};
const Arguments kIntoUsedByForce = [] {
  Arguments arguments = kIntoUsed;
  arguments.push_back("--force");
  return arguments;
}();

const std::vector<Refusal> kRefusals = {
    {"MisspeltTarget", search({"--target", "exp2x"}), "did you mean 'exp2'",
     search({"--target", "exp2"})},
    {"ExpressionWithoutDomain", search({"--target", "exp(x)"}), "needs a domain, such as 0,1",
     search({"--target", "exp(x)", "--domain", "0,1"})},
    {"ConstantTarget", search({"--target", "2", "--domain", "0,1"}), "needs x, such as exp(x)",
     search({"--target", "exp(x)", "--domain", "0,1"})},
    {"ReversedDomain", search({"--target", "exp", "--domain", "1,0"}), "write [0,1]",
     search({"--target", "exp", "--domain", "[0,1]"})},
    {"OneEnd", search({"--target", "exp", "--domain", "0"}), "such as 0,1 or (0, pi/2]",
     search({"--target", "exp", "--domain", "(0, pi/2]"})},
    {"UnknownMetric", search({"--target", "exp", "--metric", "rel"}),
     "give relative, absolute, ulp_f32 or ulp_f64",
     search({"--target", "exp", "--metric", "ulp_f32"})},
    {"PoleInside", search({"--target", "1/x", "--domain=-1,1"}),
     "not finite at x = 0; choose a domain without it",
     search({"--target", "1/x", "--domain=1/2,1"})},
    {"FallsTooFast", search({"--target", "exp(-1/x)", "--domain", "(0,1]", "--metric", "relative"}),
     "use the metric absolute",
     search({"--target", "exp(-1/x)", "--domain", "(0,1]", "--metric", "absolute"})},
    {"NoOperation", search({"--target", "exp", "--operations", ""}), "programs may use",
     search({"--target", "exp", "--operations", "+,-,*,/"})},
    {"OperationOfTargets", search({"--target", "exp", "--operations", "+,exp"}), "programs may use",
     search({"--target", "exp", "--operations", "+ - * /"})},
    {"UnknownFitting", search({"--target", "exp", "--fitting", "newton"}), "give lm, cmaes or none",
     search({"--target", "exp", "--fitting", "none"})},
    {"NoTime", search({"--target", "exp", "--time", "0"}), "or inf for no limit",
     search({"--target", "exp", "--time", "inf"})},
    {"UnknownRegime", search({"--target", "exp", "--regime", "f64"}),
     "give real, f32 or a short format", search({"--target", "exp", "--regime", "real"})},
    {"MetricOfFloats", search_exp({"--metric", "absolute"}), "leave it out with regime f32",
     search_exp({})},
    {"UnknownScheme", search_f32({"--target", "exp", "--schemes", "kept2"}), "it has scalef",
     search_f32({"--target", "exp", "--schemes", "scalef"})},
    {"NoRangeReduction",
     Arguments{"search", "--regime", "f32", "--target", "exp(x)*x", "--out", "new"},
     "give the interval with --domain", search_f32({"--target", "exp(x)*x"})},
    {"UnknownIsa", search_f32({"--target", "exp", "--isa", "mmx"}),
     "scalar, scalar-fma, generic, sse2, avx2, avx512", search_exp({"--isa", "avx2"})},
    {"UnknownProcessor", search_f32({"--target", "exp", "--processor", "8086"}), "golden-cove",
     search_exp({"--processor", "golden-cove"})},
    {"UsedDirectory", kIntoUsed, "--force to replace it", kIntoUsedByForce},
    {"WeightThatVanishes", search({"--target", "exp", "--weight", "abs(x-0.5)"}),
     "abs(abs(x-0.5))+0.01", search({"--target", "exp", "--weight", "abs(abs(x-0.5))+0.01"})},
    {"ConstantWeight", search({"--target", "exp", "--weight", "3"}), "such as 1/(1+x^2)",
     search({"--target", "exp", "--weight", "1/(1+x^2)"})},
    {"InfiniteOfSeveral", search({"--target", "exp", "--domain", "[0,1],[2,inf]"}),
     "each has two finite ends", search({"--target", "exp", "--domain", "[0,1],[2,3]"})},
    {"ExactOutside", search({"--target", "exp", "--exact", "2"}), "give points of it",
     search({"--target", "exp", "--exact", "1"})},
    {"ExactOfWords", search({"--target", "exp", "--exact", "one"}), "such as 0,1 or pi/2",
     search({"--target", "exp", "--exact", "0,1"})},
    {"OddOnOneSide", search({"--target", "sin", "--odd"}), "give [-1,1]",
     search({"--target", "sin", "--odd", "--domain", "[-1,1]"})},
    {"OddOfEven", search({"--target", "cos", "--odd", "--domain=-1,1"}), "ask for even",
     search({"--target", "cos", "--even", "--domain=-1,1"})},
    {"OddAndEven", search({"--target", "sin", "--odd", "--even", "--domain=-1,1"}),
     "give one of them", search({"--target", "sin", "--odd", "--domain=-1,1"})},
    {"MonotoneOfWave", search({"--target", "sin", "--monotone", "--domain", "0,3"}),
     "a domain on one side", search({"--target", "sin", "--monotone", "--domain", "0,1.5"})},
    {"UnknownConstants", search({"--target", "exp", "--constants", "fixed"}), "such as fixed:2.14",
     search({"--target", "exp", "--constants", "fixed:2.14"})},
    {"ZeroBetweenConstants",
     search({"--target", "sin", "--domain", "1,4", "--metric", "relative", "--constants", "bf16"}),
     "give the metric absolute",
     search({"--target", "sin", "--domain", "1,4", "--metric", "absolute", "--constants", "bf16"})},
    {"UnknownAccuracy", search({"--target", "exp", "--accuracy", "good"}), "or 8bits, or 6digits",
     search({"--target", "exp", "--accuracy", "1bits"})},
    {"BitsOfUlp", search({"--target", "exp", "--metric", "ulp_f32", "--accuracy", "8bits"}),
     "or the metric relative",
     search({"--target", "exp", "--metric", "relative", "--accuracy", "1bits"})},
    {"AccuracyBeyondFloats", search_exp({"--accuracy", "30bits"}), "give at most 24bits",
     search_exp({"--accuracy", "1bits"})},
    {"ExactBetweenConstants", search({"--target", "exp", "--exact", "0,1", "--constants", "bf16"}),
     "leave that point or constants out",
     search({"--target", "exp", "--exact", "0", "--constants", "bf16"})},
    {"ExactOnLine", search({"--target", "atan(x)", "--domain=-inf,inf", "--exact", "0"}),
     "give a domain with finite ends",
     search({"--target", "atan(x)", "--domain=-1,1", "--exact", "0"})},
    {"ExactBetweenFloats", search_f32({"--target", "exp", "--exact", "1.1"}), "give 1.10000002384",
     search_exp({"--exact", "1.10000002384185791015625"})},
    {"WeightOfFloats", search_f32({"--target", "exp", "--weight", "x"}),
     "leave it out with regime f32", search_exp({})},
    {"SeveralOfAMeasurement", validate({"--symbol", "expf", "--domain", "[1,1.001],[2,2.001]"}),
     "give [1,1.001]", validate({"--symbol", "expf", "--domain", "[1,1.001]"})},
    {"UnknownRounding",
     validate({"--symbol", "expf", "--domain", "1,1.001", "--rounding", "nearly"}),
     "there are nearest, up, down and zero",
     validate({"--symbol", "expf", "--domain", "1,1.001", "--rounding", "zero"})},
    {"UnknownSignature",
     validate({"--symbol", "expf", "--domain", "1,1.001", "--signature", "double"}),
     "there are float(float)",
     validate({"--symbol", "expf", "--domain", "1,1.001", "--signature", "float(float)"})},
    {"NameWithoutTarget",
     validate({"--symbol", "significandf", "--domain", "1,1.001", "--signature", "float(float)"}),
     "give --target",
     validate({"--symbol", "significandf", "--domain", "1,1.001", "--signature", "float(float)",
               "--target", "x"})},
    {"FastOfRealRun",
     {"emit", "used", "-o", "out", "--fast"},
     "it is for f32 runs",
     {"emit", "used", "-o", "out"}},
    {"UnknownLanguage",
     {"emit", "used", "-o", "out", "--language", "fortran"},
     "python",
     {"emit", "used", "-o", "out", "--language", "python"}},
    {"NoIdentifier",
     {"emit", "used", "-o", "out", "--name", "2x"},
     "_2x is one",
     {"emit", "used", "-o", "out", "--name", "_2x"}},
    {"UnknownProgram",
     {"emit", "used", "-o", "out", "--select", "9"},
     "it has 2, 3",
     {"emit", "used", "-o", "out", "--select", "3"}},
};

class Advice : public testing::TestWithParam<Refusal> {};

TEST_P(Advice, IsAccepted) {
  const Refusal& refusal = GetParam();
  const Scratch scratch;
  std::filesystem::create_directory(scratch.path() / "used");
  scratch.file("used/front.json", runs::to_text(runs::to_json(runs::sample_front())));
  const Outcome refused = run_program({refusal.refused, scratch.path()});
  EXPECT_EQ(refused.exit_code, 2) << refused.err;
  EXPECT_EQ(std::ranges::count(refused.err, '\n'), 1) << refused.err;
  EXPECT_THAT(refused.err, testing::HasSubstr(refusal.advice));
  const Outcome followed = run_program({refusal.advised, scratch.path()});
  // A check may fail, or a search find nothing, but the request is a good one.
  EXPECT_THAT(followed.exit_code, testing::AnyOf(0, 1)) << followed.err;
}

INSTANTIATE_TEST_SUITE_P(Refusals, Advice, testing::ValuesIn(kRefusals),
                         [](const auto& refusal) { return refusal.param.name; });

}  // namespace
}  // namespace ulpforge::cli
