// Emitted functions as one compiler makes them, loaded.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "toolchain/compiler.h"
#include "system/scratch_directory.h"

namespace ulpforge::bench {

/// What an emitted header's array form is compiled to.
enum class Form {
  Plain,     ///< the loop that compilers vectorise, or not: code without AVX2
  Avx2,      ///< vectors of 256 bits
  Avx512Vl,  ///< the same with AVX-512VL
  Avx512,    ///< vectors of 512 bits
};

/// All, the widest first.
inline constexpr std::array kForms = {Form::Avx512, Form::Avx512Vl, Form::Avx2, Form::Plain};

/// "plain", "256", "256vl", "512".
std::string_view name(Form form);
/// "256 bits, AVX-512VL".
std::string_view title(Form form);
/// What of a processor: "AVX2 with FMA".
std::string_view needs(Form form);
std::optional<Form> find_form(std::string_view name);
/// Bits of its vectors; 0 for the plain form.
unsigned bits(Form form);
/// Whether this processor runs it (AVX2 and FMA; AVX-512 F, BW, CD, DQ and VL).
bool host_has(Form form);

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
};

/// The subjects of one compilation in this process; move-only.
class Adaptor {
 public:
  /// Throws std::invalid_argument, with the compiler's first error, where they do not compile, and
  /// where the flags do not lead to that form.
  Adaptor(const toolchain::Compiler& compiler, const std::vector<std::string>& flags, Form form,
          const std::vector<Subject>& subjects);
  Adaptor(Adaptor&& other) noexcept;
  Adaptor& operator=(Adaptor&&) = delete;
  ~Adaptor();

  Loop array(const std::string& name) const;  ///< the array form
  /// A chain: each vector's (in the plain form each float's) argument depends on the result before.
  Loop chain(const std::string& name) const;
  PeerLoop peer_loop(bool vector) const;
  PeerLoop peer_chain(bool vector) const;

  const std::string& compiler() const { return compiler_; }
  const std::string& flags() const { return flags_; }  ///< as given
  Form form() const { return form_; }

 private:
  void* symbol(const std::string& name) const;

  std::string compiler_;
  std::string flags_;
  Form form_;
  system::ScratchDirectory directory_;
  void* library_ = nullptr;
};

}  // namespace ulpforge::bench
