// A bound for a machine program over double: approximation plus rounding, through its range
// reduction.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ir/program.h"
#include "targets/target.h"

namespace ulpforge::proof {

/// y the computed double, f the exact value; every figure is an upper bound.
struct MachineDoubleBound {
  bool proven = false;
  double bound = 0;  ///< |y - f| / ulp(f) (targets/exact/ulp.h) at every double of the domain
  double bound_normal = 0;   ///< where |f| >= 2^-1021; below, y is rounded once more
  double approximation = 0;  ///< of the kernel in real arithmetic, relative; with or without Gappa
  double rounding = 0;       ///< ULP: the part of rounding in the kernel where the bound is largest
  double reduced = 0;        ///< |r| of the reduced argument; 0 without a reduction
  double argument_error = 0;  ///< |computed r - exact r|
  bool skips_zero = false;    ///< as in DoubleBound
  bool gappa_missing = false;
  std::string obstacle;  ///< why nothing is proven, in one line
};

/// A bound for a machine program of a double with a double for its result, on a domain or (without
/// one) at every double, infinities and NaN included. Every operation is rounded to nearest even.
///
/// A program of arithmetic alone needs a domain (proof/double_bound.h). One that reduces its
/// argument (proof/reduction.h) has to be for a function with f(x) = 2^n f(x - n L): exp2, exp,
/// exp10, with L = 1, log 2, log10 2. Then
///   f(x) = 2^n f(r), r = x - n L,
/// Gappa bounds |n - x factor| and the error of the computed r, for x and n of either sign and
/// n != 0 (r is x for n = 0); the kernel's error at computed arguments comes from prove() and
/// Gappa, that of f between computed and exact r from f'; and the product with 2^n is exact, or
/// rounded once where it is subnormal, which adds half an ULP. Beyond the clamp, and at infinities
/// and NaN, the results are looked at.
///
/// Where Gappa is missing, obstacle says so and `approximation` alone is filled in. Throws
/// std::invalid_argument for a target that does not parse, or has no values on the domain.
MachineDoubleBound prove_machine_double(const ir::Program& program, std::string_view expression,
                                        const std::optional<targets::Domain>& domain);

}  // namespace ulpforge::proof
