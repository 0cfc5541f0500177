// Which form of a function this processor runs: the linker asks once, when it binds a name (IFUNC).
// Every form gives the same bits.
#pragma once

#include <immintrin.h>

#include <cstddef>

namespace ufmath {

using ScalarCode = float (*)(float);
using ArrayCode = void (*)(const float*, float*, std::size_t);
using FourCode = __m128 (*)(__m128);
using EightCode = __m256 (*)(__m256);
using SixteenCode = __m512 (*)(__m512);

namespace {

enum class Form { portable, avx2, avx512 };

inline Form best_form() {
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return Form::portable;
  const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                    __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                    __builtin_cpu_supports("avx512vl");
  return wide ? Form::avx512 : Form::avx2;
}

// Vectors by way of an array: for processors that have the registers of a vector name, but not all
// that the form of that width needs.
template <ArrayCode f>
__m128 four_by_array(__m128 x) {
  alignas(16) float a[4];
  _mm_store_ps(a, x);
  f(a, a, 4);
  return _mm_load_ps(a);
}
template <ArrayCode f>
__attribute__((target("avx"))) __m256 eight_by_array(__m256 x) {
  alignas(32) float a[8];
  _mm256_store_ps(a, x);
  f(a, a, 8);
  return _mm256_load_ps(a);
}
template <ArrayCode f>
__attribute__((target("avx512f"))) __m512 sixteen_by_array(__m512 x) {
  alignas(64) float a[16];
  _mm512_store_ps(a, x);
  f(a, a, 16);
  return _mm512_load_ps(a);
}

}  // namespace
}  // namespace ufmath
