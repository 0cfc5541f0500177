// Infinities inside a program, as IEEE arithmetic carries them.
#pragma once

#include "ir/program.h"
#include "targets/exact/ball.h"

namespace ulpforge::proof {

/// Whether the program, where one of its operations divides by 0 at a point of the ball x, still
/// ends in a finite value, which then is the limit: infinity plus, times or divided by a finite
/// number (not 0 where that would be no number) is infinity again, and a finite number divided by
/// infinity is 0. False where infinities meet, or when it cannot be told.
bool carries_infinities(const ir::Program& program, const targets::Ball& x, long bits);

/// Whether the program, run at exactly x with IEEE's signed zeros and infinities, gives `limit`; at
/// 0 for both zeros.
bool reaches_limit(const ir::Program& program, double x, const targets::Ball& limit);

}  // namespace ulpforge::proof
