// Programs over real numbers as source text in double arithmetic, in any language of
// emit/language.h.
#pragma once

#include <string>
#include <vector>

#include "emit/cpp_text.h"
#include "emit/language.h"
#include "ir/program.h"

namespace ulpforge::emit {

/// A function NAME of one double, with internal linkage where the language has it, and constexpr in
/// C++ where C++20 allows. `comment` (one line each) precedes it. Constants are rounded to double,
/// and written so that the same double is read back. Throws std::invalid_argument when an operation
/// has no spelling in the language, or NAME is no identifier.
std::string emit_function(const ir::Program& program, const std::string& name,
                          const std::vector<std::string>& comment,
                          const Language& language = languages()[0]);

/// A self-contained file around such functions, with all that they need. In C and C++ the parts of
/// -ffast-math that a compiler tells of are refused, and what clang does not tell of is undone by
/// pragmas. `comment` opens the file; `guard` is its include guard where the language has them.
/// Throws std::invalid_argument when the guard is no identifier.
std::string emit_file(const std::string& guard, const std::vector<std::string>& comment,
                      const std::vector<std::string>& functions,
                      const Language& language = languages()[0]);

}  // namespace ulpforge::emit
