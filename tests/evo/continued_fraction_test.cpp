// The rewriting of quotients as continued fractions, against exact evaluation.
#include "evo/continued_fraction.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ir/evaluate.h"
#include "ir/simplify.h"
#include "numbers/random.h"

namespace ulpforge::evo {
namespace {

using ir::Op;
using ir::Operand;
using ir::Program;

Operand horner(Program& program, int degree, Operand u, numbers::Random& random) {
  Operand value = program.add_constant(1 + random.uniform());
  for (int k = 0; k < degree; ++k) {
    value = program.add(Op::Mul, value, u);
    value = program.add(Op::Add, value, program.add_constant(1 + random.uniform()));
  }
  return value;
}

TEST(ContinuedFraction, IsTheSameFunctionInFewerOperations) {
  const numbers::MpfrPrecision precision(400);
  numbers::Random random{1, 7};
  for (int m = 1; m <= 4; ++m) {
    for (int n = 1; n <= 4; ++n) {
      for (const bool squared : {false, true}) {
        Program program;
        const Operand u =
            squared ? program.add(Op::Mul, Operand::input(), Operand::input()) : Operand::input();
        const Operand p = horner(program, m, u, random);
        const Operand q = horner(program, n, u, random);
        const Operand quotient = program.add(Op::Div, p, q);
        program.result = program.add(Op::Mul, quotient, quotient);
        const std::vector<Operand> bases = quotient_bases(program, quotient.index);
        ASSERT_NE(std::ranges::find(bases, u), bases.end());
        Program rewritten = program;
        ASSERT_TRUE(expand_as_continued_fraction(rewritten, quotient.index, u));
        ASSERT_FALSE(ir::find_defect(rewritten).has_value());
        rewritten = ir::simplify(rewritten, ir::Folding::Rounded);
        // [m/n] by Horner takes 2 (m + n) - 1 operations and the division; the fraction 3 min(m, n)
        // and 2 for each degree more.
        const int own = 1 + (squared ? 1 : 0);
        EXPECT_EQ(rewritten.code.size(), 3 * std::min(m, n) + 2 * std::abs(m - n) + own)
            << m << "/" << n;
        for (const double x : {0.1, 0.7, 1.3}) {
          const numbers::Mpfr expected = ir::evaluate(program, numbers::Mpfr(x));
          const numbers::Mpfr found = ir::evaluate(rewritten, numbers::Mpfr(x));
          EXPECT_LE(abs(found - expected), abs(expected) * 1e-20) << m << "/" << n;
        }
      }
    }
  }
}

TEST(ContinuedFraction, IsForQuotientsOfPolynomialsOnly) {
  Program program;
  const Operand root = program.add(Op::Sqrt, Operand::input());
  const Operand sum = program.add(Op::Add, root, Operand::input());
  program.result = program.add(Op::Div, sum, root);
  EXPECT_TRUE(quotient_bases(program, 0).empty());
  EXPECT_TRUE(quotient_bases(program, 2).empty());
}

}  // namespace
}  // namespace ulpforge::evo
