// A bound for a program as it runs in double: approximation plus rounding.
#pragma once

#include <string>

#include "ir/program.h"
#include "targets/target.h"

namespace ulpforge::proof {

/// y the computed double, f the exact value.
struct DoubleBound {
  bool proven = false;
  /// |y - f| / ulp(f) in double (targets/ulp.h); for a target in the absolute metric |y - f|.
  /// Rounded up.
  double bound = 0;
  double rounding = 0;  ///< the part of rounding in it
  double worst_lo = 0;  ///< where the bound is largest
  double worst_hi = 0;
  bool skips_zero = false;  ///< 0 and 0 < |x| < kSmallestArgument are not covered
  std::string obstacle;     ///< why nothing is proven, in one line
};

/// Near 0 relative rounding errors end at subnormal numbers.
inline constexpr double kSmallestArgument = 0x1p-400;

/// A bound on the error of the emitted code (constants as in `program`, which have to be doubles;
/// every operation rounded to nearest even, no contraction) at every double of the domain. The
/// domain is cut into pieces; on each the approximation error comes from prove() and the rounding
/// error from Gappa. Throws GappaMissing.
DoubleBound prove_in_double(const ir::Program& program, const targets::Target& target);

}  // namespace ulpforge::proof
