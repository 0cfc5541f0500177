// The table of the libraries that emitted functions are compared with: a row each, and for
// libraries of headers a row for each of their functions.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ulpforge::bench {

/// A shared library whose functions have regular names.
struct SharedPeer {
  std::string file;  ///< "libsleef.so.3"
  /// Kinds of its functions. In a pattern stand {f}, the function's name without C's suffix f,
  /// {lanes} of a vector, and {prefix} of the vector ABI.
  struct Variant {
    std::string suffix;  ///< added to the library's name for people
    std::string pattern;
  };
  std::vector<Variant> variants;
  std::size_t lanes;  ///< floats that its functions take; 0: those of any vector
};

/// A library of headers, compiled together with the loops.
struct HeaderPeer {
  std::string_view part;                  ///< of header_library.cpp.in
  std::vector<std::string_view> headers;  ///< the first that the compiler finds is included
  std::vector<std::string> linked;        ///< flags for the linker
  std::size_t most_lanes;                 ///< of its vectors
  struct Function {
    std::string_view function;    ///< of the catalog
    std::string_view expression;  ///< of x, a vector of the library
  };
  std::span<const Function> functions;
};

struct PeerRow {
  std::string name;     ///< on the command line
  std::string shown;    ///< for people
  std::string package;  ///< of Debian, which has it
  std::variant<SharedPeer, HeaderPeer> kind;
};

const std::vector<PeerRow>& peer_table();

}  // namespace ulpforge::bench
