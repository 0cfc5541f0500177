// Boost computes in the largest precision among the operands, not in the one in force: values that
// cross from one precision to another are converted here.
#pragma once

#include "numbers/mpfr.h"

namespace ulpforge::baselines {

/// `value` in the precision in force.
inline numbers::Mpfr in_force(const numbers::Mpfr& value) {
  numbers::Mpfr result(0);
  mpfr_set(numbers::raw(result), numbers::raw(value), MPFR_RNDN);
  return result;
}

}  // namespace ulpforge::baselines
