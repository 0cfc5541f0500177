// The exhaustive scan.
#include "targets/scores/score.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <functional>
#include <tuple>
#include <vector>

#include "targets/scores/float_errors.h"
#include "targets/scores/float_screen.h"
#include "numbers/lanes.h"
#include "targets/scores/largest_error.h"

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

/// Zeros, infinities and NaN.
bool is_special_pattern(std::uint32_t bits) {
  const std::uint32_t magnitude = bits & 0x7fffffff;
  return magnitude == 0 || magnitude >= 0x7f800000;
}

/// What a block's errors say at a glance.
struct Summary {
  double certain = 0;  ///< some error is at least that large
  double most = 0;     ///< none is larger, but for those that are open
  std::uint64_t misrounded = 0;
  std::uint64_t above_one = 0;
  std::uint64_t open = 0;  ///< NaN, or too close to 1/2 or 1 to tell on which side
};

/// By compiler vectors: reductions of doubles are not vectorised without leave to
/// reorder them, which these (maxima and counts) do not need.
Summary summarise(const double* error, const double* doubt, std::size_t n) {
  numbers::Doubles certain{}, most{};
  numbers::Integers misrounded{}, above_one{}, open{};
  const auto add = [&](numbers::Doubles e, numbers::Doubles d) {
    const numbers::Doubles size = numbers::magnitude(e);
    const numbers::Doubles least = size - d;
    const numbers::Doubles upper = size + d;
    certain = least > certain ? least : certain;
    most = upper > most ? upper : most;
    misrounded -= size > 0.5;
    above_one -= size > 1.0;
    // A NaN, and an infinite doubt, fail these comparisons.
    open += 1 + ((numbers::magnitude(size - 0.5) > d) & (numbers::magnitude(size - 1.0) > d));
  };
  std::size_t i = 0;
  for (; i + numbers::kLanes <= n; i += numbers::kLanes) {
    numbers::Doubles e, d;
    std::memcpy(&e, error + i, sizeof e);
    std::memcpy(&d, doubt + i, sizeof d);
    add(e, d);
  }
  if (i < n) {
    numbers::Doubles e{}, d{};
    std::memcpy(&e, error + i, (n - i) * sizeof(double));
    std::memcpy(&d, doubt + i, (n - i) * sizeof(double));
    add(e, d);
  }
  Summary summary;
  for (std::size_t k = 0; k < numbers::kLanes; ++k) {
    summary.certain = std::max(summary.certain, certain[k]);
    summary.most = std::max(summary.most, most[k]);
    summary.misrounded += static_cast<std::uint64_t>(misrounded[k]);
    summary.above_one += static_cast<std::uint64_t>(above_one[k]);
    summary.open += static_cast<std::uint64_t>(open[k]);
  }
  return summary;
}

class Scan {
 public:
  Scan(const FloatReference& reference, const FloatRoutine& routine, const ScoreOptions& options)
      : reference_(reference),
        routine_(routine),
        options_(options),
        plain_(options.rounding == Rounding::Nearest && options.ulp_of == UlpOf::Exact),
        screen_(reference),
        errors_(reference, options.ulp_of, options.rounding) {}

  /// False when it gave up.
  bool scan(FloatRange range);
  Score result();

 private:
  std::size_t take_at_a_glance(std::uint32_t first, std::span<const float> y);
  std::size_t take_repeated(std::uint32_t first, std::span<const float> y);
  std::size_t take_plateau(std::uint32_t first, std::span<const float> y);
  void take(std::uint32_t first, const float* y);
  void take_one_by_one(std::uint32_t first, const float* y);
  void take_one(std::uint32_t input, float y, std::size_t i);
  /// Errors up to that are of no interest for the record.
  double floor() const { return std::nextafter(record_.floor(), 0.0); }
  /// Has MPFR say which of the candidates is the record.
  void decide();
  double figure(const Candidate& candidate);

