// Levels and verifies the archive's best entries, and takes the front of them.
#include "evo/finalists.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

#include "evo/minimax.h"
#include "evo/zero_factor.h"
#include "parallel/parallel.h"
#include "targets/verify.h"

namespace ulpforge::evo {
namespace {

/// Entries of a niche that are levelled.
constexpr std::size_t kFinalists = 8;
/// Evaluations that the last search for constants of a format may take.
constexpr int kLastRoundingTrials = 4000;
/// A verified error this much above the levelled one means that something was hidden between the
/// nodes: the next finalist gets its turn.
constexpr double kHonest = 1.1;
/// A program that is better than a known one by no more than this is that one, constants rounded
/// otherwise.
constexpr double kSame = 1 - 1e-6;

struct Finalist {
  ir::Program program;
  double levelled = 0;
  std::size_t rank = 0;  ///< in the archive; settles ties
};

/// The constant that is closest to the target everywhere: no operation at all. The search itself
/// has only x to begin with.
Finalist best_constant(const targets::Target& target, const DenseNodes& inner,
                       const Constraints& constraints) {
  // Out to the very ends: a monotone target has its largest error there.
  constexpr double kInside = 0x1p-50;
  std::array<double, DenseNodes::kCount> points;
  for (int i = 0; i < DenseNodes::kCount; ++i) points[i] = inner.x_at(i);
  const std::vector<targets::Domain> intervals = targets::intervals_of(target.domain);
  const std::vector<int> shares = shares_of_intervals(target.domain, DenseNodes::kCount);
  for (std::size_t k = 0, begin = 0; k < intervals.size(); begin += shares[k], ++k) {
    points[begin] = intervals[k].lo + kInside * intervals[k].width();
    points[begin + shares[k] - 1] = intervals[k].hi - kInside * intervals[k].width();
  }
  const DenseNodes nodes = make_nodes_at<kDenseBlocks>(target, points);
  const auto error = [&](double c) {
    double largest = 0;
    for (int i = 0; i < DenseNodes::kCount; ++i) {
      largest = std::max(largest, lane(nodes.weight, i) * std::abs(c - lane(nodes.target_hi, i)));
    }
    return largest;
  };
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (int i = 0; i < DenseNodes::kCount; ++i) {
    low = std::min(low, lane(nodes.target_hi, i));
    high = std::max(high, lane(nodes.target_hi, i));
  }
  // The error is convex in c: narrow by thirds.
  for (int k = 0; k < 200; ++k) {
    const double third = (high - low) / 3;
    if (error(low + third) < error(high - third)) {
      high -= third;
    } else {
      low += third;
    }
  }
  // Where the target vanishes, any other constant is infinitely far off.
  if (!required_zeros(target).empty()) low = 0;
  if (!target.exact.empty()) low = targets::value_at(target, target.exact.front()).hi;
  if (constraints.constants) {
    const numbers::ConstantFormat& format = *constraints.constants;
    const double near = format.round(low);
    low = std::min({near, format.next(near, true), format.next(near, false)},
                   [&](double a, double b) { return error(a) < error(b); });
  }
  Finalist finalist;
  finalist.program.result = finalist.program.add_constant(low);
  finalist.levelled = error(low);
  return finalist;
}

FrontProgram front_program(const ir::Program& program, const ir::Costs& costs,
                           const targets::Verification& verified) {
  return {program,           static_cast<int>(program.code.size()),
          costs.of(program), verified.max_error,
          verified.worst_x,  verified.max_error_f64};
}

/// A known program, verified again as the others are where there is time; nothing where that shows
/// that it is broken, or does not satisfy the constraints.
std::optional<FrontProgram> front_program(const KnownProgram& known, const ir::Costs& costs,
                                          const Judges& judges, const StopDeadline& deadline) {
  const targets::Verifier& verify = judges.verify;
  if (!judges.accept(known.program)) return std::nullopt;
  targets::Verification verified = verify(known.program);
  if (!std::isfinite(verified.max_error)) {
    if (!deadline.front_passed()) return std::nullopt;
    verified = {known.max_error, known.worst_x, known.max_error_f64, 0, {}};
  }
  FrontProgram program = front_program(known.program, costs, verified);
  program.method = known.method;
  return program;
}

/// Indices of the known programs that no cheaper one equals, by cost.
std::vector<std::size_t> front_of(std::span<const KnownProgram> known, const ir::Costs& costs) {
  std::vector<std::size_t> order(known.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t k) {
    return std::pair(costs.of(known[k].program), known[k].max_error);
  });
  double to_beat = std::numeric_limits<double>::infinity();
  std::erase_if(order, [&](std::size_t k) {
    if (!(known[k].max_error < to_beat)) return true;
    to_beat = known[k].max_error;
    return false;
  });
  return order;
}

/// The levelled entries of a niche, and the best verified one of them so far.
struct Contest {
  std::vector<Finalist> finalists;  ///< by error, best first
  std::size_t next = 0;             ///< of them to be verified
  std::optional<FrontProgram> best;
  bool settled = false;  ///< none of the rest can be better
};

Contest level(const targets::Target& target, const std::vector<Entry>& niche,
              const Examination& examination, const StopDeadline& deadline) {
  const DenseNodes& nodes = examination.nodes();
  const Requirements& requirements = examination.requirements();
  const std::vector<double> pins = zero_constants(target);
  Contest contest;
  auto scratch = std::make_unique<Evaluation<kDenseBlocks>>();
  const auto add = [&](const ir::Program& program, double levelled, std::size_t rank) {
    if (requirements.holds(program)) contest.finalists.push_back({program, levelled, rank});
  };
  for (std::size_t i = 0; i < std::min(kFinalists, niche.size()); ++i) {
    if (deadline.front_passed()) break;
    const Entry& entry = niche[i];
    const Tape tape = *make_tape(entry.program, pins);
    ir::Program program = entry.program;
    Constants constants = constants_of(program);
    double levelled = minimise_largest_error(nodes, tape, constants);
    set_constants(program, constants);
    if (requirements.rounds()) {
      int trials = kLastRoundingTrials;
      levelled = requirements.meet<kDenseBlocks>(nodes, tape, program, *scratch, trials);
      // Also as the archive has it, with constants that were not levelled and rounded again.
      evaluate<kDenseBlocks>(tape, constants_of(entry.program), nodes, *scratch);
      add(entry.program, scratch->max_error(nodes), i);
    }
    // Levelled constants may lose what was checked with others.
    if (requirements.has_direction()) add(entry.program, entry.error, i);
    add(program, levelled, i);
  }
  if (niche.front().operations() == 0) {
    const Finalist constant = best_constant(target, nodes, examination.constraints());
    add(constant.program, constant.levelled, constant.rank);
  }
  std::ranges::sort(contest.finalists, {}, [](const Finalist& finalist) {
    return std::pair(finalist.levelled, finalist.rank);
  });
  return contest;
}

/// Verifies the next finalist.
void verify_next(Contest& contest, const ir::Costs& costs, const Judges& judges) {
  if (contest.next == contest.finalists.size()) {
    contest.settled = true;
    return;
  }
  const Finalist& finalist = contest.finalists[contest.next];
  const double best =
      contest.best ? contest.best->max_error : std::numeric_limits<double>::infinity();
  if (!(finalist.levelled < best)) {
    contest.settled = true;
    return;
  }
  ++contest.next;
  const targets::Verification verified = judges.verify(finalist.program);
  if (!(verified.max_error < best) || !judges.accept(finalist.program)) return;
  contest.best = front_program(finalist.program, costs, verified);
  contest.settled = verified.max_error <= kHonest * finalist.levelled;
}

/// The program with its constants that are short numbers but for rounding errors (0.5, 3) as these,
/// or nothing where there are none.
std::optional<ir::Program> with_short_constants(const ir::Program& program) {
  constexpr double kNear = 1e-24;
  constexpr int kShort = 20;  // bits
  ir::Program result = program;
  bool changed = false;
  for (numbers::DoubleDouble& c : result.constants) {
    int exponent = 0;
    const double mantissa = std::frexp(c.hi, &exponent);
    const double near = std::ldexp(std::nearbyint(std::ldexp(mantissa, kShort)), exponent - kShort);
    const double distance = std::abs((c.hi - near) + c.lo);
    if (distance == 0 || !(distance <= kNear * std::abs(c.hi))) continue;
    c = near;
    changed = true;
  }
  if (!changed) return std::nullopt;
  return result;
}

/// Levels the best one between the nodes too, and takes that where it is better.
void refine(Contest& contest, const targets::Target& target, const Examination& examination,
            const ir::Costs& costs, const Judges& judges) {
  const DenseNodes& nodes = examination.nodes();
  const targets::Verifier& verify = judges.verify;
  // Constants of a format stay what they are.
  if (!contest.best || examination.requirements().rounds()) return;
  if (const auto shorter = with_short_constants(contest.best->program)) {
    const targets::Verification found = verify(*shorter);
    if (found.max_error <= contest.best->max_error && judges.accept(*shorter)) {
      contest.best = front_program(*shorter, costs, found);
    }
  }
  const std::optional<Tape> tape = make_tape(contest.best->program, zero_constants(target));
  if (!tape || contest.best->max_error == 0) return;
  ir::Program refined = contest.best->program;
  Constants constants = constants_of(refined);
  refine_extrema(target, nodes, *tape, constants);
  set_constants(refined, constants);
  const targets::Verification again = verify(refined);
  if (again.max_error < contest.best->max_error && judges.accept(refined)) {
    contest.best = front_program(refined, costs, again);
  }
}

}  // namespace

