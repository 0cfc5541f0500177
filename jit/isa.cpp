// The instruction sets as data, and which of them the host has.
#include "jit/isa.h"

#include <llvm/ADT/StringMap.h>
#include <llvm/ADT/StringRef.h>
#include <llvm/TargetParser/Host.h>

#include <array>

#include "jit/target_machine.h"

namespace ulpforge::jit {
namespace {

struct IsaInfo {
  std::string_view name;
  unsigned lanes;
  std::string_view features;  ///< beyond those of every processor of the family, comma-separated
};
constexpr std::array<IsaInfo, 4> kTable = {{
    {"generic", 4, ""},
    {"sse2", 4, "+sse2"},
    {"avx2", 8, "+avx2,+fma"},
    {"avx512", 16, "+avx2,+fma,+avx512f,+avx512bw,+avx512cd,+avx512dq,+avx512vl"},
}};
const IsaInfo& info(Isa isa) { return kTable.at(static_cast<std::size_t>(isa)); }

bool has_features(std::string_view list) {
  const auto host = llvm::sys::getHostCPUFeatures();
  while (!list.empty()) {
    const std::string_view feature = list.substr(0, list.find(','));
    if (!host.lookup(llvm::StringRef(feature).drop_front())) return false;
    list.remove_prefix(feature.size() < list.size() ? feature.size() + 1 : list.size());
  }
  return true;
}

}  // namespace

std::string_view name(Isa isa) { return info(isa).name; }
unsigned lanes(Isa isa) { return info(isa).lanes; }
std::string_view features(Isa isa) { return info(isa).features; }

std::optional<Isa> find_isa(std::string_view name) {
  for (std::size_t i = 0; i < kTable.size(); ++i) {
    if (kTable[i].name == name) return static_cast<Isa>(i);
  }
  return std::nullopt;
}

bool host_has(Isa isa) { return has_features(features(isa)); }

Isa host_isa() {
  for (const Isa isa : {Isa::Avx512, Isa::Avx2, Isa::Sse2}) {
    if (host_has(isa)) return isa;
  }
  return Isa::Generic;
}

}  // namespace ulpforge::jit
