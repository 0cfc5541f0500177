// Filling in family/package/forms_test.cpp.in.
#include "family/forms_test_source.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "emit/cpp_text.h"
#include "emit/header_part.h"
#include "emit/template.h"
#include "emit/vector_names.h"
#include "family/embedded.h"
#include "family/library_code.h"
#include "numbers/short_format.h"

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
  for (const emit::Form* form : emit::library_forms(jit::Architecture::X86_64)) {
    if (form->lanes >= lanes) return runs(*form);
  }
  return "false";
}

/// Rows of code that is compared with one program, by the program.
using Rows = std::vector<std::string>;

/// Which of a member's programs a form has, for arrays and vectors or for single floats.
std::size_t program_of(const Function& f, const emit::Form& form, bool calls,
                       jit::Architecture architecture = jit::Architecture::X86_64) {
  jit::Isa isa = emit::isa_of_arrays(form);
  const bool with_fma = form.lanes > 1 || architecture == jit::Architecture::AArch64;
  if (calls && with_fma) isa = jit::Isa::ScalarFma;
  for (std::size_t k = 0; k < f.programs.size(); ++k) {
    if (std::ranges::find(f.programs[k].forms, jit::name(isa)) != f.programs[k].forms.end()) {
      return k;
    }
  }
  throw std::logic_error(fmt::format("{} has no program for {}", f.name, jit::name(isa)));
}

/// A member in a form by itself: single floats, arrays, vectors.
void add_form(const Function& f, const emit::Form& form, Rows& rows) {
  const auto code = [&](std::string_view suffix) {
    return fmt::format("ufmath::{}::{}{}", form.library.name, f.name, suffix);
  };
  const auto what = [&](std::string_view part) {
    return fmt::format("{}, {}", form.library.title, part);
  };
  std::string& text = rows[program_of(f, form, false)];
  if (form.library.scalars) {
    const std::string calls = row(what("scalar"), fmt::format("ones<{}>", code("")), runs(form));
    const std::size_t on_x86 = program_of(f, form, true);
    const std::size_t on_aarch64 = program_of(f, form, true, jit::Architecture::AArch64);
    if (on_x86 == on_aarch64) {
      rows[on_x86] += calls;
    } else {
      const std::string_view macro = jit::macro(jit::Architecture::AArch64);
      rows[on_x86] += fmt::format("#if !defined({})\n{}#endif\n", macro, calls);
      rows[on_aarch64] += fmt::format("#if defined({})\n{}#endif\n", macro, calls);
    }
  }
  text += row(what("array"), code("_n"), runs(form));
  if (form.lanes > 1 && form.is_sized()) {
    text += row(what("vector"), fmt::format("v{}s<{}>", form.lanes, code("_v")), runs(form));
  }
  if (!form.library.doubled.empty()) {
    text += row(what("half a vector"), fmt::format("v{}s<{}>", form.lanes / 2, code("_half")),
                runs(form));
  }
}

/// Vectors by way of arrays, as far as a name leads to them.
void add_by_array(const Function& f, Rows& rows) {
  for (const std::size_t lanes : lanes_of_names()) {
    for (const Choice& choice :
         choices(f.name, {Kind::Of::Vector, lanes}, jit::Architecture::X86_64)) {
      if (!choice.code.starts_with(fmt::format("v{}_by_array", lanes))) continue;
      rows[program_of(f, *choice.form, false)] +=
          row(fmt::format("{}, {} by array", choice.form->library.title, lanes),
              fmt::format("v{}s<ufmath::v{}_by_array<ufmath::{}::{}_n>>", lanes, lanes,
                          choice.form->library.name, f.name),
              has_registers(lanes));
    }
  }
}

/// Whether the best form is this one.
std::string is_best(const emit::Form& form) {
  return fmt::format("ufmath::best_form() == ufmath::Form::{}", form.library.name);
}

/// The form whose code a public name leads to where `best` is the best.
const emit::Form& form_behind(const Function& f, Kind kind, const emit::Form& best,
                              jit::Architecture architecture) {
  const std::vector<const emit::Form*> forms = emit::library_forms(architecture);
  const auto rank = [&](const emit::Form* form) { return std::ranges::find(forms, form); };
  for (const Choice& choice : choices(f.name, kind, architecture)) {
    if (rank(choice.form) > rank(&best)) continue;
    for (const emit::Form* form : forms) {
      if (choice.code.find(fmt::format("{}::", form->library.name)) != std::string::npos) {
        return *form;
      }
    }
  }
  throw std::logic_error(fmt::format("{} has no code for {}", f.name, best.library.name));
}

/// The public names, which lead to another form on another processor. Vector names of AArch64 have
/// types that this test may not know.
void add_names(const Function& f, Rows& vectors, jit::Architecture architecture) {
  const auto add = [&](const std::string& what, const std::string& code, Kind kind,
                       const std::string& available) {
    const bool calls = kind.of == Kind::Of::Scalar;
    if (f.programs.size() == 1) {
      vectors[program_of(f, emit::plain_form(), calls)] += row(what, code, available);
      return;
    }
    for (const emit::Form* form : emit::library_forms(architecture)) {
      const emit::Form& behind = form_behind(f, kind, *form, architecture);
      vectors[program_of(f, behind, calls, architecture)] +=
          row(what, code, fmt::format("{} && {}", is_best(*form), available));
    }
  };
  for (const std::string& name : f.names) {
    if (f.programs.size() > 1) {
      add(name, fmt::format("ones<{}>", name), {Kind::Of::Scalar}, "true");
      add(name + "_n", name + "_n", {Kind::Of::Array}, "true");
    }
    if (architecture != jit::Architecture::X86_64) continue;
    for (const emit::VectorNames& names : emit::kVectorNames) {
      const std::string vector = std::string(names.prefix) + name;
      add(vector, fmt::format("v{}s<{}>", names.lanes, vector), {Kind::Of::Vector, names.lanes},
          has_registers(names.lanes));
    }
  }
}

