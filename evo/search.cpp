// The schedule: islands that start from the empty program or from what is known, run side by side
// and merge.
#include "evo/search.h"

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <stdexcept>

#include "evo/budget.h"
#include "evo/finalists.h"
#include "evo/island.h"
#include "evo/known_programs.h"
#include "evo/normal_form.h"
#include "evo/state_stream.h"
#include "evo/stop_deadline.h"
#include "parallel/parallel.h"
#include "targets/infinite_domain.h"
#include "targets/verify.h"

namespace ulpforge::evo {
namespace {

/// Islands that run at the same time. A constant, not the number of cores: results must not depend
/// on the machine.
constexpr int kIslands = 4;
/// Of which, from the second epoch on, this many start from what all have found so far; the others
/// start from the empty program again. In the first epoch as many start from the known programs.
constexpr int kSettled = 2;
/// Children of one island in a generation; those of all islands are made in parallel.
constexpr int kChildren = 64;
/// Evaluations of each island in an epoch: then they merge. One archive saturates after a minute.
constexpr std::uint64_t kEpoch = 15'000'000;
/// Evaluations for which a search for a given accuracy looks for something cheaper, at least.
constexpr std::uint64_t kPatience = 500'000;
/// What the aim is multiplied by where what reached it did not hold what it promised.
constexpr double kStricter = 0.9;
/// Of the front's verification.
constexpr int kVerifierPoints = 2001;
/// Entries of a niche.
constexpr int kCapacity = 128;

void check(const SearchConfig& config) {
  if (config.max_operations < 1 || config.max_operations > kMaxOperations) {
    throw std::invalid_argument(fmt::format("max_operations must be from 1 to {}, not {}",
                                            kMaxOperations, config.max_operations));
  }
  if (config.operations.empty()) {
    throw std::invalid_argument("operations is empty; it needs at least one, such as + - * /");
  }
  for (const ir::Op op : config.operations) {
    if (!ir::info(op).arithmetic) {
      throw std::invalid_argument(
          fmt::format("operation {} cannot be searched with", ir::info(op).name));
    }
    const double cost = config.costs.of(op);
    if (!(cost > 0) || !std::isfinite(cost)) {
      throw std::invalid_argument(
          fmt::format("the cost of {} must be positive, not {}", ir::info(op).name, cost));
    }
  }
  check_budget(config.threads, config.seconds, config.evaluations);
}

template <int kBlocks>
class Search {
 public:
  Search(const targets::Target& target, const SearchConfig& config,
         const std::function<void(const Progress&)>& on_progress, std::stop_token stop,
         const Continuation& continuation, const Provisions& provisions)
      : target_(target),
        config_(config),
        provisions_(provisions),
        on_progress_(on_progress),
        stop_(std::move(stop)),
        deadline_(stop_),
        clock_(continuation),
        stopwatch_(provisions.seconds_used),
        niches_(config.costs, config.operations, config.max_operations),
        preparing_([this] { return hurry(); }),
        nodes_(make_nodes<kBlocks>(target, preparing_)),
        examination_(target, preparing_, config.constraints),
        verify_(target, kVerifierPoints, [this] { return verification_over(); }),
        breeders_([this] { return Breeder<kBlocks>(nodes_, examination_, config_); }),
        known_(provisions.known),
        pool_(niches_, kCapacity),
        cheapest_(niches_.count()) {
    prepared_ = !stop_.stop_requested();
    progress_.best_error.assign(static_cast<std::size_t>(niches_.count()),
                                std::numeric_limits<double>::infinity());
    progress_.cost_unit = niches_.unit();
    if (!prepared_) return;
    // Those of a state satisfy them already.
    if (continuation.state.empty()) {
      known_ = that_satisfy(std::move(known_), examination_, verify_, provisions_.accept,
                            [this] { return stop_.stop_requested(); });
    }
    start_islands();
    if (!continuation.state.empty()) go_on_from(continuation.state);
    plan_verification();
  }

