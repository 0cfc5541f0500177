// One pass over the results of a binade.
#include "validate/exhaustive.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cfenv>
#include <cmath>
#include <cstring>
#include <limits>

#include "targets/scores/float_errors.h"
#include "targets/scores/float_screen.h"
#include "numbers/lanes.h"
#include "targets/scores/largest_error.h"
#include "targets/exact/real.h"
#include "targets/scores/score.h"

namespace ulpforge::validate {
namespace {

using targets::FloatErrors;
using targets::Rounding;
using targets::UlpOf;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::uint32_t kMagnitude = 0x7fffffff;
constexpr std::uint32_t kSign = 0x80000000;
constexpr std::uint32_t kInfinityBits = 0x7f800000;

std::uint32_t bits_of(float x) { return std::bit_cast<std::uint32_t>(x); }
float float_of(std::uint32_t bits) { return std::bit_cast<float>(bits); }

using numbers::Doubles;
using numbers::Integers;
using numbers::kLanes;
using numbers::load;
using numbers::magnitude;
using numbers::store;

/// Sums are of eight strands whatever the host, so that they have the same bits everywhere.
constexpr std::size_t kStrands = 8;
constexpr std::size_t kGroups = kStrands / kLanes;
static_assert(FloatErrors::kBlock % kStrands == 0);

/// What a block's errors say at a glance, and the bin of each.
struct Glance {
  double certain = 0;
  double most = 0;
  double sum_of_sizes = 0;
  double sum_of_errors = 0;
  std::uint64_t misrounded = 0;
  bool open = false;  ///< something is NaN or too close to a bin's end or a rounding boundary
  std::array<std::int64_t, FloatErrors::kBlock> bins;
};

/// Which errors belong to correctly rounded results, in ULPs, all ends aside: with `outward` the
/// sign of the error is taken away from 0.
struct RightErrors {
  double least;
  double most;
  bool outward;
};

RightErrors right_errors(Rounding rounding) {
  switch (rounding) {
    case Rounding::Nearest:
      return {-0.5, 0.5, false};
    case Rounding::Up:
      return {0, 1, false};
    case Rounding::Down:
      return {-1, 0, false};
    case Rounding::Zero:
      break;
  }
  return {-1, 0, true};
}

template <bool directed>
void look(const FloatErrors& errors, RightErrors right, Glance& glance) {
  const std::size_t n = errors.count();
  const double* const error = errors.errors().data();
  const double* const doubt = errors.doubts().data();
  const double* const value = errors.high().data();
  constexpr double kMagic = 0x1.8p52;
  struct Strands {
    Doubles certain{}, most{}, sizes{}, sums{};
  };
  std::array<Strands, kGroups> strands;
  Integers open{}, misrounded{};
  const auto add = [&](std::size_t group, Doubles e, Doubles d, Doubles f) {
    Strands& s = strands[group];
    const Doubles size = magnitude(e);
    const Doubles least = size - d;
    const Doubles upper = size + d;
    s.certain = least > s.certain ? least : s.certain;
    s.most = upper > s.most ? upper : s.most;
    s.sizes += size;
    s.sums += e;
    const Doubles p = size * 16;
    const Doubles capped = p < 1e6 ? p : 1e6 + Doubles{};
    const Doubles shifted = capped + kMagic;
    const Doubles nearest = shifted - kMagic;
    const Integers whole = std::bit_cast<Integers>(shifted) & 0xffffff;
    // Of the bins' ends: 1/16, 2/16, ..., 2, and the powers of two above, which are among the rest.
    const Integers sure = (magnitude(p - nearest) > 16 * d) | ((nearest == 0) & (p + 16 * d < 1));
    open |= ~sure;
    Integers bin = whole - 1 - (p > nearest);
    bin = bin < 0 ? Integers{} : bin;
    constexpr auto kLast = static_cast<std::int64_t>(Histogram::kFine);
    bin = bin > kLast ? kLast + Integers{} : bin;
    if constexpr (directed) {
      const Doubles turned = right.outward ? (f < 0 ? -e : e) : e;
      const Doubles a = turned - right.least;
      const Doubles b = right.most - turned;
      open |= ~((magnitude(a) > d) & (magnitude(b) > d));
      misrounded -= ~((a > 0) & (b > 0));
    }
    return bin;
  };
  const auto add_all = [&](const double* e, const double* d, const double* f, std::int64_t* bins) {
    for (std::size_t group = 0; group < kGroups; ++group) {
      const std::size_t at = group * kLanes;
      store(add(group, load(e + at), load(d + at), load(f + at)),
            bins + at);
    }
  };
  std::size_t i = 0;
  for (; i + kStrands <= n; i += kStrands) {
    add_all(error + i, doubt + i, value + i, glance.bins.data() + i);
  }
  if (i < n) {
    // The strands that are left over see a small error of which all is known, and forget it.
    std::array<double, kStrands> e{}, d{}, f;
    f.fill(1);
    if constexpr (directed) e.fill(0.5 * (right.least + right.most) + 0.01);
    std::copy_n(error + i, n - i, e.begin());
    std::copy_n(doubt + i, n - i, d.begin());
    std::copy_n(value + i, n - i, f.begin());
    const std::array<Strands, kGroups> before = strands;
    add_all(e.data(), d.data(), f.data(), glance.bins.data() + i);
    for (std::size_t k = n - i; k < kStrands; ++k) {
      Strands& s = strands[k / kLanes];
      const Strands& was = before[k / kLanes];
      const std::size_t lane = k % kLanes;
      s.certain[lane] = was.certain[lane];
      s.most[lane] = was.most[lane];
      s.sizes[lane] = was.sizes[lane];
      s.sums[lane] = was.sums[lane];
    }
  }
  glance.certain = glance.most = glance.sum_of_sizes = glance.sum_of_errors = 0;
  glance.misrounded = 0;
  glance.open = false;
  for (const Strands& s : strands) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      glance.certain = std::max(glance.certain, s.certain[lane]);
      glance.most = std::max(glance.most, s.most[lane]);
      glance.sum_of_sizes += s.sizes[lane];
      glance.sum_of_errors += s.sums[lane];
    }
  }
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    glance.misrounded += static_cast<std::uint64_t>(misrounded[lane]);
    glance.open = glance.open || open[lane] != 0;
  }
}

