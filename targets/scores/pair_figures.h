// Functions of two numbers of a short format: which pairs count, and what the results of programs
// are worth at all of them.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "targets/scores/short_values.h"

namespace ulpforge::targets {

/// Pairs of numbers that a routine of two arguments is asked for.
enum class PairSet {
  All,     ///< every pair of patterns, infinities and NaN included
  Finite,  ///< finite numbers where the exact value is finite, too, zeros and subnormals included
  /// Normal numbers whose exact value is one, too, with a factor of two to spare at both ends: what
  /// algorithms are published for that care for nothing special.
  Normal,
};
/// "all", "finite", "normal".
std::string_view name(PairSet set);
std::optional<PairSet> find_pair_set(std::string_view name);
/// "every pair of finite numbers whose exact value is finite".
std::string_view words(PairSet set);

/// What an error is counted in; of negative exact values with the other sign, so that results that
/// are too large in size have positive errors.
enum class PairMetric {
  Ulp,       ///< (y - f) / ulp(f), the format's
  Relative,  ///< (y - f) / max(|f|, the smallest normal number)
  Absolute,  ///< y - f
};
inline constexpr std::size_t kPairMetrics = 3;
/// "ulp", "relative", "absolute".
std::string_view name(PairMetric metric);

/// What of the errors at all pairs is to be small.
enum class PairObjective {
  Max,   ///< the largest
  Mean,  ///< of their sizes
  Rms,   ///< root of the mean square
  Bias,  ///< the size of their mean, signs kept
};
/// "max", "mean", "rms", "bias".
std::string_view name(PairObjective objective);
std::optional<PairObjective> find_pair_objective(std::string_view name);

/// Errors at some pairs in one metric. A pair is x 2^bits + y.
struct PairErrors {
  double max = 0;
  std::uint64_t worst = 0;
  std::uint32_t worst_result = 0;
  double sum_of_sizes = 0;
  double sum_of_errors = 0;
  double sum_of_squares = 0;

  void add(double error, std::uint64_t pair, std::uint32_t result);
  /// Takes over those of higher pairs.
  void merge(const PairErrors& later);
};

/// The error of a result that was judged: over |f| or the smallest normal number, whichever is
/// larger; 0 where the exact value or the result is not finite.
double relative_error(const numbers::ShortFormat& format, const OddValue& f,
                      const ShortJudge::Verdict& verdict);

/// What a routine's results are worth.
struct PairFigures {
  std::uint64_t pairs = 0;
  std::uint64_t measured = 0;    ///< all but special-value errors
  std::uint64_t misrounded = 0;  ///< special-value errors included, and zeros of the wrong sign
  std::array<PairErrors, kPairMetrics> errors;  ///< in each metric
  /// NaN where a number is due, and the like (ShortJudge).
  Finding<std::uint64_t> special_values;
  Finding<std::uint64_t> zero_signs;

  const PairErrors& in(PairMetric metric) const { return errors[static_cast<std::size_t>(metric)]; }
  double mean(PairMetric metric) const { return share(in(metric).sum_of_sizes); }
  double bias(PairMetric metric) const { return share(in(metric).sum_of_errors); }
  double rms(PairMetric metric) const;
  double value(PairMetric metric, PairObjective objective) const;
  void merge(const PairFigures& later);

 private:
  double share(double sum) const { return measured > 0 ? sum / static_cast<double>(measured) : 0; }
};

/// A function of two numbers of a format, and the pairs where it is asked for.
class PairFunction {
 public:
  PairFunction(ir::Program program, const numbers::ShortFormat& format, PairSet set);

  const ir::Program& program() const { return program_; }
  const numbers::ShortFormat& format() const { return format_; }
  PairSet set() const { return set_; }

  /// At the patterns x, y; thread-safe, as the others.
  OddValue value(std::uint32_t x, std::uint32_t y) const;
  /// Whether a pair with that exact value is one of the set.
  bool holds(std::uint32_t x, std::uint32_t y, const OddValue& f) const;
  /// Whether the exact value lies within the normal numbers' range, where ulp(f) is 2^e with no
  /// exceptions and nothing saturates.
  bool is_ordinary(double f) const;

 private:
  ir::Program program_;
  numbers::ShortFormat format_;
  PairSet set_;
  bool is_product_;
};

/// Results at one x and all y, as patterns; called from several threads at the same time.
using PairRoutine = std::function<void(std::uint32_t x, std::span<std::uint32_t> z)>;

/// The figures of each routine over all pairs of the function's set; nothing once `stop` asks for
/// an end. Sums are added up in the order of x, so that they do not depend on the number of
/// threads. `progress` gets the share that is done, from any thread.
std::optional<std::vector<PairFigures>> figures_at_every_pair(
    const PairFunction& function, std::span<const PairRoutine> routines, std::stop_token stop = {},
    const std::function<void(double)>& progress = {});

}  // namespace ulpforge::targets
