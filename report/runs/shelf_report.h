// The page about a shelf: each function's programs with their errors and times, the functions of
// libraries beside them, and the code.
#pragma once

#include <string>
#include <vector>

#include "shelf/shelf.h"

namespace ulpforge::report {

/// A function as `ulpforge bench` timed it.
struct Timing {
  std::string function;
  std::string name;  ///< "uf_expf_1u", "SLEEF u10"
  bool ours = false;
  std::string form;         ///< "512"
  std::string compilation;  ///< compiler and flags; empty for a library that is installed compiled
  double nanoseconds = 0;
  double latency = 0;
  bool quiet = true;
  double max_ulp = 0;                     ///< of any input
  double max_ulp_where_timed = 0;         ///< the same where that was not asked
  std::vector<std::string> wrong_values;  ///< "exp(-inf) is 1.2e-38, not 0"
};

struct Timings {
  std::string processor;
  std::vector<Timing> rows;
};

/// Reads what `bench --json` wrote; rows without an error are left out. Throws
/// std::invalid_argument that names `source`.
Timings parse_timings(const std::string& text, const std::string& source);

/// One self-contained HTML page.
std::string shelf_report(const shelf::Shelf& shelf, const std::vector<Timings>& timings);

}  // namespace ulpforge::report
