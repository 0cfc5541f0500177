// The table of instruction sets.
#include "jit/isa/isa.h"

#include <algorithm>
#include <array>
#include <vector>

#include "system/processor.h"

namespace ulpforge::jit {
namespace {

struct Row {
  Isa isa;
  std::string_view name;
  std::string_view title;
  unsigned lanes;
  bool fma;
  std::optional<Architecture> architecture;
  std::vector<std::string_view> extensions;
};

const std::array<Row, 8>& table() {
  using enum Architecture;
  static const std::array<Row, 8> rows = {{
      {Isa::Scalar, "scalar", "single numbers, what every x86-64 has", 1, false, {}, {}},
      {Isa::ScalarFma,
       "scalar-fma",
       "single numbers with fma: x86-64-v3, AArch64",
       1,
       true,
       {},
       {"avx2", "fma"}},
      {Isa::Generic, "generic", "what every processor has", 4, false, {}, {}},
      {Isa::Sse2, "sse2", "SSE2", 4, false, X86_64, {"sse2"}},
      {Isa::Avx2, "avx2", "AVX2 with FMA", 8, true, X86_64, {"avx2", "fma"}},
      {Isa::Avx512,
       "avx512",
       "AVX-512 (F, BW, CD, DQ and VL)",
       16,
       true,
       X86_64,
       {"avx2", "fma", "avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"}},
      {Isa::Neon, "neon", "NEON", 4, true, AArch64, {"asimd"}},
      {Isa::Sve, "sve", "SVE", 4, true, AArch64, {"asimd", "sve"}},
  }};
  return rows;
}
const Row& row(Isa isa) { return table().at(static_cast<std::size_t>(isa)); }

}  // namespace

std::span<const Isa> isas() {
  static const std::vector<Isa> all = [] {
    std::vector<Isa> found;
    for (const Row& one : table()) found.push_back(one.isa);
    return found;
  }();
  return all;
}

std::string_view name(Isa isa) { return row(isa).name; }
std::string_view title(Isa isa) { return row(isa).title; }
unsigned lanes(Isa isa) { return row(isa).lanes; }
std::span<const std::string_view> extensions(Isa isa) { return row(isa).extensions; }

std::optional<Isa> find_isa(std::string_view name) {
  const auto found = std::ranges::find(table(), name, &Row::name);
  if (found == table().end()) return std::nullopt;
  return found->isa;
}

std::string_view macro(Architecture architecture) {
  return architecture == Architecture::X86_64 ? "__x86_64__" : "__aarch64__";
}

std::optional<Architecture> architecture(Isa isa) { return row(isa).architecture; }

std::vector<std::string> compiler_flags(Isa isa) {
  if (architecture(isa) == Architecture::AArch64) {
    return {isa == Isa::Sve ? "-march=armv8-a+sve" : "-march=armv8-a"};
  }
  std::vector<std::string> flags;
  for (const std::string_view extension : extensions(isa)) {
    flags.push_back("-m" + std::string(extension));
  }
  return flags;
}

bool has_fma(Isa isa) { return row(isa).fma; }

std::optional<Architecture> host_architecture() {
#if defined(__x86_64__)
  return Architecture::X86_64;
#elif defined(__aarch64__)
  return Architecture::AArch64;
#else
  return std::nullopt;
#endif
}

bool host_has(Isa isa) { return std::ranges::all_of(extensions(isa), system::processor_has); }

Isa host_isa() {
  Isa widest = Isa::Generic;
  for (const Isa isa : isas()) {
    if (host_has(isa) && !is_scalar(isa)) widest = isa;
  }
  return widest;
}

}  // namespace ulpforge::jit
