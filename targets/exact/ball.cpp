// The operation table over Arb balls.
#include "targets/exact/ball.h"

#include <arb_hypgeom.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "ir/reference_functions.h"
#include "targets/exact/steps.h"

namespace ulpforge::targets {
namespace {

/// Frees the caches of Arb and MPFR of a thread when it ends.
struct ThreadCaches {
  ~ThreadCaches() {
    flint_cleanup();
    mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE);
  }
};

using Unary = void (*)(arb_t, const arb_t, slong);

/// lo or hi of the ball, rounded outwards.
Ball lower(const Ball& a, long bits) {
  Ball result;
  arb_get_lbound_arf(arb_midref(result.get()), a.get(), bits);
  return result;
}
Ball upper(const Ball& a, long bits) {
  Ball result;
  arb_get_ubound_arf(arb_midref(result.get()), a.get(), bits);
  return result;
}

/// A monotone function on the part of the ball inside [min, max], from its values at the ends.
template <class Function>
void from_ends(Ball& out, const Ball& a, std::optional<long> min, std::optional<long> max,
               long bits, Function function) {
  if (!a.is_finite()) return arb_indeterminate(out.get());
  Ball lo = lower(a, bits);
  Ball hi = upper(a, bits);
  if (min && arf_cmp_si(arb_midref(lo.get()), *min) < 0) arb_set_si(lo.get(), *min);
  if (max && arf_cmp_si(arb_midref(hi.get()), *max) > 0) arb_set_si(hi.get(), *max);
  Ball f_lo;
  Ball f_hi;
  function(f_lo.get(), lo.get(), bits);
  function(f_hi.get(), hi.get(), bits);
  arb_union(out.get(), f_lo.get(), f_hi.get(), bits);
}

/// How the ball lies to a bound.
bool below(const Ball& a, double bound) { return arb_lt(a.get(), Ball(bound).get()) != 0; }
bool above(const Ball& a, double bound) { return arb_gt(a.get(), Ball(bound).get()) != 0; }
bool at_most(const Ball& a, double bound) { return arb_le(a.get(), Ball(bound).get()) != 0; }
bool at_least(const Ball& a, double bound) { return arb_ge(a.get(), Ball(bound).get()) != 0; }

/// Whether n / 2 is an integer: for an integer n, whether it is even.
bool is_even(const Ball& n) {
  Ball half;
  arb_mul_2exp_si(half.get(), n.get(), -1);
  return arb_is_int(half.get()) != 0;
}
bool is_no_integer(const Ball& n) { return arb_contains_int(n.get()) == 0; }

/// asin or acos: they end at -1 and 1 with finite values.
void inverse_circular(Ball& out, const Ball& a, long bits, Unary function) {
  if (above(a, -1) && below(a, 1)) return function(out.get(), a.get(), bits);
  from_ends(out, a, -1, 1, bits, function);
}

void cbrt(Ball& out, const Ball& a, long bits) {
  const auto root = [](arb_ptr result, arb_srcptr argument, slong prec) {
    const bool negative = arb_is_negative(argument) != 0;
    Ball size;
    arb_abs(size.get(), argument);
    if (arb_is_zero(argument)) {
      arb_zero(result);
    } else {
      arb_root_ui(result, size.get(), 3, prec);
      if (negative) arb_neg(result, result);
    }
  };
  if (arb_is_nonzero(a.get())) return root(out.get(), a.get(), bits);
  from_ends(out, a, {}, {}, bits, root);
}

/// base ^ a for a small integer base, exact at integers.
void power_of(Ball& out, unsigned long base, const Ball& a, long bits) {
  if (arb_is_int(a.get()) && arf_cmpabs_2exp_si(arb_midref(a.get()), 30) < 0) {
    const slong n = arf_get_si(arb_midref(a.get()), ARF_RND_NEAR);
    arb_ui_pow_ui(out.get(), base, static_cast<ulong>(std::abs(n)), bits);
    if (n < 0) arb_inv(out.get(), out.get(), bits);
    return;
  }
  // The logarithm's error is multiplied by a: give it as many bits more as a has before the point.
  const slong size =
      arf_is_special(arb_midref(a.get())) ? 0 : arf_abs_bound_lt_2exp_si(arb_midref(a.get()));
  const slong wide = bits + std::clamp<slong>(size, 0, 4096) + 4;
  Ball exponent;
  arb_log_ui(exponent.get(), base, wide);
  arb_mul(exponent.get(), exponent.get(), a.get(), wide);
  arb_exp(out.get(), exponent.get(), bits);
}

void pow(Ball& out, const Ball& a, const Ball& b, long bits) {
  const bool touches_zero = arb_contains_zero(a.get()) && !arb_is_zero(a.get());
  if (touches_zero && arb_is_positive(b.get()) && !arb_is_int(b.get())) {
    // [0, hi]^b
    Ball hi = upper(a, bits);
    if (!arb_is_positive(hi.get())) return arb_zero(out.get());
    arb_pow(hi.get(), hi.get(), b.get(), bits);
    return arb_union(out.get(), Ball(0.0).get(), hi.get(), bits);
  }
  arb_pow(out.get(), a.get(), b.get(), bits);
}

/// log |gamma(a)|, by reflection for negative a.
void log_abs_gamma(Ball& out, const Ball& a, long bits) {
  if (arb_is_positive(a.get())) return arb_hypgeom_lgamma(out.get(), a.get(), bits);
  if (arb_contains_int(a.get())) return arb_indeterminate(out.get());
  Ball reflected;
  arb_sub_ui(reflected.get(), a.get(), 1, bits);
  arb_neg(reflected.get(), reflected.get());
  arb_hypgeom_lgamma(reflected.get(), reflected.get(), bits);
  Ball sine;
  arb_sin_pi(sine.get(), a.get(), bits);
  arb_abs(sine.get(), sine.get());
  arb_const_pi(out.get(), bits);
  arb_div(out.get(), out.get(), sine.get(), bits);
  arb_log(out.get(), out.get(), bits);
  arb_sub(out.get(), out.get(), reflected.get(), bits);
}

void bessel(Ball& out, void (*function)(arb_t, const arb_t, const arb_t, slong), double order,
            const Ball& a, long bits) {
  function(out.get(), Ball(order).get(), a.get(), bits);
}

/// asin, acos, atan or atan2 in half turns, exact where they are multiples of a quarter: asin and
/// acos at 0 and +-1, atan at 0 and +-1, atan2 on axes and diagonals.
void over_pi(ir::Op op, Ball& out, const Ball& a, const Ball& b, long bits) {
  Ball angle;
  apply(op, angle, a, b, b, bits);
  Ball pi;
  arb_const_pi(pi.get(), bits);
  arb_div(out.get(), angle.get(), pi.get(), bits);
  const auto is_unit = [](const Ball& x) {
    return arb_is_zero(x.get()) || arb_is_one(x.get()) || arb_equal_si(x.get(), -1);
  };
  const auto diagonal = [&] {
    Ball minus;
    arb_neg(minus.get(), b.get());
    return arb_is_exact(a.get()) &&
           (arb_equal(a.get(), b.get()) || arb_equal(a.get(), minus.get()));
  };
  const bool exact =
      op == ir::Op::Atan2 ? arb_is_zero(a.get()) || arb_is_zero(b.get()) || diagonal() : is_unit(a);
  if (!exact) return;
  arb_mul_2exp_si(out.get(), out.get(), 2);
  fmpz_t quarters;
  fmpz_init(quarters);
  if (arb_get_unique_fmpz(quarters, out.get())) arb_set_fmpz(out.get(), quarters);
  fmpz_clear(quarters);
  arb_mul_2exp_si(out.get(), out.get(), -2);
}

/// base^a - 1, without cancellation for small a.
void power_minus_one(Ball& out, unsigned long base, const Ball& a, long bits) {
  if (arb_is_int(a.get())) {
    power_of(out, base, a, bits + 4);
    return arb_sub_ui(out.get(), out.get(), 1, bits);
  }
  const slong size =
      arf_is_special(arb_midref(a.get())) ? 0 : arf_abs_bound_lt_2exp_si(arb_midref(a.get()));
  const slong wide = bits + std::clamp<slong>(size, 0, 4096) + 4;
  Ball exponent;
  arb_log_ui(exponent.get(), base, wide);
  arb_mul(exponent.get(), exponent.get(), a.get(), wide);
  arb_expm1(out.get(), exponent.get(), bits);
}

/// log(1 + a) / log(base); exact at powers of the base.
void log_of_one_plus(Ball& out, unsigned long base, const Ball& a, long bits) {
  Ball one_plus;
  arb_add_ui(one_plus.get(), a.get(), 1, ARF_PREC_EXACT);
  if (arb_is_exact(a.get()) && arb_bits(one_plus.get()) <= 64) {
    return arb_log_base_ui(out.get(), one_plus.get(), base, bits);
  }
  Ball log_base;
  arb_log_ui(log_base.get(), base, bits);
  arb_log1p(out.get(), a.get(), bits);
  arb_div(out.get(), out.get(), log_base.get(), bits);
}

/// (1 + a)^b.
void compound(Ball& out, const Ball& a, const Ball& b, long bits) {
  constexpr slong kSmall = 64;
  if (arb_is_int(b.get()) && arf_cmpabs_ui(arb_midref(b.get()), kSmall) <= 0) {
    arb_add_ui(out.get(), a.get(), 1, ARF_PREC_EXACT);
    return arb_pow(out.get(), out.get(), b.get(), bits);
  }
  const slong size =
      arf_is_special(arb_midref(b.get())) ? 0 : arf_abs_bound_lt_2exp_si(arb_midref(b.get()));
  const slong wide = bits + std::clamp<slong>(size, 0, 4096) + 4;
  Ball exponent;
  arb_log1p(exponent.get(), a.get(), wide);
  arb_mul(exponent.get(), exponent.get(), b.get(), wide);
  arb_exp(out.get(), exponent.get(), bits);
}

/// a^(1/n) for an integer n.
void root_of(Ball& out, const Ball& a, const Ball& n, long bits) {
  if (!arb_is_int(n.get()) || arf_cmpabs_2exp_si(arb_midref(n.get()), 62) >= 0) {
    return arb_indeterminate(out.get());
  }
  const slong degree = arf_get_si(arb_midref(n.get()), ARF_RND_NEAR);
  if (degree == 0) return arb_indeterminate(out.get());
  const bool odd = degree % 2 != 0;
  const auto root = [&](arb_ptr result, arb_srcptr argument, slong prec) {
    const bool negative = odd && arb_is_negative(argument) != 0;
    Ball size;
    negative ? arb_neg(size.get(), argument) : arb_set(size.get(), argument);
    if (arb_is_zero(size.get())) {
      arb_zero(result);
    } else {
      arb_root_ui(result, size.get(), static_cast<ulong>(std::abs(degree)), prec);
    }
    if (negative) arb_neg(result, result);
  };
  if (arb_is_nonzero(a.get())) {
    root(out.get(), a.get(), bits);
  } else if (odd) {
    from_ends(out, a, {}, {}, bits, root);
  } else {
    from_ends(out, a, 0, {}, bits, root);
  }
  if (degree < 0) arb_inv(out.get(), out.get(), bits);
}

/// The principal branch, which begins at -1/e.
void lambert_w(Ball& out, const Ball& a, long bits) {
  arb_lambertw(out.get(), a.get(), 0, bits);
  if (out.is_finite()) return;
  // Across the branch point: from -1 to the value at the upper end.
  Ball hi = upper(a, bits);
  arb_lambertw(hi.get(), hi.get(), 0, bits);
  if (hi.is_finite()) arb_union(out.get(), Ball(-1.0).get(), hi.get(), bits);
}

void scaled_erfc(Ball& out, const Ball& a, long bits) {
  ir::erfcx(out.get(), a.get(), bits);
  if (out.is_finite() && arb_rel_accuracy_bits(out.get()) > 8) return;
  // It decreases.
  from_ends(out, a, {}, {}, bits, ir::erfcx);
}

}  // namespace

