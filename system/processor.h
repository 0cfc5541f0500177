// What this processor can execute.
#pragma once

#include <string>
#include <string_view>

namespace ulpforge::system {

/// Whether it has an extension of x86-64, by the name that compilers have for it (-mNAME): "avx2",
/// "fma", "avx512f"; or of AArch64, by the name that Linux has for it: "asimd", "sve". Throws
/// std::logic_error for a name that the table lacks.
bool processor_has(std::string_view extension);

/// What the system calls it: "AMD EPYC 9B45", or "unknown".
std::string processor_model();

}  // namespace ulpforge::system
