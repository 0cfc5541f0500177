// What a header carries of each form: the operations that the program uses, the types and constants
// that its bodies ask for; and how the preprocessor picks the form.
#pragma once

#include <functional>
#include <string>

#include "emit/form.h"
#include "emit/header_part.h"
#include "emit/machine_header.h"
#include "emit/program_facts.h"

namespace ulpforge::emit {

/// The macro that a header defines where it has that form: "UF_EXP2F_AVX512".
std::string macro(const MachineHeader& header, const Form& form);

/// The lines that define one of these macros, by what the compiler may use.
std::string choice_of_form(const MachineHeader& header);

/// What text(form) has for the form of vectors that is compiled, or `otherwise`, as far as the part
/// has these forms.
std::string by_form(const HeaderPart& part, const std::function<std::string(const Form&)>& text,
                    const std::string& otherwise);

/// Each operation that the program uses, over the types that it uses, in that form.
std::string operations(const ProgramFacts& facts, const Form& form);

/// Those and what else a form of vectors needs: types, loads, stores, masks.
std::string vector_operations(const ProgramFacts& facts, const Form& form);

/// The struct that the bodies take as their parameter `Form`.
std::string form_struct(const ProgramFacts& facts, const Form& form);

/// The program's tables, as arrays.
std::string tables(const ProgramFacts& facts);

}  // namespace ulpforge::emit
