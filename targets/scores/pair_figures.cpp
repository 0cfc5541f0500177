// Rows of pairs: exact values once, then the results of each routine next to them.
#include "targets/scores/pair_figures.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstring>

#include "parallel/parallel.h"

namespace ulpforge::targets {
namespace {

using numbers::Binary64;
using numbers::ShortFormat;

constexpr std::array<std::string_view, 3> kSets = {"all", "finite", "normal"};
constexpr std::array<std::string_view, kPairMetrics> kMetrics = {"ulp", "relative", "absolute"};
constexpr std::array<std::string_view, 4> kObjectives = {"max", "mean", "rms", "bias"};

template <class Enumeration, std::size_t count>
std::optional<Enumeration> find(const std::array<std::string_view, count>& names,
                                std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enumeration>(found - names.begin());
}

double unit_of(const ShortFormat& format, double f) {
  const int field =
      static_cast<int>(std::bit_cast<std::uint64_t>(std::abs(f)) >> Binary64::kMantissaBits);
  return numbers::power_of_two(ulp_exponent(format.row(), field - (Binary64::kBias - 1)));
}

/// Positive for results that are too large in size.
double away_from_zero(double error, double f) { return f < 0 ? -error : error; }

double smallest_normal(const ShortFormat& format) {
  return numbers::power_of_two(format.row().emin - 1);
}

/// Eight at a time, whatever the processor has: the order of sums is the same everywhere.
using Eight [[gnu::vector_size(64)]] = double;
constexpr std::size_t kEight = 8;

Eight load(const double* from) {
  Eight values;
  std::memcpy(&values, from, sizeof values);
  return values;
}

/// What errors come to, a lane each.
struct LaneSums {
  Eight sizes = {}, errors = {}, squares = {}, largest = {};

  Eight add(Eight error) {
    const Eight size = error < 0 ? -error : error;
    sizes += size;
    errors += error;
    squares += error * error;
    largest = size > largest ? size : largest;
    return size;
  }
  static double total(Eight lanes) {
    double sum = 0;
    for (std::size_t k = 0; k < kEight; ++k) sum += lanes[k];
    return sum;
  }
  double most() const {
    double most = 0;
    for (std::size_t k = 0; k < kEight; ++k) most = std::max(most, largest[k]);
    return most;
  }
};

/// The pairs of one x: those whose errors are plain arithmetic side by side, and the others.
struct PairRow {
  std::vector<std::uint32_t> y;  ///< patterns, of ordinary exact values
  std::vector<double> f, units_per_one, one_by_size;
  std::vector<std::uint32_t> other_y;
  std::vector<OddValue> other_f;

  PairRow(const PairFunction& function, std::uint32_t x) {
    for (std::uint32_t k = 0; k < function.format().inputs(); ++k) {
      const OddValue value = function.value(x, k);
      if (!function.holds(x, k, value)) continue;
      if (function.is_ordinary(value.value)) {
        y.push_back(k);
        f.push_back(value.value);
        units_per_one.push_back(1 / unit_of(function.format(), value.value));
        one_by_size.push_back(1 / std::abs(value.value));
      } else {
        other_y.push_back(k);
        other_f.push_back(value);
      }
    }
    // Whole vectors of eight.
    units_per_one.resize(y.size() + kEight, 0.0);
    one_by_size.resize(y.size() + kEight, 0.0);
  }
};

/// The numbers of a format by their patterns.
std::vector<double> numbers_of(const ShortFormat& format) {
  std::vector<double> values(format.inputs());
  for (std::uint32_t k = 0; k < format.inputs(); ++k) {
    values[k] = static_cast<double>(format.value(k));
  }
  return values;
}

class RowJudge {
 public:
  explicit RowJudge(const PairFunction& function)
      : format_(function.format()),
        judge_(format_, numbers::RoundTo::NearestEven),
        values_(numbers_of(format_)),
        largest_(format_.largest_value()) {}

  PairFigures operator()(const PairRow& row, std::uint32_t x,
                         std::span<const std::uint32_t> z) const {
    PairFigures figures;
    figures.pairs = row.y.size() + row.other_y.size();
    ordinary(row, x, z, figures);
    for (std::size_t i = 0; i < row.other_y.size(); ++i) {
      slow(row.other_f[i], pair_of(x, row.other_y[i]), z[row.other_y[i]], figures);
    }
    return figures;
  }

 private:
  std::uint64_t pair_of(std::uint32_t x, std::uint32_t y) const {
    return (std::uint64_t{x} << format_.bits()) + y;
  }

