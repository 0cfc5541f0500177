// How the front of a run got better over time, read from its log.jsonl.
#pragma once

#include <filesystem>
#include <map>
#include <vector>

namespace ulpforge::runs {

/// From `seconds` on the best value was `value`.
struct Improvement {
  double seconds = 0;
  double value = 0;
};

struct History {
  double seconds = 0;  ///< of the whole run
  /// Real runs: the best error on the fit's nodes, by operation count. f32 runs: the lowest cost of
  /// a program of at most so many ULP, over the samples of the search, by that number (kUlpLimits).
  std::map<double, std::vector<Improvement>> best;
};

/// ULP limits that the history of an f32 run is told by.
inline constexpr double kUlpLimits[] = {0.6, 1, 2, 4, 16, 256, 4096};

/// Empty where there is no log. Lines that cannot be read, such as one that was cut off, are left
/// out.
History read_history(const std::filesystem::path& run_directory);

/// The first time at which the value is at most `level`; infinite if never.
double time_to_reach(const std::vector<Improvement>& improvements, double level);

}  // namespace ulpforge::runs
