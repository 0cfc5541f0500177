// The exact values of a function at the numbers of a format: fast, as an unevaluated pair of
// doubles with a proven bound, and by Arb and MPFR where that bound leaves a question open. Nothing
// here calls libm.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "ir/program.h"
#include "targets/exact/exact_value.h"
#include "targets/scores/pieces.h"
#include "targets/scores/result_format.h"

namespace ulpforge::targets {

/// What is known of the values at a run of consecutive numbers.
struct Run {
  std::size_t count = 0;  ///< so many numbers were filled, at least 1
  /// |hi + lo - f| <= error + relative |hi| where hi is finite, or 2^1000 and its like: see
  /// kBeyond. Infinite: nothing is known of any of them.
  double error = 0;
  double relative = 0;
  /// The values are sines of exact fractions of a turn, the same again and again: equal pairs stand
  /// for equal values, and 0, 1 and -1 for themselves.
  bool exact_turns = false;
  ZeroSign zero_sign = ZeroSign::Asked;  ///< of values that are exactly 0
};

/// How the making of pieces is watched, and ended.
struct Preparation {
  std::stop_token stop = {};
  /// Called with the share that is done, from one thread at a time; may be empty.
  std::function<void(double)> progress = {};
  unsigned threads = 0;  ///< 0: as many as there are processors
};

template <class Format>
class CombinedValues;

/// A value, cheap to copy: copies share the pieces. Thread-safe.
template <class Format>
class Reference {
 public:
  using Value = typename Format::Value;

  /// Makes the pieces for the finite numbers of the ranges (each of one sign), a second or so of
  /// work for all floats and an elementary function.
  Reference(ir::Program program, std::vector<PatternRange> ranges);
  /// The same, watched; nothing after a stop.
  static std::optional<Reference> prepare(ir::Program program, std::vector<PatternRange> ranges,
                                          const Preparation& how);
  /// From pieces made earlier; they have to cover the ranges.
  Reference(ir::Program program, std::vector<PatternRange> ranges, std::span<const Piece> pieces,
            std::shared_ptr<const void> owner);

  /// hi[i] + lo[i] at the numbers first + i for as many as belong together; `first` in the ranges
  /// and finite, hi and lo of one length. hi is infinite at a pole. It is NaN where the function
  /// has no value, and lo 0 then; and where no number is known well enough, with lo NaN.
  Run fill(std::uint32_t first, std::span<double> hi, std::span<double> lo) const;

  /// The same at any numbers of the ranges; returns bounds for each in `error`. At infinities, NaN
  /// and zeros the exact answer.
  void values(std::span<const Value> x, std::span<double> hi, std::span<double> lo,
              std::span<double> error) const;

  /// The exact answer; slow. Next to a limit that the function never reaches it is not the limit,
  /// even where exact_value's bits cannot tell the two apart: tanh(100) < 1.
  ExactValue exact(Value x) const;

  /// Whether the function is proven to be monotone between two finite numbers of one sign, within
  /// one binade, and each of its roundings within one binade too. Slow.
  bool is_steady(std::uint32_t first, std::uint32_t last) const;

  /// The same values, which results of another format are compared with.
  Reference with_results(const ResultFormat& results) const {
    Reference other = *this;
    other.results_ = results;
    return other;
  }
  /// The format that results are judged in; that of the arguments unless it was changed.
  const ResultFormat& results() const { return results_; }

  const ir::Program& program() const { return program_; }
  std::span<const PatternRange> ranges() const { return ranges_; }
  std::span<const Piece> pieces() const { return pieces_; }
  /// The piece of a finite number in the ranges.
  const Piece& piece_of(std::uint32_t bits) const;

 private:
  ir::Program program_;
  std::vector<PatternRange> ranges_;
  std::span<const Piece> pieces_;
  std::shared_ptr<const void> owner_;
  ResultFormat results_ = {Format::kRow};
  std::shared_ptr<const CombinedValues<Format>> combined_;  ///< where there are such pieces

  void prepare_combination(const Preparation& how);
  Reference(ir::Program program, std::vector<PatternRange> ranges, const Preparation& how);
};

using FloatReference = Reference<numbers::Binary32>;

}  // namespace ulpforge::targets
