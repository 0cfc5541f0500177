// Whether a program is monotone: the sign of its derivative, proven.
#pragma once

#include <functional>
#include <string>

#include "ir/program.h"
#include "targets/target.h"

namespace ulpforge::proof {

enum class Direction { Rising, Falling };

/// "rising", "falling".
std::string_view name(Direction direction);

struct Monotonicity {
  bool proven = false;
  Direction direction = Direction::Rising;
  double x = 0;          ///< where the proof ended
  std::string obstacle;  ///< why nothing is proven, in one line
};

/// Whether the program, as a function of real numbers with its constants as they stand, never goes
/// against `direction` on the domain, on each of several intervals by itself: its derivative has no
/// wrong sign anywhere. The derivative is enclosed on cells that are halved; at 0 and at the ends
/// it may vanish where a higher derivative has the sign that is needed. Thread-safe and
/// deterministic; ends early, unproven, when `stop` says so.
Monotonicity prove_monotone(const ir::Program& program, const targets::Domain& domain,
                            Direction direction, const std::function<bool()>& stop = {});

/// The same of a program for a target; on a domain that is not bounded as functions of the
/// substitution's t, `direction` too.
Monotonicity prove_monotone_program(const ir::Program& program, const targets::Target& target,
                                    Direction direction, const std::function<bool()>& stop = {});

/// Of a target, in the direction that its values say; towards an infinite x, but for the last 2^-30
/// of the substitution's interval.
Monotonicity monotonicity_of(const targets::Target& target);

}  // namespace ulpforge::proof
