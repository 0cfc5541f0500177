// What errors come to: counts, sums, their histogram, and where the first of each kind was seen.
#pragma once

#include <cstdint>

#include "numbers/format.h"
#include "targets/scores/histogram.h"

namespace ulpforge::targets {

/// Something counted, with the first (lowest) input where it was seen; of two short arguments an
/// input is x 2^bits + y.
template <class Input>
struct Finding {
  std::uint64_t count = 0;
  Input input = 0;           ///< meaningless while count is 0
  std::uint32_t result = 0;  ///< pattern of what came out there

  void add(Input at, std::uint32_t y, std::uint64_t times = 1) {
    if (count == 0) {
      input = at;
      result = y;
    }
    count += times;
  }
  void add(Input at, float y, std::uint64_t times = 1) {
    add(at, numbers::Binary32::bits(y), times);
  }
  /// Takes over what was found at higher inputs.
  void merge(const Finding& later) {
    if (count == 0) {
      input = later.input;
      result = later.result;
    }
    count += later.count;
  }
  friend bool operator==(const Finding&, const Finding&) = default;
};

/// Figures of a run of inputs.
template <class Input>
struct ErrorFigures {
  std::uint64_t inputs = 0;
  /// Special-value errors included, and of short formats zeros of the wrong sign.
  std::uint64_t misrounded = 0;
  std::uint64_t above_one_ulp = 0;  ///< special-value errors not included
  double max_ulp = 0;               ///< special-value errors aside; of floats none below 2^-30
  Input worst_input = 0;
  std::uint32_t worst_result = 0;
  double sum_of_sizes = 0;     ///< of |error| in ULP, over `measured` inputs
  double sum_of_errors = 0;    ///< signed
  std::uint64_t measured = 0;  ///< all but special-value errors
  Histogram histogram;
  Finding<Input>
      special_values;  ///< NaN where a number is due, a finite number at a pole and so on
  Finding<Input> zero_signs;

  double mean() const { return measured > 0 ? sum_of_sizes / static_cast<double>(measured) : 0; }
  double bias() const { return measured > 0 ? sum_of_errors / static_cast<double>(measured) : 0; }

  /// Takes over figures of higher inputs.
  void merge(const ErrorFigures& later) {
    if (later.max_ulp > max_ulp) {
      max_ulp = later.max_ulp;
      worst_input = later.worst_input;
      worst_result = later.worst_result;
    }
    inputs += later.inputs;
    misrounded += later.misrounded;
    above_one_ulp += later.above_one_ulp;
    sum_of_sizes += later.sum_of_sizes;
    sum_of_errors += later.sum_of_errors;
    measured += later.measured;
    histogram.merge(later.histogram);
    special_values.merge(later.special_values);
    zero_signs.merge(later.zero_signs);
  }
};

}  // namespace ulpforge::targets
