// Zeros that programs have by construction: x - z with a constant that no fit moves.
//
// A relative error is finite next to a zero z of the target only if the program vanishes there
// exactly, and no fit of constants gets there. So the difference x - z is written with the zero
// itself: one operation where z is a double; two, (x - high) - low, where it lies between doubles,
// which give x - z next to z to all of double's bits.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "ir/program.h"
#include "targets/target.h"

namespace ulpforge::evo {

/// The zeros that a program has to have: those of the target where the metric asks for them.
std::span<const targets::Zero> required_zeros(const targets::Target& target);

/// The values of constants that make differences x - z out of sums.
std::vector<double> zero_constants(const targets::Target& target);

/// The product of x - z over the required zeros, each by its multiplicity; nothing where none is
/// required.
std::optional<ir::Program> product_of_zeros(const targets::Target& target);

/// The program with its differences from zeros as they have to be, after simplification, which
/// multiplies c (x - z) out and makes one operation of the two of a zero between doubles.
ir::Program with_exact_differences(const ir::Program& program, const targets::Target& target);

/// The same program for floats: the parts of each difference from a zero are floats, x - high and
/// what is left of it - low, so that next to the zero it is right to a float's last bit.
ir::Program with_differences_of_floats(const ir::Program& program,
                                       std::span<const targets::Zero> zeros);

/// The values of constants in such differences.
std::vector<double> zero_constants_of_floats(std::span<const targets::Zero> zeros);

/// Whether the program may vanish at every required zero but 0, whatever its other constants are.
/// False where it certainly does not.
bool may_vanish(const ir::Program& program, const targets::Target& target);

/// Whether the function is 0 at an end of its domain, or in the limit there.
bool vanishes_at_end(const targets::Target& target, double end);

/// x, or a number at least `distance` away from each required zero, on the same side.
double away_from_zeros(const targets::Target& target, double x, double distance);

/// `distance` or, where numbers next to the zero lie further apart, a few of their distances.
double distance_from(const targets::Zero& zero, double distance);

}  // namespace ulpforge::evo
