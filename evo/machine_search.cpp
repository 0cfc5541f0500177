// The schedule of the machine search: seeds, generations, verification at every float.
#include "evo/machine_search.h"

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>
#include <set>
#include <stdexcept>

#include "evo/budget.h"
#include "evo/kernel.h"
#include "evo/kernel_breeder.h"
#include "evo/kernel_front.h"
#include "evo/real_kernels.h"
#include "evo/short_sample.h"
#include "evo/state_stream.h"
#include "evo/stop_deadline.h"
#include "evo/verification.h"
#include "ir/canonical.h"
#include "parallel/parallel.h"

namespace ulpforge::evo {
namespace {

constexpr std::size_t kChildren = 64;
/// Children without a cheaper program of the accuracy that is wanted, at least, that end the
/// search.
constexpr std::uint64_t kPatience = 4096;
/// Floats of each binade and sign, interpreted and compiled.
constexpr std::size_t kCoarse = 2;
constexpr std::size_t kFine = 128;
/// Numbers of a short format that are interpreted, about so many.
constexpr std::size_t kSome = 1024;
/// The generations after which binades with large errors get more floats.
constexpr std::uint64_t kDensify[] = {8, 40, 160};
/// New searches for the constants of a program whose error was larger than its sample showed.
constexpr std::size_t kPolishings = 8;
constexpr int kMostPolishings = 3;
constexpr int kPolishTrials = 1500;
/// The generation of the first verification of an entry of the front while the search goes on; each
/// further one is 8/5 times as late, since a verification costs as much as many generations.
constexpr std::uint64_t kFirstScan = 24;
/// Share of the time after which no further search in the real regime begins.
constexpr double kRealShare = 0.3;
/// Share of the time that is kept for the verification of the final front. What that leaves is
/// divided in the same way, until no more than the least share is left.
constexpr double kReserve = 0.35;
constexpr double kLeastLeft = 0.08;
/// Keys of the random numbers of seeds and polishings, where children have their generation.
constexpr std::uint64_t kSeedKey = ~std::uint64_t{0};
constexpr std::uint64_t kPolishKey = ~std::uint64_t{1};

void check(const MachineConfig& config, const std::vector<targets::Scheme>& schemes) {
  if (schemes.empty()) throw std::invalid_argument("no scheme to search with");
  check_budget(config.threads, config.seconds, config.children);
  if (!(config.loosest_ulp > 0)) {
    throw std::invalid_argument(
        fmt::format("loosest_ulp must be positive, not {}", config.loosest_ulp));
  }
  if (config.accuracy != 0 && !(config.accuracy >= targets::kCorrectlyRounded)) {
    throw std::invalid_argument(fmt::format(
        "accuracy must be at least 0.5 ULP, which is correct rounding, not {}", config.accuracy));
  }
}

bool is_due(std::uint64_t generation) {
  std::uint64_t due = kFirstScan;
  while (due < generation) due = due * 8 / 5;
  return due == generation;
}

class MachineSearch {
 public:
  MachineSearch(const targets::FloatReference& reference,
                const std::vector<targets::Scheme>& schemes, const MachineConfig& config,
                const std::function<void(const MachineProgress&)>& on_progress,
                std::stop_token stop, const Continuation& continuation)
      : MachineSearch(schemes, config, on_progress, std::move(stop), continuation) {
    verification_.emplace(reference, world_, [this] { return stopped_or_late(); });
    for (const targets::FloatRange& range : reference.ranges()) world_.inputs += range.size();
    world_.ulp = std::ldexp(1.0, -reference.results().row.precision);
    world_.coarse.emplace(reference, sample_points<numbers::Binary32>(reference.ranges(), kCoarse));
    world_.fine.emplace(reference, sample_points<numbers::Binary32>(reference.ranges(), kFine));
    world_.requirements = FloatRequirements(reference, config.constraints, config.exact);
    for (FloatSample* sample : {&*world_.coarse, &*world_.fine}) {
      sample->demand(reference, world_.requirements.points(), world_.requirements.values());
    }
    if (!continuation.state.empty()) go_on_from(continuation.state);
  }

