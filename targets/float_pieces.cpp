// Splitting a range of floats until a short Taylor polynomial will do, with its error bound.
#include "targets/float_pieces.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>

#include "targets/ball.h"
#include "targets/exact_value.h"
#include "targets/horner.h"
#include "targets/quarter_turns.h"
#include "targets/real.h"
#include "targets/reference.h"
#include "targets/series.h"
#include "targets/wide_interval.h"

namespace ulpforge::targets {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint32_t kSign = 0x80000000;
constexpr std::uint32_t kInfinityBits = 0x7f800000;
constexpr int kBinadeBits = 23;
constexpr std::size_t kTerms = Piece::kTail + 2;
constexpr long kBits = 170;
constexpr long kRoughBits = 64;

/// What a piece's error should be, relative to the function's values (or the smallest normal
/// float): split while it is larger.
constexpr double kGoal = 0x1p-59;
/// What is good enough for pieces of at most 2^kSmall floats.
constexpr double kLooseGoal = 0x1p-44;
constexpr int kSmall = 6;
/// More pieces than that in one binade: give up on the rest of it.
constexpr std::size_t kMaxPiecesInBinade = 30000;

double magnitude_bound(const Ball& ball) {
  mag_t bound;
  mag_init(bound);
  arb_get_mag(bound, ball.get());
  const double result = mag_get_d(bound);
  mag_clear(bound);
  // mag_get_d rounds to nearest; 0 only for 0, save underflow.
  return result == 0 && !arb_is_zero(ball.get()) ? std::numeric_limits<double>::min()
                                                 : result * (1 + 0x1p-50);
}

double midpoint(const Ball& ball) { return arf_get_d(arb_midref(ball.get()), ARF_RND_NEAR); }

/// The ball's midpoint as a pair, and a bound of what the pair misses of any number in the ball.
ir::DoubleDouble to_pair(const Ball& ball, double& missed) {
  Ball rest = ball;
  ir::DoubleDouble pair;
  pair.hi = midpoint(ball);
  const Ball high(pair.hi);
  arb_sub(rest.get(), rest.get(), high.get(), ARF_PREC_EXACT);
  pair.lo = midpoint(rest);
  const Ball low(pair.lo);
  arb_sub(rest.get(), rest.get(), low.get(), ARF_PREC_EXACT);
  missed = magnitude_bound(rest);
  return pair;
}

/// A function's values that are never reached, but approached: (lo, hi) is open there.
struct OpenRange {
  double lo = -kInfinity;
  double hi = kInfinity;
};

/// Limits that the last operation keeps away from.
OpenRange open_range(const ir::Program& program) {
  if (!program.result.is_value()) return {};
  switch (program.code[program.result.index].op) {
    case ir::Op::Exp:
    case ir::Op::Exp2:
    case ir::Op::Exp10:
      return {0, kInfinity};
    case ir::Op::Expm1:
      return {-1, kInfinity};
    case ir::Op::Tanh:
    case ir::Op::Erf:
      return {-1, 1};
    case ir::Op::Erfc:
      return {0, 2};
    default:
      return {};
  }
}

/// The ball from the first to the last float.
Ball floats_ball(std::uint32_t first, int log_count) {
  const std::uint32_t last = first + ((std::uint32_t{1} << log_count) - 1);
  const ir::Mpfr a = real(static_cast<double>(std::bit_cast<float>(first)), 24);
  const ir::Mpfr b = real(static_cast<double>(std::bit_cast<float>(last)), 24);
  return (first & kSign) ? Ball::interval(b, a, kBits) : Ball::interval(a, b, kBits);
}

/// One program's pieces in the making.
class Splitter {
 public:
  explicit Splitter(const ir::Program& program)
      : program_(program), open_(open_range(program)), turns_(find_quarter_turns(program)) {}

  void split(std::uint32_t first, int log_count, FloatRange wanted) {
    const std::uint32_t last = first + ((std::uint32_t{1} << log_count) - 1);
    if (last < wanted.first || first > wanted.last) return;
    if (log_count == kBinadeBits) in_binade_ = 0;
    if (in_binade_ > kMaxPiecesInBinade) return add_unknown(first, log_count);
    if (log_count == 0) return add_single(first);
    if (const std::optional<Piece> piece = attempt(first, log_count)) return add(*piece);
    const std::uint32_t half = std::uint32_t{1} << (log_count - 1);
    split(first, log_count - 1, wanted);
    split(first + half, log_count - 1, wanted);
  }

