// Rounds of tasks, done by threads, merged in order.
#include "validate/hunt.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <barrier>
#include <chrono>
#include <cmath>
#include <exception>
#include <mutex>
#include <set>
#include <stdexcept>

#include "parallel/threads.h"
#include "validate/directed_inputs.h"
#include "validate/examiner.h"

namespace ulpforge::validate {
namespace {

constexpr std::size_t kTasks = 96;         ///< in a round
constexpr std::size_t kSample = 12288;     ///< inputs of a task
constexpr std::size_t kVariations = 8;     ///< of a parent in a task
constexpr std::size_t kTieRuns = 32;       ///< runs of consecutive inputs in a task
constexpr std::size_t kFirstSample = 256;  ///< of each region, once
constexpr std::size_t kList = 512;         ///< given inputs of a task
constexpr std::size_t kResults = 2048;     ///< inputs of a task that spreads results
constexpr std::size_t kMostJudged = 64;    ///< candidates for a record that a round decides
constexpr std::size_t kExamples = 16;
/// Of the time, for the audit at the end.
constexpr double kAuditShare = 0.05;
constexpr std::size_t kPieces = 1 << 17;
/// Above this error near ties are nothing special.
constexpr double kNearlyRounded = 0.75;

struct Task {
  enum class Kind { List, Sample, NearTies, Vary, Climb, ClimbOn, Results, Powers, Audit };
  Kind kind = Kind::Sample;
  std::size_t leaf = 0;
  std::size_t count = 0;
  Point parent{};
  std::span<const Point> points{};
};

bool of_the_worst(Task::Kind kind) {
  return kind == Task::Kind::Vary || kind == Task::Kind::ClimbOn;
}

/// What each twelve tasks of the search do. Those of the worst begin with an input of the pool, the
/// sample at kAnywhere is of any region, the others are of promising ones.
constexpr std::array kShares = {Task::Kind::Vary,    Task::Kind::ClimbOn, Task::Kind::ClimbOn,
                                Task::Kind::ClimbOn, Task::Kind::Sample,  Task::Kind::Climb,
                                Task::Kind::Climb,   Task::Kind::Sample,  Task::Kind::Sample,
                                Task::Kind::Sample,  Task::Kind::Sample,  Task::Kind::Sample};
constexpr std::array kNearlyRoundedShares = {
    Task::Kind::Vary,     Task::Kind::ClimbOn,  Task::Kind::ClimbOn,  Task::Kind::Climb,
    Task::Kind::Sample,   Task::Kind::Sample,   Task::Kind::Sample,   Task::Kind::Sample,
    Task::Kind::NearTies, Task::Kind::NearTies, Task::Kind::NearTies, Task::Kind::NearTies};
constexpr std::size_t kAnywhere = 4;
/// With two inputs, in place of what is there.
constexpr std::array<std::size_t, 2> kByResults = {6, 8};
constexpr std::size_t kByPowers = 7;
static_assert(kShares.size() == kNearlyRoundedShares.size() &&
              kShares[kAnywhere] == Task::Kind::Sample &&
              kNearlyRoundedShares[kAnywhere] == Task::Kind::Sample);

/// The worst inputs found: no two of them from one climb, and few from one niche, so that where the
/// search stands first is not where all of it stays.
class Pool {
 public:
  explicit Pool(const Patterns& patterns)
      : patterns_(patterns),
        log_near_(std::min(kLogClimb, patterns.mantissa_bits() / 2)),
        log_niche_(patterns.mantissa_bits() - kLogNiches) {}
  void add(const Suspect& suspect) {
    // The one that has to go, if any: the worst of an overfull niche, or of all.
    std::size_t out = suspects_.size();
    std::size_t in_niche = 0;
    for (std::size_t i = 0; i < suspects_.size(); ++i) {
      if (close(suspects_[i].point, suspect.point, log_near_)) {
        out = i;
        in_niche = kNiche;
        break;
      }
      if (!close(suspects_[i].point, suspect.point, log_niche_)) continue;
      out = i;
      ++in_niche;
    }
    if (in_niche < kNiche) out = suspects_.size() < kPool ? suspects_.size() : kPool - 1;
    if (out == suspects_.size()) {
      suspects_.push_back(suspect);
    } else if (suspect.error > suspects_[out].error) {
      suspects_[out] = suspect;
    } else {
      return;
    }
    std::stable_sort(suspects_.begin(), suspects_.end(),
                     [](const Suspect& a, const Suspect& b) { return a.error > b.error; });
  }
  const std::vector<Suspect>& suspects() const { return suspects_; }

