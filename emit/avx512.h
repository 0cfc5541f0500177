// The machine operations over sixteen lanes in AVX-512 registers, lane by lane what ir/portable.h
// has, where one instruction or a few give it. Emitted headers carry those that they use, word for
// word (each up to the next line "// ----").
//
// f64 and i64 values fill two registers; truth values are a mask. Where an intrinsic has an
// undefined operand inside, the form with a mask of ones stands for it: the same instruction,
// without g++ 12's warnings (GCC bug 105593).
#pragma once

// Not with AVX10 of 256 bits, which has the rest.
#if defined(__AVX512F__) && defined(__AVX512DQ__) && \
    (defined(__EVEX512__) || !defined(__EVEX256__))
#include <immintrin.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ulpforge::emit::avx512 {

// ---- wide: types of two registers
struct F64x16 {
  __m512d low, high;
};
struct I64x16 {
  __m512i low, high;
};
// ---- broadcast: a constant in every lane
inline __m512 broadcast(float c) { return _mm512_set1_ps(c); }
inline F64x16 broadcast(double c) { return {_mm512_set1_pd(c), _mm512_set1_pd(c)}; }
inline __m512i broadcast(std::int32_t c) { return _mm512_set1_epi32(c); }
inline I64x16 broadcast(std::int64_t c) { return {_mm512_set1_epi64(c), _mm512_set1_epi64(c)}; }
// ---- load: sixteen elements
inline __m512 load(const float* p) { return _mm512_loadu_ps(p); }
inline F64x16 load(const double* p) { return {_mm512_loadu_pd(p), _mm512_loadu_pd(p + 8)}; }
inline __m512i load(const std::int32_t* p) { return _mm512_loadu_si512(p); }
inline I64x16 load(const std::int64_t* p) {
  return {_mm512_loadu_si512(p), _mm512_loadu_si512(p + 8)};
}
// ---- store: sixteen elements
inline void store(float* p, __m512 a) { _mm512_storeu_ps(p, a); }
inline void store(double* p, F64x16 a) {
  _mm512_storeu_pd(p, a.low);
  _mm512_storeu_pd(p + 8, a.high);
}
inline void store(std::int32_t* p, __m512i a) { _mm512_storeu_si512(p, a); }
inline void store(std::int64_t* p, I64x16 a) {
  _mm512_storeu_si512(p, a.low);
  _mm512_storeu_si512(p + 8, a.high);
}
// ---- first_lanes: the first n of sixteen, all where n is more
inline __mmask16 first_lanes(std::size_t n) {
  return static_cast<__mmask16>(n < 16 ? (1U << n) - 1 : 0xffffU);
}
// ---- load_some: those of sixteen elements that the mask names, zeros elsewhere
inline __m512 load_some(const float* p, __mmask16 m) { return _mm512_maskz_loadu_ps(m, p); }
inline F64x16 load_some(const double* p, __mmask16 m) {
  const __mmask8 low = static_cast<__mmask8>(m), high = static_cast<__mmask8>(m >> 8);
  return {_mm512_maskz_loadu_pd(low, p), _mm512_maskz_loadu_pd(high, p + 8)};
}
inline __m512i load_some(const std::int32_t* p, __mmask16 m) {
  return _mm512_maskz_loadu_epi32(m, p);
}
inline I64x16 load_some(const std::int64_t* p, __mmask16 m) {
  const __mmask8 low = static_cast<__mmask8>(m), high = static_cast<__mmask8>(m >> 8);
  return {_mm512_maskz_loadu_epi64(low, p), _mm512_maskz_loadu_epi64(high, p + 8)};
}
// ---- store_some: those of sixteen elements that the mask names
inline void store_some(float* p, __mmask16 m, __m512 a) { _mm512_mask_storeu_ps(p, m, a); }
inline void store_some(double* p, __mmask16 m, F64x16 a) {
  _mm512_mask_storeu_pd(p, static_cast<__mmask8>(m), a.low);
  _mm512_mask_storeu_pd(p + 8, static_cast<__mmask8>(m >> 8), a.high);
}
inline void store_some(std::int32_t* p, __mmask16 m, __m512i a) {
  _mm512_mask_storeu_epi32(p, m, a);
}
inline void store_some(std::int64_t* p, __mmask16 m, I64x16 a) {
  _mm512_mask_storeu_epi64(p, static_cast<__mmask8>(m), a.low);
  _mm512_mask_storeu_epi64(p + 8, static_cast<__mmask8>(m >> 8), a.high);
}
// ---- bits
inline __m512i bits(__m512 a) { return _mm512_castps_si512(a); }
inline I64x16 bits(F64x16 a) { return {_mm512_castpd_si512(a.low), _mm512_castpd_si512(a.high)}; }
// ---- from_bits
inline __m512 from_bits(__m512i a) { return _mm512_castsi512_ps(a); }
inline F64x16 from_bits(I64x16 a) {
  return {_mm512_castsi512_pd(a.low), _mm512_castsi512_pd(a.high)};
}
// ---- neg
inline __m512 neg(__m512 a) { return _mm512_xor_ps(a, _mm512_set1_ps(-0.0f)); }
inline F64x16 neg(F64x16 a) {
  const __m512d sign = _mm512_set1_pd(-0.0);
  return {_mm512_xor_pd(a.low, sign), _mm512_xor_pd(a.high, sign)};
}
// ---- fabs
inline __m512 fabs(__m512 a) { return _mm512_maskz_andnot_ps(0xffff, _mm512_set1_ps(-0.0f), a); }
inline F64x16 fabs(F64x16 a) {
  const __m512d sign = _mm512_set1_pd(-0.0);
  return {_mm512_maskz_andnot_pd(0xff, sign, a.low), _mm512_maskz_andnot_pd(0xff, sign, a.high)};
}
// ---- add
inline __m512 add(__m512 a, __m512 b) { return a + b; }
inline F64x16 add(F64x16 a, F64x16 b) {
  return {a.low + b.low, a.high + b.high};
}
inline __m512i add(__m512i a, __m512i b) { return _mm512_add_epi32(a, b); }
inline I64x16 add(I64x16 a, I64x16 b) {
  return {_mm512_add_epi64(a.low, b.low), _mm512_add_epi64(a.high, b.high)};
}
// ---- sub
inline __m512 sub(__m512 a, __m512 b) { return a - b; }
inline F64x16 sub(F64x16 a, F64x16 b) {
  return {a.low - b.low, a.high - b.high};
}
inline __m512i sub(__m512i a, __m512i b) { return _mm512_sub_epi32(a, b); }
inline I64x16 sub(I64x16 a, I64x16 b) {
  return {_mm512_sub_epi64(a.low, b.low), _mm512_sub_epi64(a.high, b.high)};
}
// ---- mul
inline __m512 mul(__m512 a, __m512 b) { return a * b; }
inline F64x16 mul(F64x16 a, F64x16 b) {
  return {a.low * b.low, a.high * b.high};
}
inline __m512i mul(__m512i a, __m512i b) { return _mm512_mullo_epi32(a, b); }
inline I64x16 mul(I64x16 a, I64x16 b) {
  return {_mm512_mullo_epi64(a.low, b.low), _mm512_mullo_epi64(a.high, b.high)};
}
// ---- div
inline __m512 div(__m512 a, __m512 b) { return a / b; }
inline F64x16 div(F64x16 a, F64x16 b) {
  return {a.low / b.low, a.high / b.high};
}
// ---- sqrt
inline __m512 sqrt(__m512 a) { return _mm512_maskz_sqrt_ps(0xffff, a); }
inline F64x16 sqrt(F64x16 a) {
  return {_mm512_maskz_sqrt_pd(0xff, a.low), _mm512_maskz_sqrt_pd(0xff, a.high)};
}
// ---- sqrt_by_products: the same root without the divider, from an estimate of its reciprocal that is wrong by at
// most 2^-14: root and half its reciprocal by a step of Newton's, then the root's residual, which is exact
// (Markstein, IBM Journal of Research and Development 34(1), 1990). So it is for what is well inside the
// normal range; vectors that have something else in them go to the divider.
inline __m512 sqrt_from_estimate(__m512 a, __m512 reciprocal) {
  const __m512 half = _mm512_set1_ps(0.5f);
  const __m512 root0 = a * reciprocal, slope0 = reciprocal * half;
  const __m512 lacking = _mm512_fnmadd_ps(root0, slope0, half);
  const __m512 root = _mm512_fmadd_ps(root0, lacking, root0);
  const __m512 slope = _mm512_fmadd_ps(slope0, lacking, slope0);
  return _mm512_fmadd_ps(_mm512_fnmadd_ps(root, root, a), slope, root);
}
inline __m512 sqrt_by_products(__m512 a) {
  // From 2^-60 to 2^60, as patterns.
  const __m512i above = _mm512_sub_epi32(_mm512_castps_si512(a), _mm512_set1_epi32(0x21800000));
  const __mmask16 other = _mm512_cmpge_epu32_mask(above, _mm512_set1_epi32(0x3c000000));
  if (__builtin_expect(other != 0, 0)) return _mm512_maskz_sqrt_ps(0xffff, a);
  return sqrt_from_estimate(a, _mm512_maskz_rsqrt14_ps(0xffff, a));
}
// ---- fma
// (clang compiles the intrinsics with the options that they were included under)
inline __m512 fma(__m512 a, __m512 b, __m512 c) {
#if defined(__clang__)
  return __builtin_elementwise_fma(a, b, c);
#else
  return _mm512_fmadd_ps(a, b, c);
#endif
}
inline F64x16 fma(F64x16 a, F64x16 b, F64x16 c) {
#if defined(__clang__)
  return {__builtin_elementwise_fma(a.low, b.low, c.low),
          __builtin_elementwise_fma(a.high, b.high, c.high)};
#else
  return {_mm512_fmadd_pd(a.low, b.low, c.low), _mm512_fmadd_pd(a.high, b.high, c.high)};
#endif
}
// ---- product
inline __m512 product(__m512 a, __m512 b) {
#if defined(__clang__)
  const __m512 both = a * b;
  {
#pragma clang fp reassociate(on)
    return __arithmetic_fence(both);
  }
#else
  return _mm512_fmadd_ps(a, b, _mm512_set1_ps(-0.0f));
#endif
}
inline F64x16 product(F64x16 a, F64x16 b) {
#if defined(__clang__)
  const __m512d low = a.low * b.low;
  const __m512d high = a.high * b.high;
  {
#pragma clang fp reassociate(on)
    return {__arithmetic_fence(low), __arithmetic_fence(high)};
  }
#else
  return {_mm512_fmadd_pd(a.low, b.low, _mm512_set1_pd(-0.0)),
          _mm512_fmadd_pd(a.high, b.high, _mm512_set1_pd(-0.0))};
#endif
}
// ---- min
inline __m512 min(__m512 a, __m512 b) { return _mm512_maskz_min_ps(0xffff, a, b); }
inline F64x16 min(F64x16 a, F64x16 b) {
  return {_mm512_maskz_min_pd(0xff, a.low, b.low), _mm512_maskz_min_pd(0xff, a.high, b.high)};
}
// ---- max
inline __m512 max(__m512 a, __m512 b) { return _mm512_maskz_max_ps(0xffff, a, b); }
inline F64x16 max(F64x16 a, F64x16 b) {
  return {_mm512_maskz_max_pd(0xff, a.low, b.low), _mm512_maskz_max_pd(0xff, a.high, b.high)};
}
// ---- rint
inline __m512 rint(__m512 a) {
  return _mm512_maskz_roundscale_ps(0xffff, a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
inline F64x16 rint(F64x16 a) {
  return {_mm512_maskz_roundscale_pd(0xff, a.low, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC),
          _mm512_maskz_roundscale_pd(0xff, a.high, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC)};
}
// ---- floor
inline __m512 floor(__m512 a) {
  return _mm512_maskz_roundscale_ps(0xffff, a, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
}
inline F64x16 floor(F64x16 a) {
  return {_mm512_maskz_roundscale_pd(0xff, a.low, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC),
          _mm512_maskz_roundscale_pd(0xff, a.high, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC)};
}
// ---- fraction
inline __m512 fraction(__m512 a) {
  return _mm512_maskz_reduce_ps(0xffff, a, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
}
inline F64x16 fraction(F64x16 a) {
  return {_mm512_maskz_reduce_pd(0xff, a.low, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC),
          _mm512_maskz_reduce_pd(0xff, a.high, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC)};
}
// ---- copysign: of each bit, b where the third operand has a one, else a
inline __m512 copysign(__m512 a, __m512 b) {
  return _mm512_castsi512_ps(
      _mm512_ternarylogic_epi32(_mm512_castps_si512(a), _mm512_castps_si512(b),
                                _mm512_set1_epi32(static_cast<std::int32_t>(0x80000000U)), 0xd8));
}
inline F64x16 copysign(F64x16 a, F64x16 b) {
  const __m512d sign = _mm512_set1_pd(-0.0);
  return {_mm512_or_pd(_mm512_maskz_andnot_pd(0xff, sign, a.low), _mm512_and_pd(sign, b.low)),
          _mm512_or_pd(_mm512_maskz_andnot_pd(0xff, sign, a.high), _mm512_and_pd(sign, b.high))};
}
// ---- less
inline __mmask16 less(__m512 a, __m512 b) { return _mm512_cmp_ps_mask(a, b, _CMP_LT_OQ); }
inline __mmask16 less(F64x16 a, F64x16 b) {
  return _mm512_kunpackb(_mm512_cmp_pd_mask(a.high, b.high, _CMP_LT_OQ),
                         _mm512_cmp_pd_mask(a.low, b.low, _CMP_LT_OQ));
}
inline __mmask16 less(__m512i a, __m512i b) { return _mm512_cmplt_epi32_mask(a, b); }
inline __mmask16 less(I64x16 a, I64x16 b) {
  return _mm512_kunpackb(_mm512_cmplt_epi64_mask(a.high, b.high),
                         _mm512_cmplt_epi64_mask(a.low, b.low));
}
// ---- less_equal
inline __mmask16 less_equal(__m512 a, __m512 b) { return _mm512_cmp_ps_mask(a, b, _CMP_LE_OQ); }
inline __mmask16 less_equal(F64x16 a, F64x16 b) {
  return _mm512_kunpackb(_mm512_cmp_pd_mask(a.high, b.high, _CMP_LE_OQ),
                         _mm512_cmp_pd_mask(a.low, b.low, _CMP_LE_OQ));
}
inline __mmask16 less_equal(__m512i a, __m512i b) { return _mm512_cmple_epi32_mask(a, b); }
inline __mmask16 less_equal(I64x16 a, I64x16 b) {
  return _mm512_kunpackb(_mm512_cmple_epi64_mask(a.high, b.high),
                         _mm512_cmple_epi64_mask(a.low, b.low));
}
// ---- equal
inline __mmask16 equal(__m512 a, __m512 b) { return _mm512_cmp_ps_mask(a, b, _CMP_EQ_OQ); }
inline __mmask16 equal(F64x16 a, F64x16 b) {
  return _mm512_kunpackb(_mm512_cmp_pd_mask(a.high, b.high, _CMP_EQ_OQ),
                         _mm512_cmp_pd_mask(a.low, b.low, _CMP_EQ_OQ));
}
inline __mmask16 equal(__m512i a, __m512i b) { return _mm512_cmpeq_epi32_mask(a, b); }
inline __mmask16 equal(I64x16 a, I64x16 b) {
  return _mm512_kunpackb(_mm512_cmpeq_epi64_mask(a.high, b.high),
                         _mm512_cmpeq_epi64_mask(a.low, b.low));
}
// ---- select
inline __m512 select(__mmask16 c, __m512 a, __m512 b) { return _mm512_mask_blend_ps(c, b, a); }
inline F64x16 select(__mmask16 c, F64x16 a, F64x16 b) {
  return {_mm512_mask_blend_pd(static_cast<__mmask8>(c), b.low, a.low),
          _mm512_mask_blend_pd(static_cast<__mmask8>(c >> 8), b.high, a.high)};
}
inline __m512i select(__mmask16 c, __m512i a, __m512i b) {
  return _mm512_mask_blend_epi32(c, b, a);
}
inline I64x16 select(__mmask16 c, I64x16 a, I64x16 b) {
  return {_mm512_mask_blend_epi64(static_cast<__mmask8>(c), b.low, a.low),
          _mm512_mask_blend_epi64(static_cast<__mmask8>(c >> 8), b.high, a.high)};
}
// ---- any: whether the condition holds in some lane
inline bool any(__mmask16 c) { return c != 0; }
// ---- any_larger
inline bool any_larger(__m512 a, __m512 limit) {
  const __m512 size = _mm512_maskz_andnot_ps(0xffff, _mm512_set1_ps(-0.0f), a);
  return _mm512_cmp_ps_mask(limit, size, _CMP_LT_OQ) != 0;
}
inline bool any_larger(F64x16 a, F64x16 limit) {
  const __m512d low = _mm512_maskz_andnot_pd(0xff, _mm512_set1_pd(-0.0), a.low);
  const __m512d high = _mm512_maskz_andnot_pd(0xff, _mm512_set1_pd(-0.0), a.high);
  return (_mm512_cmp_pd_mask(limit.low, low, _CMP_LT_OQ) |
          _mm512_cmp_pd_mask(limit.high, high, _CMP_LT_OQ)) != 0;
}
// ---- any_larger_of_four: whether some lane of four vectors may be larger in size than the limit, for sure
// if it is. A signalling NaN hides its neighbour from range, and a NaN goes through the sum: it counts.
inline bool any_larger_of_four(__m512 a, __m512 b, __m512 c, __m512 d, __m512 limit) {
  const __m512 sizes = _mm512_add_ps(_mm512_maskz_range_ps(0xffff, a, b, 0b1011),
                                      _mm512_maskz_range_ps(0xffff, c, d, 0b1011));
  return _mm512_cmp_ps_mask(sizes, limit, _CMP_NLE_UQ) != 0;
}
inline bool any_larger_of_four(F64x16 a, F64x16 b, F64x16 c, F64x16 d, F64x16 limit) {
  const auto any = [](__m512d p, __m512d q, __m512d r, __m512d s, __m512d most) {
    const __m512d sizes = _mm512_add_pd(_mm512_maskz_range_pd(0xff, p, q, 0b1011),
                                         _mm512_maskz_range_pd(0xff, r, s, 0b1011));
    return _mm512_cmp_pd_mask(sizes, most, _CMP_NLE_UQ) != 0;
  };
  return any(a.low, b.low, c.low, d.low, limit.low) ||
         any(a.high, b.high, c.high, d.high, limit.high);
}
// ---- widen
inline F64x16 widen(__m512 a) {
  return {_mm512_maskz_cvtps_pd(0xff, _mm512_maskz_extractf32x8_ps(0xff, a, 0)),
          _mm512_maskz_cvtps_pd(0xff, _mm512_maskz_extractf32x8_ps(0xff, a, 1))};
}
// ---- narrow
inline __m512 narrow(F64x16 a) {
  return _mm512_maskz_insertf32x8(0xffff,
                                  _mm512_castps256_ps512(_mm512_maskz_cvtpd_ps(0xff, a.low)),
                                  _mm512_maskz_cvtpd_ps(0xff, a.high), 1);
}
// ---- truncate
inline __m512i truncate(__m512 a) { return _mm512_maskz_cvttps_epi32(0xffff, a); }
inline I64x16 truncate(F64x16 a) {
  return {_mm512_maskz_cvttpd_epi64(0xff, a.low), _mm512_maskz_cvttpd_epi64(0xff, a.high)};
}
// ---- round_to_integer
inline __m512i round_to_integer(__m512 a) { return _mm512_maskz_cvtps_epi32(0xffff, a); }
inline I64x16 round_to_integer(F64x16 a) {
  return {_mm512_maskz_cvtpd_epi64(0xff, a.low), _mm512_maskz_cvtpd_epi64(0xff, a.high)};
}
// ---- from_integer
inline __m512 from_integer(__m512i a) { return _mm512_maskz_cvtepi32_ps(0xffff, a); }
inline F64x16 from_integer(I64x16 a) {
  return {_mm512_maskz_cvtepi64_pd(0xff, a.low), _mm512_maskz_cvtepi64_pd(0xff, a.high)};
}
// ---- sign_extend
inline I64x16 sign_extend(__m512i a) {
  return {_mm512_maskz_cvtepi32_epi64(0xff, _mm512_maskz_extracti64x4_epi64(0xf, a, 0)),
          _mm512_maskz_cvtepi32_epi64(0xff, _mm512_maskz_extracti64x4_epi64(0xf, a, 1))};
}
// ---- wrap
inline __m512i wrap(I64x16 a) {
  return _mm512_maskz_inserti64x4(0xff,
                                  _mm512_castsi256_si512(_mm512_maskz_cvtepi64_epi32(0xff, a.low)),
                                  _mm512_maskz_cvtepi64_epi32(0xff, a.high), 1);
}
// ---- bit_and
inline __m512i bit_and(__m512i a, __m512i b) { return _mm512_and_si512(a, b); }
inline I64x16 bit_and(I64x16 a, I64x16 b) {
  return {_mm512_and_si512(a.low, b.low), _mm512_and_si512(a.high, b.high)};
}
inline __mmask16 bit_and(__mmask16 a, __mmask16 b) { return _mm512_kand(a, b); }
// ---- bit_or
inline __m512i bit_or(__m512i a, __m512i b) { return _mm512_or_si512(a, b); }
inline I64x16 bit_or(I64x16 a, I64x16 b) {
  return {_mm512_or_si512(a.low, b.low), _mm512_or_si512(a.high, b.high)};
}
inline __mmask16 bit_or(__mmask16 a, __mmask16 b) { return _mm512_kor(a, b); }
// ---- bit_xor
inline __m512i bit_xor(__m512i a, __m512i b) { return _mm512_xor_si512(a, b); }
inline I64x16 bit_xor(I64x16 a, I64x16 b) {
  return {_mm512_xor_si512(a.low, b.low), _mm512_xor_si512(a.high, b.high)};
}
inline __mmask16 bit_xor(__mmask16 a, __mmask16 b) { return _mm512_kxor(a, b); }
// ---- bit_not
inline __m512i bit_not(__m512i a) { return _mm512_xor_si512(a, _mm512_set1_epi32(-1)); }
inline I64x16 bit_not(I64x16 a) {
  const __m512i ones = _mm512_set1_epi32(-1);
  return {_mm512_xor_si512(a.low, ones), _mm512_xor_si512(a.high, ones)};
}
inline __mmask16 bit_not(__mmask16 a) { return _mm512_knot(a); }
// ---- shift_left
inline __m512i shift_left(__m512i a, __m512i b) {
  return _mm512_maskz_sllv_epi32(0xffff, a, _mm512_and_si512(b, _mm512_set1_epi32(31)));
}
inline I64x16 shift_left(I64x16 a, I64x16 b) {
  const __m512i most = _mm512_set1_epi64(63);
  return {_mm512_maskz_sllv_epi64(0xff, a.low, _mm512_and_si512(b.low, most)),
          _mm512_maskz_sllv_epi64(0xff, a.high, _mm512_and_si512(b.high, most))};
}
// ---- shift_right
inline __m512i shift_right(__m512i a, __m512i b) {
  return _mm512_maskz_srav_epi32(0xffff, a, _mm512_and_si512(b, _mm512_set1_epi32(31)));
}
inline I64x16 shift_right(I64x16 a, I64x16 b) {
  const __m512i most = _mm512_set1_epi64(63);
  return {_mm512_maskz_srav_epi64(0xff, a.low, _mm512_and_si512(b.low, most)),
          _mm512_maskz_srav_epi64(0xff, a.high, _mm512_and_si512(b.high, most))};
}
// ---- shift_right_logical
inline __m512i shift_right_logical(__m512i a, __m512i b) {
  return _mm512_maskz_srlv_epi32(0xffff, a, _mm512_and_si512(b, _mm512_set1_epi32(31)));
}
inline I64x16 shift_right_logical(I64x16 a, I64x16 b) {
  const __m512i most = _mm512_set1_epi64(63);
  return {_mm512_maskz_srlv_epi64(0xff, a.low, _mm512_and_si512(b.low, most)),
          _mm512_maskz_srlv_epi64(0xff, a.high, _mm512_and_si512(b.high, most))};
}
// ---- ternary
template <int table>
inline __m512i ternary(__m512i a, __m512i b, __m512i c, std::integral_constant<int, table>) {
  return _mm512_ternarylogic_epi32(a, b, c, table);
}
template <int table>
inline I64x16 ternary(I64x16 a, I64x16 b, I64x16 c, std::integral_constant<int, table>) {
  return {_mm512_ternarylogic_epi64(a.low, b.low, c.low, table),
          _mm512_ternarylogic_epi64(a.high, b.high, c.high, table)};
}
// ---- scalef
inline __m512 scalef(__m512 a, __m512 b) { return _mm512_maskz_scalef_ps(0xffff, a, b); }
inline F64x16 scalef(F64x16 a, F64x16 b) {
  return {_mm512_maskz_scalef_pd(0xff, a.low, b.low), _mm512_maskz_scalef_pd(0xff, a.high, b.high)};
}
// ---- getexp
inline __m512 getexp(__m512 a) { return _mm512_maskz_getexp_ps(0xffff, a); }
inline F64x16 getexp(F64x16 a) {
  return {_mm512_maskz_getexp_pd(0xff, a.low), _mm512_maskz_getexp_pd(0xff, a.high)};
}
// ---- getmant
inline __m512 getmant(__m512 a) {
  return _mm512_maskz_getmant_ps(0xffff, a, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_nan);
}
inline F64x16 getmant(F64x16 a) {
  return {_mm512_maskz_getmant_pd(0xff, a.low, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_nan),
          _mm512_maskz_getmant_pd(0xff, a.high, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_nan)};
}
// ---- getmant_centred
inline __m512 getmant_centred(__m512 a) {
  return _mm512_maskz_getmant_ps(0xffff, a, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan);
}
inline F64x16 getmant_centred(F64x16 a) {
  return {_mm512_maskz_getmant_pd(0xff, a.low, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan),
          _mm512_maskz_getmant_pd(0xff, a.high, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan)};
}
// ---- reciprocal_estimate
inline __m512 reciprocal_estimate(__m512 a) {
  return _mm512_castsi512_ps(
      _mm512_sub_epi32(_mm512_set1_epi32(0x7ef311c7), _mm512_castps_si512(a)));
}
inline F64x16 reciprocal_estimate(F64x16 a) {
  const __m512i c = _mm512_set1_epi64(0x7fde623822fc16e6);
  return {_mm512_castsi512_pd(_mm512_sub_epi64(c, _mm512_castpd_si512(a.low))),
          _mm512_castsi512_pd(_mm512_sub_epi64(c, _mm512_castpd_si512(a.high)))};
}
// ---- permute8: the table twice
inline __m512 permute8(__m512i i, const float* table) {
  return _mm512_maskz_permutexvar_ps(0xffff, i,
                                     _mm512_maskz_broadcast_f32x8(0xffff, _mm256_loadu_ps(table)));
}
inline __m512i permute8(__m512i i, const std::int32_t* table) {
  const __m256i once = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(table));
  return _mm512_maskz_permutexvar_epi32(0xffff, i, _mm512_maskz_broadcast_i32x8(0xffff, once));
}
// ---- permute16
inline __m512 permute16(__m512i i, const float* table) {
  return _mm512_maskz_permutexvar_ps(0xffff, i, _mm512_loadu_ps(table));
}
inline __m512i permute16(__m512i i, const std::int32_t* table) {
  return _mm512_maskz_permutexvar_epi32(0xffff, i, _mm512_loadu_si512(table));
}
// ---- permute32
inline __m512 permute32(__m512i i, const float* table) {
  return _mm512_permutex2var_ps(_mm512_loadu_ps(table), i, _mm512_loadu_ps(table + 16));
}
inline __m512i permute32(__m512i i, const std::int32_t* table) {
  return _mm512_permutex2var_epi32(_mm512_loadu_si512(table), i, _mm512_loadu_si512(table + 16));
}
// ---- lookup16
inline __m512 lookup16(__m512i i, const float* table) {
  const __m512i place = _mm512_and_si512(i, _mm512_set1_epi32(15));
  return _mm512_mask_i32gather_ps(_mm512_setzero_ps(), 0xffff, place, table, 4);
}
inline F64x16 lookup16(I64x16 i, const double* table) {
  const __m512i mask = _mm512_set1_epi64(15);
  const auto entries = [&](__m512i k) {
    return _mm512_mask_i64gather_pd(_mm512_setzero_pd(), 0xff, _mm512_and_si512(k, mask), table, 8);
  };
  return {entries(i.low), entries(i.high)};
}
inline __m512i lookup16(__m512i i, const std::int32_t* table) {
  const __m512i place = _mm512_and_si512(i, _mm512_set1_epi32(15));
  return _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), 0xffff, place, table, 4);
}
inline I64x16 lookup16(I64x16 i, const std::int64_t* table) {
  const __m512i mask = _mm512_set1_epi64(15);
  const auto entries = [&](__m512i k) {
    return _mm512_mask_i64gather_epi64(_mm512_setzero_si512(), 0xff, _mm512_and_si512(k, mask), table,
                                       8);
  };
  return {entries(i.low), entries(i.high)};
}
// ---- lookup32
inline __m512 lookup32(__m512i i, const float* table) {
  const __m512i place = _mm512_and_si512(i, _mm512_set1_epi32(31));
  return _mm512_mask_i32gather_ps(_mm512_setzero_ps(), 0xffff, place, table, 4);
}
inline F64x16 lookup32(I64x16 i, const double* table) {
  const __m512i mask = _mm512_set1_epi64(31);
  const auto entries = [&](__m512i k) {
    return _mm512_mask_i64gather_pd(_mm512_setzero_pd(), 0xff, _mm512_and_si512(k, mask), table, 8);
  };
  return {entries(i.low), entries(i.high)};
}
inline __m512i lookup32(__m512i i, const std::int32_t* table) {
  const __m512i place = _mm512_and_si512(i, _mm512_set1_epi32(31));
  return _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), 0xffff, place, table, 4);
}
inline I64x16 lookup32(I64x16 i, const std::int64_t* table) {
  const __m512i mask = _mm512_set1_epi64(31);
  const auto entries = [&](__m512i k) {
    return _mm512_mask_i64gather_epi64(_mm512_setzero_si512(), 0xff, _mm512_and_si512(k, mask), table,
                                       8);
  };
  return {entries(i.low), entries(i.high)};
}
// ---- lookup64
inline __m512 lookup64(__m512i i, const float* table) {
  const __m512i place = _mm512_and_si512(i, _mm512_set1_epi32(63));
  return _mm512_mask_i32gather_ps(_mm512_setzero_ps(), 0xffff, place, table, 4);
}
inline F64x16 lookup64(I64x16 i, const double* table) {
  const __m512i mask = _mm512_set1_epi64(63);
  const auto entries = [&](__m512i k) {
    return _mm512_mask_i64gather_pd(_mm512_setzero_pd(), 0xff, _mm512_and_si512(k, mask), table, 8);
  };
  return {entries(i.low), entries(i.high)};
}
inline __m512i lookup64(__m512i i, const std::int32_t* table) {
  const __m512i place = _mm512_and_si512(i, _mm512_set1_epi32(63));
  return _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), 0xffff, place, table, 4);
}
inline I64x16 lookup64(I64x16 i, const std::int64_t* table) {
  const __m512i mask = _mm512_set1_epi64(63);
  const auto entries = [&](__m512i k) {
    return _mm512_mask_i64gather_epi64(_mm512_setzero_si512(), 0xff, _mm512_and_si512(k, mask), table,
                                       8);
  };
  return {entries(i.low), entries(i.high)};
}
// ---- lookup128
inline __m512 lookup128(__m512i i, const float* table) {
  const __m512i place = _mm512_and_si512(i, _mm512_set1_epi32(127));
  return _mm512_mask_i32gather_ps(_mm512_setzero_ps(), 0xffff, place, table, 4);
}
inline F64x16 lookup128(I64x16 i, const double* table) {
  const __m512i mask = _mm512_set1_epi64(127);
  const auto entries = [&](__m512i k) {
    return _mm512_mask_i64gather_pd(_mm512_setzero_pd(), 0xff, _mm512_and_si512(k, mask), table, 8);
  };
  return {entries(i.low), entries(i.high)};
}
inline __m512i lookup128(__m512i i, const std::int32_t* table) {
  const __m512i place = _mm512_and_si512(i, _mm512_set1_epi32(127));
  return _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), 0xffff, place, table, 4);
}
inline I64x16 lookup128(I64x16 i, const std::int64_t* table) {
  const __m512i mask = _mm512_set1_epi64(127);
  const auto entries = [&](__m512i k) {
    return _mm512_mask_i64gather_epi64(_mm512_setzero_si512(), 0xff, _mm512_and_si512(k, mask), table,
                                       8);
  };
  return {entries(i.low), entries(i.high)};
}
// ---- lookup256
inline __m512 lookup256(__m512i i, const float* table) {
  const __m512i place = _mm512_and_si512(i, _mm512_set1_epi32(255));
  return _mm512_mask_i32gather_ps(_mm512_setzero_ps(), 0xffff, place, table, 4);
}
inline F64x16 lookup256(I64x16 i, const double* table) {
  const __m512i mask = _mm512_set1_epi64(255);
  const auto entries = [&](__m512i k) {
    return _mm512_mask_i64gather_pd(_mm512_setzero_pd(), 0xff, _mm512_and_si512(k, mask), table, 8);
  };
  return {entries(i.low), entries(i.high)};
}
inline __m512i lookup256(__m512i i, const std::int32_t* table) {
  const __m512i place = _mm512_and_si512(i, _mm512_set1_epi32(255));
  return _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), 0xffff, place, table, 4);
}
inline I64x16 lookup256(I64x16 i, const std::int64_t* table) {
  const __m512i mask = _mm512_set1_epi64(255);
  const auto entries = [&](__m512i k) {
    return _mm512_mask_i64gather_epi64(_mm512_setzero_si512(), 0xff, _mm512_and_si512(k, mask), table,
                                       8);
  };
  return {entries(i.low), entries(i.high)};
}
// ----

}  // namespace ulpforge::emit::avx512
#endif
