// Filling in family/package/forms_test.cpp.in.
#include "family/forms_test_source.h"

#include <fmt/format.h>

#include <algorithm>

#include "emit/cpp_text.h"
#include "emit/template.h"
#include "emit/vector_names.h"
#include "family/embedded.h"
#include "family/library_code.h"

namespace ulpforge::family {
namespace {

const emit::TemplateFile& templates() {
  static const emit::TemplateFile file(kFormsTestText);
  return file;
}

std::string row(const std::string& what, const std::string& function,
                const std::string& available) {
  return templates().fill("row",
                          {{"WHAT", what}, {"FUNCTION", function}, {"AVAILABLE", available}});
}

/// Whether the processor runs the form.
std::string runs(const emit::Form& form) {
  return form.lanes == 1 ? "true" : fmt::format("runs(ufmath::Form::{})", form.library.name);
}

/// Whether it has the registers of vectors of so many floats, for certain.
std::string has_registers(std::size_t lanes) {
  const auto names = std::ranges::find(emit::kVectorNames, lanes, &emit::VectorNames::lanes);
  if (names->target.empty()) return "true";
  for (const emit::Form* form : emit::library_forms()) {
    if (form->lanes >= lanes) return runs(*form);
  }
  return "false";
}

/// A member in a form by itself: single floats, arrays, vectors.
std::string rows_of_form(const Function& f, const emit::Form& form) {
  const auto code = [&](std::string_view suffix) {
    return fmt::format("ufmath::{}::{}{}", form.library.name, f.name, suffix);
  };
  const auto what = [&](std::string_view part) {
    return fmt::format("{}, {}", form.library.title, part);
  };
  std::string text;
  if (form.library.scalars)
    text += row(what("scalar"), fmt::format("ones<{}>", code("")), runs(form));
  text += row(what("array"), code("_n"), runs(form));
  if (form.lanes > 1) {
    text += row(what("vector"), fmt::format("v{}s<{}>", form.lanes, code("_v")), runs(form));
  }
  if (!form.library.doubled.empty()) {
    text += row(what("half a vector"), fmt::format("v{}s<{}>", form.lanes / 2, code("_half")),
                runs(form));
  }
  return text;
}

/// Vectors by way of arrays, as far as a name leads to them.
std::string rows_by_array(const Function& f) {
  std::string text;
  for (const std::size_t lanes : lanes_of_names()) {
    for (const Choice& choice : choices(f.name, {Kind::Of::Vector, lanes})) {
      if (!choice.code.starts_with(fmt::format("v{}_by_array", lanes))) continue;
      text += row(fmt::format("{}, {} by array", choice.form->library.title, lanes),
                  fmt::format("v{}s<ufmath::v{}_by_array<ufmath::{}::{}_n>>", lanes, lanes,
                              choice.form->library.name, f.name),
                  has_registers(lanes));
    }
  }
  return text;
}

std::string rows(const Function& f) {
  std::string plain, vectors;
  for (const emit::Form* form : emit::library_forms()) {
    (form == &emit::plain_form() ? plain : vectors) += rows_of_form(f, *form);
  }
  vectors += rows_by_array(f);
  for (const std::string& name : f.names) {
    plain += row(name, fmt::format("ones<{}>", name), "true");
    plain += row(name + "_n", name + "_n", "true");
    for (const emit::VectorNames& names : emit::kVectorNames) {
      const std::string vector = std::string(names.prefix) + name;
      vectors +=
          row(vector, fmt::format("v{}s<{}>", names.lanes, vector), has_registers(names.lanes));
    }
  }
  return templates().fill("rows", {{"NAME", f.name}, {"PORTABLE_ROWS", plain}, {"ROWS", vectors}});
}

/// What calls functions of vectors.
std::string callers() {
  std::string text;
  for (const std::size_t lanes : lanes_of_names()) {
    text += templates().fill("caller", {{"TYPE", std::string(vector_type(lanes))},
                                        {"TARGET", target_attribute(lanes)},
                                        {"LANES", fmt::to_string(lanes)}});
  }
  return text;
}

/// What is said of forms that the processor does not run.
std::string lacks() {
  std::string text;
  for (const emit::Form* form : emit::library_forms()) {
    if (form == &emit::plain_form()) continue;
    text += templates().fill("lack", {{"FORM", std::string(form->library.name)},
                                      {"NEEDS", std::string(jit::title(form->isa))}});
  }
  return text;
}

}  // namespace

std::string forms_test(const std::vector<Group>& groups) {
  std::string includes, declarations, functions;
  for (const Group& group : groups) {
    includes += fmt::format("#include \"functions/{}_forms.h\"\n", group.function);
    for (const Function* f : group.members) {
      functions += rows(*f);
      for (const std::string& name : f->names) {
        for (const emit::VectorNames& names : emit::kVectorNames) {
          declarations += fmt::format("{0} {1}{2}({0});\n", names.type, names.prefix, name);
        }
      }
    }
  }
  return templates().fill("test", {{"TERMS", std::string(emit::kTerms)},
                                   {"INCLUDES", includes},
                                   {"DECLARATIONS", declarations},
                                   {"CALLERS", callers()},
                                   {"LACKS", lacks()},
                                   {"FUNCTIONS", functions}});
}

}  // namespace ulpforge::family
