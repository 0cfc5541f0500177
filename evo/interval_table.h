// Interval tables: kernels that are one short polynomial for each interval of the argument. The
// interval's number is read off the bits of r scale + offset, its centre and coefficients come from
// permuted tables, so that no lane waits for memory.
#pragma once

#include <optional>
#include <tuple>
#include <vector>

#include "evo/polynomial_kernel.h"
#include "ir/program.h"
#include "numbers/format.h"
#include "numbers/random.h"
#include "targets/schemes/scheme.h"

namespace ulpforge::evo {

/// The interval of r has the number (bits(fma(r, scale, offset)) >> shift) mod intervals: intervals
/// of one length, without a shift, where the offset is so large that the sum is a whole number, and
/// of lengths that double with each binade of the sum where it is small. By sign, offset 0 and
/// shift 31, there are two, what is positive and what is negative, and the polynomials are in |r|.
struct IntervalTable {
  float scale = 1;
  float offset = 0;
  int shift = 0;
  int intervals = 16;  ///< 8, 16 or 32: entries of each table
  int degree = 4;
  bool centred = true;  ///< polynomials in r minus the interval's centre, or in r itself
  /// Next to 0 the polynomial is in r and is added to r itself: so that a slope next to 1 keeps
  /// more bits than a float has. What it is added to is the constant term or, where that is beyond
  /// r, r: one minimum or maximum tells.
  bool besides_r = false;
  int horner = 16;  ///< coefficients by Horner's scheme, the rest by Estrin's

  std::size_t interval_of(float r) const;
  bool by_sign() const { return offset == 0 && shift == kSignShift; }
  bool of_one_length() const { return offset == kWholeNumbers; }
  static constexpr float kWholeNumbers = 0x1.8p+23F;  ///< sums with it are rounded to whole numbers
  static constexpr int kSignShift = numbers::Binary32::kBits - 1;  ///< leaves the sign alone
  static auto fields(auto& t) {
    return std::tie(t.scale, t.offset, t.shift, t.intervals, t.degree, t.centred, t.besides_r,
                    t.horner);
  }
  friend bool operator==(const IntervalTable&, const IntervalTable&) = default;
};

/// A table for the scheme's kernel, at random.
IntervalTable random_table(const targets::Scheme& scheme, numbers::Random& random);

/// The table changed in one respect: how its polynomials are summed, their degree, their centres,
/// how many intervals there are or where they are cut.
IntervalTable neighbour(const IntervalTable& table, const targets::Scheme& scheme,
                        numbers::Random& random);

/// The kernel, its constants floats: on each interval the polynomial whose weighted error is least
/// (Lawson's iterated weights). Where it is centred, the centre is a float at which the function is
/// almost a float, so that the constant term costs next to nothing (Gal's accurate tables).
/// Nothing where a polynomial has no finite coefficients.
std::optional<ir::Program> tabulate(const targets::Scheme& scheme, const IntervalTable& table);

/// Whether the kernel has the constants that such a table is written with.
bool belongs_to(const IntervalTable& table, const ir::Program& kernel);

/// Indices of the kernel's constants that belong to one interval.
std::vector<std::size_t> constants_of_interval(const IntervalTable& table, std::size_t interval);

}  // namespace ulpforge::evo
