// A hunt in worker processes: routines whose inputs are too many to try them all.
#pragma once

#include <filesystem>
#include <functional>

#include "validate/hunt_report.h"
#include "validate/subject.h"

namespace ulpforge::validate {

struct HuntRequest {
  Subject subject;
  ExactFunction exact;
  HuntOptions options;      ///< but for the format, which is the subject's, and the known inputs
  bool exceptions = false;  ///< check exceptions and errno at the directed inputs too
  double timeout = 5;       ///< seconds for 1024 results
  /// File of inputs to begin with, to which the worst is added (validate/known_inputs.h); empty:
  /// none.
  std::filesystem::path known = {};
  /// Called after each round.
  std::function<void(const HuntResult&)> progress = {};
};

/// Throws std::invalid_argument.
HuntReport hunt_routine(const HuntRequest& request);

}  // namespace ulpforge::validate
