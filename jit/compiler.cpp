// Programs through jit/object_code.h into memory, with LLVM's ORC as the linker.
#include "jit/compiler.h"

#include <fmt/format.h>
#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Target/TargetMachine.h>

#include <array>
#include <map>
#include <stdexcept>

#include "jit/kernel.h"
#include "jit/llvm_error.h"
#include "jit/object_code.h"
#include "jit/target_machine.h"

namespace ulpforge::jit {
namespace {

/// The instruction set to compile for. Throws std::invalid_argument if the host lacks it.
Isa chosen_isa(const Options& options) {
  if (!options.isa) return host_isa();
  if (!host_has(*options.isa)) {
    throw std::invalid_argument(fmt::format("this processor has no {}; its widest is {}",
                                            name(*options.isa), name(host_isa())));
  }
  return *options.isa;
}

}  // namespace

/// Code in memory, and the linker that holds it.
class CodeModule {
 public:
  CodeModule(std::shared_ptr<llvm::orc::LLJIT> linker, std::unique_ptr<llvm::MemoryBuffer> object)
      : linker_(std::move(linker)), tracker_(linker_->getMainJITDylib().createResourceTracker()) {
    check(linker_->addObjectFile(tracker_, std::move(object)), "linking compiled programs");
  }
  ~CodeModule() { llvm::consumeError(tracker_->remove()); }
  CodeModule(const CodeModule&) = delete;
  CodeModule& operator=(const CodeModule&) = delete;

 private:
  std::shared_ptr<llvm::orc::LLJIT> linker_;
  llvm::orc::ResourceTrackerSP tracker_;
};

struct Compiler::State {
  State() {
    llvm::orc::LLJITBuilder builder;
    machine(host_isa(), OptimisationLevel::Fast);  // so that LLVM knows the host
    linker = value_of(builder.create(), "starting LLVM's linker");
  }

  llvm::TargetMachine& machine(Isa isa, OptimisationLevel level) {
    auto& place = machines[{isa, level}];
    if (!place) place = make_target_machine(isa, level);
    return *place;
  }

  std::shared_ptr<llvm::orc::LLJIT> linker;
  std::map<std::pair<Isa, OptimisationLevel>, std::unique_ptr<llvm::TargetMachine>> machines;
  std::uint64_t batches = 0;
};

Compiler::Compiler() : state_(std::make_unique<State>()) {}
Compiler::~Compiler() = default;
Compiler::Compiler(Compiler&&) noexcept = default;
Compiler& Compiler::operator=(Compiler&&) noexcept = default;

std::vector<Function> Compiler::compile(std::span<const ir::Program> programs,
                                        const Options& options) {
  const Isa isa = chosen_isa(options);
  require_compilable(programs, options);
  std::vector<Function> functions;
  if (programs.empty()) return functions;
  const std::string prefix = fmt::format("batch{}_", state_->batches++);
  llvm::TargetMachine& machine = state_->machine(isa, options.level);
  const auto code = std::make_shared<const CodeModule>(
      state_->linker, compile_object(machine, prefix, programs, options, isa));
  for (std::size_t k = 0; k < programs.size(); ++k) {
    Function function;
    const auto address =
        value_of(state_->linker->lookup(fmt::format("{}{}", prefix, k)), "compiling a program");
    function.entry_ = address.toPtr<Function::Entry>();
    function.code_ = code;
    function.constants_ = ir::constant_bits(programs[k]);
    if (!options.embed_constants) {
      function.layout_ = ConstantFrame(programs[k], lanes(isa));
      function.frame_ = FilledFrame(function.layout_, function.constants_);
    }
    function.input_type_ = programs[k].input_types[0];
    function.result_type_ = ir::result_type(programs[k]);
    function.embedded_ = options.embed_constants;
    function.block_size_ = jit::block_size(options, isa);
    functions.push_back(std::move(function));
  }
  return functions;
}

Function Compiler::compile(const ir::Program& program, const Options& options) {
  return std::move(compile(std::span(&program, 1), options).front());
}

}  // namespace ulpforge::jit
