// Local models: Taylor expansions about the middle of a cell, quotients of series about its end.
#include "proof/local_model.h"

#include <algorithm>

#include "proof/polynomial_maximum.h"
#include "proof/quotient.h"
#include "targets/exact/wide_interval.h"

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

/// The program's error as a series, from those of the program and the target.
Series error_series(const Series& p, const Series& f, bool relative, std::size_t length,
                    long bits) {
  Series out;
  targets::apply(ir::Op::Sub, out, p, f, {}, length, bits);
  if (relative) targets::apply(ir::Op::Div, out, out, f, {}, length, bits);
  return out;
}

/// The error times the weight, if there is one, from their expansions about the same x. Without a
/// finite weight nothing in the result is finite.
Series weighted(Series error, const targets::Target& target, const Ball& x, std::size_t length,
                long bits) {
  if (!target.weight) return error;
  targets::Expansion weight = targets::taylor(target.weight->program, x, length, bits);
  if (weight.undefined || weight.clipped) {
    Ball unknown;
    arb_indeterminate(unknown.get());
    for (std::size_t k = 0; k < length; ++k) weight.series.set(k, unknown);
  }
  targets::apply(ir::Op::Mul, error, error, weight.series, {}, length, bits);
  return error;
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

LocalModel about_middle(const Cell& cell) {
  LocalModel model;
  arb_add(model.origin.get(), cell.lo.get(), cell.hi.get(), ARF_PREC_EXACT);
  arb_mul_2exp_si(model.origin.get(), model.origin.get(), -1);
  arb_sub(model.to.get(), cell.hi.get(), model.origin.get(), ARF_PREC_EXACT);
  arb_neg(model.from.get(), model.to.get());
  return model;
}

/// The input x as a series in t.
Series input(const LocalModel& model, const Ball& t, long bits) {
  const auto terms = static_cast<std::size_t>(model.exponent) + 1;
  Series x = Series::variable(t);
  for (int k = 1; k < model.exponent; k *= 2) {
    targets::apply(ir::Op::Mul, x, x, x, {}, terms, bits);
  }
  if (model.downwards) arb_poly_neg(x.get(), x.get());
  // The sum is exact where t is, because the origin is a number of few bits.
  targets::apply(ir::Op::Add, x, x, Series(model.origin), {}, terms, ARF_PREC_EXACT);
  return x;
}

/// Fills in a model from the quotients of series of program and target.
std::optional<LocalModel> complete(const ir::Program& program, const targets::Target& target,
                                   LocalModel model, std::size_t length, long bits) {
  // Every power of t that cancels in a quotient takes one term of the series with it.
  constexpr std::size_t kSpare = 8;
  const Frame frame{Ball::interval_of(model.from, model.to), arb_is_zero(model.from.get()) != 0,
                    length + kSpare, bits};
  const Pair x{input(model, Ball(0.0), bits), input(model, frame.range, bits)};
  const auto p = evaluate(program, x, frame);
  const auto f = evaluate(target.program, x, frame);
  if (!p || !f) return std::nullopt;
  std::optional<Quotient> error;
  if (is_relative(target)) {
    error = relative_difference(p->value, f->value, frame);
  } else {
    error = difference(p->value, f->value, frame);
  }
  if (error && target.weight) {
    const auto weight = evaluate(target.weight->program, x, frame);
    error = weight ? std::optional(product(*error, weight->value, frame)) : std::nullopt;
  }
  if (!error) return std::nullopt;
  const auto regular = error->regular(frame);
  if (!regular || error->length < 2) return std::nullopt;
  const std::size_t terms = error->length - 1;
  model.polynomial = regular->point;
  arb_poly_truncate(model.polynomial.get(), static_cast<slong>(terms));
  model.remainder = remainder_term(regular->wide[terms], model.to, terms, bits);
  if (!model.remainder.is_finite()) return std::nullopt;
  arb_indeterminate(model.target.get());
  if (const auto values = f->value.regular(frame)) model.target = values->wide[0];
  model.divides_by_zero = p->divides_by_zero;
  arb_indeterminate(model.limit.get());
  if (const auto values = p->value.regular(frame)) model.limit = values->point[0];
  model.may_divide_by_zero = p->may_divide_by_zero;
  return model;
}

}  // namespace

