// Islands side by side, exchanging what is best between rounds.
#include "evo/pairs/pair_search.h"

#include <algorithm>
#include <chrono>

#include "evo/pairs/pair_program.h"
#include "parallel/parallel.h"

namespace ulpforge::evo::pairs {
namespace {

using numbers::Random;

constexpr std::size_t kIslands = 16;
constexpr std::size_t kNiche = 24;                ///< programs of one length on an island
constexpr std::uint64_t kRound = 4000;            ///< evaluations of an island between exchanges
constexpr std::size_t kFinalists = 4;             ///< of each length
constexpr std::uint64_t kRoundsOfAnIsland = 400;  ///< after which the worst begins anew

/// The best programs of each length.
class Island {
 public:
  Island(const PairSample& sample, const PairMaterial& material)
      : sample_(&sample), material_(&material), niches_(material.max_operations + 1) {}

  /// Keeps the program if it is one of the best of its length; whether it is the best now.
  bool add(PairCandidate candidate) {
    std::vector<PairCandidate>& niche = niches_[candidate.program.code.size()];
    const auto same = std::ranges::find_if(niche, [&](const PairCandidate& other) {
      return other.merit.behaviour == candidate.merit.behaviour &&
             other.merit.error == candidate.merit.error &&
             other.merit.wrong == candidate.merit.wrong;
    });
    if (same != niche.end()) {
      // Another way to the same results: what it can become differs.
      same->program = std::move(candidate.program);
      return false;
    }
    const auto place = std::ranges::find_if(niche, [&](const PairCandidate& other) {
      return candidate.merit.better_than(other.merit);
    });
    const bool best = place == niche.begin();
    if (place == niche.end() && niche.size() == kNiche) return false;
    niche.insert(place, std::move(candidate));
    if (niche.size() > kNiche) niche.pop_back();
    return best;
  }

  void try_program(const ir::Program& program) {
    ++evaluations_;
    // Another way to the results of a known program is of use now and then; what differs from it at
    // a few pairs alone matters where the largest error does.
    const bool looks_again =
        sample_->goal().objective == targets::PairObjective::Max || evaluations_ % 8 == 0;
    known_.clear();
    if (!looks_again) {
      for (const PairCandidate& other : niches_[program.code.size()]) {
        known_.push_back(other.merit.behaviour);
      }
    }
    const PairMerit merit = sample_->measure(program, limit(program.code.size()), lanes_, known_);
    if (merit.error == HUGE_VAL) return;
    if (add({program, merit})) improve(program, 1);
  }

  /// A round of children.
  void evolve(Random random, std::uint64_t evaluations) {
    const std::uint64_t end = evaluations_ + evaluations;
    while (evaluations_ < end) {
      const ir::Program& first = parent(random).program;
      const ir::Program& second = parent(random).program;
      const ir::Program child = mutated(first, second, *material_, random);
      // Machine programs have no constant results.
      if (child.code.size() > material_->max_operations || child.result.is_constant()) {
        ++evaluations_;
        continue;
      }
      try_program(child);
    }
  }

  const std::vector<std::vector<PairCandidate>>& niches() const { return niches_; }
  std::uint64_t evaluations() const { return evaluations_; }
  void forget() {
    for (auto& niche : niches_) niche.clear();
  }

 private:
  PairMerit limit(std::size_t length) const {
    const std::vector<PairCandidate>& niche = niches_[length];
    if (niche.size() < kNiche) return {~std::uint64_t{0}, HUGE_VAL, 0};
    return niche.back().merit;
  }

  const PairCandidate& parent(Random& random) {
    while (true) {
      const std::vector<PairCandidate>& niche = niches_[random.below(niches_.size())];
      if (niche.empty()) continue;
      const double u = random.uniform();
      return niche[static_cast<std::size_t>(u * u * static_cast<double>(niche.size()))];
    }
  }

  /// Constants of a new best program, a step at a time, as long as that helps.
  void improve(ir::Program program, int depth) {
    for (bool better = true; better && depth < 20; ++depth) {
      better = false;
      const std::size_t length = program.code.size();
      for (std::size_t k = 0; k < program.constants.size() && !better; ++k) {
        for (const ir::Program& near : with_constant_near(program, k, material_->bits)) {
          const ir::Program next = cleaned(near);
          ++evaluations_;
          const PairMerit merit = sample_->measure(next, niches_[length].front().merit, lanes_);
          if (merit.error == HUGE_VAL || !merit.better_than(niches_[length].front().merit))
            continue;
          add({next, merit});
          program = next;
          better = true;
          break;
        }
      }
    }
  }

