// Pieces are tried from wide to narrow until a short polynomial will do.
#include "validate/pieces.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "targets/exact/ball.h"
#include "targets/exact/wide_interval.h"

namespace ulpforge::validate {
namespace {

using targets::Ball;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr long kRoughBits = 64;
/// The polynomial's error relative to f: 2^-11 ULP of a double.
constexpr double kGoal = 0x1p-64;
/// Narrower pieces are not worth a polynomial.
constexpr int kNarrowest = 6;
/// Results far from 1 are brought near it, so that nothing underflows or overflows.
constexpr int kScale = 600;
constexpr int kFar = 400;

double power_of_two(int exponent) { return std::ldexp(1.0, exponent); }

}  // namespace

double Patterns::value(std::uint64_t pattern) const {
  return double_ ? Binary64::value(pattern)
                 : static_cast<double>(Binary32::value(static_cast<std::uint32_t>(pattern)));
}

std::uint64_t Patterns::pattern(double value) const {
  return double_ ? Binary64::bits(value) : Binary32::bits(static_cast<float>(value));
}

Pieces::Pieces(const ir::Program& program, numbers::Format format, std::size_t capacity)
    : program_(program), format_(format), patterns_(format), capacity_(capacity) {}

std::shared_ptr<const Piece> Pieces::attempt(std::uint64_t first, int log_count) const {
  auto piece = std::make_shared<Piece>();
  piece->first = first;
  piece->log_count = log_count;
  const std::uint64_t count = std::uint64_t{1} << log_count;
  if (log_count < kNarrowest || ((first & ~patterns_.sign()) == 0 && log_count == kNarrowest)) {
    return piece;
  }
  const bool below_zero = (first & patterns_.sign()) != 0;
  const double nearest = patterns_.value(first);
  const double farthest = patterns_.value(first + count - 1);
  const double spacing = patterns_.value(first + 1) - nearest;
  const double radius = spacing * power_of_two(log_count - 1);
  piece->centre = nearest + radius;
  // The ball reaches one spacing beyond the last number, where the centre is its middle.
  Ball x(piece->centre);
  targets::Ball reach(std::abs(radius));
  arb_get_mag(arb_radref(x.get()), reach.get());

  targets::WideInterval ends{Ball(below_zero ? farthest : nearest),
                             Ball(below_zero ? nearest : farthest)};
  if (const auto value = targets::evaluate_wide(program_, ends, kRoughBits)) {
    const bool positive = targets::open_range(program_).lo == 0;
    const auto tell = [&](const Ball& inner, const Ball& outer, bool bounded_inner,
                          bool bounded_outer) {
      // inner, outer: the ends nearer to and farther from 0, both made positive.
      const bool above_zero =
          arb_is_positive(inner.get()) || (positive && arb_is_nonnegative(inner.get()));
      if (!bounded_inner || !above_zero) return false;
      if (arf_cmpabs_2exp_si(arb_midref(inner.get()), format_.emax + 2) > 0) {
        piece->kind = Piece::Kind::Beyond;
        return true;
      }
      const slong tiny = format_.emin - format_.precision - 100;
      if (bounded_outer && outer.is_finite() &&
          arf_cmpabs_2exp_si(arb_midref(outer.get()), tiny) < 0) {
        piece->kind = Piece::Kind::Tiny;
        piece->doubt = 0x1p-99;
        return true;
      }
      return false;
    };
    if (tell(value->lo, value->hi, value->bounded_below, value->bounded_above)) return piece;
    Ball lo = value->hi;
    Ball hi = value->lo;
    arb_neg(lo.get(), lo.get());
    arb_neg(hi.get(), hi.get());
    if (tell(lo, hi, value->bounded_above, value->bounded_below)) {
      piece->negative = true;
      return piece;
    }
  }
  const targets::Enclosure enclosure = targets::evaluate(program_, x, kRoughBits);
  if (enclosure.undefined) {
    // An isolated pole may lie there too; but a ball on which there is no value anywhere is one of
    // many numbers, and only a target that is nowhere defined has poles in it.
    piece->kind = Piece::Kind::Undefined;
    return piece;
  }
  if (enclosure.clipped || !enclosure.value.is_finite()) return nullptr;

  const double size = targets::magnitude_bound(enclosure.value);
  int exponent = 0;
  if (std::isfinite(size)) std::frexp(size, &exponent);
  if (!std::isfinite(size) || exponent > kFar) piece->scale = -kScale;
  if (exponent < -kFar) piece->scale = kScale;
  const double smallest_normal = power_of_two(format_.emin - 1 + piece->scale);
  const auto found = targets::taylor_polynomial(program_, x, piece->centre, radius,
                                                {kGoal, smallest_normal}, piece->scale);
  if (!found) return nullptr;
  // Float results are a 2^29th of the way.
  const double goal = format_ == numbers::kBinary32 ? 0x1p-40 : kGoal;
  if (!(found->error <= 4 * goal * std::max(found->least, smallest_normal))) return nullptr;
  if (!(found->error < 0.5 * found->least)) return nullptr;
  piece->kind = Piece::Kind::Polynomial;
  piece->polynomial = *found;
  int radius_exponent = 0;
  std::frexp(radius, &radius_exponent);
  const int whole = 1 - radius_exponent;
  piece->to_s = std::copysign(power_of_two(whole / 2), radius);
  piece->to_s2 = power_of_two(whole - whole / 2);
  int least_exponent = 0;
  std::frexp(found->least, &least_exponent);
  const int ulp = std::max(least_exponent, format_.emin + piece->scale) - format_.precision;
  piece->doubt = 1.01 * found->error * power_of_two(-ulp);
  return piece;
}

std::shared_ptr<const Piece> Pieces::look_up(std::uint64_t first, int log_count) const {
  if (log_count < kNarrowest || capacity_ == 0) return attempt(first, log_count);
  const std::uint64_t key = first | static_cast<std::uint64_t>(log_count);
  if (const auto known = store_.find(key); known != store_.end()) return known->second;
  std::shared_ptr<const Piece> piece = attempt(first, log_count);
  if (store_.size() < capacity_) store_.emplace(key, piece);
  return piece;
}

int Pieces::start_level(std::uint64_t pattern) const {
  const std::uint64_t binade = pattern >> patterns_.mantissa_bits();
  std::atomic<std::uint8_t>& known = start_[binade & 4095];
  if (const std::uint8_t level = known.load(); level != 0) return level;
  const int widest = patterns_.mantissa_bits();
  const std::uint64_t middle = (binade << widest) | (std::uint64_t{1} << (widest - 1));
  int level = widest;
  while (level > kNarrowest && !attempt(middle & ~((std::uint64_t{1} << level) - 1), level))
    --level;
  level = std::min(level + 1, widest);
  known.store(static_cast<std::uint8_t>(level));
  return level;
}

std::shared_ptr<const Piece> Pieces::find(std::uint64_t pattern) const {
  return find(pattern, start_level(pattern));
}

std::shared_ptr<const Piece> Pieces::find(std::uint64_t pattern, int widest) const {
  // Without a store every attempt is paid for each time.
  const int step = capacity_ == 0 ? 4 : 1;
  for (int level = std::min(widest, patterns_.mantissa_bits());;
       level = std::max(0, level - step)) {
    const std::uint64_t first = pattern & ~((std::uint64_t{1} << level) - 1);
    if (auto piece = look_up(first, level)) return piece;
  }
}

void Pieces::errors(const Piece& piece, std::span<const double> x, std::span<const double> y,
                    std::span<double> error) const {
  const std::size_t count = x.size();
  switch (piece.kind) {
    case Piece::Kind::Unknown:
      std::fill(error.begin(), error.end(), kNan);
      return;
    case Piece::Kind::Undefined:
      for (std::size_t i = 0; i < count; ++i) error[i] = std::isnan(y[i]) ? 0 : kNan;
      return;
    case Piece::Kind::Beyond: {
      const double right = piece.negative ? -std::numeric_limits<double>::infinity()
                                          : std::numeric_limits<double>::infinity();
      for (std::size_t i = 0; i < count; ++i) error[i] = y[i] == right ? 0 : kNan;
      return;
    }
    case Piece::Kind::Tiny: {
      const int whole = format_.precision - format_.emin;
      const double a = power_of_two(whole / 2);
      const double b = power_of_two(whole - whole / 2);
      for (std::size_t i = 0; i < count; ++i) {
        error[i] = std::signbit(y[i]) == piece.negative ? y[i] * a * b : kNan;
      }
      return;
    }
    case Piece::Kind::Polynomial:
      break;
  }
  const targets::TaylorPolynomial& f = piece.polynomial;
  const numbers::DoubleDouble c0 = f.c0;
  const numbers::DoubleDouble c1 = f.c1;
  const std::array<double, targets::TaylorPolynomial::kTail> c = f.c;
  const double centre = piece.centre;
  const double to_s = piece.to_s;
  const double to_s2 = piece.to_s2;
  const double scale = power_of_two(piece.scale);
  const double sign = c0.hi < 0 ? -1.0 : 1.0;
  // The biased exponent of 1 / ulp.
  const std::int64_t precision = format_.precision;
  const std::int64_t emin = format_.emin + piece.scale;
  const double bound = f.error;
  const double* const __restrict in = x.data();
  const double* const __restrict out = y.data();
  double* const __restrict result = error.data();
  for (std::size_t i = 0; i < count; ++i) {
    const double s = (in[i] - centre) * to_s * to_s2;
    const numbers::DoubleDouble value = targets::value_at(c0, c1, c, s);
    const auto bits = std::bit_cast<std::int64_t>(value.hi) & 0x7fffffffffffffff;
    // At a power of two from which f may fall short, the ULP below.
    const bool edge = (bits & 0xfffffffffffff) == 0 && sign * value.lo < bound;
    const std::int64_t exponent = (bits >> 52) - 1022 - (edge ? 1 : 0);
    const std::int64_t ulp = std::max(exponent, emin) - precision;
    const double inverse = std::bit_cast<double>((1023 - ulp) << 52);
    const double d = (out[i] * scale - value.hi) - value.lo;
    result[i] = d * inverse;
  }
  // Infinities are not measured by that formula; a zero may have the wrong sign.
  for (std::size_t i = 0; i < count; ++i) {
    if (std::isinf(y[i]) || (y[i] == 0 && std::signbit(y[i]) != (c0.hi < 0))) result[i] = kNan;
  }
}

}  // namespace ulpforge::validate
