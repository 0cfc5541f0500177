// The search through the cells, and what stands in the way of a proof.
#include "proof/bound.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <vector>

#include "ir/evaluate.h"
#include "ir/liveness.h"
#include "proof/infinity.h"
#include "proof/local_model.h"
#include "proof/polynomial_maximum.h"
#include "targets/exact/ulp.h"
#include "targets/infinite_domain.h"

namespace ulpforge::proof {
namespace {

using targets::Ball;
using targets::Metric;

constexpr long kBoundBits = 64;
constexpr std::size_t kTerms = 20;
constexpr long kUlpBits = 256;          ///< to tell a value from a power of two
constexpr double kSmallest = 0x1p-200;  ///< errors below are not told apart

double round_up(const Ball& ball) {
  return arf_get_d(arb_midref(upper_magnitude(ball).get()), ARF_RND_UP);
}

double round_down(const Ball& ball) {
  return arf_get_d(arb_midref(lower_magnitude(ball).get()), ARF_RND_DOWN);
}

double nearest(const Ball& ball) { return arf_get_d(arb_midref(ball.get()), ARF_RND_NEAR); }

Ball middle_of(const Cell& cell) {
  Ball middle;
  arb_add(middle.get(), cell.lo.get(), cell.hi.get(), ARF_PREC_EXACT);
  arb_mul_2exp_si(middle.get(), middle.get(), -1);
  return middle;
}

/// The sum of the coefficients' radii times powers of the largest |t|: what more bits would mend.
Ball rounding(const LocalModel& model) {
  Ball reach = upper_magnitude(model.to);
  Ball sum;
  for (std::size_t k = model.polynomial.size(); k-- > 0;) {
    Ball radius;
    arb_get_rad_arb(radius.get(), model.polynomial[k].get());
    arb_mul(sum.get(), sum.get(), reach.get(), kBoundBits);
    arb_add(sum.get(), sum.get(), radius.get(), kBoundBits);
  }
  return upper_magnitude(sum);
}

/// What the program divides by, each as a program.
std::vector<ir::Program> denominators(const ir::Program& program) {
  std::vector<ir::Program> out;
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    if (program.code[i].op != ir::Op::Div) continue;
    ir::Program denominator = program;
    denominator.code.resize(i);
    denominator.result = program.code[i].operands[1];
    out.push_back(std::move(denominator));
  }
  return out;
}

struct Task {
  Cell cell;
  int depth;
};

class Prover {
 public:
  Prover(ir::Program program, const targets::Target& target, const Effort& effort)
      : program_(std::move(program)), target_(target), effort_(effort) {
    if (target.metric == Metric::UlpF32) format_ = numbers::kBinary32;
    if (target.metric == Metric::UlpF64) format_ = numbers::kBinary64;
  }

  Bound run() {
    sample();
    const double first = nearest(largest_) > 0 ? std::max(-std::log2(nearest(largest_)), 0.0) : 200;
    bits_ = std::min<long>(96 + static_cast<long>(first), effort_.max_bits);
    if (format_) bits_ = std::max(bits_, kUlpBits);
    for (const Cell& part : parts()) tasks_.push_back({part, 0});
    while (!tasks_.empty() && bound_.obstacle.empty()) {
      const Task task = std::move(tasks_.back());
      tasks_.pop_back();
      if (effort_.stop && effort_.stop()) {
        obstruct("no time was left for the proof");
        break;
      }
      handle(task);
      if (bound_.cells > effort_.max_cells) {
        obstruct(fmt::format("no bound after {} expansions; the work stopped near x = {}",
                             bound_.cells, nearest(middle_of(task.cell))));
      }
    }
    bound_.bits = bits_;
    bound_.attained = round_down(largest_);
    bound_.proven = bound_.obstacle.empty();
    if (bound_.proven) bound_.bound = std::max(round_up(proven_), bound_.attained);
    return bound_;
  }

