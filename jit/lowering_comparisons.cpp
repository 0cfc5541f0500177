// Comparisons and selection.
#include <llvm/IR/IRBuilder.h>

#include "jit/lowering_families.h"

namespace ulpforge::jit::lowering {
namespace {

llvm::Value* compare(const Site& site, llvm::CmpInst::Predicate floats,
                     llvm::CmpInst::Predicate integers) {
  return site.build.CreateCmp(ir::is_float(site.type) ? floats : integers, site.a(), site.b());
}

}  // namespace

llvm::Value* less(const Site& site) {
  return compare(site, llvm::CmpInst::FCMP_OLT, llvm::CmpInst::ICMP_SLT);
}

llvm::Value* less_equal(const Site& site) {
  return compare(site, llvm::CmpInst::FCMP_OLE, llvm::CmpInst::ICMP_SLE);
}

llvm::Value* equal(const Site& site) {
  return compare(site, llvm::CmpInst::FCMP_OEQ, llvm::CmpInst::ICMP_EQ);
}

llvm::Value* select(const Site& site) {
  return site.build.CreateSelect(site.a(), site.b(), site.c());
}

llvm::Value* select_rare(const Site& site) { return select(site); }

}  // namespace ulpforge::jit::lowering
