// Ends of balls for what is monotone, whole quotients for remainders.
#include "targets/exact/steps.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "ir/reference_functions.h"
#include "targets/exact/real.h"

namespace ulpforge::targets {
namespace {

using ir::Op;

/// An arf_t as a value.
class Number {
 public:
  Number() { arf_init(value_); }
  Number(const Number& other) : Number() { arf_set(value_, other.value_); }
  Number& operator=(const Number& other) {
    arf_set(value_, other.value_);
    return *this;
  }
  ~Number() { arf_clear(value_); }
  arf_ptr get() { return value_; }
  arf_srcptr get() const { return value_; }
  bool is_negative() const { return arf_sgn(value_) < 0; }

 private:
  arf_t value_;
};

/// The ball's ends, exact where the ball is a number.
std::pair<Number, Number> ends(const Ball& a, long bits) {
  std::pair<Number, Number> both;
  if (arb_is_exact(a.get())) {
    arf_set(both.first.get(), arb_midref(a.get()));
    arf_set(both.second.get(), arb_midref(a.get()));
  } else {
    arb_get_lbound_arf(both.first.get(), a.get(), bits);
    arb_get_ubound_arf(both.second.get(), a.get(), bits);
  }
  return both;
}

Ball exactly(const Number& a) {
  Ball result;
  arb_set_arf(result.get(), a.get());
  return result;
}

Number half_more(const Number& a) {
  Number half;
  arf_set_d(half.get(), 0.5);
  arf_add(half.get(), half.get(), a.get(), ARF_PREC_EXACT, ARF_RND_DOWN);
  return half;
}

Number negative(Number a) {
  arf_neg(a.get(), a.get());
  return a;
}

Number integer_of(Op op, const Number& a) {
  Number n;
  if (op == Op::RealFloor || (op == Op::Trunc && !a.is_negative())) {
    arf_floor(n.get(), a.get());
  } else if (op == Op::Ceil || op == Op::Trunc) {
    arf_ceil(n.get(), a.get());
  } else if (op == Op::Round && a.is_negative()) {
    return negative(integer_of(op, negative(a)));
  } else {
    const Number above = half_more(a);
    arf_floor(n.get(), above.get());
    if (op == Op::RoundEven && arf_equal(n.get(), above.get())) {  // in the middle
      Number half = n;
      arf_mul_2exp_si(half.get(), half.get(), -1);
      if (!arf_is_int(half.get())) arf_sub_ui(n.get(), n.get(), 1, ARF_PREC_EXACT, ARF_RND_DOWN);
    }
  }
  return n;
}

/// The ball of a monotone function's values, one number where both ends agree.
Ball between(const Number& lo, const Number& hi, long bits) {
  Ball result = exactly(lo);
  if (!arf_equal(lo.get(), hi.get())) {
    arb_union(result.get(), result.get(), exactly(hi).get(), bits);
  }
  return result;
}

Ball none() {
  Ball result;
  arb_indeterminate(result.get());
  return result;
}

Ball integer_of(Op op, const Ball& a, long bits) {
  if (!a.is_finite()) return none();
  const auto [lo, hi] = ends(a, bits);
  return between(integer_of(op, lo), integer_of(op, hi), bits);
}

/// e with 2^(e - 1) <= |a| < 2^e of the ball's least and largest numbers; nothing if 0 is among
/// them.
std::optional<std::pair<slong, slong>> exponents(const Ball& a, long bits) {
  if (!a.is_finite() || a.contains_zero()) return {};
  const auto [lo, hi] = ends(a, bits);
  constexpr slong kMost = slong{1} << 40;
  if (arf_cmpabs_2exp_si(lo.get(), kMost) > 0 || arf_cmpabs_2exp_si(hi.get(), kMost) > 0 ||
      arf_cmpabs_2exp_si(lo.get(), -kMost) < 0 || arf_cmpabs_2exp_si(hi.get(), -kMost) < 0) {
    return {};
  }
  const slong p = arf_abs_bound_lt_2exp_si(lo.get());
  const slong q = arf_abs_bound_lt_2exp_si(hi.get());
  return std::pair(std::min(p, q), std::max(p, q));
}

Ball exponent(const Ball& a, slong less, long bits) {
  const auto range = exponents(a, bits);
  if (!range) return none();
  Number lo;
  Number hi;
  arf_set_si(lo.get(), range->first - less);
  arf_set_si(hi.get(), range->second - less);
  return between(lo, hi, bits);
}

/// From -size to size.
Ball within(const Ball& size) {
  Ball result;
  arb_get_mag(arb_radref(result.get()), size.get());
  return result;
}

/// The quotient of numbers as an integer, by exact arithmetic.
Number exact_quotient(Op op, const Number& a, const Number& b) {
  // n = floor(a / |b|) and what is left over, in [0, |b|).
  Number size = b;
  arf_abs(size.get(), size.get());
  const slong places =
      std::max<slong>(arf_abs_bound_lt_2exp_si(a.get()) - arf_abs_bound_lt_2exp_si(b.get()), 0);
  Number n;
  arf_div(n.get(), a.get(), size.get(), places + 64, ARF_RND_FLOOR);
  arf_floor(n.get(), n.get());
  Number left;
  arf_mul(left.get(), n.get(), size.get(), ARF_PREC_EXACT, ARF_RND_DOWN);
  arf_sub(left.get(), a.get(), left.get(), ARF_PREC_EXACT, ARF_RND_DOWN);
  if (op == Op::Fmod) {
    if (a.is_negative() && !arf_is_zero(left.get())) {
      arf_add_ui(n.get(), n.get(), 1, ARF_PREC_EXACT, ARF_RND_DOWN);
    }
  } else {
    arf_mul_2exp_si(left.get(), left.get(), 1);
    Number half = n;
    arf_mul_2exp_si(half.get(), half.get(), -1);
    const int to_middle = arf_cmp(left.get(), size.get());
    if (to_middle > 0 || (to_middle == 0 && !arf_is_int(half.get()))) {
      arf_add_ui(n.get(), n.get(), 1, ARF_PREC_EXACT, ARF_RND_DOWN);
    }
  }
  return b.is_negative() ? negative(n) : n;
}

/// The whole number of b's that fmod(a, b) or remainder(a, b) takes away, if it is one for all.
std::optional<Ball> quotient(Op op, const Ball& a, const Ball& b, long bits) {
  constexpr slong kMostBits = slong{1} << 16;
  if (!a.is_finite() || !b.is_finite() || b.contains_zero()) return {};
  const slong places =
      arf_abs_bound_lt_2exp_si(arb_midref(a.get())) - arf_abs_bound_lt_2exp_si(arb_midref(b.get()));
  if (!arb_is_zero(a.get()) && places > kMostBits) return {};
  if (arb_is_zero(a.get())) return Ball(0.0);
  if (arb_is_exact(a.get()) && arb_is_exact(b.get())) {
    return exactly(exact_quotient(op, ends(a, bits).first, ends(b, bits).first));
  }
  Ball ratio;
  const slong wide = bits + std::max<slong>(places, 0) + 4;
  arb_div(ratio.get(), a.get(), b.get(), wide);
  const Ball n = integer_of(op == Op::Fmod ? Op::Trunc : Op::RoundEven, ratio, wide);
  return n.is_finite() && arb_is_exact(n.get()) ? std::optional(n) : std::nullopt;
}

Ball left_over(Op op, const Ball& a, const Ball& b, long bits) {
  const std::optional<Ball> n = quotient(op, a, b, bits);
  if (!n) return b.is_finite() ? within(b) : none();
  Ball product;
  arb_mul(product.get(), n->get(), b.get(), ARF_PREC_EXACT);
  Ball result;
  const bool exact = arb_is_exact(a.get()) && arb_is_exact(b.get());
  arb_sub(result.get(), a.get(), product.get(), exact ? ARF_PREC_EXACT : bits);
  return result;
}

/// n as an exponent of 2.
std::optional<slong> power_of_two(const Ball& n) {
  constexpr slong kMost = 1 << 20;
  if (!arb_is_int(n.get())) return {};
  if (arf_cmpabs_ui(arb_midref(n.get()), kMost) > 0) {
    return arf_sgn(arb_midref(n.get())) < 0 ? -kMost : kMost;
  }
  return arf_get_si(arb_midref(n.get()), ARF_RND_DOWN);
}

Ball signed_like(const Ball& a, const Ball& b, long bits) {
  Ball result;
  arb_abs(result.get(), a.get());
  if (arb_is_nonnegative(b.get())) return result;  // the sign of a zero is no matter of numbers
  Ball minus;
  arb_neg(minus.get(), result.get());
  if (arb_is_negative(b.get())) return minus;
  arb_union(result.get(), result.get(), minus.get(), bits);
  return result;
}

Ball next_after(Op op, const Ball& a, const Ball& b) {
  if (!arb_is_exact(a.get()) || !arb_is_exact(b.get())) return none();
  constexpr unsigned kBits = 53;
  numbers::Mpfr x = real(kBits);
  numbers::Mpfr y = real(kBits);
  numbers::Mpfr next = real(kBits);
  arf_get_mpfr(numbers::raw(x), arb_midref(a.get()), MPFR_RNDN);
  arf_get_mpfr(numbers::raw(y), arb_midref(b.get()), MPFR_RNDN);
  const auto function = op == Op::NextafterF32 ? ir::nextafter_f32 : ir::nextafter_f64;
  function(numbers::raw(next), numbers::raw(x), numbers::raw(y), MPFR_RNDN);
  return mpfr_number_p(numbers::raw(next)) ? Ball(next) : none();
}

/// The least ball around the number that is no number.
Ball widened(const Ball& a, long bits) {
  Ball result = a;
  if (arf_is_zero(arb_midref(a.get()))) {
    arb_add_error_2exp_si(result.get(), -bits);
  } else if (a.is_finite()) {
    arf_mag_add_ulp(arb_radref(result.get()), arb_radref(result.get()), arb_midref(result.get()),
                    bits);
  }
  return result;
}

}  // namespace

void apply_step(Op op, Ball& out, const Ball& a, const Ball& b, long bits) {
  if (op == Op::Trunc || op == Op::RealFloor || op == Op::Ceil || op == Op::Round ||
      op == Op::RoundEven) {
    out = integer_of(op, a, bits);
  } else if (op == Op::Modf) {
    const Ball n = integer_of(Op::Trunc, a, bits);
    if (!n.is_finite() || arb_is_exact(n.get())) {
      arb_sub(out.get(), a.get(), n.get(), arb_is_exact(a.get()) ? ARF_PREC_EXACT : bits);
    } else {
      out = within(Ball(1.0));
    }
  } else if (op == Op::Frexp) {
    const auto range = exponents(a, bits);
    if (arb_is_zero(a.get()) || (range && range->first == range->second)) {
      arb_mul_2exp_si(out.get(), a.get(), range ? -range->first : 0);
    } else {
      out = a.is_finite() ? within(Ball(1.0)) : none();
    }
  } else if (op == Op::FrexpExponent) {
    out = arb_is_zero(a.get()) ? Ball(0.0) : exponent(a, 0, bits);
  } else if (op == Op::Logb) {
    out = exponent(a, 1, bits);
  } else if (op == Op::Fmod || op == Op::Remainder) {
    out = left_over(op, a, b, bits);
  } else if (op == Op::Fdim) {
    const bool exact = arb_is_exact(a.get()) && arb_is_exact(b.get());
    Ball difference;
    arb_sub(difference.get(), a.get(), b.get(), exact ? ARF_PREC_EXACT : bits);
    arb_max(out.get(), difference.get(), Ball(0.0).get(), exact ? ARF_PREC_EXACT : bits);
  } else if (op == Op::Fmax) {
    arb_max(out.get(), a.get(), b.get(), bits);
  } else if (op == Op::Fmin) {
    arb_min(out.get(), a.get(), b.get(), bits);
  } else if (op == Op::Ldexp) {
    const auto power = power_of_two(b);
    power ? arb_mul_2exp_si(out.get(), a.get(), *power) : arb_indeterminate(out.get());
  } else if (op == Op::RealCopysign) {
    out = signed_like(a, b, bits);
  } else {
    out = next_after(op, a, b);
  }
}

Series expand_step(Op op, const Series& a, const Series& b, std::size_t length, long bits) {
  const auto terms = static_cast<slong>(length);
  Series out;
  // Jumps and corners at the very number count too.
  const Ball x = widened(a[0], bits);
  const Ball y = b.size() > 1 ? widened(b[0], bits) : b[0];
  const auto less = [&](const Series& u, const Series& v) {
    arb_poly_sub_series(out.get(), u.get(), v.get(), terms, bits);
    return out;
  };
  const auto times = [&](const Series& u, const Ball& factor) {
    arb_poly_scalar_mul(out.get(), u.get(), factor.get(), bits);
    return out;
  };
  Ball value;
  apply_step(op, value, x, y, bits);
  const bool known = value.is_finite() && arb_is_exact(value.get());
  if (op == Op::Trunc || op == Op::RealFloor || op == Op::Ceil || op == Op::Round ||
      op == Op::RoundEven || op == Op::FrexpExponent || op == Op::Logb) {
    if (known) return Series(value);
  } else if (op == Op::Modf) {
    const Ball n = integer_of(Op::Trunc, x, bits);
    if (n.is_finite() && arb_is_exact(n.get())) return less(a, Series(n));
  } else if (op == Op::Frexp) {
    const auto range = exponents(x, bits);
    Ball factor(1.0);
    if (range && range->first == range->second) {
      arb_mul_2exp_si(factor.get(), factor.get(), -range->first);
      return times(a, factor);
    }
  } else if (op == Op::Fmod || op == Op::Remainder) {
    if (const auto n = quotient(op, x, y, bits)) return less(a, times(b, *n));
  } else if (op == Op::Fdim || op == Op::Fmax || op == Op::Fmin) {
    const bool above = arb_gt(x.get(), y.get()) != 0;
    if (above || arb_lt(x.get(), y.get())) {
      if (op == Op::Fdim) return above ? less(a, b) : Series(Ball(0.0));
      return above == (op == Op::Fmax) ? a : b;
    }
  } else if (op == Op::Ldexp) {
    Ball factor(1.0);
    if (const auto power = b.size() <= 1 ? power_of_two(b[0]) : std::nullopt) {
      arb_mul_2exp_si(factor.get(), factor.get(), *power);
      return times(a, factor);
    }
  } else if (op == Op::RealCopysign) {
    if (arb_is_nonzero(x.get()) && (arb_is_nonnegative(y.get()) || arb_is_negative(y.get()))) {
      const bool same = (arb_is_negative(x.get()) != 0) == (arb_is_negative(y.get()) != 0);
      return same ? a : times(a, Ball(-1.0));
    }
  }
  for (std::size_t k = 0; k < length; ++k) out.set(k, none());
  return out;
}

double due_ulp(const ir::Program& program) {
  constexpr std::array kExact = {
      Op::Trunc, Op::RealFloor,     Op::Ceil,         Op::Round,        Op::RoundEven, Op::Modf,
      Op::Frexp, Op::FrexpExponent, Op::Logb,         Op::Fmod,         Op::Remainder, Op::Fmax,
      Op::Fmin,  Op::RealCopysign,  Op::NextafterF32, Op::NextafterF64, Op::Abs,       Op::Neg};
  constexpr double kRounded = 0.5;
  if (!program.result.is_value()) return kRounded;
  const ir::Instruction& last = program.code[program.result.index];
  if (std::ranges::find(kExact, last.op) == kExact.end()) return kRounded;
  for (std::size_t k = 0; k < last.arity(); ++k) {
    if (!last.operands[k].is_input()) return kRounded;
  }
  return 0;
}

}  // namespace ulpforge::targets
