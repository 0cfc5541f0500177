// The best float constants: the best real constants, rounded, are not.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "evo/float_sample.h"
#include "evo/random.h"

namespace ulpforge::evo {

/// y[i] = candidate with those constants (bits, as ir::constant_bits gives them) at x[i].
using Evaluate = std::function<void(std::span<const std::uint64_t> constants,
                                    std::span<const float> x, std::span<float> y)>;

struct RoundingResult {
  double max_ulp = 0;  ///< over the whole sample, for the constants that come out
  int trials = 0;
};

/// Moves the float constants `tunable` (indices into `constants`) by a few units in the last place,
/// one or two at a time, keeping what lowers the largest error over the sample: hill climbing on the
/// worst points, which are chosen anew from the whole sample every now and then. Improves
/// `constants` in place, never worsens them.
RoundingResult tune_constants(const FloatSample& sample, const Evaluate& evaluate,
                              std::span<std::uint64_t> constants,
                              std::span<const std::size_t> tunable, int trials, Random& random);

}  // namespace ulpforge::evo
