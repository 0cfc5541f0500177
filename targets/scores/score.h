// How good a routine is at every number of a range: exact figures.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <span>

#include "targets/exact/ulp.h"
#include "targets/scores/reference.h"

namespace ulpforge::targets {

/// y[i] = routine(x[i]), numbers of the format. Called from one thread by score(); any count.
template <class Format>
using Routine = std::function<void(std::span<const typename Format::Value> x,
                                   std::span<typename Format::Value> y)>;
using FloatRoutine = Routine<numbers::Binary32>;

struct ScoreOptions {
  UlpOf ulp_of = UlpOf::Exact;
  Rounding rounding = Rounding::Nearest;
  /// Stop as soon as an error above that many ULP (or a special-value error) is certain.
  double give_up_above = std::numeric_limits<double>::infinity();
};

struct Score {
  /// Errors below that are not ranked, and leave max_ulp at 0: where exp(x) rounds to 1 they say
  /// nothing of the routine.
  static constexpr double kNegligible = 0x1p-30;

  double max_ulp = 0;             ///< by MPFR; special-value errors aside
  std::uint32_t worst_input = 0;  ///< pattern of the first input with that error
  std::uint64_t inputs = 0;
  std::uint64_t misrounded = 0;  ///< not correctly rounded; special-value errors included
  std::uint64_t above_one_ulp = 0;
  std::uint64_t special_value_errors = 0;  ///< NaN where a number is due and the like
  std::uint64_t zero_sign_errors = 0;
  std::uint64_t mpfr_calls = 0;
  bool gave_up = false;  ///< the figures are those up to the input where it stopped

  /// Adds what was found on a range that follows. Exact: any division of a range gives the same.
  void merge(const Score& later);
};

/// The score of `routine` at the numbers of `range`, ascending by pattern; those outside the
/// reference's ranges are left out (infinities and NaN belong to none and are taken along where
/// `range` has them). Thread-safe for different routines.
template <class Format>
Score score(const Reference<Format>& reference, const Routine<Format>& routine, PatternRange range,
            const ScoreOptions& options = {});

}  // namespace ulpforge::targets
