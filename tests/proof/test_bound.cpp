// Bounds against brute force in MPFR: never below what is found at any point, never far above.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "ir/simplify.h"
#include "ir/text.h"
#include "proof/bound.h"
#include "targets/real.h"
#include "targets/reference.h"
#include "targets/ulp.h"
#include "targets/verify.h"
#include "tests/evo/structures.h"
#include "tests/ir/random_programs.h"

namespace ulpforge::proof {
namespace {

using targets::Metric;
using targets::Target;

Target target(const char* what, targets::Domain domain, Metric metric = Metric::Relative) {
  return targets::make_target(what, domain, metric);
}

/// The target's values at points all over its domain, both ends among them.
struct Samples {
  static constexpr unsigned kBits = 200;
  Target goal;
  std::vector<ir::Mpfr> x;
  std::vector<ir::Mpfr> f;

  Samples(Target about, int count) : goal(std::move(about)) {
    for (int i = 0; i < count; ++i) {
      const double at =
          std::min(goal.domain.lo + goal.domain.width() * i / (count - 1), goal.domain.hi);
      ir::Mpfr value = targets::reference(goal.program, targets::real(at, kBits), kBits);
      if (!mpfr_number_p(ir::raw(value)) || mpfr_zero_p(ir::raw(value))) continue;
      x.push_back(targets::real(at, kBits));
      f.push_back(std::move(value));
    }
  }

  /// The largest error found.
  double brute_force(const ir::Program& program) const {
    targets::RealMachine machine(program, kBits);
    double largest = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      machine.run(x[i]);
      ir::Mpfr error = targets::real(kBits);
      mpfr_sub(ir::raw(error), ir::raw(machine.result()), ir::raw(f[i]), MPFR_RNDN);
      if (goal.metric == Metric::Relative) {
        mpfr_div(ir::raw(error), ir::raw(error), ir::raw(f[i]), MPFR_RNDN);
      } else if (goal.metric != Metric::Absolute) {
        const auto format = goal.metric == Metric::UlpF32 ? targets::kFloat : targets::kDouble;
        mpfr_mul_2si(ir::raw(error), ir::raw(error),
                     -targets::ulp_exponent(format, mpfr_get_exp(ir::raw(f[i]))), MPFR_RNDN);
      }
      const double size = std::abs(mpfr_get_d(ir::raw(error), MPFR_RNDN));
      if (!(size <= largest)) largest = size;
    }
    return largest;
  }
};

TEST(Bound, OfRandomProgramsIsNeverBelowBruteForce) {
  constexpr int kPrograms = 3000;
  ir::test::RandomPrograms random(20);
  const char* functions[] = {"exp(x)", "1/(x + 9)", "cos(x/3) + 2", "erf(x) + 3", "x*x + 1",
                             "atan(x) + 2", "log1p(exp(x))", "tanh(x)*x + 1"};
  const ir::Op operations[] = {ir::Op::Add, ir::Op::Sub, ir::Op::Mul, ir::Op::Div, ir::Op::Mul,
                               ir::Op::Add, ir::Op::Neg, ir::Op::Sqrt, ir::Op::Abs, ir::Op::Fma};
  constexpr int kTargets = 60;
  std::vector<Samples> samples;
  for (int i = 0; i < kTargets; ++i) {
    const double lo = random.chance(0.2) ? 0 : random.uniform(-3, 3);
    const double hi = lo + std::exp2(random.uniform(-6, 2));
    const Metric metrics[] = {Metric::Relative, Metric::Absolute, Metric::UlpF32};
    samples.emplace_back(target(functions[random.below(std::size(functions))], {lo, hi},
                                metrics[random.below(3)]),
                         60);
  }
  int proven = 0;
  int refused = 0;
  for (int i = 0; i < kPrograms; ++i) {
    // Simplified: programs that subtract a value from itself are not what a front holds.
    const ir::Program program = ir::simplify(
        random.program(1 + random.below(9), operations, ir::test::RandomPrograms::Constants::Any));
    const Samples& sample = samples[random.below(samples.size())];
    const Target& goal = sample.goal;
    const Bound bound = prove(program, goal, {.max_cells = 3000});
    const auto context = [&] {
      return ir::print(program) + goal.expression + " on " + to_string(goal.domain) + " " +
             std::string(targets::name(goal.metric)) + " " + bound.obstacle;
    };
    if (!bound.proven) {
      ASSERT_FALSE(bound.obstacle.empty());
      // Something is to be found wrong there: a pole, a NaN, an infinity. Else it is a weakness.
      const targets::Verification verified = targets::Verifier(goal, 101)(program);
      const bool fine = std::isfinite(verified.max_error) && verified.max_error < 1e6;
      if (fine) ++refused;
      continue;
    }
    ++proven;
    ASSERT_LE(sample.brute_force(program), bound.bound) << context();
    ASSERT_LE(bound.attained, bound.bound) << context();
    if (goal.metric != Metric::UlpF32) {
      ASSERT_LE(bound.bound, 1.01 * bound.attained + 1e-59) << context();
    }
  }
  EXPECT_GT(proven, kPrograms / 2);
  EXPECT_LE(refused, kPrograms / 100);
}

}  // namespace
}  // namespace ulpforge::proof
