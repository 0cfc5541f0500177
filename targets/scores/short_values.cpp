// Exact values rounded to odd, and what results are worth next to them.
#include "targets/scores/short_values.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <limits>

#include "numbers/double_double.h"
#include "numbers/mpfr.h"
#include "parallel/parallel.h"
#include "targets/exact/real.h"
#include "targets/exact/reference.h"

namespace ulpforge::targets {
namespace {

using numbers::Binary64;
using numbers::power_of_two;
using numbers::RoundTo;
using numbers::ShortFormat;

/// A regular number rounded to odd; of values beyond the range of double the largest or smallest
/// double, which are beyond all that a short format can tell.
double to_odd(const numbers::Mpfr& value) {
  const double toward_zero = mpfr_get_d(numbers::raw(value), MPFR_RNDZ);
  const bool exact = mpfr_cmp_d(numbers::raw(value), toward_zero) == 0;
  if (exact) return toward_zero;
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(toward_zero) | 1);
}

/// high + low, |low| at most half a unit of high, rounded to odd. Not where that may underflow.
double to_odd(double high, double low) {
  if (low == 0) return high;
  auto bits = std::bit_cast<std::uint64_t>(high);
  // Towards zero first.
  if ((low < 0) != (high < 0)) --bits;
  return std::bit_cast<double>(bits | 1);
}

/// Far from where the rests of double arithmetic underflow, and from overflow.
bool is_safe(double size) { return size > 0x1p-900 && size < 0x1p900; }

/// Sums, products, quotients and hypot of two numbers of a short format, where that is all that the
/// program does: from their errors in double, special values by IEEE 754. Nothing for other
/// programs and where doubles might underflow or overflow.
std::optional<double> by_double(const ir::Program& program, double x, double y) {
  if (program.code.size() != 1 || !program.result.is_value()) return std::nullopt;
  const ir::Instruction& step = program.code.front();
  if (step.arity() != 2 || !step.operands[0].is_input() || !step.operands[1].is_input()) {
    return std::nullopt;
  }
  const double a = step.operands[0].index == 0 ? x : y;
  const double b = step.operands[1].index == 0 ? x : y;
  const bool special = !std::isfinite(a) || !std::isfinite(b) || a == 0 || b == 0;
  if (!special && (!is_safe(std::abs(a)) || !is_safe(std::abs(b)))) return std::nullopt;
  if (step.op == ir::Op::Add || step.op == ir::Op::Sub) {
    const numbers::DoubleDouble sum = numbers::two_sum(a, step.op == ir::Op::Sub ? -b : b);
    return special || sum.hi == 0 ? sum.hi : to_odd(sum.hi, sum.lo);
  }
  if (step.op == ir::Op::Mul) {
    if (special) return a * b;
    const numbers::DoubleDouble product = numbers::two_product(a, b);
    if (!is_safe(std::abs(product.hi))) return std::nullopt;
    return to_odd(product.hi, product.lo);
  }
  if (step.op == ir::Op::Div) {
    const double quotient = a / b;
    if (special) return quotient;
    if (!is_safe(std::abs(quotient))) return std::nullopt;
    const double rest = std::fma(-quotient, b, a);
    return to_odd(quotient, b < 0 ? -rest : rest);
  }
  if (step.op == ir::Op::Hypot) {
    if (std::isinf(a) || std::isinf(b)) return std::numeric_limits<double>::infinity();
    if (special) return std::abs(a) + std::abs(b);
    const double s = std::min(std::abs(a), std::abs(b));
    const double l = std::max(std::abs(a), std::abs(b));
    if (s < 0x1p-400 || l > 0x1p400) return std::nullopt;
    // Squares of at most 24 bits each are exact.
    const numbers::DoubleDouble sum = numbers::fast_two_sum(l * l, s * s);
    const double root = std::sqrt(sum.hi);
    const double rest = std::fma(-root, root, sum.hi) + sum.lo;
    return to_odd(root, rest);
  }
  return std::nullopt;
}

/// A value from so few bits that most need no more; those that these do not settle, exactly.
constexpr unsigned kFewBits = 72;

}  // namespace