double place(const LocalModel& model, const Ball& t) {
  Ball x;
  arb_pow_ui(x.get(), t.get(), static_cast<ulong>(model.exponent), 64);
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
  if (target.weight) {
    const targets::Enclosure weight = targets::evaluate(target.weight->program, x, bits);
    arb_mul(error.get(), error.get(), weight.value.get(), bits);
    if (weight.undefined || weight.clipped) arb_indeterminate(error.get());
  }
  return error;
}

Ball error_by_ends(const ir::Program& program, const targets::Target& target, const Cell& cell,
                   long bits) {
  Ball error;
  arb_indeterminate(error.get());
  const targets::WideInterval x{cell.lo, cell.hi};
  const auto p = targets::evaluate_wide(program, x, bits);
  if (!p || !p->bounded_below || !p->bounded_above) return error;
  const auto f = targets::evaluate_wide(target.program, x, bits);
  if (!f || !f->bounded_below || !f->bounded_above) return error;
  Ball above;
  arb_sub(above.get(), p->hi.get(), f->lo.get(), bits);
  arb_sub(error.get(), f->hi.get(), p->lo.get(), bits);
  arb_max(error.get(), error.get(), above.get(), bits);
  if (is_relative(target)) {
    const Ball& least = arb_is_positive(f->lo.get()) ? f->lo : f->hi;
    arb_div(error.get(), error.get(), least.get(), bits);
    if (!arb_is_positive(f->lo.get()) && !arb_is_negative(f->hi.get())) {
      arb_indeterminate(error.get());
    }
  }
  if (target.weight) {
    const auto weight = targets::evaluate_wide(target.weight->program, x, bits);
    if (weight && weight->bounded_below && weight->bounded_above) {
      arb_mul(error.get(), error.get(), weight->hi.get(), bits);
    } else {
      arb_indeterminate(error.get());
    }
  }
  return error;
}

std::optional<LocalModel> model_about_middle(const ir::Program& program,
                                             const targets::Target& target, const Cell& cell,
                                             std::size_t length, long bits) {
  LocalModel model = about_middle(cell);
  const Ball& middle = model.origin;
  Ball all = middle;
  arb_add_error(all.get(), model.to.get());

  const targets::Expansion p_over = targets::taylor(program, all, length + 1, bits);
  if (!usable(p_over) || !p_over.series[length].is_finite()) return std::nullopt;
  const targets::Expansion f_over = targets::taylor(target.program, all, length + 1, bits);
  if (!usable(f_over)) return std::nullopt;
  model.target = f_over.series[0];
  if (is_relative(target) && model.target.contains_zero()) return std::nullopt;
  const Series over =
      weighted(error_series(p_over.series, f_over.series, is_relative(target), length + 1, bits),
               target, all, length + 1, bits);
  model.remainder = remainder_term(over[length], model.to, length, bits);
  if (!model.remainder.is_finite()) return std::nullopt;

  const targets::Expansion p = targets::taylor(program, middle, length, bits);
  const targets::Expansion f = targets::taylor(target.program, middle, length, bits);
  if (!usable(p) || !usable(f)) return std::nullopt;
  model.polynomial = weighted(error_series(p.series, f.series, is_relative(target), length, bits),
                              target, middle, length, bits);
  return model;
}

std::optional<LocalModel> model_about_end(const ir::Program& program, const targets::Target& target,
                                          const Cell& cell, End end, int exponent,
                                          std::size_t length, long bits) {
  LocalModel model;
  model.origin = end == End::Lower ? cell.lo : cell.hi;
  model.downwards = end == End::Upper;
  model.exponent = exponent;
  arb_sub(model.to.get(), cell.hi.get(), cell.lo.get(), ARF_PREC_EXACT);
  if (exponent > 1) {
    arb_root_ui(model.to.get(), model.to.get(), static_cast<ulong>(exponent), 64);
    arb_get_ubound_arf(arb_midref(model.to.get()), model.to.get(), 64);
    mag_zero(arb_radref(model.to.get()));
  }
  return complete(program, target, std::move(model), length, bits);
}

