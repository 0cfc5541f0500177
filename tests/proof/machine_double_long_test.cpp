// Machine programs over double: bounds against MPFR at many doubles of the whole line.
#include <gtest/gtest.h>

#include <cmath>

#include "double_programs.h"
#include "ir/text.h"
#include "proof/machine_double.h"

namespace ulpforge::proof {
namespace {

using namespace test;

TEST(MachineDouble, BoundsAreNotBelowWhatIsFound) {
  if (!has_gappa()) GTEST_SKIP() << "gappa is not installed";
  struct Case {
    std::string text;
    const char* expression;
    double log_range;
  };
  for (const Case& row : {Case{exp2_text(), "exp2(x)", 1}, Case{exp2_by_insertion(), "exp2(x)", 1},
                          Case{exp_text(), "exp(x)", std::log(2.0)}}) {
    const ir::Program program = ir::parse(row.text);
    const MachineDoubleBound bound = prove_machine_double(program, row.expression, {});
    ASSERT_TRUE(bound.proven) << bound.obstacle;
    const double normal =
        sampled(program, row.expression, -1020 * row.log_range, 1023 * row.log_range, 20000);
    EXPECT_GE(bound.bound_normal, normal);
    EXPECT_LE(bound.bound_normal, 2.5 * normal);
    const double subnormal =
        sampled(program, row.expression, -1079 * row.log_range, -1020 * row.log_range, 5000);
    EXPECT_GE(bound.bound, subnormal);
    EXPECT_LE(bound.bound, 4 * subnormal);
    for (const double x : {0.0, -0.0, 0x1p-1074, -0x1p-60, 1024 * row.log_range, 1e300, -1e300}) {
      EXPECT_LE(sampled(program, row.expression, x, x, 1), bound.bound) << x;
    }
  }
}

TEST(MachineDouble, ALostPartOfTheReductionShows) {
  if (!has_gappa()) GTEST_SKIP() << "gappa is not installed";
  // Without the low part's last bits the error grows with n.
  const ir::Program program = ir::parse(exp_text("-0x1.cf79p-40"));
  const MachineDoubleBound bound = prove_machine_double(program, "exp(x)", {});
  ASSERT_TRUE(bound.proven) << bound.obstacle;
  const double found = sampled(program, "exp(x)", -700, 709, 5000);
  EXPECT_GT(found, 3);
  EXPECT_GE(bound.bound_normal, found);
  EXPECT_LE(bound.bound_normal, 2 * found);
}

}  // namespace
}  // namespace ulpforge::proof
