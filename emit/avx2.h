// The machine operations over eight lanes in AVX2 registers, lane by lane what ir/portable.h has.
// Emitted headers carry those that they use, word for word (each up to the next line "// ----").
//
// f64 and i64 values fill two registers; truth values are lanes of ones or zeros. What AVX2 has no
// instruction for is done by integers where all lanes are ordinary numbers, and one lane at a time,
// by the scalar function of the same name, where not.
#pragma once

#if defined(__AVX2__) && defined(__FMA__)
#include <immintrin.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "ir/portable.h"

namespace ulpforge::emit::avx2 {

using portable::fraction;
using portable::from_integer;
using portable::getexp;
using portable::getmant;
using portable::getmant_centred;
using portable::round_to_integer;
using portable::scalef;
using portable::truncate;

// ---- truth
struct Bool8 {
  __m256i lanes;
};
// ---- wide: types of two registers, and between masks of 32-bit and of 64-bit lanes
struct F64x8 {
  __m256d low, high;
};
struct I64x8 {
  __m256i low, high;
};
inline __m256i low_half(__m256i m) { return _mm256_cvtepi32_epi64(_mm256_castsi256_si128(m)); }
inline __m256i high_half(__m256i m) {
  return _mm256_cvtepi32_epi64(_mm256_extracti128_si256(m, 1));
}
inline __m256i even_lanes(__m256i low, __m256i high) {
  const __m256 mixed = _mm256_shuffle_ps(_mm256_castsi256_ps(low), _mm256_castsi256_ps(high), 0x88);
  return _mm256_permute4x64_epi64(_mm256_castps_si256(mixed), 0xd8);
}
// ---- broadcast: a constant in every lane
inline __m256 broadcast(float c) { return _mm256_set1_ps(c); }
inline F64x8 broadcast(double c) { return {_mm256_set1_pd(c), _mm256_set1_pd(c)}; }
inline __m256i broadcast(std::int32_t c) { return _mm256_set1_epi32(c); }
inline I64x8 broadcast(std::int64_t c) { return {_mm256_set1_epi64x(c), _mm256_set1_epi64x(c)}; }
// ---- load: eight elements
inline __m256 load(const float* p) { return _mm256_loadu_ps(p); }
inline F64x8 load(const double* p) { return {_mm256_loadu_pd(p), _mm256_loadu_pd(p + 4)}; }
inline __m256i load(const std::int32_t* p) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
}
inline I64x8 load(const std::int64_t* p) {
  return {_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)),
          _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + 4))};
}
// ---- store: eight elements
inline void store(float* p, __m256 a) { _mm256_storeu_ps(p, a); }
inline void store(double* p, F64x8 a) {
  _mm256_storeu_pd(p, a.low);
  _mm256_storeu_pd(p + 4, a.high);
}
inline void store(std::int32_t* p, __m256i a) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), a);
}
inline void store(std::int64_t* p, I64x8 a) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), a.low);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(p + 4), a.high);
}
// ---- first_lanes: the first n of eight, all where n is more
inline __m256i first_lanes(std::size_t n) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32(n < 8 ? static_cast<std::int32_t>(n) : 8),
                            _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
