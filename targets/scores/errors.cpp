// The three steps.
#include "targets/scores/errors.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "numbers/lanes.h"

namespace ulpforge::targets {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

}  // namespace

template <class Format>
typename Errors<Format>::Value Errors<Format>::input(std::size_t i) const {
  return Format::value(first_ + static_cast<std::uint32_t>(i));
}

template <class Format>
void Errors<Format>::examine(std::uint32_t first, std::span<const Value> y) {
  first_ = first;
  settled_.reset();
  count_ = std::min(kBlock, y.size());
  const std::uint32_t magnitude = Format::magnitude(first);
  if (Format::is_nan(first)) {
    count_ = std::min<std::size_t>(count_, std::size_t{Format::kMagnitude} - magnitude + 1);
    std::copy_n(y.begin(), count_, y_.begin());
    return examine_undefined();
  }
  if (magnitude == 0 || Format::is_infinite(first)) {
    count_ = 1;
    return examine_special(y.front());
  }
  run_ = reference_.fill(first, std::span(hi_).first(count_), std::span(lo_).first(count_));
  count_ = run_.count;
  std::copy_n(y.begin(), count_, y_.begin());
  if (std::isinf(run_.error)) {
    std::fill_n(error_.begin(), count_, 0.0);
    std::fill_n(doubt_.begin(), count_, kInfinity);
    return;
  }
  examine_values(run_);
  if (of_ == UlpOf::Rounded) apply_rounded_binade();
}

template <class Format>
void Errors<Format>::examine_undefined() {
  run_ = {};
  for (std::size_t i = 0; i < count_; ++i) {
    hi_[i] = kNan;
    lo_[i] = 0;
    error_[i] = std::isnan(y_[i]) ? 0 : kNan;
    doubt_[i] = 0;
  }
}

template <class Format>
void Errors<Format>::examine_special(Value y) {
  y_[0] = y;
  // Its sign says which way is outward, as atan(-infinity)'s.
  const numbers::DoubleDouble f = numbers::to_double_double(reference_.exact(input(0)).value);
  const bool number = std::isfinite(f.hi);
  hi_[0] = number ? f.hi : kNan;
  lo_[0] = number ? f.lo : 0;
  run_ = {};
  doubt_[0] = kInfinity;
  error_[0] = exact(0).error;
  --mpfr_calls_;  // a rule, not a question of precision
  if (!std::isnan(error_[0])) doubt_[0] = 0x1p-52 * std::abs(error_[0]);
}

