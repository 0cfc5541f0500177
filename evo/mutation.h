// Mutations: small random changes of a program that keep its constants where they can be kept.
#pragma once

#include <span>

#include "ir/program.h"
#include "numbers/random.h"

namespace ulpforge::evo {

/// A constant for a new place: log-normal about 1 with one of three spreads, either sign.
double random_constant(numbers::Random& random);

/// How near a new constant is to the one that would make its operation the identity.
enum class Nearness { Nearly, About, Anywhere };

/// A constant that near to `neutral`; `nearly` is the size of the smallest distances.
double random_constant(double neutral, Nearness nearness, double nearly, numbers::Random& random);

/// Changes `program` by one to four elementary mutations: insert an operation (or a small
/// subexpression) on an edge, nest a value in a small function of itself, delete an operation,
/// rewire an operand, change an operation, exchange operands, graft a piece of `donor`, turn a
/// quotient of polynomials into a continued fraction. New operations often start so close to the
/// identity that the child computes what its parent did. The result is raw: simplify before use.
/// False when the draw cannot be applied to this program; it is then left in any state. Without
/// `crossover` an insertion takes the place of a graft.
bool mutate(ir::Program& program, const ir::Program& donor, std::span<const ir::Op> operations,
            numbers::Random& random, bool crossover = true);

/// A raw program of at most so many operations, each inserted at a random place.
ir::Program random_program(int operations, std::span<const ir::Op> choice, numbers::Random& random);

}  // namespace ulpforge::evo
