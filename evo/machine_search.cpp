// The schedule of the machine search: seeds, generations, verification at every float.
#include "evo/machine_search.h"

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <map>
#include <set>
#include <stdexcept>

#include "evo/kernel.h"
#include "evo/kernel_breeder.h"
#include "evo/search.h"
#include "ir/canonical.h"
#include "ir/interpret.h"
#include "targets/score_everywhere.h"

namespace ulpforge::evo {
namespace {

constexpr int kChildren = 64;
/// Floats of each binade and sign, interpreted and compiled.
constexpr std::size_t kCoarse = 2;
constexpr std::size_t kFine = 128;
/// Generations between two verifications of an entry of the front while the search goes on.
constexpr int kScanEvery = 24;
/// Share of the time that is kept for the verification of the final front.
constexpr double kReserve = 0.5;
/// Programs of the final front for each factor of two in error, above this error.
constexpr double kFineGrained = 4.5;
/// Key of the seeds' random numbers, where children have their generation.
constexpr std::uint64_t kSeedKey = ~std::uint64_t{0};

void check(const MachineConfig& config, const std::vector<targets::Scheme>& schemes) {
  if (schemes.empty()) throw std::invalid_argument("no scheme to search with");
  if (config.threads < 0) {
    throw std::invalid_argument(fmt::format("threads must be positive, not {}", config.threads));
  }
  if (!(config.seconds > 0)) {
    throw std::invalid_argument(fmt::format("time must be positive, not {} s", config.seconds));
  }
  if (config.children == 0) throw std::invalid_argument("evaluations must be positive");
  if (!(config.loosest_ulp > 0)) {
    throw std::invalid_argument(
        fmt::format("loosest_ulp must be positive, not {}", config.loosest_ulp));
  }
}

class MachineSearch {
 public:
  MachineSearch(const targets::FloatReference& reference,
                const std::vector<targets::Scheme>& schemes, const MachineConfig& config,
                const std::function<void(const MachineProgress&)>& on_progress,
                std::stop_token stop)
      : reference_(reference),
        schemes_(schemes),
        config_(config),
        on_progress_(on_progress),
        stop_(std::move(stop)),
        start_(std::chrono::steady_clock::now()),
        breeders_([this] { return KernelBreeder(world_); }) {
    world_.schemes = &schemes_;
    world_.isa = config.isa;
    world_.loosest_ulp = config.loosest_ulp;
    for (const targets::Scheme& scheme : schemes_) world_.nodes.emplace_back(scheme);
    world_.archives.resize(schemes_.size());
    world_.coarse.emplace(reference, sample_points(reference.ranges(), kCoarse));
    world_.fine.emplace(reference, sample_points(reference.ranges(), kFine));
  }

  MachineResult run() {
    sow();
    for (std::uint64_t generation = 0; !over(1 - kReserve); ++generation) {
      breed(generation);
      if (generation % kScanEvery == kScanEvery - 1) verify_one();
      report();
    }
    MachineResult result;
    result.interrupted = stop_.stop_requested();
    result.front = harvest();
    note_progress();
    result.progress = progress_;
    return result;
  }

 private:
  /// An entry of the front and where it comes from.
  struct Place {
    std::size_t scheme = 0;
    const KernelEntry* entry = nullptr;
  };

  double elapsed() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

  bool over(double share) const {
    return stop_.stop_requested() || progress_.children >= config_.children ||
           elapsed() >= share * config_.seconds;
  }

  /// The empty kernel, and the front of a search in the real regime for each different kernel.
  void sow() {
    std::vector<std::pair<std::size_t, ir::Program>> seeds;
    for (std::size_t s = 0; s < schemes_.size(); ++s) {
      seeds.emplace_back(s, empty_kernel());
      for (const ir::Program& kernel : real_front(s)) seeds.emplace_back(s, kernel);
    }
    std::vector<KernelOffspring> children(seeds.size());
    tbb::parallel_for(std::size_t{0}, seeds.size(), [&](std::size_t k) {
      children[k] = breeders_.local().examine(seeds[k].first, seeds[k].second,
                                              Random{config_.seed, kSeedKey, k});
    });
    take(children);
    for (std::size_t s = 0; s < schemes_.size(); ++s) {
      // Every search starts here, however poor the identity is for its target.
      if (!world_.archives[s].empty()) continue;
      const ir::Program kernel = empty_kernel();
      const jit::Cost cost =
          jit::model_cost(ir::canonical(targets::fill(schemes_[s], kernel)), config_.isa);
      world_.archives[s].insert({kernel, ir::shape_hash(kernel), cost,
                                 std::numeric_limits<double>::max(), false, 0, {}});
    }
  }