OddValue odd_value(const ir::Program& program, std::span<const double> inputs) {
  if (inputs.size() == 2) {
    if (const auto value = by_double(program, inputs[0], inputs[1])) return {*value, true};
  }
  const bool ordinary =
      std::ranges::all_of(inputs, [](double x) { return std::isfinite(x) && x != 0; });
  if (ordinary) {
    std::array<numbers::Mpfr, 2> arguments;
    for (std::size_t k = 0; k < inputs.size(); ++k) arguments[k] = real(inputs[k], 53);
    const numbers::Mpfr few =
        reference(program, std::span(arguments).first(inputs.size()), kFewBits);
    if (mpfr_regular_p(numbers::raw(few))) {
      // If that is a double, the value may be on either side of it.
      const double nearest = mpfr_get_d(numbers::raw(few), MPFR_RNDN);
      if (mpfr_cmp_d(numbers::raw(few), nearest) != 0) return {to_odd(few), true};
    }
  }
  const ExactValue exact = exact_value(program, inputs);
  const mpfr_srcptr value = numbers::raw(exact.value);
  if (mpfr_regular_p(value)) return {to_odd(exact.value), true};
  return {mpfr_get_d(value, MPFR_RNDN), exact.zero_sign_known};
}

ShortValues::ShortValues(const ir::Program& program, const ShortFormat& format,
                         const std::optional<Domain>& domain,
                         const std::function<bool()>& cancelled)
    : program_(program), format_(format) {
  for (std::uint32_t bits = 0; bits < format.inputs(); ++bits) {
    const float x = format.value(bits);
    if (domain && !domain->contains(static_cast<double>(x))) continue;
    patterns_.push_back(bits);
    x_.push_back(x);
  }
  values_.resize(x_.size());
  std::atomic<bool> complete = true;
  constexpr std::size_t kChunk = 256;
  parallel::for_each_index(std::size_t{0}, (x_.size() + kChunk - 1) / kChunk, [&](std::size_t k) {
    if (cancelled && cancelled()) {
      complete = false;
      return;
    }
    for (std::size_t i = k * kChunk; i < std::min(x_.size(), (k + 1) * kChunk); ++i) {
      const auto x = static_cast<double>(x_[i]);
      values_[i] = odd_value(program_, std::span(&x, 1));
    }
  });
  complete_ = complete;
}

SimpleEnds simple_ends(const ShortValues& values) {
  const ShortFormat& format = values.format();
  const ShortJudge judge(format, RoundTo::NearestEven);
  std::vector<std::size_t> ascending;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!format.is_nan(values.patterns()[i])) ascending.push_back(i);
  }
  std::ranges::stable_sort(ascending, {}, [&](std::size_t i) { return values.x()[i]; });
  SimpleEnds ends;
  if (ascending.empty()) return ends;
  const auto result = [&](std::size_t k) { return judge.correct(values.values()[ascending[k]]); };
  const auto x = [&](std::size_t k) { return values.x()[ascending[k]]; };
  const std::size_t last = ascending.size() - 1;
  // The second and the last but one speak for the ends, where the sign of a zero may be open.
  if (last < 2) return ends;
  const auto is_right = [&](std::size_t k, std::uint32_t y) {
    return judge(values.values()[ascending[k]], y).right;
  };
  std::size_t k = 0;
  while (k < last && is_right(k, result(1))) ++k;
  if (k > 2 && k < last && !format.is_nan(result(1))) ends.low = x(k - 1);
  k = last;
  while (k > 0 && is_right(k, result(last - 1))) --k;
  if (k + 2 < last && k > 0 && !format.is_nan(result(last - 1))) ends.high = x(k + 1);
  k = last;
  while (k > 0 && result(k - 1) == values.patterns()[ascending[k - 1]] &&
         result(last) == values.patterns()[ascending[last]]) {
    --k;
  }
  if (k + 1 < last && x(k) > 0) ends.itself_from = x(k);
  return ends;
}

ShortJudge::ShortJudge(const ShortFormat& format, RoundTo mode)
    : format_(&format),
      mode_(mode),
      saturates_{format.is_finite(format.round(0x1p1000, mode)),
                 format.is_finite(format.round(-0x1p1000, mode))} {}

/// The result as a number: infinity counts as the power of two beyond the largest; what is as large
/// as it gets is as good as what is due beyond.
double ShortJudge::result(double f, std::uint32_t y, std::uint32_t due) const {
  const auto value = static_cast<double>(format_->value(y));
  if (std::isinf(value)) {
    const bool is_due = std::abs(f) >= format_->end() && (f < 0) == (value < 0);
    return is_due ? f : std::copysign(format_->end(), value);
  }
  // The largest number where the direction, or the format, says that there is nothing larger.
  const bool is_due = y == due && format_->magnitude(y) == format_->largest() &&
                      saturates_[f < 0 ? 1 : 0] && std::abs(f) > std::abs(value);
  return is_due ? f : value;
}

