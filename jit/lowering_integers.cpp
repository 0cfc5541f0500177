// Operations on the bits of integers and truth values.
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/IntrinsicsX86.h>

#include "jit/lowering_families.h"
#include "jit/registers.h"

namespace ulpforge::jit::lowering {
namespace {

/// LLVM's shifts are poison from the width on.
llvm::Value* shift_amount(const Site& site) {
  const std::uint64_t width = site.b()->getType()->getScalarSizeInBits();
  return site.build.CreateAnd(site.b(), llvm::ConstantInt::get(site.b()->getType(), width - 1));
}

/// The function of two operands whose value at (b, c) is bit 2b + c of the table.
llvm::Value* binary_by_table(const Site& site, unsigned table, llvm::Value* b, llvm::Value* c) {
  llvm::IRBuilderBase& build = site.build;
  switch (table) {
    case 0b0000:
      return llvm::Constant::getNullValue(b->getType());
    case 0b0001:
      return build.CreateNot(build.CreateOr(b, c));
    case 0b0010:
      return build.CreateAnd(build.CreateNot(b), c);
    case 0b0011:
      return build.CreateNot(b);
    case 0b0100:
      return build.CreateAnd(b, build.CreateNot(c));
    case 0b0101:
      return build.CreateNot(c);
    case 0b0110:
      return build.CreateXor(b, c);
    case 0b0111:
      return build.CreateNot(build.CreateAnd(b, c));
    default:
      return build.CreateNot(binary_by_table(site, ~table & 0xf, b, c));
  }
}

}  // namespace

llvm::Value* bit_and(const Site& site) { return site.build.CreateAnd(site.a(), site.b()); }
llvm::Value* bit_or(const Site& site) { return site.build.CreateOr(site.a(), site.b()); }
llvm::Value* bit_xor(const Site& site) { return site.build.CreateXor(site.a(), site.b()); }
llvm::Value* bit_not(const Site& site) { return site.build.CreateNot(site.a()); }

llvm::Value* shift_left(const Site& site) {
  return site.build.CreateShl(site.a(), shift_amount(site));
}

llvm::Value* shift_right(const Site& site) {
  return site.build.CreateAShr(site.a(), shift_amount(site));
}

llvm::Value* shift_right_logical(const Site& site) {
  return site.build.CreateLShr(site.a(), shift_amount(site));
}

llvm::Value* ternary(const Site& site) {
  if (site.isa == Isa::Avx512) {
    namespace I = llvm::Intrinsic;
    return by_registers(
        site,
        site.type == ir::Type::I32 ? I::x86_avx512_pternlog_d_512 : I::x86_avx512_pternlog_q_512,
        {site.a(), site.b(), site.c()}, {site.build.getInt32(site.immediate)});
  }
  llvm::Value* where_set = binary_by_table(site, site.immediate >> 4, site.b(), site.c());
  llvm::Value* where_clear = binary_by_table(site, site.immediate & 0xf, site.b(), site.c());
  return site.build.CreateOr(site.build.CreateAnd(site.a(), where_set),
                             site.build.CreateAnd(site.build.CreateNot(site.a()), where_clear));
}

llvm::Value* reciprocal_estimate(const Site& site) {
  const std::uint64_t magic = site.type == ir::Type::F32 ? 0x7ef311c7U : 0x7fde623822fc16e6U;
  llvm::Type* integers = vector_type(site.build.getContext(), ir::integer_of(site.type), site.isa);
  llvm::Value* pattern = site.build.CreateBitCast(site.a(), integers);
  return site.build.CreateBitCast(
      site.build.CreateSub(llvm::ConstantInt::get(integers, magic), pattern), site.a()->getType());
}

}  // namespace ulpforge::jit::lowering