/// f(a) - f(b) for neighbours a, b where the fast values do not tell: -1, 0 or 1.
int compare_exactly(const targets::FloatReference& reference, float a, float b) {
  const targets::ExactValue first = reference.exact(a);
  const targets::ExactValue second = reference.exact(b);
  if (mpfr_nan_p(numbers::raw(first.value)) || mpfr_nan_p(numbers::raw(second.value))) return 0;
  return mpfr_cmp(numbers::raw(first.value), numbers::raw(second.value));
}

/// Takes the results at consecutive floats of one binade, in order.
class Examiner {
 public:
  Examiner(const targets::FloatReference& reference, const ExhaustiveOptions& options)
      : reference_(reference),
        options_(options),
        screen_(reference),
        errors_(reference, options.ulp_of, options.rounding),
        range_(value_range(reference.program(), options.rounding)) {}

  void add(std::uint32_t first, std::span<const float> y, std::span<const Traces> traces);
  Figures finish();

 private:
  std::size_t add_repeated(std::uint32_t first, std::span<const float> y);
  void add_block(std::uint32_t first, std::span<const float> y);
  /// Result i, which stands for `times` like it.
  void add_one(std::uint32_t input, float y, std::size_t i, std::uint64_t times = 1);
  void count_bin(std::size_t i, std::uint64_t times = 1);
  void check_range(std::uint32_t first, std::span<const float> y);
  void check_order(std::uint32_t first, std::span<const float> y);
  void check_traces(std::uint32_t first, std::span<const float> y, std::span<const Traces> traces);
  double figure(const targets::Candidate& candidate);
  void decide() {
    record_.decide(
        [&](const targets::Candidate& candidate) { return figure(candidate); },
        [&](std::uint32_t first, std::uint32_t last) { return reference_.is_steady(first, last); });
  }
  double floor() const { return std::nextafter(record_.floor(), 0.0); }

  const targets::FloatReference& reference_;
  ExhaustiveOptions options_;
  targets::FloatScreen screen_;
  FloatErrors errors_;
  targets::LargestError record_{targets::Score::kNegligible};
  std::optional<ValueRange> range_;
  Figures figures_;
  Glance glance_;
  // The last result of the block before, and what is known of the value there.
  bool has_before_ = false;
  float y_before_ = 0;
  double f_before_ = 0;
  double low_before_ = 0;
};

