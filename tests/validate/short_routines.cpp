// Routines of short formats, right and wrong, by conversions of their own.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace {

float from_bf16(std::uint16_t bits) {
  const std::uint32_t wide = std::uint32_t{bits} << 16;
  float value;
  std::memcpy(&value, &wide, sizeof value);
  return value;
}

std::uint16_t to_bf16(float value) {
  std::uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  if (value != value) return 0x7fc0;
  return static_cast<std::uint16_t>((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

// f8e4m3 by hand: exponent 0 counts 2^-9, NaN is 0x7f.
double from_e4m3(std::uint8_t bits) {
  const int field = (bits >> 3) & 15;
  const int mantissa = bits & 7;
  if ((bits & 0x7f) == 0x7f) return NAN;
  const double size = field == 0 ? mantissa * 0x1p-9 : std::ldexp(8 + mantissa, field - 10);
  return (bits & 0x80) != 0 ? -size : size;
}

// The nearest by looking at all, ties to even patterns.
std::uint8_t to_e4m3(double value) {
  if (std::isnan(value)) return 0x7f;
  std::uint8_t best = 0;
  for (int bits = 1; bits < 0x7f; ++bits) {
    const double here = std::fabs(from_e4m3(static_cast<std::uint8_t>(bits)) - std::fabs(value));
    const double there = std::fabs(from_e4m3(best) - std::fabs(value));
    if (here < there || (here == there && bits % 2 == 0)) best = static_cast<std::uint8_t>(bits);
  }
  return static_cast<std::uint8_t>(best | (std::signbit(value) ? 0x80 : 0));
}

}  // namespace

extern "C" {

std::uint16_t good_tanh(std::uint16_t x) {
  return to_bf16(static_cast<float>(std::tanh(static_cast<double>(from_bf16(x)))));
}

void good_tanh_n(const std::uint16_t* x, std::uint16_t* y, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) y[i] = good_tanh(x[i]);
}

// Where x is 1: one too many; 1.0078125: less than at 1, and not odd there; 0: the other zero;
// 2: NaN.
std::uint16_t bad_tanh(std::uint16_t x) {
  const std::uint16_t y = good_tanh(x);
  if (x == 0x3f80) return static_cast<std::uint16_t>(y + 1);
  if (x == 0x3f81) return static_cast<std::uint16_t>(y - 3);
  if (x == 0) return 0x8000;
  if (x == 0x4000) return 0x7fc0;
  return y;
}

std::uint16_t crashing_tanh(std::uint16_t x) {
  if (x == 0x3f80) std::abort();
  return good_tanh(x);
}

float float_tanh(float x) { return static_cast<float>(std::tanh(static_cast<double>(x))); }

std::uint8_t good_mul(std::uint8_t x, std::uint8_t y) {
  return to_e4m3(from_e4m3(x) * from_e4m3(y));
}

// Wrong for 1 times 1.
std::uint8_t bad_mul(std::uint8_t x, std::uint8_t y) {
  return x == 0x38 && y == 0x38 ? 0x39 : good_mul(x, y);
}
}