  const FloatReference& reference_;
  const FloatRoutine& routine_;
  ScoreOptions options_;
  bool plain_;  ///< nearest, in ULPs of the exact value: what the fast steps are for
  FloatScreen screen_;
  FloatErrors errors_;
  LargestError record_{Score::kNegligible};
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
    for (std::size_t done = 0; done < count;) {
      const auto at = static_cast<std::uint32_t>(first + done);
      const std::span<const float> results = std::span<const float>(y_).subspan(done, count - done);
      std::size_t taken = plain_ ? take_at_a_glance(at, results) : 0;
      if (taken == 0) {
        errors_.examine(at, results);
        take(at, results.data());
        taken = errors_.count();
      }
      if (record_.is_full()) record_.prune();
      if (record_.is_full() || record_.floor() > options_.give_up_above) {
        decide();
        score_.gave_up = score_.gave_up || record_.decided() > options_.give_up_above;
      }
      if (score_.gave_up) return false;
      done += taken;
    }
    first += count;
  }
  return true;
}

/// Results that are easily told from every threshold: how many from the first; 0 where they are
/// not.
std::size_t Scan::take_at_a_glance(std::uint32_t first, std::span<const float> y) {
  if (is_special_pattern(first)) return 0;
  if (const std::size_t repeated = take_repeated(first, y); repeated > 0) return repeated;
  const std::optional<Screened> seen = screen_.look(first, y);
  if (!seen) return 0;
  if (seen->most > floor()) {
    record_.raise(seen->certain);
    const std::span<const std::uint32_t> candidates = screen_.largest(y, floor());
    // Errors that grow by less than the screen sees: the whole block is cheaper than one by one.
    constexpr std::size_t kMany = 16;
    if (candidates.size() > kMany) return 0;
    for (const std::uint32_t i : candidates) {
      errors_.examine(first + i, y.subspan(i, 1));
      record_.note(errors_, 0, first + i, y[i]);
    }
  }
  score_.inputs += seen->count;
  score_.misrounded += seen->misrounded;
  score_.above_one_ulp += seen->above_one;
  return seen->count;
}

/// One result again and again where all that is known of the function is the same: one of them
/// stands for all.
std::size_t Scan::take_repeated(std::uint32_t first, std::span<const float> y) {
  const auto [n, constant] = screen_.repeated(first, y);
  if (n == 0) return 0;
  if (!constant) return take_plateau(first, y.first(n));
  errors_.examine(first, y.first(1));
  if (errors_.is_special(0)) return 0;
  score_.inputs += n;
  if (errors_.misrounded(0)) score_.misrounded += n;
  if (errors_.above_in_size(0, 1)) score_.above_one_ulp += n;
  if (errors_.wrong_zero(0)) score_.zero_sign_errors += n;
  record_.note(errors_, 0, first, y[0]);
  return n;
}

