// The schedule of the machine search: seeds, generations, verification at every float.
#include "evo/machine_search.h"

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <chrono>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>

#include "evo/critical_binades.h"
#include "evo/grace.h"
#include "evo/kernel.h"
#include "evo/kernel_breeder.h"
#include "evo/search.h"
#include "evo/state_stream.h"
#include "ir/canonical.h"
#include "ir/interpret.h"
#include "parallel/parallel.h"
#include "targets/exact/reference.h"
#include "targets/scores/score_everywhere.h"
#include "targets/exact/ulp.h"

namespace ulpforge::evo {
namespace {

constexpr int kChildren = 64;
/// Floats of each binade and sign, interpreted and compiled.
constexpr std::size_t kCoarse = 2;
constexpr std::size_t kFine = 128;
/// Floats that a binade gets in addition where the best programs have their largest errors, the
/// share of the largest error that counts, and the generations after which that is looked at.
constexpr std::size_t kDense = 2048;
constexpr double kCritical = 0.75;
constexpr std::uint64_t kDensify[] = {8, 40, 160};
/// New searches for the constants of a program whose error was larger than its sample showed.
constexpr int kPolishings = 8;
constexpr int kMostPolishings = 3;
constexpr int kPolishTrials = 1500;
constexpr std::uint64_t kPolishKey = ~std::uint64_t{1};
/// The generation of the first verification of an entry of the front while the search goes on; each
/// further one is 8/5 times as late, since a verification costs as much as many generations.
constexpr std::uint64_t kFirstScan = 24;
/// Binades that are measured before the others are: what breaks its promise there is known sooner.
constexpr std::size_t kMostCritical = 12;
/// Share of the time that is kept for the verification of the final front. What that leaves is divided
/// in the same way, until no more than the least share is left.
constexpr double kReserve = 0.35;
constexpr double kLeastLeft = 0.08;
/// Programs of the final front for each factor of two in error, above this error.
constexpr double kFineGrained = 4.5;
/// What keeps one of these promises is on the front even if it is hardly better than a cheaper
/// program.
constexpr double kTiers[] = {4, 1, targets::kCorrectlyRounded};
/// For these the cheapest program is looked for, and measured while the search goes on. 2^12 ULP
/// are at most 2^-11 of the value. The loosest first: as long as nothing is measured, what breaks the
/// promise of a tighter one must not keep the search from having anything.
constexpr double kScanTiers[] = {4096, 4, 2, 1, 0.75, targets::kCorrectlyRounded};
/// After each program that broke the promise of a tier, the next one has to look so much better, as
/// far as an error can be: a cheap one that just fails, again and again, must not keep a good one from
/// being measured.
constexpr double kCaution = 0.95;
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

/// A float of the ranges, an infinity or NaN.
bool can_be_asked(std::uint32_t input, std::span<const targets::FloatRange> ranges) {
  constexpr std::uint32_t kInfinity = 0x7f800000;
  if ((input & 0x7fffffff) >= kInfinity) return true;
  return std::ranges::any_of(ranges, [&](const targets::FloatRange& range) {
    return range.first <= input && input <= range.last;
  });
}

bool is_due(std::uint64_t generation) {
  std::uint64_t due = kFirstScan;
  while (due < generation) due = due * 8 / 5;
  return due == generation;
}

/// Whether the kernel is two functions in one, with a jump between them: no program of real
/// arithmetic without one comes near. Halves the steepest of many steps; a jump is as high as
/// before in the end.
bool has_jump(const targets::Scheme& scheme) {
  constexpr int kSteps = 256;
  constexpr int kHalvings = 24;
  const targets::Domain& domain = scheme.kernel.domain;
  const auto f = [&](double x) { return targets::reference(scheme.kernel.program, x).hi; };
  double lo = 0, hi = 0, height = 0;
  for (int k = 0; k < kSteps; ++k) {
    // Off the middle, where removable singularities are.
    const double a = domain.lo + domain.width() * (k + 0.3) / kSteps;
    const double b = domain.lo + domain.width() * std::min(k + 1.3, kSteps - 0.1) / kSteps;
    if (const double step = std::abs(f(b) - f(a)); step > height) {
      lo = a;
      hi = b;
      height = step;
    }
  }
  double left = height;
  for (int k = 0; k < kHalvings; ++k) {
    const double middle = lo + 0.4375 * (hi - lo);
    const double below = std::abs(f(middle) - f(lo));
    const double above = std::abs(f(hi) - f(middle));
    (below > above ? hi : lo) = middle;
    left = std::max(below, above);
  }
  return left > height / 4;
}

class MachineSearch {
 public:
  MachineSearch(const targets::FloatReference& reference,
                const std::vector<targets::Scheme>& schemes, const MachineConfig& config,
                const std::function<void(const MachineProgress&)>& on_progress,
                std::stop_token stop, const Continuation& continuation)
      : reference_(reference),
        schemes_(schemes),
        config_(config),
        on_progress_(on_progress),
        stop_(std::move(stop)),
        grace_(stop_),
        clock_(continuation),
        start_(std::chrono::steady_clock::now()),
        breeders_([this] { return KernelBreeder(world_); }) {
    world_.schemes = &schemes_;
    world_.isa = config.isa;
    world_.processor = config.processor;
    world_.loosest_ulp = config.loosest_ulp;
    for (const targets::FloatRange& range : reference.ranges()) world_.inputs += range.size();
    for (const targets::Scheme& scheme : schemes_) world_.nodes.emplace_back(scheme);
    world_.archives.resize(schemes_.size());
    world_.coarse.emplace(reference, sample_points<numbers::Binary32>(reference.ranges(), kCoarse));
    world_.fine.emplace(reference, sample_points<numbers::Binary32>(reference.ranges(), kFine));
    if (!continuation.state.empty()) go_on_from(continuation.state);
  }

