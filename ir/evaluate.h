// Evaluation of a program over any number type: double, DoubleDouble, Mpfr.
#pragma once

#include <span>

#include "ir/program.h"
#include "numbers/mpfr.h"

namespace ulpforge::ir {

/// y[i] = program(x[i]). IEEE semantics for double; MPFR in the precision in force (MpfrPrecision).
/// Works through blocks of points so that the double form vectorises.
/// Throws std::invalid_argument when the program holds an operation that T does not have (the
/// reference operations exist over Mpfr alone) or when the spans differ in length.
template <class T>
void evaluate(const Program& program, std::span<const T> x, std::span<T> y);

/// program(x) at one point.
template <class T>
T evaluate(const Program& program, const T& x);

/// Every intermediate value at x, one per instruction; the result operand is not looked at.
template <class T>
std::vector<T> trace(const Program& program, const T& x);

extern template void evaluate(const Program&, std::span<const double>, std::span<double>);
extern template void evaluate(const Program&, std::span<const numbers::DoubleDouble>,
                              std::span<numbers::DoubleDouble>);
extern template void evaluate(const Program&, std::span<const numbers::Mpfr>,
                              std::span<numbers::Mpfr>);
extern template double evaluate(const Program&, const double&);
extern template numbers::DoubleDouble evaluate(const Program&, const numbers::DoubleDouble&);
extern template numbers::Mpfr evaluate(const Program&, const numbers::Mpfr&);
extern template std::vector<double> trace(const Program&, const double&);
extern template std::vector<numbers::DoubleDouble> trace(const Program&,
                                                         const numbers::DoubleDouble&);
extern template std::vector<numbers::Mpfr> trace(const Program&, const numbers::Mpfr&);

}  // namespace ulpforge::ir
