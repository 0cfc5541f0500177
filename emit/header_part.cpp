// Parts of headers, and the preprocessor's choice between them.
#include "emit/header_part.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "emit/cpp_text.h"
#include "emit/lookup_order.h"
#include "ir/canonical.h"

namespace ulpforge::emit {
namespace {

std::string scope_of(const MachineHeader& header, const std::vector<jit::Isa>& isas) {
  if (isas.size() == header_isas().size()) return header.name + "_detail";
  return fmt::format("{}_{}_detail", header.name, identifier(std::string(jit::name(isas.front()))));
}

const std::string& text_of(jit::Isa isa, std::span<const std::string> texts) {
  const auto place = std::ranges::find(header_isas(), isa);
  return texts[static_cast<std::size_t>(place - header_isas().begin())];
}

}  // namespace

ir::Program program_of_header(const ir::Program& program) {
  if (const auto defect = ir::find_defect(program)) throw std::invalid_argument(*defect);
  if (!ir::is_machine(program) || program.inputs != 1) {
    throw std::invalid_argument("a header needs a machine program of one input");
  }
  ir::Program clean = spread_lookups(ir::canonical(program));
  if (ir::result_type(clean) == ir::Type::Bool) {
    throw std::invalid_argument("the result of a function is a number, not a truth value");
  }
  return clean;
}

std::span<const jit::Isa> header_isas() {
  static constexpr std::array kIsas = {jit::Isa::Scalar, jit::Isa::ScalarFma, jit::Isa::Avx2,
                                       jit::Isa::Avx512, jit::Isa::Neon,      jit::Isa::Sve};
  return kIsas;
}

HeaderPart::HeaderPart(const MachineHeader& of, const ir::Program& canonical,
                       const std::vector<jit::Isa>& used_for)
    : header(of),
      program(canonical),
      facts(program),
      isas(used_for),
      scope(scope_of(of, used_for)) {}

std::span<const Form> vector_forms_of(const MachineHeader& header) {
  return header.vectors ? vector_forms() : std::span<const Form>();
}

bool HeaderPart::has(const Form& form) const {
  return (header.vectors || form.lanes == 1) &&
         std::ranges::find(isas, isa_of_arrays(form)) != isas.end();
}

bool HeaderPart::has_vectors() const {
  return std::ranges::any_of(vector_forms(), [this](const Form& form) { return has(form); });
}

jit::Isa isa_of_arrays(const Form& form) { return form.lanes == 1 ? jit::Isa::Scalar : form.isa; }

std::string fma_macro(const std::string& name) { return upper(name) + "_FMA"; }

std::string by_call(const std::string& name, std::span<const std::string> texts) {
  const std::string& with_fma = text_of(jit::Isa::ScalarFma, texts);
  const std::string& without = text_of(jit::Isa::Scalar, texts);
  if (with_fma == without) return without;
  return fmt::format("#if defined({})\n{}#else\n{}#endif\n", fma_macro(name), with_fma, without);
}

std::string by_array(const std::string& name, std::span<const std::string> texts) {
  std::string text, condition;
  const std::string* last = nullptr;
  const auto close = [&] {
    if (last == nullptr) return;
    text += fmt::format("#{} {}\n{}", text.empty() ? "if" : "elif", condition, *last);
    condition.clear();
  };
  const std::string& plain = text_of(isa_of_arrays(plain_form()), texts);
  for (const Form& form : vector_forms()) {
    const std::string& one = text_of(isa_of_arrays(form), texts);
    if (last != nullptr && one != *last) close();
    last = &one;
    condition += fmt::format("{}defined({})", condition.empty() ? "" : " || ",
                             upper(fmt::format("{}_{}", name, form.name)));
  }
  if (text.empty() && *last == plain) return plain;
  close();
  return text + "#else\n" + plain + "#endif\n";
}

}  // namespace ulpforge::emit