  /// Where the exact value is ordinary: errors by subtraction, unless the result is no number or
  /// zero.
  void ordinary(const PairRow& row, std::uint32_t x, std::span<const std::uint32_t> z,
                PairFigures& figures) const {
    const std::size_t count = row.y.size();
    const std::size_t padded = (count + kEight - 1) / kEight * kEight;
    std::vector<double> differences(padded, 0.0), parity(padded, 0.0);
    std::size_t strange_ones = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t result = z[row.y[i]];
      const double value = values_[result];
      const bool here = !(std::abs(value) <= largest_) || value == 0;
      strange_ones += here ? 1 : 0;
      differences[i] = here ? 0 : away_from_zero(value - row.f[i], row.f[i]);
      parity[i] = (result & 1) != 0 ? 1 : 0;
    }
    std::vector<std::size_t> strange;
    for (std::size_t i = 0; i < count && strange.size() < strange_ones; ++i) {
      const double value = values_[z[row.y[i]]];
      if (!(std::abs(value) <= largest_) || value == 0) strange.push_back(i);
    }
    std::array<LaneSums, kPairMetrics> sums;
    Eight wrong = {};
    for (std::size_t i = 0; i < padded; i += kEight) {
      const Eight error = load(&differences[i]);
      const Eight size = sums[0].add(error * load(&row.units_per_one[i]));
      sums[1].add(error * load(&row.one_by_size[i]));
      sums[2].add(error);
      // Half a unit is right where the result is even.
      const Eight limit = 0.5 - 0x1p-54 * load(&parity[i]);
      wrong += size > limit ? Eight{} + 1 : Eight{};
    }
    figures.misrounded += static_cast<std::uint64_t>(LaneSums::total(wrong));
    figures.measured += count - strange.size();
    for (std::size_t m = 0; m < kPairMetrics; ++m) {
      PairErrors& errors = figures.errors[m];
      errors.sum_of_sizes = LaneSums::total(sums[m].sizes);
      errors.sum_of_errors = LaneSums::total(sums[m].errors);
      errors.sum_of_squares = LaneSums::total(sums[m].squares);
      errors.max = sums[m].most();
      for (std::size_t i = 0; i < count && errors.max > 0; ++i) {
        const double factor = m == 0 ? row.units_per_one[i] : m == 1 ? row.one_by_size[i] : 1;
        if (std::abs(differences[i] * factor) != errors.max) continue;
        errors.worst = pair_of(x, row.y[i]);
        errors.worst_result = z[row.y[i]];
        break;
      }
    }
    for (const std::size_t i : strange) {
      slow({row.f[i], true}, pair_of(x, row.y[i]), z[row.y[i]], figures);
    }
  }

  void slow(const OddValue& f, std::uint64_t pair, std::uint32_t result,
            PairFigures& figures) const {
    const ShortJudge::Verdict verdict = judge_(f, result);
    if (!verdict.right) ++figures.misrounded;
    if (verdict.special) return figures.special_values.add(pair, result);
    if (verdict.wrong_zero) figures.zero_signs.add(pair, result);
    ++figures.measured;
    if (!std::isfinite(f.value)) return;
    figures.errors[0].add(away_from_zero(verdict.error, f.value), pair, result);
    figures.errors[1].add(relative_error(format_, f, verdict), pair, result);
    figures.errors[2].add(away_from_zero(verdict.error * unit_of(format_, f.value), f.value), pair,
                          result);
  }

  const ShortFormat& format_;
  ShortJudge judge_;
  std::vector<double> values_;
  double largest_;
};

}  // namespace

std::string_view name(PairSet set) { return kSets.at(static_cast<std::size_t>(set)); }
std::optional<PairSet> find_pair_set(std::string_view name) { return find<PairSet>(kSets, name); }

std::string_view name(PairMetric metric) { return kMetrics.at(static_cast<std::size_t>(metric)); }

std::string_view name(PairObjective objective) {
  return kObjectives.at(static_cast<std::size_t>(objective));
}
std::optional<PairObjective> find_pair_objective(std::string_view name) {
  return find<PairObjective>(kObjectives, name);
}

std::string_view words(PairSet set) {
  switch (set) {
    case PairSet::All:
      return "every pair of numbers, infinities and NaN included";
    case PairSet::Finite:
      return "every pair of finite numbers whose exact value is finite";
    case PairSet::Normal:
      break;
  }
  return "every pair of normal numbers whose exact value is one with a factor of two to spare";
}

