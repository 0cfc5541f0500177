// Tries each method with each substitution at each operation count; the Verifier measures the
// results.
#include "baselines/baselines.h"

#include <tbb/task_arena.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <functional>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

#include "baselines/chebyshev.h"
#include "baselines/continued_fraction.h"
#include "baselines/forms.h"
#include "baselines/remez.h"
#include "baselines/series.h"
#include "baselines/substitution.h"
#include "ir/fusion.h"
#include "parallel/parallel.h"
#include "targets/infinite_domain.h"
#include "targets/verify.h"

namespace ulpforge::baselines {

using ir::Program;
using numbers::Mpfr;
using targets::Target;

namespace {

constexpr unsigned kWorkingBits = 320;
constexpr int kVerifierPoints = 501;
constexpr int kMaxSquarings = 8;
constexpr double kLinear = 1e-8;  // below it an error is the power's error divided by a constant
constexpr int kMaxTrials = 3;     // candidates of one method and count that are verified
constexpr double kLost = 1e-3;    // errors in double from here on, and so much larger than in real
constexpr double kMuch = 10;      // arithmetic, are those of a zero beside the target's

/// A program and the error that its construction promises.
struct Candidate {
  Program program;
  double estimate = 0;
};

/// By method and operation count, the lowest estimate first.
using Candidates = std::map<std::pair<std::string, int>, std::vector<Candidate>>;

Program fused(const Program& program) {
  constexpr std::array kAll{ir::Op::Add, ir::Op::Sub, ir::Op::Mul, ir::Op::Div, ir::Op::Fma};
  return ir::fuse(program, ir::Costs{}, kAll);
}

/// Ends a task early; what it has collected stays.
struct Stopped {};

/// Collects candidates within the operation budget.
class Collector {
 public:
  Collector(int max_operations, bool fuses, const std::function<bool()>& enough)
      : max_operations_(max_operations), fuses_(fuses), enough_(enough) {}

  int max_operations() const { return max_operations_; }
  /// Whether a product and a sum are one operation.
  bool fuses() const { return fuses_; }
  /// Throws Stopped where nothing more is wanted.
  void demand_time() const {
    if (enough_()) throw Stopped();
  }

  void add(const std::string& method, const Substitution& substitution, Program program,
           const Mpfr& error) {
    if (fuses_) program = fused(program);
    const int operations = static_cast<int>(program.code.size());
    const double estimate = error.convert_to<double>();
    if (operations > max_operations_ || !std::isfinite(estimate)) return;
    const std::string name = substitution.squarings > 0 ? method + " + squarings" : method;
    auto& list = candidates_[{name, operations}];
    const auto after =
        std::upper_bound(list.begin(), list.end(), estimate,
                         [](double e, const Candidate& c) { return e < c.estimate; });
    list.insert(after, {std::move(program), estimate});
  }

  /// Both ways to write a rational function in u.
  void add_rational(const std::string& method, const Substitution& substitution, const Rational& r,
                    const Mpfr& error) {
    if (r.denominator.back() == 0) return;  // degenerate: found again at a lower degree
    add(method + " (Horner P/Q)", substitution, quotient_program(substitution, r), error);
    if (const auto fraction = continued_fraction(r)) {
      add(method + " (continued fraction)", substitution, fraction_program(substitution, *fraction),
          error);
    }
  }

  Candidates take() { return std::move(candidates_); }

