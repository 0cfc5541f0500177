// Numbers at which candidates are measured before they are measured at every number of the format:
// the exact values once, so that an error in ULP costs a few operations.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "targets/scores/reference.h"

namespace ulpforge::evo {

template <class Format>
class Sample {
 public:
  using Value = typename Format::Value;

  /// The exact values at those numbers, which lie in the reference's ranges or are special values.
  Sample(const targets::Reference<Format>& reference, std::vector<Value> x);

  /// Adds numbers.
  void add(const targets::Reference<Format>& reference, std::span<const Value> x);
  /// Adds numbers at which only the correctly rounded value is right.
  void demand(const targets::Reference<Format>& reference, std::span<const Value> x,
              std::span<const Value> rounded);

  std::span<const Value> x() const { return x_; }
  std::size_t size() const { return x_.size(); }

  /// |y - f| in ULP of the exact value (targets/exact/ulp.h), good to about 1e-6; infinite where y
  /// is NaN, infinite or a zero of the wrong sign without being right.
  double error(std::size_t i, Value y) const;
  /// The same at all of its numbers.
  void errors(std::span<const Value> y, std::span<double> out) const;

  /// Largest error, or one above `limit` where there is one.
  double largest_error(std::span<const Value> y,
                       double limit = std::numeric_limits<double>::infinity()) const;

  /// Becomes those of the whole's numbers that have the given indices. Keeps its memory.
  void assign(const Sample& whole, std::span<const std::size_t> indices);

  /// Of no number.
  Sample() = default;

 private:
  /// The same at y.size() of its numbers, few, from that one on.
  void errors_of_stretch(std::size_t first, std::span<const Value> y, std::span<double> out) const;

  targets::ResultFormat results_ = {Format::kRow};
  std::vector<Value> x_;
  std::vector<double> high_;
  std::vector<double> low_;
  std::vector<double> scale_;  ///< 1 / ulp(f); 0 where the answer has to be `exact_`, bit for bit;
                               ///< negative where it has to be a zero of either sign
  std::vector<Value> exact_;
};

using FloatSample = Sample<numbers::Binary32>;

/// `count` numbers of each binade and sign within the ranges, at random but fixed places, and the
/// ends of the binades; zeros, infinities and NaN where the ranges hold all finite numbers.
template <class Format>
std::vector<typename Format::Value> sample_points(std::span<const targets::PatternRange> ranges,
                                                  std::size_t count);

}  // namespace ulpforge::evo
