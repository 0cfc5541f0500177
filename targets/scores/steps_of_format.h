// Integers next to a number, and its parts, at every number of a format: exact in double, where
// pieces of a step each would be far too many.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "ir/program.h"

namespace ulpforge::targets {

struct Piece;

template <class Format>
class StepsOfFormat {
 public:
  /// Where the program is trunc, floor, ceil, round, roundeven, modf, frexp, its exponent or logb
  /// of x.
  static std::optional<StepsOfFormat> find(const ir::Program& program);

  explicit StepsOfFormat(ir::Op op) : op_(op) {}

  /// A piece for any numbers but 0 and subnormals.
  Piece piece(std::uint32_t first, int log_count) const;
  /// Whether such a piece is one for these numbers.
  static bool covers(std::uint32_t first);

  /// hi[i] + lo[i] at the numbers offset, offset + 1, ... of a Steps piece, without any error.
  static void evaluate(const Piece& piece, std::uint32_t offset, std::span<double> hi,
                       std::span<double> lo);

 private:
  ir::Op op_;
};

}  // namespace ulpforge::targets
