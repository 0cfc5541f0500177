// The largest error of many results, exactly, with few calls to MPFR.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <vector>

namespace ulpforge::targets {

/// A result whose error may be the largest.
struct Candidate {
  std::uint32_t input;
  float y;
  double most;  ///< its error is not above that
};

/// The largest error, found with few calls to MPFR: a result becomes a candidate when its error may
/// be the largest so far, and only the candidates that are left in the end are decided.
class LargestError {
 public:
  explicit LargestError(double negligible) : floor_(negligible) {}

  /// What has to be exceeded to be of interest.
  double floor() const { return floor_; }
  /// The largest figure that MPFR gave.
  double decided() const { return decided_; }
  /// Some error is certainly at least that large.
  void raise(double certain) { floor_ = std::max(floor_, certain * (1 - 0x1p-50)); }
  void add(const Candidate& candidate) { candidates_.push_back(candidate); }
  /// Drops the candidates that others have overtaken.
  void prune() {
    std::erase_if(candidates_, [&](const Candidate& c) { return c.most < floor_; });
  }
  bool is_full() const { return candidates_.size() >= kMost; }

  /// Decides the candidates, those that may be the largest first; `figure` gives the error of one,
  /// rounded to double.
  template <class Figure>
  void decide(Figure figure) {
    std::ranges::stable_sort(candidates_, std::ranges::greater(), &Candidate::most);
    for (const Candidate& candidate : candidates_) {
      if (candidate.most < floor_ || candidate.most < decided_) continue;
      const double size = figure(candidate);
      const bool earlier = size == decided_ && candidate.input < input_;
      if (!(size > decided_) && !earlier) continue;
      decided_ = size;
      input_ = candidate.input;
      result_ = candidate.y;
      raise(size);
    }
    candidates_.clear();
  }
  /// Where that was, and what came out.
  std::uint32_t input() const { return input_; }
  float result() const { return result_; }

 private:
  static constexpr std::size_t kMost = 256;
  double floor_;
  double decided_ = 0;
  std::uint32_t input_ = 0;
  float result_ = 0;
  std::vector<Candidate> candidates_;
};

}  // namespace ulpforge::targets
