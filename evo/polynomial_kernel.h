// Polynomials as kernels, by the classical schemes of evaluation.
#pragma once

#include <span>

#include "ir/program.h"
#include "numbers/random.h"

namespace ulpforge::evo {

/// Appends the polynomial of t with these coefficients, the constant term first; at least one. The
/// first `horner` of them are added by Horner's scheme, which has the fewest operations and the
/// smallest rounding errors, the sum of the others is made by Estrin's, which has the shortest
/// chain (Estrin, "Organization of computer systems", 1960).
ir::Operand append_polynomial(ir::Program& program, std::span<const ir::Operand> coefficients,
                              ir::Operand t, std::size_t horner);

/// So many coefficients by Horner's scheme, at random: none, a few or all.
std::size_t random_split(std::size_t coefficients, numbers::Random& random);

/// How a polynomial kernel is written.
struct PolynomialForm {
  enum Shape { Plain, OfSquare, BesidesR };
  Shape shape = Plain;     ///< in r, in r^2, or 1 + r plus r^2 times one in r
  std::size_t horner = 0;  ///< coefficients by Horner's scheme, the rest by Estrin's
};

/// A form at random, for polynomials of up to that degree.
PolynomialForm random_form(int most_degree, numbers::Random& random);

/// The kernel, all coefficients 1: for a fit to begin with.
ir::Program polynomial_kernel(const PolynomialForm& form, int degree);

}  // namespace ulpforge::evo
