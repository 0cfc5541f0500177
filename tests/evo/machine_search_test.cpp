// The search over f32 programs, on one binade so that it takes seconds.
#include "evo/machine_search.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <stop_token>

#include "evo/constant_rounding.h"
#include "evo/kernel.h"
#include "evo/kernel_mutation.h"
#include "evo/zero_factor.h"
#include "ir/expression.h"
#include "ir/interpret.h"
#include "ir/text.h"
#include "targets/exact/reference.h"
#include "targets/exact/ulp.h"

namespace ulpforge::evo {
namespace {

const targets::Domain kBinade{0.5, 1.0, false, true};

targets::FloatReference exp2_reference() {
  return {ir::parse_expression("exp2(x)"), targets::floats_of(kBinade)};
}

MachineResult run(const targets::FloatReference& reference, int threads, std::uint64_t seed,
                  std::uint64_t children = 1500) {
  const std::vector<targets::Scheme> schemes = {
      targets::whole_function(targets::make_target("exp2", kBinade, targets::Metric::Relative))};
  MachineConfig config;
  config.seed = seed;
  config.threads = threads;
  config.seconds = std::numeric_limits<double>::infinity();
  config.children = children;
  config.real_evaluations = 0;
  return machine_search(reference, schemes, config);
}

/// Next to a zero of the target x - z has all of a float's digits, though z is no float.
TEST(ZeroFactor, DifferencesOfFloatsAreRightNextToTheZero) {
  struct Case {
    const char* text;
    long double zero;
    numbers::DoubleDouble at;
    double sign;
  };
  constexpr long double kPi = 3.14159265358979323846264338327950288L;
  for (const Case& row :
       {Case{"(x - 0x1.921fb54442d18p+1) - 0x1.1a62633145c07p-53",
             kPi,
             {M_PI, 1.2246467991473532e-16},
             1},
        Case{"(0x1.921fb54442d18p+1 - x) + 0x1.1a62633145c07p-53",
             kPi,
             {M_PI, 1.2246467991473532e-16},
             -1},
        Case{"x + 0x1.921fb54442d18p+1 + 0x1.1a62633145c07p-53",
             -kPi,
             {-M_PI, -1.2246467991473532e-16},
             1},
        Case{"x - 0x1.999999999999ap-4", 0.1, {0.1, 0}, 1}, Case{"x - 1.5", 1.5, {1.5, 0}, 1},
        Case{"0x1.999999999999ap-4 - x", 0.1, {0.1, 0}, -1}}) {
    // Constants as doubles: the text's decimals stand for them.
    ir::Program program = ir::parse_expression(row.text);
    for (numbers::DoubleDouble& constant : program.constants) constant.lo = 0;
    const std::vector<targets::Zero> zeros{{row.at, 1, row.at.lo == 0}};
    const auto kernel = to_kernel(with_differences_of_floats(program, zeros));
    ASSERT_TRUE(kernel) << row.text;
    float near = static_cast<float>(row.zero);
    for (int k = 0; k < 5; ++k) near = std::nextafter(near, -10.0F);
    for (int k = 0; k < 10; ++k, near = std::nextafter(near, 10.0F)) {
      float y = 0;
      ir::interpret<float, float>(*kernel, std::span(&near, 1), std::span(&y, 1));
      const long double due = row.sign * (static_cast<long double>(near) - row.zero);
      EXPECT_NEAR(static_cast<double>(y), static_cast<double>(due),
                  0x1p-22 * std::abs(static_cast<double>(due)))
          << row.text << " at " << near << "\n"
          << ir::print(*kernel);
    }
  }
}

TEST(MachineSearch, ItsFiguresAreThoseOfABruteForceOverEveryFloat) {
  const targets::FloatReference reference = exp2_reference();
  const MachineResult result = run(reference, 2, 1);
  ASSERT_FALSE(result.front.empty());
  EXPECT_LE(result.front.back().score.max_ulp, 4);
  for (std::size_t k = 1; k < result.front.size(); ++k) {
    EXPECT_GT(result.front[k].cost.throughput, result.front[k - 1].cost.throughput);
    EXPECT_LT(result.front[k].score.max_ulp, result.front[k - 1].score.max_ulp);
  }
  // By the interpreter and long double, at every float. long double has 64 bits: errors good to
  // 1e-11 ULP.
  const MachineProgram& best = result.front.back();
  std::vector<float> x;
  for (std::uint32_t bits = std::bit_cast<std::uint32_t>(0.5F);
       bits < std::bit_cast<std::uint32_t>(1.0F); ++bits) {
    x.push_back(std::bit_cast<float>(bits));
  }
  std::vector<float> y(x.size());
  ir::interpret<float, float>(best.program, x, y);
  double largest = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const long double f = std::exp2(static_cast<long double>(x[i]));
    largest = std::max(largest, static_cast<double>(std::fabs(y[i] - f) * 0x1p23L));
  }
  EXPECT_NEAR(largest, best.score.max_ulp, 1e-9);
  EXPECT_EQ(best.score.inputs, x.size());
}

TEST(MachineSearch, SameSeedSameFrontAtAnyNumberOfThreads) {
  const targets::FloatReference reference = exp2_reference();
  // A dozen generations, and their front's verification.
  const MachineResult one = run(reference, 1, 7, 500);
  const MachineResult two = run(reference, 2, 7, 500);
  ASSERT_EQ(one.front.size(), two.front.size());
  for (std::size_t k = 0; k < one.front.size(); ++k) {
    EXPECT_EQ(one.front[k].program, two.front[k].program);
    EXPECT_EQ(one.front[k].score.max_ulp, two.front[k].score.max_ulp);
  }
}

/// With a clock, and a stop once it has made children if it is asked for; then without either, as
/// the first one went.
void expect_repeated(double seconds, bool stops) {
  const targets::FloatReference reference = exp2_reference();
  const std::vector<targets::Scheme> schemes = targets::schemes_of("exp2");
  MachineConfig config;
  config.seconds = seconds;
  config.real_evaluations = 5'000;
  std::stop_source stop;
  const auto on_progress = [&](const MachineProgress& progress) {
    if (stops && progress.children > 64) stop.request_stop();
  };
  const MachineResult first =
      machine_search(reference, schemes, config, on_progress, stop.get_token());
  config.seconds = std::numeric_limits<double>::infinity();
  config.threads = 1;
  config.course = parse_course(to_text(first.course));
  const MachineResult again = machine_search(reference, schemes, config);
  EXPECT_EQ(again.course, first.course);
  EXPECT_EQ(again.progress.children, first.progress.children);
  EXPECT_EQ(again.progress.scans, first.progress.scans);
  ASSERT_EQ(again.front.size(), first.front.size());
  for (std::size_t k = 0; k < again.front.size(); ++k) {
    EXPECT_EQ(again.front[k].program, first.front[k].program);
    EXPECT_EQ(again.front[k].score.max_ulp, first.front[k].score.max_ulp);
  }
}

TEST(MachineSearch, WhatTheClockDecidedIsRepeatedWithoutOne) {
  expect_repeated(2, false);
  expect_repeated(1e9, true);
}

TEST(Course, IsReadAsWritten) {
  const Course course{3, {{6412, 31}, {9065, 40}}};
  EXPECT_EQ(to_text(course), "kernels=3,fronts=6412:31,9065:40");
  EXPECT_EQ(parse_course(to_text(course)), course);
  EXPECT_EQ(parse_course("fronts=6412:31"), (Course{{}, {{6412, 31}}}));
  for (const char* const bad :
       {"", "fronts", "fronts=", "fronts=6412", "fronts=7:1,6:2", "fronts=6:2,7:1",
        "kernels=-1,fronts=6:2", "fronts=6:2,", "fronts=6:2 ", "kernels=3", "6:2",
        "fronts=99999999999999999999:1"}) {
    EXPECT_THROW(parse_course(bad), std::invalid_argument) << bad;
  }
}

TEST(MachineSearch, FindsAKernelInDoubleThatIsCorrectlyRounded) {
  const targets::FloatReference reference = exp2_reference();
  std::vector<targets::Scheme> schemes = targets::schemes_of("exp2");
  std::erase_if(schemes,
                [](const targets::Scheme& scheme) { return scheme.type != ir::Type::F64; });
  ASSERT_FALSE(schemes.empty());
  MachineConfig config;
  config.seconds = std::numeric_limits<double>::infinity();
  config.children = 800;
  config.real_evaluations = 0;
  const MachineResult result = machine_search(reference, schemes, config);
  ASSERT_FALSE(result.front.empty());
  const MachineProgram& best = result.front.back();
  EXPECT_LE(best.score.max_ulp, 0.5);
  EXPECT_EQ(best.score.misrounded, 0U);
  // No value of this binade is within 1e-11 ULP of the middle between two floats: a long double
  // rounds to the right one.
  std::vector<float> x;
  for (std::uint32_t bits = std::bit_cast<std::uint32_t>(0.5F);
       bits <= std::bit_cast<std::uint32_t>(1.0F); bits += 3) {
    x.push_back(std::bit_cast<float>(bits));
  }
  std::vector<float> y(x.size());
  ir::interpret<float, float>(best.program, x, y);
  for (std::size_t i = 0; i < x.size(); ++i) {
    ASSERT_EQ(y[i], static_cast<float>(std::exp2(static_cast<long double>(x[i]))))
        << std::hexfloat << x[i];
  }
}

TEST(FloatSample, MeasuresInUlpOfTheExactValue) {
  const targets::FloatReference reference = exp2_reference();
  const FloatSample sample(reference, {0.5F, 0.75F, 0.9F});
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const long double f = std::exp2(static_cast<long double>(sample.x()[i]));
    const float near = static_cast<float>(f);
    const float off = std::nextafter(near, 4.0F);
    EXPECT_NEAR(sample.error(i, near), static_cast<double>(std::fabs(near - f) * 0x1p23L), 1e-6);
    EXPECT_NEAR(sample.error(i, off), static_cast<double>(std::fabs(off - f) * 0x1p23L), 1e-6);
    EXPECT_TRUE(std::isinf(sample.error(i, NAN)));
  }
}

