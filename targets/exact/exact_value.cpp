// The exact value where there is one, IEEE 754's rules where there is none.
#include "targets/exact/exact_value.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "targets/exact/limit.h"
#include "targets/exact/real.h"
#include "targets/exact/reference.h"

namespace ulpforge::targets {

namespace {

/// The larger or smaller of a zero of each sign.
bool leaves_sign_open(const ir::Program& program, const RealMachine& machine) {
  if (!program.result.is_value()) return false;
  const ir::Instruction& last = program.code[program.result.index];
  if (last.op != ir::Op::Fmax && last.op != ir::Op::Fmin) return false;
  const mpfr_srcptr a = numbers::raw(machine.read(last.operands[0]));
  const mpfr_srcptr b = numbers::raw(machine.read(last.operands[1]));
  return mpfr_zero_p(a) && mpfr_zero_p(b) && mpfr_signbit(a) != mpfr_signbit(b);
}

/// The limit at an infinity in place of the rule's value, if there is one. A zero keeps its sign.
void take_limit(const ir::Program& program, double x, ExactValue& exact) {
  const Limit limit = limit_at_infinity(program, x < 0, kExactBits + 64);
  if (limit.kind == Limit::Kind::None) return;
  const bool zero = mpfr_zero_p(numbers::raw(exact.value)) != 0;
  if (limit.kind == Limit::Kind::Number && zero && arb_is_zero(limit.value.get())) return;
  exact.value = real(kExactBits);
  if (limit.kind == Limit::Kind::Number) {
    arf_get_mpfr(numbers::raw(exact.value), arb_midref(limit.value.get()), MPFR_RNDN);
    exact.zero_sign_known = mpfr_zero_p(numbers::raw(exact.value)) == 0;
  } else {
    mpfr_set_inf(numbers::raw(exact.value), limit.kind == Limit::Kind::PlusInfinity ? 1 : -1);
  }
}

}  // namespace

ExactValue exact_value(const ir::Program& program, double x) {
  return exact_value(program, std::span(&x, 1));
}

ExactValue exact_value(const ir::Program& program, std::span<const double> inputs) {
  ExactValue exact;
  std::vector<numbers::Mpfr> arguments;
  for (const double x : inputs) arguments.push_back(real(x, 53));
  const bool finite =
      std::all_of(inputs.begin(), inputs.end(), [](double x) { return std::isfinite(x); });
  if (finite) exact.value = reference(program, arguments, kExactBits);
  const bool known = finite && !mpfr_nan_p(numbers::raw(exact.value));
  const bool nonzero = known && !mpfr_zero_p(numbers::raw(exact.value));
  // The sign of a zero among the inputs may choose a side: atan2(-0, -1) = -pi.
  const bool zero_input = std::find(inputs.begin(), inputs.end(), 0.0) != inputs.end();
  if (nonzero && !zero_input) return exact;

  RealMachine machine(program, 128);
  mpfr_clear_overflow();
  machine.run(arguments);
  const numbers::Mpfr& rule = machine.result();
  if (nonzero) {
    if (mpfr_regular_p(numbers::raw(rule))) {
      mpfr_setsign(numbers::raw(exact.value), numbers::raw(exact.value),
                   mpfr_signbit(numbers::raw(rule)), MPFR_RNDN);
    }
  } else if (!known) {
    exact.value = rule;
    if (mpfr_zero_p(numbers::raw(rule)))
      exact.zero_sign_known = !leaves_sign_open(program, machine);
    if (inputs.size() == 1 && std::isinf(inputs[0])) {
      take_limit(program, inputs[0], exact);
    }
    // Beyond MPFR's exponents, and not a pole: every finite number of a format is below.
    if (finite && !zero_input && mpfr_inf_p(numbers::raw(rule)) && mpfr_overflow_p()) {
      mpfr_signbit(numbers::raw(rule)) ? mpfr_nextabove(numbers::raw(exact.value))
                                       : mpfr_nextbelow(numbers::raw(exact.value));
    }
  } else if (leaves_sign_open(program, machine)) {
    exact.zero_sign_known = false;
  } else if (mpfr_zero_p(numbers::raw(rule))) {
    mpfr_setsign(numbers::raw(exact.value), numbers::raw(exact.value),
                 mpfr_signbit(numbers::raw(rule)), MPFR_RNDN);
  } else {
    exact.zero_sign_known = false;
  }
  return exact;
}

}  // namespace ulpforge::targets
