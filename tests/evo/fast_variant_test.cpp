// What fast variants leave out, and that it makes no difference, against the interpreter.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "evo/fast_variant.h"
#include "ir/interpret.h"
#include "ir/text.h"

namespace ulpforge::evo {
namespace {

float at(const ir::Program& program, float x) {
  float y = 0;
  ir::interpret<float, float>(program, std::span(&x, 1), std::span(&y, 1));
  return y;
}

/// Random normal floats of a size up to `largest`, and that size, where the program's result is
/// normal.
void expect_same(const ir::Program& program, const FastVariant& fast) {
  std::mt19937 random(1);
  for (int i = 0; i < 100000; ++i) {
    const float x = i < 2 ? (i == 0 ? fast.largest : -fast.largest)
                          : std::bit_cast<float>(static_cast<std::uint32_t>(random()));
    if (!std::isnormal(x) || std::abs(x) > fast.largest) continue;
    const float y = at(program, x);
    if (std::isnormal(y)) {
      ASSERT_EQ(std::bit_cast<std::uint32_t>(at(fast.program, x)), std::bit_cast<std::uint32_t>(y))
          << std::hexfloat << x;
    }
  }
}

TEST(FastVariant, LeavesOutWhatOnlySpecialValuesNeed) {
  const ir::Program program = ir::parse(
      "input x: f32\n"
      "least = -0x1p-126\n"
      "most = 0x1p127\n"
      "none = nan\n"
      "is_number: bool = equal(x, x)\n"
      "square = x * x\n"
      "clamped = min(square, most)\n"  // matters for normal results
      "above = max(clamped, least)\n"  // never matters
      "y = select(is_number, above, none)\n"
      "return y\n");
  const auto fast = fast_variant(program);
  ASSERT_TRUE(fast.has_value());
  EXPECT_EQ(fast->largest, std::numeric_limits<float>::max());
  EXPECT_EQ(fast->program.code.size(), 2U);
  expect_same(program, *fast);
}

TEST(FastVariant, LeavesOutRareCodeAndSaysWhereItIsDue) {
  const ir::Program program = ir::parse(
      "input x: f32\n"
      "limit = 2000\n"
      "size = fabs(x)\n"
      "far: bool = less_equal(limit, size)\n"
      "near_value = x * x\n"
      "far_value = near_value + limit\n"
      "y = select_rare(far, far_value, near_value)\n"
      "return y\n");
  const auto fast = fast_variant(program);
  ASSERT_TRUE(fast.has_value());
  EXPECT_EQ(fast->largest, std::nextafter(2000.0F, 0.0F));
  EXPECT_EQ(fast->program.code.size(), 1U);
  expect_same(program, *fast);
}

TEST(FastVariant, KeepsWhatIsOftenDue) {
  EXPECT_FALSE(
      fast_variant(ir::parse("input x: f32\n"
                             "limit = 2000\n"
                             "y = min(x, limit)\n"
                             "return y\n")));
  EXPECT_FALSE(
      fast_variant(ir::parse("input x: f32\n"
                             "y = x * x\n"
                             "return y\n")));
}

}  // namespace
}  // namespace ulpforge::evo
