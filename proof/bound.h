// A proven bound on a program's error over a whole interval.
//
// Branch and bound over the interval: on each cell the error is a Taylor polynomial with a bound on
// the rest (proof/local_model.h), and the polynomial's maximum is enclosed by the same means. Every
// number is a ball, so that the bound holds whatever was rounded on the way.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "ir/program.h"
#include "targets/infinite_domain.h"
#include "targets/target.h"

namespace ulpforge::proof {

struct Effort {
  double tolerance = 0x1p-10;  ///< the bound may exceed the largest error found by this part of it
  long max_bits = 8192;        ///< working precision is raised up to this
  std::size_t max_cells = 20000;    ///< expansions
  std::function<bool()> stop = {};  ///< asked before each expansion: whether to leave it at that
};

/// An open interval between two doubles that holds a zero of the target.
struct Gap {
  double below = 0;
  double above = 0;
  friend bool operator==(const Gap&, const Gap&) = default;
};

struct Bound {
  bool proven = false;
  double bound = 0;     ///< error <= bound everywhere on the domain; rounded up
  double attained = 0;  ///< error >= attained at the point `worst_x`; rounded down
  double worst_x = 0;
  /// Where the bound does not hold: around zeros of the target that are no doubles, or at which
  /// nobody knows that the target is exactly 0. A relative error has no bound there.
  std::vector<Gap> gaps = {};
  std::string obstacle;   ///< why nothing is proven, with the place, in one line
  long bits = 0;          ///< working precision that sufficed
  std::size_t cells = 0;  ///< expansions made
};

/// A bound on the error of `program` in real arithmetic, constants exactly as they stand in it,
/// against the target over its domain, of several intervals each, in its metric, times its weight
/// (an open end counts as its limit, and so does a zero of the target where the program vanishes
/// too). Where the program divides by 0 at an end of the domain or at x = 0 (c / x), IEEE
/// arithmetic has to lead to the limit there, or the proof fails. Errors below 2^-200 are bounded
/// by that and not told apart. Thread-safe and deterministic.
Bound prove(const ir::Program& program, const targets::Target& target, const Effort& effort = {});

/// The program as a function of the substitution's t; one that begins with the substitution itself
/// reads t then.
ir::Program in_variable(const ir::Program& program, const targets::Substitution& substitution);

/// The program with its constants as they are emitted: the high part, which is the nearest double.
ir::Program as_emitted(const ir::Program& program);

}  // namespace ulpforge::proof