// clang-format off
// One row per operation.
void apply(ir::Op op, Ball& out, const Ball& a, const Ball& b, const Ball& c, long bits) {
  using ir::Op;
  const arb_ptr z = out.get();
  const arb_srcptr x = a.get();
  const arb_srcptr y = b.get();
  switch (op) {
    case Op::Neg:      return arb_neg(z, x);
    case Op::Add:      return arb_add(z, x, y, bits);
    case Op::Sub:      return arb_sub(z, x, y, bits);
    case Op::Mul:      return x == y ? arb_sqr(z, x, bits) : arb_mul(z, x, y, bits);
    case Op::Div:      return arb_div(z, x, y, bits);
    case Op::Sqrt:     return arb_is_negative(x) ? arb_indeterminate(z) : arb_sqrtpos(z, x, bits);
    case Op::Fma:      return arb_mul(z, x, y, ARF_PREC_EXACT), arb_add(z, z, c.get(), bits);
    case Op::Abs:      return arb_abs(z, x);
    case Op::Min:      return arb_min(z, x, y, bits);
    case Op::Max:      return arb_max(z, x, y, bits);
    case Op::Pi:       return arb_const_pi(z, bits);
    case Op::E:        return arb_const_e(z, bits);
    case Op::Pow:      return pow(out, a, b, bits);
    case Op::Atan2:    return arb_atan2(z, x, y, bits);
    case Op::Hypot:    return arb_hypot(z, x, y, bits);
    case Op::Cbrt:     return cbrt(out, a, bits);
    case Op::Exp:      return arb_exp(z, x, bits);
    case Op::Exp2:     return power_of(out, 2, a, bits);
    case Op::Exp10:    return power_of(out, 10, a, bits);
    case Op::Expm1:    return arb_expm1(z, x, bits);
    case Op::Log:      return arb_log(z, x, bits);
    case Op::Log2:     return arb_log_base_ui(z, x, 2, bits);
    case Op::Log10:    return arb_log_base_ui(z, x, 10, bits);
    case Op::Log1p:    return arb_log1p(z, x, bits);
    case Op::Sin:      return arb_sin(z, x, bits);
    case Op::Cos:      return arb_cos(z, x, bits);
    case Op::Tan:      return arb_tan(z, x, bits);
    case Op::Asin:     return inverse_circular(out, a, bits, arb_asin);
    case Op::Acos:     return inverse_circular(out, a, bits, arb_acos);
    case Op::Atan:     return arb_atan(z, x, bits);
    case Op::Sinh:     return arb_sinh(z, x, bits);
    case Op::Cosh:     return arb_cosh(z, x, bits);
    case Op::Tanh:     return arb_tanh(z, x, bits);
    case Op::Asinh:    return arb_asinh(z, x, bits);
    case Op::Acosh:    return above(a, 1) ? arb_acosh(z, x, bits)
                                          : from_ends(out, a, 1, {}, bits, arb_acosh);
    case Op::Atanh:    return arb_atanh(z, x, bits);
    case Op::Erf:      return arb_hypgeom_erf(z, x, bits);
    case Op::Erfc:     return arb_hypgeom_erfc(z, x, bits);
    case Op::Tgamma:   return arb_hypgeom_gamma(z, x, bits);
    case Op::Lgamma:   return log_abs_gamma(out, a, bits);
    case Op::BesselJ0: return bessel(out, arb_hypgeom_bessel_j, 0, a, bits);
    case Op::BesselJ1: return bessel(out, arb_hypgeom_bessel_j, 1, a, bits);
    case Op::BesselY0: return bessel(out, arb_hypgeom_bessel_y, 0, a, bits);
    case Op::BesselY1: return bessel(out, arb_hypgeom_bessel_y, 1, a, bits);
    case Op::AiryAi:   return arb_hypgeom_airy(z, nullptr, nullptr, nullptr, x, bits);
    case Op::Rsqrt:    return arb_rsqrt(z, x, bits);
    case Op::SinPi:    return arb_sin_pi(z, x, bits);
    case Op::CosPi:    return arb_cos_pi(z, x, bits);
    case Op::TanPi:    return arb_tan_pi(z, x, bits);
    case Op::AsinPi:   return over_pi(Op::Asin, out, a, a, bits);
    case Op::AcosPi:   return over_pi(Op::Acos, out, a, a, bits);
    case Op::AtanPi:   return over_pi(Op::Atan, out, a, a, bits);
    case Op::Atan2Pi:  return over_pi(Op::Atan2, out, a, b, bits);
    case Op::Exp2m1:   return power_minus_one(out, 2, a, bits);
    case Op::Exp10m1:  return power_minus_one(out, 10, a, bits);
    case Op::Log2p1:   return log_of_one_plus(out, 2, a, bits);
    case Op::Log10p1:  return log_of_one_plus(out, 10, a, bits);
    case Op::Compound: return compound(out, a, b, bits);
    case Op::Pown:     return arb_pow(z, x, y, bits);
    case Op::Rootn:    return root_of(out, a, b, bits);
    case Op::Powr:     return pow(out, a, b, bits);
    case Op::Erfcx:    return scaled_erfc(out, a, bits);
    case Op::ExpInt:   return arb_hypgeom_ei(z, x, bits);
    case Op::Digamma:  return arb_digamma(z, x, bits);
    case Op::LambertW: return lambert_w(out, a, bits);
    case Op::BesselJ:  return arb_hypgeom_bessel_j(z, x, y, bits);
    case Op::BesselY:  return arb_hypgeom_bessel_y(z, x, y, bits);
    case Op::BesselI:  return arb_hypgeom_bessel_i(z, x, y, bits);
    case Op::BesselK:  return arb_hypgeom_bessel_k(z, x, y, bits);
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
    case Op::NextafterF64: return apply_step(op, out, a, b, bits);
#include "ir/machine_cases.def"
      break;
  }
  arb_indeterminate(z);
}
// clang-format on

