// glibc, libmvec, SLEEF.
#include "bench/peers.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "emit/vector_names.h"

namespace ulpforge::bench {
namespace {

struct Library {
  std::string_view name;
  std::string_view shown;  ///< its name for people
  const char* file;
  /// Names of a C function's counterparts: {name} in C, {lanes} of a vector, {prefix} in the vector
  /// ABI.
  struct Variant {
    std::string_view suffix;  ///< added to the library's name for people
    std::string_view pattern;
  };
  std::vector<Variant> variants;
  bool vector;
};

const std::vector<Library>& libraries() {
  static const std::vector<Library> kLibraries = {
      {"glibc", "glibc", "libm.so.6", {{"", "{name}"}}, false},
      {"libmvec", "libmvec", "libmvec.so.1", {{"", "{prefix}{name}"}}, true},
      {"sleef",
       "SLEEF",
       "libsleef.so.3",
       {{" u05", "Sleef_{name}{lanes}_u05"},
        {" u10", "Sleef_{name}{lanes}_u10"},
        {" u15", "Sleef_{name}{lanes}_u15"},
        {" u35", "Sleef_{name}{lanes}_u35"}},
       true},
  };
  return kLibraries;
}

std::shared_ptr<void> load(const char* file) {
  void* const handle = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) return nullptr;
  return {handle, [](void* library) { dlclose(library); }};
}

/// Of the widest instruction set that has vectors of so many floats.
std::string_view prefix_of(std::size_t lanes) {
  std::string_view prefix;
  for (const emit::VectorNames& names : emit::kVectorNames) {
    if (names.lanes == lanes) prefix = names.prefix;
  }
  return prefix;
}

}  // namespace

std::string peer_symbol(const std::string& c_function, const std::string& function) {
  return c_function.empty() ? function + "f" : c_function;
}

std::vector<std::string> peer_libraries() {
  std::vector<std::string> names;
  for (const Library& library : libraries()) names.emplace_back(library.name);
  return names;
}

Peers find_peers(const std::vector<std::string>& wanted, const std::string& symbol,
                 std::size_t bits) {
  const std::size_t lanes = bits / 32;
  Peers peers;
  for (const std::string& want : wanted) {
    const auto library = std::ranges::find(libraries(), want, &Library::name);
    if (library == libraries().end()) {
      throw std::invalid_argument(fmt::format("unknown library '{}'; there are {}", want,
                                              fmt::join(peer_libraries(), ", ")));
    }
    const std::string name = std::string(library->shown);
    if (symbol.empty()) {
      peers.missing.push_back(fmt::format("{}: has no such function", name));
      continue;
    }
    const std::shared_ptr<void> loaded = load(library->file);
    if (!loaded) {
      peers.missing.push_back(fmt::format("{}: no {} on this machine", name, library->file));
      continue;
    }
    if (library->vector && bits == 0) {
      peers.missing.push_back(fmt::format("{}: is for vectors", name));
      continue;
    }
    const std::size_t before = peers.found.size();
    for (const Library::Variant& variant : library->variants) {
      const std::string wanted_symbol =
          fmt::format(fmt::runtime(variant.pattern), fmt::arg("name", symbol),
                      fmt::arg("lanes", lanes), fmt::arg("prefix", prefix_of(lanes)));
      void* const function = dlsym(loaded.get(), wanted_symbol.c_str());
      if (function == nullptr) continue;
      peers.found.push_back({name + std::string(variant.suffix), library->file, wanted_symbol,
                             library->vector, library->vector ? bits : 32, function, loaded});
    }
    if (peers.found.size() == before) {
      peers.missing.push_back(
          fmt::format("{}: {} has no {} of {} bits", name, library->file, symbol, bits));
    }
  }
  return peers;
}

}  // namespace ulpforge::bench
