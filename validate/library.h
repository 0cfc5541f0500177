// Shared libraries: what a file is and exports, read without running any of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "validate/signature.h"

namespace ulpforge::validate {

/// A symbol that a library exports.
struct Symbol {
  enum class Kind {
    Function,
    Indirect,  ///< a function that picks the code by the CPU when the library is loaded (IFUNC)
    Other,     ///< data and the like
  };
  std::string name;
  Kind kind = Kind::Function;
};

/// What a file says of itself.
struct LibraryFile {
  std::filesystem::path path;  ///< canonical
  std::string sha256;          ///< of the file, in hex
  std::string soname;          ///< or ""
  std::string build_id;        ///< in hex, or ""
  std::string version;         ///< the last version that it defines ("GLIBC_2.35"), or ""
  /// What the C library next to it says of itself where the version is one of glibc's: "GNU C
  /// Library (Debian GLIBC 2.36-9) stable release version 2.36". Or "".
  std::string release;
  std::vector<Symbol> symbols;  ///< by name

  const Symbol* find(std::string_view name) const;
};

/// The file of a library as the dynamic linker finds it ("libm.so.6", "./libmine.so"). It is loaded
/// in a process of its own. Throws std::invalid_argument if there is none or it does not load.
std::filesystem::path locate_library(const std::string& name);

/// Throws std::invalid_argument, naming the file, if it is no shared library for this machine, or
/// declares a need of instructions that this machine lacks.
LibraryFile read_library(const std::filesystem::path& path);

/// The symbol as a function of that signature. Throws std::invalid_argument if it is not exported,
/// is no function, has a name that says another signature, or needs instructions that this machine
/// lacks.
const Symbol& require_function(const LibraryFile& library, std::string_view symbol,
                               const Signature& signature);

/// The hash of some bytes in hex.
std::string sha256(std::string_view bytes);

}  // namespace ulpforge::validate