bool clips(ir::Op op, const Ball& a, const Ball& b) {
  using ir::Op;
  switch (op) {
    case Op::Sqrt:
      return !arb_is_nonnegative(a.get());
    case Op::Asin:
    case Op::Acos:
    case Op::AsinPi:
    case Op::AcosPi:
      return !at_least(a, -1) || !at_most(a, 1);
    case Op::Acosh:
      return !at_least(a, 1);
    case Op::LambertW:
      return !above(a, -0x1.78b56362cef37p-2);  // the double next above -1/e
    case Op::Rootn:
      return !arb_is_nonnegative(a.get()) && is_even(b);
    case Op::Pow:
    case Op::Powr:
      return !arb_is_nonnegative(a.get()) && !arb_is_int(b.get());
    case Op::Neg:
    case Op::Add:
    case Op::Sub:
    case Op::Mul:
    case Op::Div:
    case Op::Fma:
    case Op::Abs:
    case Op::Min:
    case Op::Max:
    case Op::Pi:
    case Op::E:
    case Op::Atan2:
    case Op::Hypot:
    case Op::Cbrt:
    case Op::Exp:
    case Op::Exp2:
    case Op::Exp10:
    case Op::Expm1:
    case Op::Log:
    case Op::Log2:
    case Op::Log10:
    case Op::Log1p:
    case Op::Sin:
    case Op::Cos:
    case Op::Tan:
    case Op::Atan:
    case Op::Sinh:
    case Op::Cosh:
    case Op::Tanh:
    case Op::Asinh:
    case Op::Atanh:
    case Op::Erf:
    case Op::Erfc:
    case Op::Tgamma:
    case Op::Lgamma:
    case Op::BesselJ0:
    case Op::BesselJ1:
    case Op::BesselY0:
    case Op::BesselY1:
    case Op::AiryAi:
    case Op::Rsqrt:
    case Op::SinPi:
    case Op::CosPi:
    case Op::TanPi:
    case Op::AtanPi:
    case Op::Atan2Pi:
    case Op::Exp2m1:
    case Op::Exp10m1:
    case Op::Log2p1:
    case Op::Log10p1:
    case Op::Compound:
    case Op::Pown:
    case Op::Erfcx:
    case Op::ExpInt:
    case Op::Digamma:
    case Op::BesselJ:
    case Op::BesselY:
    case Op::BesselI:
    case Op::BesselK:
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
    case Op::NextafterF64:
#include "ir/machine_cases.def"
      break;
  }
  return false;
}