void Examiner::add(std::uint32_t first, std::span<const float> y, std::span<const Traces> traces) {
  check_range(first, y);
  for (std::size_t done = 0; done < y.size();) {
    const auto at = first + static_cast<std::uint32_t>(done);
    const std::span<const float> rest = y.subspan(done);
    std::size_t taken = add_repeated(at, rest);
    if (taken == 0) {
      errors_.examine(at, rest);
      taken = errors_.count();
      add_block(at, rest.first(taken));
      check_order(at, rest.first(taken));
      if (!traces.empty()) check_traces(at, rest.first(taken), traces.subspan(done, taken));
    } else if (!traces.empty()) {
      for (std::size_t i = 0; i < taken; ++i) {
        errors_.examine(at + static_cast<std::uint32_t>(i), rest.subspan(i, 1));
        check_traces(at + static_cast<std::uint32_t>(i), rest.subspan(i, 1),
                     traces.subspan(done + i, 1));
      }
    }
    done += taken;
  }
}

/// One result again and again where all that is known of the function is the same: one of them
/// stands for all.
std::size_t Examiner::add_repeated(std::uint32_t first, std::span<const float> y) {
  const std::uint32_t magnitude = first & kMagnitude;
  if (magnitude == 0 || magnitude >= kInfinityBits) return 0;
  const auto [n, constant] = screen_.repeated(first, y);
  if (!constant || n < 2) return 0;
  errors_.examine(first, y.first(1));
  figures_.inputs += n;
  add_one(first, y[0], 0, n);
  if (errors_.wrong_zero(0)) figures_.zero_signs.add(first, y[0], n);
  has_before_ = false;
  return n;
}

void Examiner::add_block(std::uint32_t first, std::span<const float> y) {
  const std::size_t n = y.size();
  figures_.inputs += n;
  const bool nearest = options_.rounding == Rounding::Nearest;
  if (nearest) {
    look<false>(errors_, right_errors(options_.rounding), glance_);
  } else {
    look<true>(errors_, right_errors(options_.rounding), glance_);
  }
  const bool plain = options_.ulp_of == UlpOf::Exact;
  if (plain && !glance_.open) {
    record_.raise(glance_.certain);
    figures_.measured += n;
    figures_.sum_of_sizes += glance_.sum_of_sizes;
    figures_.sum_of_errors += glance_.sum_of_errors;
    std::array<std::array<std::uint32_t, Histogram::kFine + 1>, 4> counts{};
    for (std::size_t i = 0; i + 4 <= n; i += 4) {
      for (std::size_t k = 0; k < 4; ++k)
        ++counts[k][static_cast<std::size_t>(glance_.bins[i + k])];
    }
    for (std::size_t i = n / 4 * 4; i < n; ++i) {
      ++counts[0][static_cast<std::size_t>(glance_.bins[i])];
    }
    for (std::size_t bin = 0; bin < Histogram::kFine; ++bin) {
      const std::uint64_t count =
          std::uint64_t{counts[0][bin]} + counts[1][bin] + counts[2][bin] + counts[3][bin];
      figures_.histogram.counts[bin] += count;
      if (bin >= 16) figures_.above_one_ulp += count;
      if (nearest && bin >= 8) figures_.misrounded += count;
    }
    if (!nearest) figures_.misrounded += glance_.misrounded;
    const bool large =
        counts[0].back() + counts[1].back() + counts[2].back() + counts[3].back() > 0;
    for (std::size_t i = 0; large && i < n; ++i) {
      if (static_cast<std::size_t>(glance_.bins[i]) < Histogram::kFine) continue;
      count_bin(i);
      ++figures_.above_one_ulp;
      if (nearest) ++figures_.misrounded;
    }
    if (glance_.most > floor()) {
      for (std::size_t i = 0; i < n; ++i) {
        record_.note(errors_, i, first + static_cast<std::uint32_t>(i), y[i]);
      }
    }
  } else {
    for (std::size_t i = 0; i < n; ++i) add_one(first + static_cast<std::uint32_t>(i), y[i], i);
  }
  const auto zeros = std::count(y.begin(), y.end(), 0.0F);
  for (std::size_t i = 0; i < n && zeros != 0; ++i) {
    if (y[i] == 0 && errors_.wrong_zero(i)) {
      figures_.zero_signs.add(first + static_cast<std::uint32_t>(i), y[i]);
    }
  }
  if (record_.is_full()) record_.prune();
  if (record_.is_full()) decide();
}

