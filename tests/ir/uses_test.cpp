// Uses of values, against programs whose uses are plain to see, and by what programs compute.
#include "ir/uses.h"

#include <gtest/gtest.h>

#include "ir/evaluate.h"

namespace ulpforge::ir {
namespace {

/// v0 = x x, v1 = v0 + c0, v2 = v0 / v1; the result is v0 or v2.
Program example(bool result_is_square) {
  Program program;
  const Operand square = program.add(Op::Mul, Operand::input(), Operand::input());
  const Operand sum = program.add(Op::Add, square, program.add_constant(3.0));
  const Operand quotient = program.add(Op::Div, square, sum);
  program.result = result_is_square ? square : quotient;
  return program;
}

TEST(Uses, AreInTheOrderOfTheProgramAndTheResultIsLast) {
  const Program program = example(true);
  const std::vector<Use> uses = uses_of(program, Operand::value(0));
  ASSERT_EQ(uses.size(), 3U);
  EXPECT_EQ(uses[0].instruction, 1U);
  EXPECT_EQ(uses[0].side, 0U);
  EXPECT_EQ(uses[1].instruction, 2U);
  EXPECT_FALSE(uses[1].is_result(program));
  EXPECT_TRUE(uses[2].is_result(program));
  EXPECT_EQ(uses_of(program, Operand::value(0), 2).size(), 2U);
  EXPECT_EQ(uses_of(program, Operand::input()).size(), 2U);
}

TEST(Uses, AreCounted) {
  EXPECT_EQ(count_uses(example(true)), (std::vector<int>{3, 1, 0}));
  EXPECT_EQ(count_uses(example(false)), (std::vector<int>{2, 1, 1}));
}

TEST(Uses, OperandsThatAnOperationDoesNotHaveReadNothing) {
  Program program;
  program.result = program.add(Op::Neg, Operand::input());
  program.code[0].operands[2] = Operand::constant(7);
  EXPECT_TRUE(uses_of(program, Operand::constant(7)).empty());
}

TEST(Uses, ReadSomethingElseFromAPlaceOn) {
  Program program = example(false);
  replace_uses(program, Operand::value(0), Operand::input(), 2);
  EXPECT_EQ(evaluate(program, 2.0), 2.0 / 7);
  replace_uses(program, Operand::value(0), Operand::input(), 0);
  EXPECT_EQ(evaluate(program, 2.0), 2.0 / 5);
}

TEST(InsertInstruction, ChangesNothingUntilSomethingReadsIt) {
  for (std::size_t position = 0; position <= 3; ++position) {
    Program program = example(false);
    const Instruction doubled{Op::Add, {Operand::input(), Operand::input(), {}}};
    const Operand value = insert_instruction(program, position, doubled);
    EXPECT_EQ(value, Operand::value(position));
    EXPECT_FALSE(find_defect(program).has_value());
    EXPECT_EQ(evaluate(program, 2.0), 4.0 / 7);
    program.result = value;
    EXPECT_EQ(evaluate(program, 2.0), 4.0);
  }
}

}  // namespace
}  // namespace ulpforge::ir