void PairErrors::add(double error, std::uint64_t pair, std::uint32_t result) {
  const double size = std::abs(error);
  sum_of_sizes += size;
  sum_of_errors += error;
  sum_of_squares += error * error;
  if (size > max) {
    max = size;
    worst = pair;
    worst_result = result;
  }
}

double relative_error(const ShortFormat& format, const OddValue& f,
                      const ShortJudge::Verdict& verdict) {
  if (verdict.special || !std::isfinite(f.value)) return 0;
  return away_from_zero(verdict.error, f.value) * unit_of(format, f.value) /
         std::max(std::abs(f.value), smallest_normal(format));
}

void PairErrors::merge(const PairErrors& later) {
  if (later.max > max) {
    max = later.max;
    worst = later.worst;
    worst_result = later.worst_result;
  }
  sum_of_sizes += later.sum_of_sizes;
  sum_of_errors += later.sum_of_errors;
  sum_of_squares += later.sum_of_squares;
}

double PairFigures::rms(PairMetric metric) const {
  return std::sqrt(share(in(metric).sum_of_squares));
}

double PairFigures::value(PairMetric metric, PairObjective objective) const {
  switch (objective) {
    case PairObjective::Max:
      return in(metric).max;
    case PairObjective::Mean:
      return mean(metric);
    case PairObjective::Rms:
      return rms(metric);
    case PairObjective::Bias:
      break;
  }
  return std::abs(bias(metric));
}

void PairFigures::merge(const PairFigures& later) {
  pairs += later.pairs;
  measured += later.measured;
  misrounded += later.misrounded;
  for (std::size_t m = 0; m < kPairMetrics; ++m) errors[m].merge(later.errors[m]);
  special_values.merge(later.special_values);
  zero_signs.merge(later.zero_signs);
}

PairFunction::PairFunction(ir::Program program, const ShortFormat& format, PairSet set)
    : program_(std::move(program)), format_(format), set_(set) {
  const bool one = program_.code.size() == 1 && program_.result.is_value();
  is_product_ = one && program_.code[0].op == ir::Op::Mul &&
                program_.code[0].operands[0].is_input() && program_.code[0].operands[1].is_input();
}

OddValue PairFunction::value(std::uint32_t x, std::uint32_t y) const {
  const double inputs[2] = {static_cast<double>(format_.value(x)),
                            static_cast<double>(format_.value(y))};
  if (is_product_) {
    // Of at most 24 significant bits each, and far from where doubles end: exact.
    const auto index = [&](std::size_t k) { return program_.code[0].operands[k].index; };
    return {inputs[index(0)] * inputs[index(1)], true};
  }
  return odd_value(program_, inputs);
}

bool PairFunction::is_ordinary(double f) const {
  const double size = std::abs(f);
  return size >= smallest_normal(format_) && size <= format_.largest_value();
}

bool PairFunction::holds(std::uint32_t x, std::uint32_t y, const OddValue& f) const {
  const auto is_normal = [&](std::uint32_t bits) {
    const std::uint32_t least = std::uint32_t{1} << format_.mantissa_bits();
    return format_.magnitude(bits) >= least && format_.is_finite(bits);
  };
  switch (set_) {
    case PairSet::All:
      return true;
    case PairSet::Finite:
      return format_.is_finite(x) && format_.is_finite(y) && std::isfinite(f.value);
    case PairSet::Normal:
      break;
  }
  return is_normal(x) && is_normal(y) && is_ordinary(f.value / 2) && is_ordinary(f.value * 2);
}

std::optional<std::vector<PairFigures>> figures_at_every_pair(
    const PairFunction& function, std::span<const PairRoutine> routines, std::stop_token stop,
    const std::function<void(double)>& progress) {
  const std::uint32_t count = function.format().inputs();
  const RowJudge judge(function);
  std::vector<std::vector<PairFigures>> rows(count);
  std::atomic<std::uint32_t> done = 0;
  parallel::for_each_index(std::uint32_t{0}, count, [&](std::uint32_t x) {
    if (stop.stop_requested()) return;
    const PairRow row(function, x);
    std::vector<std::uint32_t> z(count);
    for (const PairRoutine& routine : routines) {
      if (!row.y.empty() || !row.other_y.empty()) routine(x, z);
      rows[x].push_back(judge(row, x, z));
    }
    const std::uint32_t now = ++done;
    if (progress) progress(static_cast<double>(now) / count);
  });
  if (stop.stop_requested()) return std::nullopt;
  std::vector<PairFigures> all(routines.size());
  for (const auto& row : rows) {
    for (std::size_t r = 0; r < all.size(); ++r) all[r].merge(row[r]);
  }
  return all;
}

}  // namespace ulpforge::targets
