// fma put together and taken apart, against exact evaluation.
#include "ir/fusion.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "ir/evaluate.h"
#include "ir/interpret.h"
#include "ir/simplify.h"
#include "ir/text.h"
#include "tests/ir/random_programs.h"

namespace ulpforge::ir {
namespace {

using test::RandomPrograms;

int count(const Program& program, Op op) {
  return static_cast<int>(std::ranges::count(program.code, op, &Instruction::op));
}

/// Random programs over + - * /, without what nothing reads.
Program random_program(RandomPrograms& random) {
  constexpr std::array kOps{Op::Add, Op::Sub, Op::Mul, Op::Mul, Op::Div};
  return simplify(random.program(1 + random.below(12), kOps, RandomPrograms::Constants::Any),
                  Folding::Rounded);
}

TEST(Fusion, KeepsTheFunction) {
  const numbers::MpfrPrecision precision(400);
  RandomPrograms random(3);
  const std::array<std::vector<Op>, 3> allowed{{{Op::Add, Op::Sub, Op::Mul, Op::Div, Op::Fma},
                                                {Op::Div, Op::Fma},
                                                {Op::Sub, Op::Mul, Op::Div, Op::Fma}}};
  int fused = 0;
  for (int round = 0; round < 600; ++round) {
    const Program program = random_program(random);
    const Program together = fuse(program, Costs{}, allowed[round % 3]);
    ASSERT_FALSE(find_defect(together).has_value());
    fused += count(together, Op::Fma) > 0 ? 1 : 0;
    const Program apart = split_fma(together);
    EXPECT_EQ(count(apart, Op::Fma), 0);
    for (const double x : {0.37, 1.9, -2.3}) {
      const numbers::Mpfr expected = evaluate(program, numbers::Mpfr(x));
      if (!isfinite(expected)) continue;
      const numbers::Mpfr tolerance = (abs(expected) + 1) * 1e-25;
      EXPECT_LE(abs(evaluate(together, numbers::Mpfr(x)) - expected), tolerance);
      EXPECT_LE(abs(evaluate(apart, numbers::Mpfr(x)) - expected), tolerance);
    }
  }
  EXPECT_GT(fused, 150);
}

TEST(Fusion, WithoutFmaAMachineProgramRoundsProductsAndKeepsItsConstants) {
  const Program program = parse(
      "input x: f32\nunread = 7\na = 0x1.000002p+0\nb = -1\nwide: f64 = widen(x)\n"
      "c: f64 = 0x1.0000000000001p+0\nd: f64 = -1\np = fma(x, a, b)\nq: f64 = fma(wide, c, d)\n"
      "q1 = narrow(q)\nr = fma(p, q1, x)\nreturn r\n");
  const Program apart = without_fma(program);
  ASSERT_EQ(find_defect(apart), std::nullopt);
  EXPECT_EQ(apart.constants, program.constants);
  EXPECT_EQ(count(apart, Op::Fma), 0);
  EXPECT_EQ(apart.code.size(), program.code.size() + 3);
  const std::vector<float> x = {0x1.000002p+0F, 1.5F, -0x1.23456p-3F};
  std::vector<float> y(x.size());
  interpret<float, float>(apart, x, y);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const float product = x[i] * 0x1.000002p+0F;
    const double wide = static_cast<double>(x[i]) * 0x1.0000000000001p+0;
    const float sum = product - 1, wide_sum = static_cast<float>(wide - 1);
    const float last = sum * wide_sum;
    EXPECT_EQ(y[i], last + x[i]) << x[i];
  }
}

TEST(Fusion, MakesHornersRuleOneOperationADegree) {
  Program cubic;
  Operand value = cubic.add_constant(4.0);
  for (const double c : {3.0, -2.0, 1.0}) {
    value = cubic.add(Op::Mul, value, Operand::input());
    value = cubic.add(Op::Add, value, cubic.add_constant(c));
  }
  cubic.result = value;
  const std::array all{Op::Add, Op::Mul, Op::Fma};
  EXPECT_EQ(fuse(cubic, Costs{}, all).code.size(), 3);
  // Where fma costs as much as both, nothing is gained.
  Costs dear;
  dear.set(Op::Fma, 2);
  EXPECT_EQ(fuse(cubic, dear, all).code.size(), 6);
}

TEST(Fusion, UsesNothingThatIsNotAllowed) {
  RandomPrograms random(5);
  const std::array allowed{Op::Div, Op::Fma};
  for (int round = 0; round < 300; ++round) {
    const Program program = fuse(random_program(random), Costs{}, allowed);
    for (const Op op : {Op::Add, Op::Sub, Op::Mul}) EXPECT_EQ(count(program, op), 0);
  }
}

}  // namespace
}  // namespace ulpforge::ir
