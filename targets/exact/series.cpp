// The operation table over power series.
#include "targets/exact/series.h"

#include <arb_hypgeom.h>

#include <algorithm>
#include <vector>

#include "targets/exact/steps.h"

namespace ulpforge::targets {
namespace {

/// The arguments that every function on series takes besides its operands.
struct Terms {
  slong length;
  slong bits;
};

void all_indeterminate(Series& out, Terms terms) {
  Ball none;
  arb_indeterminate(none.get());
  for (slong k = 0; k < terms.length; ++k) out.set(static_cast<std::size_t>(k), none);
}

Ball constant_term(const Series& a) { return a[0]; }

Series multiply(const Series& a, const Series& b, Terms terms) {
  Series out;
  // The classical form gives each coefficient the sharpest radius.
  arb_poly_mullow_classical(out.get(), a.get(), b.get(), terms.length, terms.bits);
  return out;
}

Series divide(const Series& a, const Series& b, Terms terms) {
  Series out;
  if (b.size() == 0) {  // the zero polynomial, which Arb does not divide by
    all_indeterminate(out, terms);
  } else {
    arb_poly_div_series(out.get(), a.get(), b.get(), terms.length, terms.bits);
  }
  return out;
}

Series sum(const Series& a, const Series& b, Terms terms) {
  Series out;
  arb_poly_add_series(out.get(), a.get(), b.get(), terms.length, terms.bits);
  return out;
}

Series plus(const Series& a, slong number, Terms terms) {
  Series out;
  arb_poly_add_si(out.get(), a.get(), number, terms.bits);
  return out;
}

Series negative(const Series& a) {
  Series out;
  arb_poly_neg(out.get(), a.get());
  return out;
}

Series scaled(const Series& a, const Ball& factor, Terms terms) {
  Series out;
  arb_poly_scalar_mul(out.get(), a.get(), factor.get(), terms.bits);
  return out;
}

Ball value_of(ir::Op op, const Ball& a, Terms terms) {
  Ball value;
  apply(op, value, a, a, a, terms.bits);
  return value;
}

/// 1 / sqrt(a) and sqrt(a).
Series reciprocal_root(const Series& a, Terms terms) {
  Series out;
  if (arb_is_positive(constant_term(a).get())) {
    arb_poly_rsqrt_series(out.get(), a.get(), terms.length, terms.bits);
  } else {
    all_indeterminate(out, terms);
  }
  return out;
}
Series root(const Series& a, Terms terms) {
  Series out;
  if (arb_is_positive(constant_term(a).get())) {
    arb_poly_sqrt_series(out.get(), a.get(), terms.length, terms.bits);
  } else {
    all_indeterminate(out, terms);
  }
  return out;
}

Series exponential(const Series& a, Terms terms) {
  Series out;
  arb_poly_exp_series(out.get(), a.get(), terms.length, terms.bits);
  return out;
}

Series logarithm(const Series& a, Terms terms) {
  Series out;
  if (a.size() == 0) {
    all_indeterminate(out, terms);
  } else {
    arb_poly_log_series(out.get(), a.get(), terms.length, terms.bits);
  }
  return out;
}

Ball log_of(unsigned long base, Terms terms) {
  Ball out;
  arb_log_ui(out.get(), base, terms.bits);
  return out;
}

Series logarithm(const Series& a, unsigned long base, Terms terms) {
  Ball factor;
  arb_inv(factor.get(), log_of(base, terms).get(), terms.bits);
  return scaled(logarithm(a, terms), factor, terms);
}

/// Integral of slope * a', with a constant term of 0: what a' has to be multiplied by is the
/// function's derivative at a.
Series integral(const Series& slope, const Series& a, Terms terms) {
  Series derivative;
  arb_poly_derivative(derivative.get(), a.get(), terms.bits);
  Series out = multiply(slope, derivative, {terms.length - 1, terms.bits});
  arb_poly_integral(out.get(), out.get(), terms.bits);
  return out;
}

/// a^2 + b^2.
Series squares(const Series& a, const Series& b, Terms terms) {
  return sum(multiply(a, a, terms), multiply(b, b, terms), terms);
}

/// f(a) from the Taylor coefficients of f about a's constant term.
Series compose(const Series& f, const Series& a, Terms terms) {
  if (a.size() == 2 && arb_is_one(a[1].get())) return f;
  Series inner = a;
  inner.set(0, Ball(0.0));
  Series out;
  arb_poly_compose_series(out.get(), f.get(), inner.get(), terms.length, terms.bits);
  return out;
}

/// |a|; there is no series where the constant term may have either sign.
Series absolute(const Series& a, Terms terms) {
  const Ball start = constant_term(a);
  if (arb_is_nonnegative(start.get()) && !start.contains_zero()) return a;
  if (arb_is_negative(start.get())) return negative(a);
  Series out;
  all_indeterminate(out, terms);
  return out;
}

/// min(a, b); there is no series where either may be the smaller one.
Series smaller(const Series& a, const Series& b, Terms terms) {
  const Ball left = constant_term(a);
  const Ball right = constant_term(b);
  if (arb_lt(left.get(), right.get())) return a;
  if (arb_lt(right.get(), left.get())) return b;
  Series out;
  all_indeterminate(out, terms);
  return out;
}

Series integer_power(const Series& a, slong exponent, Terms terms) {
  Series out;
  arb_poly_pow_ui_trunc_binexp(out.get(), a.get(), static_cast<ulong>(std::abs(exponent)),
                               terms.length, terms.bits);
  return exponent < 0 ? divide(Series(Ball(1.0)), out, terms) : out;
}

Series power(const Series& a, const Series& b, Terms terms) {
  constexpr slong kLargest = 1 << 16;
  const Ball exponent = constant_term(b);
  if (b.size() <= 1 && arb_is_int(exponent.get()) &&
      arf_cmpabs_ui(arb_midref(exponent.get()), kLargest) < 0) {
    return integer_power(a, arf_get_si(arb_midref(exponent.get()), ARF_RND_NEAR), terms);
  }
  // The logarithm's error is multiplied by b.
  const slong size =
      std::clamp<slong>(arf_abs_bound_lt_2exp_si(arb_midref(exponent.get())), 0, 4096);
  const Terms wide{terms.length, terms.bits + size + 4};
  return exponential(multiply(logarithm(a, wide), b, wide), terms);
}

Series cube_root(const Series& a, Terms terms) {
  if (constant_term(a).contains_zero()) {
    Series out;
    all_indeterminate(out, terms);
    return out;
  }
  const bool below_zero = arb_is_negative(constant_term(a).get()) != 0;
  Ball third(1.0);
  arb_div_ui(third.get(), third.get(), 3, terms.bits);
  Series out;
  const Series size = below_zero ? negative(a) : a;
  arb_poly_pow_arb_series(out.get(), size.get(), third.get(), terms.length, terms.bits);
  return below_zero ? negative(out) : out;
}

/// tan, whose value at a's constant term is `first`. From tan' = 1 + tan^2, whose recurrence has no
/// cancellation.
Series tangent(const Series& a, const Ball& first, Terms terms) {
  std::vector<Ball> coefficients(static_cast<std::size_t>(terms.length));
  coefficients[0] = first;
  Series out;
  for (std::size_t k = 0; k < coefficients.size(); ++k) {
    if (k > 0) {
      Ball& next = coefficients[k];
      if (k == 1) arb_one(next.get());
      for (std::size_t i = 0; i < k; ++i) {
        arb_addmul(next.get(), coefficients[i].get(), coefficients[k - 1 - i].get(), terms.bits);
      }
      arb_div_ui(next.get(), next.get(), k, terms.bits);
    }
    out.set(k, coefficients[k]);
  }
  return compose(out, a, terms);
}

Ball pi_of(Terms terms) {
  Ball pi;
  arb_const_pi(pi.get(), terms.bits);
  return pi;
}

Series over_pi(const Series& a, Terms terms) {
  Ball factor;
  arb_inv(factor.get(), pi_of(terms).get(), terms.bits);
  return scaled(a, factor, terms);
}

/// a^n for an integer n, which may be too large for products: by |a| then.
Series whole_power(const Series& a, const Series& n, Terms terms) {
  if (!arb_is_negative(constant_term(a).get())) return power(a, n, terms);
  Ball half;
  arb_mul_2exp_si(half.get(), n[0].get(), -1);
  const Series size = power(negative(a), n, terms);
  return arb_is_int(half.get()) ? size : negative(size);
}

/// (1 + a)^b. The logarithm is multiplied by b, and small where a is.
Series one_plus_power(const Series& a, const Series& b, Terms terms) {
  constexpr slong kSmall = 64;
  if (b.size() <= 1 && arb_is_int(b[0].get()) &&
      arf_cmpabs_ui(arb_midref(b[0].get()), kSmall) <= 0) {
    return power(plus(a, 1, terms), b, terms);
  }
  const slong size = std::clamp<slong>(arf_abs_bound_lt_2exp_si(arb_midref(b[0].get())), 0, 4096);
  const Terms wide{terms.length, terms.bits + size + 4};
  Series logarithm_of;
  arb_poly_log1p_series(logarithm_of.get(), a.get(), wide.length, wide.bits);
  return exponential(multiply(logarithm_of, b, wide), terms);
}

/// a^(1/n) for an integer n.
Series whole_root(const Series& a, const Series& n, Terms terms) {
  Series out;
  if (n.size() > 1 || !arb_is_int(n[0].get()) || constant_term(a).contains_zero()) {
    all_indeterminate(out, terms);
    return out;
  }
  const bool below_zero = arb_is_negative(constant_term(a).get()) != 0;
  Ball exponent;
  arb_inv(exponent.get(), n[0].get(), terms.bits);
  const Series size = below_zero ? negative(a) : a;
  arb_poly_pow_arb_series(out.get(), size.get(), exponent.get(), terms.length, terms.bits);
  return below_zero ? negative(out) : out;
}

/// exp(a^2) erfc(a). The Taylor coefficients about x > 0 are (-2)^k d(k), where d(k) = exp(x^2)
/// i^k erfc(x) = U((k + 1) / 2, 1 / 2, x^2) / (2^k sqrt(pi)) and d(k - 2) = 2 k d(k) + 2 x d(k - 1)
/// (repeated integrals of erfc, DLMF 7.18.10 and 7.18.7), downwards without cancellation. Those
/// about every number of an interval lie between those about its ends, since erfcx is completely
/// monotone. To the left of 1 by w' = 2 x w - 2 / sqrt(pi).
std::vector<Ball> erfcx_coefficients(const Ball& x, Terms terms) {
  std::vector<Ball> c(static_cast<std::size_t>(terms.length));
  const slong bits = terms.bits + 20;
  Ball root_pi;
  arb_const_sqrt_pi(root_pi.get(), bits);
  if (arf_cmp_si(arb_midref(x.get()), 1) > 0) {
    Ball square;
    arb_sqr(square.get(), x.get(), 2 * bits);
    for (std::size_t k = c.size(); k-- > 0;) {
      if (k + 2 < c.size()) {
        arb_mul(c[k].get(), x.get(), c[k + 1].get(), bits);
        arb_addmul_si(c[k].get(), c[k + 2].get(), static_cast<slong>(k) + 2, bits);
        arb_mul_2exp_si(c[k].get(), c[k].get(), 1);
        continue;
      }
      const Ball order(0.5 * static_cast<double>(k + 1));
      arb_hypgeom_u(c[k].get(), order.get(), Ball(0.5).get(), square.get(), bits);
      arb_div(c[k].get(), c[k].get(), root_pi.get(), bits);
      arb_mul_2exp_si(c[k].get(), c[k].get(), -static_cast<slong>(k));
    }
    for (std::size_t k = 0; k < c.size(); ++k) {
      arb_mul_2exp_si(c[k].get(), c[k].get(), static_cast<slong>(k));
      if (k % 2 != 0) arb_neg(c[k].get(), c[k].get());
    }
    return c;
  }
  const slong wide = bits + 8 * terms.length;
  apply(ir::Op::Erfcx, c[0], x, x, x, wide);
  Ball twice_x;
  arb_mul_2exp_si(twice_x.get(), x.get(), 1);
  for (std::size_t k = 0; k + 1 < c.size(); ++k) {
    const arb_ptr next = c[k + 1].get();
    arb_mul(next, twice_x.get(), c[k].get(), wide);
    if (k == 0) {
      Ball inverse;
      arb_inv(inverse.get(), root_pi.get(), wide);
      arb_mul_2exp_si(inverse.get(), inverse.get(), 1);
      arb_sub(next, next, inverse.get(), wide);
    } else {
      Ball before = c[k - 1];
      arb_mul_2exp_si(before.get(), before.get(), 1);
      arb_add(next, next, before.get(), wide);
    }
    arb_div_ui(next, next, k + 1, wide);
  }
  return c;
}

Series scaled_erfc(const Series& a, Terms terms) {
  const Ball x = constant_term(a);
  Ball lo;
  Ball hi;
  arb_get_lbound_arf(arb_midref(lo.get()), x.get(), terms.bits);
  arb_get_ubound_arf(arb_midref(hi.get()), x.get(), terms.bits);
  const bool point = arb_is_exact(x.get()) != 0;
  const std::vector<Ball> low = erfcx_coefficients(point ? x : lo, terms);
  const std::vector<Ball> high = point ? low : erfcx_coefficients(hi, terms);
  Series out;
  for (std::size_t k = 0; k < low.size(); ++k) {
    Ball both;
    arb_union(both.get(), low[k].get(), high[k].get(), terms.bits);
    out.set(k, point ? low[k] : both);
  }
  return compose(out, a, terms);
}

/// For a >= 0 from 2 / (1 + exp(-2 a)) - 1, whose coefficients but the first have no cancellation;
/// the first is arb_tanh's. Odd.
Series hyperbolic_tangent(const Series& a, Terms terms) {
  const bool below_zero = arf_sgn(arb_midref(constant_term(a).get())) < 0;
  const Series decay = exponential(scaled(a, Ball(below_zero ? 2.0 : -2.0), terms), terms);
  Series out = divide(Series(Ball(2.0)), plus(decay, 1, terms), terms);
  if (below_zero) out = negative(out);
  Ball first;
  arb_tanh(first.get(), constant_term(a).get(), terms.bits);
  out.set(0, first);
  return out;
}

/// The Taylor coefficients of log gamma about every point of a ball inside (0, inf). Beyond the
/// first they are monotone (digamma, and (-1)^k zeta(k, x) / k, DLMF 5.15), so over an interval
/// they come from its ends.
Series positive_log_gamma(const Ball& x, Terms terms) {
  constexpr slong kNarrow = 32;
  const auto direct = [&](const Ball& point) {
    Series out;
    arb_poly_lgamma_series(out.get(), Series::variable(point).get(), terms.length, terms.bits);
    return out;
  };
  if (arb_rel_accuracy_bits(x.get()) > kNarrow) return direct(x);
  Ball lo;
  Ball hi;
  arb_get_lbound_arf(arb_midref(lo.get()), x.get(), terms.bits);
  arb_get_ubound_arf(arb_midref(hi.get()), x.get(), terms.bits);
  const Series at_lo = direct(lo);
  Series out = direct(hi);
  for (std::size_t k = 1; k < static_cast<std::size_t>(terms.length); ++k) {
    Ball both;
    arb_union(both.get(), at_lo[k].get(), out[k].get(), terms.bits);
    out.set(k, both);
  }
  // The first by the mean value theorem.
  Ball middle;
  arb_get_mid_arb(middle.get(), x.get());
  arb_hypgeom_lgamma(middle.get(), middle.get(), terms.bits);
  Ball offset;
  mag_set(arb_radref(offset.get()), arb_radref(x.get()));
  arb_addmul(middle.get(), offset.get(), out[1].get(), terms.bits);
  out.set(0, middle);
  return out;
}

/// sin(pi a) for a ball without an integer, with the sign that makes it positive, and that sign.
Series reflection_sine(const Series& a, bool& below_zero, Terms terms) {
  Series out;
  arb_poly_sin_pi_series(out.get(), a.get(), terms.length, terms.bits);
  below_zero = arf_sgn(arb_midref(constant_term(out).get())) < 0;
  return below_zero ? negative(out) : out;
}

/// log |gamma(a)|; below 0 by reflection, gamma(a) gamma(1 - a) = pi / sin(pi a).
Series log_abs_gamma(const Series& a, Terms terms) {
  const Ball x = constant_term(a);
  if (arb_is_positive(x.get())) return compose(positive_log_gamma(x, terms), a, terms);
  Series out;
  if (arb_contains_int(x.get())) {
    all_indeterminate(out, terms);
    return out;
  }
  bool below_zero = false;
  Ball pi;
  arb_const_pi(pi.get(), terms.bits);
  out = divide(Series(pi), reflection_sine(a, below_zero, terms), terms);
  return sum(logarithm(out, terms), negative(log_abs_gamma(plus(negative(a), 1, terms), terms)),
             terms);
}

/// The derivative of log gamma; for positive arguments, where its coefficients come from the ends.
Series digamma(const Series& a, Terms terms) {
  Series out;
  if (arb_is_positive(constant_term(a).get())) {
    const Series log = positive_log_gamma(constant_term(a), {terms.length + 1, terms.bits});
    arb_poly_derivative(out.get(), log.get(), terms.bits);
    return compose(out, a, terms);
  }
  arb_poly_digamma_series(out.get(), a.get(), terms.length, terms.bits);
  return out;
}

/// W as the inverse of g(y) = y exp(y), whose Taylor coefficients are exp(y) (y + k) / k!.
Series lambert_w(const Series& a, Terms terms) {
  const Ball start = value_of(ir::Op::LambertW, constant_term(a), terms);
  Series forward;
  Ball factor;
  arb_exp(factor.get(), start.get(), terms.bits);
  for (slong k = 1; k < std::max<slong>(terms.length, 2); ++k) {
    Ball coefficient;
    arb_add_si(coefficient.get(), start.get(), k, terms.bits);
    arb_mul(coefficient.get(), coefficient.get(), factor.get(), terms.bits);
    forward.set(static_cast<std::size_t>(k), coefficient);
    arb_div_ui(factor.get(), factor.get(), static_cast<ulong>(k + 1), terms.bits);
  }
  Series out;
  if (!start.is_finite() || forward[1].contains_zero()) {
    all_indeterminate(out, terms);
    return out;
  }
  arb_poly_revert_series(out.get(), forward.get(), terms.length, terms.bits);
  out.set(0, start);
  return compose(out, a, terms);
}

Series gamma_function(const Series& a, Terms terms) {
  const Ball x = constant_term(a);
  const Series size = exponential(log_abs_gamma(a, terms), terms);
  if (arb_is_positive(x.get())) return size;
  bool below_zero = false;
  reflection_sine(a, below_zero, terms);
  return below_zero ? negative(size) : size;
}

/// The values of orders 0, 1, ... `count` - 1 of J or Y at x.
std::vector<Ball> bessel_orders(bool second_kind, const Ball& x, std::size_t count, slong bits) {
  std::vector<Ball> values(count);
  const auto direct = [&](std::size_t order) {
    const auto function = second_kind ? arb_hypgeom_bessel_y : arb_hypgeom_bessel_j;
    function(values[order].get(), Ball(static_cast<double>(order)).get(), x.get(), bits);
  };
  // B(n-1) + B(n+1) = (2 n / x) B(n), upwards for Y and downwards for J, where it is stable.
  const auto recur = [&](std::size_t order, std::size_t middle, std::size_t other) {
    arb_mul_ui(values[order].get(), values[middle].get(), 2 * middle, bits);
    arb_div(values[order].get(), values[order].get(), x.get(), bits);
    arb_sub(values[order].get(), values[order].get(), values[other].get(), bits);
  };
  if (second_kind) {
    direct(0);
    direct(1);
    for (std::size_t n = 2; n < count; ++n) recur(n, n - 1, n - 2);
  } else if (x.contains_zero()) {
    for (std::size_t n = 0; n < count; ++n) direct(n);
  } else {
    direct(count - 1);
    direct(count - 2);
    for (std::size_t n = count - 2; n-- > 0;) recur(n, n + 1, n + 2);
  }
  return values;
}

/// Taylor coefficients from B(n)' = (B(n-1) - B(n+1)) / 2 and B(0)' = -B(1) (DLMF 10.6).
Series bessel(bool second_kind, std::size_t order, const Series& a, Terms terms) {
  const auto length = static_cast<std::size_t>(terms.length);
  // Recurrences cost some bits.
  const slong bits = terms.bits + 2 * terms.length + 20;
  std::vector<Ball> values = bessel_orders(second_kind, constant_term(a), order + length + 1, bits);
  Series out;
  Ball inverse_factorial(1.0);
  for (std::size_t k = 0; k < length; ++k) {
    Ball coefficient;
    if (k > 0) arb_div_ui(inverse_factorial.get(), inverse_factorial.get(), k, bits);
    arb_mul(coefficient.get(), values[order].get(), inverse_factorial.get(), bits);
    if (!second_kind) {
      // J(n) is a mean of cosines (DLMF 10.9.2): no derivative exceeds 1.
      Ball bound;
      arb_get_mag(arb_radref(bound.get()), inverse_factorial.get());
      if (!coefficient.is_finite() ||
          !arb_intersection(coefficient.get(), coefficient.get(), bound.get(), bits)) {
        coefficient = bound;
      }
    }
    out.set(k, coefficient);
    std::vector<Ball> derivative(values.size() - 1);
    for (std::size_t n = 0; n < derivative.size(); ++n) {
      const arb_ptr slope = derivative[n].get();
      if (n == 0) {
        arb_neg(slope, values[1].get());
      } else {
        arb_sub(slope, values[n - 1].get(), values[n + 1].get(), bits);
        arb_mul_2exp_si(slope, slope, -1);
      }
    }
    // B(n)' needs B(n+1): each derivative has one order fewer.
    values = std::move(derivative);
  }
  return compose(out, a, terms);
}

/// I or K of order n from I(n)' = (I(n-1) + I(n+1)) / 2 and K(n)' = -(K(n-1) + K(n+1)) / 2
/// (DLMF 10.29), with I(-n) = I(n), K(-n) = K(n).
Series modified_bessel(bool second_kind, std::size_t order, const Series& a, Terms terms) {
  const auto length = static_cast<std::size_t>(terms.length);
  const slong bits = terms.bits + 2 * terms.length;
  std::vector<Ball> values(order + length + 1);
  for (std::size_t n = 0; n < values.size(); ++n) {
    const Ball nu(static_cast<double>(n));
    (second_kind ? arb_hypgeom_bessel_k : arb_hypgeom_bessel_i)(values[n].get(), nu.get(),
                                                                constant_term(a).get(), bits);
  }
  Series out;
  Ball inverse_factorial(1.0);
  for (std::size_t k = 0; k < length; ++k) {
    Ball coefficient;
    if (k > 0) arb_div_ui(inverse_factorial.get(), inverse_factorial.get(), k, bits);
    arb_mul(coefficient.get(), values[order].get(), inverse_factorial.get(), bits);
    out.set(k, coefficient);
    std::vector<Ball> derivative(values.size() - 1);
    for (std::size_t n = 0; n < derivative.size(); ++n) {
      const arb_ptr slope = derivative[n].get();
      arb_add(slope, values[n == 0 ? 1 : n - 1].get(), values[n + 1].get(), bits);
      arb_mul_2exp_si(slope, slope, -1);
      if (second_kind) arb_neg(slope, slope);
    }
    values = std::move(derivative);
  }
  return compose(out, a, terms);
}

/// A Bessel function whose order is a number, an integer that is not too large.
Series bessel_of(ir::Op op, const Series& order, const Series& a, Terms terms) {
  constexpr slong kMost = 1000;
  Series out;
  if (order.size() > 1 || !arb_is_int(order[0].get()) ||
      arf_cmpabs_ui(arb_midref(order[0].get()), kMost) > 0) {
    all_indeterminate(out, terms);
    return out;
  }
  const slong n = arf_get_si(arb_midref(order[0].get()), ARF_RND_DOWN);
  const auto size = static_cast<std::size_t>(std::abs(n));
  if (op == ir::Op::BesselI || op == ir::Op::BesselK) {
    return modified_bessel(op == ir::Op::BesselK, size, a, terms);
  }
  out = bessel(op == ir::Op::BesselY, size, a, terms);
  return n < 0 && n % 2 != 0 ? negative(out) : out;  // DLMF 10.4.1
}

using Unary = void (*)(arb_poly_t, const arb_poly_t, slong, slong);

Series call(Unary function, const Series& a, Terms terms) {
  Series out;
  function(out.get(), a.get(), terms.length, terms.bits);
  return out;
}

// clang-format off
/// One row per operation.
Series expand(ir::Op op, const Series& a, const Series& b, const Series& c, Terms n) {
  using ir::Op;
  switch (op) {
    case Op::Neg:      return negative(a);
    case Op::Add:      return sum(a, b, n);
    case Op::Sub:      return sum(a, negative(b), n);
    case Op::Mul:      return multiply(a, b, n);
    case Op::Div:      return divide(a, b, n);
    case Op::Sqrt:     return root(a, n);
    case Op::Fma:      return sum(multiply(a, b, n), c, n);
    case Op::Abs:      return absolute(a, n);
    case Op::Min:      return smaller(a, b, n);
    case Op::Max:      return negative(smaller(negative(a), negative(b), n));
    case Op::Pi:
    case Op::E:        return {};  // constants: apply() over balls
    case Op::Pow:      return power(a, b, n);
    case Op::Atan2:    // but for the constant term
      return sum(integral(divide(b, squares(a, b, n), n), a, n),
                 negative(integral(divide(a, squares(a, b, n), n), b, n)), n);
    case Op::Hypot:    return root(squares(a, b, n), n);
    case Op::Cbrt:     return cube_root(a, n);
    case Op::Exp:
    case Op::Expm1:    return exponential(a, n);  // but for the constant term
    case Op::Exp2:     return exponential(scaled(a, log_of(2, n), n), n);
    case Op::Exp10:    return exponential(scaled(a, log_of(10, n), n), n);
    case Op::Log:      return logarithm(a, n);
    case Op::Log2:     return logarithm(a, 2, n);
    case Op::Log10:    return logarithm(a, 10, n);
    case Op::Log1p:    return call(arb_poly_log1p_series, a, n);
    case Op::Sin:      return call(arb_poly_sin_series, a, n);
    case Op::Cos:      return call(arb_poly_cos_series, a, n);
    case Op::Tan:      return tangent(a, value_of(op, a[0], n), n);
    case Op::Asin:     return call(arb_poly_asin_series, a, n);
    case Op::Acos:     return call(arb_poly_acos_series, a, n);
    case Op::Atan:     return call(arb_poly_atan_series, a, n);
    case Op::Sinh:     return call(arb_poly_sinh_series, a, n);
    case Op::Cosh:     return call(arb_poly_cosh_series, a, n);
    case Op::Tanh:     return hyperbolic_tangent(a, n);
    case Op::Asinh:    return integral(reciprocal_root(plus(multiply(a, a, n), 1, n), n), a, n);
    case Op::Acosh:    return integral(reciprocal_root(multiply(plus(a, -1, n), plus(a, 1, n), n), n), a, n);
    case Op::Atanh:    return integral(divide(Series(Ball(1.0)), multiply(plus(negative(a), 1, n), plus(a, 1, n), n), n), a, n);
    case Op::Erf:      return call(arb_hypgeom_erf_series, a, n);
    case Op::Erfc:     return call(arb_hypgeom_erfc_series, a, n);
    case Op::Tgamma:   return gamma_function(a, n);
    case Op::Lgamma:   return log_abs_gamma(a, n);
    case Op::BesselJ0: return bessel(false, 0, a, n);
    case Op::BesselJ1: return bessel(false, 1, a, n);
    case Op::BesselY0: return bessel(true, 0, a, n);
    case Op::BesselY1: return bessel(true, 1, a, n);
    case Op::AiryAi: {
      Series out;
      arb_hypgeom_airy_series(out.get(), nullptr, nullptr, nullptr, a.get(), n.length, n.bits);
      return out;
    }
    case Op::Rsqrt:    return reciprocal_root(a, n);
    case Op::SinPi:    return call(arb_poly_sin_pi_series, a, n);
    case Op::CosPi:    return call(arb_poly_cos_pi_series, a, n);
    case Op::TanPi:    return tangent(scaled(a, pi_of(n), n), value_of(op, a[0], n), n);
    case Op::AsinPi:   return over_pi(call(arb_poly_asin_series, a, n), n);
    case Op::AcosPi:   return over_pi(call(arb_poly_acos_series, a, n), n);
    case Op::AtanPi:   return over_pi(call(arb_poly_atan_series, a, n), n);
    case Op::Atan2Pi:  return over_pi(expand(Op::Atan2, a, b, c, n), n);
    case Op::Exp2m1:   return expand(Op::Exp2, a, b, c, n);  // but for the constant term
    case Op::Exp10m1:  return expand(Op::Exp10, a, b, c, n);
    case Op::Log2p1: {
      Ball factor;
      arb_inv(factor.get(), log_of(2, n).get(), n.bits);
      return scaled(call(arb_poly_log1p_series, a, n), factor, n);
    }
    case Op::Log10p1: {
      Ball factor;
      arb_inv(factor.get(), log_of(10, n).get(), n.bits);
      return scaled(call(arb_poly_log1p_series, a, n), factor, n);
    }
    case Op::Compound: return one_plus_power(a, b, n);
    case Op::Pown:     return whole_power(a, b, n);
    case Op::Rootn:    return whole_root(a, b, n);
    case Op::Powr:     return power(a, b, n);
    case Op::Erfcx:    return scaled_erfc(a, n);
    case Op::ExpInt:   return call(arb_hypgeom_ei_series, a, n);
    case Op::Digamma:  return digamma(a, n);
    case Op::LambertW: return lambert_w(a, n);
    case Op::BesselJ:
    case Op::BesselY:
    case Op::BesselI:
    case Op::BesselK:  return bessel_of(op, a, b, n);
    case Op::Trunc:
    case Op::RealFloor:
    case Op::Ceil:
    case Op::Round:
    case Op::RoundEven:
    case Op::Modf:
    case Op::Frexp:
    case Op::FrexpExponent:
    case Op::Logb:
    case Op::Fmod:
    case Op::Remainder:
    case Op::Fdim:
    case Op::Fmax:
    case Op::Fmin:
    case Op::Ldexp:
    case Op::RealCopysign:
    case Op::NextafterF32:
    case Op::NextafterF64: return expand_step(op, a, b, static_cast<std::size_t>(n.length), n.bits);
#include "ir/machine_cases.def"
      break;
  }
  Series none;
  all_indeterminate(none, n);
  return none;
}
// clang-format on

/// Whether the constant term of expand() is not the function's value.
bool lacks_constant_term(ir::Op op) {
  using ir::Op;
  return op == Op::Expm1 || op == Op::Atan2 || op == Op::Asinh || op == Op::Acosh ||
         op == Op::Atanh || op == Op::Exp2m1 || op == Op::Exp10m1 || op == Op::Atan2Pi ||
         op == Op::AsinPi || op == Op::AcosPi || op == Op::AtanPi;
}

}  // namespace

Series Series::variable(const Ball& x) {
  Series result;
  result.set(1, Ball(1.0));
  result.set(0, x);
  return result;
}

Ball Series::operator[](std::size_t k) const {
  Ball result;
  arb_poly_get_coeff_arb(result.get(), value_, static_cast<slong>(k));
  return result;
}

void Series::set(std::size_t k, const Ball& coefficient) {
  arb_poly_set_coeff_arb(value_, static_cast<slong>(k), coefficient.get());
}

void apply(ir::Op op, Series& out, const Series& a, const Series& b, const Series& c,
           std::size_t length, long bits) {
  const std::size_t arity = ir::info(op).arity;
  const bool constant =
      (arity < 1 || a.size() <= 1) && (arity < 2 || b.size() <= 1) && (arity < 3 || c.size() <= 1);
  Series result;
  if (!constant && length > 1) {
    result = expand(op, a, b, c, {static_cast<slong>(length), bits});
    if (!lacks_constant_term(op) && result[0].is_finite()) {
      out = std::move(result);
      return;
    }
  }
  Ball first;
  apply(op, first, a[0], b[0], c[0], bits);
  result.set(0, first);
  out = std::move(result);
}

Expansion taylor(const ir::Program& program, const Ball& x, std::size_t length, long bits) {
  free_caches_at_thread_end();
  const Series input = Series::variable(x);
  std::vector<Series> constants;
  constants.reserve(program.constants.size());
  for (const numbers::DoubleDouble& value : program.constants) constants.emplace_back(Ball(value));
  std::vector<Series> values(program.code.size());
  Expansion result;
  const auto read = [&](ir::Operand operand) -> const Series& {
    if (operand.is_input()) return input;
    return operand.is_constant() ? constants[operand.index] : values[operand.index];
  };
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    const ir::Instruction& step = program.code[i];
    const Series& a = read(step.operands[0]);
    const Series& b = read(step.operands[1]);
    if (undefined(step.op, a[0], b[0])) {
      all_indeterminate(result.series, {static_cast<slong>(length), bits});
      result.undefined = true;
      return result;
    }
    result.clipped = result.clipped || clips(step.op, a[0], b[0]);
    apply(step.op, values[i], a, b, read(step.operands[2]), length, bits);
    if (!values[i][0].is_finite()) {  // whatever it is multiplied by, 0 included
      all_indeterminate(result.series, {static_cast<slong>(length), bits});
      return result;
    }
  }
  result.series = read(program.result);
  arb_poly_truncate(result.series.get(), static_cast<slong>(length));
  return result;
}

}  // namespace ulpforge::targets
