// Forms of evaluation: Horner, P/Q and continued fractions as programs. Every operation counts, so
// none is wasted: coefficients 0 and 1 cost nothing, u is made only where it is used.
#pragma once

#include "baselines/continued_fraction.h"
#include "baselines/polynomial.h"
#include "baselines/substitution.h"
#include "ir/program.h"

namespace ulpforge::baselines {

/// Horner's rule: 2 n operations for degree n.
ir::Program horner_program(const Substitution& substitution, const Polynomial& p);

/// P and Q by Horner's rule, Q made monic: 2 (m + n) operations. The denominator is not constant.
ir::Program quotient_program(const Substitution& substitution, const Rational& r);

/// The continued fraction as it stands: 3 n operations for [n/n], two more for every degree that
/// numerator and denominator differ by, where every partial denominator but the first is linear.
ir::Program fraction_program(const Substitution& substitution, const ContinuedFraction& fraction);

}  // namespace ulpforge::baselines
