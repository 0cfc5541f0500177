// What a benchmark measured, as a table for people.
#pragma once

#include <string>

#include "bench/bench.h"

namespace ulpforge::bench {

/// Every row, ours with its ratio to the fastest peer, and notes on what the columns mean.
std::string to_table(const Result& result);

}  // namespace ulpforge::bench
