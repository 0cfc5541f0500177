// Boost computes in the largest precision among the operands, not in the one in force: values that
// cross from one precision to another are converted here.
#pragma once

#include "ir/mpfr.h"

namespace ulpforge::baselines {

/// `value` in the precision in force.
inline ir::Mpfr in_force(const ir::Mpfr& value) {
  ir::Mpfr result(0);
  mpfr_set(ir::raw(result), ir::raw(value), MPFR_RNDN);
  return result;
}

}  // namespace ulpforge::baselines
