// How long work takes, and how far its results are from exact ones.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <functional>
#include <vector>

/// Seconds of the fastest of several runs. Compilers do not see that main alone calls the work,
/// which g++ would leave unoptimised for that.
inline double seconds(const std::function<void()>& work) {
  using Clock = std::chrono::steady_clock;
  double best = 1e9, all = 0;
  for (int run = 0; run < 3 || (run < 50 && all < 0.25); ++run) {
    const auto start = Clock::now();
    work();
    const double taken = std::chrono::duration<double>(Clock::now() - start).count();
    best = std::min(best, taken);
    all += taken;
  }
  return best;
}

/// The largest |y - exact|, in `unit` or, where that is 0, relative to |exact|, but to no less than
/// the smallest normal number.
inline double largest_error(const std::vector<float>& y, const std::vector<double>& exact,
                            double unit = 0) {
  double largest = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double scale = unit > 0 ? unit : std::max(std::abs(exact[i]), 0x1p-126);
    const double error = std::abs(static_cast<double>(y[i]) - exact[i]) / scale;
    if (!(error <= largest)) largest = error;  // a NaN stays
  }
  return largest;
}

struct Result {
  double seconds, error;
};

/// One line for each; `count` results were computed. Returns main's exit code: 1 if libufmath's
/// error is above `allowed`.
inline int compare(const char* what, std::size_t count, const Result& plain, const Result& ours,
                   double allowed) {
  const double unit = 1e-9 * static_cast<double>(count);
  std::printf("%s, %zu results\n", what, count);
  std::printf("  std::      %7.2f ns each   error %.1e\n", plain.seconds / unit, plain.error);
  std::printf("  libufmath  %7.2f ns each   error %.1e   %.1f times as fast\n", ours.seconds / unit,
              ours.error, plain.seconds / ours.seconds);
  return ours.error <= allowed ? 0 : 1;
}