void Examiner::count_bin(std::size_t i, std::uint64_t times) {
  const double size = std::abs(errors_.errors()[i]);
  std::size_t bin = 0;
  if (size < 2.5) {
    const double p = size * 16;
    bin = static_cast<std::size_t>(std::min(p, 40.0));
    while (bin > 0 && !errors_.above_in_size(i, static_cast<double>(bin) / 16)) --bin;
    while (bin < Histogram::kFine && errors_.above_in_size(i, static_cast<double>(bin + 1) / 16)) {
      ++bin;
    }
    if (bin < Histogram::kFine) {
      figures_.histogram.counts[bin] += times;
      return;
    }
  }
  bin = Histogram::kFine;
  while (bin + 1 < Histogram::kBins && errors_.above_in_size(i, Histogram::upper(bin))) ++bin;
  figures_.histogram.counts[bin] += times;
}

void Examiner::add_one(std::uint32_t input, float y, std::size_t i, std::uint64_t times) {
  if (errors_.misrounded(i)) figures_.misrounded += times;
  if (errors_.is_special(i)) return figures_.special_values.add(input, y, times);
  double error = errors_.errors()[i];
  // Nothing is known: MPFR decides everything about this one.
  if (std::isinf(errors_.doubts()[i])) error = errors_.exact(i).error;
  const double size = std::abs(error);
  figures_.measured += times;
  figures_.sum_of_sizes += size * static_cast<double>(times);
  figures_.sum_of_errors += error * static_cast<double>(times);
  if (errors_.above_in_size(i, 1)) figures_.above_one_ulp += times;
  count_bin(i, times);
  record_.note(errors_, i, input, y);
}

void Examiner::check_range(std::uint32_t first, std::span<const float> y) {
  if (!range_) return;
  const float least = range_->least;
  const float most = range_->most;
  int beyond = 0;
  for (const float value : y) beyond += (value < least) | (value > most);
  for (std::size_t i = 0; beyond != 0 && i < y.size(); ++i) {
    if (y[i] < least || y[i] > most) {
      figures_.range.add(first + static_cast<std::uint32_t>(i), y[i]);
    }
  }
}

void Examiner::check_order(std::uint32_t first, std::span<const float> y) {
  const std::size_t n = y.size();
  const double* const high = errors_.high().data();
  const double* const low = errors_.low().data();
  const auto decide = [&](std::uint32_t input, float before, float now, double f_before,
                          double low_before, double f, double low_now) {
    // The pair's exact values in doubt: that is so where they differ by less than a part in 2^45.
    int order = 0;
    const double gap = (f - f_before) + (low_now - low_before);
    if (std::abs(gap) > 0x1p-44 * std::max(std::abs(f), std::abs(f_before))) {
      order = gap > 0 ? 1 : -1;
    } else if (f == f_before && low_now == low_before && std::isfinite(f)) {
      return;  // next to a limit, where nothing more is known of either
    } else {
      ++figures_.mpfr_calls;
      order = compare_exactly(reference_, float_of(input), float_of(input - 1));
    }
    const int found = now > before ? 1 : -1;
    if (order * found < 0) figures_.monotonicity.add(input, now);
  };
  if (has_before_ && y[0] != y_before_ && !std::isnan(y[0]) && !std::isnan(y_before_)) {
    const double gap = high[0] - f_before_;
    if (!((static_cast<double>(y[0]) - static_cast<double>(y_before_)) * gap > 0)) {
      decide(first, y_before_, y[0], f_before_, low_before_, high[0], low[0]);
    }
  }
  int suspects = 0;
  for (std::size_t i = 1; i < n; ++i) {
    const double step = static_cast<double>(y[i]) - static_cast<double>(y[i - 1]);
    const double due = high[i] - high[i - 1];
    suspects += (step * due < 0) | ((due == 0) & (step != 0));
  }
  for (std::size_t i = 1; suspects != 0 && i < n; ++i) {
    const double step = static_cast<double>(y[i]) - static_cast<double>(y[i - 1]);
    const double due = high[i] - high[i - 1];
    if (!(step * due < 0) && !(due == 0 && step != 0)) continue;
    decide(first + static_cast<std::uint32_t>(i), y[i - 1], y[i], high[i - 1], low[i - 1], high[i],
           low[i]);
  }
  has_before_ = true;
  y_before_ = y[n - 1];
  f_before_ = high[n - 1];
  low_before_ = low[n - 1];
}

