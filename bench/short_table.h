// What a benchmark of functions of short formats measured, as a table for people and as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "bench/short_bench.h"

namespace ulpforge::bench {

/// Every row, ours with its ratios to the fastest library, table and published kernel.
std::string to_table(const ShortResult& result);

/// A list: every row with those ratios.
nlohmann::ordered_json to_json(const ShortResult& result);

}  // namespace ulpforge::bench
