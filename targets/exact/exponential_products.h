// Products of exponentials and erfc, such as exp(x^2) erfc(x), whose factors leave every range
// where the product does not: exp(u) exp(v) is exp(u + v), and erfc(v) is exp(-v^2) erfcx(v), so
// that the large parts of the exponents meet and cancel before anything is raised to them.
#pragma once

#include <optional>

#include "ir/program.h"

namespace ulpforge::targets {

/// The program with the exponentials of each product (and quotient) joined, those of erfc included;
/// nothing where no product has two of them.
std::optional<ir::Program> with_joined_exponentials(const ir::Program& program);

}  // namespace ulpforge::targets
