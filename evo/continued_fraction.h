// Quotients of polynomials inside a program, rewritten as continued fractions.
#pragma once

#include <cstddef>
#include <vector>

#include "ir/program.h"

namespace ulpforge::evo {

/// The values (x among them) in which instruction `t` is a quotient of two polynomials of degree at
/// least 1, by the instructions before it.
std::vector<ir::Operand> quotient_bases(const ir::Program& program, std::size_t t);

/// Writes the quotient at instruction `t` as the continued fraction in `base`
///   q0 + b1 / (q1 + b2 / (q2 + ...)), q1, q2, ... monic,
/// by Euclid's algorithm on its coefficients in double-double (Hart et al., "Computer
/// Approximations", 1968, section 4.4). False, with the program as it was, where a remainder cannot
/// be told from rounding errors. What nothing reads any more is left for simplification.
bool expand_as_continued_fraction(ir::Program& program, std::size_t t, ir::Operand base);

}  // namespace ulpforge::evo