  SearchResult run() {
    if (!prepared_) {
      SearchResult nothing;
      nothing.progress = progress_;
      nothing.interrupted = true;
      return nothing;
    }
    SearchResult result;
    Front front;
    do {
      go_on();
      clock_.offer([this] { return state(); }, true);
      Archive all = pool_;
      merge(all);
      result.interrupted = stop_.stop_requested();
      front = choose_front(target_, all, known_, examination_, {verify_, accepts()}, deadline_,
                           [this](std::size_t done, std::size_t all_programs) {
                             tell(fmt::format("verifying the front: {} of {}", done, all_programs));
                           });
      result.wanted = find_wanted(front.programs);
      // What looked as if it were good enough was not: something better is.
      if (!result.wanted && seems_found()) {
        aim_ *= kStricter;
        cheapest_ = niches_.count();
      }
    } while (config_.accuracy > 0 && !result.wanted && !over());
    result.front = std::move(front.programs);
    result.left_out = std::move(front.left_out);
    result.known = std::move(front.known);
    progress_.seconds = stopwatch_.elapsed();
    result.progress = progress_;
    result.saving = clock_.spent();
    return result;
  }

  /// Until the budget is spent, or what is wanted seems to be found.
  void go_on() {
    while (!over() && !seems_found()) {
      if (progress_.evaluations >= epoch_end_) {
        merge(pool_);
        ++epoch_;
        start_islands();
      }
      run_generation();
      report();
      clock_.offer([this] { return state(); });
    }
  }

  /// Whether a program has the error that is aimed at, and no cheaper one has turned up for as many
  /// evaluations as that took, or a few.
  bool seems_found() {
    if (!(config_.accuracy > 0)) return false;
    for (int niche = 0; niche < niches_.count(); ++niche) {
      if (!(progress_.best_error[niche] <= aim_ * config_.accuracy)) continue;
      if (niche < cheapest_) {
        cheapest_ = niche;
        found_at_ = progress_.evaluations;
      }
      break;
    }
    if (cheapest_ == niches_.count()) return false;
    return progress_.evaluations >= found_at_ + std::max(found_at_, kPatience);
  }

  /// The cheapest program whose error is small enough.
  std::optional<std::size_t> find_wanted(const std::vector<FrontProgram>& front) {
    if (!(config_.accuracy > 0)) return std::nullopt;
    for (std::size_t k = 0; k < front.size(); ++k) {
      if (!(front[k].max_error <= config_.accuracy)) continue;
      tell("proving what is wanted");
      if (!provisions_.is_proven || provisions_.is_proven(front[k].program)) return k;
    }
    return std::nullopt;
  }

  std::function<bool(const ir::Program&)> accepts() const {
    return [this](const ir::Program& program) {
      return examination_.requirements().holds(program) &&
             (!provisions_.accept || provisions_.accept(program));
    };
  }

  /// What a search goes on from, with the configuration.
  static auto fields(auto& search) {
    return std::tie(search.epoch_, search.epoch_end_, search.progress_, search.pool_,
                    search.islands_, search.known_, search.aim_, search.cheapest_,
                    search.found_at_);
  }

 private:
  std::string state() {
    progress_.seconds = stopwatch_.elapsed();
    return encode(*this);
  }

  void go_on_from(std::string_view state) {
    decode(state, *this);
    pool_.check();
    for (Island& island : islands_) island.check();
    if (progress_.best_error.size() != static_cast<std::size_t>(niches_.count()) ||
        (epoch_ > 0 && pool_.occupied().empty()) || !(progress_.seconds >= 0) || !(aim_ > 0) ||
        cheapest_ < 0 || cheapest_ > niches_.count()) {
      throw DamagedState("the figures do not belong to this search");
    }
    stopwatch_.go_on_from(progress_.seconds);
  }

  bool over() const {
    return stop_.stop_requested() || progress_.evaluations >= config_.evaluations ||
           stopwatch_.elapsed() >= search_end_;
  }

  /// Tells what is being done, about once a second; from any thread. Asked while exact values are
  /// made: whether to leave that.
  bool hurry() {
    tell("preparing: exact values");
    return stop_.stop_requested();
  }

  bool verification_over() {
    if (!prepared_) return hurry();
    return deadline_.front_passed();
  }

  void tell(const std::string& what) {
    if (!provisions_.on_phase) return;
    const std::unique_lock lock(telling_, std::try_to_lock);
    if (lock.owns_lock()) provisions_.on_phase(stopwatch_.elapsed(), what);
  }

