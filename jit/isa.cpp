// The table of instruction sets, and which of them the host has.
#include "jit/isa.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <stdexcept>
#include <utility>
#include <vector>

namespace ulpforge::jit {
namespace {

struct Row {
  Isa isa;
  std::string_view name;
  std::string_view title;
  unsigned lanes;
  std::vector<std::string_view> extensions;
};

const std::array<Row, 4>& table() {
  static const std::array<Row, 4> rows = {{
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

/// The builtin takes literals only.
bool host_has_extension([[maybe_unused]] std::string_view wanted) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const std::initializer_list<std::pair<std::string_view, bool>> extensions = {
      {"sse2", __builtin_cpu_supports("sse2") != 0},
      {"avx2", __builtin_cpu_supports("avx2") != 0},
      {"fma", __builtin_cpu_supports("fma") != 0},
      {"avx512f", __builtin_cpu_supports("avx512f") != 0},
      {"avx512bw", __builtin_cpu_supports("avx512bw") != 0},
      {"avx512cd", __builtin_cpu_supports("avx512cd") != 0},
      {"avx512dq", __builtin_cpu_supports("avx512dq") != 0},
      {"avx512vl", __builtin_cpu_supports("avx512vl") != 0},
  };
  for (const auto& [name, has] : extensions) {
    if (name == wanted) return has;
  }
  throw std::logic_error("no test whether the host has " + std::string(wanted));
#else
  return false;
#endif
}

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

bool host_has(Isa isa) { return std::ranges::all_of(extensions(isa), host_has_extension); }

Isa host_isa() {
  Isa widest = Isa::Generic;
  for (const Isa isa : isas()) {
    if (host_has(isa)) widest = isa;
  }
  return widest;
}

}  // namespace ulpforge::jit
