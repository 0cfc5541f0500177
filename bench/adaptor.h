// Emitted functions as one compiler makes them, loaded.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "bench/loaded_code.h"
#include "emit/form.h"
#include "toolchain/compiler.h"

namespace ulpforge::bench {

/// Calls of single floats, y = f(x), as programs have them: no loop over an array becomes vectors.
/// What the compiler may use besides is what its flags say.
const emit::Form& single_calls();
/// The forms that can be timed: those that are emitted, and single calls.
std::vector<const emit::Form*> timed_forms();

/// Lines that define ULPFORGE_FORM, where the form that a header takes has vectors of one size, and
/// ULPFORGE_FORM_KEY. `header` is the name of its function.
std::string names_of_form(const std::string& header);

/// Whether this processor runs the form.
bool host_has(const emit::Form& form);

/// y[i] = f(x[i]).
using Loop = void (*)(const float* x, float* y, std::size_t n);
/// The same with a function of a library.
using PeerLoop = void (*)(const float* x, float* y, std::size_t n, void* function);

/// An emitted header.
struct Subject {
  std::string name;    ///< of its function
  std::string header;  ///< its text
  /// A variant that is good at normal inputs alone, of a size up to `largest`, where the result of
  /// `full`, another subject, is normal.
  struct Variant {
    std::string full;
    float largest = 0;
  };
  std::optional<Variant> variant = {};
  /// The largest error that its tier allows, if it has one: peers of that tier are its rivals.
  std::optional<double> allowed_ulp = {};
  bool several_programs = false;  ///< forms and flags choose between them, so that bits differ
};

/// The subjects of one compilation in this process, and loops that call functions of shared
/// libraries; move-only.
class Adaptor {
 public:
  /// Throws std::invalid_argument, with the compiler's first error, where they do not compile, and
  /// where the flags do not lead to that form.
  Adaptor(const toolchain::Compiler& compiler, const std::vector<std::string>& flags,
          const emit::Form& form, const std::vector<Subject>& subjects);

  Loop array(const std::string& name) const;  ///< the array form, or single calls
  /// A chain: each vector's (in forms without, each float's) argument depends on the result before.
  Loop chain(const std::string& name) const;
  /// Of functions of vectors (of peer_lanes() floats), or of floats.
  PeerLoop peer_loop(bool vector) const;
  PeerLoop peer_chain(bool vector) const;

  const std::string& compiler() const { return compiler_; }
  const std::string& flags() const { return flags_; }  ///< as given
  const emit::Form& form() const { return *form_; }

 private:
  std::string compiler_;
  std::string flags_;
  const emit::Form* form_;
  LoadedCode code_;
};

}  // namespace ulpforge::bench
