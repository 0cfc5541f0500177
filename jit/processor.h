// Processors whose costs are known, by name: what jit/cost.h prices programs for.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jit/isa/isa.h"

namespace ulpforge::jit {

enum class Processor : std::uint8_t {
#define PROCESSOR(enumerator, row) enumerator,
#include "jit/processors/processors.def"
#undef PROCESSOR
};

inline constexpr std::array kProcessors = {
#define PROCESSOR(enumerator, row) Processor::enumerator,
#include "jit/processors/processors.def"
#undef PROCESSOR
};

/// "zen5", "golden-cove", "neoverse-v2", "apple-m1".
std::string_view name(Processor processor);
/// All of them, in the order of the table.
std::vector<std::string_view> processor_names();
std::optional<Processor> find_processor(std::string_view name);

/// Whether it has an instruction set, and prices of its operations.
bool has(Processor processor, Isa isa);
/// The widest vectors that it has.
Isa widest_isa(Processor processor);
/// That processor, or the first of the table that has the instruction set where it has not: every
/// set is one of some processor.
Processor processor_with(Isa isa, Processor preferred);
/// "zen5, golden-cove": those that have it.
std::string processors_with(Isa isa);

/// The first that says that this machine is like it; the first of all where none does.
Processor host_processor();

/// The instruction set whose vectors pay there.
Isa preferred_isa(Processor processor);

}  // namespace ulpforge::jit
