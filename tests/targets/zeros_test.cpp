// Zeros against mpmath's, and against mathematics.
#include "targets/zeros.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "ir/expression.h"
#include "targets/exact/real.h"
#include "targets/exact/reference.h"
#include "targets/target.h"

namespace ulpforge::targets {
namespace {

std::vector<Zero> zeros(const char* expression, Domain domain) {
  const auto found = find_zeros(ir::parse_expression(expression), domain);
  EXPECT_TRUE(found.has_value()) << expression;
  return found.value_or(std::vector<Zero>{});
}

/// One zero, at a double.
void expect_at_double(const char* expression, Domain domain, double at, int order) {
  const std::vector<Zero> found = zeros(expression, domain);
  ASSERT_EQ(found.size(), 1U) << expression;
  EXPECT_EQ(found[0], (Zero{at, order, true})) << expression;
  EXPECT_EQ(found[0].below(), found[0].above());
}

TEST(Zeros, AtDoublesInsideAndAtEnds) {
  expect_at_double("log(x)", {1, 2}, 1, 1);
  expect_at_double("log(x)", {0.5, 1}, 1, 1);
  expect_at_double("log10(x)", {0.9, 1.3}, 1, 1);
  expect_at_double("expm1(x)", {-1, 2}, 0, 1);
  expect_at_double("x*log(x)", {0.5, 2}, 1, 1);
  expect_at_double("sin(pi*x)", {0.5, 1.5}, 1, 1);
}

TEST(Zeros, WithTheirMultiplicity) {
  expect_at_double("x^2", {-1, 3}, 0, 2);
  expect_at_double("1 - cos(x)", {-1, 1}, 0, 2);
  expect_at_double("x - tan(x)", {-1, 1}, 0, 3);
  expect_at_double("sin(x) - x + x^3/6", {-1, 1}, 0, 5);
  expect_at_double("log(x)^3", {0.5, 3}, 1, 3);
  // No power series there.
  expect_at_double("acos(x)", {0, 1}, 1, 0);
  expect_at_double("abs(x - 0.5)", {-1, 1}, 0.5, 0);
}

/// The two doubles of mpmath's value, and neighbours on its sides.
void expect_between_doubles(const Zero& zero, double hi, double lo, int order) {
  EXPECT_FALSE(zero.is_double);
  EXPECT_EQ(zero.at.hi, hi);
  EXPECT_NEAR(zero.at.lo, lo, 1e-9 * std::abs(lo));
  EXPECT_EQ(zero.order, order);
  EXPECT_EQ(std::nextafter(zero.below(), zero.above()), zero.above());
}

TEST(Zeros, BetweenDoubles) {
  // mp.pi, mp.besseljzero(0, 1), mp.log(2), mp.sqrt(2) of mpmath with 50 digits.
  const std::vector<Zero> sine = zeros("sin(x)", {-M_PI, M_PI});
  ASSERT_EQ(sine.size(), 3U) << "pi lies just beyond the double next to it";
  expect_between_doubles(sine[0], -0x1.921fb54442d18p+1, -0x1.1a62633145c07p-53, 1);
  EXPECT_EQ(sine[1], (Zero{0, 1, true}));
  expect_between_doubles(sine[2], 0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53, 1);

  const std::vector<Zero> bessel = zeros("j0(x)", {2, 3});
  ASSERT_EQ(bessel.size(), 1U);
  expect_between_doubles(bessel[0], 2.404825557695773, -1.176691652e-16, 1);

  const std::vector<Zero> square = zeros("(exp(x) - 2)^2", {0, 1});
  ASSERT_EQ(square.size(), 1U);
  expect_between_doubles(square[0], 0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56, 2);

  const std::vector<Zero> versine = zeros("1 - cos(x)", {5, 7});
  ASSERT_EQ(versine.size(), 1U);
  expect_between_doubles(versine[0], 0x1.921fb54442d18p+2, 0x1.1a62633145c07p-52, 2);
}

TEST(Zeros, SeveralInOrder) {
  const std::vector<Zero> gamma = zeros("lgamma(x)", {0.5, 3});
  ASSERT_EQ(gamma.size(), 2U);
  EXPECT_EQ(gamma[0], (Zero{1, 1, true}));
  EXPECT_EQ(gamma[1], (Zero{2, 1, true}));
  EXPECT_EQ(zeros("sin(x)", {0, 30}).size(), 10U);
  EXPECT_TRUE(zeros("exp(x)", {-10, 10}).empty());
  EXPECT_TRUE(zeros("erfc(x)", {0, 20}).empty());
}

TEST(Zeros, CannotBeToldWhereThereAreTooMany) {
  EXPECT_FALSE(find_zeros(ir::parse_expression("sin(100*x)"), {-1, 1}).has_value());
}

TEST(Zeros, EnclosureHoldsASignChange) {
  for (const char* expression : {"sin(x)", "x^3 - 2*x", "exp(x) - 2", "airy_ai(-2*x)", "j1(x)"}) {
    const ir::Program program = ir::parse_expression(expression);
    for (const Zero& zero : zeros(expression, {0.1, 3.5})) {
      if (zero.is_double) continue;
      EXPECT_LT(reference(program, zero.below()).hi * reference(program, zero.above()).hi, 0)
          << expression << " near " << zero.at.hi;
      EXPECT_TRUE(in_gap({&zero, 1}, exact(zero.at)));
      EXPECT_FALSE(in_gap({&zero, 1}, real(zero.below(), 53)));
      EXPECT_FALSE(in_gap({&zero, 1}, real(zero.above(), 53)));
    }
  }
}

}  // namespace
}  // namespace ulpforge::targets