  std::vector<Piece> take() { return std::move(pieces_); }

 private:
  void add(const Piece& piece) {
    pieces_.push_back(piece);
    ++in_binade_;
  }

  void add_unknown(std::uint32_t first, int log_count) {
    Piece piece = blank(first, log_count);
    piece.kind = Piece::Kind::Unknown;
    piece.error = kInfinity;
    add(piece);
  }

  void add_single(std::uint32_t bits) {
    Piece piece = blank(bits, 0);
    const ExactValue value = exact_value(program_, std::bit_cast<float>(bits));
    piece.c0 = ir::to_double_double(value.value);
    piece.error = std::max(std::abs(piece.c0.hi) * 0x1p-104, kBeside * kBeside);
    if (mpfr_regular_p(ir::raw(value.value))) clamp(piece);
    if (!std::isfinite(piece.c0.hi)) piece.error = kNan;
    add(piece);
  }

  /// A single value beyond the range of double.
  static void clamp(Piece& piece) {
    if (std::abs(piece.c0.hi) <= kBeyond) return;
    piece.c0 = {std::copysign(kBeyond, piece.c0.hi), 0};
    piece.error = kBeyond / 2;
  }

  static Piece blank(std::uint32_t first, int log_count) {
    Piece piece;
    piece.first = first;
    piece.log_count = static_cast<std::uint8_t>(log_count);
    return piece;
  }

  static Piece constant(std::uint32_t first, int log_count, ir::DoubleDouble value, double error) {
    Piece piece = blank(first, log_count);
    piece.c0 = value;
    piece.error = error;
    return piece;
  }

  std::optional<Piece> attempt(std::uint32_t first, int log_count) const;
  std::optional<Piece> tail(std::uint32_t first, int log_count) const;
  std::optional<Piece> polynomial(const Ball& x, std::uint32_t first, int log_count) const;

