// Shortened polynomials, and errors in ULPs of a whole block's one binade.
#include "targets/scores/screen.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <type_traits>
#include <utility>

#include "numbers/lanes.h"
#include "targets/exact/horner.h"
#include "targets/exact/taylor_polynomial.h"
#include "targets/scores/quarter_turns.h"

namespace ulpforge::targets {
namespace {

/// What may be missed, relative to the function's size: 2^-24 ULP or less.
constexpr double kGoal = 0x1p-49;
/// Less than that, 2^-32 ULP, is of no interest.
constexpr double kNothing = 0x1p-56;
constexpr std::int64_t kExponent = 0x7ff0000000000000;

/// f[i] = c[0] + c[1] s + ... + c[degree] s^degree at s = start, start + step, ...; s is exact.
template <std::size_t degree>
void polynomial(const double* coefficients, double start, double step, std::int32_t count,
                double* __restrict f) {
  std::array<double, degree + 1> c;
  std::copy_n(coefficients, degree + 1, c.begin());
  for (std::int32_t i = 0; i < count; ++i) {
    f[i] = horner(c, start + step * i);
  }
}

template <std::size_t... degree>
void polynomial_of(std::index_sequence<degree...>, std::size_t wanted, const double* c,
                   double start, double step, std::int32_t count, double* f) {
  ((wanted == degree ? polynomial<degree>(c, start, step, count, f) : void()), ...);
}

/// The least and the greatest pattern of doubles of one sign.
struct Extent {
  std::int64_t least;
  std::int64_t most;
};

template <class Vector>
auto lanes(Vector v) {
  // Subscripts that vary would keep a vector in memory all along.
  std::array<std::remove_cvref_t<decltype(v[0])>, numbers::kLanes> values;
  std::memcpy(values.data(), &v, sizeof v);
  return values;
}

Extent extent(const double* f, std::size_t vectors) {
  numbers::Integers least;
  std::memcpy(&least, f, sizeof least);
  numbers::Integers most = least;
  for (std::size_t v = 1; v < vectors; ++v) {
    numbers::Integers bits;
    std::memcpy(&bits, f + v * numbers::kLanes, sizeof bits);
    least = bits < least ? bits : least;
    most = bits > most ? bits : most;
  }
  return {std::ranges::min(lanes(least)), std::ranges::max(lanes(most))};
}

/// How many errors lie beyond a threshold, for certain and perhaps; NaN: perhaps.
struct Beyond {
  std::uint64_t certain = 0;
  std::uint64_t perhaps = 0;
};

struct ErrorSizes {
  double most = 0;  ///< NaN left aside
  Beyond half;
};

template <class Result, class Take>
void each_error(const double* f, const Result* y, std::size_t vectors, double scale, Take take) {
  for (std::size_t v = 0; v < vectors; ++v) {
    take(v, numbers::magnitude(
                (numbers::load(y + v * numbers::kLanes) - numbers::load(f + v * numbers::kLanes)) *
                scale));
  }
}

std::uint64_t sum(numbers::Integers counts) {
  std::uint64_t all = 0;
  for (const std::int64_t count : lanes(counts)) all += static_cast<std::uint64_t>(count);
  return all;
}

template <class Result>
ErrorSizes errors_of(const double* f, const Result* y, std::size_t vectors, double scale,
                     double doubt) {
  numbers::Doubles most{};
  numbers::Integers certain{}, not_perhaps{};
  const double low = 0.5 - doubt;
  const double high = 0.5 + doubt;
  each_error(f, y, vectors, scale, [&](std::size_t, numbers::Doubles error) {
    most = error > most ? error : most;
    certain -= error > high;
    not_perhaps -= error < low;
  });
  return {std::ranges::max(lanes(most)),
          {sum(certain), vectors * numbers::kLanes - sum(not_perhaps)}};
}

template <class Result>
Beyond beyond_one(const double* f, const Result* y, std::size_t vectors, double scale,
                  double doubt) {
  numbers::Integers certain{}, not_perhaps{};
  each_error(f, y, vectors, scale, [&](std::size_t, numbers::Doubles error) {
    certain -= error > 1 + doubt;
    not_perhaps -= error < 1 - doubt;
  });
  return {sum(certain), vectors * numbers::kLanes - sum(not_perhaps)};
}

}  // namespace

template <class Format>
void Screen<Format>::enter(const Piece& piece) {
  piece_ = &piece;
  turns_ = piece.kind == Piece::Kind::QuarterTurns;
  const bool polynomial = piece.kind == Piece::Kind::Polynomial;
  constant_ = polynomial && piece.c1.hi == 0 && piece.c1.lo == 0 &&
              std::ranges::all_of(piece.c, [](double c) { return c == 0; });
  double steepest = 0;  // of what s^2 and on add to the slope
  for (std::size_t k = 0; k < piece.c.size(); ++k) {
    steepest += static_cast<double>(k + 2) * std::abs(piece.c[k]);
  }
  monotone_ = polynomial && !constant_ && std::isfinite(piece.c0.hi) &&
              std::abs(piece.c1.hi) * (1 - 0x1p-40) > steepest;
  useful_ = polynomial && !constant_ && std::isfinite(piece.c0.hi) &&
            (std::size_t{1} << piece.log_count) >= numbers::kLanes;
  if (!useful_) return;
  c_[0] = piece.c0.hi;
  c_[1] = piece.c1.hi;
  std::ranges::copy(piece.c, c_.begin() + 2);
  double all = 0;
  for (const double c : c_) all += std::abs(c);
  const double least = std::max(std::abs(c_[0]) - (all - std::abs(c_[0])), results_.normal_start());
  // Rounding: term k passes through at most k + 1 fmas, 2^-53 each.
  double rounding = 0;
  for (std::size_t k = 0; k <= kDegree; ++k) {
    rounding += static_cast<double>(k + 2) * std::abs(c_[k]);
  }
  const double missed = piece.error + std::abs(piece.c0.lo) + std::abs(piece.c1.lo);
  error_ = missed + 0x1.01p-53 * rounding;
  step_ = std::ldexp(2.0, -piece.log_count);
  degree_ = kDegree;
  while (degree_ > 1 && error_ + std::abs(c_[degree_]) < kGoal * least) {
    error_ += std::abs(c_[degree_]);
    --degree_;
  }
  // As good as a line that needs no rounding, as of sin(x) at tiny x: results on it have errors of
  // no interest, which the bound above would not show.
  double curved = missed + 0x1p-1000;
  for (std::size_t k = 2; k <= kDegree; ++k) curved += std::abs(c_[k]);
  if (curved < kNothing * least && sums_exactly(c_[0], c_[1], piece.log_count)) {
    error_ = curved;
    degree_ = 1;
  }
  error_ *= 1 + 0x1p-40;
  const double spread = (all - std::abs(c_[0])) + error_ + 0x1p-50 * all;
  const double lower =
      std::bit_cast<double>(std::bit_cast<std::int64_t>(std::abs(c_[0])) & kExponent);
  const bool one = std::abs(c_[0]) - spread >= lower && std::abs(c_[0]) + spread < 2 * lower;
  binade_ = one ? lower : 0;
}

template <class Format>
double Screen<Format>::binade_of_block(std::size_t vectors) const {
  if (binade_ > 0) return binade_;
  const auto [least_bits, most_bits] = extent(f_.data(), vectors);
  if ((least_bits ^ most_bits) >> 52 != 0) return 0;
  const double lower = std::bit_cast<double>(least_bits & kExponent);
  const double a = std::abs(std::bit_cast<double>(least_bits));
  const double b = std::abs(std::bit_cast<double>(most_bits));
  return std::min(a, b) - error_ >= lower && std::max(a, b) + error_ < 2 * lower ? lower : 0;
}

template <class Format>
void Screen<Format>::find_piece(std::uint32_t first) {
  if (piece_ != nullptr && first >= piece_->first && first <= piece_->last()) return;
  enter(reference_.piece_of(first));
}

template <class Format>
Repeated Screen<Format>::repeated(std::uint32_t first, std::span<const Value> y) {
  find_piece(first);
  if (!constant_ && !monotone_) return {};
  const std::size_t count =
      std::min<std::size_t>(y.size(), std::size_t{piece_->last()} - first + 1);
  const bool same = std::memcmp(y.data(), y.data() + 1, (count - 1) * sizeof(Value)) == 0;
  return {same ? count : 0, constant_};
}

template <class Format>
std::optional<Screened> Screen<Format>::look(std::uint32_t first, std::span<const Value> y) {
  find_piece(first);
  if (turns_) return look_at_turns(first, y);
  if (!useful_) return {};
  const std::size_t count = std::min({kBlock, y.size(), std::size_t{piece_->last()} - first + 1});
  const std::size_t vectors = count / numbers::kLanes;
  if (count % numbers::kLanes != 0 || vectors == 0) return {};
  const double start = step_ * (first - piece_->first) + (0.5 * step_ - 1);  // exact
  polynomial_of(std::make_index_sequence<kDegree + 1>(), degree_, c_.data(), start, step_,
                static_cast<std::int32_t>(count), f_.data());

  const double lower = binade_of_block(vectors);
  if (!(lower >= results_.normal_start() && lower < results_.end())) return {};

  scale_ = numbers::power_of_two(results_.row.precision - 1) / lower;
  // y - f is rounded once; next to 1/2 and 1 that is below 2^-53.
  doubt_ = error_ * scale_ + 0x1p-52;
  return compare(y.data(), count);
}

template <class Format>
template <class Result>
std::optional<Screened> Screen<Format>::compare(const Result* y, std::size_t count) {
  const std::size_t vectors = count / numbers::kLanes;
  count_ = count;
  const ErrorSizes errors = errors_of(f_.data(), y, vectors, scale_, doubt_);
  if (errors.half.certain != errors.half.perhaps) return {};
  if (!(errors.most < results_.end())) return {};  // infinite results have a rule of their own
  Screened screened;
  screened.count = count;
  screened.certain = errors.most * (1 - 0x1p-52) - doubt_;
  screened.most = errors.most * (1 + 0x1p-52) + doubt_;
  screened.misrounded = errors.half.certain;
  if (screened.most >= 1) {
    const Beyond one = beyond_one(f_.data(), y, vectors, scale_, doubt_);
    if (one.certain != one.perhaps) return {};
    screened.above_one = one.certain;
  }
  return screened;
}

template <class Format>
std::optional<Screened> Screen<Format>::look_at_turns(std::uint32_t first,
                                                      std::span<const Value> y) {
  const std::size_t count = std::min({kBlock, y.size(), std::size_t{piece_->last()} - first + 1});
  const std::size_t vectors = count / numbers::kLanes;
  if (count % numbers::kLanes != 0 || vectors == 0) return {};
  QuarterTurns<Format>::evaluate(*piece_, first - piece_->first, std::span(f_).first(count),
                                 std::span(rest_).first(count));
  // The first of the pair is within 2^-50 + 2^-53 of its size, and the piece's own error is below
  // 2^-49 of a value from 2^-30 on: 2^-48 in all.
  const double smallest = std::max(0x1p-30, results_.normal_start());
  if (piece_->error > 0x1p-80) return {};
  constexpr std::int64_t kMantissa = ~kExponent & 0x7fffffffffffffff;
  constexpr std::int64_t kEdge = 16;  // steps next to a power of two: 2^-48
  const std::int64_t ulp_scale = std::int64_t{1023 + results_.row.precision + 1022} << 52;
  const numbers::Integers exact_turns = numbers::Integers{} - (has_exact_turns(*piece_) ? 1 : 0);
  numbers::Integers open{};
  for (std::size_t v = 0; v < vectors; ++v) {
    const numbers::Doubles f = numbers::load(f_.data() + v * numbers::kLanes);
    const numbers::Doubles result = numbers::load(y.data() + v * numbers::kLanes);
    const numbers::Integers bits = std::bit_cast<numbers::Integers>(f);
    const numbers::Integers mantissa = bits & kMantissa;
    const numbers::Integers inside = (mantissa >= kEdge) & (mantissa <= kMantissa - kEdge);
    const numbers::Integers exact =
        exact_turns & ((numbers::magnitude(f) == 1) | ((f == 0) & (result == 0)));
    // A NaN is not above the smallest.
    open += 1 + ((inside & (numbers::magnitude(f) >= smallest)) | exact);
    const numbers::Doubles scale = std::bit_cast<numbers::Doubles>(ulp_scale - (bits & kExponent));
    const numbers::Doubles in_ulps = f * scale;
    const numbers::Doubles y_in_ulps = result * scale;
    std::memcpy(f_.data() + v * numbers::kLanes, &in_ulps, sizeof in_ulps);
    std::memcpy(y_.data() + v * numbers::kLanes, &y_in_ulps, sizeof y_in_ulps);
  }
  if (sum(open) != 0) return {};
  for (std::size_t i = 0; has_exact_turns(*piece_) && i < count; ++i) {
    // A zero whose sign has to be looked at.
    if (y[i] == 0 && piece_->zero_sign != ZeroSign::Open) return {};
  }
  scale_ = 1;
  doubt_ = numbers::power_of_two(results_.row.precision - 48);  // 2^-48 of 2^precision
  return compare(y_.data(), count);
}

template <class Format>
std::span<const std::uint32_t> Screen<Format>::largest(std::span<const Value> y, double threshold) {
  return turns_ ? largest_of(y_.data(), threshold) : largest_of(y.data(), threshold);
}

template <class Format>
template <class Result>
std::span<const std::uint32_t> Screen<Format>::largest_of(const Result* y, double threshold) {
  std::size_t found = 0;
  const double least = (threshold - doubt_) * (1 - 0x1p-50);
  each_error(f_.data(), y, count_ / numbers::kLanes, scale_,
             [&](std::size_t v, numbers::Doubles error) {
               const numbers::Integers large = error >= least;
               const auto mask = lanes(large);
               if (std::ranges::all_of(mask, [](std::int64_t lane) { return lane == 0; })) return;
               for (std::size_t k = 0; k < numbers::kLanes; ++k) {
                 if (mask[k] != 0)
                   largest_[found++] = static_cast<std::uint32_t>(v * numbers::kLanes + k);
               }
             });
  return std::span(largest_).first(found);
}

template class Screen<numbers::Binary32>;
template class Screen<numbers::Binary16>;
template class Screen<numbers::Bfloat16>;

}  // namespace ulpforge::targets
