// The exact value where there is one, IEEE 754's rules where there is none.
#include "targets/exact_value.h"

#include <cmath>

#include "targets/real.h"
#include "targets/reference.h"

namespace ulpforge::targets {

ExactValue exact_value(const ir::Program& program, double x) {
  ExactValue exact;
  const ir::Mpfr argument = real(x, 53);
  if (std::isfinite(x)) exact.value = reference(program, argument, kExactBits);
  const bool known = std::isfinite(x) && !mpfr_nan_p(ir::raw(exact.value));
  if (known && !mpfr_zero_p(ir::raw(exact.value))) return exact;

  RealMachine machine(program, 128);
  machine.run(argument);
  const ir::Mpfr& rule = machine.result();
  if (!known) {
    exact.value = rule;
  } else if (mpfr_zero_p(ir::raw(rule))) {
    mpfr_setsign(ir::raw(exact.value), ir::raw(exact.value), mpfr_signbit(ir::raw(rule)),
                 MPFR_RNDN);
  } else {
    exact.zero_sign_known = false;
  }
  return exact;
}

}  // namespace ulpforge::targets
