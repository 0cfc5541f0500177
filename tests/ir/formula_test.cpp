// Formulas for people.
#include "ir/formula.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ir/text.h"

namespace ulpforge::ir {
namespace {

using testing::ElementsAre;

std::vector<std::string> formula_of(const std::string& text) {
  return formula(ir::parse("input x;" + text));
}

TEST(Formula, KeepsParenthesesThatMatter) {
  EXPECT_THAT(formula_of("v0 = x - 2; v1 = 3 - v0; return v1"), ElementsAre("3 - (x - 2)"));
  EXPECT_THAT(formula_of("v0 = x + 2; v1 = v0 + 3; return v1"), ElementsAre("x + 2 + 3"));
  EXPECT_THAT(formula_of("v0 = x / 2; v1 = 3 / v0; return v1"), ElementsAre("3 / (x / 2)"));
  EXPECT_THAT(formula_of("v0 = x + 2; v1 = v0 * x; return v1"), ElementsAre("(x + 2) * x"));
  EXPECT_THAT(formula_of("v0 = x * -2; return v0"), ElementsAre("x * (-2)"));
  EXPECT_THAT(formula_of("v0 = sqrt(x); v1 = v0 - -1.5; return v1"),
              ElementsAre("sqrt(x) - (-1.5)"));
}

TEST(Formula, WritesNegativeSummandsAsDifferences) {
  EXPECT_THAT(formula_of("v0 = x * 2; v1 = v0 + -3; v2 = v1 * x; return v2"),
              ElementsAre("(x * 2 - 3) * x"));
}

TEST(Formula, NamesValuesThatAreUsedTwice) {
  EXPECT_THAT(formula_of("v0 = x + 2; v1 = v0 * v0; v2 = v1 * v1; return v2"),
              ElementsAre("u1 = x + 2", "u2 = u1 * u1", "u2 * u2"));
}

TEST(Formula, LeavesDeadCodeOut) {
  EXPECT_THAT(formula_of("v0 = x + 2; return x"), ElementsAre("x"));
}

TEST(Formula, StaysShortForRepeatedSquaring) {
  std::string text = "v0 = x * x";
  for (int i = 1; i < 200; ++i)
    text +=
        "; v" + std::to_string(i) + " = v" + std::to_string(i - 1) + " * v" + std::to_string(i - 1);
  EXPECT_EQ(formula_of(text + "; return v199").size(), 200U);
}

}  // namespace
}  // namespace ulpforge::ir
