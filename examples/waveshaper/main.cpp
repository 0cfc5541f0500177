// An audio effect: ten seconds of stereo at 48 kHz through the soft clipping of tanh, in blocks as
// a plug-in gets them. For the ear an error of 2^-11 is enough: the second figures are of that
// tier.
#include <ufmath.h>

#include "../measure.h"

namespace {

constexpr std::size_t kBlock = 256, kCount = 2 * 48000 * 10 / kBlock * kBlock;
constexpr float kDrive = 4;

template <class Real>
void standard_shaper(const std::vector<float>& in, std::vector<Real>& out) {
  for (std::size_t i = 0; i < kCount; ++i) out[i] = std::tanh(Real(kDrive) * Real(in[i]));
}

template <void (*tanh)(const float*, float*, std::size_t)>
void shaper(const std::vector<float>& in, std::vector<float>& out) {
  for (std::size_t begin = 0; begin < kCount; begin += kBlock) {
    float* const block = &out[begin];
    for (std::size_t i = 0; i < kBlock; ++i) block[i] = kDrive * in[begin + i];
    tanh(block, block, kBlock);
  }
}

}  // namespace

int main() {
  std::vector<float> in(kCount), out(kCount);
  for (std::size_t i = 0; i < kCount; ++i) {  // two strings that decay
    const double t = static_cast<double>(i / 2) / 48000;
    const double pitch = i % 2 == 0 ? 110 : 164.81;
    in[i] = static_cast<float>(std::exp(-t / 3) * std::sin(2 * 3.14159265358979 * pitch * t));
  }
  std::vector<double> exact(kCount);
  standard_shaper(in, exact);
  Result plain, ours;
  plain.seconds = seconds([&] { standard_shaper(in, out); });
  plain.error = largest_error(out, exact, 1);
  ours.seconds = seconds([&] { shaper<uf_tanhf_n>(in, out); });
  ours.error = largest_error(out, exact, 1);
  const int failed = compare("tanh, error of full scale", kCount, plain, ours, 2e-7);
  ours.seconds = seconds([&] { shaper<uf_tanhf_r11_n>(in, out); });
  ours.error = largest_error(out, exact, 1);
  return compare("tanh to 2^-11, error of full scale", kCount, plain, ours, 5e-4) || failed;
}
