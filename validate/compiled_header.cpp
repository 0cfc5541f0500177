// A wrapper with C names around the header, and the compiler as a process.
#include "validate/compiled_header.h"

#include <fmt/format.h>

#include <cstdlib>
#include <stdexcept>

#include "system/files.h"
#include "system/process.h"

namespace ulpforge::validate {
namespace {

constexpr const char* kSymbol = "ulpforge_routine";

}  // namespace

CompiledHeader::CompiledHeader(const std::filesystem::path& header, const std::string& name) {
  const std::string text = system::read_file(header);
  const bool array = text.find(fmt::format(" {}_n(", name)) != std::string::npos;
  callee_.signature.element = Element::Double;
  for (const Element element : {Element::Float, Element::UInt8, Element::UInt16, Element::UInt32}) {
    if (text.find(fmt::format("{} {}(", validate::name(element), name)) != std::string::npos) {
      callee_.signature.element = element;
    }
    if (text.find(fmt::format("{0} {1}(std::{0} x, std::{0} y)", validate::name(element), name)) !=
        std::string::npos) {
      callee_.signature.inputs = 2;
    }
  }
  const bool pair = callee_.signature.inputs == 2;
  callee_.signature.form = array ? Signature::Form::Array : Signature::Form::Scalar;
  callee_.library = directory_.path() / "libroutine.so";
  callee_.symbol = kSymbol;
  const std::string type(validate::name(callee_.signature.element));
  const std::filesystem::path source = directory_.path() / "routine.cpp";
  system::write_file(
      source,
      fmt::format(
          "#include \"{}\"\n#include <cstddef>\n#include <cstdint>\nextern \"C\" {}\n",
          std::filesystem::absolute(header).string(),
          array && pair ? fmt::format("void {0}(const {1}* x, const {1}* y, {1}* z, std::size_t n) "
                                      "{{ {2}_n(x, y, z, n); }}",
                                      kSymbol, type, name)
          : array       ? fmt::format("void {}(const {}* x, {}* y, std::size_t n) "
                                            "{{ {}_n(x, y, n); }}",
                                      kSymbol, type, type, name)
          : pair ? fmt::format("{0} {1}({0} x, {0} y) {{ return {2}(x, y); }}", type, kSymbol, name)
                 : fmt::format("{} {}({} x) {{ return {}(x); }}", type, kSymbol, type, name)));
  const char* const chosen = std::getenv("CXX");
  const system::Outcome outcome = system::run(
      {chosen == nullptr || *chosen == '\0' ? "c++" : chosen, "-std=c++17", "-O2", "-march=native",
       "-shared", "-fPIC", "-o", callee_.library.string(), source.string()});
  if (outcome.exit_code == 0) return;
  const std::size_t at = outcome.output.find("error:");
  throw std::invalid_argument(fmt::format(
      "{} does not compile as a header with {}: {}", header.string(), name,
      at == std::string::npos ? "see the compiler's messages"
                              : outcome.output.substr(at, outcome.output.find('\n', at) - at)));
}

}  // namespace ulpforge::validate
