// The exact value where there is one, IEEE 754's rules where there is none.
#include "targets/exact/exact_value.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "targets/exact/real.h"
#include "targets/exact/reference.h"

namespace ulpforge::targets {

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
    // Beyond MPFR's exponents, and not a pole: every finite number of a format is below.
    if (finite && !zero_input && mpfr_inf_p(numbers::raw(rule)) && mpfr_overflow_p()) {
      mpfr_signbit(numbers::raw(rule)) ? mpfr_nextabove(numbers::raw(exact.value))
                                       : mpfr_nextbelow(numbers::raw(exact.value));
    }
  } else if (mpfr_zero_p(numbers::raw(rule))) {
    mpfr_setsign(numbers::raw(exact.value), numbers::raw(exact.value),
                 mpfr_signbit(numbers::raw(rule)), MPFR_RNDN);
  } else {
    exact.zero_sign_known = false;
  }
  return exact;
}

}  // namespace ulpforge::targets
