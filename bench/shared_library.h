// Shared libraries with functions of the same meaning.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "bench/peer_table.h"
#include "system/loaded_library.h"

namespace ulpforge::bench {

/// A function of a shared library.
struct SharedFunction {
  std::string name;    ///< "SLEEF u10"
  std::string symbol;  ///< "Sleef_expf16_u10"
  std::size_t lanes;   ///< floats that it takes
  void* address;
};

/// A loaded library; copies share it.
class SharedLibrary {
 public:
  /// Nothing where the loader does not find it.
  static std::optional<SharedLibrary> find(const PeerRow& row, const SharedPeer& peer);
  /// Of "library:FILE:PATTERN:LANES". Throws std::invalid_argument, one line.
  static SharedLibrary parse(const std::string& text);

  /// Its functions that do what the C function `symbol` ("expf") does and are compared with vectors
  /// of `lanes` floats. Those of floats alone are compared with vectors, too.
  std::vector<SharedFunction> functions(const std::string& symbol, std::size_t lanes) const;
  /// The names by which these are looked up.
  std::vector<std::string> symbols(const std::string& symbol, std::size_t lanes) const;

  const std::string& name() const { return name_; }
  const std::string& file() const { return peer_.file; }
  /// Floats that its functions take; 0: those of any vector.
  std::size_t lanes() const { return peer_.lanes; }
  /// Whether `parse` made it.
  bool is_other() const { return is_other_; }

 private:
  SharedLibrary(std::string name, SharedPeer peer, system::LoadedLibrary loaded);

  std::string name_;
  SharedPeer peer_;
  bool is_other_ = false;
  system::LoadedLibrary loaded_;
};

/// What libraries call a function of the catalog in float: C's name or, where the C library has
/// none of that meaning, one like it (SLEEF has sinpif).
std::string peer_symbol(const std::string& c_function, const std::string& function);

/// How many floats a function takes and gives in one vector register (4, 8, 16) or alone (1), found
/// by calling it with a register full of equal numbers: that many results are equal. As far as this
/// processor has registers.
std::size_t probe_lanes(void* function);

}  // namespace ulpforge::bench