 private:
  /// The domain cut at 0, at zeros of the target and of what it divides by, and around zeros that
  /// are no doubles; from the upper end to the lower.
  std::vector<Cell> parts() {
    const targets::Domain& domain = target_.domain;
    std::vector<Gap> cuts;  // without width where nothing is left out
    if (domain.lo < 0 && domain.hi > 0) cuts.push_back({0, 0});
    if (target_.metric != Metric::Absolute) {
      for (const targets::Zero& zero : target_.zeros) {
        const Gap gap = gap_of(zero);
        if (gap.above < domain.lo || gap.below > domain.hi) continue;
        if (gap.below != gap.above) bound_.gaps.push_back(gap);
        if (gap.below != gap.above || zero.at.hi != 0) cuts.push_back(gap);
      }
    }
    // Removable singularities of the target: its values there are limits.
    for (const ir::Program& denominator : denominators(target_.program)) {
      const auto zeros = targets::find_zeros(denominator, domain);
      if (!zeros) continue;
      for (const targets::Zero& zero : *zeros) {
        if (zero.is_double && zero.at.hi != 0) cuts.push_back({zero.at.hi, zero.at.hi});
      }
    }
    std::ranges::sort(cuts, {}, &Gap::below);
    cuts.erase(std::ranges::unique(cuts).begin(), cuts.end());
    std::vector<Cell> out;
    double from = domain.lo;
    const auto add = [&](double lo, double hi) {
      special_points_.insert({lo, hi});
      if (lo <= hi) out.push_back({Ball(lo), Ball(hi)});
    };
    for (const Gap& cut : cuts) {
      if (cut.below == cut.above && (cut.below <= domain.lo || cut.below >= domain.hi)) continue;
      add(from, cut.below);
      from = std::max(from, cut.above);
    }
    add(from, domain.hi);
    std::ranges::reverse(out);
    return out;
  }

  /// Nothing is left out where the target is exactly 0 at a double.
  Gap gap_of(const targets::Zero& zero) const {
    if (!zero.is_double) return {zero.below(), zero.above()};
    const Ball at(zero.at.hi);
    if (arb_is_zero(targets::evaluate(target_.program, at, bits_).value.get())) {
      return {zero.at.hi, zero.at.hi};
    }
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    return {std::nextafter(zero.at.hi, -kInfinity), std::nextafter(zero.at.hi, kInfinity)};
  }

  /// A first idea of the largest error, so that no work goes into small ones.
  void sample() {
    constexpr int kPoints = 256;
    constexpr long kSampleBits = 256;
    for (int i = 0; i < kPoints; ++i) {
      Ball x(target_.domain.hi);
      const Ball lo(target_.domain.lo);
      arb_sub(x.get(), x.get(), lo.get(), ARF_PREC_EXACT);
      arb_mul_si(x.get(), x.get(), 2 * i + 1, ARF_PREC_EXACT);
      arb_mul_2exp_si(x.get(), x.get(), -9);
      arb_add(x.get(), x.get(), lo.get(), ARF_PREC_EXACT);
      Ball error = error_over(program_, target_, x, kSampleBits);
      if (format_) {
        const Ball f = targets::evaluate(target_.program, x, kSampleBits).value;
        const auto scale = ulp_scale(f);
        if (!scale || !scale->exact) continue;
        arb_mul_2exp_si(error.get(), error.get(), scale->shift);
      }
      if (!error.is_finite()) continue;
      const Ball size = lower_magnitude(error);
      if (arb_gt(size.get(), largest_.get())) {
        largest_ = size;
        bound_.worst_x = nearest(x);
      }
    }
  }

  /// 1 / ulp(f) = 2^shift for the smallest |f| of a ball, and whether that is so for all of it.
  struct UlpScale {
    long shift;
    bool exact;
  };
  std::optional<UlpScale> ulp_scale(const Ball& f) const {
    if (!f.is_finite() || f.contains_zero()) return std::nullopt;
    const auto exponent = [&](const Ball& value) {
      return targets::ulp_exponent(*format_, arf_abs_bound_lt_2exp_si(arb_midref(value.get())));
    };
    const long least = exponent(lower_magnitude(f));
    return UlpScale{-least, exponent(upper_magnitude(f)) == least};
  }

  bool touches_special_point(const Cell& cell) const {
    return is_special(cell.lo) || is_special(cell.hi);
  }