  const ir::Program& program_;
  OpenRange open_;
  std::optional<QuarterTurns> turns_;
  std::vector<Piece> pieces_;
  std::size_t in_binade_ = 0;
};

std::optional<Piece> Splitter::attempt(std::uint32_t first, int log_count) const {
  if (turns_ && turns_->covers(first, log_count)) {
    return turns_->piece(first, log_count);
  }
  const Ball x = floats_ball(first, log_count);
  const Enclosure enclosure = evaluate(program_, x, kRoughBits);
  if (enclosure.undefined) {
    const auto at = [&](std::uint32_t bits) {
      return exact_value(program_, std::bit_cast<float>(bits)).value;
    };
    // No number on the whole piece; an isolated pole shows when the piece is one float.
    const std::uint32_t last = first + ((std::uint32_t{1} << log_count) - 1);
    if (!mpfr_nan_p(ir::raw(at(first))) || !mpfr_nan_p(ir::raw(at(last)))) return {};
    return constant(first, log_count, {kNan, 0}, kNan);
  }
  if (const std::optional<Piece> end = tail(first, log_count)) return end;
  if (enclosure.clipped || !enclosure.value.is_finite()) return {};
  return polynomial(x, first, log_count);
}

/// Beyond the range of double, or next to a limit.
std::optional<Piece> Splitter::tail(std::uint32_t first, int log_count) const {
  const std::uint32_t last = first + ((std::uint32_t{1} << log_count) - 1);
  WideInterval x{Ball(static_cast<double>(std::bit_cast<float>(first))),
                 Ball(static_cast<double>(std::bit_cast<float>(last)))};
  if (first & kSign) std::swap(x.lo, x.hi);
  const std::optional<WideInterval> value = evaluate_wide(program_, x, kBits);
  if (!value) return {};
  const auto above = [](bool bounded, const Ball& end, double limit) {
    const Ball bound(limit);
    return bounded && arb_gt(end.get(), bound.get()) != 0;
  };
  const auto below = [](bool bounded, const Ball& end, double limit) {
    const Ball bound(limit);
    return bounded && arb_lt(end.get(), bound.get()) != 0;
  };
  if (above(value->bounded_below, value->lo, kBeyond)) {
    return constant(first, log_count, {kBeyond, 0}, kBeyond / 2);
  }
  if (below(value->bounded_above, value->hi, -kBeyond)) {
    return constant(first, log_count, {-kBeyond, 0}, kBeyond / 2);
  }
  constexpr double kAlmost = kBeside * (1 - 0x1p-52);
  const auto beside = [&](double limit) {
    const double reach = limit == 0 ? kBeside : 0x1p-100 * std::abs(limit);
    Ball distance;
    const Ball centre(limit);
    arb_sub(distance.get(), value->lo.get(), centre.get(), kBits);
    if (!above(value->bounded_below, distance, -reach)) return false;
    arb_sub(distance.get(), value->hi.get(), centre.get(), kBits);
    return below(value->bounded_above, distance, reach);
  };
  if (std::isfinite(open_.lo) && beside(open_.lo)) {
    return constant(first, log_count, {open_.lo, kBeside}, kAlmost);
  }
  if (std::isfinite(open_.hi) && beside(open_.hi)) {
    return constant(first, log_count, {open_.hi, -kBeside}, kAlmost);
  }
  // No open limit, but certainly not 0.
  if (!beside(0)) return {};
  if (above(true, value->lo, 0)) return constant(first, log_count, {0, kBeside}, kAlmost);
  if (below(true, value->hi, 0)) return constant(first, log_count, {0, -kBeside}, kAlmost);
  return {};
}

std::optional<Piece> Splitter::polynomial(const Ball& x, std::uint32_t first,
                                          int log_count) const {
  // x = centre + s radius.
  const double x_first = std::bit_cast<float>(first);
  const double spacing =
      static_cast<double>(std::bit_cast<float>(first + 1)) - x_first;  // with x's sign
  const double radius = std::ldexp(spacing, log_count - 1);
  const double centre = x_first + radius - spacing / 2;
  int exponent = 0;
  std::frexp(radius, &exponent);
  --exponent;
  const auto scaled = [&](const Ball& coefficient, std::size_t k) {
    Ball result = coefficient;
    arb_mul_2exp_si(result.get(), result.get(), static_cast<slong>(k) * exponent);
    if (radius < 0 && k % 2 != 0) arb_neg(result.get(), result.get());
    return result;
  };

  const Expansion over = taylor(program_, x, kTerms + 1, kRoughBits);
  const Ball last = scaled(over.series[kTerms], kTerms);
  if (!last.is_finite()) return {};
  const double remainder = magnitude_bound(last);
  const double goal = log_count <= kSmall ? kLooseGoal : kGoal;
  constexpr double kSmallestNormal = 0x1p-126;
  const double largest = magnitude_bound(over.series[0]);
  if (!(remainder <= goal * std::max(largest, kSmallestNormal)) && log_count > kSmall) return {};

  const Expansion at = taylor(program_, Ball(centre), kTerms, kBits);
  Piece piece = blank(first, log_count);
  double missed0 = 0;
  double missed1 = 0;
  for (std::size_t k = 0; k < kTerms; ++k) {
    if (!at.series[k].is_finite()) return {};
  }
  piece.c0 = to_pair(scaled(at.series[0], 0), missed0);
  piece.c1 = to_pair(scaled(at.series[1], 1), missed1);
  // Rounding errors of evaluate(), in units of 2^-53: each c[k] is rounded once, passes through
  // k + 1 fmas of Horner's scheme (k = 0, ... counts from s^2) and the product with s^2; the small
  // parts are summed in four more roundings.
  double small = std::abs(piece.c0.lo) + std::abs(piece.c1.lo);
  double horner = 0;
  double high_terms = 0;
  for (std::size_t k = 2; k < kTerms; ++k) {
    const Ball coefficient = scaled(at.series[k], k);
    piece.c[k - 2] = midpoint(coefficient);
    Ball rest = coefficient;
    const Ball rounded(piece.c[k - 2]);
    arb_sub(rest.get(), rest.get(), rounded.get(), kRoughBits);
    const double size = std::abs(piece.c[k - 2]);
    missed0 += magnitude_bound(rest);
    horner += static_cast<double>(k + 1) * size;
    high_terms += size;
  }
  small += high_terms + 0x1p-52 * (std::abs(piece.c0.hi) + std::abs(piece.c1.hi));
  constexpr double kUnit = 0x1p-53;
  constexpr double kUnderflow = 0x1p-1065;
  constexpr double kSlack = 1 + 0x1p-20;
  piece.error =
      kSlack * (remainder + missed0 + missed1 + kUnit * (horner + 4 * small)) + kUnderflow;
  if (!std::isfinite(piece.error)) return {};

  const double least =
      std::abs(piece.c0.hi) - (std::abs(piece.c1.hi) + small) * kSlack;
  const bool certain_sign = piece.error < 0.5 * least;
  const bool good = piece.error <= goal * std::max(least, kSmallestNormal) && certain_sign;
  if (!good && log_count > kSmall) return {};
  const double most = std::abs(piece.c0.hi) + std::abs(piece.c1.hi) + small;
  if (!(piece.error <= kLooseGoal * std::max(most, kSmallestNormal))) return {};
  return piece;
}

}  // namespace

