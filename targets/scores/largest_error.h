// The largest error of many results, exactly, with few calls to MPFR.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "targets/scores/errors.h"

namespace ulpforge::targets {

/// A result whose error may be the largest.
template <class Format>
struct Candidate {
  std::uint32_t input;
  typename Format::Value y;
  double most;  ///< its error, rounded to double, is not above that
};

/// The largest error, found with few calls to MPFR: a result becomes a candidate when its error may
/// be the largest so far and is not known to the last bit of a double; only the candidates that are
/// left in the end are decided. Where a function hardly changes, each of millions of equal results
/// may have the largest error, as far as pairs of doubles can tell; there they are kept as a run,
/// of which the ends are decided. Where a function has the same values again and again, as
/// cos(pi x) far out, the first of each stands for all.
template <class Format>
class LargestError {
 public:
  using Value = typename Format::Value;
  using Candidate = targets::Candidate<Format>;

  explicit LargestError(double negligible) : floor_(negligible) {}

  /// What has to be exceeded to be of interest.
  double floor() const { return floor_; }
  /// The largest figure that is certain to the last bit.
  double decided() const { return decided_; }
  /// Some error is certainly at least that large.
  void raise(double certain) { floor_ = std::max(floor_, certain * (1 - 0x1p-50)); }
  /// Takes note of result i of those that were examined: y at `input`.
  void note(const Errors<Format>& errors, std::size_t i, std::uint32_t input, Value y) {
    if (!(std::abs(errors.errors()[i]) + errors.doubts()[i] >= floor_)) return;
    const auto [least, most] = errors.size(i);
    if (most < floor_) return;
    raise(least);
    if (errors.repeats() && !is_new({errors.high()[i], errors.low()[i], y})) return;
    if (lengthens_run(input, y)) return;
    if (least == most) {
      take({input, y, most}, most, false);
    } else if (may_be_largest({input, y, most})) {
      candidates_.push_back({input, y, most});
    }
  }
  /// Drops the candidates that others have overtaken.
  void prune() {
    std::erase_if(candidates_, [&](const Candidate& c) { return c.most < floor_; });
  }
  bool is_full() const { return candidates_.size() + runs_.size() >= kMost; }

  /// Decides the candidates, those that may be the largest first; `figure` gives the error of one,
  /// rounded to double, by MPFR; it confirms the largest too. `steady` is
  /// Reference::is_steady.
  template <class Figure, class Steady>
  void decide(Figure figure, Steady steady) {
    end_run();
    for (const Run& run : runs_) settle(run, figure);
    runs_.clear();
    std::ranges::stable_sort(candidates_, std::ranges::greater(), &Candidate::most);
    int asked = 0;
    for (const Candidate& candidate : candidates_) {
      if (candidate.most < floor_ || !may_be_largest(candidate)) continue;
      take(candidate, figure(candidate), true);
      ++asked;
    }
    if (asked >= kPatience) {
      begin_run(*std::ranges::max_element(candidates_, {}, &Candidate::input), steady);
    }
    if (!confirmed_) decided_ = figure({input_, result_, decided_});
    confirmed_ = true;
    candidates_.clear();
  }
  /// Where that was, and what came out.
  std::uint32_t input() const { return input_; }
  Value result() const { return result_; }

 private:
  static constexpr std::size_t kMost = 256;
  static constexpr int kPatience = 16;  ///< questions to MPFR in one go

  /// Exact value and result.
  struct Pair {
    double hi, lo;
    Value y;
    friend bool operator==(const Pair&, const Pair&) = default;
  };
  /// Whether that pair has not been seen; of later ones the error is no larger.
  bool is_new(Pair pair) {
    if (std::ranges::find(seen_, pair) != seen_.end()) return false;
    if (seen_.size() == kMost) seen_.clear();
    seen_.push_back(pair);
    return true;
  }

  /// Consecutive inputs with one result, none beyond `limit`: up to there the function is steady.
  struct Run {
    std::uint32_t first;
    std::uint32_t last;
    std::uint32_t limit;
    Value y;
  };

  /// Has the inputs that follow, if the function is steady there, stand in a run.
  template <class Steady>
  void begin_run(const Candidate& start, Steady steady) {
    constexpr std::uint32_t kLast = Format::kMantissa;  // in a binade
    for (std::uint32_t n = kLast - (start.input & kLast); n > kMost; n /= 2) {
      if (!steady(start.input, start.input + n)) continue;
      run_ = Run{start.input, start.input, start.input + n, start.y};
      return;
    }
  }
  bool lengthens_run(std::uint32_t input, Value y) {
    if (!run_) return false;
    if (y == run_->y && input == run_->last + 1 && input <= run_->limit) {
      ++run_->last;
      return true;
    }
    end_run();
    return false;
  }
  void end_run() {
    if (run_) runs_.push_back(*run_);
    run_.reset();
  }
  /// |y - f| of a monotone f falls, or rises, or falls and rises: the largest is at an end.
  template <class Figure>
  void settle(const Run& run, Figure figure) {
    const auto at = [&](std::uint32_t input) { return Candidate{input, run.y, 0}; };
    const double largest = figure(at(run.last));
    take(at(run.first), figure(at(run.first)), true);
    if (largest < decided_ || (largest == decided_ && input_ <= run.first)) return;
    // The first that is as large.
    std::uint32_t below = run.first;
    std::uint32_t found = run.last;
    while (found - below > 1) {
      const std::uint32_t middle = below + (found - below) / 2;
      (figure(at(middle)) < largest ? below : found) = middle;
    }
    take(at(found), largest, true);
  }

  /// Of equal ones the first counts.
  bool may_be_largest(const Candidate& candidate) const {
    return candidate.most > decided_ || (candidate.most == decided_ && candidate.input < input_);
  }
  void take(const Candidate& candidate, double size, bool by_mpfr) {
    if (!may_be_largest({candidate.input, candidate.y, size})) return;
    decided_ = size;
    input_ = candidate.input;
    result_ = candidate.y;
    confirmed_ = by_mpfr;
    raise(size);
  }

  double floor_;
  double decided_ = 0;
  std::uint32_t input_ = 0;
  Value result_ = 0;
  bool confirmed_ = true;  ///< whether MPFR gave that figure
  std::vector<Candidate> candidates_;
  std::vector<Pair> seen_;  ///< of values that come again
  std::optional<Run> run_;  ///< the one that grows
  std::vector<Run> runs_;
};

}  // namespace ulpforge::targets