ShortJudge::Verdict ShortJudge::operator()(const OddValue& f, std::uint32_t y) const {
  Verdict verdict;
  const std::uint32_t due = correct(f);
  if (format_->is_nan(due) || format_->is_nan(y)) {
    verdict.right = format_->is_nan(due) && format_->is_nan(y);
    verdict.special = !verdict.right;
    if (verdict.special) verdict.error = std::numeric_limits<double>::quiet_NaN();
    return verdict;
  }
  const bool open = f.value == 0 && !f.zero_sign_known;
  const bool zero = format_->magnitude(y) == 0;
  verdict.right = y == due || (open && zero);
  // Poles, and overflows that are missed by more than a factor of two.
  const bool same_infinity =
      format_->magnitude(y) == format_->largest() + 1 && format_->is_negative(y) == (f.value < 0);
  if (!verdict.right && !same_infinity && std::abs(f.value) >= 2 * format_->end()) {
    verdict.special = true;
    verdict.error = std::numeric_limits<double>::quiet_NaN();
    return verdict;
  }
  verdict.wrong_zero = zero && !open && format_->is_negative(y) != std::signbit(f.value);
  const double value = result(f.value, y, due);
  if (value == f.value) return verdict;
  const int field =
      static_cast<int>(std::bit_cast<std::uint64_t>(std::abs(f.value)) >> Binary64::kMantissaBits);
  const double unit = power_of_two(ulp_exponent(format_->row(), field - (Binary64::kBias - 1)));
  verdict.error = (value - f.value) / unit;
  verdict.above_one = f.value < value - unit || f.value > value + unit;
  return verdict;
}

void ShortScore::add(const ShortJudge& judge, std::uint64_t input, const OddValue& f,
                     std::uint32_t y) {
  ++inputs;
  const ShortJudge::Verdict verdict = judge(f, y);
  if (!verdict.right) ++misrounded;
  if (verdict.special) {
    special_values.add(input, y);
    return;
  }
  if (verdict.wrong_zero) zero_signs.add(input, y);
  if (verdict.above_one) ++above_one_ulp;
  ++measured;
  const double size = std::abs(verdict.error);
  sum_of_sizes += size;
  sum_of_errors += verdict.error;
  histogram.add(size);
  if (size > max_ulp) {
    max_ulp = size;
    worst_input = input;
    worst_result = y;
  }
}

ShortScore score(const ShortValues& values, std::span<const std::uint32_t> y, RoundTo mode) {
  const ShortJudge judge(values.format(), mode);
  ShortScore result;
  for (std::size_t i = 0; i < y.size(); ++i) {
    result.add(judge, values.patterns()[i], values.values()[i], y[i]);
  }
  // The largest to the last bit, among those that are as large as far as the odd doubles say.
  constexpr double kAsLarge = 0x1p-36;
  const double most = result.max_ulp;
  double decided = 0;
  for (std::size_t i = 0; i < y.size() && most > 0; ++i) {
    const OddValue& f = values.values()[i];
    const double about = std::abs(judge(f, y[i]).error);
    if (!(about >= most - kAsLarge * std::max(most, 1.0))) continue;
    double exact = about;
    const double value = values.format().value(y[i]);
    if (std::isfinite(value) && std::abs(f.value) < values.format().end()) {
      const ExactValue truth = exact_value(values.program(), static_cast<double>(values.x()[i]));
      exact = std::abs(ulp_error(values.format().row(), value, truth.value));
    }
    if (!(exact > decided)) continue;
    decided = exact;
    result.max_ulp = exact;
    result.worst_input = values.patterns()[i];
    result.worst_result = y[i];
  }
  return result;
}

std::vector<std::uint32_t> rounded_results(const ShortValues& values, std::span<const float> y) {
  std::vector<std::uint32_t> results(y.size());
  std::ranges::transform(y, results.begin(), [&](float result) {
    return values.format().round(static_cast<double>(result));
  });
  return results;
}

Score to_score(const ShortScore& score, std::uint64_t exact_values) {
  Score result;
  result.max_ulp = score.max_ulp;
  result.worst_input = static_cast<std::uint32_t>(score.worst_input);
  result.inputs = score.inputs;
  result.misrounded = score.misrounded;
  result.above_one_ulp = score.above_one_ulp;
  result.special_value_errors = score.special_values.count;
  result.zero_sign_errors = score.zero_signs.count;
  result.mpfr_calls = exact_values;
  return result;
}

}  // namespace ulpforge::targets
