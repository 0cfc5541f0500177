#include "jit/object_code.h"

#include <fmt/format.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Verifier.h>
#include <llvm/MC/MCContext.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/SmallVectorMemoryBuffer.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>

#include <stdexcept>

#include "jit/kernel.h"

namespace ulpforge::jit {
namespace {

/// What clang's -O3 does to emitted code, but for the loops: their form is chosen already.
void optimise(llvm::Module& module, llvm::TargetMachine& machine) {
  llvm::PipelineTuningOptions tuning;
  tuning.LoopUnrolling = false;
  tuning.LoopInterleaving = false;
  tuning.LoopVectorization = false;
  tuning.SLPVectorization = false;
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  llvm::PassBuilder builder(&machine, tuning);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  builder.buildPerModuleDefaultPipeline(llvm::OptimizationLevel::O3).run(module, modules);
}

}  // namespace

std::unique_ptr<llvm::MemoryBuffer> compile_object(llvm::TargetMachine& machine,
                                                   const std::string& prefix,
                                                   std::span<const ir::Program> programs,
                                                   const Options& options, Isa isa) {
  llvm::LLVMContext context;
  llvm::Module module(prefix, context);
  module.setDataLayout(machine.createDataLayout());
  module.setTargetTriple(machine.getTargetTriple().str());
  for (std::size_t k = 0; k < programs.size(); ++k) {
    add_kernel(module, fmt::format("{}{}", prefix, k), programs[k], options, isa);
  }
  if (options.level == OptimisationLevel::Full) optimise(module, machine);
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream stream(bytes);
  llvm::legacy::PassManager passes;
  llvm::MCContext* assembly = nullptr;
  if (machine.addPassesToEmitMC(passes, assembly, stream)) {
    throw std::runtime_error("this build of LLVM writes no object code for the host");
  }
  passes.run(module);
  return std::make_unique<llvm::SmallVectorMemoryBuffer>(std::move(bytes), false);
}

}  // namespace ulpforge::jit