/// log10(1) = +0; sin(pi) = 0 in real arithmetic, of either sign.
TEST(FloatSample, KnowsZeros) {
  for (const auto& [target, negative_too] : {std::pair("log10(x)", false), {"sin(pi*x)", true}}) {
    const targets::FloatReference reference(ir::parse_expression(target),
                                            targets::all_finite_floats());
    const FloatSample sample(reference, {1.0F, 1.25F});
    EXPECT_EQ(sample.error(0, 0.0F), 0) << target;
    EXPECT_EQ(sample.error(0, -0.0F) == 0, negative_too) << target;
    EXPECT_TRUE(std::isinf(sample.error(0, 0x1p-100F))) << target;
    EXPECT_LT(
        sample.error(1, static_cast<float>(negative_too ? -std::sqrt(0.5) : std::log10(1.25))),
        0.51)
        << target;
  }
}

TEST(TuneConstants, NeverWorsensAndUndoesAPerturbation) {
  const targets::FloatReference reference = exp2_reference();
  const FloatSample sample(reference, sample_points<numbers::Binary32>(reference.ranges(), 2000));
  const ir::Program program = ir::parse(R"(input x: f32
a = 0x1.ebfbdep-3
b = 0x1.62e43p-1
one = 1
v0 = fma(x, a, b)
v1 = fma(v0, x, one)
return v1
)");
  const Evaluate evaluate = [&](std::span<const std::uint64_t> constants, std::span<const float> x,
                                std::span<float> y) {
    ir::interpret<float, float>(program, constants, x, y);
  };
  std::vector<std::uint64_t> constants = ir::constant_bits(program);
  std::vector<float> y(sample.size());
  evaluate(constants, sample.x(), y);
  const double before = sample.largest_error(y);
  numbers::Random random{3};
  const std::vector<Tunable> tunable = {{0}, {1}, {2}};
  const RoundingResult result = tune_constants(sample, evaluate, constants, tunable, 600, random);
  evaluate(constants, sample.x(), y);
  EXPECT_EQ(sample.largest_error(y), result.max_ulp);
  EXPECT_LT(result.max_ulp, before);
}

