// Which programs share code, and what is forgotten.
#include <gtest/gtest.h>

#include "ir/canonical.h"
#include "ir/interpret.h"
#include "jit/code_cache.h"

namespace ulpforge::jit {
namespace {

using ir::Op;
using ir::Operand;
using ir::Type;

/// x^power + offset, canonical.
ir::Program power(int n, double offset) {
  ir::Program program;
  program.input_types[0] = Type::F32;
  Operand value = Operand::input();
  for (int i = 1; i < n; ++i) value = program.add(Type::F32, Op::Mul, value, Operand::input());
  const Operand constant = program.add_constant(offset);
  program.result = program.add(Type::F32, Op::Add, value, constant);
  return ir::canonical(program);
}

TEST(CodeCache, OneFunctionForEveryConstant) {
  CodeCache cache(10);
  const std::vector<ir::Program> programs = {power(2, 1), power(3, 1), power(2, 5)};
  const auto functions = cache.get(programs);
  EXPECT_EQ(functions[0], functions[2]);
  EXPECT_NE(functions[0], functions[1]);
  EXPECT_EQ(cache.misses(), 2U);
  EXPECT_EQ(cache.get(power(3, 7)), functions[1]);
  EXPECT_EQ(cache.misses(), 2U);
  const std::vector<float> x = {1, 2, 3};
  std::vector<float> y(3);
  for (std::size_t k = 0; k < programs.size(); ++k) {
    (*functions[k])(ir::constant_bits(programs[k]), x, y);
    std::vector<float> expected(3);
    ir::interpret<float, float>(programs[k], x, expected);
    EXPECT_EQ(y, expected);
  }
}

TEST(CodeCache, OptionsTellApart) {
  CodeCache cache(10);
  const auto function = cache.get(power(2, 1));
  EXPECT_NE(cache.get(power(2, 1), {.level = OptimisationLevel::Full}), function);
  EXPECT_NE(cache.get(power(2, 1), {.interleave = 2}), function);
  EXPECT_EQ(cache.get(power(2, 1), {.isa = host_isa()}), function);
  const Options embedded{.embed_constants = true};
  const auto with_one = cache.get(power(2, 1), embedded);
  EXPECT_NE(cache.get(power(2, 2), embedded), with_one);
  EXPECT_EQ(cache.get(power(2, 1), embedded), with_one);
}

TEST(CodeCache, ForgetsWhatWasNotUsedLongest) {
  CodeCache cache(2);
  const auto two = cache.get(power(2, 0));
  cache.get(power(3, 0));
  cache.get(power(2, 0));
  cache.get(power(4, 0));
  EXPECT_EQ(cache.size(), 2U);
  EXPECT_EQ(cache.get(power(2, 0)), two);
  EXPECT_EQ(cache.misses(), 3U);
  cache.get(power(3, 0));
  EXPECT_EQ(cache.misses(), 4U);
  // What is handed out works on.
  std::weak_ptr<const Function> watched = cache.get(power(5, 0));
  const auto held = watched.lock();
  cache.get(std::vector{power(6, 0), power(7, 0)});
  const std::vector<float> x = {2};
  std::vector<float> y(1);
  (*held)(x, y);
  EXPECT_EQ(y[0], 32);
}

}  // namespace
}  // namespace ulpforge::jit
