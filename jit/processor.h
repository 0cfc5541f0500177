// Processors whose costs are known: the rows that jit/cost.h prices programs with.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ulpforge::jit {

/// Zen5 executes 512 bits at once on four pipes; GoldenCove (Intel, Sapphire Rapids and later) on
/// two, and 256 bits on three.
enum class Processor : std::uint8_t { Zen5, GoldenCove };

inline constexpr std::array kProcessors = {Processor::Zen5, Processor::GoldenCove};

/// "zen5", "golden-cove".
std::string_view name(Processor processor);
std::optional<Processor> find_processor(std::string_view name);

/// The one that is nearest to this machine: GoldenCove on Intel's, else Zen5.
Processor host_processor();

}  // namespace ulpforge::jit
