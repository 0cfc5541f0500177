// How good a loop is, measured on the code that is timed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>

#include "targets/scores/pieces.h"
#include "targets/scores/reference.h"
#include "targets/scores/score.h"

namespace ulpforge::bench {

/// y[i] = f(x[i]); the count is a multiple of kBlock.
using Array = std::function<void(const float* x, float* y, std::size_t n)>;
inline constexpr std::size_t kBlock = 16;

struct Accuracy {
  targets::Score score;
  bool every_input = true;  ///< else at a sample
  /// At those inputs among them that are in the ranges asked for.
  std::optional<targets::Score> inside = {};
};

/// At every float, infinities and NaN included; with `samples` at about so many, in stretches of
/// consecutive floats that are spread over all binades. On all threads. With ranges, which do not
/// overlap, what is true inside them too. After a stop nothing that is returned means anything;
/// likewise below.
Accuracy measure_accuracy(const targets::FloatReference& reference, const Array& array,
                          std::uint64_t samples = 0,
                          std::span<const targets::FloatRange> inside = {},
                          const std::stop_token& stop = {});

/// The same at normal floats of a size up to `largest` whose result by `full` is normal.
Accuracy measure_accuracy_of_normal(const targets::FloatReference& reference, const Array& array,
                                    const Array& full, float largest, std::uint64_t samples = 0,
                                    const std::stop_token& stop = {});

/// Whether both give the same bits, but for the sign and payload of NaNs, at the inputs that
/// measure_accuracy visits.
bool same_bits(const Array& a, const Array& b, std::uint64_t samples = 0,
               const std::stop_token& stop = {});

}  // namespace ulpforge::bench
