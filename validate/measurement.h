// A routine of one float, measured at every float of a domain, in one rounding mode or several.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "validate/report.h"
#include "validate/subject.h"

namespace ulpforge::validate {

/// How far a step of a measurement is.
struct MeasurementProgress {
  enum class Step { Preparation, Measurement, Audit };
  Step step = Step::Measurement;
  targets::Rounding rounding = targets::Rounding::Nearest;  ///< of a measurement
  double share = 0;                                         ///< that is done, by an earlier run too
  double share_of_this_run = 0;                             ///< of the step
  double seconds = 0;                                       ///< of this run, for the step
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
  /// Random inputs that MPFR checks; nothing: a million, or a hundredth of the inputs if that is
  /// less.
  std::optional<std::uint64_t> audit = 0;
  std::uint64_t seed = 1;  ///< of these inputs
  std::filesystem::path resume =
      {};  ///< file that keeps the place (validate/resume.h); empty: none
  std::stop_token stop = {};
  /// Called now and then, from one thread at a time.
  std::function<void(const MeasurementProgress&)> progress = {};
};

/// After a stop, what there is. Throws std::invalid_argument.
Report measure_routine(const MeasurementRequest& request);

}  // namespace ulpforge::validate
