// Arb isolates what it can; what is left are zeros that touch, and zeros at doubles.
#include "targets/zeros.h"

#include <arb_calc.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "ir/canonical.h"
#include "targets/exact/ball.h"
#include "targets/exact/real.h"
#include "targets/exact/reference.h"
#include "targets/exact/series.h"

namespace ulpforge::targets {
namespace {

constexpr long kIsolatingBits = 400;  ///< x - tan(x) is x^3 next to 0
constexpr unsigned kZeroBits = 400;
constexpr slong kMaxHalvings = 60;  ///< halvings: down to the neighbours of a double
constexpr slong kMaxEvaluations = 20000;
constexpr slong kMaxFound = 256;
/// So much of the width beyond an end a zero counts too.
constexpr double kBeyond = 0x1p-40;

/// f, or its derivative.
struct Function {
  const ir::Program* program;
  int derivative = 0;
};

/// The first `length` Taylor coefficients of the function at a ball.
Series jet(const Function& f, const Ball& x, std::size_t length, long bits) {
  const auto order = static_cast<std::size_t>(f.derivative);
  Expansion expansion = taylor(*f.program, x, length + order, bits);
  if (expansion.undefined || expansion.clipped) {
    Ball nothing;
    arb_indeterminate(nothing.get());
    for (std::size_t k = expansion.clipped ? 1 : 0; k < length + order; ++k) {
      expansion.series.set(k, nothing);
    }
  }
  for (std::size_t k = 0; k < order; ++k) {
    arb_poly_derivative(expansion.series.get(), expansion.series.get(), bits);
  }
  return expansion.series;
}

/// The first `length` Taylor coefficients about every point of a ball, by the expansion about its
/// middle: the plain ones say nothing next to a zero of x - tan(x) or 1 - cos(x).
Series centred_jet(const Function& f, const Ball& x, std::size_t length, long bits) {
  constexpr std::size_t kTerms = 6;
  Series over = jet(f, x, kTerms + 1, bits);
  if (!over[kTerms].is_finite()) return over;
  Ball middle = x;
  mag_zero(arb_radref(middle.get()));
  Series series = jet(f, middle, kTerms, bits);
  series.set(kTerms, over[kTerms]);
  Ball step = x;
  arb_sub(step.get(), step.get(), middle.get(), ARF_PREC_EXACT);
  arb_poly_taylor_shift_horner(series.get(), series.get(), step.get(), bits);
  arb_poly_truncate(series.get(), static_cast<slong>(length));
  return series;
}

/// As arb_calc wants it.
int call(arb_ptr out, const arb_t x, void* parameter, slong order, slong bits) {
  Ball at;
  arb_set(at.get(), x);
  const Function& f = *static_cast<const Function*>(parameter);
  if (order == 1 && f.derivative == 0) {
    constexpr long kQuick = 64;
    const Enclosure quick = evaluate(*f.program, at, kQuick);
    if (!quick.undefined && !quick.clipped && !quick.value.contains_zero()) {
      arb_set(out, quick.value.get());
      return 0;
    }
  }
  const Series series = centred_jet(f, at, static_cast<std::size_t>(order), bits);
  for (slong k = 0; k < order; ++k) arb_poly_get_coeff_arb(out + k, series.get(), k);
  return 0;
}

struct Isolated {
  Ball lo;
  Ball hi;
  bool simple = false;  ///< exactly one zero, simple; otherwise nobody knows
};

/// What Arb finds in [lo, hi], ascending; neighbours that are not settled are one.
std::vector<Isolated> isolate(const Function& f, const Ball& lo, const Ball& hi) {
  arf_interval_t block;
  arf_interval_init(block);
  arf_set(&block->a, arb_midref(lo.get()));
  arf_set(&block->b, arb_midref(hi.get()));
  arf_interval_ptr found = nullptr;
  int* flags = nullptr;
  Function parameter = f;
  const slong count = arb_calc_isolate_roots(&found, &flags, call, &parameter, block, kMaxHalvings,
                                             kMaxEvaluations, kMaxFound, kIsolatingBits);
  std::vector<Isolated> out;
  for (slong i = 0; i < count; ++i) {
    Isolated next;
    arf_set(arb_midref(next.lo.get()), &found[i].a);
    arf_set(arb_midref(next.hi.get()), &found[i].b);
    next.simple = flags[i] == 1;
    if (!next.simple && !out.empty() && !out.back().simple &&
        arb_equal(out.back().hi.get(), next.lo.get())) {
      out.back().hi = next.hi;
    } else {
      out.push_back(std::move(next));
    }
  }
  for (slong i = 0; i < count; ++i) arf_interval_clear(&found[i]);
  flint_free(found);
  flint_free(flags);
  arf_interval_clear(block);
  return out;
}

double nearest(const Ball& ball) { return arf_get_d(arb_midref(ball.get()), ARF_RND_NEAR); }

bool vanishes(const ir::Program& program, double x) {
  return std::isfinite(x) && mpfr_zero_p(numbers::raw(reference(program, real(x, 53), 64))) != 0;
}

/// The multiplicity at a point, or in a ball that is next to one; 0 where there is no power series.
int order_at(const ir::Program& program, const Ball& x, long bits) {
  constexpr std::size_t kMost = 9;
  const Series series = jet({&program, 0}, x, kMost, bits);
  for (std::size_t k = 0; k < kMost; ++k) {
    const Ball coefficient = series[k];
    if (!coefficient.is_finite()) return 0;
    if (!coefficient.contains_zero()) return static_cast<int>(k);
  }
  return 0;
}

Zero at_double(const ir::Program& program, double x) {
  return {x + 0.0, order_at(program, Ball(x), kZeroBits), true};  // no -0
}

/// The one zero of f between lo and hi, where it changes its sign, to kZeroBits.
Ball refine(const Function& f, const Isolated& isolated) {
  Ball lo = isolated.lo;
  Ball hi = isolated.hi;
  const auto sign = [&](const Ball& x) {
    const Ball value = jet(f, x, 1, 2 * kZeroBits)[0];
    return arb_is_positive(value.get()) ? 1 : arb_is_negative(value.get()) ? -1 : 0;
  };
  const int below = sign(lo);
  for (unsigned step = 0; step < kZeroBits; ++step) {
    Ball middle;
    arb_add(middle.get(), lo.get(), hi.get(), ARF_PREC_EXACT);
    arb_mul_2exp_si(middle.get(), middle.get(), -1);
    const int here = sign(middle);
    if (here == 0) return middle;
    (here == below ? lo : hi) = std::move(middle);
  }
  return Ball::interval_of(lo, hi);
}

numbers::DoubleDouble to_double_double(const Ball& ball) {
  const double hi = nearest(ball);
  Ball rest = ball;
  arb_sub(rest.get(), rest.get(), Ball(hi).get(), ARF_PREC_EXACT);
  return {hi, nearest(rest)};
}

Zero simple_zero(const ir::Program& program, const Isolated& isolated) {
  const Ball at = refine({&program, 0}, isolated);
  const bool holds_zero = arb_contains_zero(Ball::interval_of(isolated.lo, isolated.hi).get());
  const double near = holds_zero && vanishes(program, 0) ? 0 : nearest(at);
  if (vanishes(program, near)) return at_double(program, near);
  return {to_double_double(at), 1, false};
}

/// A zero at one of the doubles in and next to a small interval.
std::optional<Zero> zero_at_double(const ir::Program& program, const Isolated& where) {
  constexpr int kMost = 16;
  const double last = nearest(where.hi);
  double x = std::nextafter(nearest(where.lo), -INFINITY);
  for (int k = 0; k < kMost; ++k) {
    if (vanishes(program, x)) return at_double(program, x);
    if (x > last) break;
    x = std::nextafter(x, INFINITY);
  }
  // 0 has many neighbours.
  const bool has_zero =
      arf_sgn(arb_midref(where.lo.get())) <= 0 && arf_sgn(arb_midref(where.hi.get())) >= 0;
  if (has_zero && vanishes(program, 0)) return at_double(program, 0);
  return std::nullopt;
}

/// A zero where the function touches 0, at no double: the derivative changes its sign there.
std::optional<Zero> touching_zero(const ir::Program& program, const Isolated& where) {
  Ball more;
  arb_sub(more.get(), where.hi.get(), where.lo.get(), ARF_PREC_EXACT);
  Isolated wide = where;
  arb_sub(wide.lo.get(), wide.lo.get(), more.get(), ARF_PREC_EXACT);
  arb_add(wide.hi.get(), wide.hi.get(), more.get(), ARF_PREC_EXACT);
  for (const Isolated& extremum : isolate({&program, 1}, wide.lo, wide.hi)) {
    if (!extremum.simple) continue;
    const Ball at = refine({&program, 1}, extremum);
    const Ball value = jet({&program, 0}, at, 1, 2 * kZeroBits)[0];
    if (value.contains_zero()) {
      return Zero{to_double_double(at), order_at(program, at, 2 * kZeroBits), false};
    }
  }
  return std::nullopt;
}

/// Adds the zeros in [lo, hi]; false where they cannot be told.
bool add_zeros(std::vector<Zero>& zeros, const ir::Program& program, const Ball& lo,
               const Ball& hi) {
  constexpr double kSmall = 0x1p-30;  // of the width: what is larger is no point
  Ball width;
  arb_sub(width.get(), hi.get(), lo.get(), ARF_PREC_EXACT);
  for (const Isolated& isolated : isolate({&program, 0}, lo, hi)) {
    if (isolated.simple) {
      zeros.push_back(simple_zero(program, isolated));
      continue;
    }
    Ball size;
    arb_sub(size.get(), isolated.hi.get(), isolated.lo.get(), ARF_PREC_EXACT);
    if (nearest(size) > kSmall * nearest(width)) return false;
    if (auto zero = zero_at_double(program, isolated)) {
      zeros.push_back(*zero);
      continue;
    }
    // An end where the function is not finite is no zero.
    const Ball all = Ball::interval_of(isolated.lo, isolated.hi);
    if (!evaluate(program, all, kIsolatingBits).value.is_finite()) continue;
    if (auto touching = touching_zero(program, isolated)) zeros.push_back(*touching);
  }
  return true;
}

/// Adds programs that together have the zeros of that value: of a product the factors, of a
/// quotient the numerator. What has no zero, such as an exponential, has no program.
void add_factors(const ir::Program& program, ir::Operand value, std::vector<ir::Program>& factors) {
  constexpr std::array kNoZero = {ir::Op::Exp,  ir::Op::Exp2,  ir::Op::Exp10, ir::Op::Cosh,
                                  ir::Op::Erfc, ir::Op::Erfcx, ir::Op::Pi,    ir::Op::E};
  constexpr std::array kZeroOfFirst = {ir::Op::Neg, ir::Op::Abs, ir::Op::Sqrt, ir::Op::Div};
  if (value.is_value()) {
    const ir::Instruction& step = program.code[value.index];
    if (std::ranges::find(kNoZero, step.op) != kNoZero.end()) return;
    const bool product = step.op == ir::Op::Mul;
    if (product || std::ranges::find(kZeroOfFirst, step.op) != kZeroOfFirst.end()) {
      add_factors(program, step.operands[0], factors);
      if (product) add_factors(program, step.operands[1], factors);
      return;
    }
  }
  if (value.is_constant() && program.constants[value.index].hi != 0) return;
  ir::Program factor = program;
  factor.result = value;
  factors.push_back(ir::canonical(factor));
}

const auto by_place = [](const Zero& zero) { return std::pair(zero.at.hi, zero.at.lo); };

/// Those on the interval and next to it, ascending; nothing where they cannot be told.
std::optional<std::vector<Zero>> zeros_of_factor(const ir::Program& program, const Domain& domain) {
  std::vector<Zero> zeros;
  const Ball lo(domain.lo);
  const Ball hi(domain.hi);
  if (!add_zeros(zeros, program, lo, hi)) return std::nullopt;
  // Beyond the ends the function need not exist; what cannot be told is not there.
  Ball beyond(domain.width());
  arb_mul(beyond.get(), beyond.get(), Ball(kBeyond).get(), ARF_PREC_EXACT);
  Ball outer;
  arb_sub(outer.get(), lo.get(), beyond.get(), ARF_PREC_EXACT);
  add_zeros(zeros, program, outer, lo);
  arb_add(outer.get(), hi.get(), beyond.get(), ARF_PREC_EXACT);
  add_zeros(zeros, program, hi, outer);
  std::ranges::sort(zeros, {}, by_place);
  const auto repeated = std::ranges::unique(zeros, {}, &Zero::at);
  zeros.erase(repeated.begin(), repeated.end());
  return zeros;
}

/// Zeros of several factors as those of the product: one that two have counts for both, and it is
/// none where a denominator vanishes, too.
std::vector<Zero> zeros_of_product(std::vector<Zero> zeros, const ir::Program& program) {
  std::ranges::sort(zeros, {}, by_place);
  std::vector<Zero> all;
  for (const Zero& zero : zeros) {
    if (!all.empty() && all.back().at == zero.at) {
      if (!zero.is_double) all.back().order += zero.order;
    } else if (!zero.is_double) {
      all.push_back(zero);
    } else if (vanishes(program, zero.at.hi)) {
      all.push_back(at_double(program, zero.at.hi));
    }
  }
  return all;
}

}  // namespace

std::optional<std::vector<Zero>> find_zeros(const ir::Program& program, const Domain& domain) {
  free_caches_at_thread_end();
  std::vector<ir::Program> factors;
  add_factors(program, program.result, factors);
  std::vector<Zero> zeros;
  for (const ir::Program& factor : factors) {
    const auto found = zeros_of_factor(factor, domain);
    if (!found) return std::nullopt;
    zeros.insert(zeros.end(), found->begin(), found->end());
  }
  if (factors.size() != 1 || factors[0].result != program.result) {
    // An exponential has a zero where its argument is infinite, as at the ends of a substitution.
    for (const double end : {domain.lo, domain.hi}) zeros.push_back({end, 0, true});
    zeros = zeros_of_product(std::move(zeros), program);
  }
  if (zeros.size() > kMostZeros) return std::nullopt;
  return zeros;
}

bool in_gap(std::span<const Zero> zeros, const numbers::Mpfr& x) {
  return std::ranges::any_of(zeros, [&](const Zero& zero) {
    return !zero.is_double && mpfr_cmp_d(numbers::raw(x), zero.below()) > 0 &&
           mpfr_cmp_d(numbers::raw(x), zero.above()) < 0;
  });
}

}  // namespace ulpforge::targets
