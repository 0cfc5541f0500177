// The exhaustive scan.
#include "targets/score.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <vector>

#include "targets/float_errors.h"

namespace ulpforge::targets {
namespace {

/// The parts of `range` where the reference has an answer.
std::vector<FloatRange> answerable(std::span<const FloatRange> known, FloatRange range) {
  constexpr FloatRange kSpecial[] = {{0x7f800000, 0x7fffffff}, {0xff800000, 0xffffffff}};
  std::vector<FloatRange> parts;
  const auto add = [&](FloatRange part) {
    part.first = std::max(part.first, range.first);
    part.last = std::min(part.last, range.last);
    if (part.first <= part.last) parts.push_back(part);
  };
  for (FloatRange part : known) {
    const std::uint32_t end = (part.first & 0x80000000) | 0x7f7fffff;
    part.last = std::min(part.last, end);
    add(part);
  }
  for (const FloatRange& part : kSpecial) add(part);
  std::ranges::sort(parts, {}, &FloatRange::first);
  return parts;
}

/// A result whose error may be the largest.
struct Candidate {
  std::uint32_t input;
  float y;
  double most;  ///< its error is not above that
};

/// The largest error, found with few calls to MPFR: a result becomes a candidate when its error may
/// be the largest so far, and only the candidates that are left in the end are decided.
class Record {
 public:
  /// What has to be exceeded to be of interest.
  double floor() const { return floor_; }
  /// The largest figure that MPFR gave.
  double decided() const { return decided_; }
  /// Some error is certainly at least that large.
  void raise(double certain) { floor_ = std::max(floor_, certain * (1 - 0x1p-50)); }
  void add(const Candidate& candidate) { candidates_.push_back(candidate); }
  bool is_full() const { return candidates_.size() >= kMost; }

  /// Decides the candidates; `figure` gives the error of one, rounded to double.
  template <class Figure>
  void decide(Figure figure) {
    for (const Candidate& candidate : candidates_) {
      if (candidate.most < floor_ || candidate.most <= decided_) continue;
      const double size = figure(candidate);
      if (!(size > decided_)) continue;
      decided_ = size;
      input_ = candidate.input;
      raise(size);
    }
    candidates_.clear();
  }
  std::uint32_t input() const { return input_; }

 private:
  static constexpr std::size_t kMost = 256;
  double floor_ = 0;
  double decided_ = 0;
  std::uint32_t input_ = 0;
  std::vector<Candidate> candidates_;
};

class Scan {
 public:
  Scan(const FloatReference& reference, const FloatRoutine& routine, const ScoreOptions& options)
      : reference_(reference),
        routine_(routine),
        options_(options),
        errors_(reference, options.ulp_of, options.rounding) {}

  /// False when it gave up.
  bool scan(FloatRange range);
  Score result();

 private:
  bool take(std::uint32_t first, const float* y);
  void take_one(std::uint32_t input, float y, std::size_t i);
  void decide();

