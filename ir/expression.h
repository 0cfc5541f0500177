// Expressions: a target as a researcher writes it, such as log1p(exp(x)).
//
//   + - * /   as usual; no implied multiplication
//   ^         binds tighter than unary minus and to the right: -x^2 = -(x^2), 2^3^2 = 2^(3^2).
//             Integer powers up to 64 become multiplications, so they are exact in real arithmetic
//   names     the variable x (and y in a function of two), the constants pi and e, and every
//             operation of ir/ops.def by its C name: exp(x), pow(x, y), fmod(x, y), airy_ai(x) ...;
//             abs, ln, gamma and psi are fabs, log, tgamma and digamma; j2(x), y2(x), i2(x), k2(x)
//             are Bessel functions of that order, jn(2, x), yn(2, x), cyl_bessel_i(2, x),
//             cyl_bessel_k(2, x); frexp(x) and modf(x) are what C's functions return
//   numbers   decimals, exactly: 0.1 is 1/10, not the double next to it; hex floats
//
// The result is a program in real arithmetic: what it computes is what was written.
#pragma once

#include <stdexcept>
#include <string_view>

#include "ir/program.h"

namespace ulpforge::ir {

/// What is wrong with an expression; what() is one line with the column, what was found and what
/// would be right.
struct ExpressionError : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// Throws ExpressionError: a syntax error, an unknown name, a wrong number of arguments, a number
/// of more digits than double-double holds (about 31), nesting beyond 200 or more than 4096
/// characters.
///
/// With `variables` = 2 the variable y exists too, and the program has two inputs.
ir::Program parse_expression(std::string_view text, std::size_t variables = 1);

/// Whether the program's result depends on its input.
bool depends_on_input(const ir::Program& program);

}  // namespace ulpforge::ir