void Examiner::check_traces(std::uint32_t first, std::span<const float> y,
                            std::span<const Traces> traces) {
  constexpr double kSmallestNormal = 0x1p-126;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const std::uint32_t input = first + static_cast<std::uint32_t>(i);
    const std::uint32_t magnitude = input & kMagnitude;
    const int raised = traces[i].exceptions;
    bool invalid = false, pole = false, overflow = false;
    bool underflow_due = false, underflow_allowed = false, inexact = false, domain = false;
    const double f = errors_.high()[i];
    const double doubt = errors_.doubts()[i];
    const double error = errors_.errors()[i];
    const double size = std::abs(f);
    if (magnitude > kInfinityBits) {
      invalid = (magnitude & 0x00400000) == 0;  // a signalling NaN
    } else if (std::isfinite(f) && size > 0x1.1p-126 && size < 0x1.fp127) {
      inexact = std::abs(error) > doubt && std::abs(error) < 1 - doubt;
    } else {
      const targets::ExactValue truth = reference_.exact(float_of(input));
      const mpfr_srcptr value = numbers::raw(truth.value);
      const bool infinite_input = magnitude == kInfinityBits;
      if (mpfr_nan_p(value)) {
        invalid = domain = true;
      } else if (mpfr_inf_p(value)) {
        pole = !infinite_input;
      } else if (mpfr_regular_p(value)) {
        const double due = targets::round_to(targets::kFloat, truth.value, options_.rounding);
        inexact = mpfr_cmp_d(value, due) != 0;
        const double nearest = targets::round_to(targets::kFloat, truth.value, Rounding::Nearest);
        overflow = mpfr_get_exp(value) > 128 || std::isinf(due) || std::isinf(nearest);
        const double magnitude_of = std::abs(mpfr_get_d(value, MPFR_RNDN));
        underflow_allowed = inexact && magnitude_of < kSmallestNormal * (1 + 0x1p-23);
        underflow_due = inexact && magnitude_of < kSmallestNormal * (1 - 0x1p-23);
      }
    }
    const auto check = [&](bool due, bool allowed, int flag, Trace missing, Trace spurious) {
      const bool is = (raised & flag) != 0;
      if (due && !is) figures_.traces[static_cast<std::size_t>(missing)].add(input, y[i]);
      if (!allowed && is) figures_.traces[static_cast<std::size_t>(spurious)].add(input, y[i]);
    };
    check(invalid, invalid, FE_INVALID, Trace::InvalidMissing, Trace::InvalidSpurious);
    check(pole, pole, FE_DIVBYZERO, Trace::DivideByZeroMissing, Trace::DivideByZeroSpurious);
    check(overflow, overflow, FE_OVERFLOW, Trace::OverflowMissing, Trace::OverflowSpurious);
    check(underflow_due, underflow_allowed, FE_UNDERFLOW, Trace::UnderflowMissing,
          Trace::UnderflowSpurious);
    check(inexact, true, FE_INEXACT, Trace::InexactMissing, Trace::InexactMissing);
    const int due_error = domain ? EDOM : (pole || overflow ? ERANGE : 0);
    const bool right =
        traces[i].error == due_error || (underflow_allowed && traces[i].error == ERANGE);
    if (!right) figures_.traces[static_cast<std::size_t>(Trace::WrongErrno)].add(input, y[i]);
  }
}

double Examiner::figure(const targets::Candidate& candidate) {
  ++figures_.mpfr_calls;
  const targets::ExactValue truth = reference_.exact(float_of(candidate.input));
  const double error = targets::ulp_error(targets::kFloat, static_cast<double>(candidate.y),
                                          truth.value, options_.ulp_of, options_.rounding);
  return std::abs(error);
}

