// Evaluation of contracted pair programs over many pairs at a time, lane by lane what ir/portable.h
// says.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ir/program.h"

namespace ulpforge::evo::pairs {

/// The operations that programs may use: sums, differences, products, minima and maxima, bitwise
/// operations, shifts, comparisons and choices.
std::span<const ir::Op> integer_operations();
/// Without products, and without `ternary` (any function of three bits at once), which few
/// processors have.
std::span<const ir::Op> usual_operations();

inline constexpr std::size_t kPairLanes = 256;  ///< a block
inline constexpr std::size_t kMaxPairOperations = 24;
inline constexpr std::size_t kMaxPairConstants = 2 * kMaxPairOperations;

class PairLanes {
 public:
  using Row = std::array<std::int32_t, kPairLanes>;

  /// Of the program at most kMaxPairOperations operations and kMaxPairConstants constants; it has
  /// to live as long as it is run.
  void load(const ir::Program& program);
  /// The results at a block of pairs, until the next call.
  const Row& run(const Row& x, const Row& y);

 private:
  const Row& row(ir::Operand operand, const Row& x, const Row& y) const;

  const ir::Program* program_ = nullptr;
  std::vector<Row> constants_ = std::vector<Row>(kMaxPairConstants);
  std::vector<Row> values_ = std::vector<Row>(kMaxPairOperations);
};

}  // namespace ulpforge::evo::pairs
