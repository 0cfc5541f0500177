#include "jit/mca.h"

#include <fmt/format.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/MC/MCAsmInfo.h>
#include <llvm/MC/MCContext.h>
#include <llvm/MC/MCDisassembler/MCDisassembler.h>
#include <llvm/MC/MCInst.h>
#include <llvm/MC/MCInstrAnalysis.h>
#include <llvm/MC/MCInstrInfo.h>
#include <llvm/MC/MCRegisterInfo.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/MCA/Context.h>
#include <llvm/MCA/CustomBehaviour.h>
#include <llvm/MCA/InstrBuilder.h>
#include <llvm/MCA/Pipeline.h>
#include <llvm/MCA/SourceMgr.h>
#include <llvm/Object/ObjectFile.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Target/TargetMachine.h>

#include <memory>
#include <stdexcept>
#include <vector>

#include "jit/kernel.h"
#include "jit/llvm_error.h"
#include "jit/object_code.h"
#include "jit/target_machine.h"

namespace ulpforge::jit {
namespace {

struct Placed {
  std::uint64_t address;
  llvm::MCInst instruction;
};

/// The analyser for one processor.
class Analyser {
 public:
  explicit Analyser(const llvm::TargetMachine& machine)
      : target_(machine.getTarget()),
        triple_(machine.getTargetTriple()),
        registers_(machine.getMCRegisterInfo()),
        instructions_(machine.getMCInstrInfo()),
        processor_(target_.createMCSubtargetInfo(triple_.str(), kTunedFor, "")),
        analysis_(target_.createMCInstrAnalysis(instructions_)),
        context_(triple_, machine.getMCAsmInfo(), registers_, processor_.get()),
        disassembler_(target_.createMCDisassembler(*processor_, context_)) {}

  /// The instructions of the innermost loop: from the target of the last jump back to that jump.
  std::vector<llvm::MCInst> loop(llvm::ArrayRef<std::uint8_t> code) const {
    std::vector<Placed> all;
    std::vector<llvm::MCInst> body;
    std::uint64_t size = 0;
    for (std::uint64_t at = 0; at < code.size(); at += std::max<std::uint64_t>(size, 1)) {
      llvm::MCInst instruction;
      if (disassembler_->getInstruction(instruction, size, code.slice(at), at, llvm::nulls()) !=
          llvm::MCDisassembler::Success) {
        continue;
      }
      all.push_back({at, instruction});
      std::uint64_t target = 0;
      if (!analysis_->isConditionalBranch(instruction) ||
          !analysis_->evaluateBranch(instruction, at, size, target) || target > at) {
        continue;
      }
      body.clear();
      for (const Placed& placed : all) {
        if (placed.address >= target) body.push_back(placed.instruction);
      }
    }
    return body;
  }

  /// Cycles of that many turns.
  unsigned cycles(const std::vector<llvm::MCInst>& body, unsigned turns) const {
    llvm::mca::InstrumentManager instruments(*processor_, *instructions_);
    llvm::mca::InstrBuilder builder(*processor_, *instructions_, *registers_, analysis_.get(),
                                    instruments, 100);
    std::vector<std::unique_ptr<llvm::mca::Instruction>> sequence;
    for (const llvm::MCInst& instruction : body) {
      sequence.push_back(
          value_of(builder.createInstruction(instruction, {}), "simulating compiled code"));
    }
    llvm::mca::CircularSourceMgr source(sequence, turns);
    llvm::mca::CustomBehaviour behaviour(*processor_, source, *instructions_);
    llvm::mca::Context hardware(*registers_, *processor_);
    // Zeros: as the processor's model has it.
    const llvm::mca::PipelineOptions options(0, 0, 0, 0, 0, 0, true);
    const auto pipeline = hardware.createDefaultPipeline(options, source, behaviour);
    return value_of(pipeline->run(), "simulating compiled code");
  }

 private:
  const llvm::Target& target_;
  const llvm::Triple& triple_;
  const llvm::MCRegisterInfo* registers_;
  const llvm::MCInstrInfo* instructions_;
  std::unique_ptr<llvm::MCSubtargetInfo> processor_;
  std::unique_ptr<llvm::MCInstrAnalysis> analysis_;
  mutable llvm::MCContext context_;
  std::unique_ptr<llvm::MCDisassembler> disassembler_;
};

/// The loop of the program, fully optimised.
std::vector<llvm::MCInst> compiled_loop(const Analyser& analyser, llvm::TargetMachine& machine,
                                        const ir::Program& program, Isa isa) {
  const Options options{.level = OptimisationLevel::Full, .embed_constants = true};
  const auto buffer = compile_object(machine, "priced", {&program, 1}, options, isa);
  const auto object =
      value_of(llvm::object::ObjectFile::createObjectFile(buffer->getMemBufferRef()),
               "reading compiled code");
  for (const llvm::object::SectionRef& section : object->sections()) {
    if (!section.isText() || section.getSize() == 0) continue;
    const llvm::StringRef bytes = value_of(section.getContents(), "reading compiled code");
    return analyser.loop(llvm::arrayRefFromStringRef(bytes));
  }
  return {};
}

}  // namespace

Cost simulated_cost(const ir::Program& program, Isa isa) {
  if (isa == Isa::Generic || architecture(isa) == Architecture::AArch64) {
    throw std::invalid_argument(fmt::format(
        "{} code has no processor to simulate; name an instruction set of x86-64", name(isa)));
  }
  require_compilable({&program, 1}, {});
  const auto machine = make_target_machine(isa, OptimisationLevel::Full);
  const Analyser analyser(*machine);
  ir::Program copy;
  copy.input_types = program.input_types;
  const auto loop = compiled_loop(analyser, *machine, program, isa);
  const auto copy_loop = compiled_loop(analyser, *machine, copy, isa);
  if (loop.empty() || copy_loop.empty()) {
    throw std::runtime_error("compiled code without a loop cannot be priced");
  }
  constexpr unsigned kTurns = 100;
  const double throughput = analyser.cycles(loop, kTurns) / (double{kTurns} * lanes(isa));
  const double latency =
      static_cast<double>(analyser.cycles(loop, 1)) - analyser.cycles(copy_loop, 1);
  return {throughput, latency};
}

}  // namespace ulpforge::jit
