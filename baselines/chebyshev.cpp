// Chebyshev coefficients by the discrete cosine sum, quadratic time: the counts are small.
#include "baselines/chebyshev.h"

#include <algorithm>

namespace ulpforge::baselines {

using numbers::Mpfr;

namespace {

constexpr std::size_t kFirstCount = 32;
constexpr std::size_t kLastCount = 1024;

/// cos(pi i / (2 count)) for i = 0 .. 4 count - 1, one whole turn.
std::vector<Mpfr> cosines(std::size_t count) {
  std::vector<Mpfr> table;
  Mpfr step;
  mpfr_const_pi(numbers::raw(step), MPFR_RNDN);
  step /= 2 * count;
  for (std::size_t i = 0; i < 4 * count; ++i) table.push_back(cos(Mpfr(step * i)));
  return table;
}

}  // namespace

std::vector<Mpfr> chebyshev_coefficients(const std::function<Mpfr(const Mpfr&)>& f,
                                         std::size_t count) {
  const std::vector<Mpfr> table = cosines(count);
  std::vector<Mpfr> values;
  for (std::size_t j = 0; j < count; ++j) values.push_back(f(table[2 * j + 1]));
  std::vector<Mpfr> coefficients;
  Mpfr term;
  for (std::size_t k = 0; k < count; ++k) {
    Mpfr sum(0);
    for (std::size_t j = 0; j < count; ++j) {
      mpfr_fma(numbers::raw(sum), numbers::raw(values[j]),
               numbers::raw(table[k * (2 * j + 1) % (4 * count)]), numbers::raw(sum), MPFR_RNDN);
    }
    coefficients.push_back(sum * (k == 0 ? 1 : 2) / count);
  }
  return coefficients;
}

std::optional<std::vector<Mpfr>> chebyshev_interpolant(const std::function<Mpfr(const Mpfr&)>& f) {
  for (std::size_t count = kFirstCount; count <= kLastCount; count *= 2) {
    std::vector<Mpfr> coefficients = chebyshev_coefficients(f, count);
    const bool finite = std::all_of(coefficients.begin(), coefficients.end(),
                                    [](const Mpfr& c) { return isfinite(c); });
    if (!finite) return std::nullopt;
    const Mpfr threshold = max_coefficient(coefficients) * Mpfr(1e-60);
    std::size_t used = count;
    while (used > 0 && abs(coefficients[used - 1]) <= threshold) --used;
    if (used + 4 <= count) {  // four small ones: not a parity's zeros
      coefficients.resize(used);
      return coefficients;
    }
  }
  return std::nullopt;
}

Mpfr chebyshev_sum(const std::vector<Mpfr>& coefficients, const Mpfr& s) {
  Mpfr b1(0), b2(0), next;
  const Mpfr twice = 2 * s;
  for (std::size_t k = coefficients.size(); k-- > 1;) {
    mpfr_fms(numbers::raw(next), numbers::raw(twice), numbers::raw(b1), numbers::raw(b2),
             MPFR_RNDN);
    mpfr_add(numbers::raw(next), numbers::raw(next), numbers::raw(coefficients[k]), MPFR_RNDN);
    mpfr_swap(numbers::raw(b2), numbers::raw(b1));
    mpfr_swap(numbers::raw(b1), numbers::raw(next));
  }
  return coefficients.empty() ? b1 : Mpfr(s * b1 - b2 + coefficients[0]);
}

Polynomial chebyshev_truncation(const std::vector<Mpfr>& coefficients, std::size_t degree) {
  const std::size_t count = std::min(degree + 1, coefficients.size());
  Polynomial result(count, Mpfr(0));
  Polynomial previous{Mpfr(1)}, current{Mpfr(0), Mpfr(1)};  // T_k and T_{k+1}
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t j = 0; j < previous.size(); ++j) result[j] += coefficients[k] * previous[j];
    Polynomial next(current.size() + 1, Mpfr(0));
    for (std::size_t j = 0; j < current.size(); ++j) next[j + 1] = 2 * current[j];
    for (std::size_t j = 0; j < previous.size(); ++j) next[j] -= previous[j];
    previous = std::move(current);
    current = std::move(next);
  }
  return result;
}

}  // namespace ulpforge::baselines