/// One result again and again where the function is monotone: what holds at both ends, in one
/// binade and by the bounds that come with the values, holds in between, and no error there is
/// larger.
std::size_t Scan::take_plateau(std::uint32_t first, std::span<const float> y) {
  constexpr std::size_t kWorthwhile = 16;
  const std::size_t n = y.size();
  if (n < kWorthwhile) return 0;
  struct End {
    FloatErrors::Range size;
    double per_ulp;
    bool negative, misrounded, above_one, wrong_zero, certain;
    auto what_holds() const {
      return std::tie(per_ulp, negative, misrounded, above_one, wrong_zero);
    }
  };
  const auto look = [&](std::size_t i) {
    const std::uint64_t asked = errors_.mpfr_calls();
    errors_.examine(first + static_cast<std::uint32_t>(i), y.subspan(i, 1));
    End end{};
    end.certain = std::isfinite(errors_.doubts()[0]) && !std::isnan(errors_.errors()[0]);
    if (!end.certain) return end;
    end.size = errors_.size(0);
    end.per_ulp = errors_.per_ulp(0);
    end.negative = errors_.errors()[0] < 0;
    if (end.size.most < 0.5) {
      end.negative = false;  // right, whichever it is
    } else {
      end.certain = end.size.least > 0;
      end.misrounded = end.certain && errors_.misrounded(0);
      end.above_one = end.certain && errors_.above_in_size(0, 1);
    }
    end.wrong_zero = errors_.wrong_zero(0);
    end.certain = end.certain && errors_.mpfr_calls() == asked;
    return end;
  };
  const End a = look(0);
  if (!a.certain) return 0;
  const End b = look(n - 1);
  if (!b.certain || a.what_holds() != b.what_holds()) return 0;

  record_.raise(std::max(a.size.least, b.size.least));
  if (std::max(a.size.most, b.size.most) >= record_.floor()) {
    // The largest, and of equal ones the first: an end's, if the one next to it is out of question.
    const bool rises = b.size.most > a.size.most;
    const std::size_t largest = rises ? n - 1 : 0;
    const bool all_equal = a.size == b.size && a.size.least == a.size.most;
    if (!all_equal) {
      const double others =
          std::max(look(rises ? n - 2 : 1).size.most, rises ? a.size.most : b.size.most);
      if (!(others * (1 + 0x1p-45) < record_.floor())) return 0;
    }
    errors_.examine(first + static_cast<std::uint32_t>(largest), y.subspan(largest, 1));
    record_.note(errors_, 0, first + static_cast<std::uint32_t>(largest), y[largest]);
  }
  score_.inputs += n;
  if (a.misrounded) score_.misrounded += n;
  if (a.above_one) score_.above_one_ulp += n;
  if (a.wrong_zero) score_.zero_sign_errors += n;
  return n;
}

void Scan::take(std::uint32_t first, const float* y) {
  const auto n = errors_.count();
  score_.inputs += n;
  const Summary seen = summarise(errors_.errors().data(), errors_.doubts().data(), n);
  record_.raise(seen.certain);
  if (!plain_ || seen.open > 0) {
    take_one_by_one(first, y);
    if (score_.gave_up) return;
  } else {
    score_.misrounded += seen.misrounded;
    score_.above_one_ulp += seen.above_one;
    if (seen.most > floor()) {
      for (std::size_t i = 0; i < n; ++i) {
        record_.note(errors_, i, first + static_cast<std::uint32_t>(i), y[i]);
      }
    }
  }
  const auto zeros = std::count(y, y + n, 0.0F);
  for (std::size_t i = 0; i < n && zeros != 0; ++i) {
    if (y[i] == 0 && errors_.wrong_zero(i)) ++score_.zero_sign_errors;
  }
}

void Scan::take_one_by_one(std::uint32_t first, const float* y) {
  const std::size_t n = errors_.count();
  for (std::size_t i = 0; i < n; ++i) {
    take_one(first + static_cast<std::uint32_t>(i), y[i], i);
    if (score_.gave_up) {
      score_.inputs -= n - i - 1;
      return;
    }
  }
}

void Scan::take_one(std::uint32_t input, float y, std::size_t i) {
  if (errors_.misrounded(i)) ++score_.misrounded;
  if (errors_.is_special(i)) {
    ++score_.special_value_errors;
    score_.gave_up = std::isfinite(options_.give_up_above);
    return;
  }
  if (errors_.above_in_size(i, 1)) ++score_.above_one_ulp;
  record_.note(errors_, i, input, y);
}

double Scan::figure(const Candidate& candidate) {
  ++score_.mpfr_calls;
  const ExactValue truth = reference_.exact(std::bit_cast<float>(candidate.input));
  return std::abs(ulp_error(kFloat, static_cast<double>(candidate.y), truth.value, options_.ulp_of,
                            options_.rounding));
}

void Scan::decide() {
  record_.decide(
      [&](const Candidate& candidate) { return figure(candidate); },
      [&](std::uint32_t first, std::uint32_t last) { return reference_.is_steady(first, last); });
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