bool undefined(ir::Op op, const Ball& a, const Ball& b) {
  using ir::Op;
  switch (op) {
    case Op::Div:
    case Op::Fmod:
    case Op::Remainder:
      return arb_is_zero(b.get());
    case Op::ExpInt:
    case Op::Logb:
      return arb_is_zero(a.get());
    case Op::Sqrt:
      return arb_is_negative(a.get());
    case Op::Log:
    case Op::Log2:
    case Op::Log10:
    case Op::BesselY0:
    case Op::BesselY1:
    case Op::Rsqrt:
      return arb_is_nonpositive(a.get());
    case Op::BesselY:
    case Op::BesselK:
      return arb_is_nonpositive(b.get());
    case Op::TanPi: {
      Ball twice;
      arb_mul_2exp_si(twice.get(), a.get(), 1);
      return arb_is_int(twice.get()) && !arb_is_int(a.get());
    }
    case Op::Compound:
      return below(a, -1) || (arb_equal_si(a.get(), -1) && arb_is_negative(b.get()));
    case Op::Pown:
      return is_no_integer(b) || (arb_is_zero(a.get()) && arb_is_negative(b.get()));
    case Op::Rootn:
      return is_no_integer(b) || arb_is_zero(b.get()) || (arb_is_negative(a.get()) && is_even(b)) ||
             (arb_is_zero(a.get()) && arb_is_negative(b.get()));
    case Op::Powr:
      return arb_is_negative(a.get()) || (arb_is_zero(a.get()) && arb_is_nonpositive(b.get()));
    case Op::LambertW:
      return below(a, -0x1.78b56362cef38p-2);  // the double next below -1/e
    case Op::Ldexp:
      return is_no_integer(b);
    case Op::Log2p1:
    case Op::Log10p1:
    case Op::Log1p:
      return at_most(a, -1);
    case Op::Asin:
    case Op::Acos:
    case Op::AsinPi:
    case Op::AcosPi:
      return below(a, -1) || above(a, 1);
    case Op::Atanh:
      return at_most(a, -1) || at_least(a, 1);
    case Op::Acosh:
      return below(a, 1);
    case Op::Tgamma:
    case Op::Lgamma:
    case Op::Digamma:
      return arb_is_nonpositive(a.get()) && arb_is_int(a.get());
    case Op::Atan2:
    case Op::Atan2Pi:
      return arb_is_zero(a.get()) && arb_is_zero(b.get());
    case Op::Pow:
      return (arb_is_negative(a.get()) && !arb_contains_int(b.get())) ||
             (arb_is_zero(a.get()) && arb_is_negative(b.get()));
    case Op::Neg:
    case Op::Add:
    case Op::Sub:
    case Op::Mul:
    case Op::Fma:
    case Op::Abs:
    case Op::Min:
    case Op::Max:
    case Op::Pi:
    case Op::E:
    case Op::Hypot:
    case Op::Cbrt:
    case Op::Exp:
    case Op::Exp2:
    case Op::Exp10:
    case Op::Expm1:
    case Op::Sin:
    case Op::Cos:
    case Op::Tan:
    case Op::Atan:
    case Op::Sinh:
    case Op::Cosh:
    case Op::Tanh:
    case Op::Asinh:
    case Op::Erf:
    case Op::Erfc:
    case Op::BesselJ0:
    case Op::BesselJ1:
    case Op::AiryAi:
    case Op::SinPi:
    case Op::CosPi:
    case Op::AtanPi:
    case Op::Exp2m1:
    case Op::Exp10m1:
    case Op::Erfcx:
    case Op::BesselJ:
    case Op::BesselI:
    case Op::Trunc:
    case Op::RealFloor:
    case Op::Ceil:
    case Op::Round:
    case Op::RoundEven:
    case Op::Modf:
    case Op::Frexp:
    case Op::FrexpExponent:
    case Op::Fdim:
    case Op::Fmax:
    case Op::Fmin:
    case Op::RealCopysign:
    case Op::NextafterF32:
    case Op::NextafterF64:
#include "ir/machine_cases.def"
      break;
  }
  return false;
}