/// A constant that nothing depends on walks about, over 0 too, but is never subnormal.
TEST(TuneConstants, MakesNoSubnormalConstants) {
  const targets::FloatReference reference = exp2_reference();
  const FloatSample sample(reference, sample_points<numbers::Binary32>(reference.ranges(), 10));
  int above = 0, below = 0;
  const Evaluate evaluate = [&](std::span<const std::uint64_t> constants, std::span<const float>,
                                std::span<float> y) {
    const float c = std::bit_cast<float>(static_cast<std::uint32_t>(constants[0]));
    EXPECT_NE(std::fpclassify(c), FP_SUBNORMAL) << c;
    above += c > 0 ? 1 : 0;
    below += c < 0 ? 1 : 0;
    std::ranges::fill(y, 1.0F);
  };
  std::vector<std::uint64_t> constants = {0};
  numbers::Random random{3};
  const std::vector<Tunable> tunable = {{0}};
  tune_constants(sample, evaluate, constants, tunable, 600, random);
  EXPECT_GT(above, 0);
  EXPECT_GT(below, 0);
}

TEST(TuneConstants, MovesDoublesByTheirOwnUnits) {
  const targets::FloatReference reference = exp2_reference();
  const FloatSample sample(reference, sample_points<numbers::Binary32>(reference.ranges(), 10));
  int moved = 0;
  const Evaluate evaluate = [&](std::span<const std::uint64_t> constants, std::span<const float>,
                                std::span<float> y) {
    const auto c = std::bit_cast<double>(constants[0]);
    EXPECT_NEAR(c, 1, 600 * 60 * 0x1p-52);
    moved += c != 1 ? 1 : 0;
    std::ranges::fill(y, 1.0F);
  };
  std::vector<std::uint64_t> constants = {std::bit_cast<std::uint64_t>(1.0)};
  numbers::Random random{3};
  const std::vector<Tunable> tunable = {{0, ir::Type::F64}};
  tune_constants(sample, evaluate, constants, tunable, 600, random);
  EXPECT_GT(moved, 300);
}

