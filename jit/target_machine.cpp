#include "jit/target_machine.h"

#include <fmt/format.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/Target/TargetOptions.h>
#include <llvm/TargetParser/Host.h>

#include <mutex>
#include <stdexcept>
#include <string>

namespace ulpforge::jit {
namespace {

/// LLVM keeps its list of targets in a global that has to be filled once.
void initialize_llvm() {
  static std::once_flag once;
  std::call_once(once, [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    llvm::InitializeNativeTargetDisassembler();
  });
}

}  // namespace

std::string features(Isa isa) {
  std::string list;
  for (const std::string_view extension : extensions(isa)) {
    list += fmt::format("{}+{}", list.empty() ? "" : ",", extension);
  }
  return list;
}

std::unique_ptr<llvm::TargetMachine> make_target_machine(Isa isa, OptimisationLevel level) {
  initialize_llvm();
  const std::string triple = llvm::sys::getProcessTriple();
  std::string error;
  const llvm::Target* target = llvm::TargetRegistry::lookupTarget(triple, error);
  if (target == nullptr) throw std::invalid_argument(error);
  llvm::TargetOptions options;
  options.AllowFPOpFusion = llvm::FPOpFusion::Strict;
  const bool fast = level == OptimisationLevel::Fast;
  return std::unique_ptr<llvm::TargetMachine>(target->createTargetMachine(
      triple, "", features(isa), options, llvm::Reloc::PIC_, llvm::CodeModel::Small,
      fast ? llvm::CodeGenOptLevel::None : llvm::CodeGenOptLevel::Aggressive, true));
}

}  // namespace ulpforge::jit
