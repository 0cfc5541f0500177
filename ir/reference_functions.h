// Functions over MPFR numbers and over balls that ir/ops.def names and MPFR or Arb lack, with IEEE
// 754-2019's and C23's special values.
#pragma once

#include <arb.h>
#include <mpfr.h>

namespace ulpforge::ir {

/// log |gamma(a)|.
int log_abs_gamma(mpfr_ptr out, mpfr_srcptr a, mpfr_rnd_t rounding);
/// 1 / sqrt(a); of -0 it is -infinity.
int reciprocal_root(mpfr_ptr out, mpfr_srcptr a, mpfr_rnd_t rounding);
/// exp(a^2) erfc(a).
int scaled_erfc(mpfr_ptr out, mpfr_srcptr a, mpfr_rnd_t rounding);
/// The principal branch of Lambert's W, w exp(w) = a from w = -1 on.
int lambert_w(mpfr_ptr out, mpfr_srcptr a, mpfr_rnd_t rounding);

/// a = s 2^e with |s| in [1/2, 1), as frexp() has it: s, and e (0 for a zero; NaN where C leaves it
/// open); and what logb() gives, e - 1, -infinity for a zero.
int significand(mpfr_ptr out, mpfr_srcptr a, mpfr_rnd_t rounding);
int significand_exponent(mpfr_ptr out, mpfr_srcptr a, mpfr_rnd_t rounding);
int binary_exponent(mpfr_ptr out, mpfr_srcptr a, mpfr_rnd_t rounding);

// With an integer argument n. The result is NaN where n is not an integer.
/// (1 + a)^n, a^n and a^(1/n).
int compound(mpfr_ptr out, mpfr_srcptr a, mpfr_srcptr n, mpfr_rnd_t rounding);
int integer_power(mpfr_ptr out, mpfr_srcptr a, mpfr_srcptr n, mpfr_rnd_t rounding);
int integer_root(mpfr_ptr out, mpfr_srcptr a, mpfr_srcptr n, mpfr_rnd_t rounding);
/// a 2^n.
int times_power_of_two(mpfr_ptr out, mpfr_srcptr a, mpfr_srcptr n, mpfr_rnd_t rounding);
/// Bessel functions of order n.
int bessel_j(mpfr_ptr out, mpfr_srcptr n, mpfr_srcptr a, mpfr_rnd_t rounding);
int bessel_y(mpfr_ptr out, mpfr_srcptr n, mpfr_srcptr a, mpfr_rnd_t rounding);
int bessel_i(mpfr_ptr out, mpfr_srcptr n, mpfr_srcptr a, mpfr_rnd_t rounding);
int bessel_k(mpfr_ptr out, mpfr_srcptr n, mpfr_srcptr a, mpfr_rnd_t rounding);

/// The number of binary32 or binary64 after a in the direction of b; a and b are such numbers.
int nextafter_f32(mpfr_ptr out, mpfr_srcptr a, mpfr_srcptr b, mpfr_rnd_t rounding);
int nextafter_f64(mpfr_ptr out, mpfr_srcptr a, mpfr_srcptr b, mpfr_rnd_t rounding);

/// exp(a^2) erfc(a) of every number in the ball.
void erfcx(arb_t out, const arb_t a, slong bits);

}  // namespace ulpforge::ir
