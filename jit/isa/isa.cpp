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
  std::vector<std::string_view> extensions;
};

const std::array<Row, 6>& table() {
  static const std::array<Row, 6> rows = {{
      {Isa::Scalar, "scalar", "single numbers, what every x86-64 has", 1, {}},
      {Isa::ScalarFma, "scalar-fma", "single numbers, x86-64-v3", 1, {"avx2", "fma"}},
      {Isa::Generic, "generic", "what every processor has", 4, {}},
      {Isa::Sse2, "sse2", "SSE2", 4, {"sse2"}},
      {Isa::Avx2, "avx2", "AVX2 with FMA", 8, {"avx2", "fma"}},
      {Isa::Avx512,
       "avx512",
       "AVX-512 (F, BW, CD, DQ and VL)",
       16,
       {"avx2", "fma", "avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"}},
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

bool has_fma(Isa isa) {
  return std::ranges::find(extensions(isa), std::string_view("fma")) != extensions(isa).end();
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
