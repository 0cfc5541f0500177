// glibc, libmvec, SLEEF.
#include "bench/peers.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace ulpforge::bench {
namespace {

struct Library {
  std::string_view name;
  std::string_view shown;  ///< its name for people
  const char* file;
  struct Variant {
    std::string_view suffix;  ///< added to the library's name for people
    /// Names of a C function's counterparts; {} is the C name.
    std::string_view at_256, at_512;
  };
  std::vector<Variant> variants;
  bool vector;
};

const std::vector<Library>& libraries() {
  static const std::vector<Library> kLibraries = {
      {"glibc", "glibc", "libm.so.6", {{"", "{}", "{}"}}, false},
      {"libmvec", "libmvec", "libmvec.so.1", {{"", "_ZGVdN8v_{}", "_ZGVeN16v_{}"}}, true},
      {"sleef",
       "SLEEF",
       "libsleef.so.3",
       {{" u05", "Sleef_{}8_u05", "Sleef_{}16_u05"},
        {" u10", "Sleef_{}8_u10", "Sleef_{}16_u10"},
        {" u15", "Sleef_{}8_u15", "Sleef_{}16_u15"},
        {" u35", "Sleef_{}8_u35", "Sleef_{}16_u35"}},
       true},
  };
  return kLibraries;
}

std::shared_ptr<void> load(const char* file) {
  void* const handle = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) return nullptr;
  return {handle, [](void* library) { dlclose(library); }};
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

Peers find_peers(const std::vector<std::string>& wanted, const std::string& symbol, unsigned bits) {
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
    if (library->vector && bits < 256) {
      peers.missing.push_back(fmt::format("{}: is for vectors", name));
      continue;
    }
    const std::size_t before = peers.found.size();
    for (const Library::Variant& variant : library->variants) {
      const std::string wanted_symbol =
          fmt::format(fmt::runtime(bits == 512 ? variant.at_512 : variant.at_256), symbol);
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
