// Programs with known optima, written out by hand for the tests.
#pragma once

#include <array>

#include "evo/niches.h"
#include "ir/program.h"

namespace ulpforge::test {

/// f3 of AutoNumerics-Zero: c / (x - d) + e.
inline ir::Program three_operations() {
  using enum ir::Op;
  ir::Program p;
  const auto x = ir::Operand::input();
  const auto shifted = p.add(Add, x, p.add_constant(-3.4));
  const auto quotient = p.add(Div, p.add_constant(-8.2), shifted);
  p.result = p.add(Add, quotient, p.add_constant(-1.4));
  return p;
}

/// f5: c / (x + d / x + e) + g.
inline ir::Program five_operations() {
  using enum ir::Op;
  ir::Program p;
  const auto x = ir::Operand::input();
  const auto inner = p.add(Add, x, p.add(Div, p.add_constant(25.0), x));
  const auto shifted = p.add(Add, inner, p.add_constant(-9.0));
  p.result = p.add(Add, p.add(Div, p.add_constant(18.0), shifted), p.add_constant(1.0));
  return p;
}

/// f10: u = x + c3 / x; v = u + c1 / u; (c4 / (v + c2) + c5)^8.
inline ir::Program ten_operations() {
  using enum ir::Op;
  ir::Program p;
  const auto x = ir::Operand::input();
  const auto u = p.add(Add, x, p.add(Div, p.add_constant(2200.0), x));
  const auto shifted = p.add(Add, p.add(Div, p.add_constant(850.0), u), p.add_constant(-96.0));
  const auto v = p.add(Add, shifted, u);
  auto y = p.add(Add, p.add(Div, p.add_constant(-191.0), v), p.add_constant(-1.0));
  for (int k = 0; k < 3; ++k) y = p.add(Mul, y, y);
  p.result = y;
  return p;
}

/// u = x + a / x; w = u + b / u; (1 - e / ((w + c / w) - d))^2.
inline ir::Program nested_ten_operations() {
  using enum ir::Op;
  ir::Program p;
  const auto x = ir::Operand::input();
  const auto u = p.add(Add, p.add(Div, p.add_constant(1400.0), x), x);
  const auto w = p.add(Add, p.add(Div, p.add_constant(3600.0), u), u);
  const auto z = p.add(Add, p.add(Div, p.add_constant(15000.0), w), w);
  const auto shifted = p.add(Add, z, p.add_constant(-250.0));
  const auto y = p.add(Add, p.add(Div, p.add_constant(490.0), shifted), p.add_constant(1.0));
  p.result = p.add(Mul, y, y);
  return p;
}

/// Niches by operation count.
inline evo::Niches niches(int max_operations) {
  constexpr std::array kOperations = {ir::Op::Add, ir::Op::Sub, ir::Op::Mul, ir::Op::Div};
  return {ir::Costs{}, kOperations, max_operations};
}

}  // namespace ulpforge::test
