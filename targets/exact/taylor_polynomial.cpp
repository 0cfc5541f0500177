// Coefficients from Arb's Taylor series, the remainder from the same series over the whole
// interval.
#include "targets/exact/taylor_polynomial.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "targets/exact/limit.h"
#include "targets/exact/series.h"

namespace ulpforge::targets {
namespace {

constexpr std::size_t kTerms = TaylorPolynomial::kTail + 2;
/// Enough bits to tell cos(2^-149) = 1 - 2^-299 from 1.
constexpr long kBits = 384;
constexpr long kRoughBits = 64;

double midpoint(const Ball& ball) { return arf_get_d(arb_midref(ball.get()), ARF_RND_NEAR); }

/// The ball's midpoint as a pair, and a bound of what the pair misses of any number in the ball.
numbers::DoubleDouble to_pair(const Ball& ball, double& missed) {
  Ball rest = ball;
  numbers::DoubleDouble pair;
  pair.hi = midpoint(ball);
  const Ball high(pair.hi);
  arb_sub(rest.get(), rest.get(), high.get(), ARF_PREC_EXACT);
  pair.lo = midpoint(rest);
  const Ball low(pair.lo);
  arb_sub(rest.get(), rest.get(), low.get(), ARF_PREC_EXACT);
  missed = magnitude_bound(rest);
  return pair;
}

/// Coefficient k in (x - centre) as one in (x - centre) / radius, times 2^scale.
Ball scaled(const Ball& coefficient, std::size_t k, double radius, int scale) {
  int exponent = 0;
  std::frexp(radius, &exponent);
  --exponent;
  Ball result = coefficient;
  arb_mul_2exp_si(result.get(), result.get(), static_cast<slong>(k) * exponent + scale);
  if (radius < 0 && k % 2 != 0) arb_neg(result.get(), result.get());
  return result;
}

/// What a polynomial in s = (x - centre) / radius is made of.
struct Expanded {
  Series at;         ///< the function about the centre, kTerms coefficients
  double remainder;  ///< what these miss
  double largest;    ///< a bound of the function's values
};

std::optional<TaylorPolynomial> make_polynomial(const Expanded& expanded, double radius, int scale,
                                                std::optional<int> log_steps) {
  const Series& at = expanded.at;
  TaylorPolynomial result;
  double missed0 = 0;
  double missed1 = 0;
  for (std::size_t k = 0; k < kTerms; ++k) {
    if (!at[k].is_finite()) return {};
  }
  result.c0 = to_pair(scaled(at[0], 0, radius, scale), missed0);
  result.c1 = to_pair(scaled(at[1], 1, radius, scale), missed1);
  // Rounding errors of value_at(), in units of 2^-53: each c[k] is rounded once, passes through
  // k + 1 fmas of Horner's scheme (k = 0, ... counts from s^2) and the product with s^2; the small
  // parts are summed in four more roundings.
  double small = std::abs(result.c0.lo) + std::abs(result.c1.lo);
  double horner = 0;
  double high_terms = 0;
  for (std::size_t k = 2; k < kTerms; ++k) {
    const Ball coefficient = scaled(at[k], k, radius, scale);
    result.c[k - 2] = midpoint(coefficient);
    Ball rest = coefficient;
    const Ball rounded(result.c[k - 2]);
    arb_sub(rest.get(), rest.get(), rounded.get(), kRoughBits);
    const double size = std::abs(result.c[k - 2]);
    missed0 += magnitude_bound(rest);
    horner += static_cast<double>(k + 1) * size;
    high_terms += size;
  }
  // What the sum c0 + c1 s leaves over is at most its rounding error, and at most c1 s: next to a
  // constant, as of exp(x) at tiny x, that keeps the small part certain.
  // Next to a line, as of x/2 + x^2/5, nothing may be left over.
  small += high_terms;
  if (!log_steps || !sums_exactly(result.c0.hi, result.c1.hi, *log_steps)) {
    small += std::min(0x1p-52 * (std::abs(result.c0.hi) + std::abs(result.c1.hi)),
                      2 * std::abs(result.c1.hi));
  }
  constexpr double kUnit = 0x1p-53;
  constexpr double kUnderflow = 0x1p-1065;
  constexpr double kSlack = 1 + 0x1p-20;
  result.error =
      kSlack * (expanded.remainder + missed0 + missed1 + kUnit * (horner + 4 * small)) + kUnderflow;
  if (!std::isfinite(result.error)) return {};
  result.least = std::abs(result.c0.hi) - (std::abs(result.c1.hi) + small) * kSlack;
  result.most = std::abs(result.c0.hi) + std::abs(result.c1.hi) + small;
  return result;
}

bool meets(const TaylorGoal& goal, const Expanded& expanded) {
  return expanded.remainder <= goal.relative * std::max(expanded.largest, goal.floor);
}

}  // namespace

std::optional<TaylorPolynomial> taylor_polynomial(const ir::Program& program, const Ball& x,
                                                  double centre, double radius, TaylorGoal goal,
                                                  int scale, std::optional<int> log_steps) {
  const Expansion over = taylor(program, x, kTerms + 1, kRoughBits);
  const Ball last = scaled(over.series[kTerms], kTerms, radius, scale);
  if (over.clipped || !last.is_finite()) return {};
  Expanded expanded;
  expanded.remainder = magnitude_bound(last);
  expanded.largest = magnitude_bound(scaled(over.series[0], 0, radius, scale));
  if (!meets(goal, expanded)) return {};
  expanded.at = taylor(program, Ball(centre), kTerms, kBits).series;
  return make_polynomial(expanded, radius, scale, log_steps);
}

std::optional<TaylorPolynomial> taylor_polynomial_from_zero(const ir::Program& program,
                                                            double centre, double radius,
                                                            TaylorGoal goal,
                                                            std::optional<int> log_steps) {
  const Ball zero(0.0);
  Ball x(centre);
  arb_add_error(x.get(), Ball(radius).get());
  Ball both = Ball::interval_of(zero, x);
  const Expansion over = taylor_around(program, both, zero, kTerms + 1, kRoughBits);
  if (over.undefined || over.clipped || !over.series[kTerms].is_finite()) return {};
  Expanded expanded;
  // Lagrange's remainder of the expansion about 0.
  Ball last;
  arb_pow_ui(last.get(), x.get(), kTerms, kRoughBits);
  arb_mul(last.get(), last.get(), over.series[kTerms].get(), kRoughBits);
  expanded.remainder = magnitude_bound(last);
  expanded.at = taylor_around(program, zero, zero, kTerms, kBits).series;
  arb_poly_taylor_shift(expanded.at.get(), expanded.at.get(), Ball(centre).get(), kBits);
  expanded.largest = magnitude_bound(expanded.at[0]);
  if (!meets(goal, expanded)) return {};
  return make_polynomial(expanded, radius, 0, log_steps);
}

bool sums_exactly(double a, double b, int log_steps) {
  if (b == 0) return true;
  int exponent = 0;
  const double mantissa = std::frexp(std::abs(b), &exponent);
  const auto digits = static_cast<std::uint64_t>(std::ldexp(mantissa, 53));
  // All of them are multiples of that, and of a and b there are fewer than 2^53.
  const double unit = std::ldexp(1.0, exponent - 53 + std::countr_zero(digits) - log_steps);
  return unit > 0 && std::fmod(a, unit) == 0 && std::abs(a) + std::abs(b) <= 0x1p53 * unit;
}

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

}  // namespace ulpforge::targets
