// The activations of a transformer block whose tensors are bfloat16: the exponentials of
// attention's softmax, 8 heads of 512 by 512 scores, and GELU over 512 tokens of 11008 hidden
// values. Once by functions of float between conversions, once by libufmath's functions from bf16
// to bf16.
#include <ufmath.h>

#include <cstdint>
#include <cstring>
#include <random>

#include "../measure.h"

namespace {

using Tensor = std::vector<std::uint16_t>;

float widen(std::uint16_t pattern) {
  const std::uint32_t bits = std::uint32_t{pattern} << 16;
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

// To nearest, ties to even; no number here is NaN.
std::uint16_t narrow(float value) {
  std::uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return static_cast<std::uint16_t>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

// A double correctly rounded: by way of a float that is rounded to odd.
std::uint16_t narrow(double value) {
  float near = static_cast<float>(value);
  if (static_cast<double>(near) != value) {
    if (std::fabs(static_cast<double>(near)) > std::fabs(value)) near = std::nextafter(near, 0.0f);
    std::uint32_t bits;
    std::memcpy(&bits, &near, sizeof bits);
    bits |= 1u;
    std::memcpy(&near, &bits, sizeof near);
  }
  return narrow(near);
}

template <class Function>
void by_float(const Tensor& x, Tensor& y, Function function) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = narrow(function(widen(x[i])));
}

// How many of the results are not what is due.
template <class Exact>
std::size_t wrong(const Tensor& x, const Tensor& y, Exact exact) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    count += y[i] != narrow(exact(static_cast<double>(widen(x[i]))));
  }
  return count;
}

using Array = void (*)(const std::uint16_t*, std::uint16_t*, std::size_t);

// Both versions of one activation; main's exit code.
template <class Plain, class Exact>
int compare(const char* what, const Tensor& x, Plain plain, Array array, Exact exact) {
  Tensor y(x.size());
  const double unit = 1e-9 * static_cast<double>(x.size());
  const double plain_time = seconds([&] { by_float(x, y, plain); });
  const std::size_t plain_wrong = wrong(x, y, exact);
  const double time = seconds([&] { array(x.data(), y.data(), x.size()); });
  const std::size_t ours_wrong = wrong(x, y, exact);
  std::printf("%s, %zu results in bf16\n", what, x.size());
  std::printf("  std:: in float  %7.3f ns each   %zu not correctly rounded\n", plain_time / unit,
              plain_wrong);
  std::printf("  libufmath       %7.3f ns each   %zu   %.1f GB/s, %.1f times as fast\n",
              time / unit, ours_wrong, 4 * static_cast<double>(x.size()) / time * 1e-9,
              plain_time / time);
  return ours_wrong == 0 ? 0 : 1;
}

Tensor normal_numbers(std::size_t count, float deviation, std::mt19937& random) {
  std::normal_distribution<float> normal(0, deviation);
  Tensor x(count);
  for (std::uint16_t& value : x) value = narrow(normal(random));
  return x;
}

}  // namespace

int main() {
  std::mt19937 random(1);
  // Scores less the largest of their row, as softmax takes them.
  Tensor scores = normal_numbers(std::size_t{8} * 512 * 512, 3, random);
  for (std::size_t row = 0; row < scores.size(); row += 512) {
    float top = -1e30f;
    for (std::size_t i = row; i < row + 512; ++i) top = std::max(top, widen(scores[i]));
    for (std::size_t i = row; i < row + 512; ++i) scores[i] = narrow(widen(scores[i]) - top);
  }
  const int softmax_failed = compare(
      "attention, exp of scores", scores, [](float x) { return std::exp(x); },
      uf_exp_nonpositive_bf16_n, [](double x) { return std::exp(x); });

  const Tensor hidden = normal_numbers(std::size_t{512} * 11008, 2, random);
  return compare(
             "feed-forward, GELU", hidden,
             [](float x) { return x / 2 * std::erfc(-x * 0.70710678f); }, uf_gelu_bf16_n,
             [](double x) { return x / 2 * std::erfc(-x * std::sqrt(0.5)); }) ||
         softmax_failed;
}
