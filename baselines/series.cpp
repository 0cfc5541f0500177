// Differentiation by interpolation at high precision; Pade's equations by elimination.
#include "baselines/series.h"

#include <algorithm>

#include "baselines/precision.h"

namespace ulpforge::baselines {

using numbers::Mpfr;

namespace {

constexpr std::size_t kGuardPoints = 12;  // truncation error: (2^-24)^12 of the function's scale
constexpr unsigned kStepBits = 24;
constexpr unsigned kResultBits = 256;
constexpr double kZero = 1e-60;  // pivots, against the series' coefficients

/// Solves a x = b by Gaussian elimination with partial pivoting; nothing when a pivot is at most
/// `negligible`.
std::optional<std::vector<Mpfr>> solve(std::vector<std::vector<Mpfr>> a, std::vector<Mpfr> b,
                                       const Mpfr& negligible) {
  const std::size_t n = b.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < n; ++i) {
      if (abs(a[i][k]) > abs(a[pivot][k])) pivot = i;
    }
    if (!(abs(a[pivot][k]) > negligible)) return std::nullopt;
    std::swap(a[k], a[pivot]);
    std::swap(b[k], b[pivot]);
    for (std::size_t i = k + 1; i < n; ++i) {
      const Mpfr factor = a[i][k] / a[k][k];
      for (std::size_t j = k; j < n; ++j) a[i][j] -= factor * a[k][j];
      b[i] -= factor * b[k];
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    for (std::size_t j = k + 1; j < n; ++j) b[k] -= a[k][j] * b[j];
    b[k] /= a[k][k];
  }
  return b;
}

}  // namespace

unsigned taylor_precision(std::size_t count) {
  return kResultBits + kStepBits * static_cast<unsigned>(count + kGuardPoints);
}

Polynomial taylor(const std::function<Mpfr(const Mpfr&)>& f, const Mpfr& centre, const Mpfr& step,
                  std::size_t count) {
  Polynomial result;
  {
    const numbers::MpfrPrecision precision(taylor_precision(count));
    const Mpfr from = in_force(centre), unit = in_force(step);
    std::vector<Mpfr> offsets, values;
    for (std::size_t j = 1; j <= count + kGuardPoints; ++j) {
      offsets.push_back(unit * j);
      values.push_back(f(from + offsets.back()));
    }
    result = interpolate(offsets, values);
  }
  result.resize(count);
  for (Mpfr& c : result) c = in_force(c);  // the caller's again
  return result;
}

std::optional<Rational> pade(const Polynomial& series, int m, int n) {
  const auto c = [&](int k) { return k < 0 ? Mpfr(0) : series[k]; };
  // sum_j q_j c_{i - j} == 0 for i = m + 1 .. m + n, q_0 = 1
  std::vector<std::vector<Mpfr>> equations;
  std::vector<Mpfr> right;
  for (int i = m + 1; i <= m + n; ++i) {
    auto& row = equations.emplace_back();
    for (int j = 1; j <= n; ++j) row.push_back(c(i - j));
    right.push_back(-c(i));
  }
  const auto q = solve(std::move(equations), std::move(right), max_coefficient(series) * kZero);
  if (!q) return std::nullopt;
  Rational result;
  result.denominator.emplace_back(1);
  result.denominator.insert(result.denominator.end(), q->begin(), q->end());
  for (int i = 0; i <= m; ++i) {
    Mpfr sum(0);
    for (int j = 0; j <= std::min(i, n); ++j) sum += result.denominator[j] * c(i - j);
    result.numerator.push_back(sum);
  }
  return result;
}

}  // namespace ulpforge::baselines
