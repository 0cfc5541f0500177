// MPFR as a number type: Boost.Multiprecision's variable-precision float, and the means to set and
// convert it without leaving the precision to chance.
#pragma once

#include <mpfr.h>

#include <boost/multiprecision/mpfr.hpp>

#include "numbers/double_double.h"

namespace ulpforge::numbers {

using Mpfr = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<0>,
                                           boost::multiprecision::et_off>;

/// Sets the precision, in bits (at least 53), of every Mpfr made while it lives. Boost 1.74 keeps
/// one precision for the whole process: open it in the outermost, single-threaded scope, never
/// inside a parallel loop.
class MpfrPrecision {
 public:
  explicit MpfrPrecision(unsigned bits);
  ~MpfrPrecision();
  MpfrPrecision(const MpfrPrecision&) = delete;
  MpfrPrecision& operator=(const MpfrPrecision&) = delete;

  /// The precision that is really in force: Boost counts in decimal digits and rounds up.
  static unsigned bits();

 private:
  unsigned saved_digits_;
};

inline mpfr_ptr raw(Mpfr& value) { return value.backend().data(); }
inline mpfr_srcptr raw(const Mpfr& value) { return value.backend().data(); }

/// hi + lo, exactly where the precision in force allows it.
inline Mpfr to_mpfr(const DoubleDouble& value) {
  Mpfr result(value.hi);
  // -0 + 0 is 0.
  if (value.lo != 0) mpfr_add_d(raw(result), raw(result), value.lo, MPFR_RNDN);
  return result;
}

/// The nearest double, and the nearest double to what is left.
inline DoubleDouble to_double_double(const Mpfr& value) {
  const double hi = mpfr_get_d(raw(value), MPFR_RNDN);
  if (!std::isfinite(hi)) return {hi, 0};
  Mpfr rest(value);
  mpfr_sub_d(raw(rest), raw(value), hi, MPFR_RNDN);
  return {hi, mpfr_get_d(raw(rest), MPFR_RNDN)};
}

}  // namespace ulpforge::numbers
