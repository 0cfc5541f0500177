// What a running search shows and logs.
#pragma once

#include <mutex>
#include <string>

#include "evo/search.h"

namespace ulpforge::experiments {

/// A line of log.jsonl: the state as JSON; best_error by operation count, where there is one.
std::string log_line(const evo::Progress& progress);

/// The state in one line, with the time limit where it is finite; rates are the run's averages.
std::string progress_line(const evo::Progress& progress, double limit);

/// The best errors as "ops:error", each lower than those of all shorter programs.
std::string progress_front(const evo::Progress& progress);

/// Progress on standard error: two lines that are redrawn on a terminal, a plain line every five
/// seconds elsewhere. Any thread may use it.
class ProgressView {
 public:
  ProgressView(bool quiet, double limit);
  void show(const evo::Progress& progress);
  /// A line of its own.
  void note(const std::string& line);

 private:
  bool quiet_;
  bool terminal_;
  double limit_;
  std::mutex mutex_;
  bool drawn_ = false;
  double next_ = 0;  ///< when the next plain line is due, in the search's seconds
};

}  // namespace ulpforge::experiments