 private:
  static constexpr std::size_t kPool = 96;
  static constexpr std::size_t kNiche = 6;
  static constexpr int kLogNiches = 10;  ///< in a binade

  bool close(const Point& a, const Point& b, int log_distance) const {
    for (std::size_t i = 0; i < a.size(); ++i) {
      const std::uint64_t p = patterns_.pattern(a[i]);
      const std::uint64_t q = patterns_.pattern(b[i]);
      if ((p > q ? p - q : q - p) >> log_distance != 0) return false;
    }
    return true;
  }

  Patterns patterns_;
  int log_near_;
  int log_niche_;
  std::vector<Suspect> suspects_;  ///< the largest error first
};

class Hunt {
 public:
  Hunt(const ir::Program& target, const HuntOptions& options,
       const std::function<void(const HuntResult&)>& progress)
      : target_(target),
        options_(options),
        progress_(progress),
        pieces_(target, options.format, target.inputs == 1 ? kPieces : 0),
        regions_(options.format, target.inputs),
        pool_(Patterns(options.format)),
        start_(std::chrono::steady_clock::now()) {}

  HuntResult run(const std::function<HuntRoutine()>& make_routine);

 private:
  bool plan();
  void plan_lists();
  void plan_sweep();
  void plan_search();
  void plan_audit();
  void work(Examiner& examiner);
  void show();
  void merge();
  void settle_records(std::vector<Suspect> candidates);
  bool exhausted();
  bool cut_off() const;
  double elapsed() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }
  /// The random numbers of a task of this round.
  Random stream(std::uint64_t task) const {
    Random random{options_.seed, round_, task};
    random.bits();  // a seed's hunts have always begun with the second one
    return random;
  }
  double record() const {
    return result_.records.empty() ? 0 : std::abs(result_.records.back().error);
  }

  const ir::Program& target_;
  const HuntOptions& options_;
  const std::function<void(const HuntResult&)>& progress_;
  Pieces pieces_;
  Regions regions_;
  Pool pool_;
  std::chrono::steady_clock::time_point start_;
  HuntResult result_;

