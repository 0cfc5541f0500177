// The templates of templates/arithmetic.h.in.
#include "emit/arithmetic.h"

#include <fmt/format.h>

#include "emit/embedded.h"
#include "emit/template.h"

namespace ulpforge::emit {
namespace {

const TemplateFile& arithmetic_templates() {
  static const TemplateFile file(kArithmeticText);
  return file;
}

}  // namespace

std::string arithmetic_begin(Rounding rounding) {
  return arithmetic_templates().fill("refusal") +
         arithmetic_templates().fill(rounding == Rounding::Float ? "float rounding"
                                                                 : "double rounding") +
         arithmetic_templates().fill("begin");
}

std::string arithmetic_end() { return arithmetic_templates().fill("end"); }

std::string product_text(const Language& language) {
  return arithmetic_templates().fill(fmt::format("{} product", language.name),
                                     {{"MINUS_ZERO", arithmetic_templates().fill("minus_zero")}});
}

std::vector<std::string> flush_to_zero_note() {
  return {"Linking a program, or a library that it loads, with -ffast-math may set flush-to-zero",
          "for the whole process (crtfastmath.o of gcc): subnormal arguments, values and results",
          "then become 0, which no code here can see."};
}

}  // namespace ulpforge::emit