void free_caches_at_thread_end() { static thread_local const ThreadCaches caches; }

Ball::Ball(const numbers::DoubleDouble& value) : Ball() {
  arb_set_d(value_, value.hi);
  const Ball low(value.lo);
  arb_add(value_, value_, low.value_, ARF_PREC_EXACT);
}

Ball::Ball(const numbers::Mpfr& value) : Ball() {
  arf_set_mpfr(arb_midref(value_), numbers::raw(value));
}

Ball Ball::interval(const numbers::Mpfr& lo, const numbers::Mpfr& hi, long bits) {
  Ball result;
  arb_set_interval_mpfr(result.value_, numbers::raw(lo), numbers::raw(hi), bits);
  return result;
}

Ball Ball::interval_of(const Ball& lo, const Ball& hi) {
  Ball result;
  arb_union(result.value_, lo.value_, hi.value_, 4096);
  return result;
}

Enclosure evaluate(const ir::Program& program, const Ball& x, long bits) {
  return evaluate(program, std::span(&x, 1), bits);
}

Enclosure evaluate(const ir::Program& program, std::span<const Ball> inputs, long bits) {
  free_caches_at_thread_end();
  std::vector<Ball> constants;
  constants.reserve(program.constants.size());
  for (const numbers::DoubleDouble& value : program.constants) constants.emplace_back(value);
  std::vector<Ball> values(program.code.size());
  bool clipped = false;
  const auto read = [&](ir::Operand operand) -> const Ball& {
    if (operand.is_input()) return inputs[operand.index];
    return operand.is_constant() ? constants[operand.index] : values[operand.index];
  };
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    const ir::Instruction& step = program.code[i];
    const Ball& a = read(step.operands[0]);
    const Ball& b = read(step.operands[1]);
    if (undefined(step.op, a, b)) {
      Enclosure nothing;
      arb_indeterminate(nothing.value.get());
      nothing.undefined = true;
      return nothing;
    }
    clipped = clipped || clips(step.op, a, b);
    apply(step.op, values[i], a, b, read(step.operands[2]), bits);
  }
  return {read(program.result), false, clipped};
}

}  // namespace ulpforge::targets
