// Piece by piece.
#include "proof/double_bound.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "proof/bound.h"
#include "proof/gappa.h"
#include "proof/polynomial_maximum.h"
#include "targets/ball.h"
#include "targets/ulp.h"

namespace ulpforge::proof {
namespace {

using targets::Ball;

struct Piece {
  double lo;
  double hi;
};

std::vector<Piece> pieces_of(const targets::Domain& domain, bool& skips_zero) {
  constexpr int kPieces = 16;
  std::vector<Piece> pieces;
  skips_zero = domain.lo <= 0 && domain.hi >= 0;
  const auto add = [&](double lo, double hi) {
    if (lo < hi) pieces.push_back({lo, hi});
  };
  for (int i = 0; i < kPieces; ++i) {
    const auto end = [&](int k) {
      return k == kPieces ? domain.hi : domain.lo + domain.width() * k / kPieces;
    };
    const double lo = end(i);
    const double hi = end(i + 1);
    if (lo > 0 || hi < 0) {
      add(lo, hi);
      continue;
    }
    // Towards 0 in steps of the same ratio.
    for (const double sign : {-1.0, 1.0}) {
      const double far = sign < 0 ? -lo : hi;
      constexpr std::array kNearer{1.0, 0x1p-2, 0x1p-6, 0x1p-14, 0x1p-30, 0x1p-60};
      for (std::size_t k = 0; k < kNearer.size(); ++k) {
        const double outer = far * kNearer[k];
        const double inner = k + 1 < kNearer.size() ? far * kNearer[k + 1] : kSmallestArgument;
        if (sign < 0) {
          add(-outer, -inner);
        } else {
          add(inner, outer);
        }
      }
    }
  }
  return pieces;
}

/// The least and the largest |f| on the piece.
struct Range {
  double least = std::numeric_limits<double>::infinity();
  double largest = 0;
};

Range range_of(const ir::Program& function, const Piece& piece) {
  constexpr int kParts = 64;
  constexpr long kBits = 128;
  Range out;
  for (int i = 0; i < kParts; ++i) {
    const auto at = [&](int k) {
      return k == kParts ? piece.hi : piece.lo + (piece.hi - piece.lo) * k / kParts;
    };
    const targets::Enclosure f =
        targets::evaluate(function, Ball::interval_of(Ball(at(i)), Ball(at(i + 1))), kBits);
    if (f.undefined || !f.value.is_finite()) return {0, std::numeric_limits<double>::infinity()};
    out.least =
        std::min(out.least, arf_get_d(arb_midref(lower_magnitude(f.value).get()), ARF_RND_DOWN));
    out.largest =
        std::max(out.largest, arf_get_d(arb_midref(upper_magnitude(f.value).get()), ARF_RND_UP));
  }
  return out;
}

/// a + b and a * b, not below.
double sum(double a, double b) {
  return std::nextafter(a + b, std::numeric_limits<double>::infinity());
}
double product(double a, double b) {
  return std::nextafter(a * b, std::numeric_limits<double>::infinity());
}

struct PieceBound {
  double error;
  double rounding;
};

/// The better of what absolute and what relative errors give.
std::optional<PieceBound> bound_piece(const ir::Program& program, const targets::Target& target,
                                      const Piece& piece) {
  targets::Target part = target;
  part.domain = {piece.lo, piece.hi, false, false};
  // In real arithmetic the piece may as well begin at 0, where the error has a limit.
  if (piece.lo == kSmallestArgument) part.domain = {0, piece.hi, true, false};
  if (piece.hi == -kSmallestArgument) part.domain = {piece.lo, 0, false, true};
  const auto real_bound = [&](targets::Metric metric) {
    part.metric = metric;
    const Bound bound = prove(program, part);
    return bound.proven ? std::optional(bound.bound) : std::nullopt;
  };
  const RoundingError rounding = rounding_error(program, piece.lo, piece.hi);
  std::optional<PieceBound> best;
  const auto take = [&](double error, double rounded) {
    if (!best || error < best->error) best = PieceBound{error, rounded};
  };
  const bool absolute = target.metric == targets::Metric::Absolute;
  const Range range = range_of(target.program, piece);
  // Divisions by a power of two are exact.
  const double unit = absolute ? 1 : targets::ulp_f64(range.least);
  if (rounding.absolute) {
    if (const auto real = real_bound(targets::Metric::Absolute)) {
      take(sum(*real, *rounding.absolute) / unit, *rounding.absolute / unit);
    }
  }
  if (rounding.relative && !absolute) {
    if (const auto real = real_bound(targets::Metric::Relative)) {
      // |f| < 2^53 ulp(f), and no |f| is larger than the largest.
      const double ratio = std::min(0x1p53, range.largest / unit);
      const double rounded = product(*rounding.relative, sum(1, *real));
      take(product(sum(*real, rounded), ratio), product(rounded, ratio));
    }
  }
  return best;
}

}  // namespace

DoubleBound prove_in_double(const ir::Program& program, const targets::Target& target) {
  DoubleBound out;
  const bool doubles = std::ranges::all_of(
      program.constants, [](const ir::DoubleDouble& constant) { return constant.lo == 0; });
  if (!doubles) {
    out.obstacle = "constants of more than 53 bits: the emitted code has other ones";
    return out;
  }
  for (const Piece& piece : pieces_of(target.domain, out.skips_zero)) {
    const auto bound = bound_piece(program, target, piece);
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