std::string rows(const Function& f) {
  Rows plain(f.programs.size());
  for (std::size_t k = 0; k < f.programs.size(); ++k) {
    plain[k] = row("its program", fmt::format("ones<{}>", reference_name(f, k)), "true");
  }
  add_form(f, emit::plain_form(), plain);
  if (f.programs.size() == 1) {
    for (const std::string& name : f.names) {
      plain[0] += row(name, fmt::format("ones<{}>", name), "true");
      plain[0] += row(name + "_n", name + "_n", "true");
    }
  }
  const auto vectors_on = [&](jit::Architecture architecture) {
    Rows vectors(f.programs.size());
    for (const emit::Form* form : emit::library_forms(architecture)) {
      if (form != &emit::plain_form()) add_form(f, *form, vectors);
    }
    if (architecture == jit::Architecture::X86_64) add_by_array(f, vectors);
    add_names(f, vectors, architecture);
    return vectors;
  };
  std::string text;
  for (std::size_t k = 0; k < f.programs.size(); ++k) {
    const std::string name =
        f.programs.size() == 1
            ? f.name
            : fmt::format("{} ({})", f.name, fmt::join(f.programs[k].forms, ", "));
    text += templates().fill("rows", {{"NAME", name},
                                      {"PORTABLE_ROWS", plain[k]},
                                      {"ROWS", by_architecture([&](jit::Architecture architecture) {
                                         return vectors_on(architecture)[k];
                                       })}});
  }
  return text;
}

/// Of a short format, which has one program: its forms and its names.
std::string short_rows(const Function& f) {
  const std::string type = number_type(f);
  const auto ones = [&](const std::string& name) {
    return fmt::format("short_ones<{}, {}>", type, name);
  };
  const std::string program = reference_name(f, 0);
  const auto rows_of = [&](const emit::Form& form) {
    const std::string code = fmt::format("ufmath::{}::{}", form.library.name, f.name);
    const std::string title(form.library.title);
    return (form.library.scalars ? row(title + ", scalar", ones(code), runs(form)) : "") +
           row(title + ", array", code + "_n", runs(form));
  };
  std::string plain = row("its program", ones(program), "true") + rows_of(emit::plain_form());
  const std::string vectors = by_architecture([&](jit::Architecture architecture) {
    std::string text;
    for (const emit::Form* form : emit::library_forms(architecture)) {
      if (form != &emit::plain_form()) text += rows_of(*form);
    }
    return text;
  });
  for (const std::string& name : f.names) {
    plain += row(name, ones(name), "true");
    plain += row(name + "_n", name + "_n", "true");
  }
  return templates().fill(
      "short_rows", {{"TYPE", type},
                     {"NAME", f.name},
                     {"PATTERNS", fmt::to_string(numbers::parse_short_format(f.format).inputs())},
                     {"PROGRAM", program},
                     {"PORTABLE_ROWS", plain},
                     {"ROWS", vectors}});
}

/// What calls functions of vectors.
std::string callers(jit::Architecture architecture) {
  std::string text;
  if (architecture == jit::Architecture::AArch64) {
    for (const emit::Form* form : emit::library_forms(architecture)) {
      if (form->lanes == 1 || !form->is_sized()) continue;
      text +=
          templates().fill("caller", {{"TYPE", std::string(form->source->spelling(ir::Type::F32))},
                                      {"TARGET", ""},
                                      {"LANES", fmt::to_string(form->lanes)}});
    }
    return text;
  }
  for (const std::size_t lanes : lanes_of_names()) {
    text += templates().fill("caller", {{"TYPE", std::string(vector_type(lanes))},
                                        {"TARGET", target_attribute(lanes)},
                                        {"LANES", fmt::to_string(lanes)}});
  }
  return text;
}

/// What is said of forms that the processor does not run.
std::string lacks(jit::Architecture architecture) {
  std::string text;
  for (const emit::Form* form : emit::library_forms(architecture)) {
    if (form == &emit::plain_form()) continue;
    text += templates().fill("lack", {{"FORM", std::string(form->library.name)},
                                      {"NEEDS", std::string(jit::title(form->isa))}});
  }
  return text;
}

}  // namespace

std::string forms_test(const std::vector<Group>& groups) {
  std::string includes, declarations, functions, short_functions;
  for (const Group& group : groups) {
    includes += fmt::format("#include \"functions/{}_forms.h\"\n", group.function);
    for (const Function* f : group.members) {
      for (std::size_t k = 0; k < f->programs.size(); ++k) {
        includes += fmt::format("#include \"{}.h\"\n", reference_name(*f, k));
      }
      if (!f->format.empty()) {
        short_functions += short_rows(*f);
        continue;
      }
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
                                   {"CALLERS", by_architecture(callers)},
                                   {"LACKS", by_architecture(lacks)},
                                   {"FUNCTIONS", functions},
                                   {"SHORT_FUNCTIONS", short_functions}});
}

}  // namespace ulpforge::family
