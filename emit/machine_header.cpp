// Machine programs as C++ headers: one body, compiled for scalars and for vectors.
#include "emit/machine_header.h"

#include <fmt/format.h>

#include <stdexcept>

#include "emit/arithmetic.h"
#include "emit/bodies.h"
#include "emit/cpp_text.h"
#include "emit/embedded.h"
#include "emit/form_source.h"
#include "emit/lookup_order.h"
#include "emit/loops.h"
#include "emit/program_facts.h"
#include "emit/steps.h"
#include "emit/template.h"
#include "ir/canonical.h"

namespace ulpforge::emit {
namespace {

/// The structs that the bodies are compiled for, each with its operations.
std::string form_structs(const ProgramFacts& facts, const MachineHeader& header) {
  const auto of_vectors = [&](const Form& form) {
    return vector_operations(facts, form) + form_struct(facts, form) +
           together(facts, header, form);
  };
  return form_struct(facts, plain_form()) + "\n" + by_form(header, of_vectors, "");
}

std::string header_text(const ProgramFacts& facts, const MachineHeader& header) {
  return fill(kMachineHeaderText, {{"COMMENT", opening_comment(header.comment)},
                                   {"GUARD", upper(header.name) + "_H"},
                                   {"NAME", header.name},
                                   {"FROM", std::string(scalar_source().spelling(facts.from))},
                                   {"TO", std::string(scalar_source().spelling(facts.to))},
                                   {"ARITHMETIC_BEGIN", arithmetic_begin(Rounding::Float)},
                                   {"ARITHMETIC_END", arithmetic_end()},
                                   {"CHOICE_OF_FORM", choice_of_form(header)},
                                   {"SCALAR_OPERATIONS", operations(facts, plain_form())},
                                   {"SINGLE_STEP", single_step(header)},
                                   {"TABLES", tables(facts)},
                                   {"FORMS", form_structs(facts, header)},
                                   {"BODIES", bodies(facts, header.interleaved > 1)},
                                   {"RARE_LOOPS", rare_loops(facts, header)},
                                   {"LOOPS", array_loops(facts, header)}});
}

}  // namespace

std::string emit_machine_header(const ir::Program& program, const MachineHeader& header) {
  if (!is_identifier(header.name)) {
    throw std::invalid_argument(fmt::format("'{}' cannot name a C++ function", header.name));
  }
  if (const auto defect = ir::find_defect(program)) throw std::invalid_argument(*defect);
  if (!ir::is_machine(program) || program.inputs != 1) {
    throw std::invalid_argument("a header needs a machine program of one input");
  }
  const ir::Program clean = spread_lookups(ir::canonical(program));
  if (ir::result_type(clean) == ir::Type::Bool) {
    throw std::invalid_argument("the result of a function is a number, not a truth value");
  }
  return header_text(ProgramFacts(clean), header);
}

}  // namespace ulpforge::emit
