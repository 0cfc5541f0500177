// Random programs for property tests.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "ir/program.h"

namespace ulpforge::ir::test {

class RandomPrograms {
 public:
  explicit RandomPrograms(std::uint64_t seed) : random_(seed) {}

  enum class Constants { Dyadic, Any };

  std::mt19937_64& engine() { return random_; }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }
  bool chance(double p) { return std::uniform_real_distribution<double>(0, 1)(random_) < p; }
  double uniform(double lo, double hi) {
    return std::uniform_real_distribution<double>(lo, hi)(random_);
  }

  /// A constant of a few bits, or one with 53 or 106 random bits.
  numbers::DoubleDouble constant(Constants kind) {
    const double sign = chance(0.5) ? -1.0 : 1.0;
    if (kind == Constants::Dyadic || chance(0.15)) {
      return std::ldexp(sign * static_cast<double>(below(9)), static_cast<int>(below(4)) - 2);
    }
    const double hi = sign * uniform(0.1, 4);
    return chance(0.5) ? numbers::DoubleDouble(hi)
                       : numbers::two_sum(hi, hi * 0x1p-55 * uniform(-1, 1));
  }

  /// `length` instructions over `ops`; operands lean towards recent values, so that programs are
  /// neither all dead code nor all one chain.
  Program program(std::size_t length, std::span<const Op> ops, Constants kind) {
    Program result;
    for (std::size_t i = 0; i < length; ++i) {
      Instruction instruction{.op = ops[below(ops.size())]};
      for (std::size_t k = 0; k < instruction.arity(); ++k) {
        instruction.operands[k] = operand(result, i, k, kind);
      }
      result.code.push_back(instruction);
    }
    result.result = length == 0 ? operand(result, 0, 0, kind) : Operand::value(length - 1);
    return result;
  }

 private:
  /// The first operand is mostly the latest value, so that little of the program is dead.
  Operand operand(Program& program, std::size_t values, std::size_t position, Constants kind) {
    const std::size_t draw = below(20);
    if (position == 0 && values > 0 && draw < 15) return Operand::value(values - 1);
    if (draw % 4 == 0) return program.add_constant(constant(kind));
    if (draw % 4 == 1 || values == 0) return Operand::input();
    return Operand::value(below(values));
  }

  std::mt19937_64 random_;
};

inline constexpr std::array kRealOps{Op::Add, Op::Sub, Op::Mul, Op::Div, Op::Add,
                                     Op::Mul, Op::Sub, Op::Neg, Op::Sqrt};

}  // namespace ulpforge::ir::test
