// One pass over the results of a binade.
#include "validate/exhaustive.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "targets/exact/real.h"
#include "targets/scores/scan.h"

namespace ulpforge::validate {
namespace {

using numbers::Binary32;
using targets::Rounding;
using targets::UlpOf;

/// f(a) - f(b) for neighbours a, b where the fast values do not tell: -1, 0 or 1.
int compare_exactly(const targets::FloatReference& reference, float a, float b) {
  const targets::ExactValue first = reference.exact(a);
  const targets::ExactValue second = reference.exact(b);
  if (mpfr_nan_p(numbers::raw(first.value)) || mpfr_nan_p(numbers::raw(second.value))) return 0;
  return mpfr_cmp(numbers::raw(first.value), numbers::raw(second.value));
}

/// What the validator wants of a scan: figures, and checks that go beyond single errors.
class Checks {
 public:
  static constexpr bool kEachError = true;
  Figures figures;

  Checks(const targets::FloatReference& reference, const ExhaustiveOptions& options)
      : reference_(&reference),
        rounding_(options.rounding),
        range_(value_range(reference.program(), options.rounding)) {}

  /// To be called before the scan takes these results. `raised` is empty where exceptions are not
  /// checked.
  void begin(std::uint32_t first, std::span<const float> y, std::span<const Raised> raised) {
    first_ = first;
    raised_ = raised;
    check_range(first, y);
  }

  void special(std::uint32_t input, float y, std::uint64_t times) {
    figures.special_values.add(input, y, times);
  }
  void wrong_zero(std::uint32_t input, float y, std::uint64_t times) {
    figures.zero_signs.add(input, y, times);
  }
  void open_zero(std::uint32_t input, float y, std::uint64_t times) {
    figures.open_zeros.add(input, y, times);
  }
  void examined(std::uint32_t first, std::span<const float> y,
                const targets::Errors<Binary32>& errors) {
    check_order(first, y, errors);
    if (!raised_.empty()) check_exceptions(first, y, errors);
  }
  void repeated(std::uint32_t first, std::span<const float> y, targets::Errors<Binary32>& errors) {
    has_before_ = false;
    for (std::uint32_t i = 0; !raised_.empty() && i < y.size(); ++i) {
      errors.examine(first + i, y.subspan(i, 1));
      check_exceptions(first + i, y.subspan(i, 1), errors);
    }
  }

 private:
  void check_range(std::uint32_t first, std::span<const float> y);
  void check_order(std::uint32_t first, std::span<const float> y,
                   const targets::Errors<Binary32>& errors);
  void check_exceptions(std::uint32_t first, std::span<const float> y,
                        const targets::Errors<Binary32>& errors);

