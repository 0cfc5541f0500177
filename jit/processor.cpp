// The table of processors, and the one that runs this.
#include "jit/processor.h"

#include <fmt/format.h>

#include <algorithm>

#include "jit/processors/row.h"

namespace ulpforge::jit {
namespace {

constexpr std::array kRows = {
#define PROCESSOR(enumerator, row) &processors::row,
#include "jit/processors/processors.def"
#undef PROCESSOR
};

}  // namespace

const ProcessorRow& row_of(Processor processor) {
  return *kRows.at(static_cast<std::size_t>(processor));
}

std::string_view name(Processor processor) { return row_of(processor).name; }

std::vector<std::string_view> processor_names() {
  std::vector<std::string_view> names;
  names.reserve(kProcessors.size());
  for (const Processor processor : kProcessors) names.push_back(name(processor));
  return names;
}

std::optional<Processor> find_processor(std::string_view text) {
  for (const Processor processor : kProcessors) {
    if (name(processor) == text) return processor;
  }
  return std::nullopt;
}

bool has(Processor processor, Isa isa) {
  return std::ranges::find(row_of(processor).isas, isa) != row_of(processor).isas.end();
}

Isa widest_isa(Processor processor) { return row_of(processor).isas.back(); }

Processor processor_with(Isa isa, Processor preferred) {
  if (has(preferred, isa)) return preferred;
  return *std::ranges::find_if(kProcessors, [isa](Processor one) { return has(one, isa); });
}

std::string processors_with(Isa isa) {
  std::string names;
  for (const Processor processor : kProcessors) {
    if (has(processor, isa))
      names += fmt::format("{}{}", names.empty() ? "" : ", ", name(processor));
  }
  return names;
}

Processor host_processor() {
  for (const Processor processor : kProcessors) {
    if (row_of(processor).is_like_host()) return processor;
  }
  return kProcessors.front();
}

Isa preferred_isa(Processor processor) { return row_of(processor).preferred; }

}  // namespace ulpforge::jit
