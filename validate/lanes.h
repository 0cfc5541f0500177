// Whether the lanes of a vector routine depend on one another. Consecutive inputs share nearly
// every vector with their like, so that a measurement of them does not tell; here each lane's
// result is compared, bit for bit, with the one that the same input has in a vector of its own
// copies.
//
// The vectors: one input in all lanes but one, which holds another (each lane in turn); halves of
// two inputs; and inputs drawn at random. They are drawn from special values, huge and tiny
// numbers, thresholds of the function (validate/directed_inputs.h) and numbers of every binade.
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "ir/program.h"
#include "targets/scores/pieces.h"
#include "validate/lane_finding.h"
#include "validate/worker.h"

namespace ulpforge::validate {

struct LaneOptions {
  numbers::Format format = numbers::kBinary32;
  targets::UlpOf ulp_of = targets::UlpOf::Exact;
  targets::Rounding rounding = targets::Rounding::Nearest;
  std::uint64_t seed = 1;
  std::uint64_t results = std::uint64_t{1} << 22;  ///< about so many are compared
  /// Of one float: the inputs that may be drawn; empty: all.
  std::vector<targets::FloatRange> within = {};
  std::stop_token stop = {};
};

/// How many results to compare beside a run of so many: a twentieth, and no more than tell.
std::uint64_t lane_results(std::uint64_t inputs);

/// Nothing is known of the routine but what came out.
LaneFinding check_lanes(const ir::Program& target, Worker& worker, const Signature& signature,
                        const LaneOptions& options);

}  // namespace ulpforge::validate
