// Compiled code against the interpreter: every row and type, instruction set and level.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ir/machine_programs.h"
#include "ir/text.h"
#include "jit/compiler.h"

namespace ulpforge::jit::test {

using namespace ir::test;

struct Way {
  Isa isa;
  OptimisationLevel level;
};

/// Every instruction set of the host, in both tiers.
inline std::vector<Way> ways() {
  std::vector<Way> all;
  for (const Isa isa : isas()) {
    if (!host_has(isa)) continue;
    for (const OptimisationLevel level : {OptimisationLevel::Fast, OptimisationLevel::Full})
      all.push_back({isa, level});
  }
  return all;
}

inline std::string name_of(const Way& way) {
  return std::string(name(way.isa)) + (way.level == OptimisationLevel::Fast ? "_fast" : "_full");
}

/// What compiled code gives: bits in, bits out.
inline std::vector<std::uint64_t> run_bits(const Function& function,
                                           std::span<const std::uint64_t> constants,
                                           std::span<const std::uint64_t> inputs) {
  return with_type(function.input_type(), [&](auto x) {
    using X = decltype(x);
    const std::vector<X> in = from_bits<X>(inputs);
    return with_type(function.result_type(), [&](auto y) {
      using Y = decltype(y);
      std::vector<Y> out(in.size());
      function.evaluate<X, Y>(constants, in, out);
      return to_bits<Y>(out);
    });
  });
}

/// Which point differs, or "".
inline std::string difference(const ir::Program& program, std::span<const std::uint64_t> inputs,
                              std::span<const std::uint64_t> expected,
                              std::span<const std::uint64_t> got) {
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!same_value(expected[i], got[i], ir::result_type(program))) {
      return fmt::format("{}\nat bits {:#x}: interpreted {:#x}, compiled {:#x}", ir::print(program),
                         inputs[i], expected[i], got[i]);
    }
  }
  return "";
}

/// One operation whose operands all come from the bits of a 64-bit integer, so that random points
/// give random operands. Results of operations that keep a NaN's bits are compared as bits.
inline ir::Program spread_operation(const TypedRow& typed, std::uint8_t immediate) {
  using ir::Op;
  using ir::Operand;
  using ir::Type;
  ir::Program program;
  program.input_types[0] = Type::I64;
  std::array<Operand, 3> operands{};
  for (std::size_t k = 0; k < typed.row.arity; ++k) {
    if (const std::size_t entries = table_size(typed.row, k); entries > 0) {
      operands[k] = Operand::constant(program.constants.size());
      for (std::size_t i = 0; i < entries; ++i) {
        // All different, and 32 bits hold each.
        const double far = i < 48 ? 0 : static_cast<double>(i);
        program.add_constant(std::ldexp(i % 3 == 0 ? -5.0 : 7.0, static_cast<int>(i / 2 % 24)) +
                             far);
      }
      continue;
    }
    // Multiplying moves other bits to the top; the shift brings them to where 32 bits are taken.
    const Operand factor = program.add_constant(
        ir::integer_constant(static_cast<std::int64_t>(0x9e3779b97f4a7c15ULL * (2 * k + 1) | 1)));
    Operand x =
        k == 0 ? Operand::input() : program.add(Type::I64, Op::Mul, Operand::input(), factor);
    const Type type = operand_type(typed.row, typed.type, k);
    if (k > 0 && integer_of(type) == Type::I32) {
      const Operand shift = program.add_constant(32.0);
      x = program.add(Type::I64, Op::ShiftRight, x, shift);
    }
    operands[k] = as_type(program, x, Type::I64, type);
  }
  program.result = program.add(typed.type, typed.row.op, operands[0], operands[1], operands[2],
                               typed.row.op == Op::Ternary ? immediate : std::uint8_t{0});
  const Type type = result_type(typed.row, typed.type);
  if (type == Type::Bool) {
    const Operand one = program.add_constant(1.0);
    const Operand zero = program.add_constant(0.0);
    program.result = program.add(Type::I32, Op::Select, program.result, one, zero);
  }
  const bool keeps_bits = typed.row.op == Op::Neg || typed.row.op == Op::Abs ||
                          typed.row.op == Op::Copysign || typed.row.op == Op::Select ||
                          typed.row.op == Op::SelectRare;
  if (keeps_bits && ir::is_float(type)) {
    program.result = program.add(type, Op::Bits, program.result);
  }
  return program;
}

/// Integers whose halves, and whose whole as double, are often numbers of moderate size.
inline std::vector<std::uint64_t> spread_inputs(std::size_t count, unsigned seed) {
  std::vector<std::uint64_t> inputs;
  const std::vector<std::uint64_t> narrow = sample_bits(ir::Type::F32, 2 * (count / 3), seed);
  for (std::size_t i = 0; i + 1 < narrow.size(); i += 2) {
    inputs.push_back(narrow[i] << 32 | narrow[i + 1]);
  }
  const std::vector<std::uint64_t> wide = sample_bits(ir::Type::F64, count / 3, seed + 1);
  inputs.insert(inputs.end(), wide.begin(), wide.end());
  std::mt19937_64 random(seed + 2);
  while (inputs.size() < count) inputs.push_back(random());
  return inputs;
}

/// Operations with random operands, `count` points per row, the same in every way to compile.
inline void expect_agreement_on_random_operands(std::size_t count, unsigned seed) {
  const std::vector<std::uint64_t> all = spread_inputs(count, seed);
  std::vector<ir::Program> programs;
  for (const TypedRow& typed : typed_rows()) {
    if (typed.row.op == ir::Op::Ternary) {
      for (const int table : {0x00, 0x96, 0xe8, 0xca, 0x1b, 0xff}) {
        programs.push_back(spread_operation(typed, static_cast<std::uint8_t>(table)));
      }
    } else {
      programs.push_back(spread_operation(typed, 0));
    }
  }
  Compiler compiler;
  std::vector<std::vector<Function>> compiled;
  const std::vector<Way> every_way = ways();
  for (const Way& way : every_way) {
    compiled.push_back(compiler.compile(programs, {.level = way.level, .isa = way.isa}));
  }
  // Pieces that stay in the cache.
  constexpr std::size_t kPiece = 1 << 13;
  for (std::size_t k = 0; k < programs.size(); ++k) {
    for (std::size_t begin = 0; begin < all.size(); begin += kPiece) {
      const auto inputs = std::span(all).subspan(begin, std::min(kPiece, all.size() - begin));
      const std::vector<std::uint64_t> expected = interpret_bits(programs[k], inputs);
      for (std::size_t w = 0; w < every_way.size(); ++w) {
        const Function& function = compiled[w][k];
        const std::vector<std::uint64_t> got = run_bits(function, function.constants(), inputs);
        if (got == expected) continue;
        ASSERT_EQ(difference(programs[k], inputs, expected, got), "") << name_of(every_way[w]);
      }
    }
  }
}

}  // namespace ulpforge::jit::test
