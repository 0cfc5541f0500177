// Scaling by powers of two, exponents, mantissas and fractions: an instruction where AVX-512 has
// it, else the steps of ir/portable.h.
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/IntrinsicsX86.h>

#include <cmath>
#include <limits>

#include "jit/lowering_families.h"
#include "jit/registers.h"

namespace ulpforge::jit::lowering {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Short names for what the portable forms are made of.
struct Portable {
  const Site& site;
  llvm::IRBuilderBase& build = site.build;
  bool f32 = site.type == ir::Type::F32;
  unsigned mantissa_bits = f32 ? 23 : 52;
  std::int64_t bias = f32 ? 127 : 1023;
  llvm::Type* floats = site.a()->getType();
  llvm::Type* integers = vector_type(build.getContext(), ir::integer_of(site.type), site.isa);

  llvm::Value* number(double value) const { return llvm::ConstantFP::get(floats, value); }
  llvm::Value* integer(std::int64_t value) const {
    return llvm::ConstantInt::getSigned(integers, value);
  }
  llvm::Value* where(llvm::Value* condition, llvm::Value* a, llvm::Value* b) const {
    return build.CreateSelect(condition, a, b);
  }
  llvm::Value* size(llvm::Value* a) const {
    return build.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, a);
  }
  /// (a < least normal, a or a * 2^24 or 2^54: a normal number where a is subnormal)
  std::pair<llvm::Value*, llvm::Value*> normalised(llvm::Value* a) const {
    llvm::Value* tiny = build.CreateFCmpOLT(a, number(f32 ? 0x1p-126 : 0x1p-1022));
    return {tiny, where(tiny, build.CreateFMul(a, number(f32 ? 0x1p24 : 0x1p54)), a)};
  }
};

/// A vector in every element's mask, and the rounding: how AVX-512's unary intrinsics end.
llvm::Value* by_masked_registers(const Site& site, unsigned intrinsic,
                                 std::initializer_list<llvm::Value*> operands,
                                 std::optional<std::uint32_t> immediate = {}) {
  const unsigned elements = register_elements(site.isa, site.type);
  llvm::Value* unused = llvm::PoisonValue::get(
      llvm::FixedVectorType::get(scalar_type(site.build.getContext(), site.type), elements));
  llvm::Value* all = llvm::ConstantInt::getAllOnesValue(site.build.getIntNTy(elements));
  llvm::Value* rounding = current_rounding(site);
  if (immediate) {
    return by_registers(site, intrinsic, operands,
                        {site.build.getInt32(*immediate), unused, all, rounding});
  }
  return by_registers(site, intrinsic, operands, {unused, all, rounding});
}

/// The significand with the exponent that `biased` gives for its bits.
template <class Biased>
llvm::Value* significand(const Site& site, Biased biased) {
  const Portable p{site};
  llvm::Value* a = site.a();
  llvm::Value* pattern = p.build.CreateBitCast(p.normalised(a).second, p.integers);
  const std::int64_t exponent_field = (p.f32 ? 0xffLL : 0x7ffLL) << p.mantissa_bits;
  pattern =
      p.build.CreateOr(p.build.CreateAnd(pattern, p.integer(~exponent_field)), biased(p, pattern));
  llvm::Value* m = p.build.CreateBitCast(pattern, p.floats);
  m = p.where(p.build.CreateFCmpOLT(a, p.number(0)),
              p.number(std::numeric_limits<double>::quiet_NaN()), m);
  return p.where(p.build.CreateFCmpUNO(a, a), a, m);
}

/// Whether a is a quiet NaN.
llvm::Value* is_quiet_nan(const Portable& p, llvm::Value* a) {
  llvm::Value* quiet_bit = p.build.CreateAnd(p.build.CreateBitCast(a, p.integers),
                                             p.integer(1LL << (p.mantissa_bits - 1)));
  return p.build.CreateAnd(p.build.CreateFCmpUNO(a, a),
                           p.build.CreateICmpNE(quiet_bit, p.integer(0)));
}

/// floor(b), or what of it matters, as an integer; anything for NaN.
llvm::Value* bounded_floor(const Portable& p) {
  const Site& site = p.site;
  const double bound = p.f32 ? 300 : 5000;  // takes every number out of the range
  llvm::Value* low = floor(Site{site.build, site.isa, site.type, 0, {site.b(), nullptr, nullptr}});
  low = p.where(p.build.CreateFCmpOGT(low, p.number(-bound)), low, p.number(-bound));
  low = p.where(p.build.CreateFCmpOLT(low, p.number(bound)), low, p.number(bound));
  return p.build.CreateFPToSI(low, p.integers);
}