  /// Keeps as much of the time as the verification will take, by what it takes for one program; at
  /// most half of it.
  void plan_verification() {
    search_end_ = config_.seconds;
    if (!std::isfinite(config_.seconds)) return;
    constexpr double kLeast = 0.05;
    constexpr double kMost = 0.5;
    constexpr double kEach = 4;  // as much as the empty program: two looks, levelling
    const auto begin = StopDeadline::Clock::now();
    verify_(ir::Program{});
    const auto now = StopDeadline::Clock::now();
    const double one = std::chrono::duration<double>(now - begin).count();
    const double programs = 2.0 * config_.max_operations / tbb::this_task_arena::max_concurrency();
    const double share = std::clamp(kEach * programs * one / config_.seconds, kLeast, kMost);
    const double left = config_.seconds - provisions_.seconds_kept;
    search_end_ = left - share * config_.seconds;
    const double remaining = std::max(0.0, left - stopwatch_.elapsed());
    deadline_.end_at(now + std::chrono::duration_cast<StopDeadline::Clock::duration>(
                               std::chrono::duration<double>(remaining)));
  }

  /// The first epoch's islands are all new, the first kSettled with what is known; later, these go
  /// on from the pool.
  void start_islands() {
    islands_.clear();
    epoch_end_ = progress_.evaluations + kIslands * kEpoch;
    for (int i = 0; i < kIslands; ++i) {
      const std::uint64_t identity = epoch_ * kIslands + static_cast<std::uint64_t>(i);
      const bool settled = config_.parts.selection && epoch_ > 0 && i < kSettled;
      Island& island =
          islands_.emplace_back(config_.seed, identity,
                                settled ? pool_
                                        : Archive(niches_, kCapacity, config_.parts.selection,
                                                  config_.parts.duplicate_detection));
      if (!settled) {
        std::vector<Offspring> first = breeders_.local().first_programs();
        if (epoch_ == 0 && i < kSettled) add_known(first);
        island.take(first);
      }
    }
  }

  /// What is known, in the form of the search.
  void add_known(std::vector<Offspring>& first) {
    for (const KnownProgram& known : known_) {
      const std::optional<ir::Program> program = normal_form(known.program, config_);
      if (!program || static_cast<int>(program->code.size()) > config_.max_operations) continue;
      first.push_back(breeders_.local().examined(*program));
    }
  }

  /// All of it or, where a stop leaves no time, nothing.
  void run_generation() {
    std::vector<Offspring> children(kIslands * kChildren);
    std::atomic<bool> complete = true;
    parallel::for_each_index(0, kIslands * kChildren, [&](int k) {
      if (deadline_.passed(kBatchDeadline)) {
        complete = false;
        return;
      }
      const Island& island = islands_[k / kChildren];
      children[k] =
          breeders_.local().breed(island.archive(), island.tried(), island.stream(k % kChildren));
    });
    if (!complete) return;
    for (int i = 0; i < kIslands; ++i) {
      const std::span<Offspring> brood(children.data() + i * kChildren, kChildren);
      for (const Offspring& child : brood) {
        ++progress_.children;
        progress_.duplicates += child.duplicate ? 1 : 0;
        progress_.evaluations += child.evaluations;
        progress_.fits += child.fits;
        if (!config_.parts.selection && child.entry) {
          // Without selection the archive may drop the best program; the pool keeps it.
          numbers::Random random = islands_[i].stream(kChildren + 1);
          note_error(niches_.of(child.entry->program), child.entry->error);
          pool_.insert(*child.entry, random);
        }
      }
      islands_[i].take(brood);
      note_best(islands_[i].archive());
    }
  }

  void note_best(const Archive& archive) {
    for (const int niche : archive.occupied()) note_error(niche, archive.at(niche).front().error);
  }

  void note_error(int niche, double error) {
    double& best = progress_.best_error[niche];
    if (!(error < best)) return;
    best = error;
    clock_.note_improvement();
  }

  void merge(Archive& pool) const {
    numbers::Random random{config_.seed, ~std::uint64_t{0}, islands_.front().identity()};
    for (const Island& island : islands_) {
      for (const int niche : island.archive().occupied()) {
        for (const Entry& entry : island.archive().at(niche)) pool.insert(entry, random);
      }
    }
  }

