// A small front for tests.
#pragma once

#include <limits>

#include "runs/front.h"

namespace ulpforge::runs {

/// c0 / (x - c1) and, with an infinite error in double, x + c0 / x.
inline Front sample_front() {
  ir::Program quotient;
  const auto c0 = quotient.add_constant({-3.0, 0x1p-60});
  const auto c1 = quotient.add_constant({3.5, 0});
  quotient.result =
      quotient.add(ir::Op::Div, c0, quotient.add(ir::Op::Sub, ir::Operand::input(), c1));
  ir::Program sum;
  const auto c = sum.add_constant({0.125, 0});
  const auto q = sum.add(ir::Op::Div, c, ir::Operand::input());
  sum.result = sum.add(ir::Op::Add, ir::Operand::input(), q);

  Front front;
  front.version = "1.2.3";
  front.target = "exp2";
  front.expression = "exp2(x)";
  front.domain = {0, 1, true, false};
  front.metric = "relative";
  front.operations = {"+", "-", "*", "/"};
  front.max_operations = 12;
  front.seed = 7;
  front.evaluations = 1000;
  front.seconds = 0.25;
  front.programs.push_back(
      {quotient, 2, 3e-2, 3.1e-2, Rival{"polynomial minimax (Horner)", 3.5e-2}});
  front.programs.push_back({sum, 3, 1e-3, std::numeric_limits<double>::quiet_NaN(), std::nullopt});
  return front;
}

}  // namespace ulpforge::runs
