// How a search is stopped and goes on: the states that it hands out and takes back, and when.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace ulpforge::evo {

/// What makes a run outlive its process.
struct Continuation {
  /// What `save` was given by a run of the same configuration; empty: from the beginning. Budgets
  /// may differ: the search goes on until it has used up what it has now.
  std::string state = {};
  /// Takes a state from which the search can go on; called from one thread. Not set: no states.
  std::function<void(std::string_view state)> save = {};
  /// Seconds between two calls, at most; a fourth of that after a new program on the front. Longer
  /// where saving would take more than kShare of the time.
  double interval = 20;

  static constexpr double kShare = 0.005;
};

/// What the states of a run have cost.
struct Saving {
  int states = 0;
  double seconds = 0;  ///< in making and saving them
  double of = 0;       ///< seconds of the search since it began or was resumed
};

/// When to save.
class SaveClock {
 public:
  explicit SaveClock(const Continuation& continuation) : continuation_(continuation) {}

  /// The front has a new program.
  void note_improvement() { improved_ = true; }

  /// Calls save(state()) when it is due, or `now`.
  template <class State>
  void offer(const State& state, bool now = false) {
    if (!continuation_.save) return;
    const double age = since(last_);
    const double due = continuation_.interval * (improved_ ? 0.25 : 1);
    if (!now && (age < due || spent_.seconds > Continuation::kShare * since(start_))) return;
    const auto begin = Clock::now();
    continuation_.save(state());
    spent_.seconds += since(begin);
    ++spent_.states;
    last_ = Clock::now();
    improved_ = false;
  }

  Saving spent() const { return {spent_.states, spent_.seconds, since(start_)}; }

 private:
  using Clock = std::chrono::steady_clock;
  static double since(Clock::time_point time) {
    return std::chrono::duration<double>(Clock::now() - time).count();
  }

  const Continuation& continuation_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_ = start_;
  Saving spent_;
  bool improved_ = false;
};

}  // namespace ulpforge::evo