  std::vector<ir::Program> real_front(std::size_t s) {
    if (config_.real_evaluations == 0 || over(0.3)) return {};
    for (std::size_t earlier = 0; earlier < s; ++earlier) {
      if (schemes_[earlier].kernel.expression == schemes_[s].kernel.expression &&
          schemes_[earlier].kernel.domain == schemes_[s].kernel.domain) {
        return real_fronts_[earlier];
      }
    }
    SearchConfig config;
    config.operations = {ir::Op::Add, ir::Op::Sub, ir::Op::Mul};
    config.max_operations = 14;
    config.seed = config_.seed;
    config.threads = config_.threads;
    config.seconds = std::numeric_limits<double>::infinity();
    config.evaluations = config_.real_evaluations;
    std::vector<ir::Program> kernels;
    for (const FrontProgram& program : search(schemes_[s].kernel, config, {}, stop_).front) {
      if (const auto kernel = to_kernel(program.program)) kernels.push_back(*kernel);
    }
    real_fronts_[s] = kernels;
    return kernels;
  }

  void breed(std::uint64_t generation) {
    std::vector<KernelOffspring> children(kChildren);
    tbb::parallel_for(0, kChildren, [&](int k) {
      children[static_cast<std::size_t>(k)] = breeders_.local().breed(
          Random{config_.seed, generation, static_cast<std::uint64_t>(k)});
    });
    take(children);
  }

  void take(std::vector<KernelOffspring>& children) {
    for (KernelOffspring& child : children) {
      ++progress_.children;
      progress_.duplicates += child.duplicate ? 1 : 0;
      progress_.compiled += child.compiled ? 1 : 0;
      progress_.fits += child.fits;
      if (child.tried != 0) ++world_.tried[child.tried];
      if (child.entry) world_.archives[child.scheme].insert(std::move(*child.entry));
    }
  }

  /// The front over all schemes: by cost, errors strictly falling. Coarse errors are thinned out.
  std::vector<Place> front(bool verified_only = false) const {
    std::vector<Place> all;
    for (std::size_t s = 0; s < schemes_.size(); ++s) {
      for (const auto& [cost, entries] : world_.archives[s].niches()) {
        for (const KernelEntry& entry : entries) {
          if (verified_only && !scores_.contains(content({s, &entry}))) continue;
          all.push_back({s, &entry});
          break;
        }
      }
    }
    std::ranges::stable_sort(all, [](const Place& a, const Place& b) {
      if (a.entry->cost.throughput != b.entry->cost.throughput) {
        return a.entry->cost.throughput < b.entry->cost.throughput;
      }
      return a.entry->max_ulp < b.entry->max_ulp;
    });
    std::vector<Place> best;
    double least = config_.loosest_ulp;
    for (const Place& place : all) {
      const double error = place.entry->max_ulp;
      if (!(error < least)) continue;
      best.push_back(place);
      least = error > kFineGrained ? error / 2 : error * 0.95;
      if (error > kFineGrained) least = std::max(least, kFineGrained);
    }
    return best;
  }

  /// Measures an entry at every float; the worst inputs join the sample.
  void verify(const Place& place) {
    const ir::Program whole = targets::fill(schemes_[place.scheme], place.entry->kernel);
    const targets::Score score = scan(whole);
    scores_[content(place)] = score;
    const bool special = score.special_value_errors > 0 || score.zero_sign_errors > 0;
    const double error = special ? std::numeric_limits<double>::infinity() : score.max_ulp;
    const std::uint64_t shape = place.entry->shape;
    world_.archives[place.scheme].update([&](KernelEntry& entry) {
      if (entry.shape != shape) return;
      entry.max_ulp = error;
      entry.verified = true;
    });
    remeasure();
  }

  targets::Score scan(const ir::Program& whole) {
    ++progress_.scans;
    jit::Compiler compiler;
    jit::Options options;
    options.tier = jit::Tier::Full;
    options.embed_constants = true;
    const jit::Function function = compiler.compile(whole, options);
    std::vector<float> worst;
    const targets::Score score = targets::score_everywhere(
        reference_, [&](std::span<const float> x, std::span<float> y) { function(x, y); }, &worst);
    std::erase_if(worst, [&](float x) {
      return !known_.insert(std::bit_cast<std::uint32_t>(x)).second;
    });
    world_.fine->add(reference_, worst);
    return score;
  }

