// Permutations and lookups: an entry of a table of constants for each element's index.
//
// The table is memory. Of permutations optimised code reads it into registers once, before the
// loop.
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/IntrinsicsX86.h>

#include "jit/lowering_families.h"
#include "jit/registers.h"

namespace ulpforge::jit::lowering {
namespace {

/// Entries first .. first + count - 1.
llvm::Value* entries(const Site& site, unsigned first, unsigned count) {
  llvm::Type* entry = vector_type(site.build.getContext(), site.type, site.isa)->getScalarType();
  return site.build.CreateAlignedLoad(llvm::FixedVectorType::get(entry, count),
                                      site.build.CreateConstInBoundsGEP1_32(entry, site.b(), first),
                                      llvm::Align(4));
}

/// Element by element from memory.
llvm::Value* by_elements(const Site& site, unsigned size) {
  llvm::Type* type = vector_type(site.build.getContext(), site.type, site.isa);
  llvm::Type* entry = type->getScalarType();
  llvm::Value* index =
      site.build.CreateAnd(site.a(), llvm::ConstantInt::get(site.a()->getType(), size - 1));
  llvm::Value* result = llvm::PoisonValue::get(type);
  for (unsigned i = 0; i < lanes(site.isa); ++i) {
    llvm::Value* place = site.build.CreateInBoundsGEP(
        entry, site.b(), {site.build.CreateExtractElement(index, std::uint64_t{i})});
    result = site.build.CreateInsertElement(result, site.build.CreateLoad(entry, place),
                                            std::uint64_t{i});
  }
  return result;
}

/// AVX2 permutes 8 entries by the index's low 3 bits; the higher bits choose among such results.
llvm::Value* by_eighths(const Site& site, unsigned size) {
  namespace I = llvm::Intrinsic;
  const unsigned intrinsic = site.type == ir::Type::F32 ? I::x86_avx2_permps : I::x86_avx2_permd;
  std::vector<llvm::Value*> results;
  for (unsigned first = 0; first < size; first += 8) {
    results.push_back(
        site.build.CreateIntrinsic(intrinsic, {}, {entries(site, first, 8), site.a()}));
  }
  llvm::Value* zero = llvm::Constant::getNullValue(site.a()->getType());
  for (unsigned bit = 3; results.size() > 1; ++bit) {
    // The bit becomes the sign, which is what a blend looks at.
    llvm::Value* high = site.build.CreateICmpSLT(site.build.CreateShl(site.a(), 31 - bit), zero);
    for (std::size_t k = 0; k < results.size() / 2; ++k) {
      results[k] = site.build.CreateSelect(high, results[2 * k + 1], results[2 * k]);
    }
    results.resize(results.size() / 2);
  }
  return results.front();
}

/// AVX-512 permutes 16 entries.
llvm::Value* by_sixteen(const Site& site, llvm::Value* table) {
  namespace I = llvm::Intrinsic;
  return site.build.CreateIntrinsic(
      site.type == ir::Type::F32 ? I::x86_avx512_permvar_sf_512 : I::x86_avx512_permvar_si_512, {},
      {table, site.a()});
}

}  // namespace

llvm::Value* permute8(const Site& site) {
  if (site.isa == Isa::Avx2) return by_eighths(site, 8);
  if (site.isa != Isa::Avx512) return by_elements(site, 8);
  std::vector<int> twice(16);
  for (int k = 0; k < 16; ++k) twice[static_cast<std::size_t>(k)] = k % 8;
  return by_sixteen(site, site.build.CreateShuffleVector(entries(site, 0, 8), twice));
}

llvm::Value* permute16(const Site& site) {
  if (site.isa == Isa::Avx2) return by_eighths(site, 16);
  if (site.isa != Isa::Avx512) return by_elements(site, 16);
  return by_sixteen(site, entries(site, 0, 16));
}

llvm::Value* permute32(const Site& site) {
  namespace I = llvm::Intrinsic;
  if (site.isa == Isa::Avx2) return by_eighths(site, 32);
  if (site.isa != Isa::Avx512) return by_elements(site, 32);
  return site.build.CreateIntrinsic(
      site.type == ir::Type::F32 ? I::x86_avx512_vpermi2var_ps_512 : I::x86_avx512_vpermi2var_d_512,
      {}, {entries(site, 0, 16), site.a(), entries(site, 16, 16)});
}

llvm::Value* lookup16(const Site& site) { return by_elements(site, 16); }
llvm::Value* lookup32(const Site& site) { return by_elements(site, 32); }
llvm::Value* lookup64(const Site& site) { return by_elements(site, 64); }
llvm::Value* lookup128(const Site& site) { return by_elements(site, 128); }
llvm::Value* lookup256(const Site& site) { return by_elements(site, 256); }

}  // namespace ulpforge::jit::lowering