  /// Of a short format.
  MachineSearch(const targets::ShortValues& values, const std::vector<targets::Scheme>& schemes,
                const MachineConfig& config,
                const std::function<void(const MachineProgress&)>& on_progress,
                std::stop_token stop, const Continuation& continuation)
      : MachineSearch(schemes, config, on_progress, std::move(stop), continuation) {
    const auto keeps = [this, &values](std::span<const std::uint32_t> results) {
      return !find_short_break(values, results, config_.constraints, config_.exact);
    };
    verification_.emplace(values, world_, [this] { return stopped_or_late(); }, keeps);
    world_.inputs = values.size();
    world_.ulp = std::ldexp(1.0, -values.format().row().precision);
    world_.all_short.emplace(values);
    world_.some_short = world_.all_short->thinned(std::max<std::size_t>(values.size() / kSome, 1));
    if (config_.constraints.parity != targets::Parity::None || config_.constraints.monotone ||
        !config_.exact.empty()) {
      world_.may_hold = [&values, keeps](const targets::FloatRoutine& routine) {
        std::vector<float> y(values.size());
        routine(values.x(), y);
        return keeps(targets::rounded_results(values, y));
      };
    }
    if (schemes_.back().name == kWholePrograms) world_.whole_programs = schemes_.size() - 1;
    if (!continuation.state.empty()) go_on_from(continuation.state);
  }

  MachineResult run() {
    if (!sown_) sow();
    scan_when_due();
    double left = 1;
    do {
      const double end = 1 - kReserve * left;
      while (!is_due_to_measure(end) && !is_found()) {
        breed();
        scan_when_due();
        report();
        save();
      }
      verify_front();
      left = 1 - stopwatch_.elapsed() / config_.seconds;
    } while (goes_on() && !is_found());
    MachineResult result;
    result.front = verification_->front();
    for (std::size_t k = 0; k < result.front.size() && !result.wanted; ++k) {
      if (has_accuracy(result.front[k].score, config_.accuracy)) result.wanted = k;
    }
    result.course = course_;
    result.interrupted = stop_.stop_requested();
    save(true);
    note_progress();
    result.progress = progress_;
    result.saving = clock_.spent();
    return result;
  }

  /// What a search goes on from, with the configuration.
  static auto fields(auto& search) {
    auto& world = search.world_;
    return std::tie(search.generation_, search.scan_due_, search.sown_, search.real_kernels_,
                    world.archives, world.tried, *search.verification_, search.progress_,
                    search.cheapest_, search.found_at_, search.course_, search.fronts_done_);
  }

 private:
  /// What searches over all formats have in common.
  MachineSearch(const std::vector<targets::Scheme>& schemes, const MachineConfig& config,
                const std::function<void(const MachineProgress&)>& on_progress,
                std::stop_token stop, const Continuation& continuation)
      : schemes_(schemes),
        config_(config),
        on_progress_(on_progress),
        stop_(std::move(stop)),
        deadline_(stop_),
        clock_(continuation),
        breeders_([this] { return KernelBreeder(world_); }),
        real_kernels_(schemes, config,
                      {.no_time = [this] { return over_for_kernels(); },
                       .report = [this] { report(); },
                       .save = [this](bool now) { save(now); },
                       .stop = stop_}) {
    world_.schemes = &schemes_;
    world_.isa = config.isa;
    world_.processor = config.processor;
    world_.cost_model = config.cost_model;
    world_.loosest_ulp = config.loosest_ulp;
    world_.accuracy = config.accuracy;
    for (const targets::Scheme& scheme : schemes_) world_.nodes.emplace_back(scheme);
    world_.archives.resize(schemes_.size());
  }

  void save(bool now = false) {
    clock_.offer(
        [this] {
          progress_.seconds = stopwatch_.elapsed();
          return encode(*this);
        },
        now);
  }

  void go_on_from(std::string_view state) {
    decode(state, *this);
    bool good = world_.archives.size() == schemes_.size() && progress_.seconds >= 0;
    for (const KernelArchive& archive : world_.archives) {
      archive.check();
      good = good && (archive.empty() == !sown_);
    }
    if (!good) throw DamagedState("it does not belong to this search");
    verification_->go_on();
    stopwatch_.go_on_from(progress_.seconds);
  }

  bool over(double share) const {
    return stop_.stop_requested() || progress_.children >= config_.children ||
           stopwatch_.elapsed() >= share * config_.seconds;
  }

  /// Whether no further search in the real regime begins.
  bool over_for_kernels() {
    const std::uint64_t searches = real_kernels_.searches();
    const bool over_now = config_.course
                              ? config_.course->kernels && searches >= *config_.course->kernels
                              : over(kRealShare);
    if (over_now && !stop_.stop_requested()) course_.kernels = searches;
    return over_now;
  }

