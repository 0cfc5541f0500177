// Compiling, loading.
#include "bench/loaded_code.h"

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

/// The shared library that a compiler makes of the first file.
std::filesystem::path compiled(const std::filesystem::path& directory,
                               const toolchain::Compiler& compiler,
                               const std::vector<std::string>& flags,
                               const std::vector<SourceFile>& files,
                               const std::vector<std::string>& linked) {
  for (const SourceFile& file : files) write(directory / file.name, file.text);
  const std::filesystem::path library = directory / "code.so";
  toolchain::compile_library(compiler, flags, directory / files.front().name, library, linked);
  return library;
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

LoadedCode::LoadedCode(const toolchain::Compiler& compiler, const std::vector<std::string>& flags,
                       const emit::Form& form, const std::vector<SourceFile>& files,
                       const std::vector<std::string>& linked)
    : library_(
          compiled(directory_.path(), compiler, flags_for(compiler, flags, form), files, linked)) {}

void* LoadedCode::symbol(const std::string& name) const {
  void* const address = library_.find(name);
  if (address == nullptr) throw std::logic_error(fmt::format("the adaptor lacks {}", name));
  return address;
}

}  // namespace ulpforge::bench
