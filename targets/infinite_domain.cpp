// Substitutions for infinite ends.
#include "targets/infinite_domain.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "ir/expression.h"
#include "ir/simplify.h"
#include "targets/domain_check.h"
#include "targets/exact/exponential_products.h"
#include "targets/exact/softplus.h"
#include "targets/zeros.h"

namespace ulpforge::targets {
namespace {

using ir::Op;
using ir::Operand;

/// t = scale / (sign x + shift).
Substitution inverse(double scale, double sign, double shift) {
  const auto reciprocal = [&](ir::Program& program, Operand of) {
    return program.add(Op::Div, program.add_constant(scale), of);
  };
  Substitution out;
  const Operand x = Operand::input();
  ir::Program& forward = out.forward;
  if (shift == 0) {
    forward.result = reciprocal(forward, x);
  } else if (sign > 0) {
    forward.result = reciprocal(forward, forward.add(Op::Add, x, forward.add_constant(shift)));
  } else {
    forward.result = reciprocal(forward, forward.add(Op::Sub, forward.add_constant(shift), x));
  }
  ir::Program& back = out.back;
  const Operand distance = reciprocal(back, x);
  if (shift == 0) {
    back.result = distance;
  } else if (sign > 0) {
    back.result = back.add(Op::Sub, distance, back.add_constant(shift));
  } else {
    back.result = back.add(Op::Sub, back.add_constant(shift), distance);
  }
  out.domain = {0, 1, true, false};
  const std::string divisor = shift == 0 ? "x"
                              : sign > 0 ? fmt::format("(x + {})", shift)
                                         : fmt::format("({} - x)", shift);
  out.text = fmt::format("t = {}/{}", scale, divisor);
  return out;
}

/// For [a, inf] and, with sign -1, its mirror image [-inf, -a].
Substitution half_line(double a, double sign, bool open) {
  // Beyond the end by the rounding of the scale rather than short of it.
  const double shift = a > 0 ? 0 : std::ceil(-a) + 1;
  double scale = a + shift;
  if (scale - shift > a) scale = std::nextafter(scale, 0);
  Substitution out = shift == 0 ? inverse(sign * scale, sign, 0) : inverse(scale, sign, shift);
  out.domain.hi_open = open;
  return out;
}

Substitution whole_line() {
  Substitution out;
  out.forward = ir::parse_expression("x/(1 + abs(x))");
  out.back = ir::parse_expression("x/(1 - abs(x))");
  out.domain = {-1, 1, true, true};
  out.text = "t = x/(1 + |x|)";
  return out;
}

}  // namespace

Substitution substitution_for(const Domain& domain) {
  const bool below = std::isinf(domain.lo);
  const bool above = std::isinf(domain.hi);
  if (below && above) return whole_line();
  return above ? half_line(domain.lo, 1, domain.lo_open)
               : half_line(-domain.hi, -1, domain.hi_open);
}

ir::Program composed(const ir::Program& outer, const ir::Program& inner) {
  if (!ir::depends_on_input(outer)) return outer;
  ir::Program out = inner;
  const std::size_t shift = inner.code.size();
  const auto moved = [&](Operand operand) {
    if (operand.is_input()) return inner.result;
    if (operand.is_constant()) return out.add_constant(outer.constants[operand.index]);
    return Operand::value(operand.index + shift);
  };
  for (ir::Instruction step : outer.code) {
    for (std::size_t k = 0; k < step.arity(); ++k) step.operands[k] = moved(step.operands[k]);
    out.code.push_back(step);
  }
  out.result = moved(outer.result);
  return out;
}

namespace {

/// The function in a form whose values next to the substitution's ends can be told: exponentials
/// leave every range there. Those of a product are joined, so that their arguments cancel before
/// anything is raised to them; log1p(exp(u)) is u + log1p(exp(-u)).
ir::Program form_for_ends(const ir::Program& program, const Substitution& substitution) {
  const auto is_fit = [&](const ir::Program& form) {
    return !find_singularity(composed(form, substitution.back), substitution.domain);
  };
  if (const auto joined = with_joined_exponentials(program); joined && is_fit(*joined)) {
    return *joined;
  }
  if (const auto small = with_small_exponentials(program); small && !is_fit(program)) {
    const ir::Program form = ir::simplify(*small);
    if (is_fit(form)) return form;
  }
  return program;
}

}  // namespace

Target bounded(const Target& target) {
  if (target.domain.is_bounded()) return target;
  const Substitution substitution = substitution_for(target.domain);
  Target out = target;
  out.domain = substitution.domain;
  out.program = composed(form_for_ends(target.program, substitution), substitution.back);
  out.zeros.clear();
  if (out.weight) out.weight->program = composed(out.weight->program, substitution.back);
  if (target.metric != Metric::Absolute) {
    if (const auto zeros = find_zeros(out.program, out.domain)) out.zeros = *zeros;
  }
  return out;
}

}  // namespace ulpforge::targets
