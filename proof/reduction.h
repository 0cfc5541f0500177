// A machine program over double that reduces its argument, taken apart:
//   xc = min(high, max(low, x))      clamp, optional
//   n  = round(xc factor)            by rint, or by adding a shifter, 1.5 * 2^52
//   r  = xc + n c1 + n c2 ...        one rounding after each, Cody-Waite
//   k  = kernel(r)
//   y  = k 2^n                       by scalef, or by products with powers of two made of bits of n
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <variant>
#include <vector>

#include "ir/program.h"

namespace ulpforge::proof {

struct Reduction {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  double factor = 1;
  bool fused = false;        ///< factor and shifter in one fma
  double shifter = 0;        ///< 0: rint
  std::int64_t first_n = 0;  ///< n over the interval that it was taken apart for
  std::int64_t last_n = 0;
  std::vector<double> coefficients;  ///< c1, c2 ...; every product n c is exact or fused
  bool single_scalef = false;        ///< y = scalef(k, n) for any n
  ir::Program kernel;                ///< over real numbers
};

/// Takes a program apart for arguments in [lo, hi] (within the clamp where there is one); what of
/// it depends on n alone is run at every n that occurs. Or why that cannot be done, in one line.
std::variant<Reduction, std::string> take_apart(const ir::Program& program, double lo, double hi);

/// Whether nothing in the program rounds to an integer: it is a kernel alone.
bool is_plain(const ir::Program& program);

/// A machine program of arithmetic alone as a program over real numbers.
ir::Program as_real(const ir::Program& program);

}  // namespace ulpforge::proof
