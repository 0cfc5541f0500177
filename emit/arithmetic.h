// What makes compilers of C and C++ do the arithmetic of emitted code as it is written: parts of
// -ffast-math that a compiler tells of are errors, those that clang does not tell of are undone by
// a pragma, and products are kept from being fused with sums.
#pragma once

#include <string>
#include <vector>

#include "emit/language.h"

namespace ulpforge::emit {

/// What every operation has to round to.
enum class Rounding { Float, Double };

/// For all code up to arithmetic_end(): directives, at file scope.
std::string arithmetic_begin(Rounding rounding);
std::string arithmetic_end();

/// C or C++ that defines ulpforge_product(a, b): a * b in double, never fused with a sum.
std::string product_text(const Language& language);

/// A note for the opening comment of a file: what link-time flags do that no code can see.
std::vector<std::string> flush_to_zero_note();

}  // namespace ulpforge::emit
