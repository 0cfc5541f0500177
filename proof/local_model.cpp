// Local models: Taylor expansions about the middle of a cell, quotients of series about its end.
#include "proof/local_model.h"

#include "proof/quotient.h"

namespace ulpforge::proof {
namespace {

using targets::Ball;
using targets::Series;

bool is_relative(const targets::Target& target) {
  return target.metric == targets::Metric::Relative;
}

/// |ball|, at least as large as every number in it.
Ball magnitude(const Ball& ball) {
  Ball out;
  arb_get_mag(arb_radref(out.get()), ball.get());
  arf_set_mag(arb_midref(out.get()), arb_radref(out.get()));
  mag_zero(arb_radref(out.get()));
  return out;
}

Ball hull(const Ball& a, const Ball& b, long bits) {
  Ball out;
  arb_union(out.get(), a.get(), b.get(), bits);
  return out;
}

/// The program's error as a series, from those of the program and the target.
Series error_series(const Series& p, const Series& f, bool relative, std::size_t length,
                    long bits) {
  Series out;
  targets::apply(ir::Op::Sub, out, p, f, {}, length, bits);
  if (relative) targets::apply(ir::Op::Div, out, out, f, {}, length, bits);
  return out;
}

bool usable(const targets::Expansion& expansion) {
  return !expansion.undefined && !expansion.clipped;
}

/// |coefficient| t^power, the largest for t in [0, reach].
Ball remainder_term(const Ball& coefficient, const Ball& reach, std::size_t power, long bits) {
  Ball out;
  arb_pow_ui(out.get(), reach.get(), power, bits);
  arb_mul(out.get(), out.get(), coefficient.get(), bits);
  return magnitude(out);
}

}  // namespace

double place(const LocalModel& model, const Ball& t) {
  Ball x = t;
  if (model.square) arb_sqr(x.get(), x.get(), 64);
  if (model.downwards) arb_neg(x.get(), x.get());
  arb_add(x.get(), x.get(), model.origin.get(), 64);
  return arf_get_d(arb_midref(x.get()), ARF_RND_NEAR);
}

Ball error_over(const ir::Program& program, const targets::Target& target, const Ball& x,
                long bits) {
  const targets::Enclosure p = targets::evaluate(program, x, bits);
  const targets::Enclosure f = targets::evaluate(target.program, x, bits);
  Ball error;
  if (p.undefined || p.clipped || f.undefined) {
    arb_indeterminate(error.get());
    return error;
  }
  arb_sub(error.get(), p.value.get(), f.value.get(), bits);
  if (is_relative(target)) arb_div(error.get(), error.get(), f.value.get(), bits);
  return error;
}

std::optional<LocalModel> model_about_middle(const ir::Program& program,
                                             const targets::Target& target, const Cell& cell,
                                             std::size_t length, long bits) {
  Ball middle;
  arb_add(middle.get(), cell.lo.get(), cell.hi.get(), ARF_PREC_EXACT);
  arb_mul_2exp_si(middle.get(), middle.get(), -1);
  LocalModel model;
  model.origin = middle;
  arb_sub(model.to.get(), cell.hi.get(), middle.get(), ARF_PREC_EXACT);
  arb_neg(model.from.get(), model.to.get());
  Ball all = middle;
  arb_add_error(all.get(), model.to.get());

  const targets::Expansion p_over = targets::taylor(program, all, length + 1, bits);
  if (!usable(p_over) || !p_over.series[length].is_finite()) return std::nullopt;
  const targets::Expansion f_over = targets::taylor(target.program, all, length + 1, bits);
  if (!usable(f_over)) return std::nullopt;
  model.target = f_over.series[0];
  if (is_relative(target) && model.target.contains_zero()) return std::nullopt;
  const Series over =
      error_series(p_over.series, f_over.series, is_relative(target), length + 1, bits);
  model.remainder = remainder_term(over[length], model.to, length, bits);
  if (!model.remainder.is_finite()) return std::nullopt;

  const targets::Expansion p = targets::taylor(program, middle, length, bits);
  const targets::Expansion f = targets::taylor(target.program, middle, length, bits);
  if (!usable(p) || !usable(f)) return std::nullopt;
  model.polynomial = error_series(p.series, f.series, is_relative(target), length, bits);
  return model;
}

std::optional<LocalModel> model_about_end(const ir::Program& program,
                                          const targets::Target& target, const Cell& cell, End end,
                                          Distance distance, std::size_t length, long bits) {
  // Cancelled powers of t cost terms.
  constexpr std::size_t kSpare = 8;
  const Ball& start = end == End::Lower ? cell.lo : cell.hi;
  const Ball sign(end == End::Lower ? 1.0 : -1.0);
  LocalModel model;
  model.origin = start;
  model.downwards = end == End::Upper;
  model.square = distance == Distance::Square;
  arb_sub(model.to.get(), cell.hi.get(), cell.lo.get(), ARF_PREC_EXACT);
  if (distance == Distance::Square) {
    arb_sqrt(model.to.get(), model.to.get(), 64);
    arb_get_ubound_arf(arb_midref(model.to.get()), model.to.get(), 64);
    mag_zero(arb_radref(model.to.get()));
  }
  const Frame frame{hull(Ball(0.0), model.to, 64), length + kSpare, bits};

  const auto input = [&](const Ball& t) {
    Series x = Series::variable(t);
    if (distance == Distance::Square) targets::apply(ir::Op::Mul, x, x, x, {}, 3, bits);
    targets::apply(ir::Op::Mul, x, x, Series(sign), {}, 3, bits);
    // Exact where t is: the start is a short number.
    targets::apply(ir::Op::Add, x, x, Series(start), {}, 3, ARF_PREC_EXACT);
    return x;
  };
  const Pair x{input(Ball(0.0)), input(frame.range)};
  const auto p = evaluate(program, x, frame);
  const auto f = evaluate(target.program, x, frame);
  if (!p || !f) return std::nullopt;
  std::optional<Quotient> error;
  if (is_relative(target)) {
    error = relative_difference(p->value, f->value, frame);
  } else {
    error = difference(p->value, f->value, frame);
  }
  if (!error) return std::nullopt;
  const auto regular = error->regular(frame);
  if (!regular || error->length < 2) return std::nullopt;
  const std::size_t terms = error->length - 1;
  model.polynomial = regular->point;
  arb_poly_truncate(model.polynomial.get(), static_cast<slong>(terms));
  model.remainder = remainder_term(regular->wide[terms], model.to, terms, bits);
  if (!model.remainder.is_finite()) return std::nullopt;
  if (const auto values = f->value.regular(frame)) {
    model.target = values->wide[0];
  } else {
    arb_indeterminate(model.target.get());
  }
  model.divides_by_zero = p->divides_by_zero;
  if (const auto values = p->value.regular(frame)) {
    model.limit = values->point[0];
  } else {
    arb_indeterminate(model.limit.get());
  }
  return model;
}

}  // namespace ulpforge::proof
