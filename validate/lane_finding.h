// What was found out about lanes that depend on one another (validate/lanes.h), for the reports.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "numbers/format.h"
#include "validate/regions.h"

namespace ulpforge::validate {

struct LaneFinding {
  std::uint64_t compared = 0;  ///< results; 0 where there are no lanes
  std::uint64_t different = 0;
  // Of the different ones looked into the one with the largest error:
  int lane = 0;
  std::vector<Point> vector;  ///< what was in the lanes
  double result = 0;          ///< of that lane
  double alone = 0;           ///< with the same input in all lanes
  double error = 0;           ///< of the result, in ULP, not signed; NaN: a special-value error
};

/// The line of a report, without its title.
std::string to_text(const LaneFinding& finding, numbers::Format format, std::size_t inputs);
nlohmann::ordered_json to_json(const LaneFinding& finding, numbers::Format format,
                               std::size_t inputs);

/// A number exactly, "nan" without a sign.
std::string exact_text(double value);

}  // namespace ulpforge::validate
