// Instruction sets that kernels are compiled for.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace ulpforge::jit {

/// Generic is whatever LLVM targets here, with the instructions that every processor of that family
/// has; the others are sets of x86-64 instructions (Avx2 with FMA; Avx512 with BW, CD, DQ and VL).
enum class Isa : std::uint8_t { Generic, Sse2, Avx2, Avx512 };

/// "generic", "sse2", "avx2", "avx512".
std::string_view name(Isa isa);
std::optional<Isa> find_isa(std::string_view name);

/// Whether this processor runs code for it.
bool host_has(Isa isa);
/// The widest that this processor has.
Isa host_isa();

/// Floats in a vector: 4, 4, 8, 16.
unsigned lanes(Isa isa);

}  // namespace ulpforge::jit
