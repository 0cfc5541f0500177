// Ziv's loop: evaluate in balls, round both ends, double the precision until they agree.
#include "targets/exact/reference.h"

#include <algorithm>
#include <vector>

#include "targets/exact/ball.h"
#include "targets/exact/limit.h"
#include "targets/exact/real.h"

namespace ulpforge::targets {
namespace {

constexpr long kGuardBits = 32;
constexpr long kMaxBits = 8192;

/// An arf_t that frees itself.
class Float {
 public:
  Float() { arf_init(value_); }
  ~Float() { arf_clear(value_); }
  Float(const Float&) = delete;
  Float& operator=(const Float&) = delete;
  arf_ptr get() { return value_; }

 private:
  arf_t value_;
};

/// To nearest. What MPFR's exponents do not reach is its largest or smallest number, neither
/// infinite nor 0.
void set_to(numbers::Mpfr& result, const arf_t value) {
  arf_get_mpfr(numbers::raw(result), value, MPFR_RNDN);
  const bool negative = arf_sgn(value) < 0;
  const bool overflow = mpfr_inf_p(numbers::raw(result)) && !arf_is_inf(value);
  const bool underflow = mpfr_zero_p(numbers::raw(result)) && !arf_is_zero(value);
  if (overflow) {
    (negative ? mpfr_nextabove : mpfr_nextbelow)(numbers::raw(result));
  } else if (underflow) {
    mpfr_set_zero(numbers::raw(result), negative ? -1 : 1);
    (negative ? mpfr_nextbelow : mpfr_nextabove)(numbers::raw(result));
  }
}

/// Whether every number of the ball rounds to the same `result`, which is set.
bool round_ball(numbers::Mpfr& result, const Ball& ball, long bits) {
  if (arb_is_exact(ball.get())) {
    set_to(result, arb_midref(ball.get()));
    return true;
  }
  const mpfr_prec_t precision = mpfr_get_prec(numbers::raw(result));
  if (arb_rel_accuracy_bits(ball.get()) < precision) return false;
  Float lo;
  Float hi;
  arb_get_lbound_arf(lo.get(), ball.get(), bits + kGuardBits);
  arb_get_ubound_arf(hi.get(), ball.get(), bits + kGuardBits);
  numbers::Mpfr other = real(static_cast<unsigned>(precision));
  set_to(result, lo.get());
  set_to(other, hi.get());
  return mpfr_equal_p(numbers::raw(result), numbers::raw(other)) != 0;
}

/// At the last precision: an exact tie, or a value that cannot be told from 0.
void settle(numbers::Mpfr& result, const Ball& ball) {
  const mpfr_prec_t precision = mpfr_get_prec(numbers::raw(result));
  mpfr_set_nan(numbers::raw(result));
  if (!ball.is_finite()) return;
  if (ball.contains_zero()) {
    if (mag_cmp_2exp_si(arb_radref(ball.get()), -kMaxBits / 2) < 0) {
      mpfr_set_zero(numbers::raw(result), 1);
    }
    return;
  }
  if (arb_rel_accuracy_bits(ball.get()) < precision + 2 * kGuardBits) return;
  // The tie itself is a short number next to the midpoint.
  numbers::Mpfr tie = real(static_cast<unsigned>(precision + 2 * kGuardBits));
  arf_get_mpfr(numbers::raw(tie), arb_midref(ball.get()), MPFR_RNDN);
  mpfr_set(numbers::raw(result), numbers::raw(tie), MPFR_RNDN);
}

/// The limit at x, rounded. `side` is that of a zero's sign.
numbers::Mpfr rounded_limit(const ir::Program& program, const Ball& x, Side side, unsigned bits) {
  numbers::Mpfr result = real(bits);
  constexpr long kMostBits = 2048;  // a limit's rounding that is not certain by then is a tie
  for (long working = bits + kGuardBits; working <= kMostBits + bits; working *= 2) {
    Limit limit = limit_at(program, x, Side::Both, working);
    if (limit.kind == Limit::Kind::None && arb_is_zero(x.get())) {
      limit = limit_at(program, x, side, working);
    }
    if (limit.kind != Limit::Kind::Number) break;
    if (round_ball(result, limit.value, working)) return result;
  }
  mpfr_set_nan(numbers::raw(result));
  return result;
}

numbers::Mpfr reference_of(const ir::Program& program, std::span<const Ball> inputs, Side zero_side,
                           unsigned bits) {
  numbers::Mpfr result = real(bits);
  for (const Ball& x : inputs) {
    if (!x.is_finite()) return result;
  }
  const bool one_input = inputs.size() == 1;
  for (long working = bits + kGuardBits;; working = std::min(2 * working, kMaxBits + bits)) {
    const Enclosure enclosure = evaluate(program, inputs, working);
    if (enclosure.undefined) {
      if (one_input) return rounded_limit(program, inputs[0], zero_side, bits);
      mpfr_set_nan(numbers::raw(result));
      return result;
    }
    if (enclosure.value.is_finite() && round_ball(result, enclosure.value, working)) return result;
    if (working >= kMaxBits) {
      settle(result, enclosure.value);
      if (one_input && !enclosure.value.is_finite()) {
        return rounded_limit(program, inputs[0], zero_side, bits);
      }
      return result;
    }
  }
}

}  // namespace

numbers::Mpfr reference(const ir::Program& program, const numbers::Mpfr& x, unsigned bits) {
  return reference(program, std::span(&x, 1), bits);
}

numbers::Mpfr reference(const ir::Program& program, std::span<const numbers::Mpfr> inputs,
                        unsigned bits) {
  std::vector<Ball> balls;
  for (const numbers::Mpfr& x : inputs) balls.emplace_back(x);
  const bool negative = !inputs.empty() && mpfr_signbit(numbers::raw(inputs.front())) != 0;
  return reference_of(program, balls, negative ? Side::Below : Side::Above, bits);
}

std::optional<numbers::Mpfr> round_to_nearest(const Ball& ball, unsigned bits) {
  numbers::Mpfr result = real(bits);
  if (!ball.is_finite() || !round_ball(result, ball, bits + kGuardBits)) return std::nullopt;
  return result;
}

numbers::DoubleDouble reference(const ir::Program& program, double x) {
  constexpr unsigned kBits = 170;  // two doubles and what may lie between them
  const numbers::Mpfr value = reference(program, real(x, 53), kBits);
  return numbers::to_double_double(value);
}

}  // namespace ulpforge::targets
