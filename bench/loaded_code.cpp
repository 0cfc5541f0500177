// Compiling, loading.
#include "bench/loaded_code.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "bench/adaptor.h"

namespace ulpforge::bench {
namespace {

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw std::runtime_error(fmt::format("'{}' cannot be written", path.string()));
}

}  // namespace

std::vector<std::string> flags_for(const toolchain::Compiler& compiler,
                                   const std::vector<std::string>& flags, const emit::Form& form) {
  std::vector<std::string> all = {"-std=c++17"};
  all.insert(all.end(), flags.begin(), flags.end());
  all.insert(all.end(), form.flags.begin(), form.flags.end());
  for (const std::string& flag : form.flags_where_known) {
    if (toolchain::accepts(compiler, flag)) all.push_back(flag);
  }
  return all;
}

std::size_t peer_lanes(const emit::Form& form) {
  if (form.lanes > 1) return form.lanes;
  return form.key == single_calls().key ? 1 : 4;
}

std::shared_ptr<void> open_library(const std::string& file) {
  void* const handle = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) return nullptr;
  return {handle, [](void* library) { dlclose(library); }};
}

LoadedCode::LoadedCode(const toolchain::Compiler& compiler, const std::vector<std::string>& flags,
                       const emit::Form& form, const std::vector<SourceFile>& files,
                       const std::vector<std::string>& linked) {
  for (const SourceFile& file : files) {
    write(directory_.path() / file.name, file.text);
  }
  const std::filesystem::path library = directory_.path() / "code.so";
  toolchain::compile_library(compiler, flags_for(compiler, flags, form),
                             directory_.path() / files.front().name, library, linked);
  library_ = open_library(library);
  if (library_ == nullptr) throw std::invalid_argument(dlerror());
}

void* LoadedCode::symbol(const std::string& name) const {
  void* const address = dlsym(library_.get(), name.c_str());
  if (address == nullptr) throw std::logic_error(fmt::format("the adaptor lacks {}", name));
  return address;
}

}  // namespace ulpforge::bench