  enum class Phase { Lists, Sweep, Search, Audit, Done } phase_ = Phase::Lists;
  std::vector<Point> directed_;
  std::size_t swept_ = 0;
  std::uint64_t round_ = 0;
  std::vector<Task> tasks_;
  std::vector<Findings> findings_;
  std::vector<std::uint64_t> audited_;
  std::vector<std::uint64_t> audit_failures_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::mutex show_mutex_;
  double shown_ = 0;
  std::exception_ptr failure_;
};

bool Hunt::exhausted() {
  if (options_.stop.stop_requested()) {
    result_.stopped = true;
    return true;
  }
  return (options_.evaluations > 0 && result_.evaluations >= options_.evaluations) || cut_off();
}

/// Whether a round is to be left where it is: what its tasks have found counts.
bool Hunt::cut_off() const {
  if (options_.stop.stop_requested()) return true;
  const bool auditing = phase_ == Phase::Audit || options_.audit == 0;
  return options_.seconds > 0 && elapsed() >= (auditing ? 1 : 1 - kAuditShare) * options_.seconds;
}

bool Hunt::plan() {
  tasks_.clear();
  if (phase_ == Phase::Lists) {
    plan_lists();
    phase_ = Phase::Sweep;
  } else if (phase_ == Phase::Audit) {
    phase_ = Phase::Done;
  } else if (exhausted() || failure_) {
    phase_ = Phase::Audit;
    if (!failure_ && !options_.stop.stop_requested()) plan_audit();
  } else if (phase_ == Phase::Sweep && swept_ < regions_.leaves().size()) {
    plan_sweep();
  } else {
    phase_ = Phase::Search;
    plan_search();
  }
  findings_.assign(tasks_.size(), {});
  audited_.assign(tasks_.size(), 0);
  audit_failures_.assign(tasks_.size(), 0);
  next_ = 0;
  ++round_;
  return phase_ != Phase::Done;
}

void Hunt::plan_lists() {
  directed_ = options_.known;
  const std::vector<Point> more = directed_inputs(target_, options_.format);
  // Each once, as bit patterns.
  const Patterns patterns(options_.format);
  std::set<std::array<std::uint64_t, 2>> seen;
  const auto is_old = [&](const Point& point) {
    return !seen.insert({patterns.pattern(point[0]), patterns.pattern(point[1])}).second;
  };
  directed_.insert(directed_.end(), more.begin(), more.end());
  std::erase_if(directed_, is_old);
  for (std::size_t i = 0; i < directed_.size(); i += kList) {
    Task task{.kind = Task::Kind::List};
    task.points = std::span(directed_).subspan(i, std::min(kList, directed_.size() - i));
    tasks_.push_back(task);
  }
}

void Hunt::plan_sweep() {
  // Regions that split on the way have been seen.
  constexpr std::size_t kSweep = 128;
  const std::size_t end = std::min(swept_ + kSweep, regions_.leaves().size());
  for (; swept_ < end; ++swept_) {
    tasks_.push_back({.kind = Task::Kind::Sample, .leaf = swept_, .count = kFirstSample});
  }
}

void Hunt::plan_search() {
  Random random = stream(kTasks);
  const bool ties = record() > 0.5 && record() < kNearlyRounded;
  const std::vector<std::size_t> best = regions_.promising(kTasks * 3 / 4);
  std::size_t next = 0;
  for (std::size_t i = 0; i < kTasks; ++i) {
    const std::size_t place = i % kShares.size();
    const Task::Kind kind = (ties ? kNearlyRoundedShares : kShares)[place];
    if (target_.inputs == 2 && place == kByPowers) {
      tasks_.push_back({.kind = Task::Kind::Powers, .count = kResults});
    } else if (target_.inputs == 2 && std::ranges::find(kByResults, place) != kByResults.end()) {
      tasks_.push_back({.kind = Task::Kind::Results, .count = kResults});
    } else if (of_the_worst(kind) && !pool_.suspects().empty()) {
      // The worst more often.
      const auto any = [&] { return random.below(pool_.suspects().size()); };
      const std::uint64_t k = std::min({any(), any(), any()});
      tasks_.push_back({.kind = kind, .count = kVariations, .parent = pool_.suspects()[k].point});
    } else if (place == kAnywhere) {
      tasks_.push_back({.kind = Task::Kind::Sample,
                        .leaf = random.below(regions_.leaves().size()),
                        .count = kSample});
    } else {
      tasks_.push_back({.kind = of_the_worst(kind) ? Task::Kind::Sample : kind,
                        .leaf = best[next++ % best.size()],
                        .count = kind == Task::Kind::NearTies ? kTieRuns : kSample});
    }
  }
}

void Hunt::plan_audit() {
  constexpr std::uint64_t kAudit = 256;
  for (std::uint64_t done = 0; done < options_.audit; done += kAudit) {
    tasks_.push_back({.kind = Task::Kind::Audit,
                      .count = static_cast<std::size_t>(std::min(kAudit, options_.audit - done))});
  }
}

/// Within a round, whose findings are not counted yet.
void Hunt::show() {
  constexpr double kOften = 0.5;
  const std::unique_lock lock(show_mutex_, std::try_to_lock);
  if (!progress_ || !lock || elapsed() < shown_ + kOften) return;
  shown_ = elapsed();
  HuntResult now = result_;
  now.seconds = shown_;
  progress_(now);
}

void Hunt::work(Examiner& examiner) {
  for (;;) {
    const std::size_t i = next_++;
    if (i >= tasks_.size() || cut_off()) return;
    const Task& task = tasks_[i];
    Random random = stream(i);
    try {
      switch (task.kind) {
        case Task::Kind::List:
          examiner.list(task.points);
          break;
        case Task::Kind::Sample:
          examiner.sample(regions_.leaves()[task.leaf].box, task.count, random);
          break;
        case Task::Kind::NearTies:
          for (std::size_t k = 0; k < task.count; ++k) {
            examiner.near_ties(regions_.leaves()[task.leaf].box, record(), random);
          }
          break;
        case Task::Kind::Vary:
          for (std::size_t k = 0; k < task.count; ++k) examiner.vary(task.parent, random);
          break;
        case Task::Kind::Climb:
          examiner.climb(regions_.leaves()[task.leaf].box, random);
          break;
        case Task::Kind::ClimbOn:
          examiner.climb(task.parent, random);
          break;
        case Task::Kind::Results:
          examiner.spread_over_results(task.count, random);
          break;
        case Task::Kind::Powers:
          examiner.powers_of_two_apart(task.count, random);
          break;
        case Task::Kind::Audit:
          audited_[i] = task.count;
          audit_failures_[i] = examiner.audit(task.count, random);
          break;
      }
      findings_[i] = examiner.take();
      show();
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      return;
    }
  }
}

void Hunt::merge() {
  if (phase_ == Phase::Audit) {
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
      result_.audited += audited_[i];
      result_.audit_failures += audit_failures_[i];
    }
    return;
  }
  std::vector<Suspect> candidates;
  const Patterns patterns(options_.format);
  const auto same = [&](const Point& a, const Point& b) {
    return patterns.pattern(a[0]) == patterns.pattern(b[0]) &&
           patterns.pattern(a[1]) == patterns.pattern(b[1]);
  };
  const auto keep = [&](std::vector<HuntSpecial>& all, const std::vector<HuntSpecial>& more) {
    for (const HuntSpecial& one : more) {
      const bool known = std::ranges::any_of(
          all, [&](const HuntSpecial& other) { return same(one.point, other.point); });
      if (!known && all.size() < kExamples) all.push_back(one);
    }
  };
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    const Findings& found = findings_[i];
    result_.evaluations += found.evaluations;
    result_.exact_calls += found.exact_calls;
    result_.special_error_count += found.special_error_count;
    result_.wrong_zero_count += found.wrong_zero_count;
    keep(result_.special_errors, found.special_errors);
    keep(result_.wrong_zeros, found.wrong_zeros);
    for (std::size_t k = 0; k < found.worst.size(); ++k) {
      candidates.push_back(found.worst[k]);
      pool_.add(found.worst[k]);
    }
  }
  // Splitting renames leaves that come later only.
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    const Task::Kind kind = tasks_[i].kind;
    if (kind != Task::Kind::Sample && kind != Task::Kind::NearTies) continue;
    if (findings_[i].considered > 0) {
      regions_.record(tasks_[i].leaf, findings_[i].considered, findings_[i].worst);
    }
  }
  settle_records(std::move(candidates));
}

