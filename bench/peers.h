// The libraries that --against names, as far as they are on this machine, and their functions.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "bench/accuracy.h"
#include "bench/adaptor.h"
#include "bench/header_library.h"
#include "bench/shared_library.h"

namespace ulpforge::bench {

/// Every library of the table: for --against.
inline constexpr const char* kEveryPeer = "all";
/// The names of the libraries of the table.
std::vector<std::string> peer_names();

/// A function of another library, as it is timed beside one form.
struct Peer {
  std::string name;             ///< "SLEEF u10"
  std::string code;             ///< "Sleef_expf16_u10 of libsleef.so.3", "xsimd::exp(x)"
  std::string compiler, flags;  ///< that made it; empty for what is installed compiled
  std::size_t lanes = 1;        ///< floats of one step of the chain
  Array loop, chain;
};

/// A function that a library is asked for.
struct PeerFunction {
  std::string function;  ///< of the catalog, "exp"
  std::string symbol;    ///< in C, "expf": peer_symbol()
};

/// What of the libraries there is for some compilations.
class PeerSet {
 public:
  /// `against`: names, "all", "library:FILE:PATTERN:LANES". Throws std::invalid_argument, one line,
  /// for what is unknown, for what is named and not there, and where a library of the last kind has
  /// none of the functions, or none with so many lanes as it says. What is not there and was not
  /// named goes to missing().
  PeerSet(const std::vector<std::string>& against,
          const std::vector<toolchain::Compiler>& compilers,
          const std::vector<std::vector<std::string>>& flags,
          const std::vector<const emit::Form*>& forms, const std::vector<PeerFunction>& functions);

  /// Compiles for one form. `adaptors` have the loops that call functions of shared libraries. With
  /// conversions of vectors (emit::short_conversions) for functions of patterns.
  void compile(const toolchain::Compiler& compiler, const std::vector<std::string>& flags,
               const emit::Form& form, const std::string& conversions = {});

  /// Those that do what the function does; their loops live as long as the set and the adaptor,
  /// which is one of that form.
  std::vector<Peer> peers(const PeerFunction& function, const Adaptor& adaptor) const;

  /// Functions of the shared libraries, of so many floats.
  struct SharedCode {
    SharedFunction function;
    std::string file;
  };
  std::vector<SharedCode> shared(const std::string& symbol, std::size_t lanes) const;
  /// What was compiled with conversions and does what the function of the catalog does.
  struct PatternCode {
    const HeaderLibrary* library;
    void* loop;  ///< void(const Pattern* x, Pattern* y, std::size_t n)
  };
  std::vector<PatternCode> of_patterns(const std::string& function, const emit::Form& form) const;

  /// "xsimd: not installed; Debian's libxsimd-dev has it", "Highway: has no exp2, erf"; of what was
  /// asked for so far.
  std::vector<std::string> missing() const;

 private:
  struct Header {
    const PeerRow* row;
    const HeaderPeer* peer;
    std::string header;
  };
  void check_other(const SharedLibrary& library, const std::vector<const emit::Form*>& forms) const;

  std::vector<PeerFunction> functions_;
  std::vector<SharedLibrary> shared_;
  std::vector<Header> headers_;
  std::vector<HeaderLibrary> compiled_;
  std::vector<std::string> missing_;
};

}  // namespace ulpforge::bench
