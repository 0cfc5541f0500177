// How many errors there are of each size.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace ulpforge::targets {

/// Errors in ULP by size: (k / 16, (k + 1) / 16] for k < 32 (0 in the first), then (2, 4], (4, 8],
/// ..., and the last for all that is above. Special-value errors are in none.
struct Histogram {
  static constexpr std::size_t kFine = 32;
  static constexpr std::size_t kBins = kFine + 9;
  std::array<std::uint64_t, kBins> counts{};

  /// Upper end of a bin in ULP; infinite for the last.
  static double upper(std::size_t bin) {
    if (bin < kFine) return static_cast<double>(bin + 1) / 16;
    if (bin + 1 == kBins) return std::numeric_limits<double>::infinity();
    return std::ldexp(4.0, static_cast<int>(bin - kFine));
  }

  /// Counts an error of that size.
  void add(double size) {
    std::size_t bin = 0;
    if (size <= 2) {
      bin = size > 0 ? static_cast<std::size_t>(std::ceil(size * 16)) - 1 : 0;
    } else {
      bin = kFine;
      while (size > upper(bin)) ++bin;
    }
    ++counts[bin];
  }

  void merge(const Histogram& other) {
    for (std::size_t bin = 0; bin < kBins; ++bin) counts[bin] += other.counts[bin];
  }
};

}  // namespace ulpforge::targets
