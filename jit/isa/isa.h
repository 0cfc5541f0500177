// Instruction sets that programs are compiled for, here and by those who use what is emitted.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ulpforge::jit {

/// Generic is whatever the compiler targets here, with the instructions that every processor of
/// that family has; Sse2, Avx2 and Avx512 are sets of x86-64 instructions, Neon and Sve of AArch64.
/// Scalar and ScalarFma are for single numbers, as calls of y = f(x) compute them: with what every
/// x86-64 has, and with fma, as x86-64-v3 and every AArch64 have it.
enum class Isa : std::uint8_t { Scalar, ScalarFma, Generic, Sse2, Avx2, Avx512, Neon, Sve };

enum class Architecture : std::uint8_t { X86_64, AArch64 };
inline constexpr std::array kArchitectures = {Architecture::X86_64, Architecture::AArch64};

/// The macro that compilers for it define: "__x86_64__".
std::string_view macro(Architecture architecture);

/// All, the narrowest first.
std::span<const Isa> isas();

/// "scalar", "scalar-fma", "generic", "sse2", "avx2", "avx512", "neon", "sve".
std::string_view name(Isa isa);
std::optional<Isa> find_isa(std::string_view name);

/// For people: "AVX2 with FMA".
std::string_view title(Isa isa);

/// Where its instructions are; nothing for Generic, and for single numbers, which every
/// architecture computes.
std::optional<Architecture> architecture(Isa isa);

/// What it has beyond every processor of the family, as processors call it: "avx2", "fma".
std::span<const std::string_view> extensions(Isa isa);
/// What makes a compiler use these: "-mavx2", "-mfma".
std::vector<std::string> compiler_flags(Isa isa);

/// Of this processor, where it is known.
std::optional<Architecture> host_architecture();
/// Whether this processor runs code for it.
bool host_has(Isa isa);
/// The widest that this processor has.
Isa host_isa();

/// Floats in a vector: 1, 1, 4, 4, 8, 16, 4, and of SVE, whose vectors have as many as the
/// processor gives them, the least: 4.
unsigned lanes(Isa isa);
/// One lane: for calls of single numbers.
inline bool is_scalar(Isa isa) { return lanes(isa) == 1; }
/// Whether it multiplies and adds in one instruction; without it each fma is a call.
bool has_fma(Isa isa);

}  // namespace ulpforge::jit
