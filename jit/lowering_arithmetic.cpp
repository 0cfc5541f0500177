// Arithmetic: one LLVM instruction each, where the host rounds to integers or has x86's min and
// max.
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/IntrinsicsX86.h>

#include "jit/lowering_families.h"
#include "jit/registers.h"

namespace ulpforge::jit::lowering {
namespace {

/// All that have fma have instructions for that, too.
bool rounds_to_integers(Isa isa) { return has_fma(isa); }

llvm::Value* unary(const Site& site, llvm::Intrinsic::ID intrinsic, llvm::Value* a) {
  return site.build.CreateUnaryIntrinsic(intrinsic, a);
}

llvm::Value* constant(const Site& site, double value) {
  return llvm::ConstantFP::get(site.a()->getType(), value);
}

/// x86's own instruction, or else its meaning.
llvm::Value* extremum(const Site& site, const IntrinsicTable& table,
                      llvm::CmpInst::Predicate keep_first) {
  if (const unsigned intrinsic = table.find(site.isa, site.type)) {
    return site.isa == Isa::Avx512
               ? by_registers(site, intrinsic, {site.a(), site.b()}, {current_rounding(site)})
               : by_registers(site, intrinsic, {site.a(), site.b()});
  }
  return site.build.CreateSelect(site.build.CreateFCmp(keep_first, site.a(), site.b()), site.a(),
                                 site.b());
}

}  // namespace

llvm::Value* neg(const Site& site) { return site.build.CreateFNeg(site.a()); }

llvm::Value* add(const Site& site) {
  return ir::is_float(site.type) ? site.build.CreateFAdd(site.a(), site.b())
                                 : site.build.CreateAdd(site.a(), site.b());
}

llvm::Value* sub(const Site& site) {
  return ir::is_float(site.type) ? site.build.CreateFSub(site.a(), site.b())
                                 : site.build.CreateSub(site.a(), site.b());
}

llvm::Value* mul(const Site& site) {
  return ir::is_float(site.type) ? site.build.CreateFMul(site.a(), site.b())
                                 : site.build.CreateMul(site.a(), site.b());
}

llvm::Value* div(const Site& site) { return site.build.CreateFDiv(site.a(), site.b()); }

llvm::Value* sqrt(const Site& site) { return unary(site, llvm::Intrinsic::sqrt, site.a()); }

llvm::Value* fma(const Site& site) {
  return site.build.CreateIntrinsic(llvm::Intrinsic::fma, {site.a()->getType()},
                                    {site.a(), site.b(), site.c()});
}

llvm::Value* fabs(const Site& site) { return unary(site, llvm::Intrinsic::fabs, site.a()); }

llvm::Value* min(const Site& site) {
  namespace I = llvm::Intrinsic;
  return extremum(site,
                  {I::x86_sse_min_ps, I::x86_sse2_min_pd, I::x86_avx_min_ps_256,
                   I::x86_avx_min_pd_256, I::x86_avx512_min_ps_512, I::x86_avx512_min_pd_512},
                  llvm::CmpInst::FCMP_OLT);
}

llvm::Value* max(const Site& site) {
  namespace I = llvm::Intrinsic;
  return extremum(site,
                  {I::x86_sse_max_ps, I::x86_sse2_max_pd, I::x86_avx_max_ps_256,
                   I::x86_avx_max_pd_256, I::x86_avx512_max_ps_512, I::x86_avx512_max_pd_512},
                  llvm::CmpInst::FCMP_OGT);
}

llvm::Value* rint(const Site& site) {
  if (rounds_to_integers(site.isa)) return unary(site, llvm::Intrinsic::rint, site.a());
  // Adding 2^23 (2^52) leaves no bits for a fraction; from there on every number is an integer.
  llvm::Value* magic = constant(site, site.type == ir::Type::F32 ? 0x1p23 : 0x1p52);
  llvm::Value* size = unary(site, llvm::Intrinsic::fabs, site.a());
  llvm::Value* rounded = site.build.CreateFSub(site.build.CreateFAdd(size, magic), magic);
  llvm::Value* with_sign =
      site.build.CreateBinaryIntrinsic(llvm::Intrinsic::copysign, rounded, site.a());
  return site.build.CreateSelect(site.build.CreateFCmpOLT(size, magic), with_sign, site.a());
}

llvm::Value* floor(const Site& site) {
  if (rounds_to_integers(site.isa)) return unary(site, llvm::Intrinsic::floor, site.a());
  llvm::Value* rounded = rint(site);
  return site.build.CreateSelect(site.build.CreateFCmpOGT(rounded, site.a()),
                                 site.build.CreateFSub(rounded, constant(site, 1)), rounded);
}

llvm::Value* copysign(const Site& site) {
  return site.build.CreateBinaryIntrinsic(llvm::Intrinsic::copysign, site.a(), site.b());
}

}  // namespace ulpforge::jit::lowering
