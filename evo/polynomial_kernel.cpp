// Writing polynomials.
#include "evo/polynomial_kernel.h"

#include <algorithm>
#include <vector>

namespace ulpforge::evo {

using ir::Op;
using ir::Operand;
using ir::Type;

Operand append_polynomial(ir::Program& program, std::span<const Operand> coefficients, Operand t,
                          std::size_t horner) {
  horner = std::min(horner, coefficients.size() - 1);
  std::vector<Operand> level(coefficients.begin() + static_cast<std::ptrdiff_t>(horner),
                             coefficients.end());
  Operand power = t;
  while (level.size() > 1) {
    std::vector<Operand> pairs;
    for (std::size_t k = 0; k < level.size(); k += 2) {
      pairs.push_back(k + 1 < level.size()
                          ? program.add(Type::F32, Op::Fma, level[k + 1], power, level[k])
                          : level[k]);
    }
    level = std::move(pairs);
    if (level.size() > 1) power = program.add(Type::F32, Op::Mul, power, power);
  }
  Operand value = level.front();
  while (horner-- > 0) value = program.add(Type::F32, Op::Fma, value, t, coefficients[horner]);
  return value;
}

std::size_t random_split(std::size_t coefficients, numbers::Random& random) {
  const int kind = random.below(4);
  return kind == 0 ? coefficients : static_cast<std::size_t>(kind - 1);
}

PolynomialForm random_form(int most_degree, numbers::Random& random) {
  PolynomialForm form;
  form.shape = static_cast<PolynomialForm::Shape>(random.below(3));
  form.horner = random_split(static_cast<std::size_t>(most_degree) + 1, random);
  return form;
}

ir::Program polynomial_kernel(const PolynomialForm& form, int degree) {
  ir::Program kernel;
  kernel.input_types[0] = Type::F32;
  const Operand r = Operand::input();
  std::vector<Operand> coefficients;
  for (int k = 0; k <= degree; ++k) coefficients.push_back(kernel.add_constant(1.0));
  if (form.shape == PolynomialForm::Plain) {
    kernel.result = append_polynomial(kernel, coefficients, r, form.horner);
    return kernel;
  }
  const Operand square = kernel.add(Type::F32, Op::Mul, r, r);
  if (form.shape == PolynomialForm::OfSquare) {
    kernel.result = append_polynomial(kernel, coefficients, square, form.horner);
    return kernel;
  }
  const Operand inner = append_polynomial(kernel, coefficients, r, form.horner);
  const Operand sum = kernel.add(Type::F32, Op::Fma, square, inner, r);
  kernel.result = kernel.add(Type::F32, Op::Add, sum, kernel.add_constant(1.0));
  return kernel;
}

}  // namespace ulpforge::evo