  /// An end of one of the parts.
  bool is_special(const Ball& x) const {
    return std::ranges::any_of(
        special_points_, [&](double point) { return arb_equal(x.get(), Ball(point).get()) != 0; });
  }

  void obstruct(std::string reason) {
    if (bound_.obstacle.empty()) bound_.obstacle = std::move(reason);
  }

  void handle(const Task& task) {
    ++bound_.cells;
    std::optional<LocalModel> model =
        model_about_middle(program_, target_, task.cell, kTerms, bits_);
    if (model && take(*model, task, target_.metric)) return;
    if (!model && take_next_to_gap(task)) return;
    if (!model && !raised_ && take_at_ends(task)) return;
    if (!model && !raised_ && take_through_infinity(task)) return;
    if (!model && !raised_ && take_plain(task)) return;
    if (bound_.obstacle.empty() && !raised_) bisect(task);
    raised_ = false;
  }

  /// The target's relative error stands for that in ULPs where the target vanishes.
  targets::Target with_metric(Metric metric) const {
    targets::Target out = target_;
    out.metric = metric;
    return out;
  }

  /// Next to a simple zero between doubles.
  bool take_next_to_gap(const Task& task) {
    for (const targets::Zero& zero : target_.zeros) {
      if (target_.metric == Metric::Absolute || zero.is_double || zero.order != 1) continue;
      for (const End end : {End::Lower, End::Upper}) {
        const double beside = end == End::Lower ? zero.above() : zero.below();
        if (!arb_equal((end == End::Lower ? task.cell.lo : task.cell.hi).get(), Ball(beside).get()))
          continue;
        const auto model = model_about_zero(program_, with_metric(Metric::Relative), task.cell, end,
                                            Ball(zero.at), kTerms, bits_);
        if (!model || (model->may_divide_by_zero && !carries_infinities_on(task.cell))) continue;
        if (take(*model, task, Metric::Relative)) return true;
      }
    }
    return false;
  }

  bool carries_infinities_on(const Cell& cell) const {
    return carries_infinities(program_, Ball::interval_of(cell.lo, cell.hi), bits_);
  }

  bool take_at_ends(const Task& task) {
    for (const End end : {End::Lower, End::Upper}) {
      if (!is_special(end == End::Lower ? task.cell.lo : task.cell.hi)) continue;
      for (const int exponent : {1, 2, 4}) {
        const auto model = [&](const targets::Target& target) {
          return model_about_end(program_, target, task.cell, end, exponent, kTerms, bits_);
        };
        if (take_singular(model, task)) return true;
        if (raised_ || !bound_.obstacle.empty()) return false;
      }
    }
    return false;
  }

  bool take_through_infinity(const Task& task) {
    return take_singular(
        [&](const targets::Target& target) {
          return model_through_infinity(program_, target, task.cell, kTerms, bits_);
        },
        task);
  }

  /// Takes the model that `make` gives for the target, or for its relative error.
  template <class Make>
  bool take_singular(const Make& make, const Task& task) {
    for (const Metric metric : {target_.metric, Metric::Relative}) {
      if (metric != target_.metric && !format_) continue;
      const auto model = make(with_metric(metric));
      if (!model || !infinities_are_carried(*model, task.cell)) continue;
      if (take(*model, task, metric)) return true;
      if (raised_ || !bound_.obstacle.empty()) return false;
    }
    return false;
  }

  /// Whether IEEE arithmetic gives the limit wherever the program divides by 0 on the cell.
  bool infinities_are_carried(const LocalModel& model, const Cell& cell) {
    if (model.may_divide_by_zero && !carries_infinities_on(cell)) return false;
    const double x = nearest(model.origin);
    const targets::Domain& domain = target_.domain;
    const bool open = (x == domain.lo && domain.lo_open) || (x == domain.hi && domain.hi_open);
    if (!model.divides_by_zero || open || reaches_limit(program_, x, model.limit)) {
      return true;
    }
    obstruct(fmt::format(
        "at x = {} the program divides by 0, and IEEE arithmetic does not lead to its limit there",
        x));
    return false;
  }

