// Lanes that depend on one another: routines with planted defects, and right ones.
#include "validate/lanes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "ir/expression.h"

namespace ulpforge::validate {
namespace {

using Form = Signature::Form;

Signature vector_of(Element element, int lanes, int inputs = 1) {
  return {.element = element, .inputs = inputs, .form = Form::Vector, .lanes = lanes};
}

LaneFinding check(const char* symbol, const Signature& signature,
                  const char* expression = "sqrt(x)", LaneOptions options = {}) {
  options.format = signature.element == Element::Double ? numbers::kBinary64 : numbers::kBinary32;
  options.results = std::uint64_t{1} << 17;
  Worker worker({DEFECTIVE_LIBRARY, symbol, signature}, 5);
  return check_lanes(ir::parse_expression(expression, static_cast<std::size_t>(signature.inputs)),
                     worker, signature, options);
}

bool can_run(const char* symbol, const Signature& signature) {
  return missing_instruction_set(symbol, signature).empty();
}

TEST(Lanes, OfRightRoutinesDoNotDepend) {
  for (const auto& [symbol, signature] :
       {std::pair{"vector_correct", vector_of(Element::Float, 4)},
        std::pair{"vector_correct_double", vector_of(Element::Double, 2)}}) {
    const LaneFinding found = check(symbol, signature);
    EXPECT_GE(found.compared, std::uint64_t{1} << 17) << symbol;
    EXPECT_EQ(found.different, 0U) << symbol;
  }
}

TEST(Lanes, OfOtherFormsAreNotLookedAt) { EXPECT_EQ(check("correct", {}).compared, 0U); }

/// The vector that is shown has the defect: it holds what shakes the lanes, and the lane is
/// another's.
void expect_shaken(const char* symbol, const Signature& signature, bool (*shakes)(double)) {
  if (!can_run(symbol, signature)) GTEST_SKIP();
  const LaneFinding found = check(symbol, signature);
  ASSERT_GT(found.different, 0U) << symbol;
  ASSERT_EQ(found.vector.size(), static_cast<std::size_t>(signature.lanes)) << symbol;
  EXPECT_TRUE(std::ranges::any_of(found.vector, [&](const Point& x) { return shakes(x[0]); }))
      << symbol;
  const double x = found.vector[static_cast<std::size_t>(found.lane)][0];
  EXPECT_FALSE(shakes(x)) << symbol;
  EXPECT_NEAR(found.result / found.alone, 1.0001, 1e-6) << symbol;
  // 1e-4 in ULPs of the format.
  const double least = signature.element == Element::Double ? 4e11 : 800;
  EXPECT_GT(found.error, least) << symbol;
}

TEST(Lanes, HugeInputsNextDoor) {
  const auto huge = [](double x) { return x > 1e30; };
  const auto very_huge = [](double x) { return x > 1e300; };
  expect_shaken("vector_hasty", vector_of(Element::Float, 4), huge);
  expect_shaken("vector_hasty_double", vector_of(Element::Double, 2), very_huge);
}
TEST(Lanes, Of256Bits) {
  expect_shaken("vector_hasty_8", vector_of(Element::Float, 8), [](double x) { return x > 1e30; });
  expect_shaken("vector_hasty_double_4", vector_of(Element::Double, 4),
                [](double x) { return x > 1e300; });
}
TEST(Lanes, Of512Bits) {
  expect_shaken("vector_hasty_16", vector_of(Element::Float, 16),
                [](double x) { return x > 1e30; });
  expect_shaken("vector_hasty_double_8", vector_of(Element::Double, 8),
                [](double x) { return x > 1e300; });
}
TEST(Lanes, SpecialValuesNextDoor) {
  expect_shaken("vector_shaken_by_nan", vector_of(Element::Float, 4),
                [](double x) { return std::isnan(x); });
  expect_shaken("vector_shaken_by_subnormals", vector_of(Element::Float, 4),
                [](double x) { return x > 0 && x < 0x1p-126; });
}

TEST(Lanes, OneOfThemAlwaysWrong) {
  const LaneFinding found = check("vector_last_lane", vector_of(Element::Float, 4));
  EXPECT_GT(found.different, found.compared / 8);
  EXPECT_EQ(found.lane, 3);
}

TEST(Lanes, OfTwoArguments) {
  const LaneFinding found = check("vector_quotient_hasty", vector_of(Element::Double, 2, 2), "x/y");
  ASSERT_GT(found.different, 0U);
  EXPECT_TRUE(std::ranges::any_of(found.vector, [](const Point& at) { return at[1] == 0; }));
}

/// What the domain leaves out is not drawn.
TEST(Lanes, KeepToTheDomain) {
  const auto one = numbers::Binary32::bits(1);
  LaneOptions options;
  options.within = {{one, numbers::Binary32::bits(1e20F)}};
  EXPECT_EQ(check("vector_hasty", vector_of(Element::Float, 4), "sqrt(x)", options).different, 0U);
  options.within = {{one, numbers::Binary32::bits(1e31F)}};
  EXPECT_GT(check("vector_hasty", vector_of(Element::Float, 4), "sqrt(x)", options).different, 0U);
}

}  // namespace
}  // namespace ulpforge::validate
