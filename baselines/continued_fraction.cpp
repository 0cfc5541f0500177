// Euclid's algorithm on numerator and denominator, each remainder made monic.
#include "baselines/continued_fraction.h"

namespace ulpforge::baselines {

using numbers::Mpfr;

namespace {

// Magnitude of a remainder's leading coefficient, against the largest coefficient of the dividend:
// below the first it counts as 0 with rounding errors, between the two that cannot be told.
constexpr double kZero = 1e-60;
constexpr double kDoubtful = 1e-45;

}  // namespace

std::optional<ContinuedFraction> continued_fraction(const Rational& r) {
  ContinuedFraction result;
  // result == whole + ... + numerator / denominator
  Mpfr scale = max_coefficient(r.numerator);
  Polynomial denominator = r.denominator;
  Division division = divide(r.numerator, denominator);
  result.whole = std::move(division.quotient);
  flush(result.whole, scale * kZero);
  Polynomial numerator = std::move(division.remainder);
  for (;;) {
    trim(numerator, scale * kZero);
    if (numerator.empty()) return result;
    if (abs(numerator.back()) <= scale * kDoubtful) return std::nullopt;
    // With both made monic: numerator / denominator == (top / bottom) / (quotient + remainder /
    // numerator).
    const Mpfr top = numerator.back(), bottom = denominator.back();
    numerator = scaled(std::move(numerator), 1 / top);
    denominator = scaled(std::move(denominator), 1 / bottom);
    result.levels.push_back({top / bottom, {}});
    scale = max_coefficient(denominator);
    division = divide(denominator, numerator);
    Polynomial& quotient = result.levels.back().denominator;
    quotient = std::move(division.quotient);
    flush(quotient, scale * kZero);
    quotient.back() = 1;
    denominator = std::move(numerator);
    numerator = std::move(division.remainder);
  }
}

Mpfr evaluate(const ContinuedFraction& fraction, const Mpfr& u) {
  Mpfr result(0);
  for (auto level = fraction.levels.rbegin(); level != fraction.levels.rend(); ++level) {
    result = level->numerator / (evaluate(level->denominator, u) + result);
  }
  return evaluate(fraction.whole, u) + result;
}

}  // namespace ulpforge::baselines
