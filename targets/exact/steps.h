// Functions with jumps and corners over balls and series: integers next to a number, its parts,
// remainders, the larger of two.
#pragma once

#include "ir/program.h"
#include "targets/exact/ball.h"
#include "targets/exact/series.h"

namespace ulpforge::targets {

/// One such operation over balls. Where a jump lies in the ball, the enclosure of both sides.
void apply_step(ir::Op op, Ball& out, const Ball& a, const Ball& b, long bits);

/// The same over series; without a finite coefficient where the constant terms hold a jump or a
/// corner.
Series expand_step(ir::Op op, const Series& a, const Series& b, std::size_t length, long bits);

/// The largest error in ULP that is due of a correctly rounded result: 0 where the value for
/// numbers of a format is such a number itself (trunc, fmod), 1/2 elsewhere (fdim, ldexp).
double due_ulp(const ir::Program& program);

}  // namespace ulpforge::targets