TEST(TuneConstants, LeavesWhatIsCorrectlyRounded) {
  const targets::FloatReference reference = exp2_reference();
  const FloatSample sample(reference, sample_points<numbers::Binary32>(reference.ranges(), 10));
  const Evaluate evaluate = [](std::span<const std::uint64_t>, std::span<const float> x,
                               std::span<float> y) {
    std::ranges::transform(x, y.begin(), [](float at) {
      return static_cast<float>(std::exp2(static_cast<double>(at)));
    });
  };
  std::vector<std::uint64_t> constants = {std::bit_cast<std::uint64_t>(1.0)};
  numbers::Random random{3};
  const std::vector<Tunable> tunable = {{0, ir::Type::F64}};
  const RoundingResult result = tune_constants(sample, evaluate, constants, tunable, 600, random);
  EXPECT_EQ(result.trials, 0);
  EXPECT_EQ(constants[0], std::bit_cast<std::uint64_t>(1.0));
}

TEST(MutateKernel, ChildrenAreWellFormedAndOftenFittable) {
  numbers::Random random{5};
  ir::Program parent = empty_kernel();
  int fittable = 0;
  for (int k = 0; k < 3000; ++k) {
    ir::Program child = parent;
    if (!mutate_kernel(child, parent, random)) continue;
    ASSERT_EQ(ir::find_defect(child), std::nullopt) << ir::print(child);
    ASSERT_EQ(tidy(child), child) << ir::print(child);
    fittable += to_real(child) ? 1 : 0;
    if (child.code.size() < 12 && random.chance(0.5)) parent = child;
    if (child.code.size() >= 12) parent = empty_kernel();
  }
  EXPECT_GT(fittable, 500);
}

TEST(Kernel, RealFormAndBack) {
  const ir::Program kernel = ir::parse(R"(input x: f32
a = 0.25
b = 0.5
c = 0.75
v0 = fma(x, a, b)
v1 = fma(x, v0, c)
return v1
)");
  const auto real = to_real(kernel);
  ASSERT_TRUE(real);
  EXPECT_EQ(real->code.size(), 4U);
  const auto back = to_kernel(*real);
  ASSERT_TRUE(back);
  for (const float x : {0.0F, 0.5F, -1.5F}) {
    std::vector<float> in{x}, one(1), other(1);
    ir::interpret<float, float>(kernel, in, one);
    ir::interpret<float, float>(*back, in, other);
    EXPECT_EQ(one[0], other[0]);
  }
  EXPECT_EQ(back->code.size(), 2U);
}

TEST(Kernel, AConstantIsNone) {
  EXPECT_FALSE(to_kernel(ir::parse("input x\nc = 0.5\nreturn c\n")));
}

}  // namespace
}  // namespace ulpforge::evo