  void report() {
    if (!on_progress_ || !stopwatch_.report_due()) return;
    progress_.seconds = stopwatch_.elapsed();
    on_progress_(progress_);
  }

  const targets::Target& target_;
  const SearchConfig& config_;
  const Provisions& provisions_;
  const std::function<void(const Progress&)>& on_progress_;
  std::stop_token stop_;
  StopDeadline deadline_;
  SaveClock clock_;
  Stopwatch stopwatch_;
  std::mutex telling_;
  std::atomic<bool> prepared_ = false;
  double search_end_ = 0;  ///< in seconds; verification follows
  Niches niches_;
  std::function<bool()> preparing_;
  Nodes<kBlocks> nodes_;
  Examination examination_;
  targets::Verifier verify_;
  tbb::enumerable_thread_specific<Breeder<kBlocks>> breeders_;
  std::uint64_t epoch_ = 0;
  std::uint64_t epoch_end_ = 0;  ///< in evaluations
  std::vector<Island> islands_;
  std::vector<KnownProgram> known_;
  Archive pool_;
  double aim_ = 1;              ///< share of the accuracy that the nodes have to show
  int cheapest_;                ///< niche that has it
  std::uint64_t found_at_ = 0;  ///< evaluations then
  Progress progress_;
};

/// Figures by operations with those of the substitution.
Progress behind_substitution(Progress progress, std::size_t steps) {
  progress.best_error.insert(progress.best_error.begin(), steps,
                             std::numeric_limits<double>::infinity());
  return progress;
}

/// A search over functions of the substitution's t; what it finds begins with the substitution.
SearchResult search_unbounded(const targets::Target& target, SearchConfig config,
                              const std::function<void(const Progress&)>& on_progress,
                              std::stop_token stop, const Continuation& continuation,
                              const Provisions& provisions) {
  const targets::Substitution substitution = targets::substitution_for(target.domain);
  const std::size_t steps = substitution.forward.code.size();
  config.max_operations -= static_cast<int>(steps);
  if (config.max_operations < 1) {
    throw std::invalid_argument(
        fmt::format("max_operations must be at least {} on this domain: {} are those of {}",
                    steps + 1, steps, substitution.text));
  }
  SearchResult result = search(
      targets::bounded(target), config,
      [&](const Progress& progress) {
        if (on_progress) on_progress(behind_substitution(progress, steps));
      },
      std::move(stop), continuation, provisions);
  result.progress = behind_substitution(std::move(result.progress), steps);
  for (double& cost : result.left_out) cost += config.costs.of(substitution.forward);
  for (KnownProgram& known : result.known) {
    known.program = targets::composed(known.program, substitution.forward);
    known.method += ", " + substitution.text;
  }
  const targets::Verifier verify(target);
  for (FrontProgram& each : result.front) {
    each.program = targets::composed(each.program, substitution.forward);
    each.operations = static_cast<int>(each.program.code.size());
    each.cost = config.costs.of(each.program);
    if (!each.method.empty()) each.method += ", " + substitution.text;
    const targets::Verification verified = verify(each.program);
    each.max_error = verified.max_error;
    each.max_error_f64 = verified.max_error_f64;
    each.worst_x = verified.worst_x;
  }
  return result;
}

}  // namespace

SearchResult search(const targets::Target& target, const SearchConfig& config,
                    const std::function<void(const Progress&)>& on_progress, std::stop_token stop,
                    const Continuation& continuation, const Provisions& provisions) {
  check(config);
  if (!target.domain.is_bounded()) {
    return search_unbounded(target, config, on_progress, std::move(stop), continuation, provisions);
  }
  // Longer programs bend more often between the nodes.
  constexpr int kLong = 12;
  return parallel::with_threads(config.threads, [&] {
    // So do those on several intervals, of which each has a share of the nodes.
    if (config.max_operations > kLong || !target.domain.parts.empty()) {
      return Search<8>(target, config, on_progress, stop, continuation, provisions).run();
    }
    return Search<4>(target, config, on_progress, stop, continuation, provisions).run();
  });
}

}  // namespace ulpforge::evo
