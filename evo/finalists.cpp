// Levels and verifies the archive's best entries, and takes the front of them.
#include "evo/finalists.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "evo/minimax.h"
#include "evo/zero_factor.h"
#include "parallel/parallel.h"
#include "targets/verify.h"

namespace ulpforge::evo {
namespace {

/// Entries of one operation count that are levelled.
constexpr std::size_t kFinalists = 8;
/// A verified error this much above the levelled one means that something was hidden between the
/// nodes: the next finalist gets its turn.
constexpr double kHonest = 1.1;

struct Finalist {
  ir::Program program;
  double levelled = 0;
  std::size_t rank = 0;  ///< in the archive; settles ties
};

/// The constant that is closest to the target everywhere: no operation at all. The search itself
/// has only x to begin with.
Finalist best_constant(const targets::Target& target, const DenseNodes& inner) {
  // Out to the very ends: a monotone target has its largest error there.
  constexpr double kInside = 0x1p-50;
  std::array<double, DenseNodes::kCount> points;
  for (int i = 0; i < DenseNodes::kCount; ++i) points[i] = inner.x_at(i);
  points.front() = target.domain.lo + kInside * target.domain.width();
  points.back() = target.domain.hi - kInside * target.domain.width();
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
  Finalist finalist;
  finalist.program.result = finalist.program.add_constant(low);
  finalist.levelled = error(low);
  return finalist;
}

/// Of one operation count; nothing where there was no time left to verify one.
std::optional<FrontProgram> best_of(int operations, const targets::Target& target,
                                    const std::vector<Entry>& niche, const DenseNodes& nodes,
                                    const targets::Verifier& verify, const StopDeadline& deadline) {
  const std::vector<double> pins = zero_constants(target);
  std::vector<Finalist> finalists;
  for (std::size_t i = 0; i < std::min(kFinalists, niche.size()); ++i) {
    if (deadline.passed(kFrontDeadline)) return std::nullopt;
    Finalist finalist{niche[i].program, 0, i};
    Constants constants = constants_of(finalist.program);
    finalist.levelled =
        minimise_largest_error(nodes, *make_tape(finalist.program, pins), constants);
    set_constants(finalist.program, constants);
    finalists.push_back(std::move(finalist));
  }
  if (operations == 0) finalists.push_back(best_constant(target, nodes));
  std::ranges::sort(finalists, {}, [](const Finalist& finalist) {
    return std::pair(finalist.levelled, finalist.rank);
  });
  FrontProgram best;
  best.max_error = std::numeric_limits<double>::infinity();
  for (Finalist& finalist : finalists) {
    if (!(finalist.levelled < best.max_error)) break;
    if (deadline.passed(kFrontDeadline)) return std::nullopt;
    targets::Verification verified = verify(finalist.program);
    if (const std::optional<Tape> tape = make_tape(finalist.program, pins)) {
      ir::Program refined = finalist.program;
      Constants constants = constants_of(refined);
      refine_extrema(target, nodes, *tape, constants);
      set_constants(refined, constants);
      const targets::Verification again = verify(refined);
      if (again.max_error < verified.max_error) {
        finalist.program = refined;
        verified = again;
      }
    }
    if (!(verified.max_error < best.max_error)) continue;
    best = {finalist.program, operations, verified.max_error, verified.worst_x,
            verified.max_error_f64};
    if (verified.max_error <= kHonest * finalist.levelled) break;
  }
  return best;
}

}  // namespace

Front choose_front(const targets::Target& target, const Archive& archive, const DenseNodes& nodes,
                   const StopDeadline& deadline) {
  const targets::Verifier verify(target);
  const std::vector<int>& counts = archive.occupied();
  std::vector<std::optional<FrontProgram>> best(counts.size());
  parallel::for_each_index(std::size_t{0}, counts.size(), [&](std::size_t k) {
    best[k] = best_of(counts[k], target, archive.at(counts[k]), nodes, verify, deadline);
  });
  Front front;
  double to_beat = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < counts.size(); ++k) {
    if (!best[k]) {
      front.left_out.push_back(counts[k]);
    } else if (best[k]->max_error < to_beat) {
      to_beat = best[k]->max_error;
      front.programs.push_back(std::move(*best[k]));
    }
  }
  return front;
}

}  // namespace ulpforge::evo
