#include "jit/pieces.h"

#include <llvm/Analysis/VectorUtils.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Intrinsics.h>

namespace ulpforge::jit {

llvm::Value* by_pieces(llvm::IRBuilderBase& build, unsigned piece,
                       std::initializer_list<llvm::Value*> operands,
                       const std::function<llvm::Value*(const std::vector<llvm::Value*>&)>& apply) {
  const auto* type = llvm::cast<llvm::FixedVectorType>((*operands.begin())->getType());
  const unsigned elements = type->getNumElements();
  if (elements == piece) return apply(operands);
  std::vector<llvm::Value*> results;
  for (unsigned begin = 0; begin < elements; begin += piece) {
    std::vector<llvm::Value*> pieces;
    for (llvm::Value* operand : operands) {
      pieces.push_back(
          build.CreateShuffleVector(operand, llvm::createSequentialMask(begin, piece, 0)));
    }
    results.push_back(apply(pieces));
  }
  return llvm::concatenateVectors(build, results);
}

unsigned register_elements(Isa isa, ir::Type type) {
  const bool narrow = type == ir::Type::F32 || type == ir::Type::I32;
  return narrow ? lanes(isa) : lanes(isa) / 2;
}

llvm::Value* by_registers(const Site& site, unsigned intrinsic,
                          std::initializer_list<llvm::Value*> operands,
                          std::initializer_list<llvm::Value*> further) {
  return by_pieces(site.build, register_elements(site.isa, site.type), operands,
                   [&](std::vector<llvm::Value*> arguments) {
                     arguments.insert(arguments.end(), further);
                     return site.build.CreateIntrinsic(intrinsic, {}, arguments);
                   });
}

unsigned IntrinsicTable::find(Isa isa, ir::Type type) const {
  const bool f32 = type == ir::Type::F32;
  switch (isa) {
    case Isa::Generic:
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
