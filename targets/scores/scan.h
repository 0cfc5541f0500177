// One pass over a routine's results: counts, the largest error and, where they are asked for, sums
// and a histogram. The scorer and the validator are this scan with what each of them wants of it.
//
// What a scan is asked for is a Tally. It has
// - kEachError: whether each error is wanted, for sums and histogram. If not, blocks are screened
//   and plateaus are taken by their ends;
// - figures, with inputs, misrounded and above_one_ulp; where each error is wanted, also measured,
//   sum_of_sizes, sum_of_errors and histogram (of type Histogram);
// - special(input, y, times), wrong_zero(input, y, times) and open_zero(input, y, times): that many
//   results from `input` on are special-value errors, or zeros of the wrong sign or of one that is
//   open;
// - examined(first, y, errors): called after each block whose errors were examined;
// - repeated(first, y, errors): the same after a run of equal results of a constant, of which
//   `errors` knows the first.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

#include "targets/scores/errors.h"
#include "targets/scores/glance.h"
#include "targets/scores/histogram.h"
#include "targets/scores/largest_error.h"
#include "targets/scores/reference.h"
#include "targets/scores/score.h"
#include "targets/scores/screen.h"

namespace ulpforge::targets {

/// Takes the results at consecutive numbers, run after run in ascending order.
template <class Format, class Tally>
class Scan {
 public:
  using Value = typename Format::Value;

  Scan(const Reference<Format>& reference, const ScoreOptions& options, Tally tally)
      : reference_(reference),
        options_(options),
        screens_(!Tally::kEachError && options.rounding == Rounding::Nearest &&
                 options.ulp_of == UlpOf::Exact),
        screen_(reference),
        errors_(reference, options.ulp_of, options.rounding),
        tally_(std::move(tally)) {}

  /// The results y at the numbers first, first + 1, ... False when it gave up.
  bool add(std::uint32_t first, std::span<const Value> y);
  /// To be called once, after the last results: decides which error is the largest.
  void finish() { decide(); }

  Tally& tally() { return tally_; }
  bool gave_up() const { return gave_up_; }
  std::uint64_t mpfr_calls() const { return mpfr_calls_ + errors_.mpfr_calls(); }
  /// The largest error, where it is and what came out there.
  double max_ulp() const { return record_.decided(); }
  std::uint32_t worst_input() const { return record_.input(); }
  Value worst_result() const { return record_.result(); }

 private:
  std::size_t take_repeated(std::uint32_t first, std::span<const Value> y);
  std::size_t take_plateau(std::uint32_t first, std::span<const Value> y);
  std::size_t take_screened(std::uint32_t first, std::span<const Value> y);
  void take_block(std::uint32_t first, std::span<const Value> y);
  void take_one(std::uint32_t input, Value y, std::size_t i, std::uint64_t times = 1);
  void take_zero(std::uint32_t input, Value y, std::size_t i, std::uint64_t times);
  void measure_block(std::size_t n);
  void measure_one(std::size_t i, std::uint64_t times);
  void count_bin(std::size_t i, double size, std::uint64_t times);
  /// Errors up to that are of no interest for the record.
  double floor() const { return std::nextafter(record_.floor(), 0.0); }
  bool may_give_up() const { return std::isfinite(options_.give_up_above); }
  /// Has MPFR say which of the candidates is the record.
  void decide();