std::vector<FloatRange> floats_of(const Domain& domain) {
  static constexpr double kMax = std::numeric_limits<float>::max();
  std::vector<FloatRange> ranges;
  // The smallest float >= value (or > when open), on the positive side.
  const auto at_least = [](double value, bool open) {
    float x = static_cast<float>(std::min(value, kMax));
    if (x < value || (open && x == value)) x = std::nextafterf(x, static_cast<float>(kInfinity));
    return std::bit_cast<std::uint32_t>(x);
  };
  const auto at_most = [](double value, bool open) {
    float x = static_cast<float>(std::min(value, kMax));
    if (x > value || (open && x == value)) x = std::nextafterf(x, static_cast<float>(-kInfinity));
    return std::bit_cast<std::uint32_t>(x);
  };
  const auto add = [&](double near, bool near_open, double far, bool far_open, std::uint32_t sign) {
    const std::uint32_t a = at_least(near, near_open);
    const std::uint32_t b = at_most(far, far_open);
    if ((b & kSign) == 0 && a <= b && a < kInfinityBits) ranges.push_back({a | sign, b | sign});
  };
  if (domain.hi > 0 || (domain.hi == 0 && !domain.hi_open)) {
    const bool from_zero = domain.lo < 0;
    add(from_zero ? 0 : domain.lo, !from_zero && domain.lo_open, domain.hi, domain.hi_open, 0);
  }
  if (domain.lo < 0) {
    const bool to_zero = domain.hi >= 0;
    add(to_zero ? 0 : -domain.hi, to_zero ? domain.hi == 0 && domain.hi_open : domain.hi_open,
        -domain.lo, domain.lo_open, kSign);
  }
  return ranges;
}

std::vector<Piece> make_pieces(const ir::Program& program, FloatRange range) {
  const std::uint32_t sign = range.first & kSign;
  range.last = std::min(range.last, sign | (kInfinityBits - 1));
  Splitter splitter(program);
  constexpr std::uint32_t kBinade = std::uint32_t{1} << kBinadeBits;
  std::uint32_t binade = range.first & ~(kBinade - 1);
  for (; binade <= range.last && (binade & ~kSign) < kInfinityBits; binade += kBinade) {
    splitter.split(binade, kBinadeBits, range);
  }
  return splitter.take();
}

void evaluate(const Piece& piece, std::uint32_t offset, std::span<double> hi,
              std::span<double> lo) {
  const double step = std::ldexp(2.0, -piece.log_count);
  const double start = std::ldexp(2.0 * offset + 1, -piece.log_count) - 1;
  double* const __restrict out_hi = hi.data();
  double* const __restrict out_lo = lo.data();
  const auto count = static_cast<std::int32_t>(hi.size());
  const ir::DoubleDouble c0 = piece.c0;
  const ir::DoubleDouble c1 = piece.c1;
  const std::array<double, Piece::kTail> c = piece.c;
  for (std::int32_t i = 0; i < count; ++i) {
    const double s = start + step * i;  // exact
    const double tail = horner(c, s);
    const double linear = c1.hi * s;
    const double linear_rest = __builtin_fma(c1.hi, s, -linear);
    double small = __builtin_fma(c1.lo, s, c0.lo);
    small = __builtin_fma(tail, s * s, small) + linear_rest;
    const double high = c0.hi + linear;
    const double t = high - c0.hi;
    const double rest = (c0.hi - (high - t)) + (linear - t);
    out_hi[i] = high;
    out_lo[i] = rest + small;
  }
}

}  // namespace ulpforge::targets
