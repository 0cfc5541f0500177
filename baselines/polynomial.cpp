// Monomial-basis algebra, all in the MPFR precision in force.
#include "baselines/polynomial.h"

#include <algorithm>

namespace ulpforge::baselines {

using numbers::Mpfr;

Mpfr evaluate(const Polynomial& p, const Mpfr& u) {
  Mpfr result(0);
  for (auto c = p.rbegin(); c != p.rend(); ++c) {
    result *= u;
    result += *c;
  }
  return result;
}

Polynomial compose_affine(const Polynomial& p, const Mpfr& scale, const Mpfr& shift) {
  Polynomial result;
  for (auto c = p.rbegin(); c != p.rend(); ++c) {
    // result = result * (scale u + shift) + c
    result.emplace_back(0);
    for (std::size_t k = result.size() - 1; k > 0; --k) {
      result[k] = result[k] * shift + result[k - 1] * scale;
    }
    result[0] = result[0] * shift + *c;
  }
  return result;
}

Polynomial scaled(Polynomial p, const Mpfr& factor) {
  for (Mpfr& c : p) c *= factor;
  return p;
}

void trim(Polynomial& p, const Mpfr& threshold) {
  while (!p.empty() && abs(p.back()) <= threshold) p.pop_back();
}

void flush(Polynomial& p, const Mpfr& threshold) {
  for (Mpfr& c : p) {
    if (abs(c) <= threshold) c = 0;
  }
}

Mpfr max_coefficient(const Polynomial& p) {
  Mpfr largest(0);
  for (const Mpfr& c : p) largest = std::max<Mpfr>(largest, abs(c));
  return largest;
}

Division divide(const Polynomial& a, const Polynomial& b) {
  Division result{{}, a};
  if (a.size() < b.size()) return result;
  result.quotient.assign(a.size() - b.size() + 1, Mpfr(0));
  for (std::size_t k = result.quotient.size(); k-- > 0;) {
    const Mpfr factor = result.remainder[k + b.size() - 1] / b.back();
    for (std::size_t j = 0; j < b.size(); ++j) result.remainder[k + j] -= factor * b[j];
    result.quotient[k] = factor;
  }
  result.remainder.resize(b.size() - 1);
  return result;
}

Polynomial interpolate(const std::vector<Mpfr>& points, const std::vector<Mpfr>& values) {
  std::vector<Mpfr> differences = values;
  for (std::size_t order = 1; order < points.size(); ++order) {
    for (std::size_t i = points.size() - 1; i >= order; --i) {
      differences[i] = (differences[i] - differences[i - 1]) / Mpfr(points[i] - points[i - order]);
    }
  }
  Polynomial result;
  for (std::size_t i = points.size(); i-- > 0;) {
    // result = result * (u - points[i]) + differences[i]
    result.emplace_back(0);
    for (std::size_t k = result.size() - 1; k > 0; --k) {
      result[k] = result[k - 1] - result[k] * points[i];
    }
    result[0] = differences[i] - result[0] * points[i];
  }
  return result;
}

Mpfr evaluate(const Rational& r, const Mpfr& u) {
  return evaluate(r.numerator, u) / evaluate(r.denominator, u);
}

Rational compose_affine(const Rational& r, const Mpfr& scale, const Mpfr& shift) {
  return {compose_affine(r.numerator, scale, shift), compose_affine(r.denominator, scale, shift)};
}

}  // namespace ulpforge::baselines
