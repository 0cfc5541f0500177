// The best constants of a machine program: the best real constants, rounded, are not.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "evo/sample.h"
#include "evo/short_sample.h"
#include "ir/types.h"
#include "numbers/random.h"

namespace ulpforge::evo {

/// y[i] = candidate with those constants (bits, as ir::constant_bits gives them) at x[i].
using Evaluate = std::function<void(std::span<const std::uint64_t> constants,
                                    std::span<const float> x, std::span<float> y)>;

struct RoundingResult {
  double max_ulp = 0;  ///< over the whole sample, for the constants that come out
  int trials = 0;
};

/// A constant that may be moved: its index, and its type, F32 or F64.
struct Tunable {
  std::size_t index = 0;
  ir::Type type = ir::Type::F32;
};

/// What a search for constants works in. One thread's; the next search needs no memory of its own.
/// Sample: FloatSample or ShortSample.
template <class Sample>
struct RoundingSpace {
  std::vector<float> y, active_y;
  std::vector<double> errors, candidates;
  std::vector<std::size_t> worst, chosen;
  Sample active;
};

/// Sample: FloatSample or ShortSample, whose figure of merit stands for the error.
/// Moves the constants `tunable` by a few units in the last place, one or two at a time, keeping
/// what lowers the largest error over the sample: hill climbing on the worst points, which are
/// chosen anew from the whole sample every now and then. Ends early where nothing is left to gain:
/// at half a ULP. Improves `constants` in place, never worsens them.
template <class Sample>
RoundingResult tune_constants(const Sample& sample, const Evaluate& evaluate,
                              std::span<std::uint64_t> constants, std::span<const Tunable> tunable,
                              int trials, numbers::Random& random, RoundingSpace<Sample>& space);

template <class Sample>
RoundingResult tune_constants(const Sample& sample, const Evaluate& evaluate,
                              std::span<std::uint64_t> constants, std::span<const Tunable> tunable,
                              int trials, numbers::Random& random) {
  RoundingSpace<Sample> space;
  return tune_constants(sample, evaluate, constants, tunable, trials, random, space);
}

}  // namespace ulpforge::evo
