// Contraction, lanes and mutation of pair programs.
#include "evo/pairs/pair_program.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "evo/pairs/known_pairs.h"
#include "evo/pairs/pair_lanes.h"
#include "evo/pairs/pair_mutation.h"
#include "ir/expression.h"
#include "ir/portable.h"
#include "ir/text.h"

namespace ulpforge::evo::pairs {
namespace {

namespace portable = ir::portable;
using numbers::parse_short_format;

constexpr const char* kClamped =
    "input x: i32, y: i32\n"
    "s = x + y\n"
    "t = s - 56\n"
    "low: bool = less(t, 0)\n"
    "u = select(low, 0, t)\n"
    "high: bool = less(u, 126)\n"
    "v = select(high, u, 126)\n"
    "return v\n";

TEST(PairProgram, CountsMinimaAsOne) {
  const ir::Program program = ir::parse(kClamped);
  EXPECT_EQ(find_pair_defect(program), "");
  const ir::Program short_one = contracted(program);
  ASSERT_EQ(short_one.code.size(), 4U);
  EXPECT_EQ(short_one.code[2].op, ir::Op::Max);
  EXPECT_EQ(short_one.code[3].op, ir::Op::Min);
  EXPECT_EQ(operations_of(program), 4U);
  const ir::Program again = expanded(short_one);
  EXPECT_EQ(ir::find_defect(again), std::nullopt);
  EXPECT_EQ(contracted(again), short_one);
}

/// A comparison that something else reads, too, is an operation of its own.
TEST(PairProgram, CountsComparisonsThatOthersRead) {
  const ir::Program program = ir::parse(
      "input x: i32, y: i32\n"
      "c: bool = less(x, y)\n"
      "m = select(c, x, y)\n"
      "n = select(c, 1, 2)\n"
      "r = m + n\n"
      "return r\n");
  EXPECT_EQ(operations_of(program), 4U);
}

TEST(PairProgram, SaysWhatIsWrong) {
  EXPECT_NE(find_pair_defect(ir::parse("input x: i32\nreturn x\n")), "");
  EXPECT_NE(find_pair_defect(ir::parse("input x: f32, y: f32\nv = x + y\nreturn v\n")), "");
  EXPECT_NE(find_pair_defect(ir::parse(
                "input x: i32, y: i32\nf: f32 = from_bits(x)\nr: i32 = bits(f)\nreturn r\n")),
            "");
  EXPECT_NE(find_pair_defect(ir::parse("input x: i32, y: i32\nb: bool = less(x, y)\nreturn b\n")),
            "");
}

/// One value of a contracted program by ir/portable.h, an instruction at a time.
std::int32_t value_of(const ir::Program& program, std::int32_t x, std::int32_t y) {
  std::vector<std::int32_t> values;
  const auto read = [&](ir::Operand operand) {
    if (operand.is_input()) return operand.index == 0 ? x : y;
    if (operand.is_value()) return values[operand.index];
    return static_cast<std::int32_t>(ir::integer_value(program.constants[operand.index]));
  };
  for (const ir::Instruction& step : program.code) {
    const std::int32_t a = read(step.operands[0]), b = read(step.operands[1]);
    const std::string_view name = ir::info(step.op).name;
    std::int32_t r = 0;
    if (name == "add") r = portable::add(a, b);
    if (name == "sub") r = portable::sub(a, b);
    if (name == "mul") r = portable::mul(a, b);
    if (name == "min") r = std::min(a, b);
    if (name == "max") r = std::max(a, b);
    if (name == "bit_and") r = a & b;
    if (name == "bit_or") r = a | b;
    if (name == "bit_xor") r = a ^ b;
    if (name == "bit_not") r = ~a;
    if (name == "shift_left") r = portable::shift_left(a, b);
    if (name == "shift_right") r = portable::shift_right(a, b);
    if (name == "shift_right_logical") r = portable::shift_right_logical(a, b);
    if (name == "less") r = a < b;
    if (name == "less_equal") r = a <= b;
    if (name == "equal") r = a == b;
    if (name == "select") r = a != 0 ? b : read(step.operands[2]);
    if (name == "ternary") r = portable::ternary(a, b, read(step.operands[2]), step.immediate);
    values.push_back(r);
  }
  return read(program.result);
}

/// Programs at random are legal, and their lanes what single values are.
TEST(PairLanes, AreSingleValues) {
  const auto all = integer_operations();
  const PairMaterial material =
      pair_material(parse_short_format("f8e4m3"), {all.begin(), all.end()}, 20);
  numbers::Random random{5};
  PairLanes lanes;
  PairLanes::Row x, y;
  for (std::size_t j = 0; j < kPairLanes; ++j) {
    x[j] = static_cast<std::int32_t>(random.below(256));
    y[j] = static_cast<std::int32_t>(random.below(256));
  }
  ir::Program program = empty_program(), other = empty_program();
  std::size_t used[256] = {};
  for (int k = 0; k < 3000; ++k) {
    const ir::Program child = mutated(program, other, material, random);
    other = program;
    if (child.code.size() > 20 || child.result.is_constant()) {
      program = empty_program();
      continue;
    }
    program = child;
    const ir::Program legal = expanded(program);
    ASSERT_EQ(find_pair_defect(legal), "") << ir::print(legal);
    ASSERT_EQ(ir::parse(ir::print(legal)), legal);
    for (const ir::Instruction& step : program.code) ++used[static_cast<std::size_t>(step.op)];
    lanes.load(program);
    const PairLanes::Row& z = lanes.run(x, y);
    for (std::size_t j = 0; j < kPairLanes; j += 17) {
      ASSERT_EQ(z[j], value_of(program, x[j], y[j])) << ir::print(legal);
    }
  }
  for (const ir::Op op : all) {
    EXPECT_GT(used[static_cast<std::size_t>(op)], 0U) << ir::info(op).name;
  }
}

/// L-Mul by its paper: significands added, and 2^-l, with the carry into the exponents.
TEST(KnownPairs, AreLMulAndMitchell) {
  for (const char* name : {"f8e4m3", "f8e5m2", "bf16"}) {
    const numbers::ShortFormat format = parse_short_format(name);
    const auto known = known_pairs(ir::parse_expression("x*y", 2), format);
    EXPECT_EQ(known.size(), 6U);
    const int m = format.mantissa_bits();
    const double offset = std::ldexp(1.0, -(m <= 3 ? m : m == 4 ? 3 : 4));
    for (const KnownPair& one : known) {
      const ir::Program program = ir::parse(one.text);
      EXPECT_EQ(find_pair_defect(program), "") << one.text;
      const double extra = one.name.starts_with("L-Mul") ? offset : 0;
      for (std::uint32_t a = 0; a < (1U << m); a += m > 4 ? 5 : 1) {
        for (std::uint32_t b = 0; b < (1U << m); b += m > 4 ? 3 : 1) {
          const std::uint32_t x = format.round(2.0) + a;
          const std::uint32_t y = (format.round(0.5) + b) | format.sign();
          const double sum = std::ldexp(static_cast<double>(a), -m) +
                             std::ldexp(static_cast<double>(b), -m) + extra;
          // The carry into the exponent doubles the unit, and again.
          const double value = sum < 1 ? 1 + sum : sum < 2 ? 2 * sum : 4 * (sum - 1);
          const std::int32_t z = value_of(contracted(program), static_cast<std::int32_t>(x),
                                          static_cast<std::int32_t>(y)) &
                                 static_cast<std::int32_t>(format.inputs() - 1);
          EXPECT_EQ(format.value(static_cast<std::uint32_t>(z)), -value)
              << name << " " << one.name << " " << a << " " << b;
        }
      }
    }
  }
  EXPECT_TRUE(
      known_pairs(ir::parse_expression("hypot(x,y)", 2), parse_short_format("bf16")).empty());
}

}  // namespace
}  // namespace ulpforge::evo::pairs
