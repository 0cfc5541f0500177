// Searches that differ in nothing but their seed, and how their results spread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "runs/run.h"

namespace ulpforge::runs {

/// "1..10", "3,5,8", "1..4,9". Throws std::invalid_argument.
std::vector<std::uint64_t> parse_seeds(const std::string& text);

/// "7:5.7e-10,10:5.4e-15": errors by operation count (f32 runs: cycles by ULP limit). Throws
/// std::invalid_argument.
std::map<double, double> parse_levels(const std::string& text);

/// Lowest, middle and highest of the runs; infinite where a run has no such figure.
struct Spread {
  double least = 0;
  double median = 0;
  double most = 0;
};

/// Throws std::invalid_argument for no values. NaN counts as infinite.
Spread spread_of(std::vector<double> values);

struct SpreadRow {
  double key = 0;    ///< operation count; f32: limit in ULP
  Spread value;      ///< error of the best program with at most so many operations; f32: cycles
  double level = 0;  ///< that the times are about
  Spread seconds;    ///< to reach the level; infinite: not reached
  std::size_t reached = 0;  ///< by so many runs
};

/// How the runs, all of one regime, spread. A level that is not given is kNear times the best value
/// of any run. Times are those of the runs' logs: one look a second, for real runs at errors on the
/// fit's nodes, which the last step of the search lowers by some percent.
std::vector<SpreadRow> spread(const std::vector<Run>& runs, const std::map<double, double>& levels);
inline constexpr double kNear = 1.25;

std::string spread_table(const std::vector<Run>& runs, const std::vector<SpreadRow>& rows);
Json spread_json(const std::vector<Run>& runs, const std::vector<SpreadRow>& rows);

}  // namespace ulpforge::runs
