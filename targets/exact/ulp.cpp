// Errors in ULPs against an exact value.
#include "targets/exact/ulp.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "targets/exact/real.h"

namespace ulpforge::targets {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

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

double round_to(const numbers::Format& format, const numbers::Mpfr& f, Rounding rounding) {
  if (!mpfr_regular_p(numbers::raw(f))) return mpfr_get_d(numbers::raw(f), MPFR_RNDN);
  const int unit = ulp_exponent(format, mpfr_get_exp(numbers::raw(f)));
  if (mpfr_get_exp(numbers::raw(f)) > format.emax) {
    // Beyond all finite numbers, perhaps by so much that double has none.
    const bool negative = mpfr_signbit(numbers::raw(f)) != 0;
    const bool infinite =
        rounding == Rounding::Nearest || rounding == (negative ? Rounding::Down : Rounding::Up);
    const double largest = std::ldexp(2 - std::ldexp(1.0, 1 - format.precision), format.emax - 1);
    return std::copysign(infinite ? kInfinity : largest, negative ? -1.0 : 1.0);
  }
  numbers::Mpfr units = real(f, static_cast<unsigned>(mpfr_get_prec(numbers::raw(f))));
  mpfr_mul_2si(numbers::raw(units), numbers::raw(units), -unit, MPFR_RNDN);  // exact
  mpfr_rint(numbers::raw(units), numbers::raw(units), direction(rounding));
  const double rounded = std::ldexp(mpfr_get_d(numbers::raw(units), MPFR_RNDN), unit);
  const bool overflow = std::abs(rounded) >= std::ldexp(1.0, format.emax);
  return overflow ? std::copysign(kInfinity, rounded) : rounded;
}

namespace {

/// (y - f) / ulp(f), and what `round` makes of the quotient and of the sign of what it misses.
template <class Round>
double ulp_error_by(const numbers::Format& format, double y, const numbers::Mpfr& f, UlpOf of,
                    Rounding rounding, Round round) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  if (mpfr_nan_p(numbers::raw(f))) return std::isnan(y) ? 0 : kNone;
  if (std::isnan(y)) return kNone;
  if (mpfr_inf_p(numbers::raw(f))) return y == mpfr_get_d(numbers::raw(f), MPFR_RNDN) ? 0 : kNone;
  const bool beyond =
      mpfr_regular_p(numbers::raw(f)) && mpfr_get_exp(numbers::raw(f)) > format.emax;
  if (beyond) {
    const bool infinite = std::isinf(y) && std::signbit(y) == (mpfr_signbit(numbers::raw(f)) != 0);
    if (infinite || y == round_to(format, f, rounding)) return 0;
    if (mpfr_get_exp(numbers::raw(f)) > format.emax + 1) return kNone;
  }

  long exponent = mpfr_regular_p(numbers::raw(f)) ? mpfr_get_exp(numbers::raw(f)) : format.emin;
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
  // So many bits that y - f is exact for any y near f, but where f is 0 next to y.
  numbers::Mpfr error = real(512);
  if (std::isinf(y)) {
    mpfr_set_si_2exp(numbers::raw(error), y < 0 ? -1 : 1, format.emax, MPFR_RNDN);
  } else {
    mpfr_set_d(numbers::raw(error), y, MPFR_RNDN);
  }
  const int missed = mpfr_sub(numbers::raw(error), numbers::raw(error), numbers::raw(f), MPFR_RNDN);
  mpfr_mul_2si(numbers::raw(error), numbers::raw(error), -ulp_exponent(format, exponent),
               MPFR_RNDN);
  return round(numbers::raw(error), -missed);
}

}  // namespace

double ulp_error(const numbers::Format& format, double y, const numbers::Mpfr& f, UlpOf of,
                 Rounding rounding) {
  return ulp_error_by(format, y, f, of, rounding,
                      [](mpfr_srcptr error, int) { return mpfr_get_d(error, MPFR_RNDN); });
}

double ulp_error_to_odd(const numbers::Format& format, double y, const numbers::Mpfr& f, UlpOf of,
                        Rounding rounding) {
  // `beyond`: the sign of the quotient less `error`.
  return ulp_error_by(format, y, f, of, rounding, [](mpfr_srcptr error, int beyond) {
    double odd = mpfr_get_d(error, MPFR_RNDZ);
    const bool inexact = beyond != 0 || mpfr_cmp_d(error, odd) != 0;
    if (!inexact || !std::isfinite(odd)) return odd;
    // Cut off towards 0, and where nothing but what `error` misses was cut off: on its other side?
    if (mpfr_cmp_d(error, odd) == 0 && (beyond > 0) != (odd > 0)) odd = std::nextafter(odd, 0.0);
    const auto bits = std::bit_cast<std::uint64_t>(odd);
    return std::bit_cast<double>(bits | 1);
  });
}

}  // namespace ulpforge::targets
