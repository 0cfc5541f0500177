// Normally distributed numbers by the transformation of Box and Muller: two of two uniform ones.
#include <ufmath.h>

#include <random>

#include "../measure.h"

namespace {

constexpr std::size_t kPairs = 1 << 20;
constexpr float kTwoPi = 6.2831853f;

// u in (0, 1] and the angle in [0, 2 pi]; the normal ones go to y in pairs of blocks.
template <class Real>
void standard_normals(const std::vector<float>& u, const std::vector<float>& angle,
                      std::vector<Real>& y) {
  for (std::size_t i = 0; i < kPairs; ++i) {
    const Real radius = std::sqrt(-2 * std::log(Real(u[i])));
    y[i] = radius * std::cos(Real(angle[i]));
    y[kPairs + i] = radius * std::sin(Real(angle[i]));
  }
}

void normals(const std::vector<float>& u, const std::vector<float>& angle, std::vector<float>& y) {
  constexpr std::size_t kBlock = 1024;
  float radius[kBlock];
  for (std::size_t begin = 0; begin < kPairs; begin += kBlock) {
    float *const first = &y[begin], *const second = &y[kPairs + begin];
    uf_logf_n(&u[begin], radius, kBlock);
    uf_cosf_n(&angle[begin], first, kBlock);
    uf_sinf_n(&angle[begin], second, kBlock);
    for (std::size_t i = 0; i < kBlock; ++i) {
      const float r = std::sqrt(-2 * radius[i]);
      first[i] *= r;
      second[i] *= r;
    }
  }
}

}  // namespace

int main() {
  std::mt19937 random(1);
  std::vector<float> u(kPairs), angle(kPairs), y(2 * kPairs);
  for (std::size_t i = 0; i < kPairs; ++i) {
    u[i] = (static_cast<float>(random() >> 8) + 1) * 0x1p-24f;
    angle[i] = static_cast<float>(random() >> 8) * 0x1p-24f * kTwoPi;
  }
  std::vector<double> exact(2 * kPairs);
  standard_normals(u, angle, exact);
  Result plain, ours;
  plain.seconds = seconds([&] { standard_normals(u, angle, y); });
  plain.error = largest_error(y, exact, 1);
  ours.seconds = seconds([&] { normals(u, angle, y); });
  ours.error = largest_error(y, exact, 1);
  return compare("Box-Muller, absolute error", 2 * kPairs, plain, ours, 2e-6);
}
