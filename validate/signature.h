// How a routine is called: its element type, how many arguments, and one number at a time, arrays
// or vectors in registers.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ulpforge::validate {

enum class Element { Float, Double };

struct Signature {
  enum class Form {
    Scalar,  ///< T f(T), T f(T, T)
    Array,   ///< void f(const T*, T*, size_t)
    Vector,  ///< V f(V), V f(V, V) with V of `lanes` elements in one register
  };
  Element element = Element::Float;
  int inputs = 1;
  Form form = Form::Scalar;
  int lanes = 1;

  std::size_t element_size() const { return element == Element::Float ? 4 : 8; }
  /// Bits of the vector register; 0 for the other forms.
  int register_bits() const {
    return form == Form::Vector ? lanes * static_cast<int>(element_size()) * 8 : 0;
  }
  friend bool operator==(const Signature&, const Signature&) = default;
};

/// "float(float)", "double(double, double)", "void(const float*, float*, size_t)",
/// "float8(float8)", "double4(double4, double4)": a type with a number is a vector of that many
/// elements.
std::string to_string(const Signature& signature);

/// Reads what to_string() writes, spaces aside. Throws std::invalid_argument for anything else,
/// vectors other than of 128, 256 or 512 bits included.
Signature parse_signature(std::string_view text);

/// What the name of a symbol says: those of C's math library (expf, pow), of the vector function
/// ABI (_ZGVdN8v_expf) and of SLEEF (Sleef_expf8_u10avx2, Sleef_exp_u10). Nothing for other names.
struct SymbolName {
  Signature signature;
  std::string function;  ///< C's name of the double function: "exp" for Sleef_expf8_u10
};
std::optional<SymbolName> read_symbol_name(std::string_view symbol);

/// An extension of x86-64 (system/processor.h) that a call with this signature, or code with this
/// name, needs and that this machine lacks, or "".
std::string missing_instruction_set(std::string_view symbol, const Signature& signature);

}  // namespace ulpforge::validate