  const FloatReference& reference_;
  const FloatRoutine& routine_;
  ScoreOptions options_;
  FloatErrors errors_;
  Record record_;
  Score score_;
  std::array<float, 2 * FloatErrors::kBlock> x_{};
  std::array<float, 2 * FloatErrors::kBlock> y_{};
};

bool Scan::scan(FloatRange range) {
  for (std::uint64_t first = range.first; first <= range.last;) {
    const auto count = static_cast<std::size_t>(
        std::min<std::uint64_t>(x_.size(), std::uint64_t{range.last} - first + 1));
    for (std::uint32_t i = 0; i < count; ++i) {
      x_[i] = std::bit_cast<float>(static_cast<std::uint32_t>(first) + i);
    }
    routine_(std::span(x_).first(count), std::span(y_).first(count));
    for (std::size_t done = 0; done < count; done += errors_.count()) {
      const auto at = static_cast<std::uint32_t>(first + done);
      errors_.examine(at, std::span<const float>(y_).subspan(done, count - done));
      if (!take(at, y_.data() + done)) return false;
    }
    first += count;
  }
  return true;
}

bool Scan::take(std::uint32_t first, const float* y) {
  const auto n = static_cast<std::int32_t>(errors_.count());
  score_.inputs += errors_.count();
  const double* const error = errors_.errors().data();
  const double* const doubt = errors_.doubts().data();
  double certain = 0;
  std::int64_t zeros = 0;
  for (std::int32_t i = 0; i < n; ++i) {
    const double least = std::abs(error[i]) - doubt[i];
    certain = least > certain ? least : certain;
    zeros += y[i] == 0 ? 1 : 0;
  }
  record_.raise(certain);

  // What is plain to see is counted at once; the rest one by one.
  std::array<std::int64_t, FloatErrors::kBlock> open;
  std::int64_t misrounded = 0;
  std::int64_t above = 0;
  std::int64_t plain_count = 0;
  const bool nearest =
      options_.rounding == Rounding::Nearest && options_.ulp_of == UlpOf::Exact;
  const double floor = nearest ? record_.floor() : -1;
  for (std::int32_t i = 0; i < n; ++i) {
    const double size = std::abs(error[i]);
    const std::int64_t plain = (size + doubt[i] <= floor ? 1 : 0) &
                               (std::abs(size - 0.5) > doubt[i] ? 1 : 0) &
                               (std::abs(size - 1) > doubt[i] ? 1 : 0);
    misrounded += plain & (size > 0.5 ? 1 : 0);
    above += plain & (size > 1 ? 1 : 0);
    open[i] = 1 - plain;
    plain_count += plain;
  }
  score_.misrounded += static_cast<std::uint64_t>(misrounded);
  score_.above_one_ulp += static_cast<std::uint64_t>(above);
  for (std::int32_t i = 0; i < n && plain_count < n; ++i) {
    if (open[i] == 0) continue;
    take_one(first + static_cast<std::uint32_t>(i), y[i], static_cast<std::size_t>(i));
    if (score_.gave_up) {
      score_.inputs -= static_cast<std::uint64_t>(n - i - 1);
      return false;
    }
  }
  for (std::int32_t i = 0; i < n && zeros != 0; ++i) {
    if (y[i] == 0 && errors_.wrong_zero(static_cast<std::size_t>(i))) ++score_.zero_sign_errors;
  }
  if (record_.is_full() || record_.floor() > options_.give_up_above) decide();
  return !score_.gave_up;
}

void Scan::take_one(std::uint32_t input, float y, std::size_t i) {
  if (errors_.misrounded(i)) ++score_.misrounded;
  if (errors_.is_special(i)) {
    ++score_.special_value_errors;
    score_.gave_up = std::isfinite(options_.give_up_above);
    return;
  }
  if (errors_.above_in_size(i, 1)) ++score_.above_one_ulp;
  const double most = std::abs(errors_.errors()[i]) + errors_.doubts()[i];
  if (most >= record_.floor() && errors_.may_exceed(i, record_.decided())) {
    record_.add({input, y, most});
  }
}

void Scan::decide() {
  record_.decide([&](const Candidate& candidate) {
    ++score_.mpfr_calls;
    const ExactValue truth = reference_.exact(std::bit_cast<float>(candidate.input));
    return std::abs(ulp_error(kFloat, static_cast<double>(candidate.y), truth.value,
                              options_.ulp_of, options_.rounding));
  });
  score_.gave_up = score_.gave_up || record_.decided() > options_.give_up_above;
}

Score Scan::result() {
  decide();
  score_.max_ulp = record_.decided();
  score_.worst_input = record_.input();
  score_.mpfr_calls += errors_.mpfr_calls();
  return score_;
}

}  // namespace

void Score::merge(const Score& later) {
  if (later.max_ulp > max_ulp ||
      (later.max_ulp == max_ulp && later.max_ulp > 0 && later.worst_input < worst_input)) {
    max_ulp = later.max_ulp;
    worst_input = later.worst_input;
  }
  inputs += later.inputs;
  misrounded += later.misrounded;
  above_one_ulp += later.above_one_ulp;
  special_value_errors += later.special_value_errors;
  zero_sign_errors += later.zero_sign_errors;
  mpfr_calls += later.mpfr_calls;
  gave_up = gave_up || later.gave_up;
}

Score score(const FloatReference& reference, const FloatRoutine& routine, FloatRange range,
            const ScoreOptions& options) {
  Scan scan(reference, routine, options);
  for (const FloatRange& part : answerable(reference.ranges(), range)) {
    if (!scan.scan(part)) break;
  }
  return scan.result();
}

}  // namespace ulpforge::targets