  /// The error at a point, where it is the largest so far: what no bound can be below.
  void note_attained(const Ball& x) {
    const Ball error = error_over(program_, target_, x, bits_);
    if (!error.is_finite()) return;
    const Ball size = lower_magnitude(error);
    if (!arb_gt(size.get(), largest_.get())) return;
    largest_ = size;
    bound_.worst_x = nearest(x);
  }

  /// Where there is no expansion: the plain enclosure, on a cell small enough. Next to an end where
  /// a function ends with an infinite slope (sqrt) balls reach beyond its domain, intervals do not.
  bool take_plain(const Task& task) {
    if (format_) return false;
    for (const Ball& end : {task.cell.lo, task.cell.hi}) note_attained(end);
    const Ball x = Ball::interval_of(task.cell.lo, task.cell.hi);
    for (const Ball& error : {error_over(program_, target_, x, bits_),
                              error_by_ends(program_, target_, task.cell, bits_)}) {
      if (!error.is_finite()) continue;
      const Ball size = upper_magnitude(error);
      if (!is_enough(size)) continue;
      grow(size);
      return true;
    }
    return false;
  }

  bool is_enough(const Ball& size) const {
    Ball enough = largest_;
    arb_mul(enough.get(), enough.get(), Ball(1 + effort_.tolerance).get(), kBoundBits);
    return arb_le(size.get(), enough.get()) || arb_le(size.get(), Ball(kSmallest).get());
  }

  void grow(const Ball& size) { arb_max(proven_.get(), proven_.get(), size.get(), kBoundBits); }

  /// Whether the model gave a bound that is tight enough; otherwise the cell has to be halved, or
  /// (raised_) looked at again with more bits.
  bool take(LocalModel model, const Task& task, Metric metric) {
    bool reaches = true;  // the middles of pieces show errors that are attained
    if (format_) {
      long shift = 0;
      if (metric == Metric::Relative) {
        // |p - f| / ulp(f) < 2^precision |p - f| / |f|.
        shift = format_->precision;
        reaches = false;
      } else {
        const auto scale = ulp_scale(model.target);
        if (!scale) return false;
        shift = scale->shift;
        reaches = scale->exact;
      }
      arb_poly_scalar_mul_2exp_si(model.polynomial.get(), model.polynomial.get(), shift);
      arb_mul_2exp_si(model.remainder.get(), model.remainder.get(), shift);
    }
    Ball reference = largest_;
    arb_max(reference.get(), reference.get(), Ball(kSmallest).get(), kBoundBits);
    const auto above = [&](const Ball& size, double part) {
      Ball limit(part * effort_.tolerance);
      arb_mul(limit.get(), limit.get(), reference.get(), kBoundBits);
      return !arb_le(size.get(), limit.get());
    };
    const Ball quick = quick_bound(model);
    if (is_enough(quick)) {
      grow(quick);
      return true;
    }
    const bool deep = task.depth >= kDeep;
    if (!reaches && deep) {  // a step of the ULP: nothing better is to be had
      grow(quick);
      return true;
    }
    if (!reaches) return false;
    if (above(rounding(model), 0.0625)) {
      raise(task);
      return false;
    }
    if (above(model.remainder, 0.125)) return false;
    Ball at;
    const Ball before = largest_;
    grow(maximum(model.polynomial, model.from, model.to, model.remainder, effort_.tolerance,
                 largest_, at, bits_));
    if (!arb_equal(before.get(), largest_.get())) bound_.worst_x = place(model, at);
    return true;
  }

  Ball quick_bound(const LocalModel& model) const {
    Ball middle = model.from;
    arb_add(middle.get(), middle.get(), model.to.get(), ARF_PREC_EXACT);
    arb_mul_2exp_si(middle.get(), middle.get(), -1);
    Ball radius;
    arb_sub(radius.get(), model.to.get(), middle.get(), ARF_PREC_EXACT);
    targets::Series shifted;
    arb_poly_taylor_shift(shifted.get(), model.polynomial.get(), middle.get(), bits_);
    Ball size = magnitude_bound(shifted, radius);
    arb_add(size.get(), size.get(), model.remainder.get(), kBoundBits);
    return upper_magnitude(size);
  }