  /// What the course has next; nothing after its end.
  const Course::Front* next_front() const {
    const std::vector<Course::Front>& fronts = config_.course->fronts;
    return fronts_done_ < fronts.size() ? &fronts[fronts_done_] : nullptr;
  }

  /// Whether the front is measured now, rather than more children made.
  bool is_due_to_measure(double share) const {
    if (!config_.course) return over(share);
    const Course::Front* const next = next_front();
    return stop_.stop_requested() || stopwatch_.elapsed() >= share * config_.seconds ||
           next == nullptr || progress_.children >= next->children;
  }

  /// Whether no further program may be measured now.
  bool has_measured() const {
    if (!config_.course) return false;
    const Course::Front* const next = next_front();
    return next == nullptr || progress_.scans >= next->measured;
  }

  /// Whether it goes on after the front was measured.
  bool goes_on() const {
    if (!config_.course) return !over(1 - kLeastLeft);
    return !stopped_or_late() && next_front() != nullptr;
  }

  /// Whether a program was measured to have the error that is wanted, and no cheaper one has been
  /// for as many children as that took, or a few thousand.
  bool is_found() {
    if (!(config_.accuracy > 0)) return false;
    const double cost = verification_->cost_of_accuracy();
    if (cost < cheapest_) {
      cheapest_ = cost;
      found_at_ = progress_.children;
    }
    return std::isfinite(cheapest_) &&
           progress_.children >= found_at_ + std::max(found_at_, kPatience);
  }

  bool stopped_or_late() const {
    return stop_.stop_requested() || stopwatch_.elapsed() >= config_.seconds;
  }

  /// The empty kernel, and the front of a search in the real regime for each different kernel.
  void sow() {
    std::vector<std::pair<std::size_t, ir::Program>> seeds;
    for (std::size_t s = 0; s < world_.kernel_schemes(); ++s) {
      seeds.emplace_back(s, empty_kernel());
      for (const ir::Program& kernel : real_kernels_.of(s)) seeds.emplace_back(s, kernel);
    }
    if (stop_.stop_requested()) return;
    std::vector<KernelOffspring> children(seeds.size());
    parallel::for_each_index(std::size_t{0}, seeds.size(), [&](std::size_t k) {
      children[k] = breeders_.local().examine(seeds[k].first, seeds[k].second,
                                              numbers::Random{config_.seed, kSeedKey, k});
    });
    take(children);
    for (std::size_t s = 0; s < schemes_.size(); ++s) {
      // Every search starts here, however poor the identity is for its target.
      if (!world_.archives[s].empty()) continue;
      const ir::Program kernel = empty_kernel();
      world_.archives[s].insert({kernel,
                                 ir::shape_hash(kernel),
                                 world_.cost(s, kernel),
                                 std::numeric_limits<double>::max(),
                                 false,
                                 0,
                                 {},
                                 0});
    }
    sown_ = true;
    save(true);
  }

