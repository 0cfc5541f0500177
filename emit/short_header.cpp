// Filling in the templates of short formats.
#include "emit/short_header.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>

#include "emit/arithmetic.h"
#include "emit/checks.h"
#include "emit/cpp_text.h"
#include "emit/embedded.h"
#include "emit/template.h"
#include "numbers/format.h"

namespace ulpforge::emit {
namespace {

using numbers::Binary32;
using numbers::ShortFormat;

std::string hex(std::uint32_t value) { return fmt::format("0x{:x}u", value); }

std::string boolean(bool value) { return value ? "true" : "false"; }

/// An overload on the compiler's own type for the format.
std::string compilers_type(const TemplateFile& file, const std::string& name,
                           const ShortFormat& format) {
  const bool bf16 = format.name() == "bf16";
  if (!bf16 && format.name() != "f16") return "";
  return file.fill("compilers_type",
                   {{"NAME", name},
                    {"MACRO", bf16 ? "__BFLT16_MANT_DIG__" : "__FLT16_MANT_DIG__"},
                    {"CTYPE", bf16 ? "__bf16" : "_Float16"}});
}

std::string short_part(const std::string& name, const ShortFormat& format) {
  const TemplateFile file(kShortHeaderText);
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
  const bool hardware = format.name() == "f16";
  const bool same_exponents = bias_change == 0;
  return file.fill(
      "header",
      {{"FORMAT", format.name()},
       {"BITS", fmt::to_string(format.bits())},
       {"GUARD", upper(name)},
       {"NAME", name},
       {"FLOAT", name + "_float"},
       {"TYPE", pattern_type(format)},
       {"HARDWARE_INCLUDE", hardware ? file.fill("f16_include") : ""},
       {"HARDWARE_WIDEN", hardware ? file.fill("f16_widen") : ""},
       {"HARDWARE_NARROW", hardware ? file.fill("f16_narrow") : ""},
       {"MAGNITUDE", hex(format.sign() - 1)},
       {"SIGN", hex(format.sign())},
       {"SIGN_SHIFT", fmt::to_string(32 - format.bits())},
       {"SIGN_PLACE", fmt::to_string(format.bits() - 1)},
       {"SHIFT", fmt::to_string(shift)},
       {"LARGEST", hex(format.largest())},
       {"IS_INFINITY",
        format.has_infinities() ? fmt::format("size == {}", hex(format.infinity())) : "false"},
       {"WIDEN_SCALE",
        same_exponents ? "" : file.fill("widen_scale", {{"SCALE", fmt::format("{:a}", scale)}})},
       {"SATURATES",
        format.has_infinities() ? "" : "; what is beyond the largest number is that number"},
       {"BELOW_HALF", hex((std::uint32_t{1} << (shift - 1)) - 1)},
       {"REBIAS", hex(static_cast<std::uint32_t>(bias_change) << format.mantissa_bits())},
       {"NARROW_SMALL",
        same_exponents ? ""
                       : file.fill("narrow_small",
                                   {{"MAGIC", fmt::format("{:a}", magic)},
                                    {"MAGIC_BITS",
                                     hex(std::bit_cast<std::uint32_t>(static_cast<float>(magic)))},
                                    {"NORMAL", hex(std::bit_cast<std::uint32_t>(normal))}})},
       {"OVERFLOW", hex(last_kept)},
       {"MOST", hex(format.has_infinities() ? format.infinity() : format.largest())},
       {"NAN", hex(format.nan())},
       {"COMPILERS_TYPE", compilers_type(file, name, format)}});
}

}  // namespace

std::string pattern_type(const ShortFormat& format) {
  return fmt::format("std::uint{}_t", 8 * format.bytes());
}

std::string emit_short_header(const ir::Program& program, const MachineHeader& header,
                              const ShortFormat& format) {
  MachineHeader around = header;
  around.name = header.name + "_float";
  return emit_machine_header(program, around) + "\n" + short_part(header.name, format);
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
