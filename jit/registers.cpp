// Vectors split into registers, and the intrinsics for those.
#include "jit/registers.h"

#include <llvm/Analysis/VectorUtils.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Intrinsics.h>

#include <vector>

namespace ulpforge::jit {
namespace {

/// Applies the function to operands that are split into vectors of so many elements, and puts the
/// results side by side.
template <class Function>
llvm::Value* by_vectors_of(unsigned elements, llvm::IRBuilderBase& build,
                           std::initializer_list<llvm::Value*> operands, const Function& apply) {
  const auto* type = llvm::cast<llvm::FixedVectorType>((*operands.begin())->getType());
  if (type->getNumElements() == elements) return apply(operands);
  std::vector<llvm::Value*> results;
  for (unsigned begin = 0; begin < type->getNumElements(); begin += elements) {
    std::vector<llvm::Value*> parts;
    for (llvm::Value* operand : operands) {
      parts.push_back(
          build.CreateShuffleVector(operand, llvm::createSequentialMask(begin, elements, 0)));
    }
    results.push_back(apply(parts));
  }
  return llvm::concatenateVectors(build, results);
}

}  // namespace

unsigned register_elements(Isa isa, ir::Type type) {
  const bool narrow = type == ir::Type::F32 || type == ir::Type::I32;
  return narrow ? lanes(isa) : lanes(isa) / 2;
}

llvm::Value* by_registers(const Site& site, unsigned intrinsic,
                          std::initializer_list<llvm::Value*> operands,
                          std::initializer_list<llvm::Value*> further) {
  return by_vectors_of(register_elements(site.isa, site.type), site.build, operands,
                       [&](std::vector<llvm::Value*> arguments) {
                         arguments.insert(arguments.end(), further);
                         return site.build.CreateIntrinsic(intrinsic, {}, arguments);
                       });
}

unsigned IntrinsicTable::find(Isa isa, ir::Type type) const {
  const bool f32 = type == ir::Type::F32;
  switch (isa) {
    case Isa::Scalar:
    case Isa::ScalarFma:
    case Isa::Generic:
    case Isa::Neon:
    case Isa::Sve:
      return 0;
    case Isa::Sse2:
      return f32 ? sse2_f32 : sse2_f64;
    case Isa::Avx2:
      return f32 ? avx2_f32 : avx2_f64;
    case Isa::Avx512:
      return f32 ? avx512_f32 : avx512_f64;
  }
  return 0;
}

llvm::Value* current_rounding(const Site& site) { return site.build.getInt32(4); }

}  // namespace ulpforge::jit
