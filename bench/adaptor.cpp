// Compiling, loading.
#include "bench/adaptor.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fstream>
#include <stdexcept>
#include <utility>

#include "bench/embedded.h"
#include "emit/cpp_text.h"
#include "ir/fill.h"
#include "jit/isa.h"

namespace ulpforge::bench {
namespace {

struct FormInfo {
  Form form;
  std::string_view name;
  std::string_view title;
  unsigned bits;
  jit::Isa isa;
  std::vector<std::string> flags;  ///< added to others, so that no more is used
};

const std::vector<FormInfo>& table() {
  // What headers are told, and what compilers are.
  const std::vector<std::string> no_wider = {"-DUF_VECTOR_BITS=256", "-mprefer-vector-width=256"};
  static const std::vector<FormInfo> kForms = {
      {Form::Plain, "plain", "plain loops", 0, jit::Isa::Generic, {"-mno-avx512f", "-mno-avx2"}},
      {Form::Avx2, "256", "256 bits", 256, jit::Isa::Avx2, {"-mno-avx512f"}},
      {Form::Avx512Vl, "256vl", "256 bits, AVX-512VL", 256, jit::Isa::Avx512, no_wider},
      {Form::Avx512, "512", "512 bits", 512, jit::Isa::Avx512, {}},
  };
  return kForms;
}

const FormInfo& info(Form form) { return table().at(static_cast<std::size_t>(form)); }

std::string adaptor_text(const std::vector<Subject>& subjects) {
  std::string includes, functions;
  for (const Subject& subject : subjects) {
    includes += fmt::format("#include \"{}.h\"\n", subject.name);
    functions += fmt::format(
        "void array_{0}(const float* x, float* y, std::size_t n) {{ {0}_n(x, y, n); }}\n"
        "void chain_{0}(const float* x, float* y, std::size_t n) {{\n"
        "#if defined(ULPFORGE_FORM)\n"
        "  vector_chain(x, y, n, {0}_detail::evaluate<{0}_detail::ULPFORGE_FORM>);\n"
        "#else\n"
        "  scalar_chain(x, y, n, {0});\n"
        "#endif\n"
        "}}\n",
        subject.name);
  }
  return ir::fill(kAdaptorText, {{"INCLUDES", includes},
                                 {"MACRO", emit::upper(subjects.front().name)},
                                 {"FUNCTIONS", functions}});
}

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw std::runtime_error(fmt::format("'{}' cannot be written", path.string()));
}

}  // namespace

std::string_view name(Form form) { return info(form).name; }
std::string_view title(Form form) { return info(form).title; }
unsigned bits(Form form) { return info(form).bits; }
bool host_has(Form form) { return jit::host_has(info(form).isa); }
std::string_view needs(Form form) {
  switch (info(form).isa) {
    case jit::Isa::Avx512:
      return "AVX-512 (F, BW, CD, DQ and VL)";
    case jit::Isa::Avx2:
      return "AVX2 with FMA";
    default:
      return "nothing";
  }
}

std::optional<Form> find_form(std::string_view name) {
  for (const FormInfo& row : table()) {
    if (row.name == name) return row.form;
  }
  return std::nullopt;
}

Adaptor::Adaptor(const toolchain::Compiler& compiler, const std::vector<std::string>& flags,
                 Form form, const std::vector<Subject>& subjects)
    : compiler_(compiler.command), flags_(fmt::format("{}", fmt::join(flags, " "))), form_(form) {
  for (const Subject& subject : subjects) {
    write(directory_.path() / (subject.name + ".h"), subject.header);
  }
  const std::filesystem::path source = directory_.path() / "adaptor.cpp";
  const std::filesystem::path library = directory_.path() / "adaptor.so";
  write(source, adaptor_text(subjects));
  std::vector<std::string> all = {"-std=c++17"};
  all.insert(all.end(), flags.begin(), flags.end());
  all.insert(all.end(), info(form).flags.begin(), info(form).flags.end());
  // clang's -march=native may mean AVX10, which keeps AVX-512 of 256 bits beside -mno-avx512f.
  const std::string no_avx10 = "-mno-avx10.1-256";
  const bool without_avx512 = info(form).isa != jit::Isa::Avx512;
  if (without_avx512 && toolchain::accepts(compiler, no_avx10)) all.push_back(no_avx10);
  toolchain::compile_library(compiler, all, source, library);
  library_ = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library_ == nullptr) throw std::runtime_error(dlerror());
  const std::string found = static_cast<const char*>(symbol("form_name"));
  if (found != name(form)) {
    dlclose(library_);
    throw std::invalid_argument(
        fmt::format("{} {} leads to the form '{}' and not to '{}'; give --flags with "
                    "-march=native or the like",
                    compiler_, flags_, found, name(form)));
  }
}

Adaptor::Adaptor(Adaptor&& other) noexcept
    : compiler_(std::move(other.compiler_)),
      flags_(std::move(other.flags_)),
      form_(other.form_),
      directory_(std::move(other.directory_)),
      library_(std::exchange(other.library_, nullptr)) {}

Adaptor::~Adaptor() {
  if (library_ != nullptr) dlclose(library_);
}

void* Adaptor::symbol(const std::string& name) const {
  void* const address = dlsym(library_, name.c_str());
  if (address == nullptr) throw std::logic_error(fmt::format("the adaptor lacks {}", name));
  return address;
}

Loop Adaptor::array(const std::string& name) const {
  return reinterpret_cast<Loop>(symbol("array_" + name));
}
Loop Adaptor::chain(const std::string& name) const {
  return reinterpret_cast<Loop>(symbol("chain_" + name));
}
PeerLoop Adaptor::peer_loop(bool vector) const {
  return reinterpret_cast<PeerLoop>(symbol(vector ? "peer_vector_loop" : "peer_scalar_loop"));
}
PeerLoop Adaptor::peer_chain(bool vector) const {
  return reinterpret_cast<PeerLoop>(symbol(vector ? "peer_vector_chain" : "peer_scalar_chain"));
}

}  // namespace ulpforge::bench
