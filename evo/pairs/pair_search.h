// The search for programs of two patterns: islands of programs, the best of each length, from which
// children are made by mutation and kept by their error at the sample's pairs.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <stop_token>
#include <vector>

#include "evo/pairs/pair_mutation.h"
#include "evo/pairs/pair_sample.h"

namespace ulpforge::evo::pairs {

struct PairSearchConfig {
  std::vector<ir::Op> operations;  ///< of integer_operations()
  std::size_t max_operations = 12;
  std::uint64_t seed = 1;
  int threads = 0;  ///< 0: one per core; the result does not depend on it
  std::uint64_t evaluations = std::numeric_limits<std::uint64_t>::max();
  double seconds = std::numeric_limits<double>::infinity();
};

/// A program, contracted, and its merit at the sample.
struct PairCandidate {
  ir::Program program;
  PairMerit merit;
};

struct PairProgress {
  double seconds = 0;
  std::uint64_t evaluations = 0;
  /// Of each length the best so far, those that are better than all shorter ones.
  std::vector<PairCandidate> front;
};

struct PairSearchResult {
  PairProgress progress;
  /// Of each length the best few of all islands, better ones first.
  std::vector<std::vector<PairCandidate>> by_length;
};

/// `seeds` are contracted programs. Ends when a budget is used up or `stop` asks for it. The same
/// seed and evaluations give the same result.
PairSearchResult search_pairs(const PairSample& sample, const std::vector<ir::Program>& seeds,
                              const PairSearchConfig& config,
                              const std::function<void(const PairProgress&)>& show,
                              std::stop_token stop);

}  // namespace ulpforge::evo::pairs
