// Schemes for short formats: since programs compute in float, with thirteen bits and more to spare,
// an expression may be computed as it stands, with the scheme of the one function in it; and where
// results are constant far out the argument can be clamped and the kernel be the function itself.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "targets/schemes/scheme.h"

namespace ulpforge::targets {

/// What is known of the results far out (targets/scores/short_values.h).
struct ArgumentBounds {
  std::optional<float> low;          ///< all numbers below have its result
  std::optional<float> high;         ///< all numbers above have its result
  std::optional<float> itself_from;  ///< the result is the number itself from there on
};

/// The target's own schemes in float; those of a function in its expression, with what is around it
/// computed as it stands, other functions by a scheme whose kernel is an interpolating polynomial;
/// `square`, `size`, `clamped` and `product` with the function, or what it multiplies x by, as the
/// kernel. `expression` is the target's, on all numbers.
std::vector<Scheme> schemes_in_float(std::string_view target, std::string_view expression,
                                     const ArgumentBounds& bounds);

}  // namespace ulpforge::targets
