// A bound for a program as it runs in double or float: approximation plus rounding.
#pragma once

#include <string>

#include "ir/program.h"
#include "proof/gappa.h"
#include "targets/target.h"

namespace ulpforge::proof {

/// y the computed number, f the exact value. A weight of the target does not count here.
struct DoubleBound {
  bool proven = false;
  /// |y - f| / ulp(f) in the format (targets/exact/ulp.h); for a target in the absolute metric |y -
  /// f|. Rounded up.
  double bound = 0;
  double rounding = 0;  ///< the part of rounding in it
  double worst_lo = 0;  ///< where the bound is largest
  double worst_hi = 0;
  /// 0 and 0 < |x| < smallest_argument() are not covered: the target vanishes there, or the
  /// program divides by 0.
  bool skips_zero = false;
  std::string obstacle;  ///< why nothing is proven, in one line
};

/// Near 0 relative rounding errors end at subnormal numbers.
constexpr double smallest_argument(Precision precision) {
  return precision == Precision::Double ? 0x1p-400 : 0x1p-40;
}

/// A bound on the error of the emitted code (constants as in `program`, which have to be numbers of
/// the format; every operation rounded to nearest even, no contraction) at every number of the
/// domain. The domain is cut into pieces; on each the approximation error comes from prove() and
/// the rounding error from Gappa. Where the program is given an argument that is off by as much as
/// argument_error, f is meant at the right one. Throws GappaMissing.
DoubleBound prove_in_format(const ir::Program& program, const targets::Target& target,
                            Precision precision = Precision::Double, double argument_error = 0);

}  // namespace ulpforge::proof
