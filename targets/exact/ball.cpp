// The operation table over Arb balls.
#include "targets/exact/ball.h"

#include <arb_hypgeom.h>

#include <algorithm>
#include <optional>
#include <vector>

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
      return !at_least(a, -1) || !at_most(a, 1);
    case Op::Acosh:
      return !at_least(a, 1);
    case Op::Pow:
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
#include "ir/machine_cases.def"
      break;
  }
  return false;
}

bool undefined(ir::Op op, const Ball& a, const Ball& b) {
  using ir::Op;
  switch (op) {
    case Op::Div:
      return arb_is_zero(b.get());
    case Op::Sqrt:
      return arb_is_negative(a.get());
    case Op::Log:
    case Op::Log2:
    case Op::Log10:
    case Op::BesselY0:
    case Op::BesselY1:
      return arb_is_nonpositive(a.get());
    case Op::Log1p:
      return at_most(a, -1);
    case Op::Asin:
    case Op::Acos:
      return below(a, -1) || above(a, 1);
    case Op::Atanh:
      return at_most(a, -1) || at_least(a, 1);
    case Op::Acosh:
      return below(a, 1);
    case Op::Tgamma:
    case Op::Lgamma:
      return arb_is_nonpositive(a.get()) && arb_is_int(a.get());
    case Op::Atan2:
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