  /// The sample has grown: entries that are not verified may look worse now.
  void remeasure() {
    struct Task {
      std::size_t scheme;
      KernelEntry* entry;
    };
    std::vector<Task> tasks;
    for (std::size_t s = 0; s < schemes_.size(); ++s) {
      world_.archives[s].update([&](KernelEntry& entry) {
        if (!entry.verified && entry.max_ulp < 64) tasks.push_back({s, &entry});
      });
    }
    const std::vector<float> recent(world_.fine->x().end() - static_cast<std::ptrdiff_t>(std::min(
                                        world_.fine->size(), known_.size())),
                                    world_.fine->x().end());
    const FloatSample sample(reference_, recent);
    tbb::parallel_for(std::size_t{0}, tasks.size(), [&](std::size_t k) {
      std::vector<float> y(sample.size());
      const ir::Program whole =
          targets::fill(schemes_[tasks[k].scheme], tasks[k].entry->kernel);
      ir::interpret<float, float>(whole, sample.x(), y);
      tasks[k].entry->max_ulp = std::max(tasks[k].entry->max_ulp, sample.largest_error(y));
    });
    for (KernelArchive& archive : world_.archives) archive.update([](KernelEntry&) {});
  }

  /// The most accurate unverified entry of the front above the strictest tier that is missing.
  void verify_one() {
    for (const double tier : {1.0, 4.0, 0.75, 2.0}) {
      for (const Place& place : front()) {
        if (place.entry->max_ulp > tier) continue;
        if (place.entry->verified) break;
        verify(place);
        return;
      }
    }
  }

  /// Verifies the front, the accurate programs first, until nothing on it is unverified, the time is
  /// over or a stop is asked for; what is not verified then is left out.
  std::vector<MachineProgram> harvest() {
    for (bool changed = true;
         changed && !stop_.stop_requested() && elapsed() < config_.seconds;) {
      changed = false;
      std::vector<Place> places = front();
      std::ranges::reverse(places);
      for (const Place& place : places) {
        if (scores_.contains(content(place))) continue;
        verify(place);
        changed = true;
        report();
        break;
      }
    }
    const std::vector<Place> places = front(true);
    std::vector<MachineProgram> programs;
    for (const Place& place : places) {
      programs.push_back({schemes_[place.scheme].name, canonical(place), place.entry->cost,
                          scores_.at(content(place))});
    }
    return programs;
  }

  ir::Program canonical(const Place& place) const {
    return ir::canonical(targets::fill(schemes_[place.scheme], place.entry->kernel));
  }
  std::uint64_t content(const Place& place) const { return ir::content_hash(canonical(place)); }

  void note_progress() {
    progress_.seconds = elapsed();
    progress_.front.clear();
    for (const Place& place : front()) {
      progress_.front.emplace_back(place.entry->cost.throughput, place.entry->max_ulp);
    }
  }

  void report() {
    if (!on_progress_ || elapsed() < next_report_) return;
    note_progress();
    next_report_ = std::floor(progress_.seconds) + 1;
    on_progress_(progress_);
  }

  const targets::FloatReference& reference_;
  const std::vector<targets::Scheme>& schemes_;
  const MachineConfig& config_;
  const std::function<void(const MachineProgress&)>& on_progress_;
  std::stop_token stop_;
  std::chrono::steady_clock::time_point start_;
  double next_report_ = 1;
  KernelBreeding world_;
  tbb::enumerable_thread_specific<KernelBreeder> breeders_;
  std::map<std::size_t, std::vector<ir::Program>> real_fronts_;
  std::map<std::uint64_t, targets::Score> scores_;  ///< by content, of what was measured everywhere
  std::set<std::uint32_t> known_;  ///< worst inputs that joined the sample
  MachineProgress progress_;
};

}  // namespace

MachineResult machine_search(const targets::FloatReference& reference,
                             const std::vector<targets::Scheme>& schemes,
                             const MachineConfig& config,
                             const std::function<void(const MachineProgress&)>& on_progress,
                             std::stop_token stop) {
  check(config, schemes);
  const int threads = config.threads > 0 ? config.threads : tbb::this_task_arena::max_concurrency();
  const tbb::global_control workers(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(threads));
  tbb::task_arena arena(threads);
  return arena.execute([&] {
    return MachineSearch(reference, schemes, config, on_progress, std::move(stop)).run();
  });
}

}  // namespace ulpforge::evo