template <class Format>
void Errors<Format>::examine_values(const Run& run) {
  constexpr std::int64_t kOneBinade = std::int64_t{1} << 52;
  constexpr std::int64_t kMantissa = kOneBinade - 1;
  constexpr std::int64_t kExponent = std::numeric_limits<std::int64_t>::max() & ~kMantissa;
  // The exponent field, as a double, of the smallest normal number, and that of 1 / ulp together
  // with that of the value.
  const std::int64_t smallest_binade = 1022 + results_.row.emin;
  const auto scale_bias = static_cast<std::uint64_t>(1023 + results_.row.precision + 1022);
  const double tiny = results_.normal_start() / 2;
  const double end = results_.end();
  // From there on a result is right where f lies beyond the finite numbers, by f's sign.
  const double right_above = overflow_due(false);
  const double right_below = overflow_due(true);
  const numbers::Integers exact_turns = numbers::Integers{} - (run.exact_turns ? 1 : 0);
  static_assert(kBlock % numbers::kLanes == 0);
  for (std::size_t i = 0; i < count_; i += numbers::kLanes) {
    const numbers::Doubles hi = numbers::load(hi_.data() + i);
    const numbers::Doubles lo = numbers::load(lo_.data() + i);
    const numbers::Doubles y = numbers::load(y_.data() + i);
    const numbers::Doubles capped = y > end    ? end + numbers::Doubles{}
                                    : y < -end ? -end + numbers::Doubles{}
                                               : y;
    const numbers::Doubles size = numbers::magnitude(hi);
    const numbers::Integers exact =
        exact_turns & (lo == 0) & ((size == 0) | (size == 1));  // all bits or none
    const numbers::Doubles slack = exact ? numbers::Doubles{} : run.error + run.relative * size;
    // The nearest power of two, and on which side of it |f| lies.
    const auto power_bits = std::bit_cast<numbers::Integers>(
        (std::bit_cast<numbers::Bits>(size) + (kMantissa / 2 + 1)) &
        ~static_cast<std::uint64_t>(kMantissa));
    const auto power = std::bit_cast<numbers::Doubles>(power_bits);
    const numbers::Doubles outward = hi < 0 ? -lo : lo;
    const numbers::Doubles distance = (size - power) + outward;
    // The exponent's field, and one less below the power of two (a comparison that holds is -1).
    const numbers::Integers binade = (power_bits & kExponent) + ((distance < 0) & -kOneBinade);
    const numbers::Integers least = smallest_binade * kOneBinade + numbers::Integers{};
    const numbers::Integers at_least = binade > least ? binade : least;
    const auto scale = std::bit_cast<numbers::Doubles>((scale_bias << 52) -
                                                       std::bit_cast<numbers::Bits>(at_least));
    const numbers::Doubles error = ((capped - hi) - lo) * scale;
    const numbers::Doubles closely =
        (slack + 0x1p-52 * numbers::magnitude(lo)) * scale + 0x1p-51 * numbers::magnitude(error);
    // Next to a power of two the ULP may be half or twice that.
    const numbers::Integers edge =
        (numbers::magnitude(distance) <= slack) & (slack > 0) & (power > tiny);
    const numbers::Doubles doubt = edge ? 2 * closely + 1.01 * numbers::magnitude(error) : closely;
    const numbers::Integers finite = size < kInfinity;
    // Overflow that is right.
    const numbers::Integers beyond = size - slack >= end;
    const numbers::Doubles y_outward = hi < 0 ? -y : y;
    const numbers::Doubles right_from =
        hi < 0 ? right_below + numbers::Doubles{} : right_above + numbers::Doubles{};
    const numbers::Integers right = beyond & (y_outward >= right_from);
    const numbers::Integers missed = (size - slack >= 2 * end) & ~right;
    // Poles, and where NaN is due.
    const numbers::Integers no_number = ~finite & (lo == 0);
    const numbers::Integers met = (y == hi) | ((hi != hi) & (y != y));
    const numbers::Doubles of_number =
        right ? numbers::Doubles{} : (missed ? kNan + numbers::Doubles{} : error);
    const numbers::Doubles ruled = met ? numbers::Doubles{} : kNan + numbers::Doubles{};
    numbers::store(edge ? kNan + numbers::Doubles{} : scale, scale_.data() + i);
    numbers::store(no_number ? ruled : of_number, error_.data() + i);
    const numbers::Doubles open = finite ? doubt : kInfinity + numbers::Doubles{};
    numbers::store((no_number | right | missed) ? numbers::Doubles{} : open, doubt_.data() + i);
  }
}

/// The size of the result that is due where f lies beyond the finite numbers.
template <class Format>
double Errors<Format>::overflow_due(bool negative) const {
  const bool infinite =
      rounding_ == Rounding::Nearest || rounding_ == (negative ? Rounding::Down : Rounding::Up);
  return infinite
             ? kInfinity
             : results_.end() - numbers::power_of_two(results_.row.emax - results_.row.precision);
}

/// Where f lies in one binade and rounds to the power of two above it, the ULP is twice as large.
template <class Format>
void Errors<Format>::apply_rounded_binade() {
  doubled_.reset();
  for (std::size_t i = 0; i < count_; ++i) {
    if (std::isinf(doubt_[i]) || !(std::abs(hi_[i]) < results_.end())) continue;
    if (std::isnan(scale_[i])) {
      doubt_[i] = kInfinity;
      continue;
    }
    // f seen from 0: the power of two above lies within one ULP, as an error in ULPs.
    const double power_above = std::ldexp(1.0, results_.row.precision - std::ilogb(scale_[i]));
    if (power_above < 2 * results_.normal_start()) continue;
    const double size = std::abs(hi_[i]);
    const double outward = hi_[i] < 0 ? -lo_[i] : lo_[i];
    const double short_of = ((power_above - size) - outward) * scale_[i];
    if (short_of > 2) continue;
    bool rounds_up = false;
    switch (rounding_) {
      case Rounding::Nearest:
        if (std::abs(short_of - 0.5) <= doubt_[i]) {
          doubt_[i] = kInfinity;
          continue;
        }
        rounds_up = short_of < 0.5;
        break;
      case Rounding::Up:
      case Rounding::Down:
      case Rounding::Zero:
        if (std::abs(short_of - 1) <= doubt_[i] || short_of <= doubt_[i]) {
          doubt_[i] = kInfinity;
          continue;
        }
        rounds_up = short_of < 1 && rounding_ != Rounding::Zero &&
                    (hi_[i] > 0) == (rounding_ == Rounding::Up);
        break;
    }
    if (!rounds_up) continue;
    doubled_.set(i);
    scale_[i] /= 2;
    error_[i] /= 2;
    doubt_[i] /= 2;
  }
}

