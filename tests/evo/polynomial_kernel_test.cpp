// Polynomials as kernels against their definition.
#include "evo/polynomial_kernel.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <vector>

#include "ir/canonical.h"
#include "ir/interpret.h"

namespace ulpforge::evo {
namespace {

double value_at(const std::vector<double>& c, double t) {
  double value = 0;
  for (std::size_t k = c.size(); k-- > 0;) value = value * t + c[k];
  return value;
}

TEST(PolynomialKernel, IsThePolynomialHoweverItIsSplit) {
  for (const std::size_t horner : {0, 1, 2, 4, 99}) {
    for (std::size_t degree = 1; degree <= 9; ++degree) {
      ir::Program program;
      program.input_types[0] = ir::Type::F32;
      std::vector<double> c;
      std::vector<ir::Operand> coefficients;
      for (std::size_t k = 0; k <= degree; ++k) {
        c.push_back(1.0 + 0.375 * static_cast<double>(k * k % 7));
        coefficients.push_back(program.add_constant(c.back()));
      }
      program.result = append_polynomial(program, coefficients, ir::Operand::input(), horner);
      const std::vector<float> x = {-1.25F, -0.5F, 0.0F, 0.3F, 1.0F, 2.0F};
      std::vector<float> y(x.size());
      ir::interpret<float, float>(program, x, y);
      for (std::size_t i = 0; i < x.size(); ++i) {
        const double exact = value_at(c, static_cast<double>(x[i]));
        const double size = value_at(c, std::abs(static_cast<double>(x[i])));
        EXPECT_NEAR(static_cast<double>(y[i]), exact, 1e-6 * size) << degree << " at " << x[i];
      }
    }
  }
}

TEST(PolynomialKernel, EstrinsChainIsShorter) {
  const auto depth = [](std::size_t horner) {
    ir::Program program;
    program.input_types[0] = ir::Type::F32;
    std::vector<ir::Operand> coefficients;
    for (int k = 0; k < 8; ++k) coefficients.push_back(program.add_constant(1.0));
    program.result = append_polynomial(program, coefficients, ir::Operand::input(), horner);
    std::vector<int> depths;
    for (const ir::Instruction& step : program.code) {
      int most = 0;
      for (std::size_t k = 0; k < step.arity(); ++k) {
        if (step.operands[k].is_value()) most = std::max(most, depths[step.operands[k].index]);
      }
      depths.push_back(most + 1);
    }
    return depths.back();
  };
  EXPECT_EQ(depth(8), 7);
  EXPECT_EQ(depth(0), 3);
}

TEST(PolynomialKernel, DrawsAreSoundAndOfManyShapes) {
  std::set<std::uint64_t> shapes;
  for (std::uint64_t draw = 0; draw < 200; ++draw) {
    numbers::Random random{5, draw};
    const int degree = 1 + random.below(8);
    const ir::Program kernel = polynomial_kernel(random_form(degree, random), degree);
    EXPECT_FALSE(ir::find_defect(kernel));
    shapes.insert(ir::shape_hash(kernel));
  }
  EXPECT_GT(shapes.size(), 30U);
}

}  // namespace
}  // namespace ulpforge::evo
