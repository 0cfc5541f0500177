// What a benchmark found, as JSON and as a drawing.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "bench/bench.h"

namespace ulpforge::bench {

/// Every row, with ours / each peer's time in the same function and form, and the fastest peers'.
nlohmann::ordered_json to_json(const Result& result);

/// Error against time, one drawing a function and form, as one SVG file.
std::string to_svg(const Result& result);

}  // namespace ulpforge::bench