Figures Examiner::finish() {
  decide();
  figures_.max_ulp = record_.decided();
  figures_.worst_input = record_.input();
  figures_.worst_result = bits_of(record_.result());
  figures_.mpfr_calls += errors_.mpfr_calls();
  return figures_;
}

/// Whether f(-x) is to be f(x) or -f(x) bit for bit in that mode.
bool is_symmetric(targets::Parity parity, Rounding rounding) {
  if (parity == targets::Parity::None) return false;
  return parity == targets::Parity::Even || rounding == Rounding::Nearest ||
         rounding == Rounding::Zero;
}

}  // namespace

void Finding::add(std::uint32_t at, float y, std::uint64_t times) {
  if (count == 0) {
    input = at;
    result = bits_of(y);
  }
  count += times;
}

void Finding::merge(const Finding& later) {
  if (count == 0) {
    input = later.input;
    result = later.result;
  }
  count += later.count;
}

double Histogram::upper(std::size_t bin) {
  if (bin < kFine) return static_cast<double>(bin + 1) / 16;
  return bin + 1 == kBins ? kInfinity : std::ldexp(4.0, static_cast<int>(bin - kFine));
}

std::string_view name(Trace trace) {
  constexpr std::array<std::string_view, kTraces> kNames = {
      "invalid missing",  "invalid spurious",  "divide by zero missing", "divide by zero spurious",
      "overflow missing", "overflow spurious", "underflow missing",      "underflow spurious",
      "inexact missing",  "errno wrong"};
  return kNames[static_cast<std::size_t>(trace)];
}

void Figures::merge(const Figures& later) {
  if (later.max_ulp > max_ulp) {
    max_ulp = later.max_ulp;
    worst_input = later.worst_input;
    worst_result = later.worst_result;
  }
  inputs += later.inputs;
  misrounded += later.misrounded;
  above_one_ulp += later.above_one_ulp;
  sum_of_sizes += later.sum_of_sizes;
  sum_of_errors += later.sum_of_errors;
  measured += later.measured;
  for (std::size_t i = 0; i < Histogram::kBins; ++i) {
    histogram.counts[i] += later.histogram.counts[i];
  }
  special_values.merge(later.special_values);
  zero_signs.merge(later.zero_signs);
  range.merge(later.range);
  monotonicity.merge(later.monotonicity);
  symmetry.merge(later.symmetry);
  for (std::size_t i = 0; i < kTraces; ++i) traces[i].merge(later.traces[i]);
  mpfr_calls += later.mpfr_calls;
}

std::optional<ValueRange> value_range(const ir::Program& program, Rounding rounding) {
  if (!program.result.is_value()) return {};
  constexpr float kEverything = std::numeric_limits<float>::infinity();
  /// A multiple of pi, rounded as results are.
  const auto pi_times = [&](double factor) {
    numbers::Mpfr value = targets::real(128);
    mpfr_const_pi(numbers::raw(value), MPFR_RNDN);
    mpfr_mul_d(numbers::raw(value), numbers::raw(value), factor, MPFR_RNDN);
    return static_cast<float>(targets::round_to(targets::kFloat, value, rounding));
  };
  switch (program.code[program.result.index].op) {
    case ir::Op::Exp:
    case ir::Op::Exp2:
    case ir::Op::Exp10:
    case ir::Op::Sqrt:
    case ir::Op::Abs:
    case ir::Op::Acosh:
    case ir::Op::Hypot:
      return ValueRange{0, kEverything};
    case ir::Op::Expm1:
      return ValueRange{-1, kEverything};
    case ir::Op::Cosh:
      return ValueRange{1, kEverything};
    case ir::Op::Sin:
    case ir::Op::Cos:
    case ir::Op::Tanh:
    case ir::Op::Erf:
    case ir::Op::BesselJ0:
      return ValueRange{-1, 1};
    case ir::Op::Erfc:
      return ValueRange{0, 2};
    case ir::Op::Acos:
      return ValueRange{0, pi_times(1)};
    case ir::Op::Asin:
    case ir::Op::Atan:
      return ValueRange{pi_times(-0.5), pi_times(0.5)};
    default:
      return {};
  }
}