  const PairSample* sample_;
  const PairMaterial* material_;
  std::vector<std::vector<PairCandidate>> niches_;
  PairLanes lanes_;
  std::vector<std::uint64_t> known_;  ///< behaviours, for a measurement
  std::uint64_t evaluations_ = 0;
};

std::vector<std::vector<PairCandidate>> best_of(const std::vector<Island>& islands) {
  std::vector<std::vector<PairCandidate>> all(islands.front().niches().size());
  for (std::size_t length = 0; length < all.size(); ++length) {
    for (const Island& island : islands) {
      const auto& niche = island.niches()[length];
      for (std::size_t k = 0; k < std::min(kFinalists, niche.size()); ++k) {
        const bool known = std::ranges::any_of(all[length], [&](const PairCandidate& other) {
          return other.merit.behaviour == niche[k].merit.behaviour &&
                 other.merit.error == niche[k].merit.error;
        });
        if (!known) all[length].push_back(niche[k]);
      }
    }
    std::ranges::stable_sort(all[length], [](const PairCandidate& a, const PairCandidate& b) {
      return a.merit.better_than(b.merit);
    });
    if (all[length].size() > kFinalists) all[length].resize(kFinalists);
  }
  return all;
}

std::vector<PairCandidate> front_of(const std::vector<std::vector<PairCandidate>>& by_length) {
  std::vector<PairCandidate> front;
  for (const auto& candidates : by_length) {
    if (candidates.empty() || candidates.front().merit.wrong > 0) continue;
    if (!front.empty() && !candidates.front().merit.better_than(front.back().merit)) continue;
    front.push_back(candidates.front());
  }
  return front;
}

}  // namespace

PairSearchResult search_pairs(const PairSample& sample, const std::vector<ir::Program>& seeds,
                              const PairSearchConfig& config,
                              const std::function<void(const PairProgress&)>& show,
                              std::stop_token stop) {
  const auto start = std::chrono::steady_clock::now();
  const PairMaterial material =
      pair_material(sample.format(), config.operations, config.max_operations);
  std::vector<Island> islands(kIslands, Island(sample, material));
  // Half of the islands know nothing but the inputs.
  for (std::size_t k = 0; k < kIslands; ++k) {
    islands[k].try_program(empty_program());
    if (k % 2 != 0) continue;
    for (const ir::Program& seed : seeds) {
      if (seed.code.size() <= config.max_operations) islands[k].try_program(seed);
    }
  }
  PairSearchResult result;
  PairProgress& progress = result.progress;
  const auto note = [&] {
    progress.evaluations = 0;
    for (const Island& island : islands) progress.evaluations += island.evaluations();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    progress.seconds = seconds.count();
  };
  note();
  parallel::with_threads(config.threads, [&] {
    for (std::uint64_t round = 0; progress.evaluations < config.evaluations &&
                                  progress.seconds < config.seconds && !stop.stop_requested();
         ++round) {
      const std::uint64_t left = config.evaluations - progress.evaluations;
      const std::uint64_t quota = std::min(kRound, (left + kIslands - 1) / kIslands);
      parallel::for_each_index(std::size_t{0}, kIslands, [&](std::size_t k) {
        islands[k].evolve(Random{config.seed, k, round}, quota);
      });
      note();
      result.by_length = best_of(islands);
      progress.front = front_of(result.by_length);
      if (show) show(progress);
      // What is best on an island goes to the next one, now and then; the islands that know nothing
      // keep to themselves for a while.
      if (round % 8 == 7) {
        Random random{config.seed, kIslands, round};
        const std::size_t step = 2 * (1 + random.below(kIslands / 2 - 1));
        const std::vector<Island> before = islands;
        for (std::size_t k = 0; k < kIslands; ++k) {
          for (const auto& niche : before[(k + step) % kIslands].niches()) {
            if (!niche.empty()) islands[k].add(niche.front());
          }
        }
      }
      // Half of them begin anew after a while, with what their neighbours know.
      if (round % kRoundsOfAnIsland == kRoundsOfAnIsland - 1) {
        const std::vector<Island> before = islands;
        for (std::size_t k = 1; k < kIslands; k += 4) {
          islands[k].forget();
          islands[k].try_program(empty_program());
        }
        for (std::size_t k = 3; k < kIslands; k += 4) {
          for (const auto& niche : before[k - 1].niches()) {
            if (!niche.empty()) islands[k].add(niche.front());
          }
        }
      }
    }
    return 0;
  });
  if (result.by_length.empty()) {
    result.by_length = best_of(islands);
    progress.front = front_of(result.by_length);
  }
  return result;
}

}  // namespace ulpforge::evo::pairs
