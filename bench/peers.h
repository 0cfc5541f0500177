// Installed libraries with functions of the same meaning.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ulpforge::bench {

/// A function of another library.
struct Peer {
  std::string name;      ///< "SLEEF u10"
  std::string library;   ///< "libsleef.so.3"
  std::string symbol;    ///< "Sleef_expf16_u10"
  bool vector = true;    ///< of vectors, else of single floats
  std::size_t bits = 0;  ///< of the vectors
  void* function = nullptr;
  std::shared_ptr<void> loaded;  ///< keeps the library
};

struct Peers {
  std::vector<Peer> found;
  std::vector<std::string> missing;  ///< "libmvec: no libmvec.so.1 on this machine"
};

/// The names of all libraries that are known.
std::vector<std::string> peer_libraries();

/// What libraries call a function of the catalog in float: C's name or, where the C library has
/// none of that meaning, one like it (SLEEF has sinpif).
std::string peer_symbol(const std::string& c_function, const std::string& function);

/// The functions of these libraries that do what the C function `symbol` ("expf") does, in vectors
/// of `bits`. Throws std::invalid_argument for a library that is none of peer_libraries().
Peers find_peers(const std::vector<std::string>& libraries, const std::string& symbol,
                 std::size_t bits);

}  // namespace ulpforge::bench
