// Time as differences.
#pragma once

#include <chrono>

namespace ulpforge::validate {

/// Seconds since some moment, by a clock that never goes back.
inline double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace ulpforge::validate
