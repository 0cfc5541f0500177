// The exact values of a function at every number of a short format (numbers/short_format.h), in a
// form that answers every question about a result of that format without MPFR.
//
// A value is kept as a double rounded to odd. Such a double lies on the same side of any number of
// at most 51 bits as the value itself, or is that number: so roundings to the format, in every
// direction, and comparisons with its numbers and with the middles between them are exact.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "ir/program.h"
#include "numbers/short_format.h"
#include "targets/exact/domain.h"
#include "targets/exact/exact_value.h"
#include "targets/exact/ulp.h"
#include "targets/scores/error_figures.h"
#include "targets/scores/score.h"

namespace ulpforge::targets {

/// An exact value: NaN for none, infinite at a pole or for an infinite limit, otherwise rounded to
/// odd.
struct OddValue {
  double value = 0;
  bool zero_sign_known = true;
};

/// program(inputs), special values by the rule of targets/exact/exact_value.h. Thread-safe.
OddValue odd_value(const ir::Program& program, std::span<const double> inputs);

/// The function at the numbers of a format, in the order of their patterns.
class ShortValues {
 public:
  /// At all patterns or, with a domain, at the numbers in it. On oneTBB's threads. Nothing is known
  /// once `cancelled` says so: complete() is false then.
  ShortValues(const ir::Program& program, const numbers::ShortFormat& format,
              const std::optional<Domain>& domain = {},
              const std::function<bool()>& cancelled = {});

  const ir::Program& program() const { return program_; }
  const numbers::ShortFormat& format() const { return format_; }
  bool complete() const { return complete_; }
  std::size_t size() const { return patterns_.size(); }
  std::span<const std::uint32_t> patterns() const { return patterns_; }
  std::span<const float> x() const { return x_; }
  std::span<const OddValue> values() const { return values_; }

 private:
  ir::Program program_;
  numbers::ShortFormat format_;
  std::vector<std::uint32_t> patterns_;
  std::vector<float> x_;
  std::vector<OddValue> values_;
  bool complete_ = true;
};

/// Where a function of a short format is as simple as it gets: bounds that an argument can be
/// clamped to without changing a correctly rounded result.
struct SimpleEnds {
  std::optional<float> low;   ///< all numbers below have its result
  std::optional<float> high;  ///< all numbers above have its result
  /// At all numbers from there on the result is the number itself.
  std::optional<float> itself_from;
};
SimpleEnds simple_ends(const ShortValues& values);

/// What a result is worth next to its exact value, in a direction of rounding.
class ShortJudge {
 public:
  struct Verdict {
    bool right = false;       ///< correctly rounded
    bool special = false;     ///< NaN where a number is due and the like (targets/exact/ulp.h)
    bool wrong_zero = false;  ///< a zero, but none is due of that sign
    bool above_one = false;   ///< |error| > 1, exactly
    /// (y - f) / ulp(f), to about 2^-40 ULP; 0 for NaN against NaN, NaN for a special-value error.
    /// What saturates is right beyond the largest number.
    double error = 0;
  };

  ShortJudge(const numbers::ShortFormat& format, numbers::RoundTo mode);

  /// The correctly rounded result; of zeros whose sign is open, +0.
  std::uint32_t correct(const OddValue& f) const { return format_->round(f.value, mode_); }
  Verdict operator()(const OddValue& f, std::uint32_t y) const;

 private:
  double result(double f, std::uint32_t y, std::uint32_t due) const;

  const numbers::ShortFormat* format_;
  numbers::RoundTo mode_;
  bool saturates_[2];  ///< at positive, at negative numbers
};

/// What a routine's results are worth.
struct ShortScore : ErrorFigures<std::uint64_t> {
  using Finding = targets::Finding<std::uint64_t>;

  void add(const ShortJudge& judge, std::uint64_t input, const OddValue& f, std::uint32_t y);
  /// Whether everything but the error in ULP is as it has to be.
  bool is_sound() const { return special_values.count == 0 && zero_signs.count == 0; }
};

/// y[i] is the pattern that came out at values.patterns()[i]. max_ulp is MPFR's to the last bit.
ShortScore score(const ShortValues& values, std::span<const std::uint32_t> y,
                 numbers::RoundTo mode = numbers::RoundTo::NearestEven);

/// Float results at the values' numbers, rounded to the format.
std::vector<std::uint32_t> rounded_results(const ShortValues& values, std::span<const float> y);

/// The same figures as those of floats; `exact_values` is how many were compared with.
Score to_score(const ShortScore& score, std::uint64_t exact_values);

}  // namespace ulpforge::targets
