// How a routine is called: its element type, how many arguments, and one number at a time, arrays
// or vectors in registers.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ulpforge::validate {

/// The last five hold numbers of short formats (numbers/short_format.h): integers their patterns,
/// __bf16 and _Float16 the numbers themselves. Who calls such a routine gives and gets patterns, as
/// whole numbers in floats.
enum class Element { Float, Double, UInt8, UInt16, UInt32, Bfloat16, Float16 };

constexpr bool is_pattern(Element element) {
  return element != Element::Float && element != Element::Double;
}
/// "float", "uint16_t", "__bf16".
std::string_view name(Element element);
std::size_t size_of(Element element);

struct Signature {
  enum class Form {
    Scalar,  ///< T f(T), T f(T, T)
    Array,   ///< void f(const T*, T*, size_t)
    Vector,  ///< V f(V), V f(V, V) with V of `lanes` elements in one register
  };
  /// Of scalar functions: what there is besides T f(T), T f(T, T).
  enum class Extra {
    None,
    IntSecond,   ///< T f(T, int): ldexp; `inputs` is 2, what trunc() leaves of the second
    LongSecond,  ///< T f(T, long long): pown
    IntFirst,    ///< T f(int, T): jn, at one `order`
    IntResult,   ///< int f(T): ilogb
    IntOut,      ///< T f(T, int*): frexp
    RealOut,     ///< T f(T, T*): modf
    TwoOut,      ///< void f(T, T*, T*): sincos
  };
  Element element = Element::Float;
  int inputs = 1;
  Form form = Form::Scalar;
  int lanes = 1;
  Extra extra = Extra::None;
  // Of no matter to how it is declared:
  int order = 0;  ///< the first argument of IntFirst
  int part = 0;   ///< which of several results is meant, the returned one or the first being 0

  std::size_t element_size() const { return size_of(element); }
  /// Whether numbers are floats for those who call it.
  bool carried_by_float() const { return element != Element::Double; }
  /// Bits of the vector register; 0 for the other forms.
  int register_bits() const {
    return form == Form::Vector ? lanes * static_cast<int>(element_size()) * 8 : 0;
  }
  friend bool operator==(const Signature& a, const Signature& b) {
    return a.element == b.element && a.inputs == b.inputs && a.form == b.form &&
           a.lanes == b.lanes && a.extra == b.extra;
  }
};

/// "float(float)", "double(double, double)", "void(const float*, float*, size_t)",
/// "float8(float8)", "double4(double4, double4)": a type with a number is a vector of that many
/// elements. "float(float, int)", "float(int, float)", "void(float, float*, float*)" and so on.
/// "uint16_t(uint16_t)", "void(const uint8_t*, const uint8_t*, uint8_t*, size_t)" of short formats.
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
