// Precision of Mpfr values: bits on our side, decimal digits on Boost's.
#include "numbers/mpfr.h"

namespace ulpforge::numbers {

MpfrPrecision::MpfrPrecision(unsigned bits) : saved_digits_(Mpfr::default_precision()) {
  const auto digits =
      static_cast<unsigned>(static_cast<unsigned long>(bits) * 30103UL / 100000UL) + 1U;
  Mpfr::default_precision(digits);
}

MpfrPrecision::~MpfrPrecision() { Mpfr::default_precision(saved_digits_); }

unsigned MpfrPrecision::bits() {
  const Mpfr probe(0);
  return static_cast<unsigned>(mpfr_get_prec(raw(probe)));
}

}  // namespace ulpforge::numbers
