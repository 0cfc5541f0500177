// The time of a search: what it has used, what it may use, when to report.
#pragma once

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <stdexcept>

namespace ulpforge::evo {

/// The budget that both regimes' configurations have. Throws std::invalid_argument where it is
/// none.
inline void check_budget(int threads, double seconds, std::uint64_t evaluations) {
  if (threads < 0) {
    throw std::invalid_argument(fmt::format("threads must be positive, not {}", threads));
  }
  if (!(seconds > 0)) {
    throw std::invalid_argument(fmt::format("time must be positive, not {} s", seconds));
  }
  if (evaluations == 0) throw std::invalid_argument("evaluations must be positive");
}

/// Seconds of a search, those before the state that it went on from included.
class Stopwatch {
 public:
  explicit Stopwatch(double earlier = 0) { go_on_from(earlier); }
  /// `seconds` until now, but for those since this object was made.
  void go_on_from(double seconds) {
    earlier_ = seconds;
    next_report_ = std::floor(seconds) + 1;
  }

  double elapsed() const {
    return earlier_ + std::chrono::duration<double>(Clock::now() - start_).count();
  }

  /// True once for each second that has begun since the last time.
  bool report_due() {
    const double now = elapsed();
    if (now < next_report_) return false;
    next_report_ = std::floor(now) + 1;
    return true;
  }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
  double earlier_ = 0;
  double next_report_ = 1;
};

}  // namespace ulpforge::evo
