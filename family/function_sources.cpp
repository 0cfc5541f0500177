// Filling in family/package/functions.in.
#include "family/function_sources.h"

#include <fmt/format.h>

#include "emit/cpp_text.h"
#include "emit/template.h"
#include "emit/vector_names.h"
#include "family/embedded.h"
#include "family/library_code.h"

namespace ulpforge::family {
namespace {

const emit::TemplateFile& templates() {
  static const emit::TemplateFile file(kFunctionsText);
  return file;
}

std::string terms() { return std::string(emit::kTerms); }

/// The namespace of the form that every processor runs.
std::string portable() { return std::string(emit::plain_form().library.name); }

bool is_in_library(const emit::Form& form) { return !form.library.name.empty(); }

std::string float_type(const emit::Form& form) {
  return std::string(form.source->spelling(ir::Type::F32));
}

/// A member's functions of vectors, of whatever form is compiled.
std::string vector_bodies(const Function& f) {
  std::string text;
  for (const emit::Form& form : emit::vector_forms()) {
    if (!is_in_library(form)) continue;
    text += templates().fill("vector_body",
                             {{"IF", text.empty() ? "if" : "elif"},
                              {"MACRO", emit::upper(fmt::format("{}_{}", f.name, form.name))},
                              {"TYPE", float_type(form)},
                              {"NAME", f.name},
                              {"FORM", std::string(form.name)}});
    if (!form.library.prefix.empty()) {
      text += templates().fill("name_body", {{"CONVENTION", std::string(form.library.convention)},
                                             {"TYPE", float_type(form)},
                                             {"FORM", std::string(form.library.name)},
                                             {"NAME", f.name},
                                             {"MASK", std::string(form.library.mask)}});
    }
    if (form.library.doubled.empty()) continue;
    text += templates().fill("half_body", {{"HALF", std::string(vector_type(form.lanes / 2))},
                                           {"NAME", f.name},
                                           {"DOUBLED", std::string(form.library.doubled)},
                                           {"LOWER_HALF", std::string(form.library.lower_half)}});
  }
  return text.empty() ? "" : text + "#endif\n";
}

/// What a form declares: of each member its single floats, arrays, vectors.
std::string declarations(const Group& group, const emit::Form& form) {
  std::string scalars, arrays, vectors;
  for (const Function* f : group.members) {
    const std::string number = number_type(*f);
    if (form.library.scalars) scalars += fmt::format("{0} {1}({0} x);\n", number, f->name);
    arrays += fmt::format("void {1}_n(const {0}* x, {0}* y, std::size_t n);\n", number, f->name);
    if (!f->format.empty()) continue;
    // Types without a size are known where they are compiled for alone.
    if (form.lanes > 1 && form.is_sized())
      vectors += fmt::format("{0} {1}_v({0} x);\n", float_type(form), f->name);
    if (!form.library.doubled.empty()) {
      vectors += fmt::format("{0} {1}_half({0} x);\n", vector_type(form.lanes / 2), f->name);
    }
  }
  return scalars + arrays + vectors;
}

std::string resolver_name(const std::string& member, Kind kind) {
  return fmt::format("ufmath_resolve_{}_{}", member, kind.suffix());
}

/// Everything that a member's public names can be of.
std::vector<Kind> kinds(const Function& f) {
  std::vector<Kind> all = {{Kind::Of::Scalar}, {Kind::Of::Array}};
  if (!f.format.empty()) return all;
  for (const std::size_t lanes : lanes_of_names()) all.push_back({Kind::Of::Vector, lanes});
  return all;
}

std::string resolver(const Function& f, Kind kind, jit::Architecture architecture) {
  const std::vector<Choice> all = choices(f.name, kind, architecture);
  // On AArch64 the loader says what the processor has.
  const bool told = architecture == jit::Architecture::AArch64;
  std::string text;
  for (const Choice& choice : all) {
    text +=
        templates().fill(&choice == &all.back() ? "last_choice" : "choice",
                         {{"FORM", std::string(choice.form->library.name)}, {"CODE", choice.code}});
  }
  return templates().fill("resolver", {{"CODE", kind.code_type(number_type(f))},
                                       {"RESOLVER", resolver_name(f.name, kind)},
                                       {"ASKED", told ? "std::uint64_t capabilities" : ""},
                                       {"ARGUMENT", told ? "capabilities" : ""},
                                       {"CHOICES", text}});
}

std::string resolvers(const Function& f) {
  return templates().fill("resolvers",
                          {{"RESOLVERS", by_architecture([&](jit::Architecture architecture) {
                              std::string text;
                              for (const Kind kind : kinds(f)) {
                                const bool is_vector = kind.of == Kind::Of::Vector;
                                if (is_vector && architecture != jit::Architecture::X86_64)
                                  continue;
                                text += resolver(f, kind, architecture);
                              }
                              return text;
                            })}});
}

std::string bound(const std::string& member, Kind kind, const std::string& declaration) {
  return templates().fill(
      "bound", {{"RESOLVER", resolver_name(member, kind)}, {"DECLARATION", declaration}});
}

/// The vector names of a member.
std::string vector_names(const Function& f, const std::string& name,
                         jit::Architecture architecture) {
  std::string text;
  if (architecture == jit::Architecture::X86_64) {
    for (const emit::VectorNames& row : emit::kVectorNames) {
      text += bound(f.name, {Kind::Of::Vector, row.lanes},
                    fmt::format("{0} {1}{2}({0})", row.type, row.prefix, name));
    }
    return text;
  }
  for (const emit::Form* form : emit::library_forms(architecture)) {
    if (form->library.prefix.empty()) continue;
    text +=
        templates().fill("leads_to", {{"SYMBOL", fmt::format("{}{}", form->library.prefix, name)},
                                      {"FORM", std::string(form->library.name)},
                                      {"MEMBER", f.name}});
  }
  return text;
}

/// A public name of a member: single numbers, arrays where wanted, vectors of floats.
std::string exported(const Function& f, const std::string& name, bool with_array) {
  const std::string& member = f.name;
  const std::string number = number_type(f);
  const auto portable_name = [&](std::string_view what) {
    return templates().fill(
        what, {{"NAME", name}, {"MEMBER", member}, {"TYPE", number}, {"PORTABLE", portable()}});
  };
  std::string plain = portable_name("portable_scalar");
  std::string names =
      bound(member, {Kind::Of::Scalar}, fmt::format("{0} {1}({0} x)", number, name));
  if (with_array) {
    plain += portable_name("portable_array");
    names += bound(member, {Kind::Of::Array},
                   fmt::format("void {1}_n(const {0}* x, {0}* y, std::size_t n)", number, name));
  }
  if (!f.format.empty()) {
    return templates().fill("exported", {{"PORTABLE_NAMES", plain}, {"NAMES", names}});
  }
  names += by_architecture(
      [&](jit::Architecture architecture) { return vector_names(f, name, architecture); });
  return templates().fill("exported", {{"PORTABLE_NAMES", plain}, {"NAMES", names}});
}

}  // namespace

std::string bodies(const Group& group) {
  std::string includes, text;
  for (const Function* f : group.members) {
    includes += fmt::format("#include \"functions/{}.h\"\n", f->name);
    text += templates().fill("body",
                             {{"NAME", f->name},
                              {"TYPE", number_type(*f)},
                              {"VECTORS", f->format.empty() ? vector_bodies(*f) : std::string()}});
  }
  return templates().fill(
      "bodies",
      {{"FUNCTION", group.function}, {"TERMS", terms()}, {"INCLUDES", includes}, {"BODIES", text}});
}

std::string forms_header(const Group& group) {
  const std::string others = by_architecture([&](jit::Architecture architecture) {
    std::string text;
    for (const emit::Form* form : emit::library_forms(architecture)) {
      if (form == &emit::plain_form()) continue;
      text += templates().fill("form", {{"FORM", std::string(form->library.name)},
                                        {"DECLARATIONS", declarations(group, *form)}});
    }
    return text;
  });
  return templates().fill("forms_header",
                          {{"FUNCTION", group.function},
                           {"TERMS", terms()},
                           {"PORTABLE", portable()},
                           {"PORTABLE_FORM", declarations(group, emit::plain_form())},
                           {"OTHER_FORMS", others}});
}

std::string names_source(const Group& group) {
  std::string names;
  for (const Function* f : group.members) {
    names += resolvers(*f);
    for (const std::string& name : f->names) names += exported(*f, name, true);
  }
  return templates().fill("names",
                          {{"FUNCTION", group.function}, {"TERMS", terms()}, {"NAMES", names}});
}

std::string preload_source(const Group& group, const Function& member) {
  return templates().fill("preload",
                          {{"FUNCTION", group.function},
                           {"TERMS", terms()},
                           {"NAMES", resolvers(member) + exported(member, member.symbol, false)}});
}

}  // namespace ulpforge::family
