// How children are made. The shares and limits below were chosen by measuring on several targets;
// docs/results.md says what was measured.
#include "evo/breeder.h"

#include <algorithm>
#include <cmath>

#include "evo/basin_hopping.h"
#include "evo/cma_es.h"
#include "evo/mutation.h"
#include "evo/normal_form.h"
#include "evo/pruning.h"
#include "evo/shares.h"
#include "evo/zero_factor.h"
#include "ir/fusion.h"
#include "ir/simplify.h"
#include "numbers/hash.h"

namespace ulpforge::evo {
namespace {

enum class Way { Prune, Refit, Mutate };
constexpr Share<Way> kWays[] = {{2, Way::Prune}, {3, Way::Refit}, {95, Way::Mutate}};
static_assert(total(kWays) == 100);
/// A structure is fitted this often before it counts as a duplicate.
constexpr int kTries = 3;
/// Refits of one entry: elites come up again and again.
constexpr int kMostRefits = 400;
/// Jumps without gain that end basin hopping, for an elite entry and for a promising child.
constexpr int kElitePatience = 20;
constexpr int kChildPatience = 1;
constexpr double kChildHops = 0.01;
/// A child is promising when its error is within this factor of the archive's threshold.
constexpr double kPromising = 100;
/// Constants larger than this leave no digits for anything else.
constexpr double kLargestConstant = 1e9;
/// Evaluations that the search for constants of a format may take.
constexpr int kRoundingTrials = 120;
/// The dense nodes may show an error this much larger than the fitting nodes.
constexpr double kOvershoot = 2.5;

/// A niche, the longer its programs the likelier (short programs are settled early), then an entry
/// by rank: `pressure` 1 is uniform, higher prefers the best.
const Entry& choose_parent(const Archive& archive, double pressure, numbers::Random& random) {
  const std::vector<int>& occupied = archive.occupied();
  const auto counts = static_cast<int>(occupied.size());
  const int longer = std::max(random.below(counts), random.below(counts));
  const std::vector<Entry>& niche = archive.at(occupied[longer]);
  const double rank = static_cast<double>(niche.size()) * std::pow(random.uniform(), pressure);
  return niche[static_cast<std::size_t>(rank)];
}

/// The same as a program; the empty one where no program with a finite error was found so far.
ir::Program parent_program(const Archive& archive, double pressure, numbers::Random& random) {
  if (archive.occupied().empty()) return {};
  return ir::split_fma(choose_parent(archive, pressure, random).program);
}

Constants perturbed(const Tape& tape, const Constants& constants, numbers::Random& random) {
  constexpr double kSigma[4] = {0.05, 0.3, 1.0, 2.0};
  const double sigma = kSigma[random.below(4)];
  const double fresh = random.chance(0.5) ? 0.3 : 0.0;
  return changed(tape, constants, [&](double value) {
    const double near = value * std::exp(sigma * random.normal());
    return random.chance(fresh) || near == 0 ? random_constant(random) : near;
  });
}

Constants fresh_constants(const Tape& tape, const Constants& constants, numbers::Random& random) {
  return changed(tape, constants, [&](double) { return random_constant(random); });
}

/// With pinned constants a structure is another one.
std::uint64_t structure_of(const ir::Program& program, const Tape& tape) {
  const std::uint64_t structure = ir::structure_hash(program);
  return tape.pinned == 0 ? structure : numbers::hash_pair(structure, tape.pinned);
}

}  // namespace

template <int kBlocks>
Offspring Breeder<kBlocks>::breed(const Archive& archive, const Tried& tried,
                                  numbers::Random random) {
  Offspring child;
  const std::uint64_t evaluations = fitter_.evaluations();
  const std::uint64_t fits = fitter_.fits();
  Way way = choose(kWays, random.uniform());
  if (way == Way::Prune && !follows_jacobian()) way = Way::Refit;
  switch (way) {
    case Way::Prune:
      prune_and_fit(archive, random, child);
      break;
    case Way::Refit:
      refit(archive, random, child);
      break;
    case Way::Mutate:
      mutate_and_fit(archive, tried, random, child);
      break;
  }
  child.evaluations = fitter_.evaluations() - evaluations;
  child.fits = fitter_.fits() - fits;
  return child;
}

template <int kBlocks>
std::vector<Offspring> Breeder<kBlocks>::first_programs() {
  std::vector<ir::Program> programs(1);
  if (auto product = product_of_zeros(examination_->target())) {
    const bool fits = static_cast<int>(product->code.size()) <= config_->max_operations;
    if (fits && !product->code.empty()) programs.push_back(std::move(*product));
  }
  std::vector<Offspring> children;
  for (const ir::Program& program : programs) {
    const Tape tape = *make_tape(program, examination_->pins());
    Constants constants = constants_of(program);
    const FitResult fit = fitter_.fit(tape, constants, {});
    // Every search starts here, however poor the program is for its target.
    Offspring& child = children.emplace_back();
    child.entry = Entry{program, fit.max_error, fit.sum_of_squares, structure_of(program, tape), 0};
    child.fits = 1;
    child.evaluations = 1;
  }
  return children;
}

template <int kBlocks>
Offspring Breeder<kBlocks>::examined(ir::Program program) {
  Offspring child;
  const targets::Target& target = examination_->target();
  if (!target.zeros.empty()) program = with_exact_differences(program, target);
  if (static_cast<int>(program.code.size()) > config_->max_operations) return child;
  const std::optional<Tape> tape = make_tape(program, examination_->pins());
  if (!tape || program.code.empty()) return child;
  FitResult figures = figures_of(fitter_, *tape, constants_of(program));
  if (examination_->requirements().rounds()) {
    figures.max_error = fitter_.meet(examination_->requirements(), *tape, program, kRoundingTrials);
    figures.sum_of_squares = figures_of(fitter_, *tape, constants_of(program)).sum_of_squares;
  }
  const double dense = (*examination_)(program, *tape, *dense_);
  if (!(dense < kOvershoot * figures.max_error)) return child;
  const std::uint64_t structure = structure_of(program, *tape);
  child.entry = Entry{std::move(program), std::max(dense, figures.max_error),
                      figures.sum_of_squares, structure, 0};
  return child;
}

template <int kBlocks>
void Breeder<kBlocks>::mutate_and_fit(const Archive& archive, const Tried& tried,
                                      numbers::Random& random, Offspring& child) {
  const Parts& parts = config_->parts;
  ir::Program raw = parent_program(archive, parts.selection ? 1.5 : 1.0, random);
  const ir::Program donor = parent_program(archive, 1.0, random);
  const Requirements& requirements = examination_->requirements();
  // Few mutations keep a program odd or even.
  constexpr int kDraws = 48;
  const ir::Program parent = raw;
  std::optional<ir::Program> normal;
  for (int draw = 0; draw < kDraws; ++draw) {
    if (!parts.mutation) {
      const int operations = 1 + random.below(config_->max_operations);
      raw = random_program(operations, drawn_, random);
    } else if (!mutate(raw, donor, drawn_, random, parts.crossover)) {
      return;
    }
    normal = normal_form(raw, *config_);
    if (!normal) return;
    if (requirements.has_form(*normal)) break;
    normal.reset();
    raw = parent;
  }
  if (!normal) return;
  ir::Program program = std::move(*normal);
  const targets::Target& target = examination_->target();
  if (!target.zeros.empty()) program = with_exact_differences(program, target);
  const auto length = static_cast<int>(program.code.size());
  if (length == 0 || length > config_->max_operations) return;
  if (!target.zeros.empty() && !may_vanish(program, target)) return;
  const std::optional<Tape> tape = make_tape(program, examination_->pins());
  if (!tape) return;
  const std::uint64_t structure = structure_of(program, *tape);
  if (parts.duplicate_detection) {
    const auto known = tried.find(structure);
    if (known != tried.end() && known->second >= kTries) {
      child.duplicate = true;
      return;
    }
    child.structure = structure;
  }
  const int hopping = random.chance(kChildHops) ? kChildPatience : 0;
  fit_from_starts(archive, std::move(program), *tape, structure, hopping, random, child);
}

template <int kBlocks>
void Breeder<kBlocks>::refit(const Archive& archive, numbers::Random& random, Offspring& child) {
  if (archive.occupied().empty()) return;
  const Entry& elite = choose_parent(archive, config_->parts.selection ? 3.0 : 1.0, random);
  if (elite.operations() == 0 || elite.refits >= kMostRefits) return;
  child.refitted_niche = archive.niches().of(elite.program);
  child.refitted_structure = elite.structure;
  fit_from_starts(archive, elite.program, *make_tape(elite.program, examination_->pins()),
                  elite.structure, kElitePatience, random, child);
}

template <int kBlocks>
void Breeder<kBlocks>::prune_and_fit(const Archive& archive, numbers::Random& random,
                                     Offspring& child) {
  constexpr double kGrowth = 300;
  if (archive.occupied().empty()) return;
  const Entry& parent = choose_parent(archive, 1.5, random);
  if (parent.operations() < 2) return;
  const int below = std::max(archive.niches().of(parent.program) - 1, 0);
  const double limit = kGrowth * std::max(archive.threshold(below), parent.error);
  std::optional<ir::Program> pruned =
      prune(fitter_, ir::split_fma(parent.program), limit, random, examination_->pins());
  if (pruned) pruned = normal_form(*pruned, *config_);
  if (!pruned || pruned->code.empty()) return;
  if (!examination_->requirements().has_form(*pruned)) return;
  const targets::Target& target = examination_->target();
  if (!target.zeros.empty()) *pruned = with_exact_differences(*pruned, target);
  if (static_cast<int>(pruned->code.size()) > config_->max_operations) return;
  const std::optional<Tape> tape = make_tape(*pruned, examination_->pins());
  if (!tape) return;
  Constants constants = constants_of(*pruned);
  FitOptions options;
  options.max_iterations = 250;
  options.tolerance = 1e-3;
  options.patience = 5;
  options.initial_damping = 1e-6;
  const FitResult fit = fitter_.fit(*tape, constants, options);
  const std::uint64_t structure = structure_of(*pruned, *tape);
  offer(archive, std::move(*pruned), *tape, constants, fit, structure, child);
}

template <int kBlocks>
void Breeder<kBlocks>::fit_from_starts(const Archive& archive, ir::Program program,
                                       const Tape& tape, std::uint64_t structure, int hopping,
                                       numbers::Random& random, Offspring& child) {
  constexpr int kShort = 40;
  constexpr int kLong = 250;
  constexpr int kVeryLong = 1000;
  // A fit that is this far above the threshold after the screening iterations will not get there.
  constexpr double kHopeless = 1e6;
  constexpr double kWorthContinuing = 1e4;
  const double threshold = archive.threshold(program);
  const bool elite = hopping == kElitePatience;
  const Constants inherited = constants_of(program);
  Constants best_constants = inherited;
  FitResult best;
  const int starts = random.chance(0.5) ? 3 : 2;
  for (int start = 0; start < starts; ++start) {
    Constants constants = inherited;
    if (start == 1) constants = perturbed(tape, inherited, random);
    if (start == 2) constants = fresh_constants(tape, inherited, random);
    FitOptions options;
    options.max_iterations = kShort;
    options.screen_iterations = 20;
    options.screen_level =
        Nodes<kBlocks>::kCount * std::pow(std::min(1.0, threshold) * kHopeless, 2);
    FitResult fit = this->fit(tape, constants, options, random);
    if (follows_jacobian() && fit.max_error < kWorthContinuing * threshold &&
        fit.iterations >= kShort - 1) {
      options.max_iterations = kLong;
      options.screen_iterations = 0;
      options.initial_damping = 1e-6;
      fit = fitter_.fit(tape, constants, options);
    }
    if (follows_jacobian() && start == 0 && elite) {
      // Continued fractions lie in long, narrow, bent valleys: go on where others would stop.
      options.max_iterations = kVeryLong;
      options.screen_iterations = 0;
      options.initial_damping = 1e-10;
      options.tolerance = 1e-5;
      options.patience = 30;
      fit = fitter_.fit(tape, constants, options);
    }
    if (fit.max_error < best.max_error) {
      best = fit;
      best_constants = constants;
    }
    if (tape.constants == 0) break;
  }
  if (follows_jacobian() && hopping > 0 && best.max_error < kPromising * threshold) {
    hop(fitter_, tape, best_constants, best, hopping, random);
  }
  offer(archive, std::move(program), tape, best_constants, best, structure, child);
}

template <int kBlocks>
FitResult Breeder<kBlocks>::fit(const Tape& tape, Constants& constants, const FitOptions& options,
                                numbers::Random& random) {
  switch (config_->parts.fitting) {
    case Fitting::CmaEs:
      return fit_by_cma_es(fitter_, tape, constants, random);
    case Fitting::None:
      return figures_of(fitter_, tape, constants);
    case Fitting::LevenbergMarquardt:
      break;
  }
  return fitter_.fit(tape, constants, options);
}

template <int kBlocks>
void Breeder<kBlocks>::offer(const Archive& archive, ir::Program program, const Tape& tape,
                             const Constants& constants, const FitResult& fit,
                             std::uint64_t structure, Offspring& child) {
  if (!(fit.max_error < archive.threshold(program))) return;
  for (int k = 0; k < tape.constants; ++k) {
    if (!(std::abs(constants.hi[k]) < kLargestConstant)) return;
  }
  set_constants(program, constants);
  double error = fit.max_error;
  double sum_of_squares = fit.sum_of_squares;
  if (examination_->requirements().rounds()) {
    error = fitter_.meet(examination_->requirements(), tape, program, kRoundingTrials);
    if (!(error < archive.threshold(program))) return;
    sum_of_squares = figures_of(fitter_, tape, constants_of(program)).sum_of_squares;
  }
  const double dense = (*examination_)(program, tape, *dense_);
  if (!(dense < kOvershoot * error)) return;
  child.entry = Entry{std::move(program), std::max(dense, error), sum_of_squares, structure, 0};
}

template class Breeder<4>;
template class Breeder<8>;

}  // namespace ulpforge::evo
