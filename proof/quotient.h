// Quotients of power series with powers of t in front: program values near a removable singularity.
#pragma once

#include <cstddef>
#include <optional>

#include "ir/program.h"
#include "targets/exact/series.h"

namespace ulpforge::proof {

/// A function of t on a range that holds 0, twice: its Taylor series at 0, and the enclosure of its
/// Taylor coefficients about every point of the range.
struct Pair {
  targets::Series point;
  targets::Series wide;
};

/// What the operations on quotients need to know.
struct Frame {
  targets::Ball range;  ///< [0, h] or [-h, h]
  bool one_sided;       ///< t is not negative
  std::size_t length;   ///< terms of a series to begin with
  long bits;
};

/// t^power * numerator / denominator. As long as the denominator has a zero there the
/// value may be infinite, which IEEE arithmetic carries to the limit.
struct Quotient {
  long power = 0;
  Pair numerator;
  Pair denominator;
  std::size_t length = 0;  ///< terms that are known

  /// The function itself as a series; nothing when it is not bounded, as far as can be told.
  std::optional<Pair> regular(const Frame& frame) const;
};

struct Evaluation {
  Quotient value;
  bool divides_by_zero = false;     ///< at t = 0
  bool may_divide_by_zero = false;  ///< elsewhere on the range
};

/// The value of `program` at the input x(t); nothing when an operation cannot be carried out.
std::optional<Evaluation> evaluate(const ir::Program& program, const Pair& x, const Frame& frame);

/// (a - b) / b, a - b and a b, as far as they exist.
std::optional<Quotient> relative_difference(const Quotient& a, const Quotient& b,
                                            const Frame& frame);
Quotient difference(const Quotient& a, const Quotient& b, const Frame& frame);
Quotient product(const Quotient& a, const Quotient& b, const Frame& frame);

}  // namespace ulpforge::proof
