// Branch and bound by shifting the polynomial to the middle of each piece.
#include "proof/polynomial_maximum.h"

#include <vector>

namespace ulpforge::proof {
namespace {

using targets::Ball;
using targets::Series;

constexpr long kBoundBits = 64;

bool less_or_equal(const Ball& a, const Ball& b) { return arb_le(a.get(), b.get()) != 0; }

Ball larger(const Ball& a, const Ball& b) {
  Ball out;
  arb_max(out.get(), a.get(), b.get(), kBoundBits);
  return out;
}

Ball sum(const Ball& a, const Ball& b) {
  Ball out;
  arb_add(out.get(), a.get(), b.get(), kBoundBits);
  return out;
}

Ball product(const Ball& a, const Ball& b) {
  Ball out;
  arb_mul(out.get(), a.get(), b.get(), kBoundBits);
  return out;
}

/// The largest |d0 + d1 t + d2 t^2| for |t| <= r.
Ball quadratic_bound(const Ball& d0, const Ball& d1, const Ball& d2, const Ball& r) {
  const Ball linear = product(d1, r);
  const Ball square = product(d2, product(r, r));
  const Ball even = sum(d0, square);
  Ball odd = linear;
  Ball right = sum(even, odd);
  arb_neg(odd.get(), odd.get());
  const Ball left = sum(even, odd);
  Ball bound = larger(upper_magnitude(left), upper_magnitude(right));
  // The vertex lies inside when |d1| < 2 |d2| r.
  Ball twice = upper_magnitude(square);
  arb_mul_2exp_si(twice.get(), twice.get(), 1);
  if (arb_gt(lower_magnitude(linear).get(), twice.get())) return bound;
  Ball vertex;
  arb_sqr(vertex.get(), linear.get(), kBoundBits);
  arb_div(vertex.get(), vertex.get(), square.get(), kBoundBits);
  arb_mul_2exp_si(vertex.get(), vertex.get(), -2);
  arb_sub(vertex.get(), d0.get(), vertex.get(), kBoundBits);
  const Ball crude =
      sum(upper_magnitude(d0), sum(upper_magnitude(linear), upper_magnitude(square)));
  if (!vertex.is_finite()) return crude;
  bound = larger(bound, upper_magnitude(vertex));
  return less_or_equal(crude, bound) ? crude : bound;
}

struct Piece {
  Series polynomial;  ///< about the piece's middle
  Ball middle;
};

}  // namespace

Ball upper_magnitude(const Ball& ball) {
  Ball out;
  arb_get_abs_ubound_arf(arb_midref(out.get()), ball.get(), kBoundBits);
  return out;
}

Ball lower_magnitude(const Ball& ball) {
  Ball out;
  arb_get_abs_lbound_arf(arb_midref(out.get()), ball.get(), kBoundBits);
  return out;
}

Ball magnitude_bound(const Series& shifted, const Ball& radius) {
  Ball bound;
  for (std::size_t k = shifted.size(); k-- > 3;) {
    bound = sum(product(bound, radius), upper_magnitude(shifted[k]));
  }
  bound = product(bound, product(radius, product(radius, radius)));
  return upper_magnitude(sum(bound, quadratic_bound(shifted[0], shifted[1], shifted[2], radius)));
}

Ball maximum(const Series& polynomial, const Ball& from, const Ball& to, const Ball& slack,
             double tolerance, Ball& largest, Ball& at, long bits) {
  const Ball factor(1 + tolerance);
  const auto shifted = [&](const Series& source, const Ball& by) {
    Series out;
    arb_poly_taylor_shift(out.get(), source.get(), by.get(), bits);
    return out;
  };
  Ball middle = from;
  arb_add(middle.get(), middle.get(), to.get(), ARF_PREC_EXACT);
  arb_mul_2exp_si(middle.get(), middle.get(), -1);
  Ball radius;
  arb_sub(radius.get(), to.get(), middle.get(), ARF_PREC_EXACT);
  std::vector<Piece> pieces;
  pieces.push_back({shifted(polynomial, middle), middle});
  Ball bound = slack;
  // All pieces of a round have the same radius.
  while (!pieces.empty()) {
    for (const Piece& piece : pieces) {
      Ball value = lower_magnitude(piece.polynomial[0]);
      arb_sub(value.get(), value.get(), slack.get(), kBoundBits);
      arb_get_lbound_arf(arb_midref(value.get()), value.get(), kBoundBits);
      mag_zero(arb_radref(value.get()));
      if (arb_gt(value.get(), largest.get())) {
        largest = value;
        at = piece.middle;
      }
    }
    const Ball enough = product(largest, factor);
    Ball half = radius;
    arb_mul_2exp_si(half.get(), half.get(), -1);
    Ball minus_half;
    arb_neg(minus_half.get(), half.get());
    std::vector<Piece> next;
    for (Piece& piece : pieces) {
      const Ball here = upper_magnitude(sum(magnitude_bound(piece.polynomial, radius), slack));
      if (less_or_equal(here, enough)) {
        bound = larger(bound, here);
        continue;
      }
      for (const Ball& step : {minus_half, half}) {
        Ball centre = piece.middle;
        arb_add(centre.get(), centre.get(), step.get(), ARF_PREC_EXACT);
        next.push_back({shifted(piece.polynomial, step), centre});
      }
    }
    pieces = std::move(next);
    radius = half;
  }
  return upper_magnitude(bound);
}

}  // namespace ulpforge::proof
