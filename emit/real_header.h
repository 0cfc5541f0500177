// C++ for a program.
#pragma once

#include <string>
#include <vector>

#include "emit/cpp_text.h"
#include "ir/program.h"

namespace ulpforge::emit {

/// `inline double NAME(double x)` preceded by `comment` (one line each, without slashes). Constants
/// are rounded to double and written as hex floats with decimals as comments. Needs <cmath>.
/// Throws std::invalid_argument when an operation has no C++ spelling or NAME is no identifier.
std::string emit_function(const ir::Program& program, const std::string& name,
                          const std::vector<std::string>& comment);

/// A self-contained header around such functions: include guard, <cmath>, and a refusal to compile
/// under -ffast-math. `comment` opens the file.
std::string emit_header(const std::string& guard, const std::vector<std::string>& comment,
                        const std::vector<std::string>& functions);

}  // namespace ulpforge::emit
