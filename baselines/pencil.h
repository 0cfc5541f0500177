// Eigenvalues of a small symmetric definite pencil, in MPFR.
//
// Not by Eigen: its 3.4 and Boost 1.74's traits for mpfr_float do not compile together.
#pragma once

#include <optional>
#include <vector>

#include "numbers/mpfr.h"

namespace ulpforge::baselines {

/// A square matrix by rows.
using Matrix = std::vector<std::vector<numbers::Mpfr>>;

struct Eigenpair {
  numbers::Mpfr value;
  std::vector<numbers::Mpfr> vector;
};

/// All solutions of a v = value b v, a and b symmetric, b positive definite: Cholesky reduction,
/// then cyclic Jacobi (Golub and Van Loan, "Matrix Computations", sections 8.5 and 8.7). Nothing
/// when b is not positive definite to the precision in force.
std::optional<std::vector<Eigenpair>> solve_pencil(const Matrix& a, const Matrix& b);

}  // namespace ulpforge::baselines
