// Which function lowers which operation.
#include "jit/lowering.h"

#include <llvm/IR/DerivedTypes.h>
#include <llvm/IR/LLVMContext.h>

#include "jit/lowering_families.h"

namespace ulpforge::jit {

Lowering find_lowering(ir::Op op) {
  // A row of the machine without a function of its name does not compile.
  switch (op) {
#define ARITHMETIC(enumerator, name, ...) \
  case ir::Op::enumerator:                \
    return lowering::name;
#define MACHINE(enumerator, name, ...) \
  case ir::Op::enumerator:             \
    return lowering::name;
#define REFERENCE(enumerator, ...) \
  case ir::Op::enumerator:         \
    return nullptr;
#include "ir/ops.def"
#undef ARITHMETIC
#undef MACHINE
#undef REFERENCE
  }
  return nullptr;
}

llvm::Type* scalar_type(llvm::LLVMContext& context, ir::Type type) {
  switch (type) {
    case ir::Type::F32:
      return llvm::Type::getFloatTy(context);
    case ir::Type::F64:
      return llvm::Type::getDoubleTy(context);
    case ir::Type::I32:
      return llvm::Type::getInt32Ty(context);
    case ir::Type::I64:
      return llvm::Type::getInt64Ty(context);
    case ir::Type::Bool:
      return llvm::Type::getInt1Ty(context);
    case ir::Type::Real:
      break;
  }
  return nullptr;
}

llvm::Type* vector_type(llvm::LLVMContext& context, ir::Type type, Isa isa) {
  return llvm::FixedVectorType::get(scalar_type(context, type), lanes(isa));
}

}  // namespace ulpforge::jit
