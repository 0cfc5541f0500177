// Splitting a range of floats until a short Taylor polynomial will do, with its error bound.
#include "targets/scores/float_pieces.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>

#include "targets/exact/ball.h"
#include "targets/scores/bessel_waves.h"
#include "targets/exact/exact_value.h"
#include "targets/scores/gamma_reflection.h"
#include "targets/scores/quarter_turns.h"
#include "targets/exact/real.h"
#include "targets/exact/reference.h"
#include "targets/exact/softplus.h"
#include "targets/exact/taylor_polynomial.h"
#include "targets/exact/wide_interval.h"

namespace ulpforge::targets {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint32_t kSign = 0x80000000;
constexpr std::uint32_t kInfinityBits = 0x7f800000;
constexpr int kBinadeBits = 23;
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

/// The ball from the first to the last float.
Ball floats_ball(std::uint32_t first, int log_count) {
  const std::uint32_t last = first + ((std::uint32_t{1} << log_count) - 1);
  const numbers::Mpfr a = real(static_cast<double>(std::bit_cast<float>(first)), 24);
  const numbers::Mpfr b = real(static_cast<double>(std::bit_cast<float>(last)), 24);
  return (first & kSign) ? Ball::interval(b, a, kBits) : Ball::interval(a, b, kBits);
}

/// The lower end of a ball, rounded down.
double lower_end(const Ball& ball) {
  arf_t end;
  arf_init(end);
  arb_get_lbound_arf(end, ball.get(), kRoughBits);
  const double lower = arf_get_d(end, ARF_RND_FLOOR);
  arf_clear(end);
  return lower;
}

/// One program's pieces in the making.
class Splitter {
 public:
  explicit Splitter(const ir::Program& program)
      : program_(program),
        open_(open_range(program)),
        turns_(find_quarter_turns(program)),
        waves_(find_bessel_waves(program)),
        reflection_(find_gamma_reflection(program)),
        small_exponentials_(with_small_exponentials(program)) {}

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
    piece.c0 = numbers::to_double_double(value.value);
    piece.error = std::max(std::abs(piece.c0.hi) * 0x1p-104, kBeside * kBeside);
    if (mpfr_regular_p(numbers::raw(value.value))) clamp(piece);
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

  static Piece constant(std::uint32_t first, int log_count, numbers::DoubleDouble value, double error) {
    Piece piece = blank(first, log_count);
    piece.c0 = value;
    piece.error = error;
    return piece;
  }

  std::optional<Piece> attempt(std::uint32_t first, int log_count) const;
  std::optional<Piece> smooth(const ir::Program& program, const Ball& x, std::uint32_t first,
                              int log_count) const;
  std::optional<Piece> tail(std::uint32_t first, int log_count) const;
  std::optional<Piece> reflected(std::uint32_t first, int log_count) const;
  std::optional<WideInterval> values_over(std::uint32_t first, int log_count) const;
  double distance_from_limits(std::uint32_t first, int log_count) const;
  static std::optional<Piece> polynomial(const ir::Program& program, const Ball& x,
                                         std::uint32_t first, int log_count);

