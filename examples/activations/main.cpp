// Softmax and GELU over a layer of a network: 256 rows of 4096 activations.
#include <ufmath.h>

#include <random>

#include "../measure.h"

namespace {

constexpr std::size_t kRows = 256, kWidth = 4096, kCount = kRows * kWidth;

// A sum or maximum in sixteen lanes, which every compiler makes vectors of.
template <class Real, class Step>
Real by_lanes(const Real* x, Real start, Step step) {
  constexpr std::size_t kLanes = 16;
  Real lanes[kLanes];
  std::fill(lanes, lanes + kLanes, start);
  for (std::size_t i = 0; i < kWidth; i += kLanes) {
    for (std::size_t k = 0; k < kLanes; ++k) lanes[k] = step(lanes[k], x[i + k]);
  }
  for (std::size_t k = 1; k < kLanes; ++k) lanes[0] = step(lanes[0], lanes[k]);
  return lanes[0];
}

template <class Real, class Exponentials>
void softmax(const std::vector<Real>& x, std::vector<Real>& y, Exponentials exponentials) {
  for (std::size_t begin = 0; begin < kCount; begin += kWidth) {
    const Real* const in = &x[begin];
    Real* const out = &y[begin];
    const Real top = by_lanes(in, in[0], [](Real a, Real b) { return a > b ? a : b; });
    for (std::size_t i = 0; i < kWidth; ++i) out[i] = in[i] - top;
    exponentials(out);
    const Real scale = 1 / by_lanes(out, Real(0), [](Real a, Real b) { return a + b; });
    for (std::size_t i = 0; i < kWidth; ++i) out[i] *= scale;
  }
}

template <class Real>
void standard_exponentials(Real* x) {
  for (std::size_t i = 0; i < kWidth; ++i) x[i] = std::exp(x[i]);
}

template <class Real>
void standard_gelu(const std::vector<Real>& x, std::vector<Real>& y) {
  const Real root_half = std::sqrt(Real(0.5));
  for (std::size_t i = 0; i < kCount; ++i) y[i] = x[i] / 2 * (1 + std::erf(x[i] * root_half));
}

// For the reference: no cancellation where x is negative.
void exact_gelu(const std::vector<double>& x, std::vector<double>& y) {
  for (std::size_t i = 0; i < kCount; ++i) y[i] = x[i] / 2 * std::erfc(-x[i] * std::sqrt(0.5));
}

}  // namespace

int main() {
  std::mt19937 random(1);
  std::normal_distribution<float> normal(0, 3);
  std::vector<float> x(kCount), y(kCount);
  for (float& value : x) value = normal(random);
  const std::vector<double> wide(x.begin(), x.end());
  std::vector<double> exact(kCount);

  softmax(wide, exact, standard_exponentials<double>);
  Result plain, ours;
  plain.seconds = seconds([&] { softmax(x, y, standard_exponentials<float>); });
  plain.error = largest_error(y, exact);
  ours.seconds = seconds([&] { softmax(x, y, [](float* row) { uf_expf_n(row, row, kWidth); }); });
  ours.error = largest_error(y, exact);
  const int softmax_failed = compare("softmax, relative error", kCount, plain, ours, 4e-6);

  exact_gelu(wide, exact);
  plain.seconds = seconds([&] { standard_gelu(x, y); });
  plain.error = largest_error(y, exact);
  ours.seconds = seconds([&] { uf_geluf_n(x.data(), y.data(), kCount); });
  ours.error = largest_error(y, exact);
  return compare("GELU, relative error", kCount, plain, ours, 2e-7) || softmax_failed;
}
