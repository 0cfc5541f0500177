// Where a target vanishes: the points next to which a relative error asks for a zero in the program
// too.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "ir/program.h"
#include "numbers/mpfr.h"
#include "targets/exact/domain.h"

namespace ulpforge::targets {

/// A zero, enclosed: a sign change between two numbers (at a simple zero), or a number at which the
/// function is 0.
struct Zero {
  numbers::DoubleDouble at;  ///< to 106 bits
  int order = 1;  ///< its multiplicity; 0 where the function has no power series there (sqrt)
  /// The zero is this double, as far as can be told (below 2^-4096 there). Otherwise it lies
  /// between below() and above(), which are neighbours.
  bool is_double = false;

  double below() const {
    return at.lo < 0 ? std::nextafter(at.hi, -std::numeric_limits<double>::infinity()) : at.hi;
  }
  double above() const {
    return at.lo > 0 ? std::nextafter(at.hi, std::numeric_limits<double>::infinity()) : at.hi;
  }
  friend bool operator==(const Zero&, const Zero&) = default;
};

/// The zeros of a function on an interval, ascending, and those so close beyond its ends (pi for
/// [0, pi rounded to double]) that the values at the ends are no more than those of a zero there.
/// Rigorous (Arb) for simple zeros; a multiple one is found where it is a double, or where the
/// derivative changes its sign. Nothing where they cannot be told, or are more than kMostZeros: the
/// function is 0 on an interval, or oscillates.
inline constexpr std::size_t kMostZeros = 12;
std::optional<std::vector<Zero>> find_zeros(const ir::Program& program, const Domain& domain);

/// Whether x lies between the two neighbouring doubles that enclose one of the zeros: there a
/// program whose constants have finitely many bits has no bounded relative error.
bool in_gap(std::span<const Zero> zeros, const numbers::Mpfr& x);

}  // namespace ulpforge::targets