std::optional<BinadeFigures> measure_binade(const targets::FloatReference& reference,
                                            Worker& worker, int exponent,
                                            const ExhaustiveOptions& options,
                                            const std::stop_token& stop) {
  BinadeFigures binade;
  binade.exponent = exponent;
  Examiner positive(reference, options);
  Examiner negative(reference, options);
  Finding symmetry;
  worker.record_traces(options.traces);
  const bool symmetric =
      is_symmetric(options.parity, options.rounding) && options.positive == options.negative;
  const std::uint32_t flip = options.parity == targets::Parity::Odd ? kSign : 0;
  std::vector<float> kept;
  std::vector<Incident> incidents;
  const auto measure = [&](Examiner& examiner, const std::optional<targets::FloatRange>& wanted,
                           std::uint32_t offset, std::uint32_t sign) -> std::span<const float> {
    const std::uint32_t magnitude = binade_start(exponent, false) + offset;
    const auto batch_last = static_cast<std::uint32_t>(magnitude + (Worker::kCapacity - 1));
    if (!wanted || wanted->last < magnitude || wanted->first > batch_last) return {};
    const std::uint32_t first = std::max(magnitude, wanted->first) | sign;
    const std::size_t count = (std::min(batch_last, wanted->last) | sign) - first + 1;
    incidents.clear();
    const std::span<const float> y = worker.run(first, count, options.rounding, incidents);
    examiner.add(first, y,
                 options.traces ? worker.traces().first(count) : std::span<const Traces>{});
    for (const Incident& incident : incidents) {
      binade.incidents.push_back({incident.kind, first + static_cast<std::uint32_t>(incident.index),
                                  incident.count, incident.what});
    }
    return y;
  };
  for (std::uint32_t offset = 0; offset < kBinadeSize; offset += Worker::kCapacity) {
    if (stop.stop_requested()) return {};
    const std::span<const float> first = measure(positive, options.positive, offset, 0);
    kept.assign(first.begin(), first.end());
    const std::span<const float> y = measure(negative, options.negative, offset, kSign);
    if (!symmetric) continue;
    const auto differ = [&](std::size_t i) { return bits_of(y[i]) != (bits_of(kept[i]) ^ flip); };
    int different = 0;
    for (std::size_t i = 0; i < y.size(); ++i) different += differ(i);
    for (std::size_t i = 0; different != 0 && i < y.size(); ++i) {
      if (!differ(i) || (std::isnan(y[i]) && std::isnan(kept[i]))) continue;
      const std::uint32_t at =
          std::max(binade_start(exponent, false) + offset, options.negative->first) | kSign;
      symmetry.add(at + static_cast<std::uint32_t>(i), y[i]);
    }
  }
  binade.positive = positive.finish();
  binade.negative = negative.finish();
  binade.negative.symmetry = symmetry;
  return binade;
}

Finding monotonicity_at_edges(const targets::FloatReference& reference, Worker& worker,
                              const ExhaustiveOptions& options) {
  std::vector<float> x;
  for (const bool negative : {false, true}) {
    const std::optional<targets::FloatRange>& wanted =
        negative ? options.negative : options.positive;
    for (int exponent = 1; wanted && exponent < 256; ++exponent) {
      const std::uint32_t magnitude = binade_start(exponent, false);
      if (magnitude - 1 < wanted->first || magnitude > wanted->last) continue;
      const std::uint32_t edge = binade_start(exponent, negative);
      x.push_back(float_of(edge - 1));
      x.push_back(float_of(edge));
    }
  }
  std::vector<Incident> ignored;  // they were met before
  worker.record_traces(false);
  const std::span<const float> y = worker.run(x, {}, options.rounding, ignored);
  Finding finding;
  for (std::size_t i = 0; i < x.size(); i += 2) {
    if (std::isnan(y[i]) || std::isnan(y[i + 1]) || y[i] == y[i + 1]) continue;
    const int found = y[i + 1] > y[i] ? 1 : -1;
    if (compare_exactly(reference, x[i + 1], x[i]) * found < 0) {
      finding.add(bits_of(x[i + 1]), y[i + 1]);
    }
  }
  return finding;
}

}  // namespace ulpforge::validate
