// Instruction sets that programs are compiled for, here and by those who use what is emitted.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ulpforge::jit {

/// Generic is whatever the compiler targets here, with the instructions that every processor of
/// that family has; the others are sets of x86-64 instructions. Scalar and ScalarFma are for single
/// numbers, as calls of y = f(x) compute them: with what every x86-64 has, and with x86-64-v3.
enum class Isa : std::uint8_t { Scalar, ScalarFma, Generic, Sse2, Avx2, Avx512 };

/// All, the narrowest first.
std::span<const Isa> isas();

/// "scalar", "scalar-fma", "generic", "sse2", "avx2", "avx512".
std::string_view name(Isa isa);
std::optional<Isa> find_isa(std::string_view name);

/// For people: "AVX2 with FMA".
std::string_view title(Isa isa);

/// What it has beyond every processor of the family, as processors and compilers (-mNAME) call it:
/// "avx2", "fma".
std::span<const std::string_view> extensions(Isa isa);

/// Whether this processor runs code for it.
bool host_has(Isa isa);
/// The widest that this processor has.
Isa host_isa();

/// Floats in a vector: 1, 1, 4, 4, 8, 16.
unsigned lanes(Isa isa);
/// One lane: for calls of single numbers.
inline bool is_scalar(Isa isa) { return lanes(isa) == 1; }
/// Whether it multiplies and adds in one instruction; without it each fma is a call.
bool has_fma(Isa isa);

}  // namespace ulpforge::jit
