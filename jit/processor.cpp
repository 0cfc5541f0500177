#include "jit/processor.h"

#include <llvm/ADT/StringRef.h>
#include <llvm/TargetParser/Host.h>

namespace ulpforge::jit {

std::string_view name(Processor processor) {
  return processor == Processor::Zen5 ? "zen5" : "golden-cove";
}

std::optional<Processor> find_processor(std::string_view text) {
  for (const Processor processor : kProcessors) {
    if (name(processor) == text) return processor;
  }
  return std::nullopt;
}

Processor host_processor() {
  // LLVM's names: znver1 to znver5, bdver1 and so on are AMD's.
  const llvm::StringRef host = llvm::sys::getHostCPUName();
  const bool other = host.starts_with("znver") || host.starts_with("bdver") || host == "generic";
  return other ? Processor::Zen5 : Processor::GoldenCove;
}

}  // namespace ulpforge::jit
