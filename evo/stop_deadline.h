// How long a search that was asked to stop, or whose time ends, may still take: what is begun is
// finished while there is time, and left out after that.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <stop_token>

namespace ulpforge::evo {

/// Seconds after the request until a batch of children that is not complete is thrown away, as if
/// it had not begun, and until no further programs of the front are verified. Together with files
/// to be written they stay below two seconds.
inline constexpr double kBatchDeadline = 0.4;
inline constexpr double kFrontDeadline = 1.2;

/// Knows when a stop was asked for, and when time ends. Thread-safe.
class StopDeadline {
 public:
  using Clock = std::chrono::steady_clock;

  explicit StopDeadline(std::stop_token stop)
      : note_(std::move(stop), [this] { requested_ = Clock::now().time_since_epoch().count(); }) {}

  /// Whether a stop was asked for at least `seconds` ago.
  bool passed(double seconds) const {
    const Clock::rep requested = requested_;
    if (requested == 0) return false;
    const Clock::duration since = Clock::now().time_since_epoch() - Clock::duration(requested);
    return std::chrono::duration<double>(since).count() >= seconds;
  }

  /// No program is verified from then on.
  void end_at(Clock::time_point end) { end_ = end; }
  /// Whether programs of the front may no longer be verified.
  bool front_passed() const { return passed(kFrontDeadline) || Clock::now() >= end_; }

 private:
  std::atomic<Clock::rep> requested_{0};  ///< ticks of the clock; 0: not yet
  Clock::time_point end_ = Clock::time_point::max();
  std::stop_callback<std::function<void()>> note_;
};

}  // namespace ulpforge::evo
