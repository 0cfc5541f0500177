// Signatures by declaration and by name.
#include "validate/signature.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include "system/processor.h"

namespace ulpforge::validate {
namespace {

using Extra = Signature::Extra;

struct ElementRow {
  Element element;
  std::string_view name;
  std::size_t size;
};
constexpr std::array kElements = {
    ElementRow{Element::Float, "float", 4},      ElementRow{Element::Double, "double", 8},
    ElementRow{Element::UInt8, "uint8_t", 1},    ElementRow{Element::UInt16, "uint16_t", 2},
    ElementRow{Element::UInt32, "uint32_t", 4},  ElementRow{Element::Bfloat16, "__bf16", 2},
    ElementRow{Element::Float16, "_Float16", 2},
};

const ElementRow& row_of(Element element) {
  return *std::ranges::find(kElements, element, &ElementRow::element);
}

struct Function {
  std::string_view name;
  int inputs;
  Extra extra = Extra::None;
};

// The functions of C's math library (with POSIX's, GNU's and C23's additions, and usual names of
// others) from real numbers, and at most one integer, to real numbers.
constexpr std::array kFunctions = {
    Function{"acos", 1},
    Function{"acosh", 1},
    Function{"acospi", 1},
    Function{"asin", 1},
    Function{"asinh", 1},
    Function{"asinpi", 1},
    Function{"atan", 1},
    Function{"atan2", 2},
    Function{"atan2pi", 2},
    Function{"atanh", 1},
    Function{"atanpi", 1},
    Function{"cbrt", 1},
    Function{"ceil", 1},
    Function{"compoundn", 2, Extra::LongSecond},
    Function{"copysign", 2},
    Function{"cos", 1},
    Function{"cosh", 1},
    Function{"cospi", 1},
    Function{"digamma", 1},
    Function{"drem", 2},
    Function{"erf", 1},
    Function{"erfc", 1},
    Function{"erfcx", 1},
    Function{"exp", 1},
    Function{"exp10", 1},
    Function{"exp10m1", 1},
    Function{"exp2", 1},
    Function{"exp2m1", 1},
    Function{"expint", 1},
    Function{"expm1", 1},
    Function{"fabs", 1},
    Function{"fdim", 2},
    Function{"floor", 1},
    Function{"fmax", 2},
    Function{"fmin", 2},
    Function{"fmod", 2},
    Function{"frexp", 1, Extra::IntOut},
    Function{"hypot", 2},
    Function{"i0", 1},
    Function{"i1", 1},
    Function{"ilogb", 1, Extra::IntResult},
    Function{"j0", 1},
    Function{"j1", 1},
    Function{"jn", 1, Extra::IntFirst},
    Function{"k0", 1},
    Function{"k1", 1},
    Function{"lambertw", 1},
    Function{"ldexp", 2, Extra::IntSecond},
    Function{"lgamma", 1},
    Function{"log", 1},
    Function{"log10", 1},
    Function{"log10p1", 1},
    Function{"log1p", 1},
    Function{"log2", 1},
    Function{"log2p1", 1},
    Function{"logb", 1},
    Function{"logp1", 1},
    Function{"modf", 1, Extra::RealOut},
    Function{"nearbyint", 1},
    Function{"nextafter", 2},
    Function{"pow", 2},
    Function{"pown", 2, Extra::LongSecond},
    Function{"powr", 2},
    Function{"remainder", 2},
    Function{"rint", 1},
    Function{"rootn", 2, Extra::LongSecond},
    Function{"round", 1},
    Function{"roundeven", 1},
    Function{"rsqrt", 1},
    Function{"scalbln", 2, Extra::LongSecond},
    Function{"scalbn", 2, Extra::IntSecond},
    Function{"sin", 1},
    Function{"sincos", 1, Extra::TwoOut},
    Function{"sinh", 1},
    Function{"sinpi", 1},
    Function{"sqrt", 1},
    Function{"tan", 1},
    Function{"tanh", 1},
    Function{"tanpi", 1},
    Function{"tgamma", 1},
    Function{"trunc", 1},
    Function{"y0", 1},
    Function{"y1", 1},
    Function{"yn", 1, Extra::IntFirst},
};

const Function* find_function(std::string_view name) {
  const auto found = std::ranges::find(kFunctions, name, &Function::name);
  return found == kFunctions.end() ? nullptr : &*found;
}

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// A number at the start of the text; 0 if there is none.
int take_number(std::string_view& text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return 0;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

bool is_register(const Signature& signature) {
  const int bits = signature.register_bits();
  return bits == 128 || bits == 256 || bits == 512;
}

/// "exp", "expf".
std::optional<SymbolName> read_c_name(std::string_view name) {
  SymbolName result;
  const Function* function = find_function(name);
  result.signature.element = Element::Double;
  if (function == nullptr && name.ends_with('f')) {
    function = find_function(name.substr(0, name.size() - 1));
    result.signature.element = Element::Float;
  }
  if (function == nullptr) return {};
  result.signature.inputs = function->inputs;
  result.signature.extra = function->extra;
  result.function = function->name;
  return result;
}

/// "_ZGV", one letter for the instruction set, N, lanes, a v for each argument, _name.
std::optional<SymbolName> read_vector_name(std::string_view name) {
  if (!take(name, "_ZGV") || name.size() < 2 || name[1] != 'N') return {};
  name.remove_prefix(2);
  const int lanes = take_number(name);
  const std::size_t inputs = name.find('_');
  if (lanes == 0 || inputs == std::string_view::npos || inputs > 2 ||
      name.find_first_not_of('v') != inputs) {
    return {};
  }
  std::optional<SymbolName> result = read_c_name(name.substr(inputs + 1));
  if (!result || result->signature.inputs != static_cast<int>(inputs) ||
      result->signature.extra != Extra::None) {
    return {};
  }
  result->signature.form = Signature::Form::Vector;
  result->signature.lanes = lanes;
  return is_register(result->signature) ? result : std::nullopt;
}

/// "Sleef_" [finz_ | cinz_] name [f | d lanes] _uXX [instruction set]; "d" may be left out where
/// there is one lane and no number.
std::optional<SymbolName> read_sleef_name(std::string_view name) {
  if (!take(name, "Sleef_")) return {};
  if (!take(name, "finz_")) take(name, "cinz_");
  const std::string_view whole = name.substr(0, name.find('_'));
  const std::size_t digits = whole.find_last_not_of("0123456789") + 1;
  std::string_view number = whole.substr(digits);
  std::string_view base = whole.substr(0, digits);
  if (std::optional<SymbolName> plain = read_c_name(whole)) {
    return plain;  // log2 is a function and not a vector of two, Sleef_expf_u10 a scalar
  }
  const int lanes = take_number(number);
  if (lanes == 0 || base.empty()) return {};
  SymbolName result;
  result.signature.element = base.back() == 'f' ? Element::Float : Element::Double;
  if (base.back() != 'f' && base.back() != 'd') return {};
  base.remove_suffix(1);
  const Function* function = find_function(base);
  if (function == nullptr || (function->extra != Extra::None && lanes > 1)) return {};
  result.signature.extra = function->extra;
  result.function = base;
  result.signature.inputs = function->inputs;
  if (lanes == 1) return result;
  result.signature.form = Signature::Form::Vector;
  result.signature.lanes = lanes;
  return is_register(result.signature) ? std::optional(result) : std::nullopt;
}

}  // namespace

std::string_view name(Element element) { return row_of(element).name; }

std::size_t size_of(Element element) { return row_of(element).size; }

std::string to_string(const Signature& signature) {
  const std::string type =
      fmt::format("{}{}", name(signature.element),
                  signature.form == Signature::Form::Vector ? fmt::to_string(signature.lanes) : "");
  if (signature.form == Signature::Form::Array) {
    if (signature.inputs == 2) {
      return fmt::format("void(const {0}*, const {0}*, {0}*, size_t)", type);
    }
    return fmt::format("void(const {0}*, {0}*, size_t)", type);
  }
  switch (signature.extra) {
    case Extra::None:
      break;
    case Extra::IntSecond:
      return fmt::format("{0}({0}, int)", type);
    case Extra::LongSecond:
      return fmt::format("{0}({0}, long long)", type);
    case Extra::IntFirst:
      return fmt::format("{0}(int, {0})", type);
    case Extra::IntResult:
      return fmt::format("int({0})", type);
    case Extra::IntOut:
      return fmt::format("{0}({0}, int*)", type);
    case Extra::RealOut:
      return fmt::format("{0}({0}, {0}*)", type);
    case Extra::TwoOut:
      return fmt::format("void({0}, {0}*, {0}*)", type);
  }
  return signature.inputs == 1 ? fmt::format("{0}({0})", type) : fmt::format("{0}({0}, {0})", type);
}

Signature parse_signature(std::string_view text) {
  const auto without_spaces = [](std::string_view spaced) {
    std::string result(spaced);
    std::erase(result, ' ');
    return result;
  };
  std::string wanted = without_spaces(text);
  for (std::size_t at = 0; (at = wanted.find("std::", at)) != wanted.npos;) wanted.erase(at, 5);
  for (const ElementRow& row : kElements) {
    if (!is_pattern(row.element)) continue;
    for (const int inputs : {1, 2}) {
      for (const auto form : {Signature::Form::Scalar, Signature::Form::Array}) {
        const Signature candidate{row.element, inputs, form, 1};
        if (without_spaces(to_string(candidate)) == wanted) return candidate;
      }
    }
  }
  for (const Element element : {Element::Float, Element::Double}) {
    for (const int inputs : {1, 2}) {
      for (const int bits : {0, 128, 256, 512}) {
        Signature candidate{element, inputs, Signature::Form::Scalar, 1};
        if (bits != 0) {
          candidate.form = Signature::Form::Vector;
          candidate.lanes = bits / 8 / static_cast<int>(candidate.element_size());
        }
        if (without_spaces(to_string(candidate)) == wanted) return candidate;
      }
    }
    for (const Extra extra : {Extra::IntSecond, Extra::LongSecond, Extra::IntFirst,
                              Extra::IntResult, Extra::IntOut, Extra::RealOut, Extra::TwoOut}) {
      const bool two = extra == Extra::IntSecond || extra == Extra::LongSecond;
      const Signature candidate{element, two ? 2 : 1, Signature::Form::Scalar, 1, extra};
      if (without_spaces(to_string(candidate)) == wanted) return candidate;
    }
    const Signature array{element, 1, Signature::Form::Array, 1};
    if (without_spaces(to_string(array)) == wanted) return array;
  }
  throw std::invalid_argument(fmt::format(
      "signature '{}'; there are float(float), float(float, float), void(const float*, "
      "float*, size_t), vectors like float8(float8), float(float, int), float(float, "
      "long long), float(int, float), int(float), float(float, int*), float(float, "
      "float*), void(float, float*, float*), and the same with double; of short formats "
      "uint16_t(uint16_t), uint16_t(uint16_t, uint16_t), void(const uint16_t*, "
      "uint16_t*, size_t), and the same with uint8_t, uint32_t, __bf16 and _Float16",
      text));
}

std::optional<SymbolName> read_symbol_name(std::string_view symbol) {
  if (symbol.starts_with("_ZGV")) return read_vector_name(symbol);
  if (symbol.starts_with("Sleef_")) return read_sleef_name(symbol);
  return read_c_name(symbol);
}

std::string missing_instruction_set(std::string_view symbol, const Signature& signature) {
  const auto lacks = [](std::string_view set) { return !system::processor_has(set); };
  if (signature.register_bits() == 512 && lacks("avx512f")) return "avx512f";
  if (signature.register_bits() == 256 && lacks("avx")) return "avx";
  if (symbol.starts_with("_ZGVd") && lacks("avx2")) return "avx2";
  if (symbol.starts_with("_ZGVe") && lacks("avx512f")) return "avx512f";
  if (symbol.starts_with("Sleef_")) {
    if (symbol.ends_with("avx2") || symbol.ends_with("avx2128")) {
      if (lacks("avx2")) return "avx2";
      if (lacks("fma")) return "fma";
    }
    if (symbol.ends_with("avx") && lacks("avx")) return "avx";
    if (symbol.ends_with("fma4") && lacks("fma4")) return "fma4";
    if (symbol.ends_with("sse4") && lacks("sse4.1")) return "sse4.1";
    if (symbol.ends_with("purecfma") && lacks("fma")) return "fma";
    if (symbol.find("avx512f") != std::string_view::npos && lacks("avx512f")) return "avx512f";
  }
  return {};
}

}  // namespace ulpforge::validate
