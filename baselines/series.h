// Taylor polynomials and Pade approximants of a function that can be evaluated to any precision.
#pragma once

#include <functional>
#include <optional>

#include "baselines/polynomial.h"

namespace ulpforge::baselines {

/// Taylor coefficients c[0], ..., c[count - 1] of f at `centre`, good to about 60 digits for a
/// function that varies on a scale of 1: those of the interpolant in the points centre + step j,
/// j = 1, 2, ... (one side alone, so that `centre` may be an end), whose truncation error a tiny
/// step
/// (+-2^-24) makes negligible and whose cancellation the precision absorbs. Opens
/// taylor_precision(count) while it calls f. Not finite where f is not.
Polynomial taylor(const std::function<numbers::Mpfr(const numbers::Mpfr&)>& f,
                  const numbers::Mpfr& centre, const numbers::Mpfr& step, std::size_t count);

/// The bits that taylor() works with; f has to deliver as many.
unsigned taylor_precision(std::size_t count);

/// The Pade approximant [m/n] of the power series, from its first m + n + 1 coefficients, with
/// denominator 1 at 0; nothing when the linear system is singular. Baker and Graves-Morris, "Pade
/// Approximants", section 1.1.
std::optional<Rational> pade(const Polynomial& series, int m, int n);

}  // namespace ulpforge::baselines
