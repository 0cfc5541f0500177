// Kernels as they are written by hand, for tests and benchmarks.
#pragma once

#include <cmath>
#include <vector>

#include "ir/program.h"

namespace ulpforge::jit::test {

/// 2^x: n = rint(x), a Taylor polynomial of that degree in x - n by Horner's rule, scalef by n.
inline ir::Program exp2_program(int degree) {
  using ir::Op;
  using ir::Operand;
  using ir::Type;
  ir::Program program;
  program.input_types[0] = Type::F32;
  const Operand n = program.add(Type::F32, Op::Rint, Operand::input());
  const Operand t = program.add(Type::F32, Op::Sub, Operand::input(), n);
  double coefficient = 1;
  std::vector<double> taylor = {1};
  for (int k = 1; k <= degree; ++k) taylor.push_back(coefficient *= std::log(2.0) / k);
  const auto constant = [&](int k) {
    return program.add_constant(static_cast<double>(static_cast<float>(taylor[k])));
  };
  Operand p = constant(degree);
  for (int k = degree - 1; k >= 0; --k) {
    const Operand next = constant(k);
    p = program.add(Type::F32, Op::Fma, p, t, next);
  }
  program.result = program.add(Type::F32, Op::Scalef, p, n);
  return program;
}

/// Twelve operations: 2^x of degree 6, times x, plus 1, by a min; the variant tells programs of a
/// batch apart.
inline ir::Program twelve_operations(std::size_t variant) {
  using ir::Op;
  using ir::Operand;
  using ir::Type;
  ir::Program program = exp2_program(6);
  const Operand bound = program.add_constant(1e30);
  const Operand low =
      program.add(Type::F32, variant % 2 == 0 ? Op::Min : Op::Max, program.result, bound);
  const Operand one = program.add_constant(1.0 + static_cast<double>(variant));
  const Operand product = program.add(Type::F32, Op::Mul, low, Operand::input());
  program.result = program.add(Type::F32, Op::Add, product, one);
  return program;
}

}  // namespace ulpforge::jit::test
