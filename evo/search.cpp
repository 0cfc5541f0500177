// The schedule: islands that start from the empty program, run side by side and merge.
#include "evo/search.h"

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>

#include "evo/budget.h"
#include "evo/cma_es.h"
#include "evo/finalists.h"
#include "evo/island.h"
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
/// start from the empty program again.
constexpr int kSettled = 2;
/// Children of one island in a generation; those of all islands are made in parallel.
constexpr int kChildren = 64;
/// Evaluations of each island in an epoch: then they merge. One archive saturates after a minute.
constexpr std::uint64_t kEpoch = 15'000'000;
/// Entries for each operation count.
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
    using enum ir::Op;
    if (op != Add && op != Sub && op != Mul && op != Div && op != Sqrt) {
      throw std::invalid_argument(fmt::format(
          "operation {} cannot be searched with; use add, sub, mul, div, sqrt", ir::info(op).name));
    }
  }
  check_budget(config.threads, config.seconds, config.evaluations);
  if (config.parts.fitting == Fitting::CmaEs && !have_cma_es()) {
    throw std::invalid_argument(
        "fitting cmaes needs a build with pagmo 2 (Debian: libpagmo-dev); give lm or none");
  }
}

template <int kBlocks>
class Search {
 public:
  Search(const targets::Target& target, const SearchConfig& config,
         const std::function<void(const Progress&)>& on_progress, std::stop_token stop,
         const Continuation& continuation)
      : target_(target),
        config_(config),
        on_progress_(on_progress),
        stop_(std::move(stop)),
        deadline_(stop_),
        clock_(continuation),
        nodes_(make_nodes<kBlocks>(target)),
        examination_(target),
        breeders_([this] { return Breeder<kBlocks>(nodes_, examination_, config_); }),
        pool_(config.max_operations, kCapacity) {
    progress_.best_error.assign(static_cast<std::size_t>(config.max_operations) + 1,
                                std::numeric_limits<double>::infinity());
    start_islands();
    if (!continuation.state.empty()) go_on_from(continuation.state);
  }

  SearchResult run() {
    while (!over()) {
      if (progress_.evaluations >= epoch_end_) {
        merge();
        ++epoch_;
        start_islands();
      }
      run_generation();
      report();
      clock_.offer([this] { return state(); });
    }
    clock_.offer([this] { return state(); }, true);
    merge();
    SearchResult result;
    result.interrupted = stop_.stop_requested();
    Front front = choose_front(target_, pool_, examination_.nodes(), deadline_);
    result.front = std::move(front.programs);
    result.left_out = std::move(front.left_out);
    progress_.seconds = stopwatch_.elapsed();
    result.progress = progress_;
    result.saving = clock_.spent();
    return result;
  }

  /// What a search goes on from, with the configuration.
  static auto fields(auto& search) {
    return std::tie(search.epoch_, search.epoch_end_, search.progress_, search.pool_,
                    search.islands_);
  }

 private:
  std::string state() {
    progress_.seconds = stopwatch_.elapsed();
    return encode(*this);
  }

  void go_on_from(std::string_view state) {
    decode(state, *this);
    pool_.check(config_.max_operations);
    for (Island& island : islands_) island.check(config_.max_operations);
    if (progress_.best_error.size() != static_cast<std::size_t>(config_.max_operations) + 1 ||
        (epoch_ > 0 && pool_.occupied().empty()) || !(progress_.seconds >= 0)) {
      throw DamagedState("the figures do not belong to this search");
    }
    stopwatch_.go_on_from(progress_.seconds);
  }

  bool over() const {
    return stop_.stop_requested() || progress_.evaluations >= config_.evaluations ||
           stopwatch_.elapsed() >= config_.seconds;
  }

  /// The first epoch's islands are all new; later, the first kSettled go on from the pool.
  void start_islands() {
    islands_.clear();
    epoch_end_ = progress_.evaluations + kIslands * kEpoch;
    for (int i = 0; i < kIslands; ++i) {
      const std::uint64_t identity = epoch_ * kIslands + static_cast<std::uint64_t>(i);
      const bool settled = config_.parts.selection && epoch_ > 0 && i < kSettled;
      Island& island = islands_.emplace_back(
          config_.seed, identity,
          settled ? pool_
                  : Archive(config_.max_operations, kCapacity, config_.parts.selection,
                            config_.parts.duplicate_detection));
      if (!settled) {
        std::vector<Offspring> first = breeders_.local().first_programs();
        island.take(first);
      }
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
          // Nothing else remembers the best.
          numbers::Random random = islands_[i].stream(kChildren + 1);
          note_error(child.entry->operations(), child.entry->error);
          pool_.insert(*child.entry, random);
        }
      }
      islands_[i].take(brood);
      note_best(islands_[i].archive());
    }
  }

  void note_best(const Archive& archive) {
    for (const int operations : archive.occupied()) {
      note_error(operations, archive.at(operations).front().error);
    }
  }

  void note_error(int operations, double error) {
    double& best = progress_.best_error[operations];
    if (!(error < best)) return;
    best = error;
    clock_.note_improvement();
  }

  void merge() {
    numbers::Random random{config_.seed, ~std::uint64_t{0}, islands_.front().identity()};
    for (const Island& island : islands_) {
      for (const int operations : island.archive().occupied()) {
        for (const Entry& entry : island.archive().at(operations)) pool_.insert(entry, random);
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
  const std::function<void(const Progress&)>& on_progress_;
  std::stop_token stop_;
  StopDeadline deadline_;
  SaveClock clock_;
  Stopwatch stopwatch_;
  Nodes<kBlocks> nodes_;
  Examination examination_;
  tbb::enumerable_thread_specific<Breeder<kBlocks>> breeders_;
  std::uint64_t epoch_ = 0;
  std::uint64_t epoch_end_ = 0;  ///< in evaluations
  std::vector<Island> islands_;
  Archive pool_;
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
                              std::stop_token stop, const Continuation& continuation) {
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
      std::move(stop), continuation);
  result.progress = behind_substitution(std::move(result.progress), steps);
  for (int& operations : result.left_out) operations += static_cast<int>(steps);
  const targets::Verifier verify(target);
  for (FrontProgram& each : result.front) {
    each.program = targets::composed(each.program, substitution.forward);
    each.operations = static_cast<int>(each.program.code.size());
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
                    const Continuation& continuation) {
  check(config);
  if (!target.domain.is_bounded()) {
    return search_unbounded(target, config, on_progress, std::move(stop), continuation);
  }
  // Longer programs bend more often between the nodes.
  constexpr int kLong = 12;
  return parallel::with_threads(config.threads, [&] {
    if (config.max_operations > kLong) {
      return Search<8>(target, config, on_progress, stop, continuation).run();
    }
    return Search<4>(target, config, on_progress, stop, continuation).run();
  });
}

}  // namespace ulpforge::evo
