// The largest error of many results, exactly, with few calls to MPFR.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

#include "targets/float_errors.h"

namespace ulpforge::targets {

/// A result whose error may be the largest.
struct Candidate {
  std::uint32_t input;
  float y;
  double most;  ///< its error, rounded to double, is not above that
};

/// The largest error, found with few calls to MPFR: a result becomes a candidate when its error may
/// be the largest so far and is not known to the last bit of a double; only the candidates that are
/// left in the end are decided.
class LargestError {
 public:
  explicit LargestError(double negligible) : floor_(negligible) {}

  /// What has to be exceeded to be of interest.
  double floor() const { return floor_; }
  /// The largest figure that is certain to the last bit.
  double decided() const { return decided_; }
  /// Some error is certainly at least that large.
  void raise(double certain) { floor_ = std::max(floor_, certain * (1 - 0x1p-50)); }
  /// Takes note of result i of those that were examined: y at `input`.
  void note(const FloatErrors& errors, std::size_t i, std::uint32_t input, float y) {
    if (!(std::abs(errors.errors()[i]) + errors.doubts()[i] >= floor_)) return;
    const auto [least, most] = errors.size(i);
    if (most < floor_) return;
    if (least == most) {
      take({input, y, most}, most, false);
    } else {
      raise(least);
      if (may_be_largest({input, y, most})) candidates_.push_back({input, y, most});
    }
  }
  /// Drops the candidates that others have overtaken.
  void prune() {
    std::erase_if(candidates_, [&](const Candidate& c) { return c.most < floor_; });
  }
  bool is_full() const { return candidates_.size() >= kMost; }

  /// Decides the candidates, those that may be the largest first; `figure` gives the error of one,
  /// rounded to double, by MPFR; it confirms the largest too.
  template <class Figure>
  void decide(Figure figure) {
    std::ranges::stable_sort(candidates_, std::ranges::greater(), &Candidate::most);
    for (const Candidate& candidate : candidates_) {
      if (candidate.most >= floor_ && may_be_largest(candidate)) {
        take(candidate, figure(candidate), true);
      }
    }
    if (!confirmed_) decided_ = figure({input_, result_, decided_});
    confirmed_ = true;
    candidates_.clear();
  }
  /// Where that was, and what came out.
  std::uint32_t input() const { return input_; }
  float result() const { return result_; }

 private:
  static constexpr std::size_t kMost = 256;

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
  float result_ = 0;
  bool confirmed_ = true;  ///< whether MPFR gave that figure
  std::vector<Candidate> candidates_;
};

}  // namespace ulpforge::targets
