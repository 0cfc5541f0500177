// The pairs that candidates are measured at, and what they are worth there.
//
// A format of at most 256 numbers is measured at every pair of its set. Of larger ones at every
// pair of significands, each with exponents and signs at random, and at pairs with exponents at the
// ends of their range, results next to overflow and underflow, and what is no normal number;
// whoever wants to know more asks targets/scores/pair_figures.h.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "evo/pairs/pair_lanes.h"
#include "targets/scores/pair_figures.h"

namespace ulpforge::evo::pairs {

struct PairGoal {
  targets::PairMetric metric = targets::PairMetric::Ulp;
  targets::PairObjective objective = targets::PairObjective::Max;
};

struct PairMerit {
  /// Pairs whose result is wrong in kind: NaN where a number is due, no infinity at an overflow, a
  /// zero of the wrong sign where every pair counts.
  std::uint64_t wrong = 0;
  double error = std::numeric_limits<double>::infinity();  ///< the goal's, where nothing is wrong
  std::uint64_t behaviour = 0;  ///< a hash of the results at the first pairs

  bool better_than(const PairMerit& other) const {
    return wrong != other.wrong ? wrong < other.wrong : error < other.error;
  }
};

class PairSample {
 public:
  /// Needs no more than a moment for 8 bits, unless exact values have to come from MPFR.
  PairSample(const targets::PairFunction& function, PairGoal goal);

  const PairGoal& goal() const { return goal_; }
  const numbers::ShortFormat& format() const { return format_; }
  std::size_t size() const { return measured_; }
  bool is_every_pair() const { return every_pair_; }

  /// Of a contracted program. What is worse than `limit` has an infinite error, as soon as the
  /// pairs that were seen leave next to no doubt; so has what behaves like one of `known`.
  PairMerit measure(const ir::Program& program, const PairMerit& limit, PairLanes& lanes,
                    std::span<const std::uint64_t> known = {}) const;

 private:
  struct Block {
    PairLanes::Row x, y;
  };
  struct Errors {
    std::array<double, kPairLanes> f, factor;  ///< an error is (y - f) factor; 0 where none counts
  };
  struct Demands {
    PairLanes::Row due;  ///< the pattern, of NaNs the format's
    std::size_t count;
  };
  void add_errors(const std::vector<std::array<std::uint32_t, 2>>& pairs,
                  const std::vector<double>& f);
  void add_demands(const std::vector<std::array<std::uint32_t, 2>>& pairs,
                   const std::vector<std::uint32_t>& due);

  numbers::ShortFormat format_;
  PairGoal goal_;
  bool every_pair_ = true;
  std::size_t measured_ = 0;
  std::size_t counted_ = 0;             ///< pairs whose errors count
  std::vector<double> values_;          ///< by pattern; infinities as judged, NaN
  std::vector<std::int32_t> patterns_;  ///< by pattern; all NaNs are one
  std::vector<Block> error_blocks_;
  std::vector<Errors> errors_;
  std::vector<Block> demand_blocks_;
  std::vector<Demands> demands_;
};

}  // namespace ulpforge::evo::pairs
