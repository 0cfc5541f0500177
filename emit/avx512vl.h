// The machine operations over eight lanes in 256-bit registers with what AVX-512VL adds, lane by
// lane what ir/portable.h has. Here is what AVX2 lacks, or has only as instructions that reach half
// of the registers; everything else is that of emit/avx2.h. Emitted headers carry those that they use
// of both, word for word (each up to the next line "// ----").
//
// f64 and i64 values fill two registers; truth values are a mask, of which operations over four
// lanes read the lower half.
#pragma once

#if defined(__AVX512F__) && defined(__AVX512DQ__) && defined(__AVX512VL__) && defined(__FMA__)
#include <immintrin.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ulpforge::emit::avx512vl {

// ---- truth: masks need no type of their own
// ---- wide: types of two registers, and the mask of their masks
struct F64x8 {
  __m256d low, high;
};
struct I64x8 {
  __m256i low, high;
};
inline __mmask8 both(__mmask8 low, __mmask8 high) {
  return static_cast<__mmask8>(low | (high << 4));
}
// ---- first_lanes: the first n of eight, all where n is more
inline __mmask8 first_lanes(std::size_t n) {
  return static_cast<__mmask8>(n < 8 ? (1U << n) - 1 : 0xffU);
}
// ---- load_some: those of eight elements that the mask names, zeros elsewhere
inline __m256 load_some(const float* p, __mmask8 m) { return _mm256_maskz_loadu_ps(m, p); }
inline F64x8 load_some(const double* p, __mmask8 m) {
  return {_mm256_maskz_loadu_pd(m, p), _mm256_maskz_loadu_pd(static_cast<__mmask8>(m >> 4), p + 4)};
}
inline __m256i load_some(const std::int32_t* p, __mmask8 m) {
  return _mm256_maskz_loadu_epi32(m, p);
}
inline I64x8 load_some(const std::int64_t* p, __mmask8 m) {
  return {_mm256_maskz_loadu_epi64(m, p),
          _mm256_maskz_loadu_epi64(static_cast<__mmask8>(m >> 4), p + 4)};
}
// ---- store_some: those of eight elements that the mask names
inline void store_some(float* p, __mmask8 m, __m256 a) { _mm256_mask_storeu_ps(p, m, a); }
inline void store_some(double* p, __mmask8 m, F64x8 a) {
  _mm256_mask_storeu_pd(p, m, a.low);
  _mm256_mask_storeu_pd(p + 4, static_cast<__mmask8>(m >> 4), a.high);
}
inline void store_some(std::int32_t* p, __mmask8 m, __m256i a) {
  _mm256_mask_storeu_epi32(p, m, a);
}
inline void store_some(std::int64_t* p, __mmask8 m, I64x8 a) {
  _mm256_mask_storeu_epi64(p, m, a.low);
  _mm256_mask_storeu_epi64(p + 4, static_cast<__mmask8>(m >> 4), a.high);
}
// ---- mul
inline I64x8 mul(I64x8 a, I64x8 b) {
  return {_mm256_mullo_epi64(a.low, b.low), _mm256_mullo_epi64(a.high, b.high)};
}
// ---- rint
inline __m256 rint(__m256 a) {
  return _mm256_roundscale_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
inline F64x8 rint(F64x8 a) {
  return {_mm256_roundscale_pd(a.low, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC),
          _mm256_roundscale_pd(a.high, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC)};
}
// ---- floor
inline __m256 floor(__m256 a) {
  return _mm256_roundscale_ps(a, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
}
inline F64x8 floor(F64x8 a) {
  return {_mm256_roundscale_pd(a.low, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC),
          _mm256_roundscale_pd(a.high, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC)};
}
// ---- fraction
inline __m256 fraction(__m256 a) {
  return _mm256_reduce_ps(a, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
}
inline F64x8 fraction(F64x8 a) {
  return {_mm256_reduce_pd(a.low, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC),
          _mm256_reduce_pd(a.high, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC)};
}
// ---- copysign: of each bit, b where the third operand has a one, else a
inline __m256 copysign(__m256 a, __m256 b) {
  return _mm256_castsi256_ps(
      _mm256_ternarylogic_epi32(_mm256_castps_si256(a), _mm256_castps_si256(b),
                                _mm256_set1_epi32(static_cast<std::int32_t>(0x80000000U)), 0xd8));
}
// ---- less
inline __mmask8 less(__m256 a, __m256 b) { return _mm256_cmp_ps_mask(a, b, _CMP_LT_OQ); }
inline __mmask8 less(F64x8 a, F64x8 b) {
  return both(_mm256_cmp_pd_mask(a.low, b.low, _CMP_LT_OQ),
              _mm256_cmp_pd_mask(a.high, b.high, _CMP_LT_OQ));
}
inline __mmask8 less(__m256i a, __m256i b) { return _mm256_cmplt_epi32_mask(a, b); }
inline __mmask8 less(I64x8 a, I64x8 b) {
  return both(_mm256_cmplt_epi64_mask(a.low, b.low), _mm256_cmplt_epi64_mask(a.high, b.high));
}
// ---- less_equal
inline __mmask8 less_equal(__m256 a, __m256 b) { return _mm256_cmp_ps_mask(a, b, _CMP_LE_OQ); }
inline __mmask8 less_equal(F64x8 a, F64x8 b) {
  return both(_mm256_cmp_pd_mask(a.low, b.low, _CMP_LE_OQ),
              _mm256_cmp_pd_mask(a.high, b.high, _CMP_LE_OQ));
}
inline __mmask8 less_equal(__m256i a, __m256i b) { return _mm256_cmple_epi32_mask(a, b); }
inline __mmask8 less_equal(I64x8 a, I64x8 b) {
  return both(_mm256_cmple_epi64_mask(a.low, b.low), _mm256_cmple_epi64_mask(a.high, b.high));
}
// ---- equal
inline __mmask8 equal(__m256 a, __m256 b) { return _mm256_cmp_ps_mask(a, b, _CMP_EQ_OQ); }
inline __mmask8 equal(F64x8 a, F64x8 b) {
  return both(_mm256_cmp_pd_mask(a.low, b.low, _CMP_EQ_OQ),
              _mm256_cmp_pd_mask(a.high, b.high, _CMP_EQ_OQ));
}
inline __mmask8 equal(__m256i a, __m256i b) { return _mm256_cmpeq_epi32_mask(a, b); }
inline __mmask8 equal(I64x8 a, I64x8 b) {
  return both(_mm256_cmpeq_epi64_mask(a.low, b.low), _mm256_cmpeq_epi64_mask(a.high, b.high));
}
// ---- select
inline __m256 select(__mmask8 c, __m256 a, __m256 b) { return _mm256_mask_blend_ps(c, b, a); }
inline F64x8 select(__mmask8 c, F64x8 a, F64x8 b) {
  return {_mm256_mask_blend_pd(c, b.low, a.low),
          _mm256_mask_blend_pd(static_cast<__mmask8>(c >> 4), b.high, a.high)};
}
inline __m256i select(__mmask8 c, __m256i a, __m256i b) { return _mm256_mask_blend_epi32(c, b, a); }
inline I64x8 select(__mmask8 c, I64x8 a, I64x8 b) {
  return {_mm256_mask_blend_epi64(c, b.low, a.low),
          _mm256_mask_blend_epi64(static_cast<__mmask8>(c >> 4), b.high, a.high)};
}
// ---- any: whether the condition holds in some lane
inline bool any(__mmask8 c) { return c != 0; }
// ---- any_larger
inline bool any_larger(__m256 a, __m256 limit) {
  const __m256 size = _mm256_andnot_ps(_mm256_set1_ps(-0.0f), a);
  return _mm256_cmp_ps_mask(limit, size, _CMP_LT_OQ) != 0;
}
inline bool any_larger(F64x8 a, F64x8 limit) {
  const __m256d sign = _mm256_set1_pd(-0.0);
  return (_mm256_cmp_pd_mask(limit.low, _mm256_andnot_pd(sign, a.low), _CMP_LT_OQ) |
          _mm256_cmp_pd_mask(limit.high, _mm256_andnot_pd(sign, a.high), _CMP_LT_OQ)) != 0;
}
// ---- any_larger_of_four: whether some lane of four vectors may be larger in size than the limit, for sure
// if it is. A signalling NaN hides its neighbour from range, and a NaN goes through the sum: it counts.
inline bool any_larger_of_four(__m256 a, __m256 b, __m256 c, __m256 d, __m256 limit) {
  const __m256 sizes = _mm256_add_ps(_mm256_range_ps(a, b, 0b1011),
                                      _mm256_range_ps(c, d, 0b1011));
  return _mm256_cmp_ps_mask(sizes, limit, _CMP_NLE_UQ) != 0;
}
inline bool any_larger_of_four(F64x8 a, F64x8 b, F64x8 c, F64x8 d, F64x8 limit) {
  const auto any = [](__m256d a, __m256d b, __m256d c, __m256d d, __m256d limit) {
    const __m256d sizes = _mm256_add_pd(_mm256_range_pd(a, b, 0b1011),
                                         _mm256_range_pd(c, d, 0b1011));
    return _mm256_cmp_pd_mask(sizes, limit, _CMP_NLE_UQ) != 0;
  };
  return any(a.low, b.low, c.low, d.low, limit.low) ||
         any(a.high, b.high, c.high, d.high, limit.high);
}
// ---- truncate
inline I64x8 truncate(F64x8 a) { return {_mm256_cvttpd_epi64(a.low), _mm256_cvttpd_epi64(a.high)}; }
// ---- round_to_integer
inline I64x8 round_to_integer(F64x8 a) {
  return {_mm256_cvtpd_epi64(a.low), _mm256_cvtpd_epi64(a.high)};
}
// ---- from_integer
inline F64x8 from_integer(I64x8 a) {
  return {_mm256_cvtepi64_pd(a.low), _mm256_cvtepi64_pd(a.high)};
}
// ---- sign_extend
inline I64x8 sign_extend(__m256i a) {
  return {_mm256_cvtepi32_epi64(_mm256_castsi256_si128(a)),
          _mm256_cvtepi32_epi64(_mm256_extracti128_si256(a, 1))};
}
// ---- wrap
inline __m256i wrap(I64x8 a) {
  return _mm256_permutex2var_epi32(a.low, _mm256_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14), a.high);
}
// ---- bit_and
inline __mmask8 bit_and(__mmask8 a, __mmask8 b) { return _kand_mask8(a, b); }
// ---- bit_or
inline __mmask8 bit_or(__mmask8 a, __mmask8 b) { return _kor_mask8(a, b); }
// ---- bit_xor
inline __mmask8 bit_xor(__mmask8 a, __mmask8 b) { return _kxor_mask8(a, b); }
// ---- bit_not
inline __mmask8 bit_not(__mmask8 a) { return _knot_mask8(a); }
// ---- shift_right
inline I64x8 shift_right(I64x8 a, I64x8 b) {
  const __m256i most = _mm256_set1_epi64x(63);
  return {_mm256_srav_epi64(a.low, _mm256_and_si256(b.low, most)),
          _mm256_srav_epi64(a.high, _mm256_and_si256(b.high, most))};
}
// ---- ternary
template <int table>
inline __m256i ternary(__m256i a, __m256i b, __m256i c, std::integral_constant<int, table>) {
  return _mm256_ternarylogic_epi32(a, b, c, table);
}
template <int table>
inline I64x8 ternary(I64x8 a, I64x8 b, I64x8 c, std::integral_constant<int, table>) {
  return {_mm256_ternarylogic_epi64(a.low, b.low, c.low, table),
          _mm256_ternarylogic_epi64(a.high, b.high, c.high, table)};
}
// ---- scalef
inline __m256 scalef(__m256 a, __m256 b) { return _mm256_scalef_ps(a, b); }
inline F64x8 scalef(F64x8 a, F64x8 b) {
  return {_mm256_scalef_pd(a.low, b.low), _mm256_scalef_pd(a.high, b.high)};
}
// ---- getexp
inline __m256 getexp(__m256 a) { return _mm256_getexp_ps(a); }
inline F64x8 getexp(F64x8 a) { return {_mm256_getexp_pd(a.low), _mm256_getexp_pd(a.high)}; }
// ---- getmant
inline __m256 getmant(__m256 a) {
  return _mm256_getmant_ps(a, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_nan);
}
inline F64x8 getmant(F64x8 a) {
  return {_mm256_getmant_pd(a.low, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_nan),
          _mm256_getmant_pd(a.high, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_nan)};
}
// ---- getmant_centred
inline __m256 getmant_centred(__m256 a) {
  return _mm256_getmant_ps(a, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan);
}
inline F64x8 getmant_centred(F64x8 a) {
  return {_mm256_getmant_pd(a.low, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan),
          _mm256_getmant_pd(a.high, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan)};
}
// ---- permute8
inline __m256 permute8(__m256i i, const float* table) {
  return _mm256_permutexvar_ps(i, _mm256_loadu_ps(table));
}
inline __m256i permute8(__m256i i, const std::int32_t* table) {
  return _mm256_permutexvar_epi32(i,
                                  _mm256_loadu_si256(reinterpret_cast<const __m256i*>(table)));
}
// ---- permute16
inline __m256 permute16(__m256i i, const float* table) {
  return _mm256_permutex2var_ps(_mm256_loadu_ps(table), i, _mm256_loadu_ps(table + 8));
}
inline __m256i permute16(__m256i i, const std::int32_t* table) {
  const auto* p = reinterpret_cast<const __m256i*>(table);
  return _mm256_permutex2var_epi32(_mm256_loadu_si256(p), i, _mm256_loadu_si256(p + 1));
}
// ---- permute32: bit 4 of the index chooses between two permutations
inline __m256 permute32(__m256i i, const float* table) {
  const auto entry = [&](const float* p) {
    return _mm256_permutex2var_ps(_mm256_loadu_ps(p), i, _mm256_loadu_ps(p + 8));
  };
  return _mm256_mask_blend_ps(_mm256_test_epi32_mask(i, _mm256_set1_epi32(16)), entry(table),
                              entry(table + 16));
}
inline __m256i permute32(__m256i i, const std::int32_t* table) {
  const auto entry = [&](const std::int32_t* q) {
    const auto* p = reinterpret_cast<const __m256i*>(q);
    return _mm256_permutex2var_epi32(_mm256_loadu_si256(p), i, _mm256_loadu_si256(p + 1));
  };
  return _mm256_mask_blend_epi32(_mm256_test_epi32_mask(i, _mm256_set1_epi32(16)), entry(table),
                                 entry(table + 16));
}
// ----

}  // namespace ulpforge::emit::avx512vl
#endif
