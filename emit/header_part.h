// The programs of a header, and what each is for: calls of single numbers and loops over arrays, by
// what the compiler may use.
#pragma once

#include <deque>
#include <span>
#include <string>
#include <vector>

#include "emit/form.h"
#include "emit/machine_header.h"
#include "emit/program_facts.h"
#include "ir/program.h"

namespace ulpforge::emit {

/// A program, which stays where it is: its facts refer to it.
class HeaderPart {
 public:
  /// `used_for` are some of header_isas(). The only part of a header is for all of them.
  HeaderPart(const MachineHeader& of, const ir::Program& canonical,
             const std::vector<jit::Isa>& used_for);
  HeaderPart(const HeaderPart&) = delete;
  HeaderPart& operator=(const HeaderPart&) = delete;

  const MachineHeader& header;
  const ir::Program program;
  const ProgramFacts facts;
  const std::vector<jit::Isa> isas;
  const std::string scope;  ///< the namespace of what it needs: "uf_exp2f_1u_detail"

  /// Whether arrays in that form are computed by it.
  bool has(const Form& form) const;
  /// Whether that holds for any form of vectors.
  bool has_vectors() const;
  bool is_only() const { return isas.size() == header_isas().size(); }
};

/// The program as headers have it. Throws std::invalid_argument for one with a defect, more than
/// one input or a truth value as its result.
ir::Program program_of_header(const ir::Program& program);

/// Together for each of header_isas() one.
using HeaderParts = std::deque<HeaderPart>;

/// The forms of vectors that a header has: vector_forms(), or none.
std::span<const Form> vector_forms_of(const MachineHeader& header);

/// The instruction set whose program an array form has: plain loops that of single numbers on every
/// processor.
jit::Isa isa_of_arrays(const Form& form);

/// The macro that a header of several programs defines where calls have fma: "UF_EXP2F_1U_FMA".
std::string fma_macro(const std::string& name);

/// Lines of text, as the preprocessor chooses them: texts[k] is for header_isas()[k]; those that
/// are the same stand once.
std::string by_call(const std::string& name, std::span<const std::string> texts);
std::string by_array(const std::string& name, std::span<const std::string> texts);

}  // namespace ulpforge::emit
