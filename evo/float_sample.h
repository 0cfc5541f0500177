// Floats at which candidates are measured before they are measured at every float: the exact values
// once, so that an error in ULP costs a few operations.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "targets/scores/float_reference.h"

namespace ulpforge::evo {

class FloatSample {
 public:
  /// The exact values at those floats, which lie in the reference's ranges or are special values.
  FloatSample(const targets::FloatReference& reference, std::vector<float> x);

  /// Adds floats.
  void add(const targets::FloatReference& reference, std::span<const float> x);

  std::span<const float> x() const { return x_; }
  std::size_t size() const { return x_.size(); }

  /// |y - f| in ULP of the exact value (targets/exact/ulp.h), good to about 1e-6; infinite where y is
  /// NaN, infinite or a zero of the wrong sign without being right.
  double error(std::size_t i, float y) const;

  /// Largest error, or the first one found above `limit`.
  double largest_error(std::span<const float> y,
                       double limit = std::numeric_limits<double>::infinity()) const;

  /// Those of its floats with the given indices.
  FloatSample subset(std::span<const std::size_t> indices) const;

 private:
  FloatSample() = default;

  std::vector<float> x_;
  std::vector<double> high_;
  std::vector<double> low_;
  std::vector<double> scale_;  ///< 1 / ulp(f); 0 where the answer has to be `exact_`, bit for bit;
                               ///< negative where it has to be a zero of either sign
  std::vector<float> exact_;
};

/// `count` floats of each binade and sign within the ranges, at random but fixed places, and the
/// ends of the binades; zeros, infinities and NaN where the ranges hold all finite numbers.
std::vector<float> sample_points(std::span<const targets::FloatRange> ranges, std::size_t count);

}  // namespace ulpforge::evo
