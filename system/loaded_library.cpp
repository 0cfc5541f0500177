// dlopen and its kin.
#include "system/loaded_library.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <link.h>

#include <stdexcept>

namespace ulpforge::system {

LoadedLibrary::LoadedLibrary(const std::string& file) {
  void* const handle = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    const char* const why = dlerror();
    throw std::runtime_error(why == nullptr ? fmt::format("{} cannot be loaded", file) : why);
  }
  handle_ = {handle, [](void* library) { dlclose(library); }};
}

std::filesystem::path LoadedLibrary::path() const {
  link_map* map = nullptr;
  if (dlinfo(handle_.get(), RTLD_DI_LINKMAP, static_cast<void*>(&map)) != 0)
    throw std::runtime_error(dlerror());
  return map->l_name;
}

void* LoadedLibrary::find(const std::string& symbol) const {
  return dlsym(handle_.get(), symbol.c_str());
}

void* LoadedLibrary::symbol(const std::string& symbol) const {
  void* const found = find(symbol);
  if (found == nullptr) throw std::runtime_error(fmt::format("no symbol {}", symbol));
  return found;
}

std::uint64_t offset_in_library(const void* code) {
  Dl_info info{};
  if (dladdr(code, &info) == 0) return 0;
  return static_cast<std::uint64_t>(static_cast<const char*>(code) -
                                    static_cast<const char*>(info.dli_fbase));
}

}  // namespace ulpforge::system
