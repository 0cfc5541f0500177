// The machine operations over the lanes of SVE registers, as many as the processor has, lane by
// lane what ir/portable.h has. Emitted headers carry those that they use, word for word (each up to
// the next line "// ----").
//
// The types have no size that a compiler knows: no arrays and no structs of them. f64 and i64
// values are pairs of registers, the lower half of the lanes first; truth values are predicates.
#pragma once

#if defined(__ARM_FEATURE_SVE) && !defined(__ARM_BIG_ENDIAN)
#include <arm_sve.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ulpforge::emit::sve {

// ---- truth: predicates need no type of their own
// ---- wide: pairs of registers, and between predicates of 32-bit and of 64-bit lanes
template <class F, class... A>
__attribute__((always_inline)) inline auto in_halves(F f, A... a) {
  return svcreate2(f(svget2(a, 0)...), f(svget2(a, 1)...));
}
inline svbool_t low_half(svbool_t m) { return svunpklo_b(m); }
inline svbool_t high_half(svbool_t m) { return svunpkhi_b(m); }
inline svbool_t both(svbool_t low, svbool_t high) { return svuzp1_b32(low, high); }
// ---- broadcast: a constant in every lane
inline svfloat32_t broadcast(float c) { return svdup_n_f32(c); }
inline svfloat64x2_t broadcast(double c) { return svcreate2_f64(svdup_n_f64(c), svdup_n_f64(c)); }
inline svint32_t broadcast(std::int32_t c) { return svdup_n_s32(c); }
inline svint64x2_t broadcast(std::int64_t c) {
  return svcreate2_s64(svdup_n_s64(c), svdup_n_s64(c));
}
// ---- first_lanes: the first n, all where n is more
inline svbool_t first_lanes(std::size_t n) {
  return svwhilelt_b32_u64(0, static_cast<std::uint64_t>(n));
}
// ---- load: a register's elements
inline svfloat32_t load(const float* p) { return svld1_f32(svptrue_b32(), p); }
inline svfloat64x2_t load(const double* p) {
  return svcreate2_f64(svld1_f64(svptrue_b64(), p), svld1_vnum_f64(svptrue_b64(), p, 1));
}
inline svint32_t load(const std::int32_t* p) { return svld1_s32(svptrue_b32(), p); }
inline svint64x2_t load(const std::int64_t* p) {
  return svcreate2_s64(svld1_s64(svptrue_b64(), p), svld1_vnum_s64(svptrue_b64(), p, 1));
}
// ---- load_some: those elements that the predicate names, zeros elsewhere
inline svfloat32_t load_some(const float* p, svbool_t m) { return svld1_f32(m, p); }
inline svfloat64x2_t load_some(const double* p, svbool_t m) {
  return svcreate2_f64(svld1_f64(low_half(m), p), svld1_vnum_f64(high_half(m), p, 1));
}
inline svint32_t load_some(const std::int32_t* p, svbool_t m) { return svld1_s32(m, p); }
inline svint64x2_t load_some(const std::int64_t* p, svbool_t m) {
  return svcreate2_s64(svld1_s64(low_half(m), p), svld1_vnum_s64(high_half(m), p, 1));
}
// ---- store: a register's elements
inline void store(float* p, svfloat32_t a) { svst1_f32(svptrue_b32(), p, a); }
inline void store(double* p, svfloat64x2_t a) {
  svst1_f64(svptrue_b64(), p, svget2_f64(a, 0));
  svst1_vnum_f64(svptrue_b64(), p, 1, svget2_f64(a, 1));
}
inline void store(std::int32_t* p, svint32_t a) { svst1_s32(svptrue_b32(), p, a); }
inline void store(std::int64_t* p, svint64x2_t a) {
  svst1_s64(svptrue_b64(), p, svget2_s64(a, 0));
  svst1_vnum_s64(svptrue_b64(), p, 1, svget2_s64(a, 1));
}
// ---- store_some: those elements that the predicate names
inline void store_some(float* p, svbool_t m, svfloat32_t a) { svst1_f32(m, p, a); }
inline void store_some(double* p, svbool_t m, svfloat64x2_t a) {
  svst1_f64(low_half(m), p, svget2_f64(a, 0));
  svst1_vnum_f64(high_half(m), p, 1, svget2_f64(a, 1));
}
inline void store_some(std::int32_t* p, svbool_t m, svint32_t a) { svst1_s32(m, p, a); }
inline void store_some(std::int64_t* p, svbool_t m, svint64x2_t a) {
  svst1_s64(low_half(m), p, svget2_s64(a, 0));
  svst1_vnum_s64(high_half(m), p, 1, svget2_s64(a, 1));
}
// ---- bits
inline svint32_t bits(svfloat32_t a) { return svreinterpret_s32_f32(a); }
inline svint64x2_t bits(svfloat64x2_t a) {
  return in_halves([](svfloat64_t x) { return svreinterpret_s64_f64(x); }, a);
}
// ---- from_bits
inline svfloat32_t from_bits(svint32_t a) { return svreinterpret_f32_s32(a); }
inline svfloat64x2_t from_bits(svint64x2_t a) {
  return in_halves([](svint64_t x) { return svreinterpret_f64_s64(x); }, a);
}
// ---- neg
inline svfloat32_t neg(svfloat32_t a) {
  return svreinterpret_f32_u32(sveor_n_u32_x(svptrue_b32(), svreinterpret_u32_f32(a), 0x80000000U));
}
inline svfloat64x2_t neg(svfloat64x2_t a) {
  return in_halves(
      [](svfloat64_t x) {
        return svreinterpret_f64_u64(
            sveor_n_u64_x(svptrue_b64(), svreinterpret_u64_f64(x), 0x8000000000000000U));
      },
      a);
}
// ---- fabs
inline svfloat32_t fabs(svfloat32_t a) { return svabs_f32_x(svptrue_b32(), a); }
inline svfloat64x2_t fabs(svfloat64x2_t a) {
  return in_halves([](svfloat64_t x) { return svabs_f64_x(svptrue_b64(), x); }, a);
}
// ---- add
inline svfloat32_t add(svfloat32_t a, svfloat32_t b) { return svadd_f32_x(svptrue_b32(), a, b); }
inline svfloat64x2_t add(svfloat64x2_t a, svfloat64x2_t b) {
  return in_halves([](svfloat64_t x, svfloat64_t y) { return svadd_f64_x(svptrue_b64(), x, y); }, a,
                   b);
}
inline svint32_t add(svint32_t a, svint32_t b) { return svadd_s32_x(svptrue_b32(), a, b); }
inline svint64x2_t add(svint64x2_t a, svint64x2_t b) {
  return in_halves([](svint64_t x, svint64_t y) { return svadd_s64_x(svptrue_b64(), x, y); }, a, b);
}
// ---- sub
inline svfloat32_t sub(svfloat32_t a, svfloat32_t b) { return svsub_f32_x(svptrue_b32(), a, b); }
inline svfloat64x2_t sub(svfloat64x2_t a, svfloat64x2_t b) {
  return in_halves([](svfloat64_t x, svfloat64_t y) { return svsub_f64_x(svptrue_b64(), x, y); }, a,
                   b);
}
inline svint32_t sub(svint32_t a, svint32_t b) { return svsub_s32_x(svptrue_b32(), a, b); }
inline svint64x2_t sub(svint64x2_t a, svint64x2_t b) {
  return in_halves([](svint64_t x, svint64_t y) { return svsub_s64_x(svptrue_b64(), x, y); }, a, b);
}
// ---- mul
inline svfloat32_t mul(svfloat32_t a, svfloat32_t b) { return svmul_f32_x(svptrue_b32(), a, b); }
inline svfloat64x2_t mul(svfloat64x2_t a, svfloat64x2_t b) {
  return in_halves([](svfloat64_t x, svfloat64_t y) { return svmul_f64_x(svptrue_b64(), x, y); }, a,
                   b);
}
inline svint32_t mul(svint32_t a, svint32_t b) { return svmul_s32_x(svptrue_b32(), a, b); }
inline svint64x2_t mul(svint64x2_t a, svint64x2_t b) {
  return in_halves([](svint64_t x, svint64_t y) { return svmul_s64_x(svptrue_b64(), x, y); }, a, b);
}
// ---- div
inline svfloat32_t div(svfloat32_t a, svfloat32_t b) { return svdiv_f32_x(svptrue_b32(), a, b); }
inline svfloat64x2_t div(svfloat64x2_t a, svfloat64x2_t b) {
  return in_halves([](svfloat64_t x, svfloat64_t y) { return svdiv_f64_x(svptrue_b64(), x, y); }, a,
                   b);
}
// ---- sqrt
inline svfloat32_t sqrt(svfloat32_t a) { return svsqrt_f32_x(svptrue_b32(), a); }
inline svfloat64x2_t sqrt(svfloat64x2_t a) {
  return in_halves([](svfloat64_t x) { return svsqrt_f64_x(svptrue_b64(), x); }, a);
}
// ---- fma
inline svfloat32_t fma(svfloat32_t a, svfloat32_t b, svfloat32_t c) {
  return svmla_f32_x(svptrue_b32(), c, a, b);
}
inline svfloat64x2_t fma(svfloat64x2_t a, svfloat64x2_t b, svfloat64x2_t c) {
  return in_halves([](svfloat64_t x, svfloat64_t y,
                      svfloat64_t z) { return svmla_f64_x(svptrue_b64(), z, x, y); },
                   a, b, c);
}
// ---- product
inline svfloat32_t product(svfloat32_t a, svfloat32_t b) {
  return svmla_f32_x(svptrue_b32(), svdup_n_f32(-0.0f), a, b);
}
inline svfloat64x2_t product(svfloat64x2_t a, svfloat64x2_t b) {
  return in_halves(
      [](svfloat64_t x, svfloat64_t y) {
        return svmla_f64_x(svptrue_b64(), svdup_n_f64(-0.0), x, y);
      },
      a, b);
}
// ---- min
inline svfloat32_t min(svfloat32_t a, svfloat32_t b) {
  return svsel_f32(svcmplt_f32(svptrue_b32(), a, b), a, b);
}
inline svfloat64x2_t min(svfloat64x2_t a, svfloat64x2_t b) {
  return in_halves([](svfloat64_t x,
                      svfloat64_t y) { return svsel_f64(svcmplt_f64(svptrue_b64(), x, y), x, y); },
                   a, b);
}
// ---- max
inline svfloat32_t max(svfloat32_t a, svfloat32_t b) {
  return svsel_f32(svcmpgt_f32(svptrue_b32(), a, b), a, b);
}
inline svfloat64x2_t max(svfloat64x2_t a, svfloat64x2_t b) {
  return in_halves([](svfloat64_t x,
                      svfloat64_t y) { return svsel_f64(svcmpgt_f64(svptrue_b64(), x, y), x, y); },
                   a, b);
}
// ---- rint
inline svfloat32_t rint(svfloat32_t a) { return svrintn_f32_x(svptrue_b32(), a); }
inline svfloat64x2_t rint(svfloat64x2_t a) {
  return in_halves([](svfloat64_t x) { return svrintn_f64_x(svptrue_b64(), x); }, a);
}
// ---- floor
inline svfloat32_t floor(svfloat32_t a) { return svrintm_f32_x(svptrue_b32(), a); }
inline svfloat64x2_t floor(svfloat64x2_t a) {
  return in_halves([](svfloat64_t x) { return svrintm_f64_x(svptrue_b64(), x); }, a);
}
// ---- fraction
inline svfloat32_t fraction(svfloat32_t a) {
  const svfloat32_t whole = svrintm_f32_x(svptrue_b32(), a);
  const svfloat32_t r = svsub_f32_x(svptrue_b32(), a, whole);
  // Exact, but between -1 and 0, where 1 + a may have been rounded up.
  const svbool_t rounded_up = svcmpgt_f32(svptrue_b32(), svadd_f32_x(svptrue_b32(), r, whole), a);
  const svuint32_t pattern = svreinterpret_u32_f32(r);
  const svfloat32_t down = svreinterpret_f32_u32(svsub_n_u32_m(rounded_up, pattern, 1));
  const svbool_t is_zero = svcmpeq_n_f32(svptrue_b32(), down, 0.0f);
  const svfloat32_t signed_zero = svsel_f32(is_zero, svdup_n_f32(-0.0f), down);
  const svbool_t infinite = svcmpeq_n_f32(svptrue_b32(), svabs_f32_x(svptrue_b32(), a), INFINITY);
  return svsel_f32(infinite, svdup_n_f32(0.0f), signed_zero);
}
inline svfloat64x2_t fraction(svfloat64x2_t a) {
  const auto one = [](svfloat64_t x) {
    const svfloat64_t whole = svrintm_f64_x(svptrue_b64(), x);
    const svfloat64_t r = svsub_f64_x(svptrue_b64(), x, whole);
    // Exact, but between -1 and 0, where 1 + a may have been rounded up.
    const svbool_t rounded_up = svcmpgt_f64(svptrue_b64(), svadd_f64_x(svptrue_b64(), r, whole), x);
    const svuint64_t pattern = svreinterpret_u64_f64(r);
    const svfloat64_t down = svreinterpret_f64_u64(svsub_n_u64_m(rounded_up, pattern, 1));
    const svbool_t is_zero = svcmpeq_n_f64(svptrue_b64(), down, 0.0);
    const svfloat64_t signed_zero = svsel_f64(is_zero, svdup_n_f64(-0.0), down);
    const svbool_t infinite =
        svcmpeq_n_f64(svptrue_b64(), svabs_f64_x(svptrue_b64(), x), static_cast<double>(INFINITY));
    return svsel_f64(infinite, svdup_n_f64(0.0), signed_zero);
  };
  return in_halves(one, a);
}
// ---- copysign
inline svfloat32_t copysign(svfloat32_t a, svfloat32_t b) {
  const svuint32_t size = svbic_n_u32_x(svptrue_b32(), svreinterpret_u32_f32(a), 0x80000000U);
  const svuint32_t sign = svand_n_u32_x(svptrue_b32(), svreinterpret_u32_f32(b), 0x80000000U);
  return svreinterpret_f32_u32(svorr_u32_x(svptrue_b32(), size, sign));
}
inline svfloat64x2_t copysign(svfloat64x2_t a, svfloat64x2_t b) {
  const auto one = [](svfloat64_t x, svfloat64_t y) {
    const svuint64_t size =
        svbic_n_u64_x(svptrue_b64(), svreinterpret_u64_f64(x), 0x8000000000000000U);
    const svuint64_t sign =
        svand_n_u64_x(svptrue_b64(), svreinterpret_u64_f64(y), 0x8000000000000000U);
    return svreinterpret_f64_u64(svorr_u64_x(svptrue_b64(), size, sign));
  };
  return in_halves(one, a, b);
}
// ---- less
inline svbool_t less(svfloat32_t a, svfloat32_t b) { return svcmplt_f32(svptrue_b32(), a, b); }
inline svbool_t less(svfloat64x2_t a, svfloat64x2_t b) {
  return both(svcmplt_f64(svptrue_b64(), svget2_f64(a, 0), svget2_f64(b, 0)),
              svcmplt_f64(svptrue_b64(), svget2_f64(a, 1), svget2_f64(b, 1)));
}
inline svbool_t less(svint32_t a, svint32_t b) { return svcmplt_s32(svptrue_b32(), a, b); }
inline svbool_t less(svint64x2_t a, svint64x2_t b) {
  return both(svcmplt_s64(svptrue_b64(), svget2_s64(a, 0), svget2_s64(b, 0)),
              svcmplt_s64(svptrue_b64(), svget2_s64(a, 1), svget2_s64(b, 1)));
}
// ---- less_equal
inline svbool_t less_equal(svfloat32_t a, svfloat32_t b) {
  return svcmple_f32(svptrue_b32(), a, b);
}
inline svbool_t less_equal(svfloat64x2_t a, svfloat64x2_t b) {
  return both(svcmple_f64(svptrue_b64(), svget2_f64(a, 0), svget2_f64(b, 0)),
              svcmple_f64(svptrue_b64(), svget2_f64(a, 1), svget2_f64(b, 1)));
}
inline svbool_t less_equal(svint32_t a, svint32_t b) { return svcmple_s32(svptrue_b32(), a, b); }
inline svbool_t less_equal(svint64x2_t a, svint64x2_t b) {
  return both(svcmple_s64(svptrue_b64(), svget2_s64(a, 0), svget2_s64(b, 0)),
              svcmple_s64(svptrue_b64(), svget2_s64(a, 1), svget2_s64(b, 1)));
}
// ---- equal
inline svbool_t equal(svfloat32_t a, svfloat32_t b) { return svcmpeq_f32(svptrue_b32(), a, b); }
inline svbool_t equal(svfloat64x2_t a, svfloat64x2_t b) {
  return both(svcmpeq_f64(svptrue_b64(), svget2_f64(a, 0), svget2_f64(b, 0)),
              svcmpeq_f64(svptrue_b64(), svget2_f64(a, 1), svget2_f64(b, 1)));
}
inline svbool_t equal(svint32_t a, svint32_t b) { return svcmpeq_s32(svptrue_b32(), a, b); }
inline svbool_t equal(svint64x2_t a, svint64x2_t b) {
  return both(svcmpeq_s64(svptrue_b64(), svget2_s64(a, 0), svget2_s64(b, 0)),
              svcmpeq_s64(svptrue_b64(), svget2_s64(a, 1), svget2_s64(b, 1)));
}
// ---- select
inline svfloat32_t select(svbool_t c, svfloat32_t a, svfloat32_t b) { return svsel_f32(c, a, b); }
inline svfloat64x2_t select(svbool_t c, svfloat64x2_t a, svfloat64x2_t b) {
  return svcreate2_f64(svsel_f64(low_half(c), svget2_f64(a, 0), svget2_f64(b, 0)),
                       svsel_f64(high_half(c), svget2_f64(a, 1), svget2_f64(b, 1)));
}
inline svint32_t select(svbool_t c, svint32_t a, svint32_t b) { return svsel_s32(c, a, b); }
inline svint64x2_t select(svbool_t c, svint64x2_t a, svint64x2_t b) {
  return svcreate2_s64(svsel_s64(low_half(c), svget2_s64(a, 0), svget2_s64(b, 0)),
                       svsel_s64(high_half(c), svget2_s64(a, 1), svget2_s64(b, 1)));
}
// ---- any: whether the condition holds in some lane
inline bool any(svbool_t c) { return svptest_any(svptrue_b32(), c); }
// ---- any_larger
inline bool any_larger(svfloat32_t a, svfloat32_t limit) {
  return svptest_any(svptrue_b32(),
                     svcmplt_f32(svptrue_b32(), limit, svabs_f32_x(svptrue_b32(), a)));
}
inline bool any_larger(svfloat64x2_t a, svfloat64x2_t limit) {
  const auto some = [](svfloat64_t x, svfloat64_t most) {
    return svptest_any(svptrue_b64(),
                       svcmplt_f64(svptrue_b64(), most, svabs_f64_x(svptrue_b64(), x)));
  };
  return some(svget2_f64(a, 0), svget2_f64(limit, 0)) ||
         some(svget2_f64(a, 1), svget2_f64(limit, 1));
}
// ---- widen: conversions read and write the even ones of 32-bit lanes
inline svfloat64x2_t widen(svfloat32_t a) {
  const svuint32_t pattern = svreinterpret_u32_f32(a);
  const svfloat32_t low = svreinterpret_f32_u64(svunpklo_u64(pattern));
  const svfloat32_t high = svreinterpret_f32_u64(svunpkhi_u64(pattern));
  return svcreate2_f64(svcvt_f64_f32_x(svptrue_b64(), low), svcvt_f64_f32_x(svptrue_b64(), high));
}
// ---- narrow
inline svfloat32_t narrow(svfloat64x2_t a) {
  return svuzp1_f32(svcvt_f32_f64_x(svptrue_b64(), svget2_f64(a, 0)),
                    svcvt_f32_f64_x(svptrue_b64(), svget2_f64(a, 1)));
}
// ---- truncate (SVE's own gives 0 for NaN, and the greatest integer from 2^31 or 2^63 on)
inline svint32_t truncate(svfloat32_t a) {
  const svint32_t whole = svcvt_s32_f32_x(svptrue_b32(), a);
  return svsel_s32(svcmplt_n_f32(svptrue_b32(), a, 0x1p31f), whole, svdup_n_s32(INT32_MIN));
}
inline svint64x2_t truncate(svfloat64x2_t a) {
  const auto one = [](svfloat64_t x) {
    const svint64_t whole = svcvt_s64_f64_x(svptrue_b64(), x);
    return svsel_s64(svcmplt_n_f64(svptrue_b64(), x, 0x1p63), whole, svdup_n_s64(INT64_MIN));
  };
  return in_halves(one, a);
}
// ---- round_to_integer
inline svint32_t round_to_integer(svfloat32_t a) {
  const svint32_t whole = svcvt_s32_f32_x(svptrue_b32(), svrintn_f32_x(svptrue_b32(), a));
  return svsel_s32(svcmplt_n_f32(svptrue_b32(), a, 0x1p31f), whole, svdup_n_s32(INT32_MIN));
}
inline svint64x2_t round_to_integer(svfloat64x2_t a) {
  const auto one = [](svfloat64_t x) {
    const svint64_t whole = svcvt_s64_f64_x(svptrue_b64(), svrintn_f64_x(svptrue_b64(), x));
    return svsel_s64(svcmplt_n_f64(svptrue_b64(), x, 0x1p63), whole, svdup_n_s64(INT64_MIN));
  };
  return in_halves(one, a);
}
// ---- from_integer
inline svfloat32_t from_integer(svint32_t a) { return svcvt_f32_s32_x(svptrue_b32(), a); }
inline svfloat64x2_t from_integer(svint64x2_t a) {
  return in_halves([](svint64_t x) { return svcvt_f64_s64_x(svptrue_b64(), x); }, a);
}
// ---- sign_extend
inline svint64x2_t sign_extend(svint32_t a) {
  return svcreate2_s64(svunpklo_s64(a), svunpkhi_s64(a));
}
// ---- wrap
inline svint32_t wrap(svint64x2_t a) {
  return svuzp1_s32(svreinterpret_s32_s64(svget2_s64(a, 0)),
                    svreinterpret_s32_s64(svget2_s64(a, 1)));
}
// ---- bit_and
inline svint32_t bit_and(svint32_t a, svint32_t b) { return svand_s32_x(svptrue_b32(), a, b); }
inline svint64x2_t bit_and(svint64x2_t a, svint64x2_t b) {
  return in_halves([](svint64_t x, svint64_t y) { return svand_s64_x(svptrue_b64(), x, y); }, a, b);
}
inline svbool_t bit_and(svbool_t a, svbool_t b) { return svand_b_z(svptrue_b32(), a, b); }
// ---- bit_or
inline svint32_t bit_or(svint32_t a, svint32_t b) { return svorr_s32_x(svptrue_b32(), a, b); }
inline svint64x2_t bit_or(svint64x2_t a, svint64x2_t b) {
  return in_halves([](svint64_t x, svint64_t y) { return svorr_s64_x(svptrue_b64(), x, y); }, a, b);
}
inline svbool_t bit_or(svbool_t a, svbool_t b) { return svorr_b_z(svptrue_b32(), a, b); }
// ---- bit_xor
inline svint32_t bit_xor(svint32_t a, svint32_t b) { return sveor_s32_x(svptrue_b32(), a, b); }
inline svint64x2_t bit_xor(svint64x2_t a, svint64x2_t b) {
  return in_halves([](svint64_t x, svint64_t y) { return sveor_s64_x(svptrue_b64(), x, y); }, a, b);
}
inline svbool_t bit_xor(svbool_t a, svbool_t b) { return sveor_b_z(svptrue_b32(), a, b); }
// ---- bit_not
inline svint32_t bit_not(svint32_t a) { return svnot_s32_x(svptrue_b32(), a); }
inline svint64x2_t bit_not(svint64x2_t a) {
  return in_halves([](svint64_t x) { return svnot_s64_x(svptrue_b64(), x); }, a);
}
inline svbool_t bit_not(svbool_t a) { return svnot_b_z(svptrue_b32(), a); }
// ---- shift_left
inline svint32_t shift_left(svint32_t a, svint32_t b) {
  return svlsl_s32_x(svptrue_b32(), a, svreinterpret_u32_s32(svand_n_s32_x(svptrue_b32(), b, 31)));
}
inline svint64x2_t shift_left(svint64x2_t a, svint64x2_t b) {
  return in_halves(
      [](svint64_t x, svint64_t y) {
        return svlsl_s64_x(svptrue_b64(), x,
                           svreinterpret_u64_s64(svand_n_s64_x(svptrue_b64(), y, 63)));
      },
      a, b);
}
// ---- shift_right
inline svint32_t shift_right(svint32_t a, svint32_t b) {
  return svasr_s32_x(svptrue_b32(), a, svreinterpret_u32_s32(svand_n_s32_x(svptrue_b32(), b, 31)));
}
inline svint64x2_t shift_right(svint64x2_t a, svint64x2_t b) {
  return in_halves(
      [](svint64_t x, svint64_t y) {
        return svasr_s64_x(svptrue_b64(), x,
                           svreinterpret_u64_s64(svand_n_s64_x(svptrue_b64(), y, 63)));
      },
      a, b);
}
// ---- shift_right_logical
inline svint32_t shift_right_logical(svint32_t a, svint32_t b) {
  return svreinterpret_s32_u32(
      svlsr_u32_x(svptrue_b32(), svreinterpret_u32_s32(a),
                  svreinterpret_u32_s32(svand_n_s32_x(svptrue_b32(), b, 31))));
}
inline svint64x2_t shift_right_logical(svint64x2_t a, svint64x2_t b) {
  return in_halves(
      [](svint64_t x, svint64_t y) {
        return svreinterpret_s64_u64(
            svlsr_u64_x(svptrue_b64(), svreinterpret_u64_s64(x),
                        svreinterpret_u64_s64(svand_n_s64_x(svptrue_b64(), y, 63))));
      },
      a, b);
}
// ---- ternary
template <int table>
inline svint32_t ternary(svint32_t a, svint32_t b, svint32_t c,
                         std::integral_constant<int, table>) {
  svint32_t r = svdup_n_s32(0);
  for (int i = 0; i < 8; ++i) {
    if ((table >> i & 1) == 0) continue;
    const svint32_t u = i & 4 ? a : svnot_s32_x(svptrue_b32(), a);
    const svint32_t v = i & 2 ? b : svnot_s32_x(svptrue_b32(), b);
    const svint32_t x = i & 1 ? c : svnot_s32_x(svptrue_b32(), c);
    r = svorr_s32_x(svptrue_b32(), r,
                    svand_s32_x(svptrue_b32(), u, svand_s32_x(svptrue_b32(), v, x)));
  }
  return r;
}
template <int table>
inline svint64x2_t ternary(svint64x2_t a, svint64x2_t b, svint64x2_t c,
                           std::integral_constant<int, table>) {
  const auto one = [](svint64_t a1, svint64_t b1, svint64_t c1) {
    svint64_t r = svdup_n_s64(0);
    for (int i = 0; i < 8; ++i) {
      if ((table >> i & 1) == 0) continue;
      const svint64_t u = i & 4 ? a1 : svnot_s64_x(svptrue_b64(), a1);
      const svint64_t v = i & 2 ? b1 : svnot_s64_x(svptrue_b64(), b1);
      const svint64_t x = i & 1 ? c1 : svnot_s64_x(svptrue_b64(), c1);
      r = svorr_s64_x(svptrue_b64(), r,
                      svand_s64_x(svptrue_b64(), u, svand_s64_x(svptrue_b64(), v, x)));
    }
    return r;
  };
  return in_halves(one, a, b, c);
}
// ---- scalef: by an instruction where b is a number
inline svfloat32_t scalef(svfloat32_t a, svfloat32_t b) {
  const svfloat32_t scaled = svscale_f32_x(
      svptrue_b32(), a, svcvt_s32_f32_x(svptrue_b32(), svrintm_f32_x(svptrue_b32(), b)));
  const svbool_t finite = svcmplt_n_f32(svptrue_b32(), svabs_f32_x(svptrue_b32(), b), INFINITY);
  if (__builtin_expect(!svptest_any(svptrue_b32(), svnot_b_z(svptrue_b32(), finite)), 1))
    return scaled;
  // A quiet NaN times 2^inf is inf, and times 2^-inf 0.
  const svbool_t is_nan = svcmpuo_f32(svptrue_b32(), a, a);
  const svuint32_t quiet_bit = svand_n_u32_x(svptrue_b32(), svreinterpret_u32_f32(a), 0x00400000U);
  const svbool_t quiet =
      svand_b_z(svptrue_b32(), is_nan, svcmpne_n_u32(svptrue_b32(), quiet_bit, 0));
  const svfloat32_t size = svsel_f32(quiet, svdup_n_f32(1.0f), a);
  const svfloat32_t up = svmul_n_f32_x(svptrue_b32(), size, INFINITY);
  const svfloat32_t down = svmul_n_f32_x(svptrue_b32(), size, 0.0f);
  svfloat32_t all = svsel_f32(svcmpeq_n_f32(svptrue_b32(), b, INFINITY), up, scaled);
  all = svsel_f32(svcmpeq_n_f32(svptrue_b32(), b, -INFINITY), down, all);
  return svsel_f32(svcmpuo_f32(svptrue_b32(), b, b), b, all);
}
inline svfloat64x2_t scalef(svfloat64x2_t a, svfloat64x2_t b) {
  const auto one = [](svfloat64_t x, svfloat64_t y) {
    const svfloat64_t scaled = svscale_f64_x(
        svptrue_b64(), x, svcvt_s64_f64_x(svptrue_b64(), svrintm_f64_x(svptrue_b64(), y)));
    const svbool_t finite =
        svcmplt_n_f64(svptrue_b64(), svabs_f64_x(svptrue_b64(), y), static_cast<double>(INFINITY));
    if (__builtin_expect(!svptest_any(svptrue_b64(), svnot_b_z(svptrue_b64(), finite)), 1))
      return scaled;
    // A quiet NaN times 2^inf is inf, and times 2^-inf 0.
    const svbool_t is_nan = svcmpuo_f64(svptrue_b64(), x, x);
    const svuint64_t quiet_bit =
        svand_n_u64_x(svptrue_b64(), svreinterpret_u64_f64(x), 0x0008000000000000U);
    const svbool_t quiet =
        svand_b_z(svptrue_b64(), is_nan, svcmpne_n_u64(svptrue_b64(), quiet_bit, 0));
    const svfloat64_t size = svsel_f64(quiet, svdup_n_f64(1.0), x);
    const svfloat64_t up = svmul_n_f64_x(svptrue_b64(), size, static_cast<double>(INFINITY));
    const svfloat64_t down = svmul_n_f64_x(svptrue_b64(), size, 0.0);
    svfloat64_t all =
        svsel_f64(svcmpeq_n_f64(svptrue_b64(), y, static_cast<double>(INFINITY)), up, scaled);
    all = svsel_f64(svcmpeq_n_f64(svptrue_b64(), y, -static_cast<double>(INFINITY)), down, all);
    return svsel_f64(svcmpuo_f64(svptrue_b64(), y, y), y, all);
  };
  return in_halves(one, a, b);
}
// ---- getexp
inline svfloat32_t getexp(svfloat32_t a) {
  const svfloat32_t size = svabs_f32_x(svptrue_b32(), a);
  const svbool_t tiny = svcmplt_n_f32(svptrue_b32(), size, 0x1p-126f);
  const svfloat32_t scaled = svmul_n_f32_m(tiny, size, 0x1p24f);
  const svint32_t bias = svsel_s32(tiny, svdup_n_s32(151), svdup_n_s32(127));
  const svint32_t field = svasr_n_s32_x(svptrue_b32(), svreinterpret_s32_f32(scaled), 23);
  const svfloat32_t e = svcvt_f32_s32_x(svptrue_b32(), svsub_s32_x(svptrue_b32(), field, bias));
  const svfloat32_t finite =
      svsel_f32(svcmpgt_n_f32(svptrue_b32(), size, 0.0f), e, svdup_n_f32(-INFINITY));
  return svsel_f32(svcmplt_n_f32(svptrue_b32(), size, INFINITY), finite, size);
}
inline svfloat64x2_t getexp(svfloat64x2_t a) {
  const auto one = [](svfloat64_t x) {
    const svfloat64_t size = svabs_f64_x(svptrue_b64(), x);
    const svbool_t tiny = svcmplt_n_f64(svptrue_b64(), size, 0x1p-1022);
    const svfloat64_t scaled = svmul_n_f64_m(tiny, size, 0x1p54);
    const svint64_t bias = svsel_s64(tiny, svdup_n_s64(1077), svdup_n_s64(1023));
    const svint64_t field = svasr_n_s64_x(svptrue_b64(), svreinterpret_s64_f64(scaled), 52);
    const svfloat64_t e = svcvt_f64_s64_x(svptrue_b64(), svsub_s64_x(svptrue_b64(), field, bias));
    const svfloat64_t finite = svsel_f64(svcmpgt_n_f64(svptrue_b64(), size, 0.0), e,
                                         svdup_n_f64(-static_cast<double>(INFINITY)));
    return svsel_f64(svcmplt_n_f64(svptrue_b64(), size, static_cast<double>(INFINITY)), finite,
                     size);
  };
  return in_halves(one, a);
}
// ---- getmant
inline svfloat32_t getmant(svfloat32_t a) {
  const svfloat32_t scaled = svmul_n_f32_m(svcmplt_n_f32(svptrue_b32(), a, 0x1p-126f), a, 0x1p24f);
  const svuint32_t pattern = svreinterpret_u32_f32(scaled);
  const svuint32_t exponent = svdup_n_u32(0x3f800000U);
  const svuint32_t mantissa = svand_n_u32_x(svptrue_b32(), pattern, 0x807fffffU);
  const svfloat32_t m = svreinterpret_f32_u32(svorr_u32_x(svptrue_b32(), mantissa, exponent));
  const svfloat32_t of_sign = svsel_f32(svcmplt_n_f32(svptrue_b32(), a, 0.0f), svdup_n_f32(NAN), m);
  return svsel_f32(svcmpuo_f32(svptrue_b32(), a, a), a, of_sign);
}
inline svfloat64x2_t getmant(svfloat64x2_t a) {
  const auto one = [](svfloat64_t x) {
    const svfloat64_t scaled = svmul_n_f64_m(svcmplt_n_f64(svptrue_b64(), x, 0x1p-1022), x, 0x1p54);
    const svuint64_t pattern = svreinterpret_u64_f64(scaled);
    const svuint64_t exponent = svdup_n_u64(0x3ff0000000000000U);
    const svuint64_t mantissa = svand_n_u64_x(svptrue_b64(), pattern, 0x800fffffffffffffU);
    const svfloat64_t m = svreinterpret_f64_u64(svorr_u64_x(svptrue_b64(), mantissa, exponent));
    const svfloat64_t of_sign =
        svsel_f64(svcmplt_n_f64(svptrue_b64(), x, 0.0), svdup_n_f64(static_cast<double>(NAN)), m);
    return svsel_f64(svcmpuo_f64(svptrue_b64(), x, x), x, of_sign);
  };
  return in_halves(one, a);
}
// ---- getmant_centred
inline svfloat32_t getmant_centred(svfloat32_t a) {
  const svfloat32_t scaled = svmul_n_f32_m(svcmplt_n_f32(svptrue_b32(), a, 0x1p-126f), a, 0x1p24f);
  const svuint32_t pattern = svreinterpret_u32_f32(scaled);
  // From 1.5 on one binade less.
  const svbool_t half =
      svcmpne_n_u32(svptrue_b32(), svand_n_u32_x(svptrue_b32(), pattern, 0x00400000U), 0);
  const svuint32_t exponent = svsel_u32(half, svdup_n_u32(0x3f000000U), svdup_n_u32(0x3f800000U));
  const svuint32_t mantissa = svand_n_u32_x(svptrue_b32(), pattern, 0x807fffffU);
  const svfloat32_t m = svreinterpret_f32_u32(svorr_u32_x(svptrue_b32(), mantissa, exponent));
  const svfloat32_t of_sign = svsel_f32(svcmplt_n_f32(svptrue_b32(), a, 0.0f), svdup_n_f32(NAN), m);
  return svsel_f32(svcmpuo_f32(svptrue_b32(), a, a), a, of_sign);
}
inline svfloat64x2_t getmant_centred(svfloat64x2_t a) {
  const auto one = [](svfloat64_t x) {
    const svfloat64_t scaled = svmul_n_f64_m(svcmplt_n_f64(svptrue_b64(), x, 0x1p-1022), x, 0x1p54);
    const svuint64_t pattern = svreinterpret_u64_f64(scaled);
    // From 1.5 on one binade less.
    const svbool_t half =
        svcmpne_n_u64(svptrue_b64(), svand_n_u64_x(svptrue_b64(), pattern, 0x0008000000000000U), 0);
    const svuint64_t exponent =
        svsel_u64(half, svdup_n_u64(0x3fe0000000000000U), svdup_n_u64(0x3ff0000000000000U));
    const svuint64_t mantissa = svand_n_u64_x(svptrue_b64(), pattern, 0x800fffffffffffffU);
    const svfloat64_t m = svreinterpret_f64_u64(svorr_u64_x(svptrue_b64(), mantissa, exponent));
    const svfloat64_t of_sign =
        svsel_f64(svcmplt_n_f64(svptrue_b64(), x, 0.0), svdup_n_f64(static_cast<double>(NAN)), m);
    return svsel_f64(svcmpuo_f64(svptrue_b64(), x, x), x, of_sign);
  };
  return in_halves(one, a);
}
// ---- reciprocal_estimate
inline svfloat32_t reciprocal_estimate(svfloat32_t a) {
  return svreinterpret_f32_s32(svsubr_n_s32_x(svptrue_b32(), svreinterpret_s32_f32(a), 0x7ef311c7));
}
inline svfloat64x2_t reciprocal_estimate(svfloat64x2_t a) {
  return in_halves(
      [](svfloat64_t x) {
        return svreinterpret_f64_s64(
            svsubr_n_s64_x(svptrue_b64(), svreinterpret_s64_f64(x), 0x7fde623822fc16e6));
      },
      a);
}
// ---- permute8: by as many registers as the table fills; an index beyond one gives 0
inline svfloat32_t permute8(svint32_t i, const float* table) {
  const std::uint32_t lanes = static_cast<std::uint32_t>(svcntw());
  const svuint32_t entry = svreinterpret_u32_s32(svand_n_s32_x(svptrue_b32(), i, 7));
  svuint32_t found = svdup_n_u32(0);
  for (std::uint32_t k = 0; k < 8; k += lanes) {
    const svfloat32_t some = svld1_f32(svwhilelt_b32_u32(k, 8), table + k);
    const svuint32_t place = svsub_n_u32_x(svptrue_b32(), entry, k);
    found = svorr_u32_x(svptrue_b32(), found, svreinterpret_u32_f32(svtbl_f32(some, place)));
  }
  return svreinterpret_f32_u32(found);
}
inline svint32_t permute8(svint32_t i, const std::int32_t* table) {
  const std::uint32_t lanes = static_cast<std::uint32_t>(svcntw());
  const svuint32_t entry = svreinterpret_u32_s32(svand_n_s32_x(svptrue_b32(), i, 7));
  svuint32_t found = svdup_n_u32(0);
  for (std::uint32_t k = 0; k < 8; k += lanes) {
    const svint32_t some = svld1_s32(svwhilelt_b32_u32(k, 8), table + k);
    const svuint32_t place = svsub_n_u32_x(svptrue_b32(), entry, k);
    found = svorr_u32_x(svptrue_b32(), found, svreinterpret_u32_s32(svtbl_s32(some, place)));
  }
  return svreinterpret_s32_u32(found);
}
// ---- permute16
inline svfloat32_t permute16(svint32_t i, const float* table) {
  const std::uint32_t lanes = static_cast<std::uint32_t>(svcntw());
  const svuint32_t entry = svreinterpret_u32_s32(svand_n_s32_x(svptrue_b32(), i, 15));
  svuint32_t found = svdup_n_u32(0);
  for (std::uint32_t k = 0; k < 16; k += lanes) {
    const svfloat32_t some = svld1_f32(svwhilelt_b32_u32(k, 16), table + k);
    const svuint32_t place = svsub_n_u32_x(svptrue_b32(), entry, k);
    found = svorr_u32_x(svptrue_b32(), found, svreinterpret_u32_f32(svtbl_f32(some, place)));
  }
  return svreinterpret_f32_u32(found);
}
inline svint32_t permute16(svint32_t i, const std::int32_t* table) {
  const std::uint32_t lanes = static_cast<std::uint32_t>(svcntw());
  const svuint32_t entry = svreinterpret_u32_s32(svand_n_s32_x(svptrue_b32(), i, 15));
  svuint32_t found = svdup_n_u32(0);
  for (std::uint32_t k = 0; k < 16; k += lanes) {
    const svint32_t some = svld1_s32(svwhilelt_b32_u32(k, 16), table + k);
    const svuint32_t place = svsub_n_u32_x(svptrue_b32(), entry, k);
    found = svorr_u32_x(svptrue_b32(), found, svreinterpret_u32_s32(svtbl_s32(some, place)));
  }
  return svreinterpret_s32_u32(found);
}
// ---- permute32 (from memory: it would fill eight registers of 128 bits)
inline svfloat32_t permute32(svint32_t i, const float* table) {
  return svld1_gather_s32index_f32(svptrue_b32(), table, svand_n_s32_x(svptrue_b32(), i, 31));
}
inline svint32_t permute32(svint32_t i, const std::int32_t* table) {
  return svld1_gather_s32index_s32(svptrue_b32(), table, svand_n_s32_x(svptrue_b32(), i, 31));
}
// ---- lookup16
inline svfloat32_t lookup16(svint32_t i, const float* table) {
  return svld1_gather_s32index_f32(svptrue_b32(), table, svand_n_s32_x(svptrue_b32(), i, 15));
}
inline svfloat64x2_t lookup16(svint64x2_t i, const double* table) {
  const auto one = [table](svint64_t x) {
    return svld1_gather_s64index_f64(svptrue_b64(), table, svand_n_s64_x(svptrue_b64(), x, 15));
  };
  return in_halves(one, i);
}
inline svint32_t lookup16(svint32_t i, const std::int32_t* table) {
  return svld1_gather_s32index_s32(svptrue_b32(), table, svand_n_s32_x(svptrue_b32(), i, 15));
}
inline svint64x2_t lookup16(svint64x2_t i, const std::int64_t* table) {
  const auto one = [table](svint64_t x) {
    return svld1_gather_s64index_s64(svptrue_b64(), table, svand_n_s64_x(svptrue_b64(), x, 15));
  };
  return in_halves(one, i);
}
// ---- lookup32
inline svfloat32_t lookup32(svint32_t i, const float* table) {
  return svld1_gather_s32index_f32(svptrue_b32(), table, svand_n_s32_x(svptrue_b32(), i, 31));
}
inline svfloat64x2_t lookup32(svint64x2_t i, const double* table) {
  const auto one = [table](svint64_t x) {
    return svld1_gather_s64index_f64(svptrue_b64(), table, svand_n_s64_x(svptrue_b64(), x, 31));
  };
  return in_halves(one, i);
}
inline svint32_t lookup32(svint32_t i, const std::int32_t* table) {
  return svld1_gather_s32index_s32(svptrue_b32(), table, svand_n_s32_x(svptrue_b32(), i, 31));
}
inline svint64x2_t lookup32(svint64x2_t i, const std::int64_t* table) {
  const auto one = [table](svint64_t x) {
    return svld1_gather_s64index_s64(svptrue_b64(), table, svand_n_s64_x(svptrue_b64(), x, 31));
  };
  return in_halves(one, i);
}
// ---- lookup64
inline svfloat32_t lookup64(svint32_t i, const float* table) {
  return svld1_gather_s32index_f32(svptrue_b32(), table, svand_n_s32_x(svptrue_b32(), i, 63));
}
inline svfloat64x2_t lookup64(svint64x2_t i, const double* table) {
  const auto one = [table](svint64_t x) {
    return svld1_gather_s64index_f64(svptrue_b64(), table, svand_n_s64_x(svptrue_b64(), x, 63));
  };
  return in_halves(one, i);
}
inline svint32_t lookup64(svint32_t i, const std::int32_t* table) {
  return svld1_gather_s32index_s32(svptrue_b32(), table, svand_n_s32_x(svptrue_b32(), i, 63));
}
inline svint64x2_t lookup64(svint64x2_t i, const std::int64_t* table) {
  const auto one = [table](svint64_t x) {
    return svld1_gather_s64index_s64(svptrue_b64(), table, svand_n_s64_x(svptrue_b64(), x, 63));
  };
  return in_halves(one, i);
}
// ---- lookup128
inline svfloat32_t lookup128(svint32_t i, const float* table) {
  return svld1_gather_s32index_f32(svptrue_b32(), table, svand_n_s32_x(svptrue_b32(), i, 127));
}
inline svfloat64x2_t lookup128(svint64x2_t i, const double* table) {
  const auto one = [table](svint64_t x) {
    return svld1_gather_s64index_f64(svptrue_b64(), table, svand_n_s64_x(svptrue_b64(), x, 127));
  };
  return in_halves(one, i);
}
inline svint32_t lookup128(svint32_t i, const std::int32_t* table) {
  return svld1_gather_s32index_s32(svptrue_b32(), table, svand_n_s32_x(svptrue_b32(), i, 127));
}
inline svint64x2_t lookup128(svint64x2_t i, const std::int64_t* table) {
  const auto one = [table](svint64_t x) {
    return svld1_gather_s64index_s64(svptrue_b64(), table, svand_n_s64_x(svptrue_b64(), x, 127));
  };
  return in_halves(one, i);
}
// ---- lookup256
inline svfloat32_t lookup256(svint32_t i, const float* table) {
  return svld1_gather_s32index_f32(svptrue_b32(), table, svand_n_s32_x(svptrue_b32(), i, 255));
}
inline svfloat64x2_t lookup256(svint64x2_t i, const double* table) {
  const auto one = [table](svint64_t x) {
    return svld1_gather_s64index_f64(svptrue_b64(), table, svand_n_s64_x(svptrue_b64(), x, 255));
  };
  return in_halves(one, i);
}
inline svint32_t lookup256(svint32_t i, const std::int32_t* table) {
  return svld1_gather_s32index_s32(svptrue_b32(), table, svand_n_s32_x(svptrue_b32(), i, 255));
}
inline svint64x2_t lookup256(svint64x2_t i, const std::int64_t* table) {
  const auto one = [table](svint64_t x) {
    return svld1_gather_s64index_s64(svptrue_b64(), table, svand_n_s64_x(svptrue_b64(), x, 255));
  };
  return in_halves(one, i);
}
// ----

}  // namespace ulpforge::emit::sve
#endif