  const ir::Program& program_;
  OpenRange open_;
  // Forms for far out.
  std::optional<QuarterTurns> turns_;
  std::optional<BesselWaves> waves_;
  std::optional<GammaReflection> reflection_;
  /// The same function, where large exponentials stand in the way.
  std::optional<ir::Program> small_exponentials_;
  std::vector<Piece> pieces_;
  std::size_t in_binade_ = 0;
};

std::optional<Piece> Splitter::attempt(std::uint32_t first, int log_count) const {
  if (turns_ && turns_->covers(first, log_count)) {
    return turns_->piece(first, log_count);
  }
  if (waves_ && waves_->covers(first)) return waves_->piece(first, log_count);
  if (reflection_ && reflection_->covers(first)) return reflected(first, log_count);
  const Ball x = floats_ball(first, log_count);
  const Enclosure enclosure = evaluate(program_, x, kRoughBits);
  if (enclosure.undefined) {
    const auto at = [&](std::uint32_t bits) {
      return exact_value(program_, std::bit_cast<float>(bits)).value;
    };
    // No number on the whole piece; an isolated pole shows when the piece is one float.
    const std::uint32_t last = first + ((std::uint32_t{1} << log_count) - 1);
    if (!mpfr_nan_p(numbers::raw(at(first))) || !mpfr_nan_p(numbers::raw(at(last)))) return {};
    return constant(first, log_count, {kNan, 0}, kNan);
  }
  if (const std::optional<Piece> end = tail(first, log_count)) return end;
  const std::optional<Piece> piece = smooth(program_, x, first, log_count);
  if (piece || !small_exponentials_) return piece;
  return smooth(*small_exponentials_, x, first, log_count);
}

/// By a program for the function.
std::optional<Piece> Splitter::smooth(const ir::Program& program, const Ball& x,
                                      std::uint32_t first, int log_count) const {
  const Enclosure enclosure = evaluate(program, x, kRoughBits);
  if (enclosure.undefined || enclosure.clipped || !enclosure.value.is_finite()) return {};
  const std::optional<Piece> piece = polynomial(program, x, first, log_count);
  // On which side of a limit the function is, and so whether a float next to it is wrong by less or
  // by more than an ULP, each piece has to tell, down to the distance from where on tail() does.
  constexpr double kLeast = 0x1p-100;
  const bool small = log_count <= kSmall;
  if (piece && !small && (std::isfinite(open_.lo) || std::isfinite(open_.hi))) {
    const double distance = distance_from_limits(first, log_count);
    if (piece->error > std::max(distance / 8, kLeast / 8)) return {};
  }
  return piece;
}

/// A lower bound for the piece's values; infinite where there is none to keep away from.
double Splitter::distance_from_limits(std::uint32_t first, int log_count) const {
  const std::optional<WideInterval> value = values_over(first, log_count);
  double distance = kInfinity;
  const auto keep = [&](bool bounded, const Ball& a, const Ball& b) {
    if (!bounded) return;
    Ball gap;
    arb_sub(gap.get(), a.get(), b.get(), kBits);
    distance = std::min(distance, std::max(0.0, lower_end(gap)));
  };
  if (value && open_.lo != 0)
    keep(std::isfinite(open_.lo) && value->bounded_below, value->lo, Ball(open_.lo));
  if (value && open_.hi != 0)
    keep(std::isfinite(open_.hi) && value->bounded_above, Ball(open_.hi), value->hi);
  return distance;
}

std::optional<Piece> Splitter::reflected(std::uint32_t first, int log_count) const {
  std::optional<Piece> piece = blank(first, log_count);
  if (const ir::Program* const smooth = reflection_->smooth_part(first)) {
    piece = polynomial(*smooth, floats_ball(first, log_count), first, log_count);
  }
  if (piece) reflection_->complete(*piece);
  return piece;
}

std::optional<WideInterval> Splitter::values_over(std::uint32_t first, int log_count) const {
  const std::uint32_t last = first + ((std::uint32_t{1} << log_count) - 1);
  WideInterval x{Ball(static_cast<double>(std::bit_cast<float>(first))),
                 Ball(static_cast<double>(std::bit_cast<float>(last)))};
  if (first & kSign) std::swap(x.lo, x.hi);
  return evaluate_wide(program_, x, kBits);
}

/// Beyond the range of double, or next to a limit.
std::optional<Piece> Splitter::tail(std::uint32_t first, int log_count) const {
  const std::optional<WideInterval> value = values_over(first, log_count);
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
  // By enough for the roundings of whoever compares with it.
  constexpr double kAlmost = kBeside * (1 - 0x1p-40);
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
  const int by_operations = sign_by_operations(program_, (first & kSign) != 0 ? -1 : 1);
  if (by_operations > 0 || above(true, value->lo, 0)) {
    return constant(first, log_count, {0, kBeside}, kAlmost);
  }
  if (by_operations < 0 || below(true, value->hi, 0)) {
    return constant(first, log_count, {0, -kBeside}, kAlmost);
  }
  return {};
}

std::optional<Piece> Splitter::polynomial(const ir::Program& program, const Ball& x,
                                          std::uint32_t first, int log_count) {
  // x = centre + s radius.
  const double x_first = std::bit_cast<float>(first);
  const double spacing =
      static_cast<double>(std::bit_cast<float>(first + 1)) - x_first;  // with x's sign
  const double radius = std::ldexp(spacing, log_count - 1);
  const double centre = x_first + radius - spacing / 2;
  constexpr double kSmallestNormal = 0x1p-126;
  const bool small = log_count <= kSmall;
  const double goal = small ? kLooseGoal : kGoal;
  const std::optional<TaylorPolynomial> found = taylor_polynomial(
      program, x, centre, radius, {small ? kInfinity : goal, kSmallestNormal}, 0, log_count);
  if (!found) return {};
  Piece piece = blank(first, log_count);
  piece.c0 = found->c0;
  piece.c1 = found->c1;
  piece.c = found->c;
  piece.error = found->error;

  const double least = found->least;
  const bool certain_sign = piece.error < 0.5 * least;
  const bool good = piece.error <= goal * std::max(least, kSmallestNormal) && certain_sign;
  if (!good && !small) return {};
  if (!(piece.error <= kLooseGoal * std::max(found->most, kSmallestNormal))) return {};
  return piece;
}

}  // namespace

std::vector<FloatRange> all_finite_floats() {
  constexpr std::uint32_t kLargest = kInfinityBits - 1;
  return {{0, kLargest}, {kSign, kSign + kLargest}};
}

std::vector<FloatRange> binades(std::span<const FloatRange> ranges) {
  constexpr std::uint64_t kBinade = std::uint64_t{1} << kBinadeBits;
  std::vector<FloatRange> parts;
  for (const FloatRange& range : ranges) {
    for (std::uint64_t first = range.first; first <= range.last;) {
      const std::uint64_t last =
          std::min<std::uint64_t>((first / kBinade + 1) * kBinade - 1, range.last);
      parts.push_back({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)});
      first = last + 1;
    }
  }
  return parts;
}

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
  const numbers::DoubleDouble c0 = piece.c0;
  const numbers::DoubleDouble c1 = piece.c1;
  const std::array<double, Piece::kTail> c = piece.c;
  for (std::int32_t i = 0; i < count; ++i) {
    const double s = start + step * i;  // exact
    const numbers::DoubleDouble value = value_at(c0, c1, c, s);
    out_hi[i] = value.hi;
    out_lo[i] = value.lo;
  }
}

}  // namespace ulpforge::targets
