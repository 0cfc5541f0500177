// What a benchmark measured, as a table for people.
#pragma once

#include <string>

#include "bench/bench.h"

namespace ulpforge::bench {

/// Our times, alone and in parts of each peer's, with notes on what the signs in it mean.
std::string to_table(const Result& result);

}  // namespace ulpforge::bench
