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
  std::string form;   ///< "512"
  std::string flags;  ///< of ours, compiler and options
  double nanoseconds = 0;
  double max_ulp = 0;
  bool special_values_right = true;
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
