// Piece by piece.
#include "proof/double_bound.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>
#include <vector>

#include "proof/bound.h"
#include "proof/gappa.h"
#include "proof/polynomial_maximum.h"
#include "targets/exact/ball.h"
#include "targets/exact/series.h"
#include "targets/exact/ulp.h"

namespace ulpforge::proof {
namespace {

using targets::Ball;

struct Piece {
  double lo;
  double hi;
};

/// a + b and a * b, not below; a - b, not above.
double sum(double a, double b) {
  return std::nextafter(a + b, std::numeric_limits<double>::infinity());
}
double product(double a, double b) {
  return std::nextafter(a * b, std::numeric_limits<double>::infinity());
}
double difference(double a, double b) {
  return std::nextafter(a - b, -std::numeric_limits<double>::infinity());
}

/// The least and the largest |f|, and the largest |f'|, up to `reach` beyond the piece.
struct Range {
  double least = std::numeric_limits<double>::infinity();
  double largest = 0;
  double slope = 0;
};

Range range_of(const ir::Program& function, const Piece& piece, double reach) {
  constexpr int kParts = 64;
  constexpr long kBits = 128;
  Range out;
  for (int i = 0; i < kParts; ++i) {
    const auto at = [&](int k) {
      return k == kParts ? piece.hi : piece.lo + (piece.hi - piece.lo) * k / kParts;
    };
    const double lo = reach > 0 ? difference(at(i), reach) : at(i);
    const double hi = reach > 0 ? sum(at(i + 1), reach) : at(i + 1);
    const targets::Expansion f =
        targets::taylor(function, Ball::interval_of(Ball(lo), Ball(hi)), reach > 0 ? 2 : 1, kBits);
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    const Ball value = f.series[0];
    const Ball slope = f.series[1];
    if (f.undefined || f.clipped || !value.is_finite() || !slope.is_finite()) {
      return {0, kInfinity, kInfinity};
    }
    const auto upper = [](const Ball& ball) {
      return arf_get_d(arb_midref(upper_magnitude(ball).get()), ARF_RND_UP);
    };
    out.least =
        std::min(out.least, arf_get_d(arb_midref(lower_magnitude(value).get()), ARF_RND_DOWN));
    out.largest = std::max(out.largest, upper(value));
    out.slope = std::max(out.slope, upper(slope));
  }
  return out;
}

/// The domain's intervals in pieces of one size, none with a 0 inside: Gappa is better at numbers
/// of one sign.
std::vector<Piece> pieces_of(const targets::Domain& domain) {
  constexpr int kPieces = 16;
  std::vector<Piece> pieces;
  for (const targets::Domain& part : domain.parts) {
    std::ranges::copy(pieces_of(part), std::back_inserter(pieces));
  }
  if (!pieces.empty()) return pieces;
  const auto add = [&](double lo, double hi) {
    if (lo < hi) pieces.push_back({lo, hi});
  };
  for (int i = 0; i < kPieces; ++i) {
    const auto end = [&](int k) {
      return k == kPieces ? domain.hi : domain.lo + domain.width() * k / kPieces;
    };
    const double lo = end(i);
    const double hi = end(i + 1);
    if (lo < 0 && hi > 0) {
      add(lo, 0);
      add(0, hi);
    } else {
      add(lo, hi);
    }
  }
  return pieces;
}

bool touches_zero(const Piece& piece) { return piece.lo == 0 || piece.hi == 0; }

/// A piece that ends at 0 in steps of the same ratio towards it, which end before it.
std::vector<Piece> towards_zero(const Piece& piece, double smallest) {
  const bool negative = piece.lo < 0;
  const double far = negative ? -piece.lo : piece.hi;
  constexpr std::array kNearer{1.0, 0x1p-2, 0x1p-6, 0x1p-14, 0x1p-30, 0x1p-60};
  std::vector<Piece> pieces;
  for (std::size_t k = 0; k < kNearer.size(); ++k) {
    const double outer = far * kNearer[k];
    const bool last = k + 1 == kNearer.size();
    const double inner = last ? smallest : std::max(far * kNearer[k + 1], smallest);
    if (inner >= outer) break;
    pieces.push_back(negative ? Piece{-outer, -inner} : Piece{inner, outer});
  }
  return pieces;
}

struct PieceBound {
  double error;
  double rounding;
};

/// The better of what absolute and what relative errors give.
std::optional<PieceBound> bound_piece(const ir::Program& program, const targets::Target& target,
                                      const Piece& piece, Precision precision,
                                      double argument_error) {
  targets::Target part = target;
  part.weight.reset();
  part.domain = {piece.lo, piece.hi, false, false};
  // In real arithmetic the piece may as well begin at 0, where the error has a limit.
  if (piece.lo == smallest_argument(precision)) part.domain = {0, piece.hi, true, false};
  if (piece.hi == -smallest_argument(precision)) part.domain = {piece.lo, 0, false, true};
  const auto real_bound = [&](targets::Metric metric) {
    part.metric = metric;
    const Bound bound = prove(program, part);
    // What is left out between two doubles is no argument.
    const bool covers = std::ranges::all_of(bound.gaps, [](const Gap& gap) {
      return std::nextafter(gap.below, gap.above) == gap.above;
    });
    return bound.proven && covers ? std::optional(bound.bound) : std::nullopt;
  };
  const RoundingError rounding = rounding_error(program, piece.lo, piece.hi, precision);
  std::optional<PieceBound> best;
  const auto take = [&](double error, double rounded) {
    if (!best || error < best->error) best = PieceBound{error, rounded};
  };
  const bool absolute = target.metric == targets::Metric::Absolute;
  const Range range = range_of(target.program, piece, argument_error);
  const numbers::Format format =
      precision == Precision::Double ? numbers::kBinary64 : numbers::kBinary32;
  // Divisions by a power of two are exact.
  const double unit = absolute ? 1 : targets::ulp(format, range.least);
  // |f(argument) - f(right argument)|.
  const double moved = argument_error > 0 ? product(range.slope, argument_error) : 0;
  if (rounding.absolute) {
    if (const auto real = real_bound(targets::Metric::Absolute)) {
      take(sum(sum(*real, *rounding.absolute), moved) / unit, *rounding.absolute / unit);
    }
  }
  if (rounding.relative && !absolute) {
    if (const auto real = real_bound(targets::Metric::Relative)) {
      // |f| < 2^p ulp(f), but for what lies beyond the piece, and no |f| is larger than the
      // largest.
      const double most = range.largest / unit;
      const double ratio =
          argument_error > 0 ? most : std::min(std::ldexp(1.0, format.precision), most);
      const double rounded = product(*rounding.relative, sum(1, *real));
      take(sum(product(sum(*real, rounded), ratio), moved / unit), product(rounded, ratio));
    }
  }
  return best;
}

}  // namespace

DoubleBound prove_in_format(const ir::Program& program, const targets::Target& target,
                            Precision precision, double argument_error) {
  DoubleBound out;
  const bool fit =
      std::ranges::all_of(program.constants, [&](const numbers::DoubleDouble& constant) {
        const bool narrow = static_cast<double>(static_cast<float>(constant.hi)) == constant.hi;
        return constant.lo == 0 && (narrow || precision == Precision::Double);
      });
  if (!fit) {
    out.obstacle = fmt::format("constants of more than {} bits: the emitted code has other ones",
                               precision == Precision::Double ? 53 : 24);
    return out;
  }
  std::vector<Piece> pieces = pieces_of(target.domain);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece piece = pieces[i];
    // Where the target vanishes at 0, no absolute error says anything about ULP.
    const bool vanishes = target.metric != targets::Metric::Absolute && touches_zero(piece) &&
                          range_of(target.program, piece, 0).least == 0;
    const auto bound =
        vanishes ? std::nullopt : bound_piece(program, target, piece, precision, argument_error);
    if (!bound && touches_zero(piece)) {
      const std::vector<Piece> nearer = towards_zero(piece, smallest_argument(precision));
      pieces.insert(pieces.end(), nearer.begin(), nearer.end());
      out.skips_zero = true;
      continue;
    }
    if (!bound || !std::isfinite(bound->error)) {
      out.obstacle =
          fmt::format("no bound on the rounding error for x in [{}, {}]", piece.lo, piece.hi);
      return out;
    }
    if (bound->error > out.bound) {
      out.bound = bound->error;
      out.rounding = bound->rounding;
      out.worst_lo = piece.lo;
      out.worst_hi = piece.hi;
    }
  }
  out.proven = true;
  return out;
}

}  // namespace ulpforge::proof