// ---- load_some: those of eight elements that the mask names, zeros elsewhere
inline __m256 load_some(const float* p, __m256i m) { return _mm256_maskload_ps(p, m); }
inline F64x8 load_some(const double* p, __m256i m) {
  return {_mm256_maskload_pd(p, low_half(m)), _mm256_maskload_pd(p + 4, high_half(m))};
}
inline __m256i load_some(const std::int32_t* p, __m256i m) { return _mm256_maskload_epi32(p, m); }
inline I64x8 load_some(const std::int64_t* p, __m256i m) {
  const auto* q = reinterpret_cast<const long long*>(p);
  return {_mm256_maskload_epi64(q, low_half(m)), _mm256_maskload_epi64(q + 4, high_half(m))};
}
// ---- store_some: those of eight elements that the mask names
inline void store_some(float* p, __m256i m, __m256 a) { _mm256_maskstore_ps(p, m, a); }
inline void store_some(double* p, __m256i m, F64x8 a) {
  _mm256_maskstore_pd(p, low_half(m), a.low);
  _mm256_maskstore_pd(p + 4, high_half(m), a.high);
}
inline void store_some(std::int32_t* p, __m256i m, __m256i a) { _mm256_maskstore_epi32(p, m, a); }
inline void store_some(std::int64_t* p, __m256i m, I64x8 a) {
  auto* q = reinterpret_cast<long long*>(p);
  _mm256_maskstore_epi64(q, low_half(m), a.low);
  _mm256_maskstore_epi64(q + 4, high_half(m), a.high);
}
// ---- bits
inline __m256i bits(__m256 a) { return _mm256_castps_si256(a); }
inline I64x8 bits(F64x8 a) { return {_mm256_castpd_si256(a.low), _mm256_castpd_si256(a.high)}; }
// ---- from_bits
inline __m256 from_bits(__m256i a) { return _mm256_castsi256_ps(a); }
inline F64x8 from_bits(I64x8 a) {
  return {_mm256_castsi256_pd(a.low), _mm256_castsi256_pd(a.high)};
}
// ---- neg
inline __m256 neg(__m256 a) { return _mm256_xor_ps(a, _mm256_set1_ps(-0.0f)); }
inline F64x8 neg(F64x8 a) {
  const __m256d sign = _mm256_set1_pd(-0.0);
  return {_mm256_xor_pd(a.low, sign), _mm256_xor_pd(a.high, sign)};
}
// ---- fabs
inline __m256 fabs(__m256 a) { return _mm256_andnot_ps(_mm256_set1_ps(-0.0f), a); }
inline F64x8 fabs(F64x8 a) {
  const __m256d sign = _mm256_set1_pd(-0.0);
  return {_mm256_andnot_pd(sign, a.low), _mm256_andnot_pd(sign, a.high)};
}
// ---- add
inline __m256 add(__m256 a, __m256 b) { return a + b; }
inline F64x8 add(F64x8 a, F64x8 b) {
  return {a.low + b.low, a.high + b.high};
}
inline __m256i add(__m256i a, __m256i b) { return _mm256_add_epi32(a, b); }
inline I64x8 add(I64x8 a, I64x8 b) {
  return {_mm256_add_epi64(a.low, b.low), _mm256_add_epi64(a.high, b.high)};
}
// ---- sub
inline __m256 sub(__m256 a, __m256 b) { return a - b; }
inline F64x8 sub(F64x8 a, F64x8 b) {
  return {a.low - b.low, a.high - b.high};
}
inline __m256i sub(__m256i a, __m256i b) { return _mm256_sub_epi32(a, b); }
inline I64x8 sub(I64x8 a, I64x8 b) {
  return {_mm256_sub_epi64(a.low, b.low), _mm256_sub_epi64(a.high, b.high)};
}
// ---- mul
inline __m256 mul(__m256 a, __m256 b) { return a * b; }
inline F64x8 mul(F64x8 a, F64x8 b) {
  return {a.low * b.low, a.high * b.high};
}
inline __m256i mul(__m256i a, __m256i b) { return _mm256_mullo_epi32(a, b); }
inline I64x8 mul(I64x8 a, I64x8 b) {
  const auto product = [](__m256i u, __m256i v) {
    const __m256i cross = _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(u, 32), v),
                                           _mm256_mul_epu32(u, _mm256_srli_epi64(v, 32)));
    return _mm256_add_epi64(_mm256_mul_epu32(u, v), _mm256_slli_epi64(cross, 32));
  };
  return {product(a.low, b.low), product(a.high, b.high)};
}
// ---- div
inline __m256 div(__m256 a, __m256 b) { return a / b; }
inline F64x8 div(F64x8 a, F64x8 b) {
  return {a.low / b.low, a.high / b.high};
}
// ---- sqrt
inline __m256 sqrt(__m256 a) { return _mm256_sqrt_ps(a); }
inline F64x8 sqrt(F64x8 a) { return {_mm256_sqrt_pd(a.low), _mm256_sqrt_pd(a.high)}; }
// ---- fma
// (clang compiles the intrinsics with the options that they were included under)
inline __m256 fma(__m256 a, __m256 b, __m256 c) {
#if defined(__clang__)
  return __builtin_elementwise_fma(a, b, c);
#else
  return _mm256_fmadd_ps(a, b, c);
#endif
}
inline F64x8 fma(F64x8 a, F64x8 b, F64x8 c) {
#if defined(__clang__)
  return {__builtin_elementwise_fma(a.low, b.low, c.low),
          __builtin_elementwise_fma(a.high, b.high, c.high)};
#else
  return {_mm256_fmadd_pd(a.low, b.low, c.low), _mm256_fmadd_pd(a.high, b.high, c.high)};
#endif
}
// ---- product
inline __m256 product(__m256 a, __m256 b) {
#if defined(__clang__)
  const __m256 both = a * b;
  {
#pragma clang fp reassociate(on)
    return __arithmetic_fence(both);
  }
#else
  return _mm256_fmadd_ps(a, b, _mm256_set1_ps(-0.0f));
#endif
}
inline F64x8 product(F64x8 a, F64x8 b) {
#if defined(__clang__)
  const __m256d low = a.low * b.low;
  const __m256d high = a.high * b.high;
  {
#pragma clang fp reassociate(on)
    return {__arithmetic_fence(low), __arithmetic_fence(high)};
  }
#else
  return {_mm256_fmadd_pd(a.low, b.low, _mm256_set1_pd(-0.0)),
          _mm256_fmadd_pd(a.high, b.high, _mm256_set1_pd(-0.0))};
#endif
}
// ---- min
inline __m256 min(__m256 a, __m256 b) { return _mm256_min_ps(a, b); }
inline F64x8 min(F64x8 a, F64x8 b) {
  return {_mm256_min_pd(a.low, b.low), _mm256_min_pd(a.high, b.high)};
}
// ---- max
inline __m256 max(__m256 a, __m256 b) { return _mm256_max_ps(a, b); }
inline F64x8 max(F64x8 a, F64x8 b) {
  return {_mm256_max_pd(a.low, b.low), _mm256_max_pd(a.high, b.high)};
}
// ---- rint
inline __m256 rint(__m256 a) {
  return _mm256_round_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
inline F64x8 rint(F64x8 a) {
  return {_mm256_round_pd(a.low, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC),
          _mm256_round_pd(a.high, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC)};
}
// ---- floor
inline __m256 floor(__m256 a) {
  return _mm256_round_ps(a, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
}
inline F64x8 floor(F64x8 a) {
  return {_mm256_round_pd(a.low, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC),
          _mm256_round_pd(a.high, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC)};
}
// ---- fraction
inline __m256 fraction(__m256 a) {
  const __m256 whole = _mm256_round_ps(a, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
  const __m256 r = a - whole;
  const __m256 rounded_up = _mm256_cmp_ps(r + whole, a, _CMP_GT_OQ);
  const __m256 down = _mm256_castsi256_ps(
      _mm256_add_epi32(_mm256_castps_si256(r), _mm256_castps_si256(rounded_up)));
  const __m256 minus_zero = _mm256_set1_ps(-0.0f);
  const __m256 is_zero = _mm256_cmp_ps(down, minus_zero, _CMP_EQ_OQ);
  const __m256 signed_zero = _mm256_or_ps(down, _mm256_and_ps(is_zero, minus_zero));
  const __m256 infinite =
      _mm256_cmp_ps(_mm256_andnot_ps(minus_zero, a), _mm256_set1_ps(INFINITY), _CMP_EQ_OQ);
  return _mm256_andnot_ps(infinite, signed_zero);
}
inline F64x8 fraction(F64x8 a) {
  double x[8];
  _mm256_storeu_pd(x, a.low);
  _mm256_storeu_pd(x + 4, a.high);
  for (int k = 0; k < 8; ++k) x[k] = fraction(x[k]);
  return {_mm256_loadu_pd(x), _mm256_loadu_pd(x + 4)};
}
// ---- copysign
inline __m256 copysign(__m256 a, __m256 b) {
  const __m256 sign = _mm256_set1_ps(-0.0f);
  return _mm256_or_ps(_mm256_andnot_ps(sign, a), _mm256_and_ps(sign, b));
}
inline F64x8 copysign(F64x8 a, F64x8 b) {
  const __m256d sign = _mm256_set1_pd(-0.0);
  return {_mm256_or_pd(_mm256_andnot_pd(sign, a.low), _mm256_and_pd(sign, b.low)),
          _mm256_or_pd(_mm256_andnot_pd(sign, a.high), _mm256_and_pd(sign, b.high))};
}
// ---- less
inline Bool8 less(__m256 a, __m256 b) {
  return {_mm256_castps_si256(_mm256_cmp_ps(a, b, _CMP_LT_OQ))};
}
inline Bool8 less(F64x8 a, F64x8 b) {
  return {even_lanes(_mm256_castpd_si256(_mm256_cmp_pd(a.low, b.low, _CMP_LT_OQ)),
                     _mm256_castpd_si256(_mm256_cmp_pd(a.high, b.high, _CMP_LT_OQ)))};
}
inline Bool8 less(__m256i a, __m256i b) { return {_mm256_cmpgt_epi32(b, a)}; }
inline Bool8 less(I64x8 a, I64x8 b) {
  return {even_lanes(_mm256_cmpgt_epi64(b.low, a.low), _mm256_cmpgt_epi64(b.high, a.high))};
}
// ---- less_equal
inline Bool8 less_equal(__m256 a, __m256 b) {
  return {_mm256_castps_si256(_mm256_cmp_ps(a, b, _CMP_LE_OQ))};
}
inline Bool8 less_equal(F64x8 a, F64x8 b) {
  return {even_lanes(_mm256_castpd_si256(_mm256_cmp_pd(a.low, b.low, _CMP_LE_OQ)),
                     _mm256_castpd_si256(_mm256_cmp_pd(a.high, b.high, _CMP_LE_OQ)))};
}
inline Bool8 less_equal(__m256i a, __m256i b) {
  return {_mm256_xor_si256(_mm256_cmpgt_epi32(a, b), _mm256_set1_epi32(-1))};
}
inline Bool8 less_equal(I64x8 a, I64x8 b) {
  return {_mm256_xor_si256(
      even_lanes(_mm256_cmpgt_epi64(a.low, b.low), _mm256_cmpgt_epi64(a.high, b.high)),
      _mm256_set1_epi32(-1))};
}
// ---- equal
inline Bool8 equal(__m256 a, __m256 b) {
  return {_mm256_castps_si256(_mm256_cmp_ps(a, b, _CMP_EQ_OQ))};
}
inline Bool8 equal(F64x8 a, F64x8 b) {
  return {even_lanes(_mm256_castpd_si256(_mm256_cmp_pd(a.low, b.low, _CMP_EQ_OQ)),
                     _mm256_castpd_si256(_mm256_cmp_pd(a.high, b.high, _CMP_EQ_OQ)))};
}
inline Bool8 equal(__m256i a, __m256i b) { return {_mm256_cmpeq_epi32(a, b)}; }
inline Bool8 equal(I64x8 a, I64x8 b) {
  return {even_lanes(_mm256_cmpeq_epi64(a.low, b.low), _mm256_cmpeq_epi64(a.high, b.high))};
}
// ---- select
inline __m256 select(Bool8 c, __m256 a, __m256 b) {
  return _mm256_blendv_ps(b, a, _mm256_castsi256_ps(c.lanes));
}
inline F64x8 select(Bool8 c, F64x8 a, F64x8 b) {
  return {_mm256_blendv_pd(b.low, a.low, _mm256_castsi256_pd(low_half(c.lanes))),
          _mm256_blendv_pd(b.high, a.high, _mm256_castsi256_pd(high_half(c.lanes)))};
}
inline __m256i select(Bool8 c, __m256i a, __m256i b) { return _mm256_blendv_epi8(b, a, c.lanes); }
inline I64x8 select(Bool8 c, I64x8 a, I64x8 b) {
  return {_mm256_blendv_epi8(b.low, a.low, low_half(c.lanes)),
          _mm256_blendv_epi8(b.high, a.high, high_half(c.lanes))};
}
// ---- any: whether the condition holds in some lane
inline bool any(Bool8 c) { return _mm256_testz_si256(c.lanes, c.lanes) == 0; }
// ---- any_larger
inline bool any_larger(__m256 a, __m256 limit) {
  const __m256 size = _mm256_andnot_ps(_mm256_set1_ps(-0.0f), a);
  return _mm256_movemask_ps(_mm256_cmp_ps(limit, size, _CMP_LT_OQ)) != 0;
}
inline bool any_larger(F64x8 a, F64x8 limit) {
  const __m256d sign = _mm256_set1_pd(-0.0);
  return _mm256_movemask_pd(_mm256_or_pd(
             _mm256_cmp_pd(limit.low, _mm256_andnot_pd(sign, a.low), _CMP_LT_OQ),
             _mm256_cmp_pd(limit.high, _mm256_andnot_pd(sign, a.high), _CMP_LT_OQ))) != 0;
}
// ---- widen
inline F64x8 widen(__m256 a) {
  return {_mm256_cvtps_pd(_mm256_castps256_ps128(a)), _mm256_cvtps_pd(_mm256_extractf128_ps(a, 1))};
}
// ---- narrow
inline __m256 narrow(F64x8 a) {
  return _mm256_set_m128(_mm256_cvtpd_ps(a.high), _mm256_cvtpd_ps(a.low));
}
// ---- truncate
inline __m256i truncate(__m256 a) { return _mm256_cvttps_epi32(a); }
inline I64x8 truncate(F64x8 a) {
  double x[8];
  std::int64_t y[8];
  _mm256_storeu_pd(x, a.low);
  _mm256_storeu_pd(x + 4, a.high);
  for (int k = 0; k < 8; ++k) y[k] = truncate(x[k]);
  return {_mm256_loadu_si256(reinterpret_cast<const __m256i*>(y)),
          _mm256_loadu_si256(reinterpret_cast<const __m256i*>(y + 4))};
}
// ---- round_to_integer
inline __m256i round_to_integer(__m256 a) { return _mm256_cvtps_epi32(a); }
inline I64x8 round_to_integer(F64x8 a) {
  double x[8];
  std::int64_t y[8];
  _mm256_storeu_pd(x, a.low);
  _mm256_storeu_pd(x + 4, a.high);
  for (int k = 0; k < 8; ++k) y[k] = round_to_integer(x[k]);
  return {_mm256_loadu_si256(reinterpret_cast<const __m256i*>(y)),
          _mm256_loadu_si256(reinterpret_cast<const __m256i*>(y + 4))};
}
// ---- from_integer
inline __m256 from_integer(__m256i a) { return _mm256_cvtepi32_ps(a); }
inline F64x8 from_integer(I64x8 a) {
  std::int64_t x[8];
  double y[8];
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(x), a.low);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(x + 4), a.high);
  for (int k = 0; k < 8; ++k) y[k] = from_integer(x[k]);
  return {_mm256_loadu_pd(y), _mm256_loadu_pd(y + 4)};
}
// ---- sign_extend
inline I64x8 sign_extend(__m256i a) { return {low_half(a), high_half(a)}; }
// ---- wrap
inline __m256i wrap(I64x8 a) { return even_lanes(a.low, a.high); }
// ---- bit_and
inline __m256i bit_and(__m256i a, __m256i b) { return _mm256_and_si256(a, b); }
inline I64x8 bit_and(I64x8 a, I64x8 b) {
  return {_mm256_and_si256(a.low, b.low), _mm256_and_si256(a.high, b.high)};
}
inline Bool8 bit_and(Bool8 a, Bool8 b) { return {_mm256_and_si256(a.lanes, b.lanes)}; }
// ---- bit_or
inline __m256i bit_or(__m256i a, __m256i b) { return _mm256_or_si256(a, b); }
inline I64x8 bit_or(I64x8 a, I64x8 b) {
  return {_mm256_or_si256(a.low, b.low), _mm256_or_si256(a.high, b.high)};
}
inline Bool8 bit_or(Bool8 a, Bool8 b) { return {_mm256_or_si256(a.lanes, b.lanes)}; }
// ---- bit_xor
inline __m256i bit_xor(__m256i a, __m256i b) { return _mm256_xor_si256(a, b); }
inline I64x8 bit_xor(I64x8 a, I64x8 b) {
  return {_mm256_xor_si256(a.low, b.low), _mm256_xor_si256(a.high, b.high)};
}
inline Bool8 bit_xor(Bool8 a, Bool8 b) { return {_mm256_xor_si256(a.lanes, b.lanes)}; }
// ---- bit_not
inline __m256i bit_not(__m256i a) { return _mm256_xor_si256(a, _mm256_set1_epi32(-1)); }
inline I64x8 bit_not(I64x8 a) {
  const __m256i ones = _mm256_set1_epi32(-1);
  return {_mm256_xor_si256(a.low, ones), _mm256_xor_si256(a.high, ones)};
}
inline Bool8 bit_not(Bool8 a) { return {_mm256_xor_si256(a.lanes, _mm256_set1_epi32(-1))}; }
// ---- shift_left
inline __m256i shift_left(__m256i a, __m256i b) {
  return _mm256_sllv_epi32(a, _mm256_and_si256(b, _mm256_set1_epi32(31)));
}
inline I64x8 shift_left(I64x8 a, I64x8 b) {
  const __m256i most = _mm256_set1_epi64x(63);
  return {_mm256_sllv_epi64(a.low, _mm256_and_si256(b.low, most)),
          _mm256_sllv_epi64(a.high, _mm256_and_si256(b.high, most))};
}
// ---- shift_right
inline __m256i shift_right(__m256i a, __m256i b) {
  return _mm256_srav_epi32(a, _mm256_and_si256(b, _mm256_set1_epi32(31)));
}
inline I64x8 shift_right(I64x8 a, I64x8 b) {
  const auto shift = [](__m256i u, __m256i v) {
    const __m256i sign = _mm256_cmpgt_epi64(_mm256_setzero_si256(), u);
    const __m256i by = _mm256_and_si256(v, _mm256_set1_epi64x(63));
    return _mm256_xor_si256(_mm256_srlv_epi64(_mm256_xor_si256(u, sign), by), sign);
  };
  return {shift(a.low, b.low), shift(a.high, b.high)};
}
// ---- shift_right_logical
inline __m256i shift_right_logical(__m256i a, __m256i b) {
  return _mm256_srlv_epi32(a, _mm256_and_si256(b, _mm256_set1_epi32(31)));
}
inline I64x8 shift_right_logical(I64x8 a, I64x8 b) {
  const __m256i most = _mm256_set1_epi64x(63);
  return {_mm256_srlv_epi64(a.low, _mm256_and_si256(b.low, most)),
          _mm256_srlv_epi64(a.high, _mm256_and_si256(b.high, most))};
}
// ---- ternary
template <int table>
inline __m256i ternary(__m256i a, __m256i b, __m256i c, std::integral_constant<int, table>) {
  const __m256i ones = _mm256_set1_epi32(-1);
  __m256i r = _mm256_setzero_si256();
  for (int i = 0; i < 8; ++i) {
    if ((table >> i & 1) == 0) continue;
    const __m256i u = i & 4 ? a : _mm256_xor_si256(a, ones);
    const __m256i v = i & 2 ? b : _mm256_xor_si256(b, ones);
    const __m256i w = i & 1 ? c : _mm256_xor_si256(c, ones);
    r = _mm256_or_si256(r, _mm256_and_si256(u, _mm256_and_si256(v, w)));
  }
  return r;
}
template <int table>
inline I64x8 ternary(I64x8 a, I64x8 b, I64x8 c, std::integral_constant<int, table>) {
  const __m256i ones = _mm256_set1_epi32(-1);
  I64x8 r = {_mm256_setzero_si256(), _mm256_setzero_si256()};
  for (int i = 0; i < 8; ++i) {
    if ((table >> i & 1) == 0) continue;
    const auto term = [&](__m256i u, __m256i v, __m256i w) {
      u = i & 4 ? u : _mm256_xor_si256(u, ones);
      v = i & 2 ? v : _mm256_xor_si256(v, ones);
      w = i & 1 ? w : _mm256_xor_si256(w, ones);
      return _mm256_and_si256(u, _mm256_and_si256(v, w));
    };
    r.low = _mm256_or_si256(r.low, term(a.low, b.low, c.low));
    r.high = _mm256_or_si256(r.high, term(a.high, b.high, c.high));
  }
  return r;
}
// ---- scalef: adds to the exponent where argument and result are normal
inline __m256 scalef(__m256 a, __m256 b) {
  const __m256i pattern = _mm256_castps_si256(a);
  const __m256i n =
      _mm256_cvtps_epi32(_mm256_round_ps(b, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC));
  const __m256i exponent = _mm256_srli_epi32(_mm256_slli_epi32(pattern, 1), 24);
  const __m256i before = _mm256_sub_epi32(exponent, _mm256_set1_epi32(1));
  const __m256i after = _mm256_add_epi32(before, n);
  const __m256i both = _mm256_max_epu32(before, after);
  const __m256i most = _mm256_set1_epi32(253);
  if (_mm256_movemask_epi8(_mm256_cmpeq_epi32(_mm256_max_epu32(both, most), most)) == -1) {
    return _mm256_castsi256_ps(_mm256_add_epi32(pattern, _mm256_slli_epi32(n, 23)));
  }
  const auto one_by_one = [](__m256 u, __m256 v) __attribute__((noinline, cold)) {
    float x[8], y[8];
    _mm256_storeu_ps(x, u);
    _mm256_storeu_ps(y, v);
    for (int k = 0; k < 8; ++k) x[k] = scalef(x[k], y[k]);
    return _mm256_loadu_ps(x);
  };
  return one_by_one(a, b);
}
inline F64x8 scalef(F64x8 a, F64x8 b) {
  double x[8], y[8];
  _mm256_storeu_pd(x, a.low);
  _mm256_storeu_pd(x + 4, a.high);
  _mm256_storeu_pd(y, b.low);
  _mm256_storeu_pd(y + 4, b.high);
  for (int k = 0; k < 8; ++k) x[k] = scalef(x[k], y[k]);
  return {_mm256_loadu_pd(x), _mm256_loadu_pd(x + 4)};
}
// ---- getexp: from the exponent's bits where they are those of normal numbers
inline __m256 getexp(__m256 a) {
  const __m256i exponent = _mm256_srli_epi32(_mm256_slli_epi32(_mm256_castps_si256(a), 1), 24);
  const __m256i before = _mm256_sub_epi32(exponent, _mm256_set1_epi32(1));
  const __m256i most = _mm256_set1_epi32(253);
  if (_mm256_movemask_epi8(_mm256_cmpeq_epi32(_mm256_max_epu32(before, most), most)) == -1) {
    return _mm256_cvtepi32_ps(_mm256_sub_epi32(exponent, _mm256_set1_epi32(127)));
  }
  const auto one_by_one = [](__m256 u) __attribute__((noinline, cold)) {
    float x[8];
    _mm256_storeu_ps(x, u);
    for (int k = 0; k < 8; ++k) x[k] = getexp(x[k]);
    return _mm256_loadu_ps(x);
  };
  return one_by_one(a);
}
inline F64x8 getexp(F64x8 a) {
  double x[8];
  _mm256_storeu_pd(x, a.low);
  _mm256_storeu_pd(x + 4, a.high);
  for (int k = 0; k < 8; ++k) x[k] = getexp(x[k]);
  return {_mm256_loadu_pd(x), _mm256_loadu_pd(x + 4)};
}
// ---- getmant: from the bits of positive normal numbers
inline __m256 getmant(__m256 a) {
  const __m256i pattern = _mm256_castps_si256(a);
  const __m256i before = _mm256_sub_epi32(pattern, _mm256_set1_epi32(0x00800000));
  const __m256i most = _mm256_set1_epi32(0x7effffff);
  if (_mm256_movemask_epi8(_mm256_cmpeq_epi32(_mm256_max_epu32(before, most), most)) == -1) {
    return _mm256_castsi256_ps(_mm256_or_si256(
        _mm256_and_si256(pattern, _mm256_set1_epi32(0x007fffff)), _mm256_set1_epi32(0x3f800000)));
  }
  const auto one_by_one = [](__m256 u) __attribute__((noinline, cold)) {
    float x[8];
    _mm256_storeu_ps(x, u);
    for (int k = 0; k < 8; ++k) x[k] = getmant(x[k]);
    return _mm256_loadu_ps(x);
  };
  return one_by_one(a);
}
inline F64x8 getmant(F64x8 a) {
  double x[8];
  _mm256_storeu_pd(x, a.low);
  _mm256_storeu_pd(x + 4, a.high);
  for (int k = 0; k < 8; ++k) x[k] = getmant(x[k]);
  return {_mm256_loadu_pd(x), _mm256_loadu_pd(x + 4)};
}
// ---- getmant_centred: from the bits of positive normal numbers
inline __m256 getmant_centred(__m256 a) {
  const __m256i pattern = _mm256_castps_si256(a);
  const __m256i before = _mm256_sub_epi32(pattern, _mm256_set1_epi32(0x00800000));
  const __m256i most = _mm256_set1_epi32(0x7effffff);
  if (_mm256_movemask_epi8(_mm256_cmpeq_epi32(_mm256_max_epu32(before, most), most)) == -1) {
    // From 1.5 on one binade less: the bit for a half moves up by one and is taken off.
    const __m256i mantissa = _mm256_and_si256(pattern, _mm256_set1_epi32(0x007fffff));
    const __m256i half = _mm256_and_si256(pattern, _mm256_set1_epi32(0x00400000));
    return _mm256_castsi256_ps(_mm256_sub_epi32(
        _mm256_or_si256(mantissa, _mm256_set1_epi32(0x3f800000)), _mm256_slli_epi32(half, 1)));
  }
  const auto one_by_one = [](__m256 u) __attribute__((noinline, cold)) {
    float x[8];
    _mm256_storeu_ps(x, u);
    for (int k = 0; k < 8; ++k) x[k] = getmant_centred(x[k]);
    return _mm256_loadu_ps(x);
  };
  return one_by_one(a);
}
inline F64x8 getmant_centred(F64x8 a) {
  double x[8];
  _mm256_storeu_pd(x, a.low);
  _mm256_storeu_pd(x + 4, a.high);
  for (int k = 0; k < 8; ++k) x[k] = getmant_centred(x[k]);
  return {_mm256_loadu_pd(x), _mm256_loadu_pd(x + 4)};
}
// ---- reciprocal_estimate
inline __m256 reciprocal_estimate(__m256 a) {
  return _mm256_castsi256_ps(
      _mm256_sub_epi32(_mm256_set1_epi32(0x7ef311c7), _mm256_castps_si256(a)));
}
inline F64x8 reciprocal_estimate(F64x8 a) {
  const __m256i c = _mm256_set1_epi64x(0x7fde623822fc16e6);
  return {_mm256_castsi256_pd(_mm256_sub_epi64(c, _mm256_castpd_si256(a.low))),
          _mm256_castsi256_pd(_mm256_sub_epi64(c, _mm256_castpd_si256(a.high)))};
}
// ---- permute8
inline __m256 permute8(__m256i i, const float* table) {
  return _mm256_permutevar8x32_ps(_mm256_loadu_ps(table), i);
}
inline __m256i permute8(__m256i i, const std::int32_t* table) {
  return _mm256_permutevar8x32_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(table)),
                                     i);
}
// ---- permute16: bit 3 of the index, moved to the sign, chooses between two permutations
inline __m256 permute16(__m256i i, const float* table) {
  const __m256 low = _mm256_permutevar8x32_ps(_mm256_loadu_ps(table), i);
  const __m256 high = _mm256_permutevar8x32_ps(_mm256_loadu_ps(table + 8), i);
  return _mm256_blendv_ps(low, high, _mm256_castsi256_ps(_mm256_slli_epi32(i, 28)));
}
inline __m256i permute16(__m256i i, const std::int32_t* table) {
  const auto* p = reinterpret_cast<const __m256i*>(table);
  const __m256i low = _mm256_permutevar8x32_epi32(_mm256_loadu_si256(p), i);
  const __m256i high = _mm256_permutevar8x32_epi32(_mm256_loadu_si256(p + 1), i);
  return _mm256_castps_si256(_mm256_blendv_ps(_mm256_castsi256_ps(low), _mm256_castsi256_ps(high),
                                              _mm256_castsi256_ps(_mm256_slli_epi32(i, 28))));
}
// ---- permute32: bits 3 and 4 of the index choose between four permutations
inline __m256 permute32(__m256i i, const float* table) {
  const __m256 bit3 = _mm256_castsi256_ps(_mm256_slli_epi32(i, 28));
  const __m256 bit4 = _mm256_castsi256_ps(_mm256_slli_epi32(i, 27));
  const auto entry = [&](int k) { return _mm256_permutevar8x32_ps(_mm256_loadu_ps(table + k), i); };
  return _mm256_blendv_ps(_mm256_blendv_ps(entry(0), entry(8), bit3),
                          _mm256_blendv_ps(entry(16), entry(24), bit3), bit4);
}
inline __m256i permute32(__m256i i, const std::int32_t* table) {
  const __m256 bit3 = _mm256_castsi256_ps(_mm256_slli_epi32(i, 28));
  const __m256 bit4 = _mm256_castsi256_ps(_mm256_slli_epi32(i, 27));
  const auto entry = [&](int k) {
    const __m256i words = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(table + k));
    return _mm256_castsi256_ps(_mm256_permutevar8x32_epi32(words, i));
  };
  return _mm256_castps_si256(_mm256_blendv_ps(_mm256_blendv_ps(entry(0), entry(8), bit3),
                                              _mm256_blendv_ps(entry(16), entry(24), bit3), bit4));
}
// ---- lookup16
inline __m256 lookup16(__m256i i, const float* table) {
  return _mm256_i32gather_ps(table, _mm256_and_si256(i, _mm256_set1_epi32(15)), 4);
}
inline F64x8 lookup16(I64x8 i, const double* table) {
  const __m256i mask = _mm256_set1_epi64x(15);
  return {_mm256_i64gather_pd(table, _mm256_and_si256(i.low, mask), 8),
          _mm256_i64gather_pd(table, _mm256_and_si256(i.high, mask), 8)};
}
inline __m256i lookup16(__m256i i, const std::int32_t* table) {
  return _mm256_i32gather_epi32(table, _mm256_and_si256(i, _mm256_set1_epi32(15)), 4);
}
inline I64x8 lookup16(I64x8 i, const std::int64_t* table) {
  const auto* entries = reinterpret_cast<const long long*>(table);
  const __m256i mask = _mm256_set1_epi64x(15);
  return {_mm256_i64gather_epi64(entries, _mm256_and_si256(i.low, mask), 8),
          _mm256_i64gather_epi64(entries, _mm256_and_si256(i.high, mask), 8)};
}
// ---- lookup32
inline __m256 lookup32(__m256i i, const float* table) {
  return _mm256_i32gather_ps(table, _mm256_and_si256(i, _mm256_set1_epi32(31)), 4);
}
inline F64x8 lookup32(I64x8 i, const double* table) {
  const __m256i mask = _mm256_set1_epi64x(31);
  return {_mm256_i64gather_pd(table, _mm256_and_si256(i.low, mask), 8),
          _mm256_i64gather_pd(table, _mm256_and_si256(i.high, mask), 8)};
}
inline __m256i lookup32(__m256i i, const std::int32_t* table) {
  return _mm256_i32gather_epi32(table, _mm256_and_si256(i, _mm256_set1_epi32(31)), 4);
}
inline I64x8 lookup32(I64x8 i, const std::int64_t* table) {
  const auto* entries = reinterpret_cast<const long long*>(table);
  const __m256i mask = _mm256_set1_epi64x(31);
  return {_mm256_i64gather_epi64(entries, _mm256_and_si256(i.low, mask), 8),
          _mm256_i64gather_epi64(entries, _mm256_and_si256(i.high, mask), 8)};
}
// ---- lookup64
inline __m256 lookup64(__m256i i, const float* table) {
  return _mm256_i32gather_ps(table, _mm256_and_si256(i, _mm256_set1_epi32(63)), 4);
}
inline F64x8 lookup64(I64x8 i, const double* table) {
  const __m256i mask = _mm256_set1_epi64x(63);
  return {_mm256_i64gather_pd(table, _mm256_and_si256(i.low, mask), 8),
          _mm256_i64gather_pd(table, _mm256_and_si256(i.high, mask), 8)};
}
inline __m256i lookup64(__m256i i, const std::int32_t* table) {
  return _mm256_i32gather_epi32(table, _mm256_and_si256(i, _mm256_set1_epi32(63)), 4);
}
inline I64x8 lookup64(I64x8 i, const std::int64_t* table) {
  const auto* entries = reinterpret_cast<const long long*>(table);
  const __m256i mask = _mm256_set1_epi64x(63);
  return {_mm256_i64gather_epi64(entries, _mm256_and_si256(i.low, mask), 8),
          _mm256_i64gather_epi64(entries, _mm256_and_si256(i.high, mask), 8)};
}
// ---- lookup128
inline __m256 lookup128(__m256i i, const float* table) {
  return _mm256_i32gather_ps(table, _mm256_and_si256(i, _mm256_set1_epi32(127)), 4);
}
inline F64x8 lookup128(I64x8 i, const double* table) {
  const __m256i mask = _mm256_set1_epi64x(127);
  return {_mm256_i64gather_pd(table, _mm256_and_si256(i.low, mask), 8),
          _mm256_i64gather_pd(table, _mm256_and_si256(i.high, mask), 8)};
}
inline __m256i lookup128(__m256i i, const std::int32_t* table) {
  return _mm256_i32gather_epi32(table, _mm256_and_si256(i, _mm256_set1_epi32(127)), 4);
}
inline I64x8 lookup128(I64x8 i, const std::int64_t* table) {
  const auto* entries = reinterpret_cast<const long long*>(table);
  const __m256i mask = _mm256_set1_epi64x(127);
  return {_mm256_i64gather_epi64(entries, _mm256_and_si256(i.low, mask), 8),
          _mm256_i64gather_epi64(entries, _mm256_and_si256(i.high, mask), 8)};
}
// ---- lookup256
inline __m256 lookup256(__m256i i, const float* table) {
  return _mm256_i32gather_ps(table, _mm256_and_si256(i, _mm256_set1_epi32(255)), 4);
}
inline F64x8 lookup256(I64x8 i, const double* table) {
  const __m256i mask = _mm256_set1_epi64x(255);
  return {_mm256_i64gather_pd(table, _mm256_and_si256(i.low, mask), 8),
          _mm256_i64gather_pd(table, _mm256_and_si256(i.high, mask), 8)};
}
inline __m256i lookup256(__m256i i, const std::int32_t* table) {
  return _mm256_i32gather_epi32(table, _mm256_and_si256(i, _mm256_set1_epi32(255)), 4);
}
inline I64x8 lookup256(I64x8 i, const std::int64_t* table) {
  const auto* entries = reinterpret_cast<const long long*>(table);
  const __m256i mask = _mm256_set1_epi64x(255);
  return {_mm256_i64gather_epi64(entries, _mm256_and_si256(i.low, mask), 8),
          _mm256_i64gather_epi64(entries, _mm256_and_si256(i.high, mask), 8)};
}
// ----

}  // namespace ulpforge::emit::avx2
#endif
