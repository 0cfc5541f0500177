// Functions of a library of headers, as one compiler makes them for one form.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/adaptor.h"
#include "bench/loaded_code.h"
#include "bench/peer_table.h"

namespace ulpforge::bench {

/// The header of the library that the compiler finds with these flags; nothing where there is none.
std::optional<std::string> header_found(const HeaderPeer& peer, const toolchain::Compiler& compiler,
                                        const std::vector<std::string>& flags);

/// The expression of a function of the catalog; nothing where the library lacks it.
std::optional<std::string> expression_of(const HeaderPeer& peer, const std::string& function);

/// Move-only.
class HeaderLibrary {
 public:
  /// Compiles those of the functions, of the catalog, that the library has; in one piece or, where
  /// that fails, each alone. With conversions of vectors (emit::short_conversions) their loops are
  /// over patterns. peer_lanes(form) is from 4 to those that the library has.
  HeaderLibrary(const PeerRow& row, const HeaderPeer& peer, const std::string& header,
                const toolchain::Compiler& compiler, const std::vector<std::string>& flags,
                const emit::Form& form, const std::vector<std::string>& functions,
                const std::string& conversions = {});

  struct Loops {
    Loop array, chain;
  };
  /// Nothing where the library lacks the function, or it does not compile.
  std::optional<Loops> loops(const std::string& function) const;

  /// void(const Pattern* x, Pattern* y, std::size_t n), where it was compiled with conversions.
  void* loop_of_patterns(const std::string& function) const;

  struct Failure {
    std::string function;
    std::string error;  ///< the compiler's first
  };
  const std::vector<Failure>& failures() const { return failures_; }

  const PeerRow& row() const { return *row_; }
  const HeaderPeer& peer() const { return *peer_; }
  const std::string& compiler() const { return compiler_; }
  const std::string& flags() const { return flags_; }  ///< as given
  const emit::Form& form() const { return *form_; }

 private:
  const PeerRow* row_;
  const HeaderPeer* peer_;
  std::string compiler_, flags_;
  const emit::Form* form_;
  struct Piece {
    std::vector<std::string> functions;
    LoadedCode code;
  };
  bool of_patterns_;
  std::vector<Piece> pieces_;
  std::vector<Failure> failures_;
};

}  // namespace ulpforge::bench