  const Reference<Format>& reference_;
  ScoreOptions options_;
  bool screens_;  ///< whether the fast steps are allowed: they are for plain scores to nearest
  Screen<Format> screen_;
  Errors<Format> errors_;
  LargestError<Format> record_{Score::kNegligible};
  std::conditional_t<Tally::kEachError, DetailedGlance, Glance> glance_;
  Tally tally_;
  bool gave_up_ = false;
  std::uint64_t mpfr_calls_ = 0;
};

template <class Format, class Tally>
bool Scan<Format, Tally>::add(std::uint32_t first, std::span<const Value> y) {
  for (std::size_t done = 0; done < y.size();) {
    const auto at = first + static_cast<std::uint32_t>(done);
    const std::span<const Value> rest = y.subspan(done);
    std::size_t taken = 0;
    if (Format::is_finite(at) && !Format::is_zero(at)) {
      taken = take_repeated(at, rest);
      if (taken == 0 && screens_) taken = take_screened(at, rest);
    }
    if (taken == 0) {
      errors_.examine(at, rest);
      taken = errors_.count();
      take_block(at, rest.first(taken));
      if (!gave_up_) tally_.examined(at, rest.first(taken), errors_);
    }
    if (record_.is_full()) record_.prune();
    if (record_.is_full() || record_.floor() > options_.give_up_above) {
      decide();
      gave_up_ = gave_up_ || record_.decided() > options_.give_up_above;
    }
    if (gave_up_) return false;
    done += taken;
  }
  return true;
}

/// One result again and again where all that is known of the function is the same: one of them
/// stands for all. How many from the first; 0 where it is not so.
template <class Format, class Tally>
std::size_t Scan<Format, Tally>::take_repeated(std::uint32_t first, std::span<const Value> y) {
  const auto [n, constant] = screen_.repeated(first, y);
  if (n < 2) return 0;
  if (!constant) return screens_ ? take_plateau(first, y.first(n)) : 0;
  errors_.examine(first, y.first(1));
  // The scan may have to give up in the midst of the run: then results are looked at one by one.
  if (may_give_up() && errors_.is_special(0)) return 0;
  tally_.figures.inputs += n;
  take_one(first, y[0], 0, n);
  take_zero(first, y[0], 0, n);
  tally_.repeated(first, y.first(n), errors_);
  return n;
}

/// One result again and again where the function is monotone: what holds at both ends, in one
/// binade and by the bounds that come with the values, holds in between, and no error there is
/// larger.
template <class Format, class Tally>
std::size_t Scan<Format, Tally>::take_plateau(std::uint32_t first, std::span<const Value> y) {
  constexpr std::size_t kWorthwhile = 16;
  const std::size_t n = y.size();
  if (n < kWorthwhile) return 0;
  struct End {
    typename Errors<Format>::Range size;
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
  tally_.figures.inputs += n;
  if (a.misrounded) tally_.figures.misrounded += n;
  if (a.above_one) tally_.figures.above_one_ulp += n;
  if (a.wrong_zero) tally_.wrong_zero(first, y[0], n);
  return n;
}

/// Results that are easily told from every threshold: how many from the first; 0 where they are
/// not.
template <class Format, class Tally>
std::size_t Scan<Format, Tally>::take_screened(std::uint32_t first, std::span<const Value> y) {
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
  tally_.figures.inputs += seen->count;
  tally_.figures.misrounded += seen->misrounded;
  tally_.figures.above_one_ulp += seen->above_one;
  return seen->count;
}

/// The results that were examined.
template <class Format, class Tally>
void Scan<Format, Tally>::take_block(std::uint32_t first, std::span<const Value> y) {
  const std::size_t n = y.size();
  tally_.figures.inputs += n;
  look({errors_.errors(), errors_.doubts(), errors_.high(), errors_.low()}, options_.rounding,
       glance_);
  record_.raise(glance_.certain);
  if (glance_.open || options_.ulp_of != UlpOf::Exact) {
    for (std::size_t i = 0; i < n; ++i) {
      take_one(first + static_cast<std::uint32_t>(i), y[i], i);
      if (gave_up_) {
        tally_.figures.inputs -= n - i - 1;
        return;
      }
    }
  } else {
    tally_.figures.misrounded += glance_.misrounded;
    tally_.figures.above_one_ulp += glance_.above_one;
    if constexpr (Tally::kEachError) measure_block(n);
    if (glance_.most > floor()) {
      for (std::size_t i = 0; i < n; ++i) {
        record_.note(errors_, i, first + static_cast<std::uint32_t>(i), y[i]);
      }
    }
  }
  const auto zeros = std::count(y.begin(), y.end(), Value{0});
  for (std::size_t i = 0; i < n && zeros != 0; ++i) {
    take_zero(first + static_cast<std::uint32_t>(i), y[i], i, 1);
  }
}

/// The sign of result i, if it is a zero.
template <class Format, class Tally>
void Scan<Format, Tally>::take_zero(std::uint32_t input, Value y, std::size_t i,
                                    std::uint64_t times) {
  if (y != 0) return;
  const ZeroVerdict verdict = errors_.zero_verdict(i);
  if (verdict == ZeroVerdict::Wrong) tally_.wrong_zero(input, y, times);
  if (verdict == ZeroVerdict::Open) tally_.open_zero(input, y, times);
}

/// Result i, which stands for `times` like it.
template <class Format, class Tally>
void Scan<Format, Tally>::take_one(std::uint32_t input, Value y, std::size_t i,
                                   std::uint64_t times) {
  if (errors_.misrounded(i)) tally_.figures.misrounded += times;
  if (errors_.is_special(i)) {
    tally_.special(input, y, times);
    gave_up_ = may_give_up();
    return;
  }
  if (errors_.above_in_size(i, 1)) tally_.figures.above_one_ulp += times;
  if constexpr (Tally::kEachError) measure_one(i, times);
  record_.note(errors_, i, input, y);
}

/// Sums and histogram of what the glance tells.
template <class Format, class Tally>
void Scan<Format, Tally>::measure_block(std::size_t n) {
  tally_.figures.measured += n;
  tally_.figures.sum_of_sizes += glance_.sum_of_sizes;
  tally_.figures.sum_of_errors += glance_.sum_of_errors;
  // Four counts of each, so that equal bins in a row do not wait for one another.
  std::array<std::array<std::uint32_t, Histogram::kFine + 1>, 4> counts{};
  for (std::size_t i = 0; i + 4 <= n; i += 4) {
    for (std::size_t k = 0; k < 4; ++k) ++counts[k][static_cast<std::size_t>(glance_.bins[i + k])];
  }
  for (std::size_t i = n / 4 * 4; i < n; ++i) {
    ++counts[0][static_cast<std::size_t>(glance_.bins[i])];
  }
  const auto count = [&](std::size_t bin) {
    return std::uint64_t{counts[0][bin]} + counts[1][bin] + counts[2][bin] + counts[3][bin];
  };
  for (std::size_t bin = 0; bin < Histogram::kFine; ++bin) {
    tally_.figures.histogram.counts[bin] += count(bin);
  }
  const bool large = count(Histogram::kFine) > 0;
  for (std::size_t i = 0; large && i < n; ++i) {
    if (static_cast<std::size_t>(glance_.bins[i]) == Histogram::kFine) {
      count_bin(i, std::abs(errors_.errors()[i]), 1);
    }
  }
}

template <class Format, class Tally>
void Scan<Format, Tally>::measure_one(std::size_t i, std::uint64_t times) {
  // What sums and bins can do without: next to a zero of the function, where a ULP is as small as
  // it gets, the fast error may be off by millions of them.
  constexpr double kEnough = 0x1p-20;
  double error = errors_.errors()[i];
  const bool known = errors_.doubts()[i] <= kEnough * std::max(1.0, std::abs(error));
  if (!known) error = errors_.exact(i).error;
  tally_.figures.measured += times;
  tally_.figures.sum_of_sizes += std::abs(error) * static_cast<double>(times);
  tally_.figures.sum_of_errors += error * static_cast<double>(times);
  count_bin(i, std::abs(error), times);
}

/// `size` is about that of error i: which bin next to it is decided exactly.
template <class Format, class Tally>
void Scan<Format, Tally>::count_bin(std::size_t i, double size, std::uint64_t times) {
  auto& counts = tally_.figures.histogram.counts;
  std::size_t bin = 0;
  if (size < 2.5) {
    const double p = size * 16;
    bin = static_cast<std::size_t>(std::min(p, 40.0));
    while (bin > 0 && !errors_.above_in_size(i, static_cast<double>(bin) / 16)) --bin;
    while (bin < Histogram::kFine && errors_.above_in_size(i, static_cast<double>(bin + 1) / 16)) {
      ++bin;
    }
    if (bin < Histogram::kFine) {
      counts[bin] += times;
      return;
    }
  }
  bin = Histogram::kFine;
  while (bin + 1 < Histogram::kBins && errors_.above_in_size(i, Histogram::upper(bin))) ++bin;
  counts[bin] += times;
}

template <class Format, class Tally>
void Scan<Format, Tally>::decide() {
  record_.decide(
      [&](const Candidate<Format>& candidate) {
        ++mpfr_calls_;
        const ExactValue truth = reference_.exact(Format::value(candidate.input));
        return std::abs(ulp_error(reference_.results().row, static_cast<double>(candidate.y),
                                  truth.value, options_.ulp_of, options_.rounding));
      },
      [&](std::uint32_t first, std::uint32_t last) { return reference_.is_steady(first, last); });
}

}  // namespace ulpforge::targets