Front choose_front(const targets::Target& target, const Archive& archive,
                   std::span<const KnownProgram> known, const Examination& examination,
                   const Judges& judges, const StopDeadline& deadline,
                   const std::function<void(std::size_t done, std::size_t all)>& on_done) {
  const ir::Costs& costs = archive.niches().costs();
  const std::vector<int>& niches = archive.occupied();
  const std::vector<std::size_t> classical = front_of(known, costs);
  std::vector<std::optional<FrontProgram>> found(niches.size() + classical.size());
  std::vector<Contest> contests(niches.size());
  // A first look at every niche, then a closer one while there is time.
  std::atomic<std::size_t> done = 0;
  const std::size_t all = found.size() + niches.size();
  parallel::for_each_index(std::size_t{0}, found.size(), [&](std::size_t k) {
    if (k < niches.size()) {
      contests[k] = level(target, archive.at(niches[k]), examination, deadline);
      if (!deadline.front_passed()) verify_next(contests[k], costs, judges);
    } else {
      found[k] = front_program(known[classical[k - niches.size()]], costs, judges, deadline);
    }
    on_done(++done, all);
  });
  parallel::for_each_index(std::size_t{0}, niches.size(), [&](std::size_t k) {
    Contest& contest = contests[k];
    while (!contest.settled && !deadline.front_passed()) verify_next(contest, costs, judges);
    if (!deadline.front_passed()) refine(contest, target, examination, costs, judges);
    found[k] = std::move(contest.best);
    on_done(++done, all);
  });
  Front front;
  front.known.assign(known.begin(), known.end());
  for (std::size_t k = 0; k < found.size(); ++k) {
    const bool is_known = k >= niches.size();
    if (found[k] && is_known) {
      front.known[classical[k - niches.size()]].max_error = found[k]->max_error;
    } else if (!found[k] && !is_known && !contests[k].settled) {
      front.left_out.push_back(archive.niches().cost(niches[k]));
    }
  }
  std::erase(found, std::nullopt);
  // Known ones first among those of about the same error.
  std::ranges::stable_sort(found, {}, [](const std::optional<FrontProgram>& program) {
    const double handicap = program->method.empty() ? 1 : kSame;
    return std::tuple(program->cost, handicap * program->max_error);
  });
  double to_beat = std::numeric_limits<double>::infinity();
  for (std::optional<FrontProgram>& program : found) {
    if (!(program->max_error < to_beat)) continue;
    const bool beside_known = !front.programs.empty() && !front.programs.back().method.empty();
    if (beside_known && !(program->max_error < kSame * to_beat)) continue;
    to_beat = program->max_error;
    front.programs.push_back(std::move(*program));
  }
  return front;
}

}  // namespace ulpforge::evo