void Hunt::settle_records(std::vector<Suspect> candidates) {
  std::stable_sort(candidates.begin(), candidates.end(), [](const Suspect& a, const Suspect& b) {
    return a.error + a.doubt > b.error + b.doubt;
  });
  HuntRecord best;
  std::size_t judged = 0;
  for (const Suspect& suspect : candidates) {
    const double to_beat = std::max(record(), std::abs(best.error));
    if (!(suspect.error + suspect.doubt > to_beat) || judged == kMostJudged) break;
    ++judged;
    ++result_.exact_calls;
    const Verdict verdict = judge(target_, suspect.point, suspect.result, options_);
    if (std::abs(verdict.error) > to_beat) {
      best = {verdict.error, suspect.point, suspect.result, result_.evaluations, elapsed()};
    }
  }
  if (best.error != 0) result_.records.push_back(best);
}

HuntResult Hunt::run(const std::function<HuntRoutine()>& make_routine) {
  const unsigned threads = std::max(1U, options_.threads);
  bool more = plan();
  // Between two rounds one thread merges what all have found and plans the next.
  const auto between = [&]() noexcept {
    try {
      if (!failure_) merge();
      result_.seconds = elapsed();
      if (progress_ && phase_ != Phase::Audit) progress_(result_);
      more = plan();
    } catch (...) {
      failure_ = std::current_exception();
      more = false;
    }
  };
  std::barrier barrier(static_cast<std::ptrdiff_t>(threads), between);
  const auto thread = [&] {
    std::optional<Examiner> examiner;
    try {
      examiner.emplace(target_, pieces_, options_, make_routine());
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
    }
    while (more) {
      if (examiner) work(*examiner);
      barrier.arrive_and_wait();
    }
  };
  parallel::on_threads(threads, thread);
  if (failure_) std::rethrow_exception(failure_);
  return std::move(result_);
}

}  // namespace

HuntResult hunt(const ir::Program& target, const std::function<HuntRoutine()>& make_routine,
                const HuntOptions& options,
                const std::function<void(const HuntResult&)>& progress) {
  if (options.seconds <= 0 && options.evaluations == 0) {
    throw std::invalid_argument("a hunt needs a limit: seconds or evaluations");
  }
  if (target.inputs < 1 || target.inputs > 2) {
    throw std::invalid_argument("a hunt takes functions of one or two numbers");
  }
  return Hunt(target, options, progress).run(make_routine);
}

}  // namespace ulpforge::validate
