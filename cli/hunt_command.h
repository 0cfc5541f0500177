// The hunt of `ulpforge validate`: routines whose inputs are too many to try them all.
#pragma once

#include <string>

#include "ir/program.h"
#include "validate/hunt_report.h"
#include "validate/worker.h"

namespace ulpforge::cli {

struct HuntRequest {
  validate::Callee callee;
  validate::Identity identity;
  ir::Program program;  ///< the exact function, of as many inputs as the callee
  targets::Rounding rounding = targets::Rounding::Nearest;
  double seconds = 0;             ///< with evaluations = 0 too: a minute
  std::uint64_t evaluations = 0;
  std::uint64_t seed = 1;
  std::uint64_t audit = 20000;
  unsigned threads = 1;
  double timeout = 5;  ///< seconds for 1024 results
  std::string known;   ///< file of inputs to begin with, to which the worst is added; or ""
  bool quiet = false;
  std::stop_token stop;
};

/// Runs it in worker processes, with progress on standard error.
validate::HuntReport hunt_routine(const HuntRequest& request);

}  // namespace ulpforge::cli