/// a * 2^floor(b) in three steps, of which only the last may round: a step down leaves as many bits
/// of room as a number has above the least normal one.
llvm::Value* scalef_in_steps(const Site& site) {
  const Portable p{site};
  llvm::IRBuilderBase& build = site.build;
  const std::int64_t up = p.bias;
  const std::int64_t least = 1 - p.bias;
  const std::int64_t down = least + static_cast<std::int64_t>(p.mantissa_bits) + 1;
  llvm::Value* n = bounded_floor(p);
  llvm::Value* r = site.a();
  for (int step = 0; step < 2; ++step) {
    llvm::Value* above = build.CreateICmpSGT(n, p.integer(up));
    llvm::Value* below = build.CreateICmpSLT(n, p.integer(least));
    const auto power = [&](std::int64_t exponent) {
      return p.number(std::ldexp(1.0, static_cast<int>(exponent)));
    };
    r = build.CreateFMul(r, p.where(above, power(up), p.where(below, power(down), power(0))));
    n = build.CreateSub(
        n, p.where(above, p.integer(up), p.where(below, p.integer(down), p.integer(0))));
  }
  n = p.where(build.CreateICmpSGT(n, p.integer(up)), p.integer(up), n);
  n = p.where(build.CreateICmpSLT(n, p.integer(least)), p.integer(least), n);
  llvm::Value* factor = build.CreateBitCast(
      build.CreateShl(build.CreateAdd(n, p.integer(p.bias)), std::uint64_t{p.mantissa_bits}),
      p.floats);
  r = build.CreateFMul(r, factor);
  llvm::Value* size = p.where(is_quiet_nan(p, site.a()), p.number(1), site.a());
  r = p.where(build.CreateFCmpOEQ(site.b(), p.number(kInfinity)),
              build.CreateFMul(size, p.number(kInfinity)), r);
  r = p.where(build.CreateFCmpOEQ(site.b(), p.number(-kInfinity)),
              build.CreateFMul(size, p.number(0)), r);
  return p.where(build.CreateFCmpUNO(site.b(), site.b()), site.b(), r);
}

}  // namespace

llvm::Value* fraction(const Site& site) {
  namespace I = llvm::Intrinsic;
  const Portable p{site};
  llvm::Value* a = site.a();
  if (site.isa == Isa::Avx512) {
    // No places after the point, towards minus infinity, no exceptions.
    return by_masked_registers(
        site, p.f32 ? I::x86_avx512_mask_reduce_ps_512 : I::x86_avx512_mask_reduce_pd_512, {a},
        0b1001);
  }
  llvm::IRBuilderBase& build = site.build;
  llvm::Value* whole = floor(site);
  llvm::Value* r = build.CreateFSub(a, whole);
  llvm::Value* rounded_up = build.CreateFCmpOGT(build.CreateFAdd(r, whole), a);
  llvm::Value* down = build.CreateBitCast(
      build.CreateAdd(build.CreateBitCast(r, p.integers), build.CreateSExt(rounded_up, p.integers)),
      p.floats);
  down = p.where(build.CreateFCmpOEQ(down, p.number(0)), p.number(-0.0), down);
  return p.where(build.CreateFCmpOEQ(p.size(a), p.number(kInfinity)), p.number(0), down);
}

llvm::Value* scalef(const Site& site) {
  namespace I = llvm::Intrinsic;
  const bool f32 = site.type == ir::Type::F32;
  if (site.isa != Isa::Avx512) return scalef_in_steps(site);
  return by_masked_registers(
      site, f32 ? I::x86_avx512_mask_scalef_ps_512 : I::x86_avx512_mask_scalef_pd_512,
      {site.a(), site.b()});
}

llvm::Value* getexp(const Site& site) {
  namespace I = llvm::Intrinsic;
  const Portable p{site};
  if (site.isa == Isa::Avx512) {
    return by_masked_registers(
        site, p.f32 ? I::x86_avx512_mask_getexp_ps_512 : I::x86_avx512_mask_getexp_pd_512,
        {site.a()});
  }
  llvm::Value* size = p.size(site.a());
  const auto [tiny, scaled] = p.normalised(size);
  llvm::Value* field = p.build.CreateLShr(p.build.CreateBitCast(scaled, p.integers),
                                          static_cast<std::uint64_t>(p.mantissa_bits));
  const std::int64_t raised = p.bias + (p.f32 ? 24 : 54);
  llvm::Value* exponent = p.build.CreateSIToFP(
      p.build.CreateSub(field, p.where(tiny, p.integer(raised), p.integer(p.bias))), p.floats);
  llvm::Value* finite =
      p.where(p.build.CreateFCmpOGT(size, p.number(0)), exponent, p.number(-kInfinity));
  return p.where(p.build.CreateFCmpOLT(size, p.number(kInfinity)), finite, size);
}

llvm::Value* getmant(const Site& site) {
  namespace I = llvm::Intrinsic;
  if (site.isa == Isa::Avx512) {
    // Interval [1, 2), NaN for negative numbers.
    return by_masked_registers(site,
                               site.type == ir::Type::F32 ? I::x86_avx512_mask_getmant_ps_512
                                                          : I::x86_avx512_mask_getmant_pd_512,
                               {site.a()}, 0b1000);
  }
  return significand(
      site, [](const Portable& p, llvm::Value*) { return p.integer(p.bias << p.mantissa_bits); });
}

llvm::Value* getmant_centred(const Site& site) {
  namespace I = llvm::Intrinsic;
  if (site.isa == Isa::Avx512) {
    // Interval [3/4, 3/2), NaN for negative numbers.
    return by_masked_registers(site,
                               site.type == ir::Type::F32 ? I::x86_avx512_mask_getmant_ps_512
                                                          : I::x86_avx512_mask_getmant_pd_512,
                               {site.a()}, 0b1011);
  }
  return significand(site, [](const Portable& p, llvm::Value* pattern) {
    // From 1.5 on one binade less.
    llvm::Value* half = p.build.CreateAnd(pattern, p.integer(1LL << (p.mantissa_bits - 1)));
    return p.where(p.build.CreateICmpNE(half, p.integer(0)),
                   p.integer((p.bias - 1) << p.mantissa_bits),
                   p.integer(p.bias << p.mantissa_bits));
  });
}

}  // namespace ulpforge::jit::lowering
