// How long functions take on this machine, when it is shared with others.
//
// Time on a shared machine comes in modes: another program on the same core, a lower frequency. So
// every sample of a function stands between two runs of a canary, a kernel of fixed work; samples
// whose canary is slower than the fastest seen by more than a tolerance are thrown away and taken
// again. Functions take turns, so that what remains of the disturbance meets all alike, and the
// figure is the median.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace ulpforge::jit {

/// What is timed: y[i] = f(x[i]).
using BatchFunction = std::function<void(std::span<const float> x, std::span<float> y)>;

struct MeasureOptions {
  std::size_t samples = 31;          ///< good ones wanted, per function
  std::size_t max_samples = 310;     ///< good or bad, per function
  double sample_microseconds = 200;  ///< about, of one sample
  double canary_tolerance = 0.03;
};

struct Measurement {
  double nanoseconds = 0;   ///< per element: the median
  double ratio = 0;         ///< nanoseconds / those of the reference, median of the rounds' ratios
  double spread = 0;        ///< interquartile range / median
  std::size_t samples = 0;  ///< good ones; all that there are when none was good
  bool quiet = false;       ///< as many good samples as wanted
};

/// Throughput: each function over all points, in turn. functions[0] is the reference, with ratio 1.
/// The points should fit the first level of cache (2048 floats, say).
std::vector<Measurement> measure_throughput(std::span<const BatchFunction> functions,
                                            std::span<const float> x,
                                            const MeasureOptions& options = {});

/// Latency: nanoseconds from arguments to results. The functions are called for kLatencyBlock
/// points at a time, and each call's arguments depend on the results of the call before, by bits
/// that turn out to be zero. The time of the same with a mere copy is subtracted.
inline constexpr std::size_t kLatencyBlock = 16;
std::vector<Measurement> measure_latency(std::span<const BatchFunction> functions,
                                         std::span<const float> x,
                                         const MeasureOptions& options = {});

}  // namespace ulpforge::jit
