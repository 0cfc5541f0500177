// A function on a small interval as a polynomial and a bound on the rest: what a proof looks at.
#pragma once

#include <optional>
#include <string>

#include "ir/program.h"
#include "targets/exact/ball.h"
#include "targets/exact/series.h"
#include "targets/target.h"

namespace ulpforge::proof {

/// An interval with exact ends.
struct Cell {
  targets::Ball lo;
  targets::Ball hi;
};

/// |e(x) - polynomial(t)| <= remainder for every x of the cell, where t goes from `from` to `to` as
/// x goes through the cell. e is the error of a program against its target, in the target's metric,
/// times its weight; in the ULP metrics it is the absolute error.
struct LocalModel {
  targets::Series polynomial;
  targets::Ball remainder;  ///< not negative
  targets::Ball from;
  targets::Ball to;
  targets::Ball target;  ///< the target's values on the cell
  /// x = origin + t^exponent, or origin - t^exponent.
  targets::Ball origin;
  int exponent = 1;
  bool downwards = false;
  /// Whether the program divides by 0 at the origin, and whether it may elsewhere on the cell.
  bool divides_by_zero = false;
  targets::Ball limit;  ///< of the program at the origin
  bool may_divide_by_zero = false;
};

/// The x that belongs to t.
double place(const LocalModel& model, const targets::Ball& t);

/// e(x) at a point, or over an interval without any expansion; not finite where there is no bound.
targets::Ball error_over(const ir::Program& program, const targets::Target& target,
                         const targets::Ball& x, long bits);

/// The largest |e(x)| on the cell by the ends of intervals alone; not finite where they give none.
targets::Ball error_by_ends(const ir::Program& program, const targets::Target& target,
                            const Cell& cell, long bits);

/// The model about the cell's middle. Nothing where an operation has no bounded values on the cell.
std::optional<LocalModel> model_about_middle(const ir::Program& program,
                                             const targets::Target& target, const Cell& cell,
                                             std::size_t length, long bits);

enum class End { Lower, Upper };

/// The model about an end of the cell, with x = end +- t^exponent, where operations may have
/// removable singularities (c / x at 0 inside a program that has a limit there, 0 / 0 between
/// program and target, roots of t^exponent): every value is t^v times a quotient of series, powers
/// of t are cancelled where they cancel exactly, and quotients are divided out only where the
/// denominator has no zero on the cell. Nothing where a singularity remains.
std::optional<LocalModel> model_about_end(const ir::Program& program, const targets::Target& target,
                                          const Cell& cell, End end, int exponent,
                                          std::size_t length, long bits);

/// The model of a relative error about a simple zero of the target that is next to the cell, at its
/// end `end`, and is known to 106 bits. What program and target are at `zero` itself, next to
/// nothing, is taken away from them, so that t cancels; what that changes is in the remainder.
std::optional<LocalModel> model_about_zero(const ir::Program& program,
                                           const targets::Target& target, const Cell& cell, End end,
                                           const targets::Ball& zero, std::size_t length,
                                           long bits);

/// The same about the middle: values may pass through infinity on the cell as long as the error
/// does not.
std::optional<LocalModel> model_through_infinity(const ir::Program& program,
                                                 const targets::Target& target, const Cell& cell,
                                                 std::size_t length, long bits);

}  // namespace ulpforge::proof
