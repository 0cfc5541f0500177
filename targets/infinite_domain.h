// Intervals with an infinite end as bounded ones: by a substitution that programs carry out too.
#pragma once

#include <string>

#include "ir/program.h"
#include "targets/target.h"

namespace ulpforge::targets {

/// t(x), and x(t) back: t = a/x for [a, inf] with a > 0, t = 1/(x + c) for other a, the mirror
/// images of these for [-inf, b], and t = x/(1 + |x|) for the whole line. In double no
/// operation overflows, and t is 0 at an infinite x; x/(1 + |x|) is NaN there.
struct Substitution {
  ir::Program forward;
  ir::Program back;
  Domain domain;     ///< of t; open where x is infinite
  std::string text;  ///< "t = 1/x"
};

/// For a domain that is not bounded.
Substitution substitution_for(const Domain& domain);

/// outer(inner(x)). A constant is itself.
ir::Program composed(const ir::Program& outer, const ir::Program& inner);

/// The target as a function of t; a target on a bounded domain as it is.
Target bounded(const Target& target);

}  // namespace ulpforge::targets
