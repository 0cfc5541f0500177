// Errors of results in ULPs, block by block: all of them fast with a bound, each of them
// exactly on demand.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <span>

#include "targets/exact/ulp.h"
#include "targets/scores/reference.h"

namespace ulpforge::targets {

/// What MPFR says of one result.
struct ExactError {
  double error = 0;  ///< signed, in ULP, rounded to double; NaN: a special-value error
  double odd = 0;    ///< the same rounded to odd, to be compared with thresholds
  /// Not correctly rounded, zeros equal whatever their sign; of results that are not rounded to
  /// the format whose ULP counts, more than half an ULP off.
  bool misrounded = false;
  bool wrong_zero = false;  ///< a zero of the wrong sign
  bool open_zero = false;   ///< an exact zero of a sign that is open
};

/// What is said of the sign of a result that is 0.
enum class ZeroVerdict { Right, Wrong, Open };

/// So many results are looked at in one go.
inline constexpr std::size_t kBlock = 512;

/// The errors of a routine's results at consecutive numbers. One per thread. Steps: double with the
/// bound that comes with the values; where that does not decide, a pair of doubles; then MPFR.
template <class Format>
class Errors {
 public:
  using Value = typename Format::Value;

  explicit Errors(const Reference<Format>& reference, UlpOf of = UlpOf::Exact,
                  Rounding rounding = Rounding::Nearest)
      : reference_(reference), results_(reference.results()), of_(of), rounding_(rounding) {}

  /// Looks at the results y, numbers of the format, at the numbers first, first + 1, ...; the
  /// first count() of them are done. first has to be in the reference's ranges.
  void examine(std::uint32_t first, std::span<const Value> y);

  std::size_t count() const { return count_; }
  /// (y - f) / ulp(f), within doubt(); NaN: a special-value error, certainly. Elements are
  /// meaningless where the doubt is infinite.
  std::span<const double> errors() const { return {error_.data(), count_}; }
  std::span<const double> doubts() const { return {doubt_.data(), count_}; }
  /// f as hi + lo, where known.
  std::span<const double> high() const { return {hi_.data(), count_}; }
  std::span<const double> low() const { return {lo_.data(), count_}; }
  Value input(std::size_t i) const;
  bool zero_result(std::size_t i) const { return y_[i] == 0; }
  /// Whether errors()[i] is a special-value error; exact.
  bool is_special(std::size_t i);

  /// Whether errors()[i] > threshold; exact.
  bool above(std::size_t i, double threshold);
  /// Whether |errors()[i]| > threshold, exact; a special-value error is above everything.
  bool above_in_size(std::size_t i, double threshold);
  struct Range {
    double least, most;
    friend bool operator==(const Range&, const Range&) = default;
  };
  /// Between what |errors()[i]|, rounded to double as exact() does, lies; not for special-value
  /// errors.
  Range size(std::size_t i) const;
  /// Whether result i is not correctly rounded; exact.
  bool misrounded(std::size_t i);
  /// Whether the zero that is result i has the right sign; exact.
  ZeroVerdict zero_verdict(std::size_t i);
  /// Whether result i is a zero of the wrong sign; exact.
  bool wrong_zero(std::size_t i) { return y_[i] == 0 && zero_verdict(i) == ZeroVerdict::Wrong; }
  /// Whether equal values of high() and low() are equal values of the function.
  bool repeats() const { return run_.exact_turns; }
  /// 1 / ulp(f), NaN where that is open; not for special-value errors.
  double per_ulp(std::size_t i) const { return scale_[i]; }
  /// By MPFR.
  const ExactError& exact(std::size_t i);

  /// How many inputs went to MPFR.
  std::uint64_t mpfr_calls() const { return mpfr_calls_; }

 private:
  void examine_special(Value y);
  void examine_undefined();
  void examine_values(const Run& run);
  /// The bound on what hi and lo of element i miss.
  double slack(std::size_t i) const;
  double overflow_due(bool negative) const;
  void apply_rounded_binade();
  struct Gap {
    double value, rest;
    double bound;
  };
  /// errors()[i] - threshold by double-double: value + rest within bound.
  Gap gap(std::size_t i, double threshold) const;
  /// Its sign, if that is certain.
  std::optional<int> side(std::size_t i, double threshold) const;

  bool is_own_format() const { return results_.row == Format::kRow; }

  const Reference<Format>& reference_;
  ResultFormat results_;
  UlpOf of_;
  Rounding rounding_;
  std::uint32_t first_ = 0;
  std::size_t count_ = 0;
  std::array<Value, kBlock> y_{};
  std::array<double, kBlock> hi_{};
  std::array<double, kBlock> lo_{};
  std::array<double, kBlock> error_{};
  std::array<double, kBlock> doubt_{};
  std::array<double, kBlock> scale_{};  ///< 1 / ulp(f); NaN where the binade is open
  std::bitset<kBlock> doubled_;  ///< UlpOf::Rounded: where the ULP is twice that of f's own binade
  Run run_;
  std::optional<std::size_t> settled_;  ///< which element exact_ is about
  ExactError exact_;
  std::uint64_t mpfr_calls_ = 0;
};

}  // namespace ulpforge::targets
