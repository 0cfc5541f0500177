// Every row of the operation table is complete.
#include <gtest/gtest.h>

#include <ostream>

#include "ir/evaluate.h"
#include "ir/text.h"

namespace ulpforge::ir {

void PrintTo(const OpInfo& row, std::ostream* out) { *out << row.name; }

namespace {

class Operation : public testing::TestWithParam<OpInfo> {
 protected:
  /// The operation applied to x and to constants.
  static Program program_of(const OpInfo& row) {
    Program program;
    const bool order = row.op == Op::BesselJ || row.op == Op::BesselY || row.op == Op::BesselI ||
                       row.op == Op::BesselK;
    const bool whole = order || row.op == Op::Compound || row.op == Op::Pown ||
                       row.op == Op::Rootn || row.op == Op::Ldexp;
    program.add_constant(whole ? 2 : 0.75);
    program.add_constant(-2.5);
    if (order) {
      program.result = program.add(row.op, Operand::constant(0), Operand::input());
      return program;
    }
    program.result = program.add(row.op, row.arity > 0 ? Operand::input() : Operand{},
                                 row.arity > 1 ? Operand::constant(0) : Operand{},
                                 row.arity > 2 ? Operand::constant(1) : Operand{});
    return program;
  }
};

TEST_P(Operation, IsFoundByItsNameAndItsRow) {
  EXPECT_EQ(find_operation(GetParam().name), GetParam().op);
  EXPECT_EQ(info(GetParam().op).name, GetParam().name);
  EXPECT_LE(GetParam().arity, 3U);
}

TEST_P(Operation, EvaluatesOverMpfr) {
  const numbers::MpfrPrecision precision(100);
  // No domain of an operation avoids both points.
  const numbers::Mpfr inside = evaluate(program_of(GetParam()), numbers::Mpfr(0.5));
  const numbers::Mpfr outside = evaluate(program_of(GetParam()), numbers::Mpfr(1.75));
  EXPECT_TRUE(mpfr_number_p(numbers::raw(inside)) || mpfr_number_p(numbers::raw(outside)));
}

TEST_P(Operation, MachineTypesHaveExactlyTheArithmeticOnes) {
  const Program program = program_of(GetParam());
  if (!GetParam().arithmetic) {
    EXPECT_THROW(evaluate(program, 0.5), std::invalid_argument);
    EXPECT_THROW(evaluate(program, numbers::DoubleDouble(0.5)), std::invalid_argument);
    return;
  }
  const numbers::MpfrPrecision precision(300);
  for (const double x : {0.5, 1.5, 0.1, 1e10, 3.0}) {
    const numbers::Mpfr truth = evaluate(program, numbers::Mpfr(x));
    EXPECT_EQ(evaluate(program, x), mpfr_get_d(numbers::raw(truth), MPFR_RNDN)) << x;
    const numbers::DoubleDouble y = evaluate(program, numbers::DoubleDouble(x));
    EXPECT_LE(static_cast<double>(abs(numbers::to_mpfr(y) / truth - 1)), 1e-30) << x;
  }
}

TEST_P(Operation, PrintsAndParses) {
  const Program program = program_of(GetParam());
  EXPECT_EQ(parse(print(program)), program);
}

TEST_P(Operation, CommutesWhereTheTableSaysSo) {
  if (GetParam().arity < 2) {
    EXPECT_FALSE(GetParam().commutes);
    return;
  }
  Program program = program_of(GetParam());
  const numbers::Mpfr value = evaluate(program, numbers::Mpfr(1.5));
  std::swap(program.code[0].operands[0], program.code[0].operands[1]);
  const bool equal = evaluate(program, numbers::Mpfr(1.5)) == value;
  // hypot, fmax and fmin commute too, but nothing gains from knowing it; so do min and max over
  // real numbers.
  const Op op = GetParam().op;
  EXPECT_EQ(equal, GetParam().commutes || op == Op::Hypot || op == Op::Fmax || op == Op::Fmin ||
                       op == Op::Min || op == Op::Max);
}

/// The rows that exist over real numbers; test_interpret.cpp has the others.
std::vector<OpInfo> real_operations() {
  std::vector<OpInfo> rows;
  for (const OpInfo& row : operations()) {
    if (!row.is_machine()) rows.push_back(row);
  }
  return rows;
}

INSTANTIATE_TEST_SUITE_P(Table, Operation, testing::ValuesIn(real_operations()),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace ulpforge::ir