template <class Format>
double Errors<Format>::slack(std::size_t i) const {
  const double size = std::abs(hi_[i]);
  if (run_.exact_turns && lo_[i] == 0 && (size == 0 || size == 1)) return 0;
  return run_.error + run_.relative * size;
}

template <class Format>
typename Errors<Format>::Gap Errors<Format>::gap(std::size_t i, double threshold) const {
  const double y = std::clamp(static_cast<double>(y_[i]), -results_.end(), results_.end());
  const numbers::DoubleDouble high = numbers::two_sum(y, -hi_[i]);
  const numbers::DoubleDouble all = numbers::two_sum(high.hi, -lo_[i]);
  const double first = all.hi * scale_[i];  // exact: a power of two
  const double second = (all.lo + high.lo) * scale_[i];
  const numbers::DoubleDouble difference = numbers::two_sum(first, -threshold);
  const double rest = difference.lo + second;
  // Two sums are rounded here and one where this is used.
  return {difference.hi, rest,
          (1 + 0x1p-50) * (slack(i) * scale_[i] + 0x1p-52 * (std::abs(rest) + std::abs(second)))};
}

template <class Format>
std::optional<int> Errors<Format>::side(std::size_t i, double threshold) const {
  const auto [value, rest, bound] = gap(i, threshold);
  if (value + (rest - bound) > 0) return 1;
  if (value + (rest + bound) < 0) return -1;
  if (bound == 0) return 0;
  return {};
}

template <class Format>
typename Errors<Format>::Range Errors<Format>::size(std::size_t i) const {
  if (settled_ == i) return {std::abs(exact_.error), std::abs(exact_.error)};
  if (doubt_[i] == 0) return {std::abs(error_[i]), std::abs(error_[i])};
  const Gap error = gap(i, 0);
  if (std::isinf(doubt_[i]) || !std::isfinite(error.bound)) return {0, kInfinity};
  // Rounding is monotonic, so these enclose the rounded figure.
  const double sign = error.value < 0 ? -1 : 1;
  const double least = sign * error.value + (sign * error.rest - error.bound);
  return {std::max(least, 0.0), sign * error.value + (sign * error.rest + error.bound)};
}

template <class Format>
bool Errors<Format>::above(std::size_t i, double threshold) {
  if (settled_ == i) return exact_.odd > threshold;
  if (std::abs(error_[i] - threshold) > doubt_[i]) return error_[i] > threshold;
  if (doubt_[i] == 0) return error_[i] > threshold;
  if (std::isfinite(doubt_[i])) {
    if (const std::optional<int> known = side(i, threshold)) return *known > 0;
  }
  return exact(i).odd > threshold;
}

template <class Format>
bool Errors<Format>::above_in_size(std::size_t i, double threshold) {
  if (settled_ != i) {
    if (std::isnan(error_[i]) && std::isfinite(doubt_[i])) return true;
    if (std::isfinite(doubt_[i])) {
      if (doubt_[i] == 0) return std::abs(error_[i]) > threshold;
      if (std::abs(std::abs(error_[i]) - threshold) > doubt_[i]) {
        return std::abs(error_[i]) > threshold;
      }
      const bool negative = error_[i] < 0;
      const std::optional<int> known = side(i, negative ? -threshold : threshold);
      if (known) return negative ? *known < 0 : *known > 0;
    }
  }
  const double error = exact(i).odd;
  return std::isnan(error) || std::abs(error) > threshold;
}

template <class Format>
bool Errors<Format>::is_special(std::size_t i) {
  if (settled_ == i || std::isinf(doubt_[i])) return std::isnan(exact(i).error);
  return std::isnan(error_[i]);
}

