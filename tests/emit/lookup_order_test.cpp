// That lookups are spread, and that nothing else changes.
#include "emit/lookup_order.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <random>
#include <vector>

#include "ir/canonical.h"
#include "ir/interpret.h"
#include "tests/ir/random_machine_programs.h"

namespace ulpforge::emit {
namespace {

/// Where the lookups are.
std::vector<std::size_t> lookups(const ir::Program& program) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    if (program.code[i].op == ir::Op::Permute8) places.push_back(i);
  }
  return places;
}

/// A polynomial of degree `degree` whose coefficients are all looked up first, by the bits of x.
ir::Program polynomial(int degree, bool with_rare) {
  ir::Program program;
  program.input_types[0] = ir::Type::F32;
  const ir::Operand x = ir::Operand::input();
  const ir::Operand index = program.add(ir::Type::F32, ir::Op::Bits, x);
  std::vector<ir::Operand> c;
  for (int k = 0; k <= degree; ++k) {
    const ir::Operand table = ir::Operand::constant(program.constants.size());
    for (int entry = 0; entry < 8; ++entry) program.constants.emplace_back(8.0 * k + entry);
    c.push_back(program.add(ir::Type::F32, ir::Op::Permute8, index, table));
  }
  ir::Operand t = x;
  if (with_rare) {
    const ir::Operand large =
        program.add(ir::Type::F32, ir::Op::Less, program.add_constant(100.0), x);
    t = program.add(ir::Type::F32, ir::Op::SelectRare, large, program.add_constant(1.0), x);
  }
  ir::Operand sum = c[0];
  for (int k = 1; k <= degree; ++k) sum = program.add(ir::Type::F32, ir::Op::Fma, sum, t, c[k]);
  program.result = sum;
  return program;
}

TEST(LookupOrder, OneInstructionIsBetweenALookupAndItsReader) {
  const ir::Program spread = spread_lookups(polynomial(4, false));
  ASSERT_FALSE(ir::find_defect(spread));
  // bits, c0, c1, fma, c2, fma ...: the first two have no other instruction to wait behind.
  EXPECT_EQ(lookups(spread), (std::vector<std::size_t>{1, 2, 3, 5, 7}));
}

TEST(LookupOrder, NothingMovesOverARareSelect) {
  const ir::Program spread = spread_lookups(polynomial(4, true));
  ASSERT_FALSE(ir::find_defect(spread));
  for (const std::size_t place : lookups(spread)) EXPECT_LT(place, 7U);
}

TEST(LookupOrder, EveryProgramComputesTheSame) {
  std::mt19937 random(5);
  std::vector<float> x(200);
  std::size_t moved = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const ir::Program program =
        ir::canonical(ir::test::RandomMachinePrograms(seed).program(20 + seed % 40, ir::Type::F32));
    const ir::Program spread = spread_lookups(program);
    ASSERT_FALSE(ir::find_defect(spread)) << seed;
    moved += spread != program;
    for (float& value : x) value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
    std::vector<float> expected(x.size());
    std::vector<float> y(x.size());
    interpret<float, float>(program, x, expected);
    interpret<float, float>(spread, x, y);
    for (std::size_t i = 0; i < x.size(); ++i) {
      ASSERT_EQ(std::bit_cast<std::uint32_t>(y[i]), std::bit_cast<std::uint32_t>(expected[i]))
          << "seed " << seed << ", x " << x[i];
    }
  }
  EXPECT_GT(moved, 20U);
}

}  // namespace
}  // namespace ulpforge::emit
