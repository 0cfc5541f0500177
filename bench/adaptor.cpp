// The text that is compiled, and what is in it.
#include "bench/adaptor.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <stdexcept>

#include "bench/embedded.h"
#include "emit/cpp_text.h"
#include "emit/template.h"
#include "jit/isa/isa.h"

namespace ulpforge::bench {
namespace {

std::string adaptor_text(const std::vector<Subject>& subjects) {
  const emit::TemplateFile file(kAdaptorText);
  const std::string& first = subjects.front().name;
  std::string includes, functions;
  for (const Subject& subject : subjects) {
    includes += fmt::format("#include \"{}.h\"\n", subject.name);
    functions += file.fill("function", {{"NAME", subject.name}});
  }
  return file.fill("adaptor", {{"INCLUDES", includes},
                               {"FORM", names_of_form(first)},
                               {"FIRST", first},
                               {"LOOPS", std::string(kLoopsText)},
                               {"FUNCTIONS", functions}});
}

std::vector<SourceFile> sources(const std::vector<Subject>& subjects) {
  std::vector<SourceFile> files = {{"adaptor.cpp", adaptor_text(subjects)}};
  for (const Subject& subject : subjects) files.push_back({subject.name + ".h", subject.header});
  return files;
}

}  // namespace

std::string names_of_form(const std::string& header) {
  std::string text = fmt::format(
      "#if defined(ULPFORGE_SINGLE_CALLS)\n#define ULPFORGE_FORM_KEY \"{}\"\n", single_calls().key);
  for (const emit::Form& form : emit::vector_forms()) {
    text += fmt::format("#elif defined({}_{})\n#define ULPFORGE_FORM_KEY \"{}\"\n",
                        emit::upper(header), emit::upper(std::string(form.name)), form.key);
    // Loops over functions of vectors know the size of these.
    if (form.is_sized()) text += fmt::format("#define ULPFORGE_FORM {}\n", form.name);
  }
  return text +
         fmt::format("#else\n#define ULPFORGE_FORM_KEY \"{}\"\n#endif\n", emit::plain_form().key);
}

const emit::Form& single_calls() {
  static const emit::Form form = [] {
    emit::Form plain = emit::plain_form();
    plain.key = "scalar";
    plain.title = "single calls";
    plain.flags = {"-DULPFORGE_SINGLE_CALLS"};
    plain.flags_where_known = {};
    plain.library = {};
    return plain;
  }();
  return form;
}

std::vector<const emit::Form*> timed_forms() {
  std::vector<const emit::Form*> forms;
  for (const emit::Form& form : emit::forms()) forms.push_back(&form);
  forms.push_back(&single_calls());
  return forms;
}

bool host_has(const emit::Form& form) { return jit::host_has(form.isa); }

Adaptor::Adaptor(const toolchain::Compiler& compiler, const std::vector<std::string>& flags,
                 const emit::Form& form, const std::vector<Subject>& subjects)
    : compiler_(compiler.command),
      flags_(fmt::format("{}", fmt::join(flags, " "))),
      form_(&form),
      code_(compiler, flags, form, sources(subjects)) {
  const std::string found = static_cast<const char*>(code_.symbol("form_key"));
  if (found != form.key) {
    throw std::invalid_argument(
        fmt::format("{} {} leads to the form '{}' and not to '{}'; give --flags with "
                    "-march=native or the like",
                    compiler_, flags_, found, form.key));
  }
}

Loop Adaptor::array(const std::string& name) const {
  return reinterpret_cast<Loop>(code_.symbol("array_" + name));
}
Loop Adaptor::chain(const std::string& name) const {
  return reinterpret_cast<Loop>(code_.symbol("chain_" + name));
}
PeerLoop Adaptor::peer_loop(bool vector) const {
  return reinterpret_cast<PeerLoop>(code_.symbol(vector ? "peer_vector_loop" : "peer_scalar_loop"));
}
PeerLoop Adaptor::peer_chain(bool vector) const {
  return reinterpret_cast<PeerLoop>(
      code_.symbol(vector ? "peer_vector_chain" : "peer_scalar_chain"));
}

}  // namespace ulpforge::bench
