// Cells, and the derivative's sign on each.
#include "proof/monotone.h"

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "proof/bound.h"
#include "proof/local_model.h"
#include "proof/quotient.h"
#include "targets/exact/series.h"
#include "targets/infinite_domain.h"

namespace ulpforge::proof {
namespace {

using targets::Ball;
using targets::Series;

constexpr long kBits = 192;
/// Derivatives that may vanish at a point where the next one decides.
constexpr std::size_t kTerms = 10;

/// Taylor series of the program at a cell's end, and coefficients about every point of the cell.
struct Expanded {
  Series point;
  Series wide;
};

bool is_finite(const Series& series, std::size_t length) {
  for (std::size_t k = 0; k < length; ++k) {
    if (!series[k].is_finite()) return false;
  }
  return true;
}

/// About the cell's lower or upper end; nothing where the program is not analytic on the cell.
std::optional<Expanded> expand(const ir::Program& program, const Cell& cell, End end) {
  const Ball& origin = end == End::Lower ? cell.lo : cell.hi;
  const Ball all = Ball::interval_of(cell.lo, cell.hi);
  const targets::Expansion wide = targets::taylor(program, all, kTerms, kBits);
  const targets::Expansion point = targets::taylor(program, origin, kTerms, kBits);
  if (!wide.undefined && !wide.clipped && !point.undefined && !point.clipped &&
      is_finite(wide.series, 2) && is_finite(point.series, 2)) {
    return Expanded{point.series, wide.series};
  }
  // Through infinities that cancel, as of c / x at 0.
  Ball range;
  arb_sub(range.get(), all.get(), origin.get(), kBits);
  const Frame frame{range, false, kTerms + 4, kBits};
  const auto input = [&](const Ball& t) {
    Series x = Series::variable(t);
    targets::apply(ir::Op::Add, x, x, Series(origin), {}, 2, ARF_PREC_EXACT);
    return x;
  };
  const auto value = evaluate(program, {input(Ball(0.0)), input(range)}, frame);
  if (!value || value->value.length < kTerms) return std::nullopt;
  const auto regular = value->value.regular(frame);
  if (!regular || !is_finite(regular->wide, 2)) return std::nullopt;
  return Expanded{regular->point, regular->wide};
}

/// 1, -1, or 0 where the sign is not known or the ball is 0 in part.
int sign_of(const Ball& ball) {
  if (arb_is_nonnegative(ball.get()) != 0) return 1;
  return arb_is_nonpositive(ball.get()) != 0 ? -1 : 0;
}

/// Whether the derivative never has the sign -`wanted` on the cell.
bool holds_on(const ir::Program& program, const Cell& cell, int wanted) {
  for (const End end : {End::Lower, End::Upper}) {
    const auto expanded = expand(program, cell, end);
    if (!expanded) continue;
    if (sign_of(expanded->wide[1]) == wanted) return true;
    // The derivative about the end: f'(x0) + f''(x) (x - x0).
    Ball step = end == End::Lower ? cell.hi : cell.lo;
    const Ball& origin = end == End::Lower ? cell.lo : cell.hi;
    arb_sub(step.get(), step.get(), origin.get(), kBits);
    const Ball reach = Ball::interval_of(Ball(0.0), step);
    Ball slope = expanded->wide[2];
    arb_mul_si(slope.get(), slope.get(), 2, kBits);
    arb_mul(slope.get(), slope.get(), reach.get(), kBits);
    arb_add(slope.get(), slope.get(), expanded->point[1].get(), kBits);
    if (slope.is_finite() && sign_of(slope) == wanted) return true;
    // Derivatives up to the k-th are exactly 0 at the end: the k-th one's sign over the cell says
    // it, before the end with that of (x - x0)^(k-1).
    std::size_t k = 1;
    while (k < kTerms && arb_is_zero(expanded->point[k].get()) != 0) ++k;
    if (k == 1 || k == kTerms) continue;
    const bool turned = end == End::Upper && k % 2 == 0;
    const Ball highest = expanded->wide[k];
    if (highest.is_finite() && sign_of(highest) == (turned ? -wanted : wanted)) return true;
  }
  return false;
}

struct Task {
  Cell cell;
  int depth = 0;
};

double nearest(const Ball& ball) { return arf_get_d(arb_midref(ball.get()), ARF_RND_NEAR); }

Monotonicity on_interval(const ir::Program& program, const targets::Domain& domain,
                         Direction direction, const std::function<bool()>& stop) {
  constexpr int kDeepest = 64;
  constexpr int kMostCells = 40000;
  const int wanted = direction == Direction::Rising ? 1 : -1;
  Monotonicity out;
  out.direction = direction;
  std::vector<Task> tasks;
  const auto add = [&](double lo, double hi) {
    if (lo < hi) tasks.push_back({{Ball(lo), Ball(hi)}, 0});
  };
  if (domain.lo < 0 && domain.hi > 0) {
    add(0, domain.hi);
    add(domain.lo, 0);
  } else {
    add(domain.lo, domain.hi);
  }
  for (int cells = 0; !tasks.empty(); ++cells) {
    const Task task = std::move(tasks.back());
    tasks.pop_back();
    if (holds_on(program, task.cell, wanted)) continue;
    Ball middle;
    arb_add(middle.get(), task.cell.lo.get(), task.cell.hi.get(), ARF_PREC_EXACT);
    arb_mul_2exp_si(middle.get(), middle.get(), -1);
    out.x = nearest(middle);
    if (stop && stop()) {
      out.obstacle = "no time was left for the proof that it is monotone";
      return out;
    }
    const targets::Expansion at = targets::taylor(program, middle, 2, kBits);
    const Ball slope = at.series[1];
    const bool against = !at.undefined && !at.clipped && slope.is_finite() &&
                         !slope.contains_zero() && sign_of(slope) == -wanted;
    if (against || task.depth >= kDeepest || cells >= kMostCells) {
      out.obstacle = fmt::format("{} near x = {:.6g}",
                                 against ? direction == Direction::Rising ? "it falls" : "it rises"
                                         : "the sign of its slope cannot be told",
                                 out.x);
      return out;
    }
    tasks.push_back({{middle, task.cell.hi}, task.depth + 1});
    tasks.push_back({{task.cell.lo, middle}, task.depth + 1});
  }
  out.proven = true;
  return out;
}

}  // namespace

std::string_view name(Direction direction) {
  return direction == Direction::Rising ? "rising" : "falling";
}

Monotonicity prove_monotone(const ir::Program& program, const targets::Domain& domain,
                            Direction direction, const std::function<bool()>& stop) {
  targets::free_caches_at_thread_end();
  Monotonicity out;
  for (const targets::Domain& part : targets::intervals_of(domain)) {
    out = on_interval(program, part, direction, stop);
    if (!out.proven) break;
  }
  return out;
}

Monotonicity prove_monotone_program(const ir::Program& program, const targets::Target& target,
                                    Direction direction, const std::function<bool()>& stop) {
  if (target.domain.is_bounded()) return prove_monotone(program, target.domain, direction, stop);
  const targets::Substitution substitution = targets::substitution_for(target.domain);
  return prove_monotone(in_variable(program, substitution), substitution.domain, direction, stop);
}

Monotonicity monotonicity_of(const targets::Target& target) {
  const targets::Target seen = targets::bounded(target);
  // An open end need not have a value, and none has where x is infinite.
  const targets::Domain first = targets::intervals_of(seen.domain).front();
  const double a = targets::value_at(seen, first.lo + 0.25 * first.width()).hi;
  const double b = targets::value_at(seen, first.lo + 0.75 * first.width()).hi;
  targets::Domain inner = seen.domain;
  if (!target.domain.is_bounded()) {
    constexpr double kInside = 0x1p-30;
    const double step = kInside * inner.width();
    if (inner.lo_open) inner.lo += step;
    if (inner.hi_open) inner.hi -= step;
  }
  return prove_monotone(seen.program, inner, a <= b ? Direction::Rising : Direction::Falling);
}

}  // namespace ulpforge::proof
