// Exact values of a target: MPFR at increasing precision until the rounding is certain.
#pragma once

#include <optional>
#include <span>

#include "ir/program.h"
#include "numbers/mpfr.h"
#include "targets/exact/ball.h"

namespace ulpforge::targets {

/// program(x) correctly rounded to `bits` bits (round to nearest), by enclosures in ball arithmetic
/// (Arb) of increasing precision until both ends round alike, up to 8192 bits, where an exact tie
/// goes to even and what cannot be told from 0 is 0. Where an operation has no value, the limit
/// (targets/exact/limit.h), from both sides or, at +0 and -0 where these disagree, from the side of
/// that sign. NaN where the function is not defined or has a pole at x, or is not known at 8192
/// bits. The result has `bits` bits whatever precision is in
/// force. Thread-safe.
numbers::Mpfr reference(const ir::Program& program, const numbers::Mpfr& x, unsigned bits);
/// The same with a value for each of the program's inputs.
numbers::Mpfr reference(const ir::Program& program, std::span<const numbers::Mpfr> inputs,
                        unsigned bits);

/// The same as the nearest double and the rest rounded to double: within 2^-106 of the value,
/// relatively. Infinite beyond the range of double. Thread-safe.
numbers::DoubleDouble reference(const ir::Program& program, double x);

/// What every number of the ball rounds to, to nearest in `bits` bits; nothing where they differ.
std::optional<numbers::Mpfr> round_to_nearest(const Ball& ball, unsigned bits);

}  // namespace ulpforge::targets
