// How kernels are made.
#include "evo/kernel_breeder.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "evo/kernel.h"
#include "evo/kernel_mutation.h"
#include "ir/canonical.h"
#include "ir/hash.h"
#include "ir/interpret.h"

namespace ulpforge::evo {
namespace {

/// Children that are an entry near the front whose constants are searched for at length.
constexpr double kTuneShare = 0.08;
constexpr int kTuneTrials = 1500;
constexpr int kMostTunings = 6;
/// The same search for a new child that is worth it, by its fit's error in ULP.
constexpr int kChildTrials = 300;
constexpr double kWorthTuning = 4;
/// A structure is fitted this often before it counts as a duplicate.
constexpr int kTries = 3;
/// Children that try their parent's kernel in another scheme: a wider or narrower reduction.
constexpr double kMigrate = 0.06;
/// An error of 1 ULP is a relative error between 2^-24 and 2^-23.
constexpr double kUlp = 0x1p-24;

}  // namespace

KernelBreeder::KernelBreeder(const KernelBreeding& world) : world_(world) {
  for (const KernelNodes& nodes : world.nodes) {
    fitters_.push_back(std::make_unique<KernelFitter>(nodes));
  }
}

KernelOffspring KernelBreeder::breed(Random random) {
  KernelOffspring child;
  child.scheme = static_cast<std::size_t>(random.below(static_cast<int>(world_.schemes->size())));
  const KernelArchive& archive = world_.archives[child.scheme];
  if (random.chance(kTuneShare)) {
    const KernelEntry& elite = archive.choose(4.0, random);
    if (elite.max_ulp > 64 * kWorthTuning || elite.tunings >= kMostTunings) return child;
    return tune(child.scheme, elite, kTuneTrials, random);
  }
  const bool migrates = random.chance(kMigrate);
  const std::size_t home =
      migrates ? static_cast<std::size_t>(random.below(static_cast<int>(world_.schemes->size())))
               : child.scheme;
  ir::Program kernel = world_.archives[home].choose(1.5, random).kernel;
  const ir::Program& donor = archive.choose(1.0, random).kernel;
  if (!(migrates && random.chance(0.5)) && !mutate_kernel(kernel, donor, random)) return child;
  climb(std::move(kernel), 2, random, child);
  return child;
}

KernelOffspring KernelBreeder::examine(std::size_t scheme, ir::Program kernel, Random random) {
  KernelOffspring child;
  child.scheme = scheme;
  climb(tidy(kernel), 4, random, child);
  return child;
}

void KernelBreeder::climb(ir::Program kernel, int starts, Random& random, KernelOffspring& child) {
  const std::uint64_t shape = ir::shape_hash(kernel);
  const std::uint64_t key = ir::hash_pair(child.scheme + 1, shape);
  const auto known = world_.tried.find(key);
  if (known != world_.tried.end() && known->second >= kTries) {
    child.duplicate = true;
    return;
  }
  const targets::Scheme& scheme = (*world_.schemes)[child.scheme];
  const jit::Cost cost = jit::model_cost(ir::canonical(targets::fill(scheme, kernel)), world_.isa);
  const double threshold = world_.archives[child.scheme].threshold(cost);
  const double limit = std::min(threshold, 4 * world_.loosest_ulp);
  child.tried = key;
  KernelFitter& fitter = *fitters_[child.scheme];
  const std::uint64_t fits = fitter.fits();
  const double error = fitter.fit(kernel, starts, random);
  child.fits = fitter.fits() - fits;
  if (!(error / (2 * kUlp) < limit)) return;
  for (const ir::DoubleDouble& constant : kernel.constants) {
    // Products with such constants would overflow, or be subnormal.
    const double size = std::abs(constant.hi);
    if (!(size < 0x1p60) || (size != 0 && size < 0x1p-60)) return;
  }
  round_constants(kernel);
  const int trials = error / kUlp < kWorthTuning ? kChildTrials : 0;
  measure(std::move(kernel), shape, cost, trials, limit, random, child);
}

double KernelBreeder::interpret(const ir::Program& whole, double limit) {
  y_.resize(world_.coarse->size());
  ir::interpret<float, float>(whole, world_.coarse->x(), y_);
  return world_.coarse->largest_error(y_, limit);
}

void KernelBreeder::measure(ir::Program kernel, std::uint64_t shape, const jit::Cost& cost,
                            int trials, double limit, Random& random, KernelOffspring& child) {
  const targets::Scheme& scheme = (*world_.schemes)[child.scheme];
  const ir::Program whole = targets::fill(scheme, kernel);
  if (ir::find_defect(whole)) return;
  // Tuning gains a few ULP where it gains at all.
  const double slack = trials > 0 ? 8 : 0;
  if (interpret(whole, limit + slack) > limit + slack) return;
  child.compiled = true;
  const jit::Function function = compiler_.compile(whole);
  const Evaluate evaluate = [&](std::span<const std::uint64_t> constants, std::span<const float> x,
                                std::span<float> y) { function(constants, x, y); };
  std::vector<std::uint64_t> constants = ir::constant_bits(whole);
  const std::size_t first = scheme.program.constants.size();
  std::vector<std::size_t> tunable(constants.size() - first);
  std::iota(tunable.begin(), tunable.end(), first);
  const RoundingResult result =
      tune_constants(*world_.fine, evaluate, constants, tunable, trials, random);
  if (!(result.max_ulp < limit)) return;
  for (std::size_t k = 0; k < kernel.constants.size(); ++k) {
    kernel.constants[k] = static_cast<double>(
        std::bit_cast<float>(static_cast<std::uint32_t>(constants[first + k])));
  }
  child.entry = KernelEntry{std::move(kernel), shape, cost, result.max_ulp, false, 0};
}

KernelOffspring KernelBreeder::tune(std::size_t scheme, const KernelEntry& entry, int trials,
                                    Random random) {
  KernelOffspring child;
  child.scheme = scheme;
  measure(entry.kernel, entry.shape, entry.cost, trials,
          std::numeric_limits<double>::infinity(), random, child);
  if (child.entry) child.entry->tunings = entry.tunings + 1;
  return child;
}

}  // namespace ulpforge::evo