  /// A generation or, where a stop leaves no time for all of it, nothing.
  void breed() {
    std::set<std::size_t> leading;
    for (const FrontEntry& place : kernel_front(world_)) {
      if (place.scheme < world_.kernel_schemes()) leading.insert(place.scheme);
    }
    world_.leading.assign(leading.begin(), leading.end());
    std::vector<KernelOffspring> children(kChildren);
    std::atomic<bool> complete = true;
    parallel::for_each_index(std::size_t{0}, kChildren, [&](std::size_t k) {
      if (deadline_.passed(kBatchDeadline)) {
        complete = false;
        return;
      }
      children[k] = breeders_.local().breed(numbers::Random{config_.seed, generation_, k});
    });
    if (!complete) return;
    take(children);
    ++generation_;
    if (std::ranges::find(kDensify, generation_) != std::end(kDensify)) verification_->densify();
    scan_due_ = is_due(generation_);
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

  /// Before the next generation; a stop leaves it due.
  void scan_when_due() {
    if (!scan_due_ || stop_.stop_requested() || has_measured()) return;
    if (const auto place = verification_->next_for_bounds()) verify_and_polish(*place);
    scan_due_ = stop_.stop_requested();
  }

  /// Until nothing on the front is unverified, the time is over or a stop is asked for; of a short
  /// format, which takes milliseconds, in any case. Nothing where what was wanted is found.
  void verify_front() {
    course_.fronts.push_back({progress_.children, progress_.scans});
    const bool found = is_found();
    while (!found && !has_measured() && (world_.all_short || !stopped_or_late())) {
      const auto place = verification_->next();
      if (!place) break;
      verify_and_polish(*place);
      course_.fronts.back().measured = progress_.scans;
      report();
      save();
    }
    if (!stopped_or_late()) ++fronts_done_;
  }

  void verify_and_polish(const FrontEntry& place) {
    const std::size_t scheme = place.scheme;
    const std::uint64_t shape = place.entry->shape;
    const Verified verified = verification_->verify(place);
    if (verified.ended) ++progress_.scans;
    if (verified.everywhere) clock_.note_improvement();
    if (verified.disappointing) polish(scheme, *world_.archives[scheme].find(shape));
  }

  /// Searches for the constants again, now that the sample knows the inputs that were worse.
  void polish(std::size_t scheme, const KernelEntry& entry) {
    if (entry.tunings >= kMostPolishings || entry.max_ulp > kFineGrained) return;
    std::vector<KernelOffspring> children(kPolishings);
    parallel::for_each_index(std::size_t{0}, kPolishings, [&](std::size_t k) {
      children[k] =
          breeders_.local().tune(scheme, entry, kPolishTrials,
                                 numbers::Random{config_.seed, kPolishKey, progress_.scans, k});
    });
    take(children);
  }

  void note_progress() {
    progress_.seconds = stopwatch_.elapsed();
    progress_.front.clear();
    for (const FrontEntry& place : kernel_front(world_)) {
      progress_.front.emplace_back(place.entry->cost.throughput, place.entry->max_ulp);
    }
  }

  void report() {
    if (!on_progress_ || !stopwatch_.report_due()) return;
    note_progress();
    on_progress_(progress_);
  }

  const std::vector<targets::Scheme>& schemes_;
  const MachineConfig& config_;
  const std::function<void(const MachineProgress&)>& on_progress_;
  std::stop_token stop_;
  StopDeadline deadline_;
  SaveClock clock_;
  Stopwatch stopwatch_;
  KernelBreeding world_;
  tbb::enumerable_thread_specific<KernelBreeder> breeders_;
  RealKernels real_kernels_;
  std::optional<Verification> verification_;
  std::uint64_t generation_ = 0;
  bool scan_due_ = false;
  bool sown_ = false;
  /// Of the accuracy that is wanted, and when it was found.
  double cheapest_ = std::numeric_limits<double>::infinity();
  std::uint64_t found_at_ = 0;
  MachineProgress progress_;
  Course course_;
  std::size_t fronts_done_ = 0;  ///< of the configuration's course
};

}  // namespace

namespace {

/// Over a float's or a short format's exact values.
template <class Values>
MachineResult search_over(const Values& values, const std::vector<targets::Scheme>& schemes,
                          const MachineConfig& config,
                          const std::function<void(const MachineProgress&)>& on_progress,
                          std::stop_token stop, const Continuation& continuation) {
  check(config, schemes);
  return parallel::with_threads(config.threads, [&] {
    return MachineSearch(values, schemes, config, on_progress, std::move(stop), continuation).run();
  });
}

}  // namespace

targets::Scheme whole_programs_scheme(const targets::Scheme& like) {
  targets::Scheme scheme = like;
  scheme.name = kWholePrograms;
  scheme.program = ir::Program{};
  scheme.program.inputs = 2;
  scheme.program.input_types = {ir::Type::F32, ir::Type::F32};
  scheme.program.result = ir::Operand::input(1);
  scheme.argument = ir::Operand::input();
  scheme.split.reset();
  scheme.type = ir::Type::F32;
  return scheme;
}

MachineResult machine_search(const targets::FloatReference& reference,
                             const std::vector<targets::Scheme>& schemes,
                             const MachineConfig& config,
                             const std::function<void(const MachineProgress&)>& on_progress,
                             std::stop_token stop, const Continuation& continuation) {
  return search_over(reference, schemes, config, on_progress, std::move(stop), continuation);
}

MachineResult machine_search(const targets::ShortValues& values,
                             const std::vector<targets::Scheme>& schemes,
                             const MachineConfig& config,
                             const std::function<void(const MachineProgress&)>& on_progress,
                             std::stop_token stop, const Continuation& continuation) {
  return search_over(values, schemes, config, on_progress, std::move(stop), continuation);
}

}  // namespace ulpforge::evo
