// A routine of one float, measured at every float of a domain, in one rounding mode or several.
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "validate/report.h"
#include "validate/subject.h"

namespace ulpforge::validate {

/// How far a rounding mode is.
struct MeasurementProgress {
  targets::Rounding rounding;
  int done;  ///< binades, those of an earlier run included
  int of;    ///< so many
  int of_this_run;
  double seconds;  ///< of this run, for the mode
};

struct MeasurementRequest {
  Subject subject;
  ExactFunction exact;
  std::string domain = {};  ///< as targets::parse_domain() reads it; "" for every float
  std::vector<targets::Rounding> roundings = {targets::Rounding::Nearest};
  targets::UlpOf ulp_of = targets::UlpOf::Exact;
  bool exceptions = false;  ///< check exceptions and errno too
  double timeout = 5;       ///< seconds for 1024 results
  unsigned threads = 1;
  std::uint64_t audit = 0;  ///< random inputs that MPFR checks
  std::uint64_t seed = 1;   ///< of these inputs
  std::filesystem::path resume =
      {};  ///< file that keeps the place (validate/resume.h); empty: none
  std::stop_token stop = {};
  /// Called after each binade, from one thread at a time.
  std::function<void(const MeasurementProgress&)> progress = {};
};

/// After a stop, what there is. Throws std::invalid_argument.
Report measure_routine(const MeasurementRequest& request);

}  // namespace ulpforge::validate
