// How kernels are made.
#include "evo/kernel_breeder.h"

#include <algorithm>
#include <cmath>

#include "evo/kernel.h"
#include "evo/kernel_mutation.h"
#include "ir/canonical.h"
#include "ir/fusion.h"
#include "ir/interpret.h"
#include "ir/uses.h"
#include "numbers/hash.h"
#include "targets/exact/ulp.h"

namespace ulpforge::evo {
namespace {

/// Children of schemes that the front has entries of; the others are of any scheme.
constexpr double kLeadingShare = 0.6;
/// The search at length for the constants of an entry near the front.
constexpr int kTuneTrials = 1500;
constexpr int kMostTunings = 6;
/// The same search for a new child that is worth it, by its fit's error in ULP.
constexpr int kChildTrials = 300;
constexpr double kWorthTuning = 4;
/// A structure is fitted this often before it counts as a duplicate.
constexpr int kTries = 3;
/// Children that try their parent's kernel in another scheme: a wider or narrower reduction.
constexpr double kMigrate = 0.06;
/// Trials for each interval's constants of a table.
constexpr int kIntervalTrials = 150;
/// The worst interval's constants are left alone after so many searches without gain.
constexpr int kIdle = 3;
/// The highest degree of a polynomial by Horner's or Estrin's scheme.
constexpr int kMostDegree = 8;
/// In double, where a kernel that grows term by term takes too long, the degree is the lowest that
/// is good enough for correct rounding.
constexpr int kMostDegreeF64 = 28;
/// A term is two steps of a tape; Estrin's scheme has four squares more, 1 + r + r^2 p four steps.
static_assert(2 * kMostDegreeF64 + 8 <= kMaxSteps);
/// Schemes in double that are drawn and kept: a child of theirs takes several times as long.
constexpr double kKeepF64 = 0.3;
/// Children of a short format that are whole programs, shortened, and of these the share that keep
/// their form and have their constants searched for.
constexpr double kShorten = 0.3;
constexpr double kTuneShortened = 0.2;
/// So many floats that are not correctly rounded are too many for a search over constants to mend.
constexpr double kMendable = 16;

/// Tables are told apart by what they are written from.
std::uint64_t table_hash(const IntervalTable& table) {
  std::uint64_t hash = numbers::hash_pair(std::bit_cast<std::uint32_t>(table.scale),
                                          std::bit_cast<std::uint32_t>(table.offset));
  for (const int part : {table.shift, table.intervals, table.degree, table.centred ? 1 : 0,
                         table.besides_r ? 1 : 0, table.horner}) {
    hash = numbers::hash_pair(hash, static_cast<std::uint64_t>(part));
  }
  return hash;
}

}  // namespace

ir::Program KernelBreeding::whole(std::size_t scheme, const ir::Program& kernel) const {
  const ir::Program filled = targets::fill_hole((*schemes)[scheme], kernel);
  return jit::is_scalar(isa) && !jit::has_fma(isa) ? ir::without_fma(filled) : filled;
}

jit::Cost KernelBreeding::cost(std::size_t scheme, const ir::Program& kernel) const {
  const ir::Program program = ir::canonical(whole(scheme, kernel));
  return cost_model == jit::CostModel::Steps ? jit::step_cost(program, isa, processor)
                                             : jit::model_cost(program, isa, processor);
}

KernelBreeder::KernelBreeder(const KernelBreeding& world) : world_(world) {
  for (const KernelNodes& nodes : world.nodes) {
    fitters_.push_back(std::make_unique<KernelFitter>(nodes));
  }
}

KernelOffspring KernelBreeder::breed(numbers::Random random) {
  /// The ways to make a child in the order in which they have their chance; what none of them makes
  /// is a mutated parent. False where the draw is not one for that way.
  struct Way {
    double chance;
    double chance_in_double;
    bool (KernelBreeder::*make)(numbers::Random&, KernelOffspring&);
  };
  static constexpr Way kWays[] = {
      {0.08, 0.08, &KernelBreeder::tune_elite},
      {0.10, 0.10, &KernelBreeder::draw_table},
      {0.15, 0.15, &KernelBreeder::change_table},
      {0.02, 0.10, &KernelBreeder::draw_polynomial},
  };
  KernelOffspring child;
  if (world_.whole_programs && random.chance(kShorten) && shorten(random, child)) return child;
  child.scheme = draw_scheme(random);
  const bool in_double = world_.in_double(child.scheme);
  for (const Way& way : kWays) {
    if (!random.chance(in_double ? way.chance_in_double : way.chance)) continue;
    if ((this->*way.make)(random, child)) return child;
  }
  mutate_parent(random, child);
  return child;
}

bool KernelBreeder::tune_elite(numbers::Random& random, KernelOffspring& child) {
  const KernelEntry& elite = world_.archives[child.scheme].choose(4.0, random);
  if (elite.max_ulp > 64 * kWorthTuning || elite.tunings >= kMostTunings) return true;
  child = tune(child.scheme, elite, kTuneTrials, random);
  return true;
}

bool KernelBreeder::draw_table(numbers::Random& random, KernelOffspring& child) {
  try_table(random_table((*world_.schemes)[child.scheme], random), random, child);
  return true;
}

bool KernelBreeder::change_table(numbers::Random& random, KernelOffspring& child) {
  const std::optional<IntervalTable>& table =
      world_.archives[child.scheme].choose(1.5, random).table;
  if (!table) return false;
  try_table(neighbour(*table, (*world_.schemes)[child.scheme], random), random, child);
  return true;
}

bool KernelBreeder::draw_polynomial(numbers::Random& random, KernelOffspring& child) {
  climb(random_polynomial(random, child), 0, random, child);
  return true;
}

void KernelBreeder::mutate_parent(numbers::Random& random, KernelOffspring& child) {
  const bool migrates = random.chance(kMigrate);
  const std::size_t home = migrates ? random.below(world_.kernel_schemes()) : child.scheme;
  ir::Program kernel = world_.archives[home].choose_parent(1.5, random);
  const ir::Program& donor = world_.archives[child.scheme].choose_parent(1.0, random);
  if (!(migrates && random.chance(0.5)) && !mutate_kernel(kernel, donor, random)) return;
  climb(std::move(kernel), 2, random, child);
}

bool KernelBreeder::shorten(numbers::Random& random, KernelOffspring& child) {
  child.scheme = *world_.whole_programs;
  const bool again = random.chance(0.5);
  const std::size_t home = again ? child.scheme : draw_scheme(random);
  const KernelEntry& parent = world_.archives[home].choose(2.0, random);
  if (again && random.chance(kTuneShortened)) {
    if (parent.tunings < kMostTunings && parent.max_ulp < kWorthTuning) {
      child = tune(child.scheme, parent, kTuneTrials, random);
      return true;
    }
  }
  ir::Program program = ir::canonical(world_.whole(home, parent.kernel));
  if (program.code.empty()) return false;
  // What reads an instruction reads one of its operands, or a constant, in its place.
  const std::size_t t = random.below(program.code.size());
  const ir::Type type = ir::type_of(program, ir::Operand::value(t));
  const ir::Instruction step = program.code[t];
  const std::vector<ir::Type> types = ir::constant_types(program);
  const ir::Operand kept = step.operands[random.below(step.arity())];
  const ir::Type kept_type = kept.is_constant() ? types[kept.index] : ir::type_of(program, kept);
  if (type != kept_type || type == ir::Type::Bool) return false;
  ir::replace_uses(program, ir::Operand::value(t), kept, t + 1);
  if (!program.result.is_value()) return false;
  program = ir::canonical(program);
  const std::uint64_t shape = ir::shape_hash(program);
  const std::uint64_t key = numbers::hash_pair(child.scheme + 1, ir::content_hash(program));
  if (world_.tried.contains(key)) {
    child.duplicate = true;
    return true;
  }
  child.tried = key;
  const jit::Cost cost = world_.cost(child.scheme, program);
  const double limit =
      std::min(world_.archives[child.scheme].threshold(cost), 4 * world_.loosest_ulp);
  measure({std::move(program), shape, cost, 0, false, 0, {}, 0}, kChildTrials, limit, random,
          child);
  return true;
}

std::size_t KernelBreeder::draw_scheme(numbers::Random& random) const {
  while (true) {
    const bool of_leading = !world_.leading.empty() && random.chance(kLeadingShare);
    const std::size_t scheme = of_leading ? world_.leading[random.below(world_.leading.size())]
                                          : random.below(world_.kernel_schemes());
    if (!world_.in_double(scheme) || random.chance(kKeepF64)) return scheme;
  }
}

ir::Program KernelBreeder::random_polynomial(numbers::Random& random, KernelOffspring& child) {
  if (!world_.in_double(child.scheme)) {
    const int degree = 1 + random.below(kMostDegree);
    return polynomial_kernel(random_form(degree, random), degree);
  }
  const PolynomialForm form = random_form(kMostDegreeF64, random);
  for (int degree = 1;; ++degree) {
    ir::Program kernel = polynomial_kernel(form, degree);
    const double error = fit(kernel, 0, random, child);
    if (degree == kMostDegreeF64 || least_ulp(child.scheme, error) <= targets::kCorrectlyRounded) {
      return kernel;
    }
  }
}

KernelOffspring KernelBreeder::examine(std::size_t scheme, ir::Program kernel,
                                       numbers::Random random) {
  KernelOffspring child;
  child.scheme = scheme;
  climb(tidy(kernel), 4, random, child);
  return child;
}

void KernelBreeder::climb(ir::Program kernel, int starts, numbers::Random& random,
                          KernelOffspring& child) {
  const std::uint64_t shape = ir::shape_hash(kernel);
  const std::uint64_t key = numbers::hash_pair(child.scheme + 1, shape);
  const auto known = world_.tried.find(key);
  if (known != world_.tried.end() && known->second >= kTries) {
    child.duplicate = true;
    return;
  }
  const jit::Cost cost = world_.cost(child.scheme, kernel);
  const double threshold = world_.archives[child.scheme].threshold(cost);
  const double limit = std::min(threshold, 4 * world_.loosest_ulp);
  child.tried = key;
  const double error = fit(kernel, starts, random, child);
  const double least = least_ulp(child.scheme, error);
  // Rounding to the format may bring back half a unit.
  const double certain = error / (2 * world_.ulp) - (world_.all_short ? 0.5 : 0);
  if (!(std::max(certain, least) < limit)) return;
  for (const numbers::DoubleDouble& constant : kernel.constants) {
    // Products with such constants would overflow, or be subnormal.
    const double size = std::abs(constant.hi);
    if (!(size < 0x1p60) || (size != 0 && size < 0x1p-60)) return;
  }
  round_constants(kernel, (*world_.schemes)[child.scheme].type);
  const int trials =
      error / world_.ulp < kWorthTuning && least <= targets::kCorrectlyRounded ? kChildTrials : 0;
  measure({std::move(kernel), shape, cost, 0, false, 0, {}, least}, trials, limit, random, child);
}

double KernelBreeder::fit(ir::Program& kernel, int starts, numbers::Random& random,
                          KernelOffspring& child) {
  KernelFitter& fitter = *fitters_[child.scheme];
  const std::uint64_t fits = fitter.fits();
  const double error = fitter.fit(kernel, starts, random);
  child.fits += fitter.fits() - fits;
  return error;
}

double KernelBreeder::least_ulp(std::size_t scheme, double error) const {
  if (!world_.in_double(scheme)) return 0;
  // A value within e ULP of the middle between two floats may end on the wrong side: one in 1 / e.
  const double ulp = error / world_.ulp;
  return ulp * static_cast<double>(world_.inputs) > kMendable ? targets::kCorrectlyRounded + ulp
                                                              : targets::kCorrectlyRounded;
}

void KernelBreeder::try_table(const IntervalTable& table, numbers::Random& random,
                              KernelOffspring& child) {
  if (world_.in_double(child.scheme)) return;
  const targets::Scheme& scheme = (*world_.schemes)[child.scheme];
  const std::uint64_t key = numbers::hash_pair(child.scheme + 1, table_hash(table));
  if (world_.tried.contains(key)) {
    child.duplicate = true;
    return;
  }
  child.tried = key;
  std::optional<ir::Program> kernel = tabulate(scheme, table);
  if (!kernel) return;
  const jit::Cost cost = world_.cost(child.scheme, *kernel);
  const double limit =
      std::min(world_.archives[child.scheme].threshold(cost), 4 * world_.loosest_ulp);
  KernelEntry candidate{*std::move(kernel), key, cost, 0, false, 0, table, 0};
  measure(std::move(candidate), kIntervalTrials, limit, random, child);
}

double KernelBreeder::interpret(const ir::Program& whole, double limit) {
  if (world_.some_short) {
    y_.resize(world_.some_short->size());
    ir::interpret<float, float>(whole, world_.some_short->x(), y_);
    return world_.some_short->largest_error(y_, limit);
  }
  y_.resize(world_.coarse->size());
  ir::interpret<float, float>(whole, world_.coarse->x(), y_);
  return world_.coarse->largest_error(y_, limit);
}

void KernelBreeder::measure(KernelEntry candidate, int trials, double limit,
                            numbers::Random& random, KernelOffspring& child) {
  const targets::Scheme& scheme = (*world_.schemes)[child.scheme];
  ir::Program& kernel = candidate.kernel;
  const ir::Program whole = world_.whole(child.scheme, kernel);
  if (ir::find_defect(whole)) return;
  // Tuning gains a few ULP where it gains at all.
  const double slack = trials == 0 ? 0 : world_.all_short ? 1 : 8;
  if (interpret(whole, limit + slack) > limit + slack) return;
  child.compiled = true;
  const jit::Function function = compiler_.compile(whole);
  const Evaluate evaluate = [&](std::span<const std::uint64_t> constants, std::span<const float> x,
                                std::span<float> y) { function(constants, x, y); };
  const std::vector<ir::Type> types = ir::constant_types(whole);
  std::vector<std::uint64_t> constants = ir::constant_bits(whole);
  const std::size_t first = scheme.program.constants.size();
  std::vector<Tunable> tunable;
  for (std::size_t k = first; k < constants.size(); ++k) {
    if (ir::is_float(types[k])) tunable.push_back({k, types[k]});
  }
  const auto tuned_over = [&](const auto& sample) {
    if (candidate.table) {
      const double error = tune_intervals(sample, child.scheme, *candidate.table, evaluate,
                                          constants, trials, random);
      if (!world_.all_short) return error;
      // The parts' figures do not add up to that of the whole.
      tunable.clear();
    }
    return tune_constants(sample, evaluate, constants, tunable, trials, random,
                          space(sample).rounding)
        .max_ulp;
  };
  candidate.max_ulp = world_.all_short ? tuned_over(*world_.all_short) : tuned_over(*world_.fine);
  candidate.max_ulp = std::max(candidate.max_ulp, candidate.least_ulp);
  if (!(candidate.max_ulp < limit)) return;
  const auto routine = [&](std::span<const float> x, std::span<float> y) {
    function(constants, x, y);
  };
  if (!world_.requirements.may_hold(routine)) return;
  if (world_.may_hold && !world_.may_hold(routine)) return;
  for (std::size_t k = 0; k < kernel.constants.size(); ++k) {
    const std::uint64_t bits = constants[first + k];
    if (types[first + k] == ir::Type::F64) {
      kernel.constants[k] = std::bit_cast<double>(bits);
    } else if (types[first + k] == ir::Type::F32) {
      kernel.constants[k] =
          static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
    }
  }
  child.entry = std::move(candidate);
}

template <class Sample>
std::span<const float> KernelBreeder::reduced(const Sample& sample, std::size_t scheme) {
  reduced_.resize(world_.schemes->size());
  std::vector<float>& r = reduced_[scheme];
  if (r.size() != sample.size()) {
    ir::Program prologue = (*world_.schemes)[scheme].program;
    prologue.inputs = 1;
    prologue.result = (*world_.schemes)[scheme].argument;
    r.resize(sample.size());
    ir::interpret<float, float>(ir::canonical(prologue), sample.x(), r);
  }
  return r;
}

template <class Sample>
double KernelBreeder::tune_intervals(const Sample& sample, std::size_t scheme,
                                     const IntervalTable& table, const Evaluate& evaluate,
                                     std::span<std::uint64_t> constants, int trials,
                                     numbers::Random& random) {
  const std::span<const float> r = reduced(sample, scheme);
  std::vector<Part<Sample>>& parts = space(sample).parts;
  parts.resize(std::max(parts.size(), static_cast<std::size_t>(table.intervals)));
  for (Part<Sample>& part : parts) part.members.clear();
  for (std::size_t i = 0; i < r.size(); ++i) parts[table.interval_of(r[i])].members.push_back(i);
  const auto tune_part = [&](Part<Sample>& part, int count) {
    part.error = tune_constants(part.sample, evaluate, constants, part.tunable, count, random,
                                space(sample).rounding)
                     .max_ulp;
  };
  const std::size_t offset = (*world_.schemes)[scheme].program.constants.size();
  int occupied = 0;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    Part<Sample>& part = parts[k];
    part.error = -1;
    if (part.members.empty()) continue;
    ++occupied;
    part.sample.assign(sample, part.members);
    part.tunable.clear();
    for (const std::size_t index : constants_of_interval(table, k)) {
      part.tunable.push_back({offset + index, ir::Type::F32});
    }
    tune_part(part, 0);
  }
  if (occupied == 0) return 0;
  // The interval with the largest error is polished as long as that helps: the table's error is
  // that one's.
  int idle = 0;
  for (int left = trials * occupied;; left -= trials) {
    Part<Sample>& worst = *std::ranges::max_element(parts, {}, &Part<Sample>::error);
    const double error = worst.error;
    if (left <= 0 || idle == kIdle) return error;
    tune_part(worst, trials);
    idle = worst.error < error ? 0 : idle + 1;
  }
}

KernelOffspring KernelBreeder::tune(std::size_t scheme, const KernelEntry& entry, int trials,
                                    numbers::Random random) {
  KernelOffspring child;
  child.scheme = scheme;
  KernelEntry candidate = entry;
  candidate.verified = false;
  ++candidate.tunings;
  // One after the other, each interval's few constants settle sooner.
  measure(std::move(candidate), entry.table ? trials / 5 : trials,
          std::numeric_limits<double>::infinity(), random, child);
  return child;
}

}  // namespace ulpforge::evo
