// What a running search shows and logs.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "evo/search.h"

namespace ulpforge::runs {

/// A line of log.jsonl: the state as JSON; best_error by operation count, where there is one.
std::string log_line(const evo::Progress& progress);

/// The state in one line, with the time limit where it is finite; rates are the run's averages.
std::string progress_line(const evo::Progress& progress, double limit);

/// The best errors as "ops:error", each lower than those of all shorter programs.
std::string progress_front(const evo::Progress& progress);

/// What checkpoints have cost.
std::string saving_line(const evo::Saving& saving);

/// `text` broken at spaces into lines of at most `width` characters; longer words are cut.
std::vector<std::string> wrap(const std::string& text, std::size_t width);

/// Knows when the rows of a front changed last.
class RecentGains {
 public:
  /// The front, given as "key:value key:value", as a line a row; those that are new or changed
  /// within the last half minute say so.
  std::vector<std::string> rows(double seconds, const std::string& front);

 private:
  struct Row {
    std::string value;
    double changed = 0;
  };
  std::map<std::string, Row> known_;
};

/// Progress on standard error: a few lines that are redrawn on a terminal, a plain line every five
/// seconds elsewhere. Any thread may use it.
class ProgressView {
 public:
  ProgressView(bool quiet, double limit);
  ~ProgressView() { end(); }
  void show(const evo::Progress& progress);
  /// The same for a state that is two texts, after `seconds` of the run.
  void show(double seconds, const std::string& state, const std::string& front);
  /// What is being done after `seconds` of the run, while there is no state to show; as often as it
  /// is called, once a second at most.
  void show_phase(double seconds, const std::string& what);
  /// A line of its own.
  void note(const std::string& line);
  /// Leaves what was drawn and goes to a new line.
  void end();

 private:
  bool quiet_;
  bool terminal_;
  double limit_;
  std::mutex mutex_;
  std::size_t drawn_ = 0;  ///< lines on the terminal, the cursor in the last
  RecentGains gains_;
  std::string phase_;      ///< shown last
  double next_phase_ = 0;  ///< when it is due again, in seconds
  double next_ = 0;        ///< when the next plain line is due, in the search's seconds
};

}  // namespace ulpforge::runs