  void raise(const Task& task) {
    if (bits_ >= effort_.max_bits) {
      obstruct(fmt::format("{} bits of working precision do not suffice near x = {}", bits_,
                           nearest(middle_of(task.cell))));
      return;
    }
    bits_ = std::min(2 * bits_, effort_.max_bits);
    raised_ = true;
    tasks_.push_back(task);
  }

  void bisect(const Task& task) {
    const bool end = touches_special_point(task.cell);
    if (task.depth >= (end ? kDeepest : kDeep + 8)) return explain(task.cell);
    const Ball middle = middle_of(task.cell);
    if (targets::evaluate(program_, middle, bits_).undefined &&
        !carries_infinities(program_, middle, bits_)) {
      return explain_point(middle);
    }
    tasks_.push_back({{middle, task.cell.hi}, task.depth + 1});
    tasks_.push_back({{task.cell.lo, middle}, task.depth + 1});
  }

  /// Names what stands in the way at a point.
  void explain_point(const Ball& at) {
    for (const ir::Program& denominator : denominators(program_)) {
      const targets::Enclosure value = targets::evaluate(denominator, at, bits_);
      if (!value.undefined && arb_is_zero(value.value.get())) {
        return obstruct(fmt::format("the program has a pole at x = {}", nearest(at)));
      }
    }
    obstruct(fmt::format("the program is not defined at x = {}", nearest(at)));
  }

  /// The cell and 16 times its width on both sides, inside the domain.
  Cell widened(const Cell& cell) const {
    Ball more;
    arb_sub(more.get(), cell.hi.get(), cell.lo.get(), ARF_PREC_EXACT);
    arb_mul_2exp_si(more.get(), more.get(), 4);
    Cell out;
    arb_sub(out.lo.get(), cell.lo.get(), more.get(), ARF_PREC_EXACT);
    arb_add(out.hi.get(), cell.hi.get(), more.get(), ARF_PREC_EXACT);
    const Ball lo(target_.domain.lo);
    const Ball hi(target_.domain.hi);
    if (arb_lt(out.lo.get(), lo.get())) out.lo = lo;
    if (arb_gt(out.hi.get(), hi.get())) out.hi = hi;
    return out;
  }

  /// Names what stands in the way on a tiny cell.
  void explain(const Cell& tiny) {
    const double x = nearest(middle_of(tiny));
    // The culprit may be next to the cell.
    const Cell cell = widened(tiny);
    for (const Ball& end : {cell.lo, cell.hi}) {
      if (targets::evaluate(program_, end, bits_).undefined &&
          !carries_infinities(program_, end, bits_)) {
        return explain_point(end);
      }
    }
    const auto sign = [&](const ir::Program& program, const Ball& at) {
      const targets::Enclosure value = targets::evaluate(program, at, bits_);
      if (value.undefined || !value.value.is_finite() || value.value.contains_zero()) return 0;
      return arb_is_positive(value.value.get()) ? 1 : -1;
    };
    const auto changes_sign = [&](const ir::Program& program) {
      return sign(program, cell.lo) * sign(program, cell.hi) < 0;
    };
    for (const ir::Program& denominator : denominators(program_)) {
      if (changes_sign(denominator)) {
        return obstruct(fmt::format("the program has a pole near x = {}", x));
      }
    }
    const auto may_vanish = [&](const ir::Program& program) {
      const Ball all = Ball::interval_of(cell.lo, cell.hi);
      return targets::evaluate(program, all, bits_).value.contains_zero();
    };
    if (target_.metric != Metric::Absolute && may_vanish(target_.program)) {
      return obstruct(fmt::format("the target vanishes near x = {}{}", x,
                                  may_vanish(program_) ? ", and has no power series there"
                                                       : " and the program does not with it"));
    }
    obstruct(
        fmt::format("no bound near x = {}: the program is not defined there, or its "
                    "error grows without bound",
                    x));
  }

  static constexpr int kDeep = 56;
  static constexpr int kDeepest = 200;