template <class Format>
bool Errors<Format>::misrounded(std::size_t i) {
  if (settled_ == i || !std::isfinite(doubt_[i])) return exact(i).misrounded;
  if (std::isnan(error_[i])) return true;
  if (doubt_[i] == 0) {
    // Only what is right is known that well, but for infinities where the largest number is due.
    return std::isfinite(hi_[i]) && std::abs(hi_[i]) >= results_.end() &&
           std::abs(static_cast<double>(y_[i])) != overflow_due(hi_[i] < 0);
  }
  // What is a number of the format is its own rounding.
  if (is_own_format() && slack(i) == 0 && lo_[i] == 0 && Format::holds(hi_[i])) {
    return static_cast<double>(y_[i]) != hi_[i];
  }
  const auto is_at_most = [&](double low, double high) -> std::optional<bool> {
    // low <= error < high, or nothing when it is not certain.
    const auto compare = [&](double threshold) -> std::optional<int> {
      if (error_[i] - threshold > doubt_[i]) return 1;
      if (error_[i] - threshold < -doubt_[i]) return -1;
      return side(i, threshold);
    };
    const int from_low = compare(low).value_or(0);
    const int from_high = compare(high).value_or(0);
    if (from_low == 0 || from_high == 0) return {};
    return from_low > 0 && from_high < 0;
  };
  std::optional<bool> right;
  const double unit = of_ == UlpOf::Rounded && doubled_[i] ? 0.5 : 1;  // ULPs of f itself
  switch (rounding_) {
    case Rounding::Nearest:
      right = is_at_most(-0.5 * unit, 0.5 * unit);
      break;
    case Rounding::Up:
      right = is_at_most(0, unit);
      break;
    case Rounding::Down:
      right = is_at_most(-unit, 0);
      break;
    case Rounding::Zero:
      right =
          hi_[i] < 0 || (hi_[i] == 0 && lo_[i] < 0) ? is_at_most(0, unit) : is_at_most(-unit, 0);
      break;
  }
  return right ? !*right : exact(i).misrounded;
}

template <class Format>
ZeroVerdict Errors<Format>::zero_verdict(std::size_t i) {
  const auto verdict = [&](bool negative) {
    return negative == std::signbit(y_[i]) ? ZeroVerdict::Right : ZeroVerdict::Wrong;
  };
  if (settled_ != i && std::isfinite(doubt_[i])) {
    const double bound = slack(i);
    const double value = hi_[i] + lo_[i];
    if (std::abs(value) > bound) return verdict(std::signbit(value));
    const auto x = static_cast<double>(input(i));
    const bool exact_zero = bound == 0;
    if (exact_zero && run_.zero_sign == ZeroSign::Open) return ZeroVerdict::Open;
    if (exact_zero && run_.zero_sign == ZeroSign::OfValue) return verdict(std::signbit(hi_[i]));
    if (exact_zero && run_.zero_sign != ZeroSign::Asked) {
      return verdict(negative_zero(run_.zero_sign, x));
    }
  }
  const ExactError& all = exact(i);
  return all.open_zero    ? ZeroVerdict::Open
         : all.wrong_zero ? ZeroVerdict::Wrong
                          : ZeroVerdict::Right;
}

template <class Format>
const ExactError& Errors<Format>::exact(std::size_t i) {
  if (settled_ == i) return exact_;
  settled_ = i;
  ++mpfr_calls_;
  const Value x = input(i);
  const double y = static_cast<double>(y_[i]);
  if (std::isnan(x)) {
    exact_ = {};
    exact_.error = exact_.odd = std::isnan(y) ? 0 : kNan;
    exact_.misrounded = !std::isnan(y);
    return exact_;
  }
  const ExactValue truth = reference_.exact(x);
  const double due = round_to(results_.row, truth.value, rounding_);
  exact_.error = ulp_error(results_.row, y, truth.value, of_, rounding_);
  exact_.odd = ulp_error_to_odd(results_.row, y, truth.value, of_, rounding_);
  exact_.misrounded = is_own_format() || results_.rounded
                          ? !(y == due || (std::isnan(y) && std::isnan(due)))
                          : !(std::abs(exact_.odd) <= kCorrectlyRounded);
  exact_.open_zero = mpfr_zero_p(numbers::raw(truth.value)) != 0 && !truth.zero_sign_known;
  exact_.wrong_zero = y == 0 && std::signbit(y) != (mpfr_signbit(numbers::raw(truth.value)) != 0) &&
                      !(mpfr_zero_p(numbers::raw(truth.value)) && !truth.zero_sign_known);
  return exact_;
}

template class Errors<numbers::Binary32>;
template class Errors<numbers::Binary16>;
template class Errors<numbers::Bfloat16>;

}  // namespace ulpforge::targets
