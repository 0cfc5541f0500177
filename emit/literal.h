// Constants of machine types as C++ literals.
#pragma once

#include <cstdint>
#include <string>

#include "ir/types.h"

namespace ulpforge::emit {

/// The literal with these bits: hexadecimal floats, infinities and NaNs by the compiler's
/// functions.
std::string literal(std::uint64_t bits, ir::Type type);

/// A constant for people: decimal for floats, hexadecimal for integers.
std::string remark(std::uint64_t bits, ir::Type type);

}  // namespace ulpforge::emit
