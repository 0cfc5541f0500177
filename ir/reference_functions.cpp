// Special values by rule, others by MPFR, or by Arb's balls until the rounding is certain.
#include "ir/reference_functions.h"

#include <arb_hypgeom.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

namespace ulpforge::ir {
namespace {

/// A ball that frees itself.
class Ball {
 public:
  Ball() { arb_init(value_); }
  explicit Ball(mpfr_srcptr a) : Ball() { arf_set_mpfr(arb_midref(value_), a); }
  ~Ball() { arb_clear(value_); }
  Ball(const Ball&) = delete;
  Ball& operator=(const Ball&) = delete;
  arb_ptr get() { return value_; }

 private:
  arb_t value_;
};

/// Ziv's loop over `function(ball, bits)`.
template <class Function>
int round_certainly(mpfr_ptr out, mpfr_rnd_t rounding, Function function) {
  constexpr slong kGuardBits = 32;
  constexpr slong kMost = 8192;
  const slong precision = mpfr_get_prec(out);
  Ball ball;
  for (slong bits = precision + kGuardBits;; bits *= 2) {
    function(ball.get(), bits);
    if (arb_is_exact(ball.get()) || arb_can_round_mpfr(ball.get(), precision, rounding)) break;
    if (bits <= kMost) continue;
    if (arb_is_finite(ball.get())) break;
    mpfr_set_nan(out);
    return 0;
  }
  return arf_get_mpfr(out, arb_midref(ball.get()), rounding);
}

/// a as an integer; nothing where it is not one, or is too large.
std::optional<long> whole(mpfr_srcptr a) {
  if (!mpfr_integer_p(a) || !mpfr_fits_slong_p(a, MPFR_RNDN)) return {};
  return mpfr_get_si(a, MPFR_RNDN);
}

int no_number(mpfr_ptr out) {
  mpfr_set_nan(out);
  return 0;
}

bool is_odd(long n) { return n % 2 != 0; }

template <class Value, class Bits>
Value after(Value a, Value b) {
  if (std::isnan(a) || std::isnan(b)) return std::numeric_limits<Value>::quiet_NaN();
  if (a == b) return b;
  if (a == 0) return std::copysign(std::numeric_limits<Value>::denorm_min(), b);
  const Bits bits = std::bit_cast<Bits>(a);
  return std::bit_cast<Value>((a < b) == (a > 0) ? bits + 1 : bits - 1);
}

}  // namespace

int log_abs_gamma(mpfr_ptr out, mpfr_srcptr a, mpfr_rnd_t rounding) {
  int sign = 0;
  return mpfr_lgamma(out, &sign, a, rounding);
}

int reciprocal_root(mpfr_ptr out, mpfr_srcptr a, mpfr_rnd_t rounding) {
  const bool negative = mpfr_zero_p(a) && mpfr_signbit(a);
  const int inexact = mpfr_rec_sqrt(out, a, rounding);
  if (negative) mpfr_set_inf(out, -1);
  return inexact;
}

void erfcx(arb_t out, const arb_t a, slong bits) {
  Ball square;
  Ball factor;
  if (arf_cmp_si(arb_midref(a), 1) > 0 && arb_is_positive(a)) {
    // U(1/2, 1/2, a^2) / sqrt(pi) (DLMF 7.11.5), where the product would be huge times tiny.
    Ball half;
    arb_set_d(half.get(), 0.5);
    arb_sqr(square.get(), a, 2 * bits);
    arb_hypgeom_u(out, half.get(), half.get(), square.get(), bits);
    arb_const_sqrt_pi(factor.get(), bits);
    arb_div(out, out, factor.get(), bits);
    return;
  }
  arb_sqr(square.get(), a, 2 * bits);
  arb_exp(factor.get(), square.get(), bits);
  arb_hypgeom_erfc(out, a, bits);
  arb_mul(out, out, factor.get(), bits);
}

int scaled_erfc(mpfr_ptr out, mpfr_srcptr a, mpfr_rnd_t rounding) {
  if (mpfr_nan_p(a)) return no_number(out);
  if (mpfr_inf_p(a)) {
    mpfr_sgn(a) > 0 ? mpfr_set_zero(out, 1) : mpfr_set_inf(out, 1);
    return 0;
  }
  Ball x(a);
  return round_certainly(out, rounding, [&](arb_ptr y, slong bits) { erfcx(y, x.get(), bits); });
}

int lambert_w(mpfr_ptr out, mpfr_srcptr a, mpfr_rnd_t rounding) {
  if (!mpfr_regular_p(a)) {
    if (mpfr_inf_p(a) && mpfr_sgn(a) < 0) return no_number(out);
    return mpfr_set(out, a, rounding);
  }
  Ball x(a);
  if (mpfr_cmp_d(a, -0.375) < 0) return no_number(out);
  return round_certainly(out, rounding,
                         [&](arb_ptr y, slong bits) { arb_lambertw(y, x.get(), 0, bits); });
}

int significand(mpfr_ptr out, mpfr_srcptr a, mpfr_rnd_t rounding) {
  if (!mpfr_regular_p(a)) return mpfr_set(out, a, rounding);
  mpfr_exp_t exponent = 0;
  return mpfr_frexp(&exponent, out, a, rounding);
}

int significand_exponent(mpfr_ptr out, mpfr_srcptr a, mpfr_rnd_t rounding) {
  if (mpfr_zero_p(a)) {
    mpfr_set_zero(out, 1);
    return 0;
  }
  if (!mpfr_regular_p(a)) return no_number(out);
  return mpfr_set_si(out, mpfr_get_exp(a), rounding);
}

int binary_exponent(mpfr_ptr out, mpfr_srcptr a, mpfr_rnd_t rounding) {
  if (mpfr_regular_p(a)) return mpfr_set_si(out, mpfr_get_exp(a) - 1, rounding);
  if (mpfr_nan_p(a)) return no_number(out);
  mpfr_set_inf(out, mpfr_zero_p(a) ? -1 : 1);
  return 0;
}

int compound(mpfr_ptr out, mpfr_srcptr a, mpfr_srcptr n, mpfr_rnd_t rounding) {
  const std::optional<long> exponent = whole(n);
  return exponent ? mpfr_compound_si(out, a, *exponent, rounding) : no_number(out);
}

int integer_power(mpfr_ptr out, mpfr_srcptr a, mpfr_srcptr n, mpfr_rnd_t rounding) {
  return mpfr_integer_p(n) ? mpfr_pow(out, a, n, rounding) : no_number(out);
}

int integer_root(mpfr_ptr out, mpfr_srcptr a, mpfr_srcptr n, mpfr_rnd_t rounding) {
  const std::optional<long> degree = whole(n);
  return degree ? mpfr_rootn_si(out, a, *degree, rounding) : no_number(out);
}

int times_power_of_two(mpfr_ptr out, mpfr_srcptr a, mpfr_srcptr n, mpfr_rnd_t rounding) {
  constexpr long kEnough = 1 << 20;  // beyond all formats, and MPFR's exponents hold it
  if (!mpfr_integer_p(n)) return no_number(out);
  long exponent = mpfr_sgn(n) < 0 ? -kEnough : kEnough;
  if (const std::optional<long> exact = whole(n)) exponent = std::clamp(*exact, -kEnough, kEnough);
  return mpfr_mul_2si(out, a, exponent, rounding);
}

int bessel_j(mpfr_ptr out, mpfr_srcptr n, mpfr_srcptr a, mpfr_rnd_t rounding) {
  const std::optional<long> order = whole(n);
  return order ? mpfr_jn(out, *order, a, rounding) : no_number(out);
}

int bessel_y(mpfr_ptr out, mpfr_srcptr n, mpfr_srcptr a, mpfr_rnd_t rounding) {
  const std::optional<long> order = whole(n);
  return order ? mpfr_yn(out, *order, a, rounding) : no_number(out);
}

int bessel_i(mpfr_ptr out, mpfr_srcptr n, mpfr_srcptr a, mpfr_rnd_t rounding) {
  const std::optional<long> order = whole(n);
  if (!order || mpfr_nan_p(a)) return no_number(out);
  const bool turns = is_odd(*order) && mpfr_signbit(a);
  if (mpfr_inf_p(a)) {
    mpfr_set_inf(out, turns ? -1 : 1);
    return 0;
  }
  if (mpfr_zero_p(a)) {  // 1 of order 0, and the sign of x^n
    if (*order == 0) return mpfr_set_ui(out, 1, rounding);
    mpfr_set_zero(out, turns ? -1 : 1);
    return 0;
  }
  Ball x(a);
  Ball nu(n);
  return round_certainly(out, rounding, [&](arb_ptr y, slong bits) {
    arb_hypgeom_bessel_i(y, nu.get(), x.get(), bits);
  });
}

int bessel_k(mpfr_ptr out, mpfr_srcptr n, mpfr_srcptr a, mpfr_rnd_t rounding) {
  const std::optional<long> order = whole(n);
  if (!order || mpfr_nan_p(a)) return no_number(out);
  if (mpfr_zero_p(a)) {
    mpfr_set_inf(out, 1);
    return 0;
  }
  if (mpfr_sgn(a) < 0) return no_number(out);
  if (mpfr_inf_p(a)) {
    mpfr_set_zero(out, 1);
    return 0;
  }
  Ball x(a);
  Ball nu(n);
  return round_certainly(out, rounding, [&](arb_ptr y, slong bits) {
    arb_hypgeom_bessel_k(y, nu.get(), x.get(), bits);
  });
}

int nextafter_f32(mpfr_ptr out, mpfr_srcptr a, mpfr_srcptr b, mpfr_rnd_t rounding) {
  return mpfr_set_flt(
      out, after<float, std::uint32_t>(mpfr_get_flt(a, rounding), mpfr_get_flt(b, rounding)),
      rounding);
}

int nextafter_f64(mpfr_ptr out, mpfr_srcptr a, mpfr_srcptr b, mpfr_rnd_t rounding) {
  return mpfr_set_d(out,
                    after<double, std::uint64_t>(mpfr_get_d(a, rounding), mpfr_get_d(b, rounding)),
                    rounding);
}

}  // namespace ulpforge::ir
