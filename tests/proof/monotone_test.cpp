// Proofs that functions are monotone, against what is known of them.
#include "proof/monotone.h"

#include <gtest/gtest.h>

#include "ir/expression.h"
#include "ir/text.h"

namespace ulpforge::proof {
namespace {

Monotonicity of(const char* expression, const char* domain, Direction direction) {
  return prove_monotone(ir::parse_expression(expression), targets::parse_domain(domain), direction);
}

TEST(Monotone, IsProvenWhereItIsSo) {
  EXPECT_TRUE(of("exp(x)", "-3,3", Direction::Rising).proven);
  EXPECT_TRUE(of("exp(-x)", "0,5", Direction::Falling).proven);
  // Slopes that vanish at an end, and inside.
  EXPECT_TRUE(of("cos(x)", "0,1", Direction::Falling).proven);
  EXPECT_TRUE(of("cos(x)", "-1,0", Direction::Rising).proven);
  EXPECT_TRUE(of("x^3", "-1,1", Direction::Rising).proven);
  EXPECT_TRUE(of("sin(x) - x", "-1,1", Direction::Falling).proven);
  // On each interval by itself.
  EXPECT_TRUE(of("1/x", "[-1,-0.01],[0.01,1]", Direction::Falling).proven);
  // Through an infinity that cancels: 1 / (1/x + 1).
  EXPECT_TRUE(of("1/(1/x + 1)", "0,1", Direction::Rising).proven);
}

TEST(Monotone, IsNotWhereItTurns) {
  EXPECT_FALSE(of("cos(x)", "-1,1", Direction::Falling).proven);
  EXPECT_FALSE(of("exp(x)", "0,1", Direction::Falling).proven);
  const Monotonicity turning = of("x^2", "-0.001,1", Direction::Rising);
  EXPECT_FALSE(turning.proven);
  EXPECT_LE(turning.x, 0);
  // A dip of 1e-12 width, between all points that a sample would look at.
  EXPECT_FALSE(
      of("x - 1e-12*sin((x - 0.3)*1e13)", "0.2999999,0.3000001", Direction::Rising).proven);
}

TEST(Monotone, OfATargetInTheDirectionOfItsValues) {
  const targets::Target tail =
      targets::make_target("erfc(x)", targets::parse_domain("0,3"), targets::Metric::Absolute);
  EXPECT_TRUE(monotonicity_of(tail).proven);
  EXPECT_EQ(monotonicity_of(tail).direction, Direction::Falling);
  const targets::Target wave =
      targets::make_target("sin(x)", targets::parse_domain("0,3"), targets::Metric::Absolute);
  EXPECT_FALSE(monotonicity_of(wave).proven);
}

}  // namespace
}  // namespace ulpforge::proof
