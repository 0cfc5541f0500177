// The machine operations over four lanes in NEON registers (AdvSIMD of AArch64), lane by lane what
// ir/portable.h has. Emitted headers carry those that they use, word for word (each up to the next
// line "// ----").
//
// f64 and i64 values fill two registers; truth values are lanes of ones or zeros. Sums, products
// and quotients are the compilers' operators: clang compiles intrinsics with the options that they
// were included under. What NEON has no instruction for is done by steps that give the same bits,
// and scalef of what is not normal one lane at a time, by the scalar function of the same name.
#pragma once

#if defined(__ARM_NEON) && defined(__aarch64__) && !defined(__ARM_BIG_ENDIAN)
#include <arm_neon.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "ir/portable.h"

namespace ulpforge::emit::neon {

using ir::portable::scalef;

// ---- truth: masks are vectors of unsigned integers, which nothing else is
// ---- wide: types of two registers, and between masks of 32-bit and of 64-bit lanes
struct F64x4 {
  float64x2_t low, high;
};
struct I64x4 {
  int64x2_t low, high;
};
inline uint64x2_t low_half(uint32x4_t m) { return vreinterpretq_u64_u32(vzip1q_u32(m, m)); }
inline uint64x2_t high_half(uint32x4_t m) { return vreinterpretq_u64_u32(vzip2q_u32(m, m)); }
inline uint32x4_t both(uint64x2_t low, uint64x2_t high) {
  return vuzp1q_u32(vreinterpretq_u32_u64(low), vreinterpretq_u32_u64(high));
}
// ---- broadcast: a constant in every lane
inline float32x4_t broadcast(float c) { return vdupq_n_f32(c); }
inline F64x4 broadcast(double c) { return {vdupq_n_f64(c), vdupq_n_f64(c)}; }
inline int32x4_t broadcast(std::int32_t c) { return vdupq_n_s32(c); }
inline I64x4 broadcast(std::int64_t c) { return {vdupq_n_s64(c), vdupq_n_s64(c)}; }
// ---- load: four elements
inline float32x4_t load(const float* p) { return vld1q_f32(p); }
inline F64x4 load(const double* p) { return {vld1q_f64(p), vld1q_f64(p + 2)}; }
inline int32x4_t load(const std::int32_t* p) { return vld1q_s32(p); }
inline I64x4 load(const std::int64_t* p) { return {vld1q_s64(p), vld1q_s64(p + 2)}; }
// ---- store: four elements
inline void store(float* p, float32x4_t a) { vst1q_f32(p, a); }
inline void store(double* p, F64x4 a) {
  vst1q_f64(p, a.low);
  vst1q_f64(p + 2, a.high);
}
inline void store(std::int32_t* p, int32x4_t a) { vst1q_s32(p, a); }
inline void store(std::int64_t* p, I64x4 a) {
  vst1q_s64(p, a.low);
  vst1q_s64(p + 2, a.high);
}
// ---- first_lanes: how many of four, all where n is more
inline std::size_t first_lanes(std::size_t n) { return n < 4 ? n : 4; }
// ---- load_some: the first n of four elements, zeros elsewhere
inline float32x4_t load_some(const float* p, std::size_t n) {
  if (n == 4) return vld1q_f32(p);
  float a[4] = {};
  std::memcpy(a, p, n * sizeof *a);
  return vld1q_f32(a);
}
inline F64x4 load_some(const double* p, std::size_t n) {
  if (n == 4) return {vld1q_f64(p), vld1q_f64(p + 2)};
  double a[4] = {};
  std::memcpy(a, p, n * sizeof *a);
  return {vld1q_f64(a), vld1q_f64(a + 2)};
}
inline int32x4_t load_some(const std::int32_t* p, std::size_t n) {
  if (n == 4) return vld1q_s32(p);
  std::int32_t a[4] = {};
  std::memcpy(a, p, n * sizeof *a);
  return vld1q_s32(a);
}
inline I64x4 load_some(const std::int64_t* p, std::size_t n) {
  if (n == 4) return {vld1q_s64(p), vld1q_s64(p + 2)};
  std::int64_t a[4] = {};
  std::memcpy(a, p, n * sizeof *a);
  return {vld1q_s64(a), vld1q_s64(a + 2)};
}
// ---- store_some: the first n of four elements
inline void store_some(float* p, std::size_t n, float32x4_t a) {
  if (n == 4) {
    vst1q_f32(p, a);
  } else {
    float all[4];
    vst1q_f32(all, a);
    std::memcpy(p, all, n * sizeof *all);
  }
}
inline void store_some(double* p, std::size_t n, F64x4 a) {
  if (n == 4) {
    vst1q_f64(p, a.low);
    vst1q_f64(p + 2, a.high);
  } else {
    double all[4];
    vst1q_f64(all, a.low);
    vst1q_f64(all + 2, a.high);
    std::memcpy(p, all, n * sizeof *all);
  }
}
inline void store_some(std::int32_t* p, std::size_t n, int32x4_t a) {
  if (n == 4) {
    vst1q_s32(p, a);
  } else {
    std::int32_t all[4];
    vst1q_s32(all, a);
    std::memcpy(p, all, n * sizeof *all);
  }
}
inline void store_some(std::int64_t* p, std::size_t n, I64x4 a) {
  if (n == 4) {
    vst1q_s64(p, a.low);
    vst1q_s64(p + 2, a.high);
  } else {
    std::int64_t all[4];
    vst1q_s64(all, a.low);
    vst1q_s64(all + 2, a.high);
    std::memcpy(p, all, n * sizeof *all);
  }
}
// ---- bits
inline int32x4_t bits(float32x4_t a) { return vreinterpretq_s32_f32(a); }
inline I64x4 bits(F64x4 a) { return {vreinterpretq_s64_f64(a.low), vreinterpretq_s64_f64(a.high)}; }
// ---- from_bits
inline float32x4_t from_bits(int32x4_t a) { return vreinterpretq_f32_s32(a); }
inline F64x4 from_bits(I64x4 a) {
  return {vreinterpretq_f64_s64(a.low), vreinterpretq_f64_s64(a.high)};
}
// ---- neg
inline float32x4_t neg(float32x4_t a) {
  return vreinterpretq_f32_u32(veorq_u32(vreinterpretq_u32_f32(a), vdupq_n_u32(0x80000000U)));
}
inline F64x4 neg(F64x4 a) {
  const uint64x2_t sign = vdupq_n_u64(0x8000000000000000U);
  return {vreinterpretq_f64_u64(veorq_u64(vreinterpretq_u64_f64(a.low), sign)),
          vreinterpretq_f64_u64(veorq_u64(vreinterpretq_u64_f64(a.high), sign))};
}
// ---- fabs
inline float32x4_t fabs(float32x4_t a) { return vabsq_f32(a); }
inline F64x4 fabs(F64x4 a) { return {vabsq_f64(a.low), vabsq_f64(a.high)}; }
// ---- add
inline float32x4_t add(float32x4_t a, float32x4_t b) { return a + b; }
inline F64x4 add(F64x4 a, F64x4 b) { return {a.low + b.low, a.high + b.high}; }
inline int32x4_t add(int32x4_t a, int32x4_t b) { return vaddq_s32(a, b); }
inline I64x4 add(I64x4 a, I64x4 b) { return {vaddq_s64(a.low, b.low), vaddq_s64(a.high, b.high)}; }
// ---- sub
inline float32x4_t sub(float32x4_t a, float32x4_t b) { return a - b; }
inline F64x4 sub(F64x4 a, F64x4 b) { return {a.low - b.low, a.high - b.high}; }
inline int32x4_t sub(int32x4_t a, int32x4_t b) { return vsubq_s32(a, b); }
inline I64x4 sub(I64x4 a, I64x4 b) { return {vsubq_s64(a.low, b.low), vsubq_s64(a.high, b.high)}; }
// ---- mul
inline float32x4_t mul(float32x4_t a, float32x4_t b) { return a * b; }
inline F64x4 mul(F64x4 a, F64x4 b) { return {a.low * b.low, a.high * b.high}; }
inline int32x4_t mul(int32x4_t a, int32x4_t b) { return vmulq_s32(a, b); }
inline I64x4 mul(I64x4 a, I64x4 b) {
  const auto product = [](int64x2_t u, int64x2_t v) {
    const uint32x4_t x = vreinterpretq_u32_s64(u), y = vreinterpretq_u32_s64(v);
    const uint64x2_t cross = vpaddlq_u32(vmulq_u32(x, vrev64q_u32(y)));
    return vreinterpretq_s64_u64(vmlal_u32(vshlq_n_u64(cross, 32),
                                           vmovn_u64(vreinterpretq_u64_s64(u)),
                                           vmovn_u64(vreinterpretq_u64_s64(v))));
  };
  return {product(a.low, b.low), product(a.high, b.high)};
}
// ---- div
inline float32x4_t div(float32x4_t a, float32x4_t b) { return a / b; }
inline F64x4 div(F64x4 a, F64x4 b) { return {a.low / b.low, a.high / b.high}; }
// ---- sqrt
inline float32x4_t sqrt(float32x4_t a) {
#if defined(__clang__)
  return __builtin_elementwise_sqrt(a);
#else
  return vsqrtq_f32(a);
#endif
}
inline F64x4 sqrt(F64x4 a) {
#if defined(__clang__)
  return {__builtin_elementwise_sqrt(a.low), __builtin_elementwise_sqrt(a.high)};
#else
  return {vsqrtq_f64(a.low), vsqrtq_f64(a.high)};
#endif
}
// ---- fma
inline float32x4_t fma(float32x4_t a, float32x4_t b, float32x4_t c) {
#if defined(__clang__)
  return __builtin_elementwise_fma(a, b, c);
#else
  return vfmaq_f32(c, a, b);
#endif
}
inline F64x4 fma(F64x4 a, F64x4 b, F64x4 c) {
#if defined(__clang__)
  return {__builtin_elementwise_fma(a.low, b.low, c.low),
          __builtin_elementwise_fma(a.high, b.high, c.high)};
#else
  return {vfmaq_f64(c.low, a.low, b.low), vfmaq_f64(c.high, a.high, b.high)};
#endif
}
// ---- product
inline float32x4_t product(float32x4_t a, float32x4_t b) {
#if defined(__clang__)
  const float32x4_t both = a * b;
  {
#pragma clang fp reassociate(on)
    return __arithmetic_fence(both);
  }
#else
  return vfmaq_f32(vdupq_n_f32(-0.0f), a, b);
#endif
}
inline F64x4 product(F64x4 a, F64x4 b) {
#if defined(__clang__)
  const float64x2_t low = a.low * b.low;
  const float64x2_t high = a.high * b.high;
  {
#pragma clang fp reassociate(on)
    return {__arithmetic_fence(low), __arithmetic_fence(high)};
  }
#else
  const float64x2_t zero = vdupq_n_f64(-0.0);
  return {vfmaq_f64(zero, a.low, b.low), vfmaq_f64(zero, a.high, b.high)};
#endif
}
// ---- min (NEON's own gives NaN where one is NaN)
inline float32x4_t min(float32x4_t a, float32x4_t b) { return vbslq_f32(vcltq_f32(a, b), a, b); }
inline F64x4 min(F64x4 a, F64x4 b) {
  return {vbslq_f64(vcltq_f64(a.low, b.low), a.low, b.low),
          vbslq_f64(vcltq_f64(a.high, b.high), a.high, b.high)};
}
// ---- max
inline float32x4_t max(float32x4_t a, float32x4_t b) { return vbslq_f32(vcgtq_f32(a, b), a, b); }
inline F64x4 max(F64x4 a, F64x4 b) {
  return {vbslq_f64(vcgtq_f64(a.low, b.low), a.low, b.low),
          vbslq_f64(vcgtq_f64(a.high, b.high), a.high, b.high)};
}
// ---- rint
inline float32x4_t rint(float32x4_t a) { return vrndnq_f32(a); }
inline F64x4 rint(F64x4 a) { return {vrndnq_f64(a.low), vrndnq_f64(a.high)}; }
// ---- floor
inline float32x4_t floor(float32x4_t a) { return vrndmq_f32(a); }
inline F64x4 floor(F64x4 a) { return {vrndmq_f64(a.low), vrndmq_f64(a.high)}; }
// ---- fraction
inline float32x4_t fraction(float32x4_t a) {
  const float32x4_t whole = vrndmq_f32(a);
  const float32x4_t r = a - whole;
  // Exact, but between -1 and 0, where 1 + a may have been rounded up.
  const uint32x4_t rounded_up = vcgtq_f32(r + whole, a);
  const uint32x4_t down = vaddq_u32(vreinterpretq_u32_f32(r), rounded_up);
  const uint32x4_t is_zero = vceqzq_f32(vreinterpretq_f32_u32(down));
  const uint32x4_t signed_zero = vbslq_u32(is_zero, vdupq_n_u32(0x80000000U), down);
  const uint32x4_t infinite = vceqq_f32(vabsq_f32(a), vdupq_n_f32(INFINITY));
  return vreinterpretq_f32_u32(vbicq_u32(signed_zero, infinite));
}
inline F64x4 fraction(F64x4 a) {
  const auto one = [](float64x2_t x) {
    const float64x2_t whole = vrndmq_f64(x);
    const float64x2_t r = x - whole;
    const uint64x2_t rounded_up = vcgtq_f64(r + whole, x);
    const uint64x2_t down = vaddq_u64(vreinterpretq_u64_f64(r), rounded_up);
    const uint64x2_t is_zero = vceqzq_f64(vreinterpretq_f64_u64(down));
    const uint64x2_t signed_zero = vbslq_u64(is_zero, vdupq_n_u64(0x8000000000000000U), down);
    const uint64x2_t infinite = vceqq_f64(vabsq_f64(x), vdupq_n_f64(static_cast<double>(INFINITY)));
    return vreinterpretq_f64_u64(vbicq_u64(signed_zero, infinite));
  };
  return {one(a.low), one(a.high)};
}
// ---- copysign
inline float32x4_t copysign(float32x4_t a, float32x4_t b) {
  return vbslq_f32(vdupq_n_u32(0x80000000U), b, a);
}
inline F64x4 copysign(F64x4 a, F64x4 b) {
  const uint64x2_t sign = vdupq_n_u64(0x8000000000000000U);
  return {vbslq_f64(sign, b.low, a.low), vbslq_f64(sign, b.high, a.high)};
}
// ---- less
inline uint32x4_t less(float32x4_t a, float32x4_t b) { return vcltq_f32(a, b); }
inline uint32x4_t less(F64x4 a, F64x4 b) {
  return both(vcltq_f64(a.low, b.low), vcltq_f64(a.high, b.high));
}
inline uint32x4_t less(int32x4_t a, int32x4_t b) { return vcltq_s32(a, b); }
inline uint32x4_t less(I64x4 a, I64x4 b) {
  return both(vcltq_s64(a.low, b.low), vcltq_s64(a.high, b.high));
}
// ---- less_equal
inline uint32x4_t less_equal(float32x4_t a, float32x4_t b) { return vcleq_f32(a, b); }
inline uint32x4_t less_equal(F64x4 a, F64x4 b) {
  return both(vcleq_f64(a.low, b.low), vcleq_f64(a.high, b.high));
}
inline uint32x4_t less_equal(int32x4_t a, int32x4_t b) { return vcleq_s32(a, b); }
inline uint32x4_t less_equal(I64x4 a, I64x4 b) {
  return both(vcleq_s64(a.low, b.low), vcleq_s64(a.high, b.high));
}
// ---- equal
inline uint32x4_t equal(float32x4_t a, float32x4_t b) { return vceqq_f32(a, b); }
inline uint32x4_t equal(F64x4 a, F64x4 b) {
  return both(vceqq_f64(a.low, b.low), vceqq_f64(a.high, b.high));
}
inline uint32x4_t equal(int32x4_t a, int32x4_t b) { return vceqq_s32(a, b); }
inline uint32x4_t equal(I64x4 a, I64x4 b) {
  return both(vceqq_s64(a.low, b.low), vceqq_s64(a.high, b.high));
}
// ---- select
inline float32x4_t select(uint32x4_t c, float32x4_t a, float32x4_t b) { return vbslq_f32(c, a, b); }
inline F64x4 select(uint32x4_t c, F64x4 a, F64x4 b) {
  return {vbslq_f64(low_half(c), a.low, b.low), vbslq_f64(high_half(c), a.high, b.high)};
}
inline int32x4_t select(uint32x4_t c, int32x4_t a, int32x4_t b) { return vbslq_s32(c, a, b); }
inline I64x4 select(uint32x4_t c, I64x4 a, I64x4 b) {
  return {vbslq_s64(low_half(c), a.low, b.low), vbslq_s64(high_half(c), a.high, b.high)};
}
// ---- any: whether the condition holds in some lane
inline bool any(uint32x4_t c) { return vmaxvq_u32(c) != 0; }
// ---- any_larger
inline bool any_larger(float32x4_t a, float32x4_t limit) {
  return vmaxvq_u32(vcltq_f32(limit, vabsq_f32(a))) != 0;
}
inline bool any_larger(F64x4 a, F64x4 limit) {
  const uint64x2_t larger =
      vorrq_u64(vcltq_f64(limit.low, vabsq_f64(a.low)), vcltq_f64(limit.high, vabsq_f64(a.high)));
  return vmaxvq_u32(vreinterpretq_u32_u64(larger)) != 0;
}
// ---- any_larger_of_four: whether some lane of four vectors may be larger in size than the limit,
// for sure if it is. NEON's maximum is NaN where one is NaN: it counts.
inline bool any_larger_of_four(float32x4_t a, float32x4_t b, float32x4_t c, float32x4_t d,
                               float32x4_t limit) {
  const float32x4_t sizes =
      vmaxq_f32(vmaxq_f32(vabsq_f32(a), vabsq_f32(b)), vmaxq_f32(vabsq_f32(c), vabsq_f32(d)));
  return vminvq_u32(vcleq_f32(sizes, limit)) == 0;
}
inline bool any_larger_of_four(F64x4 a, F64x4 b, F64x4 c, F64x4 d, F64x4 limit) {
  const auto within = [](float64x2_t u, float64x2_t v, float64x2_t x, float64x2_t y,
                         float64x2_t most) {
    const float64x2_t sizes =
        vmaxq_f64(vmaxq_f64(vabsq_f64(u), vabsq_f64(v)), vmaxq_f64(vabsq_f64(x), vabsq_f64(y)));
    return vcleq_f64(sizes, most);
  };
  const uint64x2_t all = vandq_u64(within(a.low, b.low, c.low, d.low, limit.low),
                                   within(a.high, b.high, c.high, d.high, limit.high));
  return vminvq_u32(vreinterpretq_u32_u64(all)) == 0;
}
// ---- widen
inline F64x4 widen(float32x4_t a) { return {vcvt_f64_f32(vget_low_f32(a)), vcvt_high_f64_f32(a)}; }
// ---- narrow
inline float32x4_t narrow(F64x4 a) { return vcvt_high_f32_f64(vcvt_f32_f64(a.low), a.high); }
// ---- truncate (NEON's own gives 0 for NaN, and the greatest integer from 2^31 or 2^63 on)
inline int32x4_t truncate(float32x4_t a) {
  return vbslq_s32(vcltq_f32(a, vdupq_n_f32(0x1p31f)), vcvtq_s32_f32(a), vdupq_n_s32(INT32_MIN));
}
inline I64x4 truncate(F64x4 a) {
  const float64x2_t beyond = vdupq_n_f64(0x1p63);
  const int64x2_t least = vdupq_n_s64(INT64_MIN);
  return {vbslq_s64(vcltq_f64(a.low, beyond), vcvtq_s64_f64(a.low), least),
          vbslq_s64(vcltq_f64(a.high, beyond), vcvtq_s64_f64(a.high), least)};
}
// ---- round_to_integer
inline int32x4_t round_to_integer(float32x4_t a) {
  return vbslq_s32(vcltq_f32(a, vdupq_n_f32(0x1p31f)), vcvtnq_s32_f32(a), vdupq_n_s32(INT32_MIN));
}
inline I64x4 round_to_integer(F64x4 a) {
  const float64x2_t beyond = vdupq_n_f64(0x1p63);
  const int64x2_t least = vdupq_n_s64(INT64_MIN);
  return {vbslq_s64(vcltq_f64(a.low, beyond), vcvtnq_s64_f64(a.low), least),
          vbslq_s64(vcltq_f64(a.high, beyond), vcvtnq_s64_f64(a.high), least)};
}
// ---- from_integer
inline float32x4_t from_integer(int32x4_t a) { return vcvtq_f32_s32(a); }
inline F64x4 from_integer(I64x4 a) { return {vcvtq_f64_s64(a.low), vcvtq_f64_s64(a.high)}; }
// ---- sign_extend
inline I64x4 sign_extend(int32x4_t a) { return {vmovl_s32(vget_low_s32(a)), vmovl_high_s32(a)}; }
// ---- wrap
inline int32x4_t wrap(I64x4 a) {
  return vuzp1q_s32(vreinterpretq_s32_s64(a.low), vreinterpretq_s32_s64(a.high));
}
// ---- bit_and
inline int32x4_t bit_and(int32x4_t a, int32x4_t b) { return vandq_s32(a, b); }
inline I64x4 bit_and(I64x4 a, I64x4 b) {
  return {vandq_s64(a.low, b.low), vandq_s64(a.high, b.high)};
}
inline uint32x4_t bit_and(uint32x4_t a, uint32x4_t b) { return vandq_u32(a, b); }
// ---- bit_or
inline int32x4_t bit_or(int32x4_t a, int32x4_t b) { return vorrq_s32(a, b); }
inline I64x4 bit_or(I64x4 a, I64x4 b) {
  return {vorrq_s64(a.low, b.low), vorrq_s64(a.high, b.high)};
}
inline uint32x4_t bit_or(uint32x4_t a, uint32x4_t b) { return vorrq_u32(a, b); }
// ---- bit_xor
inline int32x4_t bit_xor(int32x4_t a, int32x4_t b) { return veorq_s32(a, b); }
inline I64x4 bit_xor(I64x4 a, I64x4 b) {
  return {veorq_s64(a.low, b.low), veorq_s64(a.high, b.high)};
}
inline uint32x4_t bit_xor(uint32x4_t a, uint32x4_t b) { return veorq_u32(a, b); }
// ---- bit_not
inline int32x4_t bit_not(int32x4_t a) { return vmvnq_s32(a); }
inline I64x4 bit_not(I64x4 a) { return {~a.low, ~a.high}; }
inline uint32x4_t bit_not(uint32x4_t a) { return vmvnq_u32(a); }
// ---- shift_left (by operators: compilers make shifts by constants of them)
inline int32x4_t shift_left(int32x4_t a, int32x4_t b) {
  return vreinterpretq_s32_u32(vreinterpretq_u32_s32(a)
                               << vreinterpretq_u32_s32(vandq_s32(b, vdupq_n_s32(31))));
}
inline I64x4 shift_left(I64x4 a, I64x4 b) {
  const int64x2_t most = vdupq_n_s64(63);
  return {vreinterpretq_s64_u64(vreinterpretq_u64_s64(a.low)
                                << vreinterpretq_u64_s64(vandq_s64(b.low, most))),
          vreinterpretq_s64_u64(vreinterpretq_u64_s64(a.high)
                                << vreinterpretq_u64_s64(vandq_s64(b.high, most)))};
}
// ---- shift_right
inline int32x4_t shift_right(int32x4_t a, int32x4_t b) {
  return a >> vandq_s32(b, vdupq_n_s32(31));
}
inline I64x4 shift_right(I64x4 a, I64x4 b) {
  const int64x2_t most = vdupq_n_s64(63);
  return {a.low >> vandq_s64(b.low, most), a.high >> vandq_s64(b.high, most)};
}
// ---- shift_right_logical
inline int32x4_t shift_right_logical(int32x4_t a, int32x4_t b) {
  return vreinterpretq_s32_u32(vreinterpretq_u32_s32(a) >>
                               vreinterpretq_u32_s32(vandq_s32(b, vdupq_n_s32(31))));
}
inline I64x4 shift_right_logical(I64x4 a, I64x4 b) {
  const int64x2_t most = vdupq_n_s64(63);
  return {vreinterpretq_s64_u64(vreinterpretq_u64_s64(a.low) >>
                                vreinterpretq_u64_s64(vandq_s64(b.low, most))),
          vreinterpretq_s64_u64(vreinterpretq_u64_s64(a.high) >>
                                vreinterpretq_u64_s64(vandq_s64(b.high, most)))};
}
// ---- ternary
template <int table>
inline int32x4_t ternary(int32x4_t a, int32x4_t b, int32x4_t c,
                         std::integral_constant<int, table>) {
  int32x4_t r = vdupq_n_s32(0);
  for (int i = 0; i < 8; ++i) {
    if ((table >> i & 1) == 0) continue;
    r |= (i & 4 ? a : ~a) & (i & 2 ? b : ~b) & (i & 1 ? c : ~c);
  }
  return r;
}
template <int table>
inline I64x4 ternary(I64x4 a, I64x4 b, I64x4 c, std::integral_constant<int, table>) {
  const auto one = [](int64x2_t u, int64x2_t v, int64x2_t x) {
    int64x2_t r = vdupq_n_s64(0);
    for (int i = 0; i < 8; ++i) {
      if ((table >> i & 1) == 0) continue;
      r |= (i & 4 ? u : ~u) & (i & 2 ? v : ~v) & (i & 1 ? x : ~x);
    }
    return r;
  };
  return {one(a.low, b.low, c.low), one(a.high, b.high, c.high)};
}
// ---- scalef: adds to the exponent where argument and result are normal
inline float32x4_t scalef(float32x4_t a, float32x4_t b) {
  const uint32x4_t pattern = vreinterpretq_u32_f32(a);
  const uint32x4_t n = vreinterpretq_u32_s32(vcvtmq_s32_f32(b));
  const uint32x4_t exponent = vshrq_n_u32(vshlq_n_u32(pattern, 1), 24);
  const uint32x4_t before = vsubq_u32(exponent, vdupq_n_u32(1));
  const uint32x4_t largest = vmaxq_u32(before, vaddq_u32(before, n));
  // All ones where b is NaN.
  if (__builtin_expect(vmaxvq_u32(vornq_u32(largest, vceqq_f32(b, b))) < 254, 1)) {
    return vreinterpretq_f32_u32(vaddq_u32(pattern, vshlq_n_u32(n, 23)));
  }
  const auto one_by_one = [](float32x4_t u, float32x4_t v) __attribute__((noinline, cold)) {
    float x[4], y[4];
    vst1q_f32(x, u);
    vst1q_f32(y, v);
    for (int k = 0; k < 4; ++k) x[k] = scalef(x[k], y[k]);
    return vld1q_f32(x);
  };
  return one_by_one(a, b);
}
inline F64x4 scalef(F64x4 a, F64x4 b) {
  double x[4], y[4];
  vst1q_f64(x, a.low);
  vst1q_f64(x + 2, a.high);
  vst1q_f64(y, b.low);
  vst1q_f64(y + 2, b.high);
  for (int k = 0; k < 4; ++k) x[k] = scalef(x[k], y[k]);
  return {vld1q_f64(x), vld1q_f64(x + 2)};
}
// ---- getexp
inline float32x4_t getexp(float32x4_t a) {
  const float32x4_t size = vabsq_f32(a);
  const uint32x4_t tiny = vcltq_f32(size, vdupq_n_f32(0x1p-126f));
  const float32x4_t scaled = vbslq_f32(tiny, size * vdupq_n_f32(0x1p24f), size);
  const int32x4_t bias = vbslq_s32(tiny, vdupq_n_s32(151), vdupq_n_s32(127));
  const float32x4_t e =
      vcvtq_f32_s32(vsubq_s32(vshrq_n_s32(vreinterpretq_s32_f32(scaled), 23), bias));
  const float32x4_t finite = vbslq_f32(vcgtzq_f32(size), e, vdupq_n_f32(-INFINITY));
  return vbslq_f32(vcltq_f32(size, vdupq_n_f32(INFINITY)), finite, size);
}
inline F64x4 getexp(F64x4 a) {
  const auto one = [](float64x2_t x) {
    const double infinity = static_cast<double>(INFINITY);
    const float64x2_t size = vabsq_f64(x);
    const uint64x2_t tiny = vcltq_f64(size, vdupq_n_f64(0x1p-1022));
    const float64x2_t scaled = vbslq_f64(tiny, size * vdupq_n_f64(0x1p54), size);
    const int64x2_t bias = vbslq_s64(tiny, vdupq_n_s64(1077), vdupq_n_s64(1023));
    const float64x2_t e =
        vcvtq_f64_s64(vsubq_s64(vshrq_n_s64(vreinterpretq_s64_f64(scaled), 52), bias));
    const float64x2_t finite = vbslq_f64(vcgtzq_f64(size), e, vdupq_n_f64(-infinity));
    return vbslq_f64(vcltq_f64(size, vdupq_n_f64(infinity)), finite, size);
  };
  return {one(a.low), one(a.high)};
}
// ---- getmant
inline float32x4_t getmant(float32x4_t a) {
  const float32x4_t scaled =
      vbslq_f32(vcltq_f32(a, vdupq_n_f32(0x1p-126f)), a * vdupq_n_f32(0x1p24f), a);
  const uint32x4_t pattern = vreinterpretq_u32_f32(scaled);
  const uint32x4_t exponent = vdupq_n_u32(0x3f800000U);
  const float32x4_t m =
      vreinterpretq_f32_u32(vorrq_u32(vandq_u32(pattern, vdupq_n_u32(0x807fffffU)), exponent));
  const float32x4_t of_sign = vbslq_f32(vcltzq_f32(a), vdupq_n_f32(NAN), m);
  return vbslq_f32(vceqq_f32(a, a), of_sign, a);
}
inline F64x4 getmant(F64x4 a) {
  const auto one = [](float64x2_t x) {
    const float64x2_t scaled =
        vbslq_f64(vcltq_f64(x, vdupq_n_f64(0x1p-1022)), x * vdupq_n_f64(0x1p54), x);
    const uint64x2_t pattern = vreinterpretq_u64_f64(scaled);
    const uint64x2_t exponent = vdupq_n_u64(0x3ff0000000000000U);
    const float64x2_t m = vreinterpretq_f64_u64(
        vorrq_u64(vandq_u64(pattern, vdupq_n_u64(0x800fffffffffffffU)), exponent));
    const float64x2_t of_sign = vbslq_f64(vcltzq_f64(x), vdupq_n_f64(static_cast<double>(NAN)), m);
    return vbslq_f64(vceqq_f64(x, x), of_sign, x);
  };
  return {one(a.low), one(a.high)};
}
// ---- getmant_centred
inline float32x4_t getmant_centred(float32x4_t a) {
  const float32x4_t scaled =
      vbslq_f32(vcltq_f32(a, vdupq_n_f32(0x1p-126f)), a * vdupq_n_f32(0x1p24f), a);
  const uint32x4_t pattern = vreinterpretq_u32_f32(scaled);
  // From 1.5 on one binade less.
  const uint32x4_t exponent = vbslq_u32(vtstq_u32(pattern, vdupq_n_u32(0x00400000U)),
                                        vdupq_n_u32(0x3f000000U), vdupq_n_u32(0x3f800000U));
  const float32x4_t m =
      vreinterpretq_f32_u32(vorrq_u32(vandq_u32(pattern, vdupq_n_u32(0x807fffffU)), exponent));
  const float32x4_t of_sign = vbslq_f32(vcltzq_f32(a), vdupq_n_f32(NAN), m);
  return vbslq_f32(vceqq_f32(a, a), of_sign, a);
}
inline F64x4 getmant_centred(F64x4 a) {
  const auto one = [](float64x2_t x) {
    const float64x2_t scaled =
        vbslq_f64(vcltq_f64(x, vdupq_n_f64(0x1p-1022)), x * vdupq_n_f64(0x1p54), x);
    const uint64x2_t pattern = vreinterpretq_u64_f64(scaled);
    // From 1.5 on one binade less.
    const uint64x2_t exponent =
        vbslq_u64(vtstq_u64(pattern, vdupq_n_u64(0x0008000000000000U)),
                  vdupq_n_u64(0x3fe0000000000000U), vdupq_n_u64(0x3ff0000000000000U));
    const float64x2_t m = vreinterpretq_f64_u64(
        vorrq_u64(vandq_u64(pattern, vdupq_n_u64(0x800fffffffffffffU)), exponent));
    const float64x2_t of_sign = vbslq_f64(vcltzq_f64(x), vdupq_n_f64(static_cast<double>(NAN)), m);
    return vbslq_f64(vceqq_f64(x, x), of_sign, x);
  };
  return {one(a.low), one(a.high)};
}
// ---- reciprocal_estimate
inline float32x4_t reciprocal_estimate(float32x4_t a) {
  return vreinterpretq_f32_s32(vsubq_s32(vdupq_n_s32(0x7ef311c7), vreinterpretq_s32_f32(a)));
}
inline F64x4 reciprocal_estimate(F64x4 a) {
  const int64x2_t c = vdupq_n_s64(0x7fde623822fc16e6);
  return {vreinterpretq_f64_s64(vsubq_s64(c, vreinterpretq_s64_f64(a.low))),
          vreinterpretq_f64_s64(vsubq_s64(c, vreinterpretq_s64_f64(a.high)))};
}
// ---- permute8: the bytes of each entry
inline float32x4_t permute8(int32x4_t i, const float* table) {
  const int32x4_t entry = vandq_s32(i, vdupq_n_s32(7));
  const uint8x16_t place =
      vreinterpretq_u8_s32(vmlaq_s32(vdupq_n_s32(0x03020100), entry, vdupq_n_s32(0x04040404)));
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(table);
  const uint8x16x2_t all = {{vld1q_u8(bytes), vld1q_u8(bytes + 16)}};
  return vreinterpretq_f32_u8(vqtbl2q_u8(all, place));
}
inline int32x4_t permute8(int32x4_t i, const std::int32_t* table) {
  const int32x4_t entry = vandq_s32(i, vdupq_n_s32(7));
  const uint8x16_t place =
      vreinterpretq_u8_s32(vmlaq_s32(vdupq_n_s32(0x03020100), entry, vdupq_n_s32(0x04040404)));
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(table);
  const uint8x16x2_t all = {{vld1q_u8(bytes), vld1q_u8(bytes + 16)}};
  return vreinterpretq_s32_u8(vqtbl2q_u8(all, place));
}
// ---- permute16
inline float32x4_t permute16(int32x4_t i, const float* table) {
  const int32x4_t entry = vandq_s32(i, vdupq_n_s32(15));
  const uint8x16_t place =
      vreinterpretq_u8_s32(vmlaq_s32(vdupq_n_s32(0x03020100), entry, vdupq_n_s32(0x04040404)));
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(table);
  const uint8x16x4_t all = {
      {vld1q_u8(bytes + 0), vld1q_u8(bytes + 16), vld1q_u8(bytes + 32), vld1q_u8(bytes + 48)}};
  return vreinterpretq_f32_u8(vqtbl4q_u8(all, place));
}
inline int32x4_t permute16(int32x4_t i, const std::int32_t* table) {
  const int32x4_t entry = vandq_s32(i, vdupq_n_s32(15));
  const uint8x16_t place =
      vreinterpretq_u8_s32(vmlaq_s32(vdupq_n_s32(0x03020100), entry, vdupq_n_s32(0x04040404)));
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(table);
  const uint8x16x4_t all = {
      {vld1q_u8(bytes + 0), vld1q_u8(bytes + 16), vld1q_u8(bytes + 32), vld1q_u8(bytes + 48)}};
  return vreinterpretq_s32_u8(vqtbl4q_u8(all, place));
}
// ---- permute32: each half of the table leaves alone what is in the other
inline float32x4_t permute32(int32x4_t i, const float* table) {
  const int32x4_t entry = vandq_s32(i, vdupq_n_s32(31));
  const uint8x16_t place =
      vreinterpretq_u8_s32(vmlaq_s32(vdupq_n_s32(0x03020100), entry, vdupq_n_s32(0x04040404)));
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(table);
  const uint8x16x4_t low = {
      {vld1q_u8(bytes + 0), vld1q_u8(bytes + 16), vld1q_u8(bytes + 32), vld1q_u8(bytes + 48)}};
  const uint8x16x4_t high = {
      {vld1q_u8(bytes + 64), vld1q_u8(bytes + 80), vld1q_u8(bytes + 96), vld1q_u8(bytes + 112)}};
  return vreinterpretq_f32_u8(
      vqtbx4q_u8(vqtbl4q_u8(low, place), high, vsubq_u8(place, vdupq_n_u8(64))));
}
inline int32x4_t permute32(int32x4_t i, const std::int32_t* table) {
  const int32x4_t entry = vandq_s32(i, vdupq_n_s32(31));
  const uint8x16_t place =
      vreinterpretq_u8_s32(vmlaq_s32(vdupq_n_s32(0x03020100), entry, vdupq_n_s32(0x04040404)));
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(table);
  const uint8x16x4_t low = {
      {vld1q_u8(bytes + 0), vld1q_u8(bytes + 16), vld1q_u8(bytes + 32), vld1q_u8(bytes + 48)}};
  const uint8x16x4_t high = {
      {vld1q_u8(bytes + 64), vld1q_u8(bytes + 80), vld1q_u8(bytes + 96), vld1q_u8(bytes + 112)}};
  return vreinterpretq_s32_u8(
      vqtbx4q_u8(vqtbl4q_u8(low, place), high, vsubq_u8(place, vdupq_n_u8(64))));
}
// ---- lookup16
inline float32x4_t lookup16(int32x4_t i, const float* table) {
  const int32x4_t place = vandq_s32(i, vdupq_n_s32(15));
  return float32x4_t{table[place[0]], table[place[1]], table[place[2]], table[place[3]]};
}
inline int32x4_t lookup16(int32x4_t i, const std::int32_t* table) {
  const int32x4_t place = vandq_s32(i, vdupq_n_s32(15));
  return int32x4_t{table[place[0]], table[place[1]], table[place[2]], table[place[3]]};
}
inline F64x4 lookup16(I64x4 i, const double* table) {
  const int64x2_t most = vdupq_n_s64(15);
  const int64x2_t low = vandq_s64(i.low, most), high = vandq_s64(i.high, most);
  return {float64x2_t{table[low[0]], table[low[1]]}, float64x2_t{table[high[0]], table[high[1]]}};
}
inline I64x4 lookup16(I64x4 i, const std::int64_t* table) {
  const int64x2_t most = vdupq_n_s64(15);
  const int64x2_t low = vandq_s64(i.low, most), high = vandq_s64(i.high, most);
  return {int64x2_t{table[low[0]], table[low[1]]}, int64x2_t{table[high[0]], table[high[1]]}};
}
// ---- lookup32
inline float32x4_t lookup32(int32x4_t i, const float* table) {
  const int32x4_t place = vandq_s32(i, vdupq_n_s32(31));
  return float32x4_t{table[place[0]], table[place[1]], table[place[2]], table[place[3]]};
}
inline int32x4_t lookup32(int32x4_t i, const std::int32_t* table) {
  const int32x4_t place = vandq_s32(i, vdupq_n_s32(31));
  return int32x4_t{table[place[0]], table[place[1]], table[place[2]], table[place[3]]};
}
inline F64x4 lookup32(I64x4 i, const double* table) {
  const int64x2_t most = vdupq_n_s64(31);
  const int64x2_t low = vandq_s64(i.low, most), high = vandq_s64(i.high, most);
  return {float64x2_t{table[low[0]], table[low[1]]}, float64x2_t{table[high[0]], table[high[1]]}};
}
inline I64x4 lookup32(I64x4 i, const std::int64_t* table) {
  const int64x2_t most = vdupq_n_s64(31);
  const int64x2_t low = vandq_s64(i.low, most), high = vandq_s64(i.high, most);
  return {int64x2_t{table[low[0]], table[low[1]]}, int64x2_t{table[high[0]], table[high[1]]}};
}
// ---- lookup64
inline float32x4_t lookup64(int32x4_t i, const float* table) {
  const int32x4_t place = vandq_s32(i, vdupq_n_s32(63));
  return float32x4_t{table[place[0]], table[place[1]], table[place[2]], table[place[3]]};
}
inline int32x4_t lookup64(int32x4_t i, const std::int32_t* table) {
  const int32x4_t place = vandq_s32(i, vdupq_n_s32(63));
  return int32x4_t{table[place[0]], table[place[1]], table[place[2]], table[place[3]]};
}
inline F64x4 lookup64(I64x4 i, const double* table) {
  const int64x2_t most = vdupq_n_s64(63);
  const int64x2_t low = vandq_s64(i.low, most), high = vandq_s64(i.high, most);
  return {float64x2_t{table[low[0]], table[low[1]]}, float64x2_t{table[high[0]], table[high[1]]}};
}
inline I64x4 lookup64(I64x4 i, const std::int64_t* table) {
  const int64x2_t most = vdupq_n_s64(63);
  const int64x2_t low = vandq_s64(i.low, most), high = vandq_s64(i.high, most);
  return {int64x2_t{table[low[0]], table[low[1]]}, int64x2_t{table[high[0]], table[high[1]]}};
}
// ---- lookup128
inline float32x4_t lookup128(int32x4_t i, const float* table) {
  const int32x4_t place = vandq_s32(i, vdupq_n_s32(127));
  return float32x4_t{table[place[0]], table[place[1]], table[place[2]], table[place[3]]};
}
inline int32x4_t lookup128(int32x4_t i, const std::int32_t* table) {
  const int32x4_t place = vandq_s32(i, vdupq_n_s32(127));
  return int32x4_t{table[place[0]], table[place[1]], table[place[2]], table[place[3]]};
}
inline F64x4 lookup128(I64x4 i, const double* table) {
  const int64x2_t most = vdupq_n_s64(127);
  const int64x2_t low = vandq_s64(i.low, most), high = vandq_s64(i.high, most);
  return {float64x2_t{table[low[0]], table[low[1]]}, float64x2_t{table[high[0]], table[high[1]]}};
}
inline I64x4 lookup128(I64x4 i, const std::int64_t* table) {
  const int64x2_t most = vdupq_n_s64(127);
  const int64x2_t low = vandq_s64(i.low, most), high = vandq_s64(i.high, most);
  return {int64x2_t{table[low[0]], table[low[1]]}, int64x2_t{table[high[0]], table[high[1]]}};
}
// ---- lookup256
inline float32x4_t lookup256(int32x4_t i, const float* table) {
  const int32x4_t place = vandq_s32(i, vdupq_n_s32(255));
  return float32x4_t{table[place[0]], table[place[1]], table[place[2]], table[place[3]]};
}
inline int32x4_t lookup256(int32x4_t i, const std::int32_t* table) {
  const int32x4_t place = vandq_s32(i, vdupq_n_s32(255));
  return int32x4_t{table[place[0]], table[place[1]], table[place[2]], table[place[3]]};
}
inline F64x4 lookup256(I64x4 i, const double* table) {
  const int64x2_t most = vdupq_n_s64(255);
  const int64x2_t low = vandq_s64(i.low, most), high = vandq_s64(i.high, most);
  return {float64x2_t{table[low[0]], table[low[1]]}, float64x2_t{table[high[0]], table[high[1]]}};
}
inline I64x4 lookup256(I64x4 i, const std::int64_t* table) {
  const int64x2_t most = vdupq_n_s64(255);
  const int64x2_t low = vandq_s64(i.low, most), high = vandq_s64(i.high, most);
  return {int64x2_t{table[low[0]], table[low[1]]}, int64x2_t{table[high[0]], table[high[1]]}};
}
// ----

}  // namespace ulpforge::emit::neon
#endif