  const targets::FloatReference* reference_;
  Rounding rounding_;
  std::optional<ValueRange> range_;
  // Of the results that begin() named.
  std::uint32_t first_ = 0;
  std::span<const Raised> raised_;
  // The last result of the block before, and what is known of the value there.
  bool has_before_ = false;
  float y_before_ = 0;
  double f_before_ = 0;
  double low_before_ = 0;
};

using FloatScan = targets::Scan<Binary32, Checks>;

void Checks::check_range(std::uint32_t first, std::span<const float> y) {
  if (!range_) return;
  const float least = range_->least;
  const float most = range_->most;
  int beyond = 0;
  for (const float value : y) beyond += (value < least) | (value > most);
  for (std::size_t i = 0; beyond != 0 && i < y.size(); ++i) {
    if (y[i] < least || y[i] > most) {
      figures.range.add(first + static_cast<std::uint32_t>(i), y[i]);
    }
  }
}

void Checks::check_order(std::uint32_t first, std::span<const float> y,
                         const targets::Errors<Binary32>& errors) {
  const std::size_t n = y.size();
  const double* const high = errors.high().data();
  const double* const low = errors.low().data();
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
      ++figures.mpfr_calls;
      order = compare_exactly(*reference_, Binary32::value(input), Binary32::value(input - 1));
    }
    const int found = now > before ? 1 : -1;
    if (order * found < 0) figures.monotonicity.add(input, now);
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

void Checks::check_exceptions(std::uint32_t first, std::span<const float> y,
                              const targets::Errors<Binary32>& errors) {
  for (std::size_t i = 0; i < y.size(); ++i) {
    const std::uint32_t input = first + static_cast<std::uint32_t>(i);
    const double size = std::abs(errors.high()[i]);
    const double error = std::abs(errors.errors()[i]);
    const double doubt = errors.doubts()[i];
    DueTraces due;
    const Raised& left = raised_[input - first_];
    const bool ordinary = Binary32::is_finite(input) && size > 0x1.1p0 * Binary32::kNormalStart &&
                          size < 0x1.fp-1 * Binary32::kEnd;
    // Whether the value is the result itself is asked where that is a fault.
    const bool may_be_exact = error <= doubt && (left.exceptions & FE_INEXACT) != 0;
    if (ordinary && !may_be_exact) {
      due.inexact_due = error > doubt && error < 1 - doubt;
    } else {
      const double x = static_cast<double>(Binary32::value(input));
      due = due_traces(reference_->program(), reference_->exact(Binary32::value(input)),
                       std::span(&x, 1), Binary32::is_signalling(input), numbers::kBinary32,
                       rounding_);
    }
    for_each_fault(due, left, [&](ExceptionFault fault) {
      figures.exception_faults[static_cast<std::size_t>(fault)].add(input, y[i]);
    });
  }
}

Figures finish(FloatScan& scan) {
  scan.finish();
  Figures figures = scan.tally().figures;
  figures.max_ulp = scan.max_ulp();
  figures.worst_input = scan.worst_input();
  figures.worst_result = Binary32::bits(scan.worst_result());
  figures.mpfr_calls += scan.mpfr_calls();
  return figures;
}

/// Whether f(-x) is to be f(x) or -f(x) bit for bit in that mode.
bool is_symmetric(targets::Parity parity, Rounding rounding) {
  if (parity == targets::Parity::None) return false;
  return parity == targets::Parity::Even || rounding == Rounding::Nearest ||
         rounding == Rounding::Zero;
}

}  // namespace

void Figures::merge(const Figures& later) {
  ErrorFigures::merge(later);
  open_zeros.merge(later.open_zeros);
  range.merge(later.range);
  monotonicity.merge(later.monotonicity);
  symmetry.merge(later.symmetry);
  for (std::size_t i = 0; i < kExceptionFaults; ++i)
    exception_faults[i].merge(later.exception_faults[i]);
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
    return static_cast<float>(targets::round_to(numbers::kBinary32, value, rounding));
  };
  switch (program.code[program.result.index].op) {
    case ir::Op::Exp:
    case ir::Op::Exp2:
    case ir::Op::Exp10:
    case ir::Op::Sqrt:
    case ir::Op::Abs:
    case ir::Op::Acosh:
    case ir::Op::Hypot:
    case ir::Op::Rsqrt:
    case ir::Op::Erfcx:
    case ir::Op::BesselK:
    case ir::Op::Powr:
    case ir::Op::Fdim:
      return ValueRange{0, kEverything};
    case ir::Op::Expm1:
    case ir::Op::Exp2m1:
    case ir::Op::Exp10m1:
    case ir::Op::LambertW:
      return ValueRange{-1, kEverything};
    case ir::Op::Cosh:
      return ValueRange{1, kEverything};
    case ir::Op::Sin:
    case ir::Op::Cos:
    case ir::Op::Tanh:
    case ir::Op::Erf:
    case ir::Op::BesselJ0:
    case ir::Op::BesselJ:
    case ir::Op::SinPi:
    case ir::Op::CosPi:
    case ir::Op::Frexp:
    case ir::Op::Modf:
      return ValueRange{-1, 1};
    case ir::Op::AcosPi:
      return ValueRange{0, 1};
    case ir::Op::AsinPi:
    case ir::Op::AtanPi:
      return ValueRange{-0.5F, 0.5F};
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
  const targets::ScoreOptions how{.ulp_of = options.ulp_of, .rounding = options.rounding};
  FloatScan positive(reference, how, Checks(reference, options));
  FloatScan negative(reference, how, Checks(reference, options));
  Finding symmetry;
  worker.record_exceptions(options.exceptions);
  const bool symmetric =
      is_symmetric(options.parity, options.rounding) && options.positive == options.negative;
  const std::uint32_t flip = options.parity == targets::Parity::Odd ? Binary32::kSign : 0;
  std::vector<float> kept;
  std::vector<Incident> incidents;
  const auto measure = [&](FloatScan& scan, const std::optional<targets::FloatRange>& wanted,
                           std::uint32_t offset, std::uint32_t sign) -> std::span<const float> {
    const std::uint32_t magnitude = Binary32::binade_start(exponent, false) + offset;
    const auto batch_last = static_cast<std::uint32_t>(magnitude + (Worker::kCapacity - 1));
    if (!wanted || wanted->last < magnitude || wanted->first > batch_last) return {};
    const std::uint32_t first = std::max(magnitude, wanted->first) | sign;
    const std::size_t count = (std::min(batch_last, wanted->last) | sign) - first + 1;
    incidents.clear();
    const std::span<const float> y = worker.run(first, count, options.rounding, incidents);
    scan.tally().begin(
        first, y, options.exceptions ? worker.raised().first(count) : std::span<const Raised>{});
    // What MPFR has to decide takes its time.
    constexpr std::size_t kSlice = 4096;
    for (std::size_t i = 0; i < count && !stop.stop_requested(); i += kSlice) {
      scan.add(first + static_cast<std::uint32_t>(i), y.subspan(i, std::min(kSlice, count - i)));
    }
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
    const std::span<const float> y = measure(negative, options.negative, offset, Binary32::kSign);
    if (!symmetric) continue;
    const auto differ = [&](std::size_t i) {
      return Binary32::bits(y[i]) != (Binary32::bits(kept[i]) ^ flip);
    };
    int different = 0;
    for (std::size_t i = 0; i < y.size(); ++i) different += differ(i);
    for (std::size_t i = 0; different != 0 && i < y.size(); ++i) {
      if (!differ(i) || (std::isnan(y[i]) && std::isnan(kept[i]))) continue;
      if (y[i] == 0 && kept[i] == 0) continue;  // the signs of zeros are judged by themselves
      const std::uint32_t at =
          std::max(Binary32::binade_start(exponent, false) + offset, options.negative->first) |
          Binary32::kSign;
      symmetry.add(at + static_cast<std::uint32_t>(i), y[i]);
    }
  }
  if (stop.stop_requested()) return {};
  binade.positive = finish(positive);
  binade.negative = finish(negative);
  binade.negative.symmetry = symmetry;
  return binade;
}

Finding monotonicity_at_edges(const targets::FloatReference& reference, Worker& worker,
                              const ExhaustiveOptions& options) {
  std::vector<float> x;
  for (const bool negative : {false, true}) {
    const std::optional<targets::FloatRange>& wanted =
        negative ? options.negative : options.positive;
    for (int exponent = 1; wanted && exponent < Binary32::kExponentFields; ++exponent) {
      const std::uint32_t magnitude = Binary32::binade_start(exponent, false);
      if (magnitude - 1 < wanted->first || magnitude > wanted->last) continue;
      const std::uint32_t edge = Binary32::binade_start(exponent, negative);
      x.push_back(Binary32::value(edge - 1));
      x.push_back(Binary32::value(edge));
    }
  }
  std::vector<Incident> ignored;  // they were met before
  worker.record_exceptions(false);
  const std::span<const float> y = worker.run(x, {}, options.rounding, ignored);
  Finding finding;
  for (std::size_t i = 0; i < x.size(); i += 2) {
    if (std::isnan(y[i]) || std::isnan(y[i + 1]) || y[i] == y[i + 1]) continue;
    const int found = y[i + 1] > y[i] ? 1 : -1;
    if (compare_exactly(reference, x[i + 1], x[i]) * found < 0) {
      finding.add(Binary32::bits(x[i + 1]), y[i + 1]);
    }
  }
  return finding;
}

}  // namespace ulpforge::validate