  MachineResult run() {
    if (!sown_) sow();
    scan_when_due();
    double left = 1;
    do {
      const double end = 1 - kReserve * left;
      while (!over(end)) {
        breed();
        scan_when_due();
        report();
        save();
      }
      verify_front();
      left = 1 - elapsed() / config_.seconds;
    } while (!over(1 - kLeastLeft));
    MachineResult result;
    result.front = harvest();
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
    return std::tie(search.generation_, search.scan_due_, search.sown_, search.real_fronts_,
                    search.real_search_, world.archives, world.tried, search.measured_,
                    search.broken_, search.added_inputs_, search.progress_);
  }

 private:
  /// An entry of the front and where it comes from.
  struct Place {
    std::size_t scheme = 0;
    const KernelEntry* entry = nullptr;
  };

  /// What was measured everywhere; it stays, whatever becomes of the archive's entry.
  struct Measured {
    std::size_t scheme = 0;
    ir::Program kernel;
    jit::Cost cost;
    targets::Score score;

    static auto fields(auto& m) { return std::tie(m.scheme, m.kernel, m.cost, m.score); }
  };

  void save(bool now = false) {
    clock_.offer(
        [this] {
          progress_.seconds = elapsed();
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
    for (const auto& [key, each] : measured_) {
      good = good && each.scheme < schemes_.size() && ir::is_machine(each.kernel) &&
             each.kernel.inputs == 1;
    }
    for (const auto& [tier, times] : broken_) good = good && tier > 0 && times >= 0;
    std::vector<float> added;
    for (const std::uint32_t input : added_inputs_) {
      good = good && known_.insert(input).second && can_be_asked(input, reference_.ranges());
      added.push_back(std::bit_cast<float>(input));
    }
    if (!good) throw DamagedState("it does not belong to this search");
    world_.fine->add(reference_, added);
    earlier_ = progress_.seconds;
    next_report_ = std::floor(earlier_) + 1;
  }

  double elapsed() const {
    return earlier_ +
           std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
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
      world_.archives[s].insert({kernel, ir::shape_hash(kernel), world_.cost(s, kernel),
                                 std::numeric_limits<double>::max(), false, 0, {}, 0});
    }
    sown_ = true;
    save(true);
  }

  std::vector<ir::Program> real_front(std::size_t s) {
    if (const auto known = real_fronts_.find(s); known != real_fronts_.end()) return known->second;
    if (config_.real_evaluations == 0 || over(0.3) || has_jump(schemes_[s])) return {};
    for (std::size_t earlier = 0; earlier < s; ++earlier) {
      if (schemes_[earlier].kernel.expression == schemes_[s].kernel.expression &&
          schemes_[earlier].kernel.domain == schemes_[s].kernel.domain) {
        return real_front(earlier);
      }
    }
    SearchConfig config;
    config.operations = {ir::Op::Add, ir::Op::Sub, ir::Op::Mul};
    config.max_operations = 14;
    config.seed = config_.seed;
    config.threads = config_.threads;
    config.seconds = std::numeric_limits<double>::infinity();
    config.evaluations = config_.real_evaluations;
    Continuation continuation;
    continuation.state = real_search_;
    continuation.interval = 0;  // the clock of this search decides
    continuation.save = [this](std::string_view state) {
      real_search_ = state;
      save();
    };
    const SearchResult found = search(
        schemes_[s].kernel, config, [this](const Progress&) { report(); }, stop_, continuation);
    if (found.interrupted) return {};
    std::vector<ir::Program> kernels;
    for (const FrontProgram& program : found.front) {
      if (const auto kernel = to_kernel(program.program)) kernels.push_back(*kernel);
    }
    real_search_.clear();
    real_fronts_[s] = kernels;
    save(true);
    return kernels;
  }

  /// A generation or, where a stop leaves no time for all of it, nothing.
  void breed() {
    std::set<std::size_t> leading;
    for (const Place& place : front()) leading.insert(place.scheme);
    world_.leading.assign(leading.begin(), leading.end());
    std::vector<KernelOffspring> children(kChildren);
    std::atomic<bool> complete = true;
    parallel::for_each_index(0, kChildren, [&](int k) {
      if (grace_.over(kBatchGrace)) {
        complete = false;
        return;
      }
      children[static_cast<std::size_t>(k)] =
          breeders_.local().breed(numbers::Random{config_.seed, generation_, static_cast<std::uint64_t>(k)});
    });
    if (!complete) return;
    take(children);
    ++generation_;
    if (std::ranges::find(kDensify, generation_) != std::end(kDensify)) densify();
    scan_due_ = is_due(generation_);
  }

  /// Before the next generation; a stop leaves it due.
  void scan_when_due() {
    if (!scan_due_ || stop_.stop_requested()) return;
    verify_one();
    scan_due_ = stop_.stop_requested();
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

  /// The front over all schemes.
  std::vector<Place> front() const {
    std::vector<Place> all;
    for (std::size_t s = 0; s < schemes_.size(); ++s) {
      for (const auto& [cost, entries] : world_.archives[s].niches()) {
        if (!entries.empty()) all.push_back({s, &entries.front()});
      }
    }
    return thinned(
        std::move(all), [](const Place& place) { return place.entry->cost.throughput; },
        [](const Place& place) { return place.entry->max_ulp; });
  }

  /// By cost, errors strictly falling. Coarse errors are thinned out.
  template <class T, class CostOf, class ErrorOf>
  std::vector<T> thinned(std::vector<T> all, CostOf cost_of, ErrorOf error_of) const {
    std::ranges::stable_sort(all, [&](const T& a, const T& b) {
      return std::pair(cost_of(a), error_of(a)) < std::pair(cost_of(b), error_of(b));
    });
    std::vector<T> best;
    double least = config_.loosest_ulp;
    for (const T& each : all) {
      const double error = error_of(each);
      if (!(error < least)) continue;
      best.push_back(each);
      least = error > kFineGrained ? std::max(error / 2, kFineGrained) : error * 0.95;
      for (const double tier : kTiers) {
        if (error > tier) least = std::max(least, std::nextafter(tier, kFineGrained));
      }
    }
    return best;
  }

  /// Measures an entry at every float, or only where its errors are largest if these break the
  /// promise of its tier; the worst inputs join the sample. Nothing happens where a stop is asked
  /// for, or the time is over, before the end.
  void verify(const Place& place) {
    // The scan may put the archive in another order.
    const ir::Program kernel = place.entry->kernel;
    const jit::Cost cost = place.entry->cost;
    const std::uint64_t shape = place.entry->shape;
    const ir::Program whole = targets::fill(schemes_[place.scheme], kernel);
    const std::uint64_t key = content(place);
    const double promise = promise_of(place.entry->max_ulp);
    const auto note = [&](double error, bool verified) {
      world_.archives[place.scheme].update([&](KernelEntry& entry) {
        if (entry.shape != shape) return;
        entry.max_ulp = error;
        entry.verified = verified;
      });
    };
    BinadeErrors errors{};
    add_errors(errors, *world_.fine, whole, place.entry->max_ulp);
    const std::vector<targets::FloatRange> critical =
        largest_errors(errors, reference_.ranges(), kCritical, kMostCritical);
    if (!critical.empty()) {
      const targets::Score there = scan(whole, critical);
      if (there.gave_up) return;
      if (error_of(there) > promise) {
        ++progress_.scans;
        ++broken_[promise];
        return note(error_of(there), false);
      }
    }
    const targets::Score score = scan(whole, {});
    if (score.gave_up) return;
    ++progress_.scans;
    broken_[promise] = error_of(score) > promise ? broken_[promise] + 1 : 0;
    clock_.note_improvement();
    measured_.emplace(key, Measured{place.scheme, kernel, cost, score});
    note(error_of(score), true);
  }

  /// Of the tiers, the tightest that allows the error; none: infinite.
  static double promise_of(double error) {
    double promise = std::numeric_limits<double>::infinity();
    for (const double tier : kScanTiers) {
      if (error <= tier) promise = std::min(promise, tier);
    }
    return promise;
  }

  static double error_of(const targets::Score& score) {
    const bool special = score.special_value_errors > 0 || score.zero_sign_errors > 0;
    return special ? std::numeric_limits<double>::infinity() : score.max_ulp;
  }

  /// Searches for the constants again, now that the sample knows the inputs that were worse.
  void polish(const Place& place) {
    const KernelEntry entry = *place.entry;
    if (entry.tunings >= kMostPolishings || entry.max_ulp > kFineGrained) return;
    std::vector<KernelOffspring> children(kPolishings);
    parallel::for_each_index(0, kPolishings, [&](int k) {
      children[static_cast<std::size_t>(k)] = breeders_.local().tune(
          place.scheme, entry, kPolishTrials,
          numbers::Random{config_.seed, kPolishKey, progress_.scans, static_cast<std::uint64_t>(k)});
    });
    take(children);
  }

  void verify_and_polish(const Place& place) {
    const std::size_t scheme = place.scheme;
    const std::uint64_t shape = place.entry->shape;
    const double hoped = place.entry->max_ulp;
    verify(place);
    const KernelEntry* entry = world_.archives[scheme].find(shape);
    if (entry == nullptr) return;
    const bool disappoints = entry->max_ulp > hoped * 1.01 || entry->max_ulp > promise_of(hoped);
    if (disappoints) polish({scheme, entry});
  }

  /// At the floats of those parts; of none: at every float.
  targets::Score scan(const ir::Program& whole, std::span<const targets::FloatRange> parts) {
    jit::Compiler compiler;
    jit::Options options;
    options.tier = jit::Tier::Full;
    options.embed_constants = true;
    const jit::Function function = compiler.compile(whole, options);
    std::vector<float> worst;
    const auto routine = [&](std::span<const float> x, std::span<float> y) { function(x, y); };
    const auto over = [this] { return stop_.stop_requested() || elapsed() >= config_.seconds; };
    const targets::Score score =
        parts.empty() ? targets::score_everywhere(reference_, routine, &worst, over)
                      : targets::score_ranges(reference_, routine, parts, &worst, over);
    if (score.gave_up) return score;
    widen_sample(std::move(worst));
    return score;
  }

  /// Floats join the sample, and the entries that are not verified are measured there.
  void widen_sample(std::vector<float> points) {
    std::erase_if(points,
                  [&](float x) { return !known_.insert(std::bit_cast<std::uint32_t>(x)).second; });
    if (points.empty()) return;
    for (const float x : points) added_inputs_.push_back(std::bit_cast<std::uint32_t>(x));
    world_.fine->add(reference_, points);
    remeasure(points);
  }

  /// More floats where it matters: in the binades where the errors of the front's accurate programs
  /// are largest.
  void densify() {
    BinadeErrors errors{};
    for (const Place& place : front()) {
      if (!(place.entry->max_ulp < kFineGrained)) continue;
      add_errors(errors, *world_.fine, targets::fill(schemes_[place.scheme], place.entry->kernel),
                 place.entry->max_ulp);
    }
    const std::vector<targets::FloatRange> critical =
        largest_errors(errors, reference_.ranges(), kCritical, errors.size());
    widen_sample(sample_points<numbers::Binary32>(critical, kDense));
  }

  /// The sample has grown: entries that are not verified may look worse now.
  void remeasure(const std::vector<float>& points) {
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
    const FloatSample sample(reference_, points);
    parallel::for_each_index(std::size_t{0}, tasks.size(), [&](std::size_t k) {
      std::vector<float> y(sample.size());
      const ir::Program whole = targets::fill(schemes_[tasks[k].scheme], tasks[k].entry->kernel);
      ir::interpret<float, float>(whole, sample.x(), y);
      tasks[k].entry->max_ulp = std::max(tasks[k].entry->max_ulp, sample.largest_error(y));
    });
    for (KernelArchive& archive : world_.archives) archive.update([](KernelEntry&) {});
  }

  /// Of the tiers' cheapest entries on the front, none of them measured, the one that is cheaper
  /// than what has been measured for its tier by the largest factor.
  std::optional<Place> next_of_tiers() const {
    const std::vector<Place> places = front();
    std::optional<Place> next;
    double largest = 1;
    for (const double tier : kScanTiers) {
      const auto broken = broken_.find(tier);
      const double caution = std::pow(kCaution, broken != broken_.end() ? broken->second : 0);
      const double limit = targets::kCorrectlyRounded + (tier - targets::kCorrectlyRounded) * caution;
      const auto place =
          std::ranges::find_if(places, [&](const Place& at) { return at.entry->max_ulp <= limit; });
      if (place == places.end() || measured_.contains(content(*place))) continue;
      const double gain = measured_cost(tier) / place->entry->cost.throughput;
      if (!(gain > largest)) continue;
      largest = gain;
      next = *place;
    }
    return next;
  }

  /// Of the cheapest program that was measured and keeps the promise; none: infinite.
  double measured_cost(double tier) const {
    double least = std::numeric_limits<double>::infinity();
    for (const auto& [key, each] : measured_) {
      if (error_of(each.score) <= tier) least = std::min(least, each.cost.throughput);
    }
    return least;
  }

  void verify_one() {
    if (const auto place = next_of_tiers()) verify_and_polish(*place);
  }

  /// What the tiers need, then the rest, the accurate programs first.
  std::optional<Place> next_unverified() const {
    if (const auto place = next_of_tiers()) return place;
    std::vector<Place> places = front();
    std::ranges::reverse(places);
    const auto place = std::ranges::find_if(
        places, [&](const Place& at) { return !measured_.contains(content(at)); });
    return place != places.end() ? std::optional(*place) : std::nullopt;
  }

  /// Until nothing on the front is unverified, the time is over or a stop is asked for.
  void verify_front() {
    while (!stop_.stop_requested() && elapsed() < config_.seconds) {
      const auto place = next_unverified();
      if (!place) break;
      verify_and_polish(*place);
      report();
      save();
    }
  }

  /// What is not verified is left out.
  std::vector<MachineProgram> harvest() {
    std::vector<const Measured*> all;
    for (const auto& [key, measured] : measured_) all.push_back(&measured);
    std::vector<MachineProgram> programs;
    for (const Measured* const best : thinned(
             std::move(all), [](const Measured* each) { return each->cost.throughput; },
             [](const Measured* each) { return error_of(each->score); })) {
      programs.push_back({schemes_[best->scheme].name, canonical(best->scheme, best->kernel),
                          best->cost, best->score});
    }
    return programs;
  }

  ir::Program canonical(std::size_t scheme, const ir::Program& kernel) const {
    return ir::canonical(targets::fill(schemes_[scheme], kernel));
  }
  std::uint64_t content(const Place& place) const {
    return ir::content_hash(canonical(place.scheme, place.entry->kernel));
  }

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
  Grace grace_;
  SaveClock clock_;
  std::chrono::steady_clock::time_point start_;
  double earlier_ = 0;  ///< seconds before the state that the search went on from
  double next_report_ = 1;
  KernelBreeding world_;
  tbb::enumerable_thread_specific<KernelBreeder> breeders_;
  std::map<std::size_t, std::vector<ir::Program>> real_fronts_;
  std::map<std::uint64_t, Measured> measured_;  ///< by content
  std::map<double, int> broken_;  ///< how often in a row a tier's promise was not kept
  std::vector<std::uint32_t>
      added_inputs_;               ///< worst inputs, in the order that they joined the sample
  std::set<std::uint32_t> known_;  ///< the same
  std::uint64_t generation_ = 0;
  bool scan_due_ = false;
  bool sown_ = false;
  std::string real_search_;  ///< state of the search in the real regime that is under way
  MachineProgress progress_;
};

}  // namespace

MachineResult machine_search(const targets::FloatReference& reference,
                             const std::vector<targets::Scheme>& schemes,
                             const MachineConfig& config,
                             const std::function<void(const MachineProgress&)>& on_progress,
                             std::stop_token stop, const Continuation& continuation) {
  check(config, schemes);
  return parallel::with_threads(config.threads, [&] {
    return MachineSearch(reference, schemes, config, on_progress, std::move(stop), continuation)
        .run();
  });
}

}  // namespace ulpforge::evo