  ir::Program program_;
  const targets::Target& target_;
  Effort effort_;
  std::optional<numbers::Format> format_;
  long bits_ = 0;
  Ball largest_;  ///< attained, without a radius
  Ball proven_;
  bool raised_ = false;
  std::vector<Task> tasks_;
  std::set<double> special_points_;
  Bound bound_;
};

/// The worst of the intervals' bounds, or the first obstacle.
Bound prove_each_interval(const ir::Program& program, const targets::Target& target,
                          const Effort& effort) {
  Bound all;
  for (const targets::Target& part : targets::on_each_interval(target)) {
    const Bound next = prove(program, part, effort);
    all.bits = std::max(all.bits, next.bits);
    all.cells += next.cells;
    if (next.attained >= all.attained) {
      all.attained = next.attained;
      all.worst_x = next.worst_x;
    }
    for (const Gap& gap : next.gaps) {
      if (std::ranges::find(all.gaps, gap) == all.gaps.end()) all.gaps.push_back(gap);
    }
    all.bound = std::max(all.bound, next.bound);
    all.obstacle = next.obstacle;
    if (!next.proven) return all;
  }
  all.proven = true;
  return all;
}

}  // namespace

ir::Program in_variable(const ir::Program& program, const targets::Substitution& substitution) {
  const ir::Program& forward = substitution.forward;
  const std::size_t steps = forward.code.size();
  const auto value = [](const ir::Program& of, ir::Operand operand) {
    return of.constants[operand.index];
  };
  bool begins = program.code.size() >= steps;
  for (std::size_t i = 0; begins && i < steps; ++i) {
    const ir::Instruction& a = program.code[i];
    const ir::Instruction& b = forward.code[i];
    begins = a.op == b.op;
    for (std::size_t k = 0; begins && k < a.arity(); ++k) {
      const bool constants = a.operands[k].is_constant() && b.operands[k].is_constant();
      begins = constants ? value(program, a.operands[k]) == value(forward, b.operands[k])
                         : a.operands[k] == b.operands[k];
    }
  }
  ir::Program out = program;
  out.code.clear();
  const auto moved = [&](ir::Operand operand) {
    if (!operand.is_value() || operand.index >= steps) {
      begins = begins && !operand.is_input();
      return operand.is_value() ? ir::Operand::value(operand.index - steps) : operand;
    }
    begins = begins && operand == forward.result;
    return ir::Operand::input();
  };
  for (std::size_t i = steps; begins && i < program.code.size(); ++i) {
    ir::Instruction step = program.code[i];
    for (std::size_t k = 0; k < step.arity(); ++k) step.operands[k] = moved(step.operands[k]);
    out.code.push_back(step);
  }
  if (begins) out.result = moved(program.result);
  return begins ? out : targets::composed(program, substitution.back);
}

Bound prove(const ir::Program& program, const targets::Target& target, const Effort& effort) {
  targets::free_caches_at_thread_end();
  if (ir::is_machine(program)) {
    Bound bound;
    bound.obstacle = "a machine program: its error has no bound in real arithmetic";
    return bound;
  }
  if (!target.domain.parts.empty()) return prove_each_interval(program, target, effort);
  if (target.domain.is_bounded()) {
    // Emitted code leaves out what the result does not need, and so does a proof.
    return Prover(ir::part_of(program, program.result), target, effort).run();
  }
  const targets::Substitution substitution = targets::substitution_for(target.domain);
  const targets::Target of_t = targets::bounded(target);
  const ir::Program in_t = in_variable(program, substitution);
  Bound bound = Prover(ir::part_of(in_t, in_t.result), of_t, effort).run();
  bound.worst_x = ir::evaluate(substitution.back, bound.worst_x);
  for (Gap& gap : bound.gaps) {
    const double a = ir::evaluate(substitution.back, gap.below);
    const double b = ir::evaluate(substitution.back, gap.above);
    gap = {std::nextafter(std::min(a, b), -std::numeric_limits<double>::infinity()),
           std::nextafter(std::max(a, b), std::numeric_limits<double>::infinity())};
  }
  if (!bound.proven) bound.obstacle += fmt::format(", where x is t, {}", substitution.text);
  return bound;
}

ir::Program as_emitted(const ir::Program& program) {
  ir::Program out = program;
  for (numbers::DoubleDouble& constant : out.constants) constant = constant.hi;
  return out;
}

}  // namespace ulpforge::proof
