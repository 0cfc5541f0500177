// In which binades a program's errors are largest, as far as a sample shows.
#pragma once

#include <array>
#include <vector>

#include "evo/sample.h"
#include "ir/program.h"
#include "numbers/format.h"

namespace ulpforge::evo {

/// For each binade and sign, by the sign and exponent bits of its floats, the largest error that
/// the sample shows there; in parts of `largest`.
using BinadeErrors = std::array<double, 2 * numbers::Binary32::kExponentFields>;

/// Errors of a machine program, together with those that `errors` has already.
void add_errors(BinadeErrors& errors, const FloatSample& sample, const ir::Program& program,
                double largest);

/// The binades of the ranges with errors above `least`, the largest first, at most so many.
std::vector<targets::FloatRange> worst_binades(const BinadeErrors& errors,
                                               std::span<const targets::FloatRange> ranges,
                                               double least, std::size_t most);

}  // namespace ulpforge::evo
