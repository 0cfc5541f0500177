// Kernels for tests of schemes: so accurate that what is wrong of the whole is the scheme's.
#pragma once

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "evo/interval_table.h"
#include "evo/kernel.h"
#include "evo/kernel_fit.h"

namespace ulpforge::evo {

/// A table of 32 intervals, centred and so accurate, for kernels that are a whole function or next
/// to a pole; of two, by sign, for kernels that are two functions.
inline ir::Program table(const targets::Scheme& scheme, bool by_sign) {
  IntervalTable table;
  const auto fits = [&] {
    return by_sign ? table.by_sign() : table.intervals == 32 && table.centred;
  };
  for (std::uint64_t draw = 0; draw == 0 || !fits(); ++draw) {
    numbers::Random random{3, draw};
    table = random_table(scheme, random);
  }
  table.degree = by_sign ? 4 : 5;
  if (scheme.kernel.domain.lo == 0) {
    table.scale = 1;
    table.offset = static_cast<float>(scheme.kernel.domain.hi / 8);
    table.shift = 20;
  }
  const auto kernel = tabulate(scheme, table);
  EXPECT_TRUE(kernel);
  return kernel.value_or(empty_kernel());
}

/// Horner's scheme, of an even degree (exp/scalef counts on a kernel that is positive far out), its
/// constants fitted to the scheme's kernel.
/// A polynomial by Horner's scheme, and the error of its fit.
inline std::pair<ir::Program, double> polynomial(const targets::Scheme& scheme, int degree) {
  ir::Program kernel = empty_kernel();
  ir::Operand value = kernel.add_constant(1e-3);
  for (int k = 0; k < degree; ++k) {
    const ir::Operand constant = kernel.add_constant(0.5 / (k + 1));
    value = kernel.add(ir::Type::F32, ir::Op::Fma, value, ir::Operand::input(), constant);
  }
  kernel.result = value;
  const KernelNodes nodes(scheme);
  KernelFitter fitter(nodes);
  numbers::Random random{1};
  const double error = fitter.fit(kernel, 4, random);
  round_constants(kernel, scheme.type);
  return {kernel, error};
}

inline ir::Program accurate_kernel(const targets::Scheme& scheme) {
  const bool in_double = scheme.type == ir::Type::F64;
  const bool two_functions = scheme.kernel.expression.find("x/abs(x)") != std::string::npos;
  const bool wide = scheme.kernel.domain.width() > 1 || scheme.kernel.domain.lo == 0;
  if (!in_double && (two_functions || wide)) {
    return table(scheme, two_functions);
  }
  const double enough = in_double ? 1e-15 : 1e-7;
  const std::vector<int> degrees = in_double ? std::vector{14, 22, 27} : std::vector{8};
  for (const int degree : degrees) {
    const auto [kernel, error] = polynomial(scheme, degree);
    if (error < enough) return kernel;
  }
  ADD_FAILURE() << "no polynomial is accurate enough";
  return empty_kernel();
}

}  // namespace ulpforge::evo