 private:
  int max_operations_;
  bool fuses_;
  const std::function<bool()>& enough_;
  Candidates candidates_;
};

/// The least operations of [m/n] in u: a continued fraction, or P/Q where those are fused.
int degree_operations(int m, int n, bool fuses) {
  const int shared = std::min(m, n);
  if (!fuses) return 2 * std::abs(m - n) + 3 * shared;
  return std::min(std::abs(m - n) + 3 * shared, m + n + 1);
}

/// The least operations that [m/n] takes in any form, the substitution's own included.
int least_operations(const Substitution& substitution, int m, int n, bool fuses) {
  const bool odd = substitution.variable == Substitution::Variable::XSquared &&
                   substitution.factor == Substitution::Factor::X;
  if (odd && m + n == 0) return 1;
  if (odd && m == 0 && n == 1) return 3;
  return substitution.operations() + degree_operations(m, n, fuses);
}

/// Calls visit(m, n) for every pair of degrees that fits, lower sums first. With squarings no
/// constants, and of the rational ones those next to the diagonal, which are the best for
/// exponentials.
void for_each_degrees(const Substitution& substitution, const Collector& collector,
                      const std::function<void(int, int)>& visit) {
  for (int sum = 0; sum <= collector.max_operations(); ++sum) {
    for (int n = 0; n <= sum; ++n) {
      const int m = sum - n;
      if (substitution.squarings > 0 && (sum == 0 || (n > 0 && std::abs(m - n) > 1))) continue;
      const int least = least_operations(substitution, m, n, collector.fuses());
      if (least > collector.max_operations()) continue;
      collector.demand_time();
      visit(m, n);
    }
  }
}

/// The points of alternation of fits that converged, by degrees: starts for fits of other degrees.
using References = std::map<std::pair<int, int>, std::vector<Mpfr>>;

/// The best approximation [m/n] from the first start that leads to one: the usual one, or what the
/// neighbours suggest.
std::optional<Minimax> fit(const Problem& problem, int m, int n, const References& references) {
  const auto count = static_cast<std::size_t>(m + n + 2);
  if (!references.contains({m, n})) {
    if (auto found = minimax(problem, m, n, usual_start(problem, count))) return found;
  }
  constexpr std::pair<int, int> kNeighbours[] = {{0, 0},  {-1, 0}, {0, -1}, {-1, -1}, {1, -1},
                                                 {-1, 1}, {1, 0},  {0, 1},  {1, 1}};
  for (const auto& [up, right] : kNeighbours) {
    const auto reference = references.find({m + up, n + right});
    if (reference == references.end()) continue;
    if (auto found = minimax(problem, m, n, stretch(reference->second, count))) return found;
  }
  return std::nullopt;
}

/// Writes down a minimax approximation whose error, in the target's metric, is `error`.
void add_minimax(Collector& collector, const View& view, const Substitution& substitution,
                 const Rational& in_s, const Mpfr& error) {
  const Rational r = view.in_u(in_s);
  if (r.denominator.size() > 1) {
    collector.add_rational("rational minimax", substitution, r, error);
  } else if (r.numerator.size() == 1 || r.numerator.back() != 0) {
    const Polynomial p = scaled(r.numerator, 1 / r.denominator[0]);
    collector.add("polynomial minimax (Horner)", substitution, horner_program(substitution, p),
                  error);
  }
}

References add_minimax_fits(Collector& collector, const View& view) {
  References references;
  std::vector<std::pair<int, int>> missing;
  const auto attempt = [&](int m, int n) {
    const auto found = fit(view.problem(), m, n, references);
    if (!found) return false;
    references[{m, n}] = found->reference;
    add_minimax(collector, view, view.substitution(), found->function, found->error);
    return true;
  };
  for_each_degrees(view.substitution(), collector, [&](int m, int n) {
    if (!attempt(m, n)) missing.emplace_back(m, n);
  });
  // Once more, from the highest degrees down: a fit may now start from one of a higher degree.
  for (auto degrees = missing.rbegin(); degrees != missing.rend(); ++degrees) {
    attempt(degrees->first, degrees->second);
  }
  return references;
}

/// Taylor and Pade from the series at `centre` (in s), in the view's substitution with squarings.
void add_expansions(Collector& collector, const View& view, const Substitution& substitution,
                    const Problem& problem, const Polynomial& series, const Mpfr& centre) {
  for_each_degrees(substitution, collector, [&](int m, int n) {
    if (m + n >= std::ssize(series)) return;
    const auto local = pade(Polynomial(series.begin(), series.begin() + m + n + 1), m, n);
    if (!local) return;
    const Rational in_s = compose_affine(*local, Mpfr(1), -centre);
    const Mpfr error = grid_error(problem, in_s);
    const Rational r = view.in_u(in_s);
    if (n > 0) {
      collector.add_rational("Pade", substitution, r, error);
    } else {
      collector.add("Taylor (Horner)", substitution, horner_program(substitution, r.numerator),
                    error);
    }
  });
}

struct Expansion {
  Polynomial series;
  Mpfr centre;
};
/// Of a view, by squarings.
using Expansions = std::vector<std::vector<Expansion>>;

/// The series at the interval's centre and at 0 where that belongs to it, as far as the degrees go.
/// Not while other threads compute: the precision that it works with is the process's
/// (numbers/mpfr.h).
std::vector<Expansion> expand(const Collector& collector, const View& view,
                              const Substitution& substitution) {
  std::vector<Expansion> expansions;
  int highest = 0;
  for_each_degrees(substitution, collector,
                   [&](int m, int n) { highest = std::max(highest, m + n); });
  const auto exact = [&](const Mpfr& s) {
    collector.demand_time();
    Mpfr value = view.exact(s);
    for (int k = 0; k < substitution.squarings; ++k) value = sqrt(value);
    return value;
  };
  std::vector<Mpfr> centres{Mpfr(0)};
  if (const auto zero = view.zero(); zero && *zero != 0) centres.push_back(*zero);
  for (const Mpfr& centre : centres) {
    const Mpfr step = ldexp(Mpfr(centre < 0 ? 1 : -1), -24);  // into the interval
    Polynomial series = taylor(exact, centre, step, static_cast<std::size_t>(highest) + 1);
    const bool finite =
        std::all_of(series.begin(), series.end(), [](const Mpfr& c) { return isfinite(c); });
    if (finite) expansions.push_back({std::move(series), centre});
  }
  return expansions;
}

/// `problem` is the view's with the squarings of `substitution`. Nothing of squarings that there
/// was no time to expand.
void add_expansions(Collector& collector, const View& view, const Substitution& substitution,
                    const Problem& problem, const Expansions& expansions) {
  const auto squarings = static_cast<std::size_t>(substitution.squarings);
  if (squarings >= expansions.size()) return;
  for (const Expansion& expansion : expansions[squarings]) {
    add_expansions(collector, view, substitution, problem, expansion.series, expansion.centre);
  }
}

void add_chebyshev_series(Collector& collector, const View& view) {
  for (int degree = 0; least_operations(view.substitution(), degree, 0, collector.fuses()) <=
                       collector.max_operations();
       ++degree) {
    const Rational truncated{chebyshev_truncation(view.series(), static_cast<std::size_t>(degree)),
                             {Mpfr(1)}};
    const Mpfr error = grid_error(view.problem(), truncated);
    collector.add("Chebyshev series (Horner)", view.substitution(),
                  horner_program(view.substitution(), view.in_u(truncated).numerator), error);
  }
}

/// Approximations of f(x / 2^k), squared k times.
void add_squared_fits(Collector& collector, const View& view, References references,
                      const Expansions& expansions) {
  for (int squarings = 1; squarings <= kMaxSquarings; ++squarings) {
    Substitution substitution = view.substitution();
    substitution.squarings = squarings;
    const Problem linear = root_problem(view.problem(), squarings, Mpfr(0));
    for_each_degrees(substitution, collector, [&](int m, int n) {
      auto found = fit(linear, m, n, references);
      // A large error and that of the power are not in proportion: level the error of the power
      // itself.
      for (int pass = 0; pass < 3 && found && found->error > kLinear; ++pass) {
        references[{m, n}] = found->reference;
        found = fit(root_problem(view.problem(), squarings, found->error), m, n, references);
      }
      if (!found) return;
      references[{m, n}] = found->reference;
      add_minimax(collector, view, substitution, found->function, found->error);
    });
    add_expansions(collector, view, substitution, linear, expansions);
  }
}

/// With u = x minus the interval's middle, x in [middle - half, middle + half], and
/// g = (f / f(middle))^(1/2^k): tanh(log(g) / 2) / u as a function of t = u^2 = half^2 (1 + s) / 2,
/// with the tolerance that a relative error of f leaves it. `problem` is that of f.
Problem half_tangent_problem(const Problem& problem, const Mpfr& half, int squarings) {
  Problem result;
  result.at = [at = problem.at, centre = problem.at(Mpfr(0)).value, half,
               squarings](const Mpfr& s) {
    const Mpfr position = sqrt(Mpfr((1 + s) / 2));
    Mpfr g = at(position).value / centre;
    for (int k = 0; k < squarings; ++k) g = sqrt(g);
    const Mpfr y = (g - 1) / (g + 1), u = half * position;
    return Sample{s, y / u, (1 - y * y) / ldexp(u, squarings + 1), 0};
  };
  for (const Sample& sample : problem.grid) {
    if (sample.s > -1) result.grid.push_back(result.at(sample.s));  // at t = 0 there is no error
  }
  return result;
}

/// c (D + u N) / (D - u N), D and N in t = u^2, as a function of u; `odd` is N / D. The higher of
/// the degrees is `degree`.
Rational symmetric_rational(const Rational& odd, int degree, const Mpfr& c) {
  const auto count = static_cast<std::size_t>(degree) + 1;
  Rational r{Polynomial(count, Mpfr(0)), Polynomial(count, Mpfr(0))};
  for (std::size_t k = 0; k < odd.denominator.size(); ++k) {
    r.numerator[2 * k] = odd.denominator[k] * c;
    r.denominator[2 * k] = odd.denominator[k];
  }
  for (std::size_t k = 0; k < odd.numerator.size(); ++k) {
    r.numerator[2 * k + 1] = odd.numerator[k] * c;
    r.denominator[2 * k + 1] = -odd.numerator[k];
  }
  return r;
}

/// Exponentials about the middle of the interval: f(-u) == 1 / f(u) but for a factor, and so has
/// R(u) = (D + u N) / (D - u N) with D and N in u^2, as the diagonal Pade approximants have it.
/// Every second constant of the continued fraction is 0 then: [m/m] takes 2 m + 1 operations, and
/// one more for u where the middle is not 0. In the relative error this is the best [m/m], up to
/// the error's square; the fit is that of u N / D to the odd function (f - 1) / (f + 1).
void add_symmetric_fits(Collector& collector, const Target& target, const View& view) {
  // The symmetry is that of a plain error on one interval.
  if (target.metric != targets::Metric::Relative || target.weight) return;
  if (!target.domain.parts.empty()) return;
  Substitution substitution;
  substitution.shift = target.domain.lo / 2 + target.domain.hi / 2;
  if (substitution.shift != 0) substitution.variable = Substitution::Variable::XMinusShift;
  const int own = substitution.shift != 0 ? 1 : 0;
  const Mpfr half = (Mpfr(target.domain.hi) - Mpfr(target.domain.lo)) / 2;
  Mpfr centre = view.problem().at(Mpfr(0)).value;
  References references;
  for (int squarings = 0; squarings <= kMaxSquarings; ++squarings) {
    substitution.squarings = squarings;
    const Problem problem = half_tangent_problem(view.problem(), half, squarings);
    for (int m = 1; own + squarings + 2 * m + 1 <= collector.max_operations(); ++m) {
      const std::pair degrees{(m - 1) / 2, m / 2};
      collector.demand_time();
      const auto found = fit(problem, degrees.first, degrees.second, references);
      if (!found) continue;
      references[degrees] = found->reference;
      const Rational in_t = compose_affine(found->function, 2 / (half * half), Mpfr(-1));
      collector.add_rational("symmetric rational minimax", substitution,
                             symmetric_rational(in_t, m, centre), found->error);
    }
    centre = sqrt(centre);
  }
}

/// x + c, c - x, c x and c / x with the best c.
void add_single_operations(Collector& collector, const Target& target, const View& view) {
  const Mpfr middle(target.domain.lo / 2 + target.domain.hi / 2);
  const Mpfr half(target.domain.width() / 2);
  const auto add = [&](ir::Op op, bool constant_first, auto&& strip) {
    Problem problem;
    for (Sample sample : view.problem().grid) {
      strip(sample, Mpfr(middle + half * sample.s));
      problem.grid.push_back(std::move(sample));
    }
    problem.at = [&](const Mpfr& s) {
      Sample sample = view.problem().at(s);
      strip(sample, Mpfr(middle + half * s));
      return sample;
    };
    const auto found = minimax(problem, 0, 0, usual_start(problem, 2));
    if (!found) return;
    Program program;
    const Mpfr value = found->function.numerator[0] / found->function.denominator[0];
    const ir::Operand c = program.add_constant(numbers::to_double_double(value));
    const ir::Operand x = ir::Operand::input();
    program.result = constant_first ? program.add(op, c, x) : program.add(op, x, c);
    collector.add("single operation", view.substitution(), std::move(program), found->error);
  };
  add(ir::Op::Add, false, [](Sample& sample, const Mpfr& x) { sample.value -= x; });
  add(ir::Op::Sub, true, [](Sample& sample, const Mpfr& x) { sample.value += x; });
  const bool holds_zero =
      std::ranges::any_of(targets::intervals_of(target.domain),
                          [](const targets::Domain& each) { return each.lo <= 0 && each.hi >= 0; });
  if (holds_zero) return;
  add(ir::Op::Mul, false, [](Sample& sample, const Mpfr& x) {
    sample.value /= x;
    sample.tolerance /= abs(x);
  });
  add(ir::Op::Div, true, [](Sample& sample, const Mpfr& x) {
    sample.value *= x;
    sample.tolerance *= abs(x);
  });
}

/// body(k) for each k < count on all threads, begun in that order.
template <class Body>
void for_each_in_order(std::size_t count, const Body& body) {
  std::atomic<std::size_t> next = 0;
  parallel::for_each_index(0, tbb::this_task_arena::max_concurrency(), [&](int) {
    for (std::size_t k = next++; k < count; k = next++) body(k);
  });
}

/// The best of each method at each count, by the error that the Verifier finds. Candidates that
/// `abort` leaves no time for are left out, the worst of each count first.
std::vector<Baseline> verify(const Target& target, Candidates candidates,
                             const std::function<bool()>& abort) {
  const targets::Verifier verifier(target, kVerifierPoints, abort);
  using Key = Candidates::key_type;
  std::vector<std::pair<Key, double>> order;
  for (const auto& [key, list] : candidates) order.emplace_back(key, list.front().estimate);
  std::ranges::stable_sort(
      order, {}, [](const auto& each) { return std::pair(each.first.second, each.second); });
  // The best of each count, then the second ones.
  std::vector<std::pair<int, Key>> ranked;
  for (std::size_t k = 0, first = 0; k < order.size(); ++k) {
    if (order[k].first.second != order[first].first.second) first = k;
    ranked.emplace_back(static_cast<int>(k - first), order[k].first);
  }
  std::ranges::stable_sort(ranked, {}, &std::pair<int, Key>::first);
  std::vector<Baseline> result(ranked.size());
  for_each_in_order(ranked.size(), [&](std::size_t k) {
    const auto& [method, operations] = ranked[k].second;
    Baseline best{method, {}, operations, INFINITY, 0, INFINITY};
    auto& list = candidates.find(ranked[k].second)->second;
    for (int trial = 0; trial < kMaxTrials && trial < std::ssize(list) && !abort(); ++trial) {
      Candidate& candidate = list[trial];
      if (candidate.estimate >= best.max_error) break;
      const targets::Verification verified = verifier(candidate.program);
      // Constants in double have to keep the zeros.
      const bool lost = !target.zeros.empty() && verified.max_error_f64 > kLost &&
                        verified.max_error_f64 > kMuch * verified.max_error;
      if (lost) continue;
      if (verified.max_error < best.max_error) {
        best.max_error = verified.max_error;
        best.worst_x = verified.worst_x;
        best.max_error_f64 = verified.max_error_f64;
        best.program = std::move(candidate.program);
      }
    }
    result[k] = std::move(best);
  });
  std::erase_if(result,
                [](const Baseline& baseline) { return !std::isfinite(baseline.max_error); });
  std::ranges::sort(result, {}, [](const Baseline& baseline) {
    return std::pair(std::string_view(baseline.method), baseline.operations);
  });
  return result;
}

/// Part of the work: what collects candidates, in a collector of its own.
using Task = std::function<void(Collector&)>;

}  // namespace

namespace {

/// Approximations in the substitution's t, which they begin with.
Computed unbounded_baselines(const Target& target, int max_operations, bool fuses,
                             const Limits& limits) {
  const targets::Substitution substitution = targets::substitution_for(target.domain);
  const int steps = static_cast<int>(substitution.forward.code.size());
  if (max_operations < steps) return {};
  Computed all = compute_baselines(targets::bounded(target), max_operations - steps, fuses, limits);
  for (Baseline& baseline : all.baselines) {
    baseline.program = targets::composed(baseline.program, substitution.forward);
    baseline.operations = static_cast<int>(baseline.program.code.size());
    baseline.method += ", " + substitution.text;
  }
  return all;
}

}  // namespace

std::vector<Baseline> compute_baselines(const Target& target, int max_operations) {
  const auto never = [] { return false; };
  return compute_baselines(target, max_operations, false, {never, never}).baselines;
}

Computed compute_baselines(const Target& target, int max_operations, bool fuses,
                           const Limits& limits) {
  if (!target.domain.is_bounded()) {
    return unbounded_baselines(target, max_operations, fuses, limits);
  }
  const numbers::MpfrPrecision precision(kWorkingBits);
  std::atomic<bool> complete = true;
  const auto attempt = [&](const auto& work) {
    try {
      work();
    } catch (const Stopped&) {
      complete = false;
    }
  };
  const Shape shape = find_shape(target);
  const std::vector<Substitution> substitutions = find_substitutions(target, shape);
  std::vector<std::optional<View>> views(substitutions.size());
  parallel::for_each_index(std::size_t{0}, views.size(), [&](std::size_t k) {
    attempt([&] {
      views[k] = View::make(target, substitutions[k], [&] {
        if (limits.enough()) throw Stopped();
      });
    });
  });
  // What is best comes first, in case that time is short.
  std::vector<References> references(views.size());
  std::vector<Expansions> expansions(views.size());
  std::vector<Task> tasks;
  for (std::size_t k = 0; k < views.size(); ++k) {
    if (!views[k]) continue;
    tasks.emplace_back(
        [&, k](Collector& collector) { references[k] = add_minimax_fits(collector, *views[k]); });
  }
  const bool plain = views.front() && substitutions.front() == Substitution{};
  if (plain && shape.exponential) {
    tasks.emplace_back(
        [&](Collector& collector) { add_symmetric_fits(collector, target, *views.front()); });
  }
  const std::size_t first_wave = tasks.size();
  if (plain && shape.exponential) {
    tasks.emplace_back([&](Collector& collector) {
      add_squared_fits(collector, *views.front(), std::move(references.front()),
                       expansions.front());
    });
  }
  if (plain) {
    tasks.emplace_back(
        [&](Collector& collector) { add_single_operations(collector, target, *views.front()); });
  }
  for (std::size_t k = 0; k < views.size(); ++k) {
    if (!views[k]) continue;
    tasks.emplace_back([&, k](Collector& collector) {
      const View& view = *views[k];
      add_chebyshev_series(collector, view);
      add_expansions(collector, view, view.substitution(), view.problem(), expansions[k]);
    });
  }
  std::vector<Candidates> found(tasks.size());
  const auto run = [&](std::size_t k) {
    Collector collector(max_operations, fuses, limits.enough);
    attempt([&] { tasks[k](collector); });
    found[k] = collector.take();
  };
  for_each_in_order(first_wave, run);
  attempt([&] {
    const Collector limits_of_degrees(max_operations, fuses, limits.enough);
    for (std::size_t k = 0; k < views.size(); ++k) {
      if (!views[k]) continue;
      Substitution substitution = views[k]->substitution();
      const int most = k == 0 && plain && shape.exponential ? kMaxSquarings : 0;
      for (substitution.squarings = 0; substitution.squarings <= most; ++substitution.squarings) {
        expansions[k].push_back(expand(limits_of_degrees, *views[k], substitution));
      }
    }
  });
  for_each_in_order(tasks.size() - first_wave, [&](std::size_t k) { run(first_wave + k); });
  Candidates all;
  for (Candidates& part : found) {
    for (auto& [key, list] : part) {
      std::vector<Candidate>& common = all[key];
      std::ranges::move(list, std::back_inserter(common));
      std::ranges::stable_sort(common, {}, &Candidate::estimate);
    }
  }
  return {verify(target, std::move(all), limits.abort), complete};
}

const Baseline* best_baseline(const std::vector<Baseline>& baselines, int operations) {
  const Baseline* best = nullptr;
  for (const Baseline& baseline : baselines) {
    if (baseline.operations > operations) continue;
    if (!best || baseline.max_error < best->max_error ||
        (baseline.max_error == best->max_error && baseline.operations < best->operations)) {
      best = &baseline;
    }
  }
  return best;
}

}  // namespace ulpforge::baselines
