// Conversions between types, and bits as floats.
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/IntrinsicsX86.h>

#include "jit/lowering_families.h"
#include "jit/registers.h"

namespace ulpforge::jit::lowering {
namespace {

llvm::Type* result_vector(const Site& site, ir::Type type) {
  return vector_type(site.build.getContext(), type, site.isa);
}

/// x86's conversion, whose result beyond the range is the least integer; 0 where it has none.
llvm::Value* by_instruction(const Site& site, const IntrinsicTable& table) {
  const unsigned intrinsic = table.find(site.isa, site.type);
  if (intrinsic == 0) return nullptr;
  if (site.isa != Isa::Avx512) return by_registers(site, intrinsic, {site.a()});
  const unsigned elements = register_elements(site.isa, site.type);
  llvm::Type* integer = scalar_type(site.build.getContext(), ir::integer_of(site.type));
  return by_registers(
      site, intrinsic, {site.a()},
      {llvm::PoisonValue::get(llvm::FixedVectorType::get(integer, elements)),
       llvm::ConstantInt::getAllOnesValue(site.build.getIntNTy(elements)), current_rounding(site)});
}

/// The integer part of a number, whatever it is. (LLVM's conversion is poison beyond the range.)
llvm::Value* convert(const Site& site, llvm::Value* number) {
  const double bound = site.type == ir::Type::F32 ? 0x1p31 : 0x1p63;
  llvm::Value* least = llvm::ConstantFP::get(number->getType(), -bound);
  llvm::Value* beyond = llvm::ConstantFP::get(number->getType(), bound);
  llvm::Value* in_range = site.build.CreateAnd(site.build.CreateFCmpOGE(number, least),
                                               site.build.CreateFCmpOLT(number, beyond));
  return site.build.CreateFPToSI(site.build.CreateSelect(in_range, number, least),
                                 result_vector(site, ir::integer_of(site.type)));
}

}  // namespace

llvm::Value* widen(const Site& site) {
  return site.build.CreateFPExt(site.a(), result_vector(site, ir::Type::F64));
}

llvm::Value* narrow(const Site& site) {
  return site.build.CreateFPTrunc(site.a(), result_vector(site, ir::Type::F32));
}

llvm::Value* truncate(const Site& site) {
  namespace I = llvm::Intrinsic;
  llvm::Value* result =
      by_instruction(site, {I::x86_sse2_cvttps2dq, 0, I::x86_avx_cvtt_ps2dq_256, 0,
                            I::x86_avx512_mask_cvttps2dq_512, I::x86_avx512_mask_cvttpd2qq_512});
  return result != nullptr ? result : convert(site, site.a());
}

llvm::Value* round_to_integer(const Site& site) {
  namespace I = llvm::Intrinsic;
  llvm::Value* result =
      by_instruction(site, {I::x86_sse2_cvtps2dq, 0, I::x86_avx_cvt_ps2dq_256, 0,
                            I::x86_avx512_mask_cvtps2dq_512, I::x86_avx512_mask_cvtpd2qq_512});
  return result != nullptr ? result : convert(site, rint(site));
}

llvm::Value* from_integer(const Site& site) {
  return site.build.CreateSIToFP(site.a(), result_vector(site, site.type));
}

llvm::Value* sign_extend(const Site& site) {
  return site.build.CreateSExt(site.a(), result_vector(site, ir::Type::I64));
}

llvm::Value* wrap(const Site& site) {
  return site.build.CreateTrunc(site.a(), result_vector(site, ir::Type::I32));
}

llvm::Value* bits(const Site& site) {
  return site.build.CreateBitCast(site.a(), result_vector(site, ir::integer_of(site.type)));
}

llvm::Value* from_bits(const Site& site) {
  return site.build.CreateBitCast(site.a(), result_vector(site, site.type));
}

}  // namespace ulpforge::jit::lowering
