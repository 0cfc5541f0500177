// Processors by name, and the one that runs this.
#include "jit/processor.h"

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
#ifdef __x86_64__
  if (__builtin_cpu_is("intel")) return Processor::GoldenCove;
#endif
  return Processor::Zen5;
}

}  // namespace ulpforge::jit
