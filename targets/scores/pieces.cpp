// Splitting a range of numbers until a short Taylor polynomial will do, with its error bound.
#include "targets/scores/pieces.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>

#include "targets/exact/ball.h"
#include "targets/exact/exact_value.h"
#include "targets/exact/exponential_products.h"
#include "targets/exact/limit.h"
#include "targets/exact/real.h"
#include "targets/exact/reference.h"
#include "targets/exact/softplus.h"
#include "targets/exact/taylor_polynomial.h"
#include "targets/exact/wide_interval.h"
#include "targets/scores/bessel_waves.h"
#include "targets/scores/combination.h"
#include "targets/scores/gamma_reflection.h"
#include "targets/scores/quarter_turns.h"
#include "targets/scores/steps_of_format.h"

namespace ulpforge::targets {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr long kBits = 170;
constexpr long kRoughBits = 64;

/// What a piece's error should be, relative to the function's values (or the smallest normal
/// number): split while it is larger.
constexpr double kGoal = 0x1p-59;
/// What is good enough for pieces of at most 2^kSmall numbers.
constexpr double kLooseGoal = 0x1p-44;
constexpr int kSmall = 6;
/// More pieces than that in one binade: give up on the rest of it.
constexpr std::size_t kMaxPiecesInBinade = 30000;

template <class Format>
double number_at(std::uint32_t bits) {
  return static_cast<double>(Format::value(bits));
}

/// The last pattern of a piece.
std::uint32_t last_of(std::uint32_t first, int log_count) {
  return first + ((std::uint32_t{1} << log_count) - 1);
}

/// The ball from the first to the last number.
template <class Format>
Ball piece_ball(std::uint32_t first, int log_count) {
  const numbers::Mpfr a = real(number_at<Format>(first), 24);
  const numbers::Mpfr b = real(number_at<Format>(last_of(first, log_count)), 24);
  return Format::is_negative(first) ? Ball::interval(b, a, kBits) : Ball::interval(a, b, kBits);
}

/// The piece's numbers are centre + s radius, s in (-1, 1); the radius has the sign of x.
struct Grid {
  double centre;
  double radius;
};

template <class Format>
Grid grid_of(std::uint32_t first, int log_count) {
  const double x_first = number_at<Format>(first);
  const double spacing = number_at<Format>(first + 1) - x_first;
  const double radius = std::ldexp(spacing, log_count - 1);
  return {x_first + radius - spacing / 2, radius};
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

/// Whether the function has a limit at 0 where its operations have no value.
bool is_removable_at_zero(const ir::Program& program) {
  const Ball zero(0.0);
  return evaluate(program, zero, kRoughBits).undefined &&
         taylor_around(program, zero, zero, 1, kRoughBits).series[0].is_finite();
}

/// One program's pieces in the making.
template <class Format>
class Splitter {
 public:
  Splitter(const ir::Program& program, const std::stop_token& stop)
      : program_(program),
        stop_(stop),
        open_(open_range(program)),
        steps_(StepsOfFormat<Format>::find(program)),
        turns_(QuarterTurns<Format>::find(program)),
        waves_(BesselWaves<Format>::find(program)),
        reflection_(GammaReflection<Format>::find(program)),
        combination_(Combination<Format>::find(program)),
        removable_at_zero_(is_removable_at_zero(program)),
        small_exponentials_(with_small_exponentials(program)),
        joined_exponentials_(with_joined_exponentials(program)) {}

  void split(std::uint32_t first, int log_count, PatternRange wanted) {
    const std::uint32_t last = last_of(first, log_count);
    if (last < wanted.first || first > wanted.last || stop_.stop_requested()) return;
    if (log_count == Format::kMantissaBits) in_binade_ = 0;
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
    const ExactValue value = exact_value(program_, number_at<Format>(bits));
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

  static Piece constant(std::uint32_t first, int log_count, numbers::DoubleDouble value,
                        double error) {
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
  std::optional<Piece> combined(std::uint32_t first, int log_count) const;
  std::optional<Piece> next_to_zero(std::uint32_t first, int log_count) const;
  std::optional<WideInterval> values_over(std::uint32_t first, int log_count) const;
  double distance_from_limits(std::uint32_t first, int log_count) const;
  static std::optional<Piece> polynomial(const ir::Program& program, const Ball& x,
                                         std::uint32_t first, int log_count);
  static std::optional<Piece> made_of(const TaylorPolynomial& found, std::uint32_t first,
                                      int log_count);

  const ir::Program& program_;
  const std::stop_token& stop_;
  OpenRange open_;
  std::optional<StepsOfFormat<Format>> steps_;
  // Forms for far out.
  std::optional<QuarterTurns<Format>> turns_;
  std::optional<BesselWaves<Format>> waves_;
  std::optional<GammaReflection<Format>> reflection_;
  std::optional<Combination<Format>> combination_;
  bool removable_at_zero_;
  /// The same function, where large exponentials stand in the way.
  std::optional<ir::Program> small_exponentials_;
  std::optional<ir::Program> joined_exponentials_;
  std::vector<Piece> pieces_;
  std::size_t in_binade_ = 0;
};

template <class Format>
std::optional<Piece> Splitter<Format>::attempt(std::uint32_t first, int log_count) const {
  if (steps_ && steps_->covers(first)) return steps_->piece(first, log_count);
  if (turns_ && turns_->covers(first, log_count)) {
    return turns_->piece(first, log_count);
  }
  if (waves_ && waves_->covers(first)) return waves_->piece(first, log_count);
  if (reflection_ && reflection_->covers(first)) return reflected(first, log_count);
  if (combination_ && combination_->covers(first, log_count)) return combined(first, log_count);
  if (const std::optional<Piece> piece = next_to_zero(first, log_count)) return piece;
  const Ball x = piece_ball<Format>(first, log_count);
  const Enclosure enclosure = evaluate(program_, x, kRoughBits);
  if (enclosure.undefined) {
    const auto at = [&](std::uint32_t bits) {
      return exact_value(program_, number_at<Format>(bits)).value;
    };
    // No number on the whole piece; an isolated pole shows when the piece is one float.
    const std::uint32_t last = last_of(first, log_count);
    if (!mpfr_nan_p(numbers::raw(at(first))) || !mpfr_nan_p(numbers::raw(at(last)))) return {};
    return constant(first, log_count, {kNan, 0}, kNan);
  }
  if (const std::optional<Piece> end = tail(first, log_count)) return end;
  std::optional<Piece> piece = smooth(program_, x, first, log_count);
  for (const std::optional<ir::Program>* other : {&small_exponentials_, &joined_exponentials_}) {
    if (!piece && *other) piece = smooth(**other, x, first, log_count);
  }
  return piece;
}

/// By a program for the function.
template <class Format>
std::optional<Piece> Splitter<Format>::smooth(const ir::Program& program, const Ball& x,
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

/// Where 0 is a removable singularity.
template <class Format>
std::optional<Piece> Splitter<Format>::next_to_zero(std::uint32_t first, int log_count) const {
  constexpr double kNext = 0x1p-4;
  const Grid grid = grid_of<Format>(first, log_count);
  if (!removable_at_zero_ || std::abs(grid.centre) > kNext) return {};
  const std::optional<TaylorPolynomial> found = taylor_polynomial_from_zero(
      program_, grid.centre, grid.radius, {kGoal, Format::kNormalStart}, log_count);
  if (!found) return {};
  return made_of(*found, first, log_count);
}

/// A lower bound for the piece's values; infinite where there is none to keep away from.
template <class Format>
double Splitter<Format>::distance_from_limits(std::uint32_t first, int log_count) const {
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

template <class Format>
std::optional<Piece> Splitter<Format>::reflected(std::uint32_t first, int log_count) const {
  std::optional<Piece> piece = blank(first, log_count);
  if (const ir::Program* const smooth = reflection_->smooth_part(first)) {
    piece = polynomial(*smooth, piece_ball<Format>(first, log_count), first, log_count);
  }
  if (piece) reflection_->complete(*piece);
  return piece;
}

template <class Format>
std::optional<Piece> Splitter<Format>::combined(std::uint32_t first, int log_count) const {
  const std::optional<ir::Program> program = combination_->without_waves(first, log_count);
  if (!program) return combination_->piece(first, log_count);
  const Ball x = piece_ball<Format>(first, log_count);
  const Enclosure enclosure = evaluate(*program, x, kRoughBits);
  if (enclosure.undefined) return combination_->piece(first, log_count);
  if (arb_is_zero(enclosure.value.get())) return combination_->zero(x, first, log_count);
  return smooth(*program, x, first, log_count);
}

template <class Format>
std::optional<WideInterval> Splitter<Format>::values_over(std::uint32_t first,
                                                          int log_count) const {
  WideInterval x{Ball(number_at<Format>(first)),
                 Ball(number_at<Format>(last_of(first, log_count)))};
  if (Format::is_negative(first)) std::swap(x.lo, x.hi);
  const std::optional<WideInterval> values = evaluate_wide(program_, x, kBits);
  if (values || !joined_exponentials_) return values;
  return evaluate_wide(*joined_exponentials_, x, kBits);
}

/// Beyond the range of double, or next to a limit.
template <class Format>
std::optional<Piece> Splitter<Format>::tail(std::uint32_t first, int log_count) const {
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
  const int by_operations = sign_by_operations(program_, Format::is_negative(first) ? -1 : 1);
  if (by_operations > 0 || above(true, value->lo, 0)) {
    return constant(first, log_count, {0, kBeside}, kAlmost);
  }
  if (by_operations < 0 || below(true, value->hi, 0)) {
    return constant(first, log_count, {0, -kBeside}, kAlmost);
  }
  return {};
}

template <class Format>
std::optional<Piece> Splitter<Format>::polynomial(const ir::Program& program, const Ball& x,
                                                  std::uint32_t first, int log_count) {
  const auto [centre, radius] = grid_of<Format>(first, log_count);
  const bool small = log_count <= kSmall;
  const double goal = small ? kLooseGoal : kGoal;
  const std::optional<TaylorPolynomial> found = taylor_polynomial(
      program, x, centre, radius, {small ? kInfinity : goal, Format::kNormalStart}, 0, log_count);
  if (!found) return {};
  return made_of(*found, first, log_count);
}

template <class Format>
std::optional<Piece> Splitter<Format>::made_of(const TaylorPolynomial& found, std::uint32_t first,
                                               int log_count) {
  Piece piece = blank(first, log_count);
  piece.c0 = found.c0;
  piece.c1 = found.c1;
  piece.c = found.c;
  piece.error = found.error;

  const bool small = log_count <= kSmall;
  const double goal = small ? kLooseGoal : kGoal;
  const double least = found.least;
  const bool certain_sign = piece.error < 0.5 * least;
  const bool good = piece.error <= goal * std::max(least, Format::kNormalStart) && certain_sign;
  if (!good && !small) return {};
  if (!(piece.error <= kLooseGoal * std::max(found.most, Format::kNormalStart))) return {};
  return piece;
}

}  // namespace

template <class Format>
std::vector<PatternRange> binades(std::span<const PatternRange> ranges) {
  constexpr std::uint64_t kBinade = std::uint64_t{1} << Format::kMantissaBits;
  std::vector<PatternRange> parts;
  for (const PatternRange& range : ranges) {
    for (std::uint64_t first = range.first; first <= range.last;) {
      const std::uint64_t last =
          std::min<std::uint64_t>((first / kBinade + 1) * kBinade - 1, range.last);
      parts.push_back({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)});
      first = last + 1;
    }
  }
  return parts;
}

template <class Format>
std::vector<PatternRange> numbers_of(const Domain& domain) {
  std::vector<PatternRange> ranges;
  // The greatest number <= value, on the positive side, where 0 comes first.
  const auto below = [](double value) {
    return Format::bits(static_cast<typename Format::Value>(
        std::min(value, static_cast<double>(Format::value(Format::kLargest)))));
  };
  // The nearest carrier may lie above the value, and the pattern is that of a number at or below
  // it.
  const auto at_most = [&](double value, bool open) -> std::int64_t {
    std::int64_t bits = below(value);
    while (number_at<Format>(static_cast<std::uint32_t>(bits)) > value ||
           (open && number_at<Format>(static_cast<std::uint32_t>(bits)) == value)) {
      if (--bits < 0) break;
    }
    return bits;
  };
  // The least number >= value (or > when open).
  const auto at_least = [&](double value, bool open) -> std::int64_t {
    std::int64_t bits = below(value);
    while (number_at<Format>(static_cast<std::uint32_t>(bits)) < value ||
           (open && number_at<Format>(static_cast<std::uint32_t>(bits)) == value)) {
      ++bits;
    }
    return bits;
  };
  const auto add = [&](double near, bool near_open, double far, bool far_open, std::uint32_t sign) {
    const std::int64_t a = at_least(near, near_open);
    const bool with_infinity = std::isinf(far) && !far_open;
    const std::int64_t b = with_infinity ? Format::kInfinity : at_most(far, far_open);
    if (a > b) return;
    ranges.push_back({static_cast<std::uint32_t>(a) | sign, static_cast<std::uint32_t>(b) | sign});
  };
  if (domain.hi > 0 || (domain.hi == 0 && !domain.hi_open)) {
    const bool from_zero = domain.lo < 0;
    add(from_zero ? 0 : domain.lo, !from_zero && domain.lo_open, domain.hi, domain.hi_open, 0);
  }
  if (domain.lo < 0) {
    const bool to_zero = domain.hi >= 0;
    add(to_zero ? 0 : -domain.hi, to_zero ? domain.hi == 0 && domain.hi_open : domain.hi_open,
        -domain.lo, domain.lo_open, Format::kSign);
  }
  return ranges;
}

template <class Format>
std::vector<Piece> make_pieces(const ir::Program& program, PatternRange range,
                               const std::stop_token& stop) {
  const std::uint32_t sign = range.first & Format::kSign;
  range.last = std::min(range.last, sign | Format::kLargest);
  Splitter<Format> splitter(program, stop);
  constexpr std::uint32_t kBinade = std::uint32_t{1} << Format::kMantissaBits;
  std::uint32_t binade = range.first & ~(kBinade - 1);
  for (; binade <= range.last && Format::is_finite(binade); binade += kBinade) {
    splitter.split(binade, Format::kMantissaBits, range);
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

template std::vector<PatternRange> numbers_of<numbers::Binary32>(const Domain&);
template std::vector<PatternRange> binades<numbers::Binary32>(std::span<const PatternRange>);
template std::vector<Piece> make_pieces<numbers::Binary32>(const ir::Program&, PatternRange,
                                                           const std::stop_token&);
template std::vector<PatternRange> numbers_of<numbers::Binary16>(const Domain&);
template std::vector<PatternRange> binades<numbers::Binary16>(std::span<const PatternRange>);
template std::vector<Piece> make_pieces<numbers::Binary16>(const ir::Program&, PatternRange,
                                                           const std::stop_token&);
template std::vector<PatternRange> numbers_of<numbers::Bfloat16>(const Domain&);
template std::vector<PatternRange> binades<numbers::Bfloat16>(std::span<const PatternRange>);
template std::vector<Piece> make_pieces<numbers::Bfloat16>(const ir::Program&, PatternRange,
                                                           const std::stop_token&);

}  // namespace ulpforge::targets