std::optional<LocalModel> model_about_zero(const ir::Program& program,
                                           const targets::Target& target, const Cell& cell, End end,
                                           const Ball& zero, std::size_t length, long bits) {
  LocalModel model;
  model.origin = zero;
  model.downwards = end == End::Upper;
  arb_sub(model.from.get(), (model.downwards ? cell.hi : cell.lo).get(), zero.get(),
          ARF_PREC_EXACT);
  arb_sub(model.to.get(), (model.downwards ? cell.lo : cell.hi).get(), zero.get(), ARF_PREC_EXACT);
  arb_abs(model.from.get(), model.from.get());
  arb_abs(model.to.get(), model.to.get());
  const Frame frame{Ball::interval_of(Ball(0.0), model.to), true, length + 2, bits};
  const Pair x{input(model, Ball(0.0), bits), input(model, frame.range, bits)};
  const auto p = evaluate(program, x, frame);
  const auto f = evaluate(target.program, x, frame);
  if (!p || !f) return std::nullopt;
  const auto p_series = p->value.regular(frame);
  const auto f_series = f->value.regular(frame);
  const std::size_t known = std::min(p->value.length, f->value.length);
  if (!p_series || !f_series || known < 3) return std::nullopt;

  // (p - f) / f = e (1 - f0 / f) + (p0 - f0) / f with e = ((p - p0) - (f - f0)) / (f - f0).
  const std::size_t terms = known - 2;
  const auto lowered = [](Series series) {
    arb_poly_shift_right(series.get(), series.get(), 1);
    return series;
  };
  const Series f_over = lowered(f_series->wide);
  if (f_over[0].contains_zero() || !f_over[0].is_finite()) return std::nullopt;
  Series over = error_series(lowered(p_series->wide), f_over, true, terms + 1, bits);
  const Ball unweighted = magnitude(over[0]);
  model.polynomial =
      error_series(lowered(p_series->point), lowered(f_series->point), true, terms, bits);
  Ball largest_weight(1.0);
  if (target.weight) {
    const auto weight = evaluate(target.weight->program, x, frame);
    const auto series = weight ? weight->value.regular(frame) : std::nullopt;
    if (!series || weight->value.length < terms + 1) return std::nullopt;
    targets::apply(ir::Op::Mul, over, over, series->wide, {}, terms + 1, bits);
    targets::apply(ir::Op::Mul, model.polynomial, model.polynomial, series->point, {}, terms, bits);
    largest_weight = magnitude(series->wide[0]);
  }
  model.remainder = remainder_term(over[terms], model.to, terms, bits);

  Ball least = lower_magnitude(f_over[0]);
  arb_mul(least.get(), least.get(), model.from.get(), bits);
  const Ball f0 = magnitude(f_series->point[0]);
  arb_sub(least.get(), least.get(), f0.get(), bits);
  if (!arb_is_positive(least.get())) return std::nullopt;
  Ball moved = unweighted;
  arb_mul(moved.get(), moved.get(), f0.get(), bits);
  Ball apart;
  arb_sub(apart.get(), p_series->point[0].get(), f_series->point[0].get(), bits);
  arb_add(moved.get(), moved.get(), magnitude(apart).get(), bits);
  arb_div(moved.get(), moved.get(), least.get(), bits);
  arb_mul(moved.get(), moved.get(), largest_weight.get(), bits);
  arb_add(model.remainder.get(), model.remainder.get(), magnitude(moved).get(), bits);
  model.remainder = magnitude(model.remainder);
  if (!model.remainder.is_finite()) return std::nullopt;
  model.target = f_series->wide[0];
  model.may_divide_by_zero = p->may_divide_by_zero;
  return model;
}

std::optional<LocalModel> model_through_infinity(const ir::Program& program,
                                                 const targets::Target& target, const Cell& cell,
                                                 std::size_t length, long bits) {
  return complete(program, target, about_middle(cell), length, bits);
}

}  // namespace ulpforge::proof
