// Filling in the templates of short formats.
#include "emit/short_header.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>

#include "emit/arithmetic.h"
#include "emit/checks.h"
#include "emit/cpp_text.h"
#include "emit/embedded.h"
#include "emit/form_source.h"
#include "emit/header_part.h"
#include "emit/steps.h"
#include "emit/template.h"
#include "numbers/format.h"

namespace ulpforge::emit {
namespace {

using numbers::Binary32;
using numbers::ShortFormat;

std::string hex(std::uint32_t value) { return fmt::format("0x{:x}u", value); }

std::string boolean(bool value) { return value ? "true" : "false"; }

/// Whether processors have instructions that convert from and to it.
bool has_hardware(const ShortFormat& format) { return format.name() == "f16"; }

/// An overload on the compiler's own type for the format.
std::string compilers_type(const TemplateFile& file, const std::string& name,
                           const ShortFormat& format) {
  const bool bf16 = format.name() == "bf16";
  if (!bf16 && format.name() != "f16") return "";
  return file.fill("compilers_type",
                   {{"NAME", name},
                    // g++ has _Float16 in C++ since 13, on x86-64 since 12.
                    {"CONDITION", bf16 ? "defined(__BFLT16_MANT_DIG__)"
                                       : "defined(__FLT16_MANT_DIG__) && (defined(__clang__) || "
                                         "defined(__SSE2__) || __GNUC__ >= 13)"},
                    {"CTYPE", bf16 ? "__bf16" : "_Float16"}});
}

/// The two directions of conversion, of a number and of an array.
struct Conversions {
  std::string widen, narrow;
};

Conversions conversions(const TemplateFile& file, const ShortFormat& format) {
  const int shift = numbers::kBinary32.precision - format.row().precision;
  const int rebias = Binary32::kBias - (format.row().emax - 1);
  // E4M3 has no field of its own for infinities, so that its bias is one less than emax says.
  const int bias_change =
      format.has_infinities() ? rebias : Binary32::kBias - (2 - format.row().emin);
  const double scale = std::ldexp(1.0, bias_change);
  const double magic = std::ldexp(
      1.0, numbers::kBinary32.precision - 1 + format.row().emin - format.row().precision);
  const auto normal = static_cast<float>(std::ldexp(1.0, format.row().emin - 1));
  // The first float that is rounded beyond the largest number.
  const std::uint32_t last_kept = [&] {
    std::uint32_t in = 0;
    std::uint32_t out = Binary32::kInfinity;
    const std::uint32_t most = format.largest();
    const auto beyond = [&](std::uint32_t bits) {
      const double value = Binary32::value(bits);
      return format.has_infinities() ? format.round(value) > most : value >= format.largest_value();
    };
    while (in + 1 < out) {
      const std::uint32_t middle = in + (out - in) / 2;
      (beyond(middle) ? out : in) = middle;
    }
    return out;
  }();
  const bool hardware = has_hardware(format);
  const bool same_exponents = bias_change == 0;
  const std::string type = pattern_type(format);
  return {
      file.fill(
          "widen",
          {{"TYPE", type},
           {"HARDWARE_WIDEN", hardware ? file.fill("f16_widen") : ""},
           {"MAGNITUDE", hex(format.sign() - 1)},
           {"SIGN", hex(format.sign())},
           {"SIGN_SHIFT", fmt::to_string(32 - format.bits())},
           {"SHIFT", fmt::to_string(shift)},
           {"LARGEST", hex(format.largest())},
           {"IS_INFINITY",
            format.has_infinities() ? fmt::format("size == {}", hex(format.infinity())) : "false"},
           {"WIDEN_SCALE",
            same_exponents ? ""
                           : file.fill("widen_scale", {{"SCALE", fmt::format("{:a}", scale)}})}}),
      file.fill(
          "narrow",
          {{"TYPE", type},
           {"HARDWARE_NARROW", hardware ? file.fill("f16_narrow") : ""},
           {"SIGN_PLACE", fmt::to_string(format.bits() - 1)},
           {"SHIFT", fmt::to_string(shift)},
           {"SATURATES",
            format.has_infinities() ? "" : "; what is beyond the largest number is that number"},
           {"BELOW_HALF", hex((std::uint32_t{1} << (shift - 1)) - 1)},
           {"REBIAS", hex(static_cast<std::uint32_t>(bias_change) << format.mantissa_bits())},
           {"NARROW_SMALL",
            same_exponents ? ""
                           : file.fill("narrow_small",
                                       {{"MAGIC", fmt::format("{:a}", magic)},
                                        {"MAGIC_BITS", hex(std::bit_cast<std::uint32_t>(
                                                           static_cast<float>(magic)))},
                                        {"NORMAL", hex(std::bit_cast<std::uint32_t>(normal))}})},
           {"OVERFLOW", hex(last_kept)},
           {"MOST", hex(format.has_infinities() ? format.infinity() : format.largest())},
           {"NAN", hex(format.nan())}})};
}

/// The name of the template with a form's conversions of vectors.
std::string conversion_of(const ShortFormat& format, const Form& form) {
  return fmt::format("{}_{}", format.name(), form.name);
}

/// What the preprocessor has to find beside the form: AVX2 has no conversions of f16.
std::string also_needed(const ShortFormat& format, const Form& form) {
  return has_hardware(format) && form.isa == jit::Isa::Avx2 ? " && defined(__F16C__)" : "";
}

/// What a function of patterns takes.
enum class Takes { Patterns, Floats };

/// Conversions of vectors, and the loops that have them, in the forms for which there are any.
struct VectorLoops {
  std::string conversions, loops;
};

VectorLoops vector_loops(const TemplateFile& file, const HeaderPart& part, const std::string& name,
                         const ShortFormat& format, Takes takes) {
  VectorLoops text;
  // Vectors that need rare code would have to be taken out of the loop.
  if (part.facts.has_rare_code()) return text;
  for (const Form& form : vector_forms_of(part.header)) {
    if (!file.has(conversion_of(format, form))) continue;
    const std::string condition =
        fmt::format("defined({}){}", macro(part.header, form), also_needed(format, form));
    text.conversions +=
        fmt::format("#if {}\n{}#endif\n\n", condition, file.fill(conversion_of(format, form)));
    const std::size_t count = in_step(part, form);
    const auto load = [&](std::size_t k) {
      const std::string from = k == 0 ? "x" : fmt::format("x + {}", k * form.lanes);
      return takes == Takes::Floats ? fmt::format("detail::load({})", from)
                                    : fmt::format("{}_format::widen({})", name, from);
    };
    std::string loads;
    for (std::size_t k = 0; k < count; ++k) loads += (k == 0 ? "" : ", ") + load(k);
    text.loops += file.fill(count > 1 ? "loop_in_step" : "loop",
                            {{"IF", text.loops.empty() ? "#if" : "#elif"},
                             {"CONDITION", condition},
                             {"NAME", name},
                             {"FLOAT", part.header.name},
                             {"FORM", std::string(form.name)},
                             {"COUNT", fmt::to_string(count * form.lanes)},
                             {"LOAD", load(0)},
                             {"LOADS", loads}});
  }
  if (text.loops.empty()) return text;
  text.loops += "#endif\n";
  text.conversions += file.fill("narrow_in_step");
  return text;
}

std::string header_text(const ir::Program& program, const MachineHeader& header,
                        const ShortFormat& format, Takes takes) {
  const TemplateFile file(kShortHeaderText);
  MachineHeader around = header;
  around.name = header.name + "_float";
  const std::string& name = header.name;
  const std::vector<jit::Isa> all(header_isas().begin(), header_isas().end());
  const HeaderPart part(around, program_of_header(program), all);
  const Conversions convert = conversions(file, format);
  const VectorLoops vectors = vector_loops(file, part, name, format, takes);
  const bool from_patterns = takes == Takes::Patterns;
  const std::string function = file.fill(from_patterns ? "from_patterns" : "from_floats",
                                         {{"TYPE", pattern_type(format)},
                                          {"NAME", name},
                                          {"FLOAT", around.name},
                                          {"LOOPS", vectors.loops},
                                          {"COMPILERS_TYPE", compilers_type(file, name, format)}});
  return emit_machine_header(program, around) + "\n" +
         file.fill("header", {{"FORMAT", format.name()},
                              {"BITS", fmt::to_string(format.bits())},
                              {"GUARD", upper(name)},
                              {"NAME", name},
                              {"INCLUDE", has_hardware(format) ? file.fill("f16_include") : ""},
                              {"WIDEN", from_patterns ? convert.widen : ""},
                              {"NARROW", convert.narrow},
                              {"VECTORS", vectors.conversions},
                              {"FUNCTION", function}});
}

}  // namespace

std::string pattern_type(int bits) {
  return fmt::format("std::uint{}_t", bits <= 8 ? 8 : bits <= 16 ? 16 : 32);
}

std::string pattern_type(const ShortFormat& format) { return pattern_type(format.bits()); }

std::string short_conversions(const ShortFormat& format, const Form& form) {
  const TemplateFile file(kShortHeaderText);
  const Conversions both = conversions(file, format);
  const std::string name = conversion_of(format, form);
  return (has_hardware(format) ? file.fill("f16_include") : "") + both.widen + both.narrow +
         (file.has(name) ? file.fill(name) : "");
}

bool converts_vectors(const ShortFormat& format, const Form& form) {
  return TemplateFile(kShortHeaderText).has(conversion_of(format, form));
}

std::string emit_short_header(const ir::Program& program, const MachineHeader& header,
                              const ShortFormat& format) {
  return header_text(program, header, format, Takes::Patterns);
}

std::string emit_rounding_header(const ir::Program& program, const MachineHeader& header,
                                 const ShortFormat& format) {
  return header_text(program, header, format, Takes::Floats);
}

std::string emit_short_test(const EmittedShortTest& test) {
  const TemplateFile file(kShortTestText);
  const MpfrStatements statements = mpfr_statements_of(test.target);
  const ShortFormat& format = test.format;
  const std::string everywhere = fmt::format("all {} patterns", format.inputs());
  return file.fill(
      "test", {{"NAME", test.name},
               {"EXPRESSION", plain(test.expression)},
               {"INPUTS_TEXT", test.domain ? fmt::format("every number in [{}, {}]",
                                                         test.domain->first, test.domain->second)
                                           : everywhere},
               {"TERMS", std::string(kTerms)},
               {"MAX_ULP", fmt::format("{}", test.max_ulp)},
               {"MISROUNDED", fmt::to_string(test.misrounded)},
               {"INPUTS", fmt::to_string(format.inputs())},
               {"SIGN", hex(format.sign())},
               {"LARGEST", hex(format.largest())},
               {"HAS_INFINITIES", boolean(format.has_infinities())},
               {"PRECISION", fmt::to_string(format.row().precision)},
               {"EMIN", fmt::to_string(format.row().emin)},
               {"EMAX", fmt::to_string(format.row().emax)},
               {"IN_DOMAIN", test.domain ? fmt::format("x >= {:a} && x <= {:a}", test.domain->first,
                                                       test.domain->second)
                                         : "x == x || x != x"},
               {"TYPE", pattern_type(format)},
               {"EVALUATE", statements.text},
               {"RESULT", fmt::to_string(statements.place)},
               {"VALUES", fmt::to_string(statements.values)}});
}

}  // namespace ulpforge::emit
