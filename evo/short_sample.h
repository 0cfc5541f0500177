// All numbers of a short format as a sample: every program is measured at each of them, so that how
// many results are not correctly rounded is known from the first program on.
//
// A program computes in float, and its result is rounded to the format. So what is right at an
// input is an interval of floats: counting the results outside takes two comparisons of integers
// each. The figure of merit grows with the error of results that are off by 1 ULP or more and,
// where none are, with the number of those that are not correctly rounded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evo/constraints.h"
#include "targets/scores/score.h"
#include "targets/scores/short_values.h"

namespace ulpforge::evo {

/// The figure of merit, an error in ULP as archives and fronts rank it: of a program whose results
/// are all less than 1 ULP off
/// 0.5 + (misrounded / inputs)^(1/4) / 2; 0.5 is a program without any that is misrounded. Of
/// others it is at least 1, about their largest error.
double short_merit(double misrounded, double inputs);

class ShortSample {
 public:
  /// At all of the values' numbers.
  explicit ShortSample(const targets::ShortValues& values);

  std::span<const float> x() const { return x_; }
  std::size_t size() const { return x_.size(); }

  /// How close the result is to being misrounded, in ULP: negative where it is not.
  double error(std::size_t i, float y) const;
  /// The same at all of its numbers.
  void errors(std::span<const float> y, std::span<double> out) const;
  /// The figure of merit; anything above `limit` once it is known to be that. Of a subset it is no
  /// larger than of the whole sample.
  double largest_error(std::span<const float> y,
                       double limit = std::numeric_limits<double>::infinity()) const;

  /// Becomes those of the whole's numbers that have the given indices. Keeps its memory.
  void assign(const ShortSample& whole, std::span<const std::size_t> indices);
  /// Every so-manyth number.
  ShortSample thinned(std::size_t step) const;

  /// Of no number.
  ShortSample() = default;

 private:
  double inputs_ = 0;   ///< of the whole sample
  double largest_ = 0;  ///< results of larger size count as that
  std::vector<float> x_;
  // Floats by rank (in order of value, -0 before +0, all NaN as the last): what is right, and what
  // is faithful.
  std::vector<std::int32_t> right_first_, right_last_, faithful_first_, faithful_last_;
  std::vector<double> value_;  ///< exact, as far as it counts
  std::vector<double> scale_;  ///< 1 / ulp(value)
};

/// The figure of merit of a score.
double short_merit(const targets::Score& score);

/// What of the constraints the results break, and where; nothing where they keep all of them.
/// `exact`: numbers at which the result has to be the correctly rounded one.
std::optional<std::string> find_short_break(const targets::ShortValues& values,
                                            std::span<const std::uint32_t> results,
                                            const Constraints& constraints,
                                            std::span<const double> exact);

}  // namespace ulpforge::evo
