// Errors in ULPs against an exact value.
#include "targets/ulp.h"

#include <limits>

#include "targets/real.h"

namespace ulpforge::targets {
namespace {

mpfr_rnd_t direction(Rounding rounding) {
  switch (rounding) {
    case Rounding::Nearest:
      return MPFR_RNDN;
    case Rounding::Up:
      return MPFR_RNDU;
    case Rounding::Down:
      return MPFR_RNDD;
    case Rounding::Zero:
      break;
  }
  return MPFR_RNDZ;
}

}  // namespace

double round_to(Format format, const ir::Mpfr& f, Rounding rounding) {
  return format == kFloat ? mpfr_get_flt(ir::raw(f), direction(rounding))
                          : mpfr_get_d(ir::raw(f), direction(rounding));
}

double ulp_error(Format format, double y, const ir::Mpfr& f, UlpOf of, Rounding rounding) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  if (mpfr_nan_p(ir::raw(f))) return std::isnan(y) ? 0 : kNone;
  if (std::isnan(y)) return kNone;
  if (mpfr_inf_p(ir::raw(f))) return y == mpfr_get_d(ir::raw(f), MPFR_RNDN) ? 0 : kNone;
  const bool beyond = mpfr_regular_p(ir::raw(f)) && mpfr_get_exp(ir::raw(f)) > format.emax;
  if (beyond) {
    const bool infinite = std::isinf(y) && std::signbit(y) == (mpfr_signbit(ir::raw(f)) != 0);
    if (infinite || y == round_to(format, f, rounding)) return 0;
    if (mpfr_get_exp(ir::raw(f)) > format.emax + 1) return kNone;
  }

  long exponent = mpfr_regular_p(ir::raw(f)) ? mpfr_get_exp(ir::raw(f)) : format.emin;
  if (of == UlpOf::Rounded) {
    const double rounded = round_to(format, f, rounding);
    int binade = format.emin;
    if (std::isinf(rounded)) {
      binade = format.emax + 1;
    } else if (rounded != 0) {
      std::frexp(rounded, &binade);
    }
    if (!beyond) exponent = binade;
  }
  // So many bits that y - f is exact for any y near f, and rounded once.
  ir::Mpfr error = real(512);
  if (std::isinf(y)) {
    mpfr_set_si_2exp(ir::raw(error), y < 0 ? -1 : 1, format.emax, MPFR_RNDN);
  } else {
    mpfr_set_d(ir::raw(error), y, MPFR_RNDN);
  }
  mpfr_sub(ir::raw(error), ir::raw(error), ir::raw(f), MPFR_RNDN);
  mpfr_mul_2si(ir::raw(error), ir::raw(error), -ulp_exponent(format, exponent), MPFR_RNDN);
  return mpfr_get_d(ir::raw(error), MPFR_RNDN);
}

}  // namespace ulpforge::targets
