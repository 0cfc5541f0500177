// The meaning of the machine operations, as portable C++17 that stands alone: the interpreter runs
// these functions, and emitted headers carry those that they use, word for word (each up to the
// next line "// ----"). Written without branches where that lets compilers vectorise a loop over
// them. Nothing here is undefined for any input, nor does it depend on the rounding of a compiler
// that contracts products and sums.
//
// A NaN result of arithmetic is some NaN: hardware differs in its sign and payload. Operations on
// bits (neg, fabs, copysign, select, bits, from_bits) keep both.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

namespace ulpforge::ir::portable {

// ---- bits: the representation of a float
inline std::int32_t bits(float a) {
  std::int32_t r;
  std::memcpy(&r, &a, sizeof r);
  return r;
}
inline std::int64_t bits(double a) {
  std::int64_t r;
  std::memcpy(&r, &a, sizeof r);
  return r;
}
// ---- from_bits: the float of that representation
inline float from_bits(std::int32_t a) {
  float r;
  std::memcpy(&r, &a, sizeof r);
  return r;
}
inline double from_bits(std::int64_t a) {
  double r;
  std::memcpy(&r, &a, sizeof r);
  return r;
}
// ---- neg: changes the sign bit (by way of bits: g++ turns -fma(a, b, c) into fma(-a, b, -c),
// which gets the sign of an exact zero wrong)
inline float neg(float a) {
  std::uint32_t pattern;
  std::memcpy(&pattern, &a, sizeof pattern);
  pattern ^= 0x80000000U;
  std::memcpy(&a, &pattern, sizeof pattern);
  return a;
}
inline double neg(double a) {
  std::uint64_t pattern;
  std::memcpy(&pattern, &a, sizeof pattern);
  pattern ^= 0x8000000000000000U;
  std::memcpy(&a, &pattern, sizeof pattern);
  return a;
}
// ---- fabs: clears the sign bit
inline float fabs(float a) { return std::fabs(a); }
inline double fabs(double a) { return std::fabs(a); }
// ---- add: integers wrap around
inline float add(float a, float b) { return a + b; }
inline double add(double a, double b) { return a + b; }
inline std::int32_t add(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
}
inline std::int64_t add(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}
// ---- sub: integers wrap around
inline float sub(float a, float b) { return a - b; }
inline double sub(double a, double b) { return a - b; }
inline std::int32_t sub(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) - static_cast<std::uint32_t>(b));
}
inline std::int64_t sub(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}
// ---- mul: integers wrap around
inline float mul(float a, float b) { return a * b; }
inline double mul(double a, double b) { return a * b; }
inline std::int32_t mul(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) * static_cast<std::uint32_t>(b));
}
inline std::int64_t mul(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b));
}
// ---- div
inline float div(float a, float b) { return a / b; }
inline double div(double a, double b) { return a / b; }
// ---- sqrt
inline float sqrt(float a) { return std::sqrt(a); }
inline double sqrt(double a) { return std::sqrt(a); }
// ---- fma: a * b + c, rounded once
inline float fma(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
inline double fma(double a, double b, double c) { return __builtin_fma(a, b, c); }
// ---- product: a * b, which no compiler fuses with a sum that reads it. Where there are fused
// operations it is fma(a, b, -0) for g++; clang would see through that. Clang's fence, which it has
// where arithmetic may be reordered, costs nothing; the product itself must not be.
inline float product(float a, float b) {
#if !defined(__FMA__) && !defined(__FMA4__) && !defined(__FP_FAST_FMA) && !defined(__aarch64__)
  return a * b;
#elif defined(__clang__)
  const float both = a * b;
  {
#pragma clang fp reassociate(on)
    return __arithmetic_fence(both);
  }
#else
  return __builtin_fmaf(a, b, -0.0f);
#endif
}
inline double product(double a, double b) {
#if !defined(__FMA__) && !defined(__FMA4__) && !defined(__FP_FAST_FMA) && !defined(__aarch64__)
  return a * b;
#elif defined(__clang__)
  const double both = a * b;
  {
#pragma clang fp reassociate(on)
    return __arithmetic_fence(both);
  }
#else
  return __builtin_fma(a, b, -0.0);
#endif
}
// ---- min: b where neither is less or one is NaN, as x86 has it
inline float min(float a, float b) { return a < b ? a : b; }
inline double min(double a, double b) { return a < b ? a : b; }
// ---- max: b where neither is greater or one is NaN, as x86 has it
inline float max(float a, float b) { return a > b ? a : b; }
inline double max(double a, double b) { return a > b ? a : b; }
// ---- rint: to the nearest integer, ties to even
inline float rint(float a) { return __builtin_rintf(a); }
inline double rint(double a) { return __builtin_rint(a); }
// ---- floor (by way of rint, which compilers vectorise)
inline float floor(float a) {
  const float r = __builtin_rintf(a);
  return r > a ? r - 1.0f : r;
}
inline double floor(double a) {
  const double r = __builtin_rint(a);
  return r > a ? r - 1.0 : r;
}
// ---- fraction: a - floor(a), rounded down: below 1, -0 for integers, 0 for infinities
inline float fraction(float a) {
  const float rounded = __builtin_rintf(a);
  const float whole = rounded > a ? rounded - 1.0f : rounded;
  const float r = a - whole;
  // Exact, but between -1 and 0, where 1 + a may have been rounded up.
  std::int32_t pattern;
  std::memcpy(&pattern, &r, sizeof pattern);
  pattern -= r + whole > a ? 1 : 0;
  float down;
  std::memcpy(&down, &pattern, sizeof down);
  const float signed_zero = down == 0.0f ? -0.0f : down;
  return std::fabs(a) == INFINITY ? 0.0f : signed_zero;
}
inline double fraction(double a) {
  const double rounded = __builtin_rint(a);
  const double whole = rounded > a ? rounded - 1.0 : rounded;
  const double r = a - whole;
  std::int64_t pattern;
  std::memcpy(&pattern, &r, sizeof pattern);
  pattern -= r + whole > a ? 1 : 0;
  double down;
  std::memcpy(&down, &pattern, sizeof down);
  const double signed_zero = down == 0.0 ? -0.0 : down;
  return std::fabs(a) == static_cast<double>(INFINITY) ? 0.0 : signed_zero;
}
// ---- copysign: the size of a, the sign of b
inline float copysign(float a, float b) { return __builtin_copysignf(a, b); }
inline double copysign(double a, double b) { return __builtin_copysign(a, b); }
// ---- less: false where one is NaN
inline bool less(float a, float b) { return a < b; }
inline bool less(double a, double b) { return a < b; }
inline bool less(std::int32_t a, std::int32_t b) { return a < b; }
inline bool less(std::int64_t a, std::int64_t b) { return a < b; }
// ---- less_equal: false where one is NaN
inline bool less_equal(float a, float b) { return a <= b; }
inline bool less_equal(double a, double b) { return a <= b; }
inline bool less_equal(std::int32_t a, std::int32_t b) { return a <= b; }
inline bool less_equal(std::int64_t a, std::int64_t b) { return a <= b; }
// ---- equal: false where one is NaN
inline bool equal(float a, float b) { return a == b; }
inline bool equal(double a, double b) { return a == b; }
inline bool equal(std::int32_t a, std::int32_t b) { return a == b; }
inline bool equal(std::int64_t a, std::int64_t b) { return a == b; }
// ---- select: a where the condition holds, else b
inline float select(bool c, float a, float b) { return c ? a : b; }
inline double select(bool c, double a, double b) { return c ? a : b; }
inline std::int32_t select(bool c, std::int32_t a, std::int32_t b) { return c ? a : b; }
inline std::int64_t select(bool c, std::int64_t a, std::int64_t b) { return c ? a : b; }
// ---- select_rare: select, whose first value is rarely asked for: compiled code may skip what it
// alone needs
inline float select_rare(bool c, float a, float b) { return c ? a : b; }
inline double select_rare(bool c, double a, double b) { return c ? a : b; }
inline std::int32_t select_rare(bool c, std::int32_t a, std::int32_t b) { return c ? a : b; }
inline std::int64_t select_rare(bool c, std::int64_t a, std::int64_t b) { return c ? a : b; }
// ---- any: whether the condition holds somewhere
inline bool any(bool c) { return c; }
// ---- any_larger: whether some lane of a is larger in size than the limit
inline bool any_larger(float a, float limit) { return limit < std::fabs(a); }
inline bool any_larger(double a, double limit) { return limit < std::fabs(a); }
// ---- widen: float to double, exactly
inline double widen(float a) { return static_cast<double>(a); }
// ---- narrow: double to float, rounded to nearest
inline float narrow(double a) { return static_cast<float>(a); }
// ---- truncate: to an integer, towards zero; the least integer for NaN and beyond the range
inline std::int32_t truncate(float a) {
  const float in_range = a >= -0x1p31f && a < 0x1p31f ? a : -0x1p31f;
  return static_cast<std::int32_t>(in_range);
}
inline std::int64_t truncate(double a) {
  const double in_range = a >= -0x1p63 && a < 0x1p63 ? a : -0x1p63;
  return static_cast<std::int64_t>(in_range);
}
// ---- round_to_integer: the nearest, ties to even; the least integer for NaN and beyond the range
inline std::int32_t round_to_integer(float a) {
  const float r = __builtin_rintf(a);
  const float in_range = r >= -0x1p31f && r < 0x1p31f ? r : -0x1p31f;
  return static_cast<std::int32_t>(in_range);
}
inline std::int64_t round_to_integer(double a) {
  const double r = __builtin_rint(a);
  const double in_range = r >= -0x1p63 && r < 0x1p63 ? r : -0x1p63;
  return static_cast<std::int64_t>(in_range);
}
// ---- from_integer: rounded to nearest
inline float from_integer(std::int32_t a) { return static_cast<float>(a); }
inline double from_integer(std::int64_t a) { return static_cast<double>(a); }
// ---- sign_extend
inline std::int64_t sign_extend(std::int32_t a) { return a; }
// ---- wrap: the low half
inline std::int32_t wrap(std::int64_t a) { return static_cast<std::int32_t>(a); }
// ---- bit_and
inline std::int32_t bit_and(std::int32_t a, std::int32_t b) { return a & b; }
inline std::int64_t bit_and(std::int64_t a, std::int64_t b) { return a & b; }
inline bool bit_and(bool a, bool b) { return a && b; }
// ---- bit_or
inline std::int32_t bit_or(std::int32_t a, std::int32_t b) { return a | b; }
inline std::int64_t bit_or(std::int64_t a, std::int64_t b) { return a | b; }
inline bool bit_or(bool a, bool b) { return a || b; }
// ---- bit_xor
inline std::int32_t bit_xor(std::int32_t a, std::int32_t b) { return a ^ b; }
inline std::int64_t bit_xor(std::int64_t a, std::int64_t b) { return a ^ b; }
inline bool bit_xor(bool a, bool b) { return a != b; }
// ---- bit_not
inline std::int32_t bit_not(std::int32_t a) { return ~a; }
inline std::int64_t bit_not(std::int64_t a) { return ~a; }
inline bool bit_not(bool a) { return !a; }
// ---- shift_left: by b modulo the width
inline std::int32_t shift_left(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) << (b & 31));
}
inline std::int64_t shift_left(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) << (b & 63));
}
// ---- shift_right: by b modulo the width, copies of the sign come in
inline std::int32_t shift_right(std::int32_t a, std::int32_t b) { return a >> (b & 31); }
inline std::int64_t shift_right(std::int64_t a, std::int64_t b) { return a >> (b & 63); }
// ---- shift_right_logical: by b modulo the width, zeros come in
inline std::int32_t shift_right_logical(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) >> (b & 31));
}
inline std::int64_t shift_right_logical(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) >> (b & 63));
}
// ---- ternary: each bit is bit 4a + 2b + c of the truth table
inline std::int32_t ternary(std::int32_t a, std::int32_t b, std::int32_t c, int table) {
  std::int32_t r = 0;
  for (int i = 0; i < 8; ++i) {
    const std::int32_t term = (i & 4 ? a : ~a) & (i & 2 ? b : ~b) & (i & 1 ? c : ~c);
    r |= table >> i & 1 ? term : 0;
  }
  return r;
}
inline std::int64_t ternary(std::int64_t a, std::int64_t b, std::int64_t c, int table) {
  std::int64_t r = 0;
  for (int i = 0; i < 8; ++i) {
    const std::int64_t term = (i & 4 ? a : ~a) & (i & 2 ? b : ~b) & (i & 1 ? c : ~c);
    r |= table >> i & 1 ? term : 0;
  }
  return r;
}
// ---- scalef: a * 2^floor(b), rounded once; a quiet NaN times 2^inf is inf and times 2^-inf 0, as
// x86 has it
inline float scalef(float a, float b) {
  // In double the product is exact, so that the conversion rounds once; 2^+-300 takes every float
  // out of the range.
  const float rounded = __builtin_rintf(b);
  const float low = rounded > b ? rounded - 1.0f : rounded;
  const float up = low > -300.0f ? low : -300.0f;
  const float n = up < 300.0f ? up : 300.0f;
  const std::int64_t exponent = static_cast<std::int32_t>(n) + 1023;
  const std::int64_t pattern =
      static_cast<std::int64_t>(static_cast<std::uint64_t>(exponent) << 52);
  double factor;
  std::memcpy(&factor, &pattern, sizeof factor);
  factor = b == INFINITY ? static_cast<double>(INFINITY) : factor;
  factor = b == -INFINITY ? 0.0 : factor;
  std::int32_t a_pattern;
  std::memcpy(&a_pattern, &a, sizeof a_pattern);
  const bool quiet = a != a && (a_pattern & 0x00400000) != 0 && (b == INFINITY || b == -INFINITY);
  const float r = static_cast<float>((quiet ? 1.0 : static_cast<double>(a)) * factor);
  return b != b ? b : r;
}
inline double scalef(double a, double b) {
  const double low = b > -5000.0 ? b : -5000.0;
  const int n = static_cast<int>(std::floor(low < 5000.0 ? low : 5000.0));
  double r = std::scalbn(a, n);
  std::int64_t a_pattern;
  std::memcpy(&a_pattern, &a, sizeof a_pattern);
  const double size = a != a && (a_pattern & 0x0008000000000000) != 0 ? 1.0 : a;
  r = b == INFINITY ? size * INFINITY : r;
  r = b == -INFINITY ? size * 0.0 : r;
  return b != b ? b : r;
}
// ---- getexp: floor(log2 |a|); -inf for 0, inf for an infinity
inline float getexp(float a) {
  const float size = std::fabs(a);
  const float scaled = size < 0x1p-126f ? size * 0x1p24f : size;
  std::int32_t pattern;
  std::memcpy(&pattern, &scaled, sizeof pattern);
  const float e = static_cast<float>((pattern >> 23) - (size < 0x1p-126f ? 151 : 127));
  const float finite = size > 0.0f ? e : -INFINITY;
  return size < INFINITY ? finite : size;
}
inline double getexp(double a) {
  const double size = std::fabs(a);
  const double scaled = size < 0x1p-1022 ? size * 0x1p54 : size;
  std::int64_t pattern;
  std::memcpy(&pattern, &scaled, sizeof pattern);
  const double e = static_cast<double>((pattern >> 52) - (size < 0x1p-1022 ? 1077 : 1023));
  const double finite = size > 0.0 ? e : -static_cast<double>(INFINITY);
  return size < INFINITY ? finite : size;
}
// ---- getmant: a / 2^floor(log2 a), in [1, 2); 1 for inf, +-1 for +-0, NaN for less than 0
inline float getmant(float a) {
  const float scaled = a < 0x1p-126f ? a * 0x1p24f : a;
  std::int32_t pattern;
  std::memcpy(&pattern, &scaled, sizeof pattern);
  pattern = (pattern & static_cast<std::int32_t>(0x807fffff)) | 0x3f800000;
  float m;
  std::memcpy(&m, &pattern, sizeof m);
  m = a < 0.0f ? NAN : m;
  return a != a ? a : m;
}
inline double getmant(double a) {
  const double scaled = a < 0x1p-1022 ? a * 0x1p54 : a;
  std::int64_t pattern;
  std::memcpy(&pattern, &scaled, sizeof pattern);
  pattern = (pattern & static_cast<std::int64_t>(0x800fffffffffffff)) | 0x3ff0000000000000;
  double m;
  std::memcpy(&m, &pattern, sizeof m);
  m = a < 0.0 ? static_cast<double>(NAN) : m;
  return a != a ? a : m;
}
// ---- getmant_centred: a / 2^n in [3/4, 3/2); 1 for inf, +-1 for +-0, NaN for less than 0
inline float getmant_centred(float a) {
  const float scaled = a < 0x1p-126f ? a * 0x1p24f : a;
  std::int32_t pattern;
  std::memcpy(&pattern, &scaled, sizeof pattern);
  // From 1.5 on one binade less.
  pattern = (pattern & static_cast<std::int32_t>(0x807fffff)) |
            ((pattern & 0x00400000) != 0 ? 0x3f000000 : 0x3f800000);
  float m;
  std::memcpy(&m, &pattern, sizeof m);
  m = a < 0.0f ? NAN : m;
  return a != a ? a : m;
}
inline double getmant_centred(double a) {
  const double scaled = a < 0x1p-1022 ? a * 0x1p54 : a;
  std::int64_t pattern;
  std::memcpy(&pattern, &scaled, sizeof pattern);
  pattern = (pattern & static_cast<std::int64_t>(0x800fffffffffffff)) |
            ((pattern & 0x0008000000000000) != 0 ? 0x3fe0000000000000 : 0x3ff0000000000000);
  double m;
  std::memcpy(&m, &pattern, sizeof m);
  m = a < 0.0 ? static_cast<double>(NAN) : m;
  return a != a ? a : m;
}
// ---- reciprocal_estimate: 1 / a within 13 % for normal a and 1 / a, by a subtraction of bits
inline float reciprocal_estimate(float a) {
  std::int32_t pattern;
  std::memcpy(&pattern, &a, sizeof pattern);
  pattern = static_cast<std::int32_t>(0x7ef311c7U - static_cast<std::uint32_t>(pattern));
  float r;
  std::memcpy(&r, &pattern, sizeof r);
  return r;
}
inline double reciprocal_estimate(double a) {
  std::int64_t pattern;
  std::memcpy(&pattern, &a, sizeof pattern);
  pattern = static_cast<std::int64_t>(0x7fde623822fc16e6U - static_cast<std::uint64_t>(pattern));
  double r;
  std::memcpy(&r, &pattern, sizeof r);
  return r;
}
// ---- permute8: the entry i modulo 8
inline float permute8(std::int32_t i, const float* table) { return table[i & 7]; }
inline std::int32_t permute8(std::int32_t i, const std::int32_t* table) { return table[i & 7]; }
// ---- permute16: the entry i modulo 16
inline float permute16(std::int32_t i, const float* table) { return table[i & 15]; }
inline std::int32_t permute16(std::int32_t i, const std::int32_t* table) { return table[i & 15]; }
// ---- permute32: the entry i modulo 32
inline float permute32(std::int32_t i, const float* table) { return table[i & 31]; }
inline std::int32_t permute32(std::int32_t i, const std::int32_t* table) { return table[i & 31]; }
// ---- lookup16: the entry i modulo 16, from memory
inline float lookup16(std::int32_t i, const float* table) { return table[i & 15]; }
inline double lookup16(std::int64_t i, const double* table) { return table[i & 15]; }
inline std::int32_t lookup16(std::int32_t i, const std::int32_t* table) { return table[i & 15]; }
inline std::int64_t lookup16(std::int64_t i, const std::int64_t* table) { return table[i & 15]; }
// ---- lookup32: the entry i modulo 32, from memory
inline float lookup32(std::int32_t i, const float* table) { return table[i & 31]; }
inline double lookup32(std::int64_t i, const double* table) { return table[i & 31]; }
inline std::int32_t lookup32(std::int32_t i, const std::int32_t* table) { return table[i & 31]; }
inline std::int64_t lookup32(std::int64_t i, const std::int64_t* table) { return table[i & 31]; }
// ---- lookup64: the entry i modulo 64, from memory
inline float lookup64(std::int32_t i, const float* table) { return table[i & 63]; }
inline double lookup64(std::int64_t i, const double* table) { return table[i & 63]; }
inline std::int32_t lookup64(std::int32_t i, const std::int32_t* table) { return table[i & 63]; }
inline std::int64_t lookup64(std::int64_t i, const std::int64_t* table) { return table[i & 63]; }
// ---- lookup128: the entry i modulo 128, from memory
inline float lookup128(std::int32_t i, const float* table) { return table[i & 127]; }
inline double lookup128(std::int64_t i, const double* table) { return table[i & 127]; }
inline std::int32_t lookup128(std::int32_t i, const std::int32_t* table) { return table[i & 127]; }
inline std::int64_t lookup128(std::int64_t i, const std::int64_t* table) { return table[i & 127]; }
// ---- lookup256: the entry i modulo 256, from memory
inline float lookup256(std::int32_t i, const float* table) { return table[i & 255]; }
inline double lookup256(std::int64_t i, const double* table) { return table[i & 255]; }
inline std::int32_t lookup256(std::int32_t i, const std::int32_t* table) { return table[i & 255]; }
inline std::int64_t lookup256(std::int64_t i, const std::int64_t* table) { return table[i & 255]; }
// ----

}  // namespace ulpforge::ir::portable
