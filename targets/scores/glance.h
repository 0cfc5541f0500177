// What a block's errors say at a glance: maxima, counts and sums by vectors, for blocks of which
// every error is known to lie on one side of each threshold.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "targets/exact/ulp.h"
#include "targets/scores/errors.h"

namespace ulpforge::targets {

struct Glance {
  double certain = 0;  ///< some error is at least that large
  double most = 0;     ///< none is larger, but for those that are open
  std::uint64_t misrounded = 0;
  std::uint64_t above_one = 0;
  bool open = false;  ///< something is NaN, or too close to a threshold to tell on which side
};

/// The same with sums and the place of each error in a Histogram, whose bins' ends are thresholds
/// too.
struct DetailedGlance : Glance {
  double sum_of_sizes = 0;
  double sum_of_errors = 0;
  std::array<std::int64_t, kBlock> bins;  ///< Histogram::kFine for all above 2 ULP
};

/// At most kBlock errors in ULPs of the exact value.
struct BlockErrors {
  std::span<const double> errors;
  std::span<const double> doubts;
  std::span<const double> high;  ///< of the exact values, high + low
  std::span<const double> low;
};

/// The errors of results that are due in that rounding mode.
void look(const BlockErrors& block, Rounding rounding, Glance& glance);
void look(const BlockErrors& block, Rounding rounding, DetailedGlance& glance);

}  // namespace ulpforge::targets
